"""S1 from the caretaker's side: asked along, he answers; he lets the damage service in, asks again and keeps an eye (domain.md §1.3)."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path
from typing import Any
from uuid import UUID, uuid5

import pytest
from icalendar import Calendar
from uuid_utils.compat import uuid7

from services.notifications.mails import WORDS
from shared.words.vocabulary.notice import NoticeKind
from tests.support.eventually import eventually
from tests.support.installation import (
    CARETAKER,
    LEAD,
    OTHER_CARETAKER,
    SOCIAL_CARETAKER,
    Installation,
    installation,
    moved_in,
    observation,
)
from tests.support.kafka import Broker
from tests.support.postgres import PostgresServer
from tests.support.services import NOW

HTML = {"Accept": "text/html", "Accept-Language": "da"}
MEETING = NOW + timedelta(days=2)
PLANTED = "plantet-hemmelighed-7f3a"


@pytest.fixture
async def place(postgres: PostgresServer, quick_broker: Broker, tmp_path: Path) -> AsyncIterator[Installation]:
    async with installation(postgres, quick_broker, tmp_path) as running:
        yield running


async def case_with(
    place: Installation, *, companion: str, who: str = CARETAKER, handler: str = SOCIAL_CARETAKER
) -> tuple[str, UUID, UUID]:
    """What somebody saw, a case of it that somebody carries, and a meeting that somebody is asked along to."""
    home, *_ = await moved_in(place)
    seen = observation(home, words=f"Hun sad i køkkenet {PLANTED}")
    case_id = uuid5(UUID(seen["id"]), "case")
    await place.ask(who, "POST", "/intake/api/observations", json=seen, expect=201)

    async def raised() -> bool:
        return (await place.ask(LEAD, "GET", f"/cases/api/cases/{case_id}")).status_code == 200

    await eventually(raised, within=60)
    await place.step(LEAD, case_id, "triage", severity="high", category="elderly_care")
    await place.step(LEAD, case_id, "opening", handler=handler)
    await place.step(handler, case_id, "contacts", reached=True, channel="visit", note=f"Hun tog imod {PLANTED}")
    visit = await place.step(handler, case_id, "accompaniments", companion=companion, meeting_at=MEETING.isoformat())
    return seen["id"], case_id, visit


async def mailed(place: Installation, to: str, kind: NoticeKind) -> str:
    """The path that a mail to somebody leads to; what came at the same moment is in the same mail, each thing with its own path."""
    told = re.compile(rf"{re.escape(WORDS[kind].danish)}\s+(?:Åbn den her [^\n]+\n)?{re.escape(place.origin)}(/\S+)")

    def there() -> list[str]:
        return [found for mail in place.mailbox.mails() if to in mail.to for found in told.findall(mail.text)]

    (link,) = await eventually(there, within=60)
    assert all(PLANTED not in mail.text for mail in place.mailbox.mails())
    return link


async def part(place: Installation, who: str, address: str) -> str:
    page = await place.ask(who, "GET", address, headers=HTML, expect=200)
    assert PLANTED not in page.text
    return page.text


async def press(place: Installation, who: str, address: str, text: str) -> None:
    """Press the button on somebody's own part that says so."""
    forms = re.findall(r'<form class="part-press".*?</form>', await part(place, who, address), re.DOTALL)
    (form,) = [form for form in forms if f">{text}</button>" in form]
    (action,) = re.findall(r'action="([^"]+)"', form)
    await place.ask(who, "POST", action, data=dict(re.findall(r'name="([^"]+)" value="([^"]*)"', form)), headers=HTML, expect=303)


async def say(place: Installation, who: str, case_id: UUID, step: str, **body: Any) -> None:
    """Take a step of one's own part, as JSON."""
    await place.ask(who, "POST", f"/cases/api/parts/{case_id}/{step}", json={"id": str(uuid7()), **body}, expect=204)


async def test_he_comes_along_lets_them_in_asks_again_and_keeps_an_eye(place: Installation) -> None:
    observation_id, case_id, visit_id = await case_with(place, companion=CARETAKER)

    # The mail leads to his part of the case, and so does what he saw; the case stays closed to him.
    address = await mailed(place, "caretaker-1@example.test", NoticeKind.COMPANION_WANTED)
    assert address == f"/cases/{case_id}/part"
    seen_page = f"/intake/observations/{observation_id}"

    async def linked() -> bool:
        page = (await place.ask(CARETAKER, "GET", seen_page, headers=HTML, expect=200)).text
        return f'href="{address}"' in page and "Vil du med?" in page

    await eventually(linked, within=60)
    assert (await place.ask(CARETAKER, "GET", f"/cases/{case_id}")).status_code == 403

    # Yes; where and when, and a file for his calendar.
    page = await part(place, CARETAKER, address)
    assert "Opdigtet Vænge 1" in page
    await press(place, CARETAKER, address, "Ja, jeg kommer med")
    (event,) = Calendar.from_ical((await place.ask(CARETAKER, "GET", f"{address}/meetings/{visit_id}.ics", expect=200)).content).walk(
        "VEVENT"
    )
    assert (event.decoded("DTSTART"), event["STATUS"]) == (MEETING, "CONFIRMED")
    assert "Opdigtet Vænge 1" in str(event["LOCATION"])

    async def answered() -> bool:
        return "Du kommer med" in (await place.ask(CARETAKER, "GET", seen_page, headers=HTML, expect=200)).text

    await eventually(answered, within=60)

    # He sees to it that the damage service comes, lets it in, and asks again.
    await press(place, CARETAKER, address, "Bestil skadesservice")
    await press(place, CARETAKER, address, "Jeg har lukket dem ind")
    await press(place, CARETAKER, address, "De er færdige")
    await say(place, CARETAKER, case_id, "consents/granted", recipients=["volunteer"], wording="mundtlig-1")
    place.clock.lead_to(MEETING + timedelta(hours=1))
    await press(place, CARETAKER, address, "Jeg var med")
    await say(place, CARETAKER, case_id, "eyes-kept", text="Hun stod i gården og hilste.")

    # Who carries the case goes on with it.
    await place.step(SOCIAL_CARETAKER, case_id, "referrals", target="volunteer", channel="phone")
    page = (await place.ask(SOCIAL_CARETAKER, "GET", f"/cases/{case_id}", headers=HTML, expect=200)).text
    for told in (
        "Asger Testvang vil gerne med til mødet",
        "Skadesservice bestilt",
        "Skadesservice er lukket ind",
        "Skadesservice er færdig",
        "Asger Testvang var med til mødet",
        "Hun stod i gården og hilste.",
    ):
        assert told in page
    looks = await place.services["cases"].pool.fetch(
        "select distinct purpose, action, relation from access_log where about = $1 and actor = $2 and service = ''", case_id, CARETAKER
    )
    assert [tuple(look) for look in looks] == [("taking_part", "read_part", "observer")], (
        "what intake told of is there too, when it is heard"
    )


async def test_a_colleague_who_did_not_see_it_comes_along(place: Installation) -> None:
    _, case_id, visit_id = await case_with(place, companion=OTHER_CARETAKER)
    address = await mailed(place, "caretaker-2@example.test", NoticeKind.COMPANION_WANTED)
    page = await part(place, OTHER_CARETAKER, address)
    assert "Opdigtet Vænge 1" in page
    assert "Skadesservice" not in page
    await press(place, OTHER_CARETAKER, address, "Ja, jeg kommer med")
    assert b"STATUS:CONFIRMED" in (await place.ask(OTHER_CARETAKER, "GET", f"{address}/meetings/{visit_id}.ics", expect=200)).content

    # Another one is asked instead: he hears of it, and his door is closed.
    await place.step(
        SOCIAL_CARETAKER, case_id, "accompaniments", visit_id=str(visit_id), companion=CARETAKER, meeting_at=MEETING.isoformat()
    )  # fmt: skip
    assert await mailed(place, "caretaker-2@example.test", NoticeKind.COMPANION_RELEASED) == "/intake/"
    assert (await place.ask(OTHER_CARETAKER, "GET", address)).status_code == 404


async def test_he_says_no_and_who_carries_the_case_hears_it_and_asks_another(place: Installation) -> None:
    _, case_id, visit_id = await case_with(place, companion=CARETAKER)
    await press(place, CARETAKER, f"/cases/{case_id}/part", "Nej, jeg kan ikke")
    link = await mailed(place, "social-caretaker-1@example.test", NoticeKind.COMPANION_DECLINED)
    page = (await place.ask(SOCIAL_CARETAKER, "GET", link, headers=HTML, expect=200)).text
    assert "Asger Testvang kan ikke tage med til mødet" in page
    assert f"/cases/{case_id}/steps/accompaniment?visit_id={visit_id}" in page
    await place.step(
        SOCIAL_CARETAKER, case_id, "accompaniments", visit_id=str(visit_id), companion=LEAD, meeting_at=MEETING.isoformat()
    )  # fmt: skip
    assert await mailed(place, "lead-1@example.test", NoticeKind.COMPANION_WANTED) == f"/cases/{case_id}/part"


async def test_who_saw_it_and_carries_it_is_told_by_nobody(place: Installation) -> None:
    """A social caretaker on her own round."""
    _, case_id, _ = await case_with(place, companion=LEAD, who=SOCIAL_CARETAKER)
    await place.step(SOCIAL_CARETAKER, case_id, "referrals", target="municipal.visitation", channel="phone")
    case = await place.case(SOCIAL_CARETAKER, case_id)
    assert [one for one in case["deadlines"] if one["kind"] == "tell_caretaker"] == []
    page = (await place.ask(SOCIAL_CARETAKER, "GET", f"/cases/{case_id}", headers=HTML, expect=200)).text
    assert "steps/informed" not in page
    await place.lead_to(NOW + timedelta(days=10))
    missed = [event for event in await place.topics_of(case_id) if event == "case.deadline_missed"]
    assert missed == []
    assert not [mail for mail in place.mailbox.mails() if WORDS[NoticeKind.CARETAKER_NOT_TOLD].danish in mail.text]
