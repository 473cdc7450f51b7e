"""A spot check of the real log: the seed first, the sample from what was there, questions, findings, and the same sample again."""

from __future__ import annotations

import csv
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

import asyncpg
import httpx
import pytest

from services.cases.spot_check.rules import drawn
from shared.words.vocabulary.people import Role
from tests.cases.case.living import LEAD, SOCIAL_CARETAKER, raised
from tests.support.colleagues import heard_of
from tests.support.services import Running, browser

HTML = {"Accept": "text/html"}
DPO, AUDITOR = "staff-dpo-1", "staff-auditor-1"
PERIOD = {"since": "2026-03-01", "until": "2026-03-03"}


@asynccontextmanager
async def checking(cases: Running, who: str = DPO, purpose: str = "supervision") -> AsyncIterator[httpx.AsyncClient]:
    async with browser(cases, as_=who) as client:
        client.headers["Brobygger-Purpose"] = purpose
        yield client


async def looked(cases: Running, *, own: int = 3, others: int = 3) -> tuple[UUID, UUID]:
    """A social caretaker reads a case of her own estate, and the lead one that is anybody's, so many times."""
    near, far = await raised(cases, estate="estate-1"), await raised(cases, estate="estate-2")
    async with browser(cases, as_=SOCIAL_CARETAKER) as hers, browser(cases, as_=LEAD) as lead:
        for client, case_id, times in ((hers, near, own), (lead, far, others)):
            for _ in range(times):
                assert (await client.get(f"/cases/api/cases/{case_id}")).status_code == 200
    return near, far


async def planned(client: httpx.AsyncClient, *, id: UUID | None = None, **plan: Any) -> httpx.Response:
    body = {"id": str(id or uuid4()), **PERIOD, "stratum": "all", "size": 3, **plan}
    return await client.post("/cases/api/spot-checks", json=body)


async def sampled(client: httpx.AsyncClient, **plan: Any) -> tuple[str, dict[str, Any]]:
    id = uuid4()
    assert (await planned(client, id=id, **plan)).status_code == 204
    assert (await client.post(f"/cases/api/spot-checks/{id}/drawing")).status_code == 204
    return f"/cases/api/spot-checks/{id}", (await client.get(f"/cases/api/spot-checks/{id}")).json()


async def test_an_auditor_draws_the_same_sample_again(cases: Running) -> None:
    await looked(cases)
    async with checking(cases) as dpo, checking(cases, AUDITOR, "audit") as auditor:
        address, read = await sampled(dpo)
        assert (read["among"], read["among_now"], read["the_same_sample"], read["left_over"]) == (6, 6, True, 3)
        await looked(cases)  # what is looked at later is not among it
        again = (await auditor.get(address)).json()
        assert (again["the_same_sample"], again["among_now"]) == (True, 6)
        # And by hand, from the log that anybody reads who may.
        log = (await auditor.get("/cases/api/audit/looks", params={"limit": "200", **PERIOD})).json()["looks"]
        among = [one["position"] for one in log if one["position"] <= read["last_position"] and one["actor"] != DPO]
        assert [one["look"] for one in again["sample"]] == drawn(read["seed"], among, size=3)
        file = (await auditor.get(f"/cases/api/audit/looks.csv?since={PERIOD['since']}&until={PERIOD['until']}")).content.decode(
            "utf-8-sig"
        )
        lines = list(csv.DictReader(file.splitlines(), delimiter=";"))
        kept = [int(one["nummer"]) for one in lines if int(one["nummer"]) <= read["last_position"] and one["medarbejder-id"] != DPO]
        assert drawn(read["seed"], kept, size=3) == drawn(read["seed"], among, size=3)
        page = (await auditor.get(f"/cases/spot-checks/{read['check_id']}?formaal=audit", headers=HTML)).text
        assert "det samme udvalg" in page
        assert "Afslut opslaget" not in page
        assert (await auditor.post(f"{address}/drawing")).status_code == 403
        assert (await planned(auditor)).status_code == 403


async def test_the_seed_stands_before_the_sample_and_another_time_is_another_seed(cases: Running) -> None:
    await looked(cases)
    async with checking(cases) as dpo:
        first, second = [(await sampled(dpo))[1] for _ in range(2)]
    assert first["seed"] != second["seed"]
    assert len(bytes.fromhex(first["seed"])) == 32
    topics = await cases.rows("select topic from events where stream_id = $1 order by version", UUID(first["check_id"]))
    assert [row["topic"] for row in topics] == ["spot_check.planned", "spot_check.drawn"]


async def test_what_stands_out_is_drawn_by_itself(cases: Running) -> None:
    _, far = await looked(cases, own=5, others=2)
    async with checking(cases) as dpo:
        _, read = await sampled(dpo, stratum="apart", size=2)
        assert {(one["logged"]["about"], one["logged"]["relation"]) for one in read["sample"]} == {(str(far), "association")}
        assert all(one["logged"]["stands_out"] for one in read["sample"])
        larger = await planned(dpo, stratum="apart", size=3)
        assert larger.json()["code"] == "sample-is-larger-than-the-log"


async def test_nobody_draws_their_own_looks_and_lists_are_no_lottery(cases: Running) -> None:
    await looked(cases, own=1, others=0)
    async with checking(cases) as dpo, browser(cases, as_=LEAD) as lead:
        for _ in range(3):
            await dpo.get("/cases/api/audit/looks")
        await lead.get("/cases/api/cases")  # one look at the list, and a line for each case on it
        _, read = await sampled(dpo, size=2)
    assert {one["logged"]["action"] for one in read["sample"]} == {"read_case", "read_queue"}
    assert read["among"] == 2


@pytest.mark.parametrize(
    ("changed", "code", "field"),
    [
        ({"size": 7}, "sample-is-larger-than-the-log", "size"),
        ({"size": 0}, "sample-size-is-out-of-bounds", "size"),
        ({"size": 1000}, "sample-size-is-out-of-bounds", "size"),
        ({"since": "2026-01-01", "until": "2026-01-31"}, "period-has-no-looks", "since"),
        ({"since": "2026-03-04", "until": "2026-03-31"}, "period-has-not-begun", "since"),
        ({"until": "2026-02-01"}, "period-is-backwards", "until"),
        ({"stratum": "own"}, "stratum-is-unknown", "stratum"),
    ],
)
async def test_what_cannot_be_drawn_says_which_field(cases: Running, changed: dict[str, Any], code: str, field: str) -> None:
    await looked(cases)
    async with checking(cases) as dpo:
        refused = await planned(dpo, **changed)
        assert (refused.status_code, refused.json()["code"], refused.json()["errors"][0]["pointer"]) == (422, code, f"#/{field}")
        form = {"id": str(uuid4()), **PERIOD, "stratum": "all", "size": "3", **{name: str(value) for name, value in changed.items()}}
        page = await dpo.post("/cases/spot-checks?formaal=supervision", data=form, headers=HTML)
        assert page.status_code == 422
        assert f'value="{form["id"]}"' in page.text
    assert await cases.value("select count(*) from spot_checks") == 0


async def test_the_same_request_is_one_check_and_drawn_twice_is_drawn_once(cases: Running) -> None:
    await looked(cases)
    id = uuid4()
    async with checking(cases) as dpo:
        assert [(await planned(dpo, id=id)).status_code for _ in range(2)] == [204, 204]
        assert (await planned(dpo, id=id, size=2)).status_code == 409
        assert [(await dpo.post(f"/cases/api/spot-checks/{id}/drawing")).status_code for _ in range(2)] == [204, 204]
    assert await cases.value("select count(*) from spot_checks") == 1
    assert await cases.value("select count(*) from spot_check_looks") == 3


async def test_whoever_looked_is_asked_answers_and_each_is_closed(cases: Running) -> None:
    near, _ = await looked(cases, own=2, others=0)
    async with checking(cases) as dpo, browser(cases, as_=SOCIAL_CARETAKER) as hers, browser(cases, as_=LEAD) as lead:
        address, read = await sampled(dpo, size=2)
        first, second = [one["look"] for one in read["sample"]]
        shown = address.replace("/api", "") + "?formaal=supervision"
        assert (await hers.get("/cases/api/spot-checks/questions")).json() == {"questions": []}
        for _ in range(2):  # said again it is no news
            assert (await dpo.post(f"{address}/looks/{first}/question")).status_code == 204
        (question,) = (await hers.get("/cases/api/spot-checks/questions")).json()["questions"]
        assert (question["look"], question["logged"]["about"]) == (first, str(near))
        assert "Hvad skulle du bruge det til?" in (await hers.get("/cases/own-looks", headers=HTML)).text
        assert "Ingen spørger dig" in (await lead.get("/cases/own-looks", headers=HTML)).text
        said = {"words": "Naboen ringede om lugten."}
        assert (await lead.post(f"{address}/looks/{first}/answer", json=said)).status_code == 404
        assert (await hers.post(f"{address}/looks/{second}/answer", json=said)).status_code == 404
        answers = f"/cases/own-looks/{read['check_id']}/{first}"
        field = f"words-{read['check_id']}-{first}"
        blank = await hers.post(answers, data={field: " "}, headers=HTML)
        assert (blank.status_code, "Skriv, hvad du skulle bruge opslaget til." in blank.text) == (422, True)
        assert (await hers.post(answers, data={field: said["words"]}, headers=HTML)).status_code == 303
        assert (await hers.post(f"{address}/looks/{first}/answer", json=said)).json()["code"] == "look-is-answered"
        assert "Naboen ringede om lugten." in (await dpo.get(shown, headers=HTML)).text

        assert (await dpo.post(f"{address}/looks/{first}/finding", json={"finding": "fine"})).status_code == 204
        refused = await dpo.post(f"{address}/looks/{second}/finding", json={"finding": "not_fine", "words": ""})
        assert refused.json()["code"] == "finding-has-no-words"
        wrong = {f"finding-{second}": "not_fine", f"words-{second}": "Hun 010203-1234"}
        again = await dpo.post(f"{shown.partition('?')[0]}/looks/{second}/finding?formaal=supervision", data=wrong, headers=HTML)
        assert again.status_code == 422
        assert "\nHun 010203-1234</textarea>" in again.text  # nothing that was typed is lost
        done = {"finding": "not_fine", "words": "Der var ingen grund."}
        sent = {f"{name}-{second}": value for name, value in done.items()}
        closed = await dpo.post(f"{shown.partition('?')[0]}/looks/{second}/finding?formaal=supervision", data=sent, headers=HTML)
        assert closed.status_code == 303
        assert (await dpo.post(f"{address}/looks/{second}/finding", json=done)).json()["code"] == "look-is-closed"
        read = (await dpo.get(address)).json()
        assert (read["left_over"], read["not_fine"], read["closed_at"] is None) == (0, 1, False)
        assert {(one["finding"], one["words"], one["answer"]) for one in read["sample"]} == {
            ("fine", None, "Naboen ringede om lugten."),
            ("not_fine", "Der var ingen grund.", None),
        }
    async with checking(cases, AUDITOR, "audit") as auditor:
        seen = (await auditor.get(address)).json()["sample"]
        assert {(one["finding"], one["words"], one["answer"]) for one in seen} == {("fine", None, None), ("not_fine", None, None)}
    for table in ("events", "spot_check_looks", "outbox", "access_log", "idempotency_keys"):
        assert await cases.value(f"select count(*) from {table} t where t::text like '%Naboen ringede%'") == 0, table


@pytest.mark.parametrize("who", [LEAD, SOCIAL_CARETAKER, "staff-caretaker-1", "staff-clerk-1", "staff-director-1", "staff-operator-1"])
async def test_nobody_else_sees_or_draws_a_sample(cases: Running, who: str) -> None:
    async with checking(cases) as dpo:
        await looked(cases)
        address, _ = await sampled(dpo)
    async with browser(cases, as_=who) as client:
        for answer in (
            await client.get(address),
            await client.get("/cases/api/spot-checks"),
            await client.get("/cases/spot-checks", headers=HTML),
            await planned(client),
        ):
            assert answer.status_code == 403
        assert (await client.get("/cases/own-looks", headers=HTML)).status_code == 200


async def test_who_keeps_out_of_a_case_sees_no_look_at_it_and_the_sample_is_the_same(cases: Running) -> None:
    near, _ = await looked(cases, own=2, others=0)
    async with checking(cases) as dpo:
        address, read = await sampled(dpo, size=2)
        await heard_of(cases, DPO, Role.DPO, shut_from=(near,))
        again = (await dpo.get(address)).json()
        assert (again["the_same_sample"], [one["logged"] for one in again["sample"]]) == (True, [None, None])
        page = (await dpo.get(f"{address.replace('/api', '')}?formaal=supervision", headers=HTML)).text
        assert "Du er inhabil" in page
        assert str(near) not in page
        look = read["sample"][0]["look"]
        assert (await dpo.post(f"{address}/looks/{look}/question")).status_code == 404
        assert (await dpo.post(f"{address}/looks/{look}/finding", json={"finding": "fine"})).status_code == 404


async def test_a_look_that_the_log_has_no_more_is_said_and_can_be_closed(cases: Running) -> None:
    await looked(cases, own=3, others=0)
    async with checking(cases) as dpo:
        address, read = await sampled(dpo, size=2)
        gone, kept = [one["look"] for one in read["sample"]]
        owner = await asyncpg.connect(cases.owner_url)
        try:
            await owner.execute("delete from access_log where position = $1", gone)
        finally:
            await owner.close()
        again = (await dpo.get(address)).json()
        assert (again["the_same_sample"], again["among"], again["among_now"]) == (False, 3, 2)
        assert again["sample"][0]["logged"] is None
        page = (await dpo.get(f"{address.replace('/api', '')}?formaal=supervision", headers=HTML)).text
        assert "et andet udvalg" in page
        assert "Opslaget står ikke i loggen mere." in page
        assert (await dpo.post(f"{address}/looks/{gone}/question")).json()["code"] == "look-is-gone"
        done = {"finding": "cannot_say", "words": "Det er slettet."}
        assert (await dpo.post(f"{address}/looks/{gone}/finding", json=done)).status_code == 204
        assert (await dpo.post(f"{address}/looks/{kept}/finding", json={"finding": "fine"})).status_code == 204
        assert (await dpo.get(address)).json()["closed_at"] is not None


@pytest.mark.erases
async def test_a_look_at_a_case_that_is_erased_keeps_its_place_and_loses_its_words(postgres: Any, vault_url: str, cases: Running) -> None:
    near, _ = await looked(cases, own=2, others=0)
    async with checking(cases) as dpo, browser(cases, as_=SOCIAL_CARETAKER) as hers:
        address, read = await sampled(dpo, size=2)
        first, second = [one["look"] for one in read["sample"]]
        await dpo.post(f"{address}/looks/{first}/question")
        await hers.post(f"{address}/looks/{first}/answer", json={"words": "Naboen ringede."})
        assert (await dpo.get(address)).json()["sample"][0]["answer"] == "Naboen ringede."
        await cases.service.vault.destroy([near], association="bakkegaarden", by=DPO, reason="erasure_request")
        again = (await dpo.get(address)).json()
        assert (again["the_same_sample"], again["sample"][0]["answer"]) == (True, None)
        for look in (first, second):
            done = {"finding": "cannot_say", "words": "Sagen er slettet."}
            assert (await dpo.post(f"{address}/looks/{look}/finding", json=done)).status_code == 204
        assert {one["words"] for one in (await dpo.get(address)).json()["sample"]} == {"Sagen er slettet."}
        cases.clock.forward(timedelta(days=1))
