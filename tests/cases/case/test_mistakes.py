"""The list of cases of the wrong person in which something is left to do, for the data protection officer and the leads."""

from __future__ import annotations

from services.cases.case.rules.correcting import AssessBreach, FreezeCase, LetGoOn
from tests.cases.case.living import LEAD, opened, take
from tests.support.services import Running, browser

DPO = "staff-dpo-1"
CARETAKER = "staff-caretaker-1"
LIST = "/cases/wrong-person"


async def listed(cases: Running, who: str = DPO) -> str:
    async with browser(cases, as_=who) as client:
        answer = await client.get(LIST, headers={"Accept": "text/html", "Accept-Language": "da"})
    assert answer.status_code == 200, answer.text
    return answer.text


async def test_a_breach_that_is_to_be_assessed_is_on_the_list_of_the_officer_and_of_the_leads(cases: Running) -> None:
    case_id = await opened(cases)
    assert "Intet brud venter" in await listed(cases)
    await take(cases, case_id, FreezeCase)
    for who in (DPO, LEAD):
        page = await listed(cases, who)
        assert f"/cases/{case_id}/wrong-person" in page
        assert "Vurdér bruddet" in page
    async with browser(cases, as_=DPO) as officer:
        case = await officer.get(f"/cases/{case_id}?purpose=supervision", headers={"Accept": "text/html"})
    assert f"/cases/{case_id}/wrong-person" in case.text
    await take(cases, case_id, AssessBreach, finding="not_notifiable", reason="Ingen har set den.")
    assert "Bruddet er vurderet." in await listed(cases), "it is still to be found out whom it is about"
    await take(cases, case_id, LetGoOn)
    assert f"/cases/{case_id}/wrong-person" not in await listed(cases)


async def test_a_caretaker_has_no_such_list(cases: Running) -> None:
    async with browser(cases, as_=CARETAKER) as client:
        assert (await client.get(LIST, headers={"Accept": "text/html"})).status_code == 403
