"""The pictures of the house are drawn from its parts, and show what is there."""

from __future__ import annotations

from local.architecture import DRAWN, ERP, PAGE, House, drawn, inside, published, subjects, whole
from local.machine import SERVICES, parts_of
from shared.messaging.messages import cases, erp, intake, notifications

HOUSE = House([parts_of(name) for name in SERVICES])


def test_the_committed_pictures_are_what_the_parts_say() -> None:
    page = PAGE.read_text(encoding="utf-8")
    assert page == drawn(page), "make architecture"


def test_every_message_of_the_language_is_published_by_one_service_or_by_the_erp() -> None:
    made = [message for service in HOUSE.services for message in published(service)]
    assert len(made) == len(set(made))
    assert {*made, *erp.INBOUND} == {*intake.MESSAGES, *cases.MESSAGES, *notifications.MESSAGES, *erp.MESSAGES}


def test_who_speaks_and_who_listens() -> None:
    assert HOUSE.speakers("brobygger.cases") == ["cases"]
    assert HOUSE.listeners("brobygger.cases") == ["intake", "notifications", "reporting"]
    assert HOUSE.speakers("erp.inbound") == [ERP]
    assert HOUSE.listeners("brobygger.erp") == [ERP]


def test_the_picture_of_the_whole_names_every_service_subject_and_topic() -> None:
    picture = "\n".join(whole(HOUSE))
    for service in HOUSE.services:
        for name in (service.name, service.title, *subjects(service.name), *service.topics):
            assert name in picture


def test_the_picture_of_a_service_names_its_reactions_and_duties() -> None:
    service = parts_of(DRAWN)
    picture = "\n".join(inside(service))
    for reaction in (*service.reactions.values(), *service.clock_duties):
        assert reaction.__name__ in picture
