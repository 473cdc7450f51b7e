"""The DPO takes one text out of a case: it is gone everywhere, with a reason, and everything else stands."""

from __future__ import annotations

from uuid import UUID, uuid4

import pytest

from services.cases.case.commands.taking import TakeStep, take_step
from services.cases.case.rules.handling import AddNote
from services.cases.redaction.commands import RedactText, finish_redactions, redact_text
from services.cases.redaction.rules import text_in
from shared.history import event_store
from shared.words.vocabulary.people import Purpose, Role
from tests.cases.case.living import opened
from tests.support.services import ASSOCIATION, Running, browser, context_for

DPO, LEAD = "staff-dpo-1", "staff-social-lead-1"
WHY = {"Brobygger-Purpose": "supervision"}
HTML = {"Accept": "text/html", "Accept-Language": "da"}

pytestmark = pytest.mark.erases


async def noted(cases: Running, case_id: UUID, *texts: str) -> list[int]:
    """Somebody wrote these; answers in which versions."""
    versions = []
    for text in texts:
        request = AddNote(id=uuid4(), text=text)
        await cases.service.do(take_step, TakeStep(case_id=case_id, request=request), context_for(at=cases.clock.now()))
        versions.append(await cases.value("select version from case_list where case_id = $1", case_id))
    return versions


async def test_one_text_goes_and_the_rest_of_the_case_stands(cases: Running) -> None:
    case_id = await opened(cases)
    first, _ = await noted(cases, case_id, "Naboen hedder Plantine", "Hun vil gerne ringes op")
    async with browser(cases, as_=DPO) as dpo:
        texts = await dpo.get(f"/cases/{case_id}/texts?formaal=supervision", headers=HTML)
        done = await dpo.post(
            f"/cases/{case_id}/texts?formaal=supervision", data={"version": first, "name": "text", "reason": "other_person"}, headers=HTML
        )
        again = await dpo.post(
            f"/cases/api/cases/{case_id}/redactions", json={"version": first, "name": "text", "reason": "other_person"}, headers=WHY
        )
        after = await dpo.get(f"/cases/{case_id}/texts?formaal=supervision", headers=HTML)
    assert "Naboen hedder Plantine" in texts.text
    assert (done.status_code, again.status_code) == (303, 204)
    assert "Naboen hedder Plantine" not in after.text
    assert "Hun vil gerne ringes op" in after.text
    async with browser(cases, as_=LEAD) as lead:
        page = await lead.get(f"/cases/{case_id}", headers=HTML)
    assert "(fjernet af DPO: teksten handler om en anden person)" in page.text
    assert "Hun vil gerne ringes op" in page.text
    assert "Naboen" not in page.text
    async with cases.service.read() as connection, connection.transaction():
        assert (await event_store.verify(connection)).holds
    assert await cases.value("select count(*) from redactions where is_done") == 1
    assert await cases.value("select count(*) from access_log where about = $1 and action = 'read_texts'", case_id) == 2


@pytest.mark.parametrize(
    ("name", "reason", "code"),
    [
        ("address", "not_needed", "there-is-no-such-text"),
        ("handler", "not_needed", "there-is-no-such-text"),
        ("text", "curiosity", "redaction-has-no-reason"),
    ],
)
async def test_what_is_no_text_and_what_has_no_reason_is_refused(cases: Running, name: str, reason: str, code: str) -> None:
    case_id = await opened(cases)
    (version,) = await noted(cases, case_id, "Et notat")
    async with browser(cases, as_=DPO) as dpo:
        refused = await dpo.post(
            f"/cases/api/cases/{case_id}/redactions", json={"version": version, "name": name, "reason": reason}, headers=WHY
        )
    assert (refused.status_code, refused.json()["code"]) == (422, code)
    assert refused.json()["nextStep"]


async def test_nobody_else_takes_a_text_out_or_is_shown_how(cases: Running) -> None:
    case_id = await opened(cases)
    (version,) = await noted(cases, case_id, "Et notat")
    for who in (LEAD, "staff-auditor-1", "staff-caretaker-1", "staff-operator-1"):
        async with browser(cases, as_=who) as other:
            refused = await other.post(
                f"/cases/api/cases/{case_id}/redactions", json={"version": version, "name": "text", "reason": "not_needed"}
            )
            shown = await other.get(f"/cases/{case_id}/texts", headers=HTML)
        assert (refused.status_code, shown.status_code) == (403, 403)


async def test_what_a_crash_left_the_clock_finishes(cases: Running) -> None:
    case_id = await opened(cases)
    (version,) = await noted(cases, case_id, "Et notat")
    async with cases.service.read() as connection:
        history = await event_store.load(connection, case_id, association=ASSOCIATION)
    text = text_in(list(history.events), case_id=case_id, version=version, name="text")
    decided = RedactText(case_id=case_id, case_version=version, name="text", text=text, reason="incorrect")
    await cases.service.do(redact_text, decided, context_for(Role.DPO, purpose=Purpose.SUPERVISION))
    assert (await cases.service.keyring([text])).open(text) == "Et notat"
    await finish_redactions(cases.service)
    assert (await cases.service.keyring([text])).open(text) is None
    assert await cases.value("select is_done from redactions")
