"""Adopting a procedure: rows after events, which version is in force, the JSON door, the pages, and the command line."""

from __future__ import annotations

import re
from datetime import date
from hashlib import sha256
from typing import Any

import pytest
from typer.testing import CliRunner

from services.cases.adoption import cli
from services.cases.procedure.commands import AdoptProcedure, NoteEstate, adopt_procedure, note_estate
from services.cases.procedure.queries import at_hand, procedure, version_in_force, versions
from services.cases.procedure.rules.adoption import VersionHasOtherContent
from services.cases.procedure.rules.document import Span
from shared.ground.errors import NotFound
from shared.ground.spoken import how_long
from shared.history.rebuild import rebuild
from tests.cases.case.living import LEAD
from tests.cases.conftest import PROCEDURE
from tests.support.services import ASSOCIATION, Running, browser, context_for

TEXT = PROCEDURE.read_text(encoding="utf-8")
NEWER = TEXT.replace('"2026-1"', '"2026-2"').replace("2026-01-01", "2026-04-01").replace("acute: {minutes: 15}", "acute: {minutes: 10}")
WRONG = TEXT.replace("acute: {minutes: 15}", "acute: {hours: 1}", 1)
MISTAKE = f"Linje {WRONG[: WRONG.index('acute: {hours')].count(chr(10)) + 1}, clocks.triage.acute.hours: kendes ikke her."
HTML = {"Accept": "text/html", "Accept-Language": "da"}


async def adopted(running: Running, text: str, *, association: str = ASSOCIATION) -> None:
    await running.service.do(adopt_procedure, AdoptProcedure(text=text), context_for(association=association))


async def test_the_version_in_force_changes_on_its_day_and_old_ones_stay_readable(cases: Running) -> None:
    await adopted(cases, NEWER)
    async with cases.service.read() as connection:
        assert await version_in_force(connection, ASSOCIATION, date(2026, 3, 31)) == "2026-1"
        assert await version_in_force(connection, ASSOCIATION, date(2026, 4, 1)) == "2026-2"
        assert (await procedure(cases.service.memo, at_hand(connection), ASSOCIATION, "2026-1")).clock("triage", "acute").minutes == 15
        assert (await procedure(cases.service.memo, at_hand(connection), ASSOCIATION, "2026-2")).clock("triage", "acute").minutes == 10
        assert [one.version for one in await versions(connection, ASSOCIATION)] == ["2026-2", "2026-1"]


async def test_a_version_that_was_read_once_is_not_read_again(cases: Running) -> None:
    async def refused() -> Any:
        raise AssertionError("asked the database again")

    async with cases.service.read() as connection:
        first = await procedure(cases.service.memo, at_hand(connection), ASSOCIATION, "2026-1")

    assert await procedure(cases.service.memo, refused, ASSOCIATION, "2026-1") is first


async def test_before_the_first_version_takes_effect_nothing_is_in_force(cases: Running) -> None:
    async with cases.service.read() as connection:
        with pytest.raises(NotFound):
            await version_in_force(connection, ASSOCIATION, date(2025, 12, 31))
        with pytest.raises(NotFound):
            await procedure(cases.service.memo, at_hand(connection), ASSOCIATION, "1999-1")


async def test_each_association_follows_its_own(cases: Running) -> None:
    await adopted(cases, NEWER, association="another")
    async with cases.service.read() as connection:
        assert [one.version for one in await versions(connection, ASSOCIATION)] == ["2026-1"]
        with pytest.raises(NotFound):
            await procedure(cases.service.memo, at_hand(connection), ASSOCIATION, "2026-2")


async def test_adopting_the_same_text_twice_is_one_event(cases: Running) -> None:
    before = await cases.value("select count(*) from events")
    await adopted(cases, TEXT)

    assert await cases.value("select count(*) from events") == before
    with pytest.raises(VersionHasOtherContent):
        await adopted(cases, TEXT + "\n# et andet indhold\n")


async def test_the_lead_adopts_and_reads_it_as_json(cases: Running) -> None:
    async with browser(cases, as_="staff-social-lead-1") as client:
        refused = await client.post("/cases/api/procedure/versions", json={"text": WRONG})
        done = await client.post("/cases/api/procedure/versions", json={"text": NEWER})
        current = (await client.get("/cases/api/procedure")).json()
        listed = (await client.get("/cases/api/procedure/versions")).json()["versions"]
        one = (await client.get("/cases/api/procedure/versions/2026-2")).json()

    assert (refused.status_code, refused.json()["code"]) == (422, "procedure-is-not-understood")
    assert MISTAKE in refused.json()["nextStep"]
    assert done.status_code == 204
    assert (current["version"], one["version"], [each["version"] for each in listed]) == ("2026-1", "2026-2", ["2026-2", "2026-1"])
    assert listed[0]["adopted_by"] == "staff-social-lead-1"


@pytest.mark.parametrize(
    ("who", "reads"), [("staff-caretaker-1", 200), ("staff-director-1", 200), ("staff-auditor-1", 200), ("staff-operator-1", 403)]
)
async def test_everybody_who_follows_it_reads_it_and_only_the_lead_adopts(cases: Running, who: str, reads: int) -> None:
    async with browser(cases, as_=who) as client:
        assert (await client.get("/cases/procedure", headers=HTML)).status_code == reads
        assert (await client.get("/cases/api/procedure")).status_code == reads
        assert (await client.post("/cases/api/procedure/versions", json={"text": NEWER})).status_code == 403
        assert (await client.post("/cases/procedure/adoption", data={"text": NEWER}, headers=HTML)).status_code == 403


async def test_the_page_shows_the_clocks_the_steps_and_the_agreements(cases: Running) -> None:
    await adopted(cases, NEWER)
    async with browser(cases, as_="staff-social-lead-1") as client:
        page = (await client.get("/cases/procedure", headers=HTML)).text
        coming = (await client.get("/cases/procedure/versions/2026-2", headers=HTML)).text

    for said in ("15 minutter", "samme arbejdsdag", "Ådal Kommune", "Vedtag en ny version", "Et nej har ingen betydning"):
        assert said in page
    assert "10 minutter" in coming
    assert "Dette er ikke den, der gælder i dag." in coming


async def test_how_long_something_takes_is_said_in_the_language_of_the_page(cases: Running) -> None:
    async with browser(cases, as_="staff-social-lead-1") as client:
        page = (await client.get("/cases/procedure", headers={**HTML, "Accept-Language": "en"})).text

    for said in ("15 minutes", "same working day", "1 working day<", "2 working days", "30 days", "3, 14, 30 days"):
        assert said in page
    for danish in ("minutter", "arbejdsdag", " dage"):
        assert danish not in page


@pytest.mark.parametrize(
    ("span", "danish", "english"),
    [
        (Span(minutes=1), "1 minut", "1 minute"),
        (Span(minutes=15), "15 minutter", "15 minutes"),
        (Span(working_days=0), "samme arbejdsdag", "same working day"),
        (Span(working_days=1), "1 arbejdsdag", "1 working day"),
        (Span(working_days=100), "100 arbejdsdage", "100 working days"),
        (Span(days=1), "1 dag", "1 day"),
        (Span(days=30), "30 dage", "30 days"),
    ],
)
def test_a_span_is_said_in_both_languages(span: Span, danish: str, english: str) -> None:
    assert how_long(span.in_danish, language="da") == danish
    assert how_long(span.in_danish, language="en") == english


@pytest.mark.parametrize("other", ["", "system", "social_lead, system", "08:00-09:00", "2026-03-31", "Spørg i telefonen", "3 uger"])
def test_what_is_no_span_is_said_as_it_stands(other: str) -> None:
    assert how_long(other, language="en") == other


async def test_before_anything_was_adopted_the_page_says_so(bare_cases: Running) -> None:
    async with browser(bare_cases, as_="staff-social-lead-1") as client:
        page = await client.get("/cases/procedure", headers=HTML)

    assert page.status_code == 200
    assert "Der er ikke vedtaget en procedure, der gælder i dag." in page.text


async def test_a_procedure_with_mistakes_is_shown_again_with_every_mistake_and_its_line(cases: Running) -> None:
    async with browser(cases, as_="staff-social-lead-1") as client:
        refused = await client.post("/cases/procedure/adoption", data={"text": WRONG}, headers=HTML)
        done = await client.post("/cases/procedure/adoption", data={"text": NEWER}, headers=HTML)

    assert refused.status_code == 422
    assert MISTAKE in refused.text
    assert "Boligforeningen Bakkegården (opdigtet)" in refused.text
    assert (done.status_code, done.headers["location"]) == (303, "/cases/procedure")


# Something is odd about it, or it is not to hold after all

ODD = NEWER.replace("acute: {minutes: 10}", "acute: {working_days: 100}").replace("  open: [social_lead]", "  open: [system]")
DIGEST = sha256(ODD.encode()).hexdigest()
SLOW = {"what": "takes_long", "place": "clocks.triage.acute", "value": "100 arbejdsdage"}
NOBODY = {"what": "nobody_may", "place": "steps.open", "value": "system"}


async def test_what_is_odd_is_proposed_and_confirmed_by_another_as_json(cases: Running) -> None:
    async with browser(cases, as_="staff-social-lead-1") as lead, browser(cases, as_="staff-director-1") as director:
        proposed = await lead.post("/cases/api/procedure/versions", json={"text": ODD})
        waiting = (await director.get("/cases/api/procedure/proposals")).json()["proposals"]
        before = (await lead.get("/cases/api/procedure/versions")).json()["versions"]
        unread = await lead.get("/cases/api/procedure/versions/2026-2")
        own = await lead.post("/cases/api/procedure/proposals/2026-2/confirmation", json={"digest": DIGEST})
        other_text = await director.post("/cases/api/procedure/proposals/2026-2/confirmation", json={"digest": "0" * 64})
        unknown = await director.post("/cases/api/procedure/proposals/2026-9/confirmation", json={"digest": DIGEST})
        confirmed = await director.post("/cases/api/procedure/proposals/2026-2/confirmation", json={"digest": DIGEST})
        after = (await lead.get("/cases/api/procedure/versions")).json()["versions"]
        none = (await director.get("/cases/api/procedure/proposals")).json()["proposals"]

    assert (proposed.status_code, proposed.json()) == (202, {"oddities": [NOBODY, SLOW]})
    assert [(one["version"], one["digest"], one["text"], one["proposed_by"], one["oddities"]) for one in waiting] == [
        ("2026-2", DIGEST, ODD, "staff-social-lead-1", [NOBODY, SLOW])
    ]
    assert [one["version"] for one in before] == ["2026-1"]
    assert unread.status_code == 404
    assert (own.status_code, own.json()["code"]) == (422, "proposer-may-not-confirm")
    assert (other_text.status_code, other_text.json()["code"]) == (422, "proposal-is-another")
    assert unknown.status_code == 404
    assert confirmed.status_code == 204
    assert [(one["version"], one["state"], one["proposed_by"], one["adopted_by"]) for one in after] == [
        ("2026-2", "adopted", "staff-social-lead-1", "staff-director-1"),
        ("2026-1", "adopted", "", "staff-social-lead-1"),
    ]
    assert none == []
    assert await cases.value("select count(*) from outbox where headers ->> 'ce_type' like '%procedure_adopted%'") == 2


async def test_a_version_is_withdrawn_before_it_holds_and_its_place_is_free_again(cases: Running) -> None:
    late = NEWER.replace('"2026-2"', '"2028-1"').replace("2026-04-01", "2028-01-01")
    late = re.sub(r"(?m)^    agreed_until: .*\n", "", late)
    async with browser(cases, as_="staff-social-lead-1") as client:
        assert (await client.post("/cases/api/procedure/versions", json={"text": late})).status_code == 204
        refused = await client.post("/cases/api/procedure/versions", json={"text": NEWER})
        done = await client.post("/cases/api/procedure/versions/2028-1/withdrawal", json={"reason": "wrong_day"})
        again = await client.post("/cases/api/procedure/versions/2028-1/withdrawal", json={"reason": "wrong_day"})
        adopted_again = await client.post("/cases/api/procedure/versions", json={"text": NEWER})
        holds = await client.post("/cases/api/procedure/versions/2026-1/withdrawal", json={"reason": "wrong_day"})
        unknown = await client.post("/cases/api/procedure/versions/2031-1/withdrawal", json={"reason": "wrong_day"})
        listed = (await client.get("/cases/api/procedure/versions")).json()["versions"]
        still_readable = await client.get("/cases/api/procedure/versions/2028-1")

    assert (refused.status_code, refused.json()["code"]) == (422, "version-is-older-than-the-newest")
    assert (done.status_code, again.status_code, adopted_again.status_code) == (204, 204, 204)
    assert (holds.status_code, holds.json()["code"]) == (422, "version-is-in-force")
    assert unknown.status_code == 404
    assert [(one["version"], one["state"], one["withdrawn_reason"]) for one in listed] == [
        ("2026-2", "adopted", ""), ("2028-1", "withdrawn", "wrong_day"), ("2026-1", "adopted", ""),
    ]  # fmt: skip
    assert still_readable.status_code == 200
    async with cases.service.read() as connection:
        assert await version_in_force(connection, ASSOCIATION, date(2028, 6, 1)) == "2026-2"
    assert await cases.value("select count(*) from outbox where headers ->> 'ce_type' like '%procedure_withdrawn%'") == 1


async def test_pages_show_what_is_odd_and_another_confirms_it(cases: Running) -> None:
    async with browser(cases, as_="staff-social-lead-1") as lead, browser(cases, as_="staff-director-1") as director:
        sent = await lead.post("/cases/procedure/adoption", data={"text": ODD}, headers=HTML)
        own = (await lead.get(sent.headers["location"], headers=HTML)).text
        listed = (await director.get("/cases/procedure", headers=HTML)).text
        page = (await director.get("/cases/procedure/proposals/2026-2", headers=HTML)).text
        english = (await director.get("/cases/procedure/proposals/2026-2", headers={**HTML, "Accept-Language": "en"})).text
        refused = await lead.post("/cases/procedure/proposals/2026-2", data={"digest": DIGEST}, headers=HTML)
        unread = await director.post("/cases/procedure/proposals/2026-2", data={"digest": "0" * 64}, headers=HTML)
        confirmed = await director.post("/cases/procedure/proposals/2026-2", data={"digest": DIGEST}, headers=HTML)
        after = (await director.get("/cases/procedure/versions/2026-2", headers=HTML)).text

    assert (sent.status_code, sent.headers["location"]) == (303, "/cases/procedure/proposals/2026-2")
    assert "Du har selv foreslået den." in own
    assert "Bekræft og vedtag" not in own
    assert "/cases/procedure/proposals/2026-2" in listed
    assert "1 forslag venter på, at en anden bekræfter det." in listed
    for said in (
        "Ingen, der arbejder her, må tage trinnet",
        "steps.open",
        "clocks.triage.acute",
        "100 arbejdsdage",
        "Bekræft og vedtag",
        DIGEST,
    ):
        assert said in page
    assert "Nobody who works here may take the step" in english
    assert "100 working days" in english
    assert "arbejdsdag" not in english
    assert (refused.status_code, unread.status_code) == (422, 422)
    assert "Læs forslaget igen" in unread.text
    assert "kan ikke selv bekræfte den" in refused.text
    assert (confirmed.status_code, confirmed.headers["location"]) == (303, "/cases/procedure")
    assert "Citha Testvang · Holger Testvang" in after


async def test_pages_withdraw_what_does_not_hold_yet(cases: Running) -> None:
    await adopted(cases, NEWER)
    async with browser(cases, as_="staff-social-lead-1") as client:
        await client.post("/cases/procedure/adoption", data={"text": ODD.replace('"2026-2"', '"2026-3"')}, headers=HTML)
        page = (await client.get("/cases/procedure", headers=HTML)).text
        form = await client.get("/cases/procedure/versions/2026-2/withdrawal", headers=HTML)
        empty = await client.post("/cases/procedure/versions/2026-2/withdrawal", data={}, headers=HTML)
        done = await client.post("/cases/procedure/versions/2026-2/withdrawal", data={"reason": "not_agreed"}, headers=HTML)
        holds = await client.post("/cases/procedure/versions/2026-1/withdrawal", data={"reason": "not_agreed"}, headers=HTML)
        form_of_proposal = await client.get("/cases/procedure/proposals/2026-3/withdrawal", headers=HTML)
        proposal = await client.post("/cases/procedure/proposals/2026-3/withdrawal", data={"reason": "wrong_content"}, headers=HTML)
        gone = await client.get("/cases/procedure/proposals/2026-3", headers=HTML)
        after = (await client.get("/cases/procedure", headers=HTML)).text

    assert "/cases/procedure/versions/2026-2/withdrawal" in page
    assert "/cases/procedure/versions/2026-1/withdrawal" not in page
    assert (form.status_code, form_of_proposal.status_code) == (200, 200)
    assert (empty.status_code, done.status_code, proposal.status_code, gone.status_code) == (422, 303, 303, 404)
    assert holds.status_code == 422
    assert "Den version gælder allerede" in holds.text
    assert "Trukket tilbage: Der er ikke enighed om den" in after


async def test_a_proposal_that_is_confirmed_or_withdrawn_twice_is_so_once_and_said_twice(cases: Running) -> None:
    async with browser(cases, as_="staff-social-lead-1") as lead, browser(cases, as_="staff-director-1") as director:
        for version, address, sent in (
            ("2026-2", "/cases/procedure/proposals/2026-2/withdrawal", {"reason": "wrong_content"}),
            ("2026-3", "/cases/procedure/proposals/2026-3", {"digest": sha256(ODD.replace('"2026-2"', '"2026-3"').encode()).hexdigest()}),
        ):
            await lead.post("/cases/procedure/adoption", data={"text": ODD.replace('"2026-2"', f'"{version}"')}, headers=HTML)
            answers = [await director.post(address, data=sent, headers=HTML) for _ in range(2)]
            assert [(answer.status_code, answer.headers.get("location")) for answer in answers] == [(303, "/cases/procedure")] * 2, version
        back = await director.get("/cases/procedure/proposals/2026-3", headers=HTML)
        after_withdrawal = await director.post("/cases/procedure/proposals/2026-2", data={"digest": DIGEST}, headers=HTML)
        unknown = await director.post("/cases/procedure/proposals/2031-1/withdrawal", data={"reason": "wrong_content"}, headers=HTML)
    assert (back.status_code, back.headers.get("location")) == (303, "/cases/procedure/versions/2026-3")
    assert after_withdrawal.status_code == 422
    assert "Den version er ikke foreslået, så der er ikke noget at bekræfte." in after_withdrawal.text
    assert unknown.status_code == 404
    assert await cases.value("select count(*) from events where topic in ('procedure.withdrawn', 'procedure.confirmed')") == 2


async def test_nobody_but_leads_and_the_director_confirms_or_withdraws(cases: Running) -> None:
    await adopted(cases, ODD)
    for who in ("staff-caretaker-1", "staff-social-caretaker-1", "staff-dpo-1", "staff-auditor-1", "staff-operator-1"):
        async with browser(cases, as_=who) as client:
            for address, body in (("confirmation", {"digest": DIGEST}), ("withdrawal", {"reason": "not_agreed"})):
                answer = await client.post(f"/cases/api/procedure/proposals/2026-2/{address}", json=body)
                assert answer.status_code == 403, who
    async with browser(cases, as_="staff-director-1") as client:
        withdrawn = await client.post("/cases/api/procedure/proposals/2026-2/withdrawal", json={"reason": "not_agreed"})
        adopting = await client.post("/cases/api/procedure/versions", json={"text": NEWER})
    assert (withdrawn.status_code, adopting.status_code) == (204, 403)
    assert await cases.value("select provenance::jsonb ->> 4 from events where topic = 'procedure.withdrawn'") == "supervision"


async def test_what_the_rows_say_is_what_history_says(cases: Running) -> None:
    await adopted(cases, ODD)
    async with browser(cases, as_="staff-director-1") as client:
        await client.post("/cases/api/procedure/proposals/2026-2/confirmation", json={"digest": DIGEST})
    await adopted(cases, ODD.replace('"2026-2"', '"2026-3"'))
    await adopted(cases, NEWER.replace('"2026-2"', '"2026-3"'))
    async with browser(cases, as_="staff-social-lead-1") as client:
        await client.post("/cases/api/procedure/versions/2026-3/withdrawal", json={"reason": "not_needed"})
    await adopted(cases, ODD.replace('"2026-2"', '"2026-4"'))
    rows = "select * from procedure_version order by version"
    before = await cases.rows(rows)

    await rebuild(cases.service.parts, cases.owner_url, cases.service.vault)

    assert await cases.rows(rows) == before
    assert [(row["version"], row["state"], row["proposed_by"]) for row in before] == [
        ("2026-1", "adopted", ""), ("2026-2", "adopted", "staff-social-lead-1"), ("2026-3", "withdrawn", ""),
        ("2026-4", "proposed", "staff-social-lead-1"),
    ]  # fmt: skip


async def test_the_page_says_with_which_municipalities_of_ours_nothing_is_agreed(cases: Running) -> None:
    said = [("estate-1", "Bakkelund Kommune"), ("estate-2", "Langtbortby Kommune"), ("estate-3", "langtbortby")]
    for estate, municipality in said:
        await cases.service.do(note_estate, NoteEstate(estate_id=estate, municipality=municipality), context_for())
    async with browser(cases, as_=LEAD) as client:
        page = (await client.get("/cases/procedure", headers=HTML)).text
        assert re.search(r"Ingen aftale med kommunen:</strong> langtbortby\.", page)
        await cases.service.do(note_estate, NoteEstate(estate_id="estate-2", municipality="aadal"), context_for())
        await cases.service.do(note_estate, NoteEstate(estate_id="estate-3", municipality="Ådal"), context_for())
        assert "Ingen aftale med kommunen" not in (await client.get("/cases/procedure", headers=HTML)).text


def environment(running: Running) -> dict[str, str]:
    """What the service would find in its environment."""
    found: dict[str, str] = {}
    for name, value in running.settings:
        plain: Any = value.get_secret_value() if hasattr(value, "get_secret_value") else value
        if plain not in (None, {}):  # nobody is named to ring
            found[f"BROBYGGER_{name.upper()}"] = ",".join(plain) if isinstance(plain, tuple) else str(plain)
    return found


async def test_the_command_line_adopts_a_file(bare_cases: Running, tmp_path: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    import asyncio

    for name, value in environment(bare_cases).items():
        monkeypatch.setenv(name, value)
    wrong = tmp_path / "wrong.yaml"
    wrong.write_text(WRONG, encoding="utf-8")

    refused = await asyncio.to_thread(CliRunner().invoke, cli, [str(wrong)])
    done = await asyncio.to_thread(CliRunner().invoke, cli, [str(PROCEDURE)])

    odd = tmp_path / "odd.yaml"
    odd.write_text(ODD, encoding="utf-8")
    proposed = await asyncio.to_thread(CliRunner().invoke, cli, [str(odd)])

    assert (refused.exit_code, done.exit_code, proposed.exit_code) == (1, 0, 3)
    assert "clocks.triage.acute: The time is unusually long (100 working days)" in proposed.stderr
    assert await bare_cases.value("select state from procedure_version where version = '2026-2'") == "proposed"
    assert await bare_cases.value("select adopted_by from procedure_version where version = '2026-1'") == "system:operator"
