"""One of several people of a case is erased: nothing of theirs is shown, asked or told any more, and the case goes on for the others."""

from __future__ import annotations

from uuid import UUID

import pytest

from services.cases.case.commands.taking import TakeStep, take_step
from services.cases.case.rules.consents import GrantConsent
from services.cases.case.rules.people import PersonIsErased
from services.cases.case.rules.persons import NotePerson
from services.cases.case.rules.referrals import SendReferral
from tests.cases.case.living import LEAD, do, opened, take
from tests.cases.test_erased import erased, events_of
from tests.support.services import ASSOCIATION, Running, browser

pytestmark = pytest.mark.erases

HERS, HIS = (UUID(int=n, version=5) for n in (4711, 4712))
TO = "municipal.visitation"


@pytest.fixture
async def case_id(cases: Running) -> UUID:
    """A couple of whom both said yes, and she is the only one in the street who speaks Somali; then she is erased."""
    case_id = await opened(cases, scope=(TO,))
    for part, name, language in ((HERS, "Opdigtet Karla", "so"), (HIS, "Opdigtet Mand", "da")):
        is_hers = part == HERS
        noted = {"role": "tenant", "name": name, "language": language, "was_asked": is_hers, "needs_interpreter": is_hers}
        step = NotePerson.model_validate({"id": part, **noted})
        for matter in step.begins(case_id):
            await cases.service.vault.begin([matter], association=ASSOCIATION, by=LEAD, why="person")
        await do(cases, take_step, TakeStep(case_id=case_id, request=step))
        await take(cases, case_id, GrantConsent, person=part, recipients=[TO], wording="mundtlig-1")
    await cases.service.vault.destroy([HERS], association=ASSOCIATION, by="staff-dpo-1", reason="erasure_request")
    await erased(cases, HERS)
    return case_id


async def test_the_case_knows_it_once_and_says_who_by_no_more_than_their_part(cases: Running, case_id: UUID) -> None:
    assert (await events_of(cases, case_id)).count("person_erased") == 1
    assert await cases.value("select count(*) from case_people where part_id = $1", HERS) == 0
    assert await cases.value("select count(*) from case_people where part_id = $1", HIS) == 1


async def test_no_page_and_no_answer_shows_what_was_known_of_them(cases: Running, case_id: UUID) -> None:
    async with browser(cases, as_=LEAD) as lead:
        page = (await lead.get(f"/cases/{case_id}", headers={"Accept": "text/html", "Accept-Language": "da"})).text
        form = (await lead.get(f"/cases/{case_id}/steps/referral", headers={"Accept": "text/html", "Accept-Language": "da"})).text
        case = (await lead.get(f"/cases/api/cases/{case_id}")).json()
        timeline = (await lead.get(f"/cases/api/cases/{case_id}/timeline")).json()["events"]
    assert "Opdigtet Mand (lejer)" in page
    for gone in ("Karla", "somali", "Tolk", str(HERS)):
        assert gone not in page
    assert (str(HIS) in form, str(HERS) in form) == (True, False)
    assert [(one["person"], one["language"]) for one in case["persons"]] == [(str(HIS), "da")]
    assert {one["person"] for one in case["consents"]} == {str(HIS)}
    of_people = [one for one in timeline if one["topic"] in ("case.person_noted", "case.consent_granted")]
    assert [bool(one["facts"]) for one in of_people] == [False, False, True, True]
    assert '"so"' not in str(timeline)


async def test_nothing_more_is_told_or_asked_of_them(cases: Running, case_id: UUID) -> None:
    for step, asked in ((SendReferral, {"target": TO, "channel": "phone"}), (GrantConsent, {"recipients": [TO], "wording": "mundtlig-1"})):
        with pytest.raises(PersonIsErased):
            await take(cases, case_id, step, person=HERS, **asked)
    await take(cases, case_id, SendReferral, person=HIS, target=TO, channel="phone")


async def test_in_history_nothing_of_it_stands_in_the_open(cases: Running, case_id: UUID) -> None:
    states = await cases.rows("select state from events where stream_id = $1 and topic = 'case.person_noted'", case_id)
    assert len(states) == 2
    for row in states:
        assert not any(word in row["state"] for word in ('"so"', '"tenant"', "interpreter", "language", "role"))
