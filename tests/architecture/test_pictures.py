"""The pictures of the house are drawn from its parts, and the parts say what is there."""

from __future__ import annotations

import ast
import inspect

import pytest

from local.architecture import DRAWN, PAGE, drawn, inside, subjects, whole
from local.parts import SERVICES, parts_of
from shared.history.service import Parts
from shared.messaging.message import Message
from shared.messaging.messages import chain
from shared.messaging.messages.erasure import ANSWERS
from shared.messaging.messages.looks import Looked

HOUSE = [parts_of(name) for name in SERVICES]


def test_the_committed_pictures_are_what_the_parts_say() -> None:
    page = PAGE.read_text(encoding="utf-8")
    assert page == drawn(page), "make architecture"


def test_the_picture_of_the_whole_names_every_service_subject_and_topic() -> None:
    picture = "\n".join(whole(HOUSE))
    for service in HOUSE:
        for name in (service.name, service.title, *subjects(service.name), *service.topics):
            assert name in picture
    assert "cases --> brobygger_cases{{brobygger.cases}} --> intake & notifications & reporting" in picture
    assert "erp --> erp_inbound{{erp.inbound}} --> intake" in picture
    assert "cases --> brobygger_erp{{brobygger.erp}} --> erp" in picture


def test_the_picture_of_a_service_names_its_topics_and_duties() -> None:
    service = parts_of(DRAWN)
    picture = "\n".join(inside(service))
    for named in (*service.topics, *(message.TOPIC for message in service.publishes), *(duty.__name__ for duty in service.clock_duties)):
        assert named in picture


def test_another_step_or_message_changes_no_picture() -> None:
    page = PAGE.read_text(encoding="utf-8")
    for service in HOUSE:
        assert not [message for message in (*service.publishes, *service.consumes) if message.__name__ in page]


@pytest.mark.parametrize("service", HOUSE, ids=lambda service: service.name)
def test_a_service_publishes_what_its_announcements_make(service: Parts) -> None:
    of_itself = {*chain.MESSAGES, *([] if service.name == "cases" else [Looked])}  # cases keeps the log of looks
    assert set(service.publishes) - {*ANSWERS} - of_itself == announced(service)
    assert of_itself <= set(service.publishes), "everybody says whether its history holds, and who looked"
    assert len(set(service.publishes) & set(ANSWERS)) == (service.name != "intake"), "everybody who hears of an erasure answers"


def announced(service: Parts) -> set[type[Message]]:
    """The messages that are made where a service says what it announces."""
    module = inspect.getmodule(service.announce)
    assert module is not None
    calls = [node.func for node in ast.walk(ast.parse(inspect.getsource(module))) if isinstance(node, ast.Call)]
    made = [called(each, vars(module)) for each in calls]
    return {each for each in made if isinstance(each, type) and issubclass(each, Message)}


def called(name: ast.expr, known: dict[str, object]) -> object:
    """What is called by this name, or by this attribute of something."""
    match name:
        case ast.Name():
            return known.get(name.id)
        case ast.Attribute():
            return getattr(called(name.value, known), name.attr, None)
    return None
