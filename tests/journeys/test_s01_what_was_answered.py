"""S1, at the door: what the resident answered is what the record says, through all of it (domain.md §2.3, FB1)."""

from __future__ import annotations

import html
import re
from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path
from typing import Any
from uuid import UUID, uuid5

import pytest

from shared.words.vocabulary.consent import AT_THE_DOOR
from tests.support.eventually import eventually
from tests.support.installation import AUDITOR, CARETAKER, LEAD, Installation, installation, moved_in, observation
from tests.support.kafka import Broker
from tests.support.postgres import PostgresServer
from tests.support.services import NOW

HTML = {"Accept": "text/html"}
ASKED_BY = re.compile(r"Spurgt af .+? 3\. mar")


@pytest.fixture
async def place(postgres: PostgresServer, any_broker: Broker, tmp_path: Path) -> AsyncIterator[Installation]:
    async with installation(postgres, any_broker, tmp_path) as running:
        yield running


def read(page: str) -> str:
    """What somebody reads on a page."""
    return " ".join(html.unescape(re.sub(r"<[^>]*>", " ", page)).split())


async def answered(place: Installation, answer: str, *, scope: tuple[str, ...] = ()) -> tuple[UUID, str]:
    """The caretaker asked in the words of his form; the case that came of it, and the id of what he sent."""
    home, *_ = await moved_in(place)
    seen = observation(home, consent_answer=answer, consent_wording=AT_THE_DOOR.version, consent_scope=list(scope))
    await place.ask(CARETAKER, "POST", "/intake/api/observations", json=seen, expect=201)
    case_id = uuid5(UUID(seen["id"]), "case")

    async def there() -> bool:
        return (await place.ask(LEAD, "GET", f"/cases/api/cases/{case_id}")).status_code == 200

    await eventually(there, within=60)
    return case_id, seen["id"]


async def opened(place: Installation, case_id: UUID) -> None:
    await place.step(LEAD, case_id, "triage", severity="high", category="elderly_care")
    await place.step(LEAD, case_id, "opening", handler=LEAD)


async def page_of(place: Installation, who: str, path: str) -> str:
    return read((await place.ask(who, "GET", path, headers=HTML, expect=200)).text)


async def refused(place: Installation, case_id: UUID, path: str, **body: Any) -> str:
    """What somebody is told who may not."""
    found = await place.ask(LEAD, "GET", f"/cases/api/cases/{case_id}", expect=200)
    sent = {"id": str(uuid5(case_id, path)), **body}
    answer = await place.ask(LEAD, "POST", f"/cases/api/cases/{case_id}/{path}", json=sent, headers={"If-Match": found.headers["ETag"]})
    assert answer.status_code == 422, answer.text
    return str(answer.json()["type"])


async def may_say_no_thanks(place: Installation, case_id: UUID) -> bool:
    """Whether the lead may close it as declined: her form offers it, and the rule takes it."""
    form = (await place.ask(LEAD, "GET", f"/cases/{case_id}/steps/closing", headers=HTML, expect=200)).text
    is_offered = 'value="resident_declined"' in form
    # What was planned when it was opened has to be seen to before anything is closed; which refusal comes says whether the outcome holds.
    why_not = await refused(place, case_id, "closing", outcome="resident_declined")
    assert ("resident-has-not-said-no" in why_not) != is_offered, why_not
    return is_offered


async def test_a_yes_that_names_nobody_is_a_yes_to_the_office_and_lets_nobody_else_know(place: Installation) -> None:
    case_id, observation_id = await answered(place, "granted")
    assert "kontoret må vide det" in await page_of(place, CARETAKER, f"/intake/observations/{observation_id}")

    # The lead reads that the resident was asked, by whom and when, and what the yes is about.
    page = await page_of(place, LEAD, f"/cases/{case_id}")
    assert "ikke blevet spurgt" not in page
    assert "Kontoret Ja, kontoret må vide det og gå videre" in page
    assert "Ja til, at kontoret ved det og går videre" in page
    assert ASKED_BY.search(page)
    assert AT_THE_DOOR.title in page

    # So does whoever checks, and whoever takes it out as data.
    await place.lead_to(NOW + timedelta(days=1))
    day = NOW.date().isoformat()
    assert "Ja til, at kontoret ved det og går videre" in await page_of(place, AUDITOR, f"/cases/{case_id}/as-of?day={day}&purpose=audit")
    said = [(one["recipient"], one["answer"]) for one in (await place.case(LEAD, case_id))["consents"]]
    assert said == [("office", "granted")]
    events = (await place.ask(LEAD, "GET", f"/cases/api/cases/{case_id}/timeline", expect=200)).json()["events"]
    (facts,) = [event["facts"] for event in events if event["topic"] == "case.consent_granted"]
    assert (facts["recipient"], facts["asked_by"], facts["wording"]) == ("office", CARETAKER, AT_THE_DOOR.version)

    # Nobody who was not named may know for it, and nobody is offered for it.
    await opened(place, case_id)
    assert "no-consent-covers-this" in await refused(place, case_id, "referrals", target="municipal.visitation", channel="phone")
    assert "code-is-unknown" in await refused(place, case_id, "referrals", target="office", channel="phone")
    assert 'value="office"' not in (await place.ask(LEAD, "GET", f"/cases/{case_id}/steps/referral", headers=HTML, expect=200)).text

    # They did not say no thanks.
    assert not await may_say_no_thanks(place, case_id)

    # Like any yes it can be taken back, and then it is the office that may not go on.
    await place.step(LEAD, case_id, "consents/withdrawn", recipient="office", how="oral")
    assert "Samtykket er trukket tilbage: Kontoret" in await page_of(place, LEAD, f"/cases/{case_id}")
    assert await may_say_no_thanks(place, case_id)


async def test_a_no_to_others_is_no_to_the_office_and_no_to_no_help(place: Installation) -> None:
    case_id, observation_id = await answered(place, "declined")
    own = await page_of(place, CARETAKER, f"/intake/observations/{observation_id}")
    assert "Lov til at give det videre Nej, beboeren sagde nej" in own
    assert "kontoret må vide det" not in own

    page = await page_of(place, LEAD, f"/cases/{case_id}")
    assert "Nej til, at andre uden for kontoret får det at vide" in page
    assert "Andre uden for kontoret Nej, beboeren sagde nej" in page
    assert "Kontoret Nej" not in page
    assert ASKED_BY.search(page)
    assert [(one["recipient"], one["answer"]) for one in (await place.case(LEAD, case_id))["consents"]] == [("others", "declined")]

    await opened(place, case_id)
    assert "consent-was-declined" in await refused(place, case_id, "referrals", target="municipal.visitation", channel="phone")
    assert not await may_say_no_thanks(place, case_id)

    # A no to somebody who would help is one.
    await place.step(LEAD, case_id, "consents/declined", recipients=["municipal.visitation"], wording="telefon-1", how="oral")
    assert await may_say_no_thanks(place, case_id)


async def test_a_no_to_one_purpose_is_told_as_that_and_a_yes_to_another_stands(place: Installation) -> None:
    case_id, _ = await answered(place, "granted", scope=("municipal.visitation",))
    await opened(place, case_id)
    asked = {"recipients": ["municipal.visitation"], "wording": "telefon-1", "how": "oral"}
    await place.step(LEAD, case_id, "consents/declined", purpose="tenancy", **asked)
    page = await page_of(place, LEAD, f"/cases/{case_id}")
    assert "Visitationen Ja, må fortælles" in page
    assert "Visitationen Nej til formålet: at beholde boligen" in page
    assert "Nej til at fortælle det til Visitationen, hvis det er for at beholde boligen" in page
    referral = {"target": "municipal.visitation", "channel": "phone"}
    assert "purpose-was-declined" in await refused(place, case_id, "referrals", purpose="tenancy", **referral)
    assert "consent-is-for-another-purpose" in await refused(place, case_id, "referrals", purpose="peace", **referral)
    await place.step(LEAD, case_id, "referrals", purpose="help", **referral)
