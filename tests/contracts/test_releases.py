"""Whatever a release left is read, worked on and published by the code of today: nothing that was adopted, stored or said is refused.

The data of each release stands in `releases/`; CONTRIBUTING says how the next one is added.
"""

from __future__ import annotations

import asyncio
import json
import re
from collections import defaultdict
from collections.abc import AsyncIterator, Iterable, Iterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from functools import partial
from hashlib import sha256
from itertools import chain, product
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4, uuid5

import asyncpg
import pytest

from local.demo.form import filled_in
from services.cases.case.steps import FORMS
from services.origin import NAVIGATION
from shared.ground.database import migrate
from shared.ground.working_days import ZONE
from shared.history import event_store
from shared.history.rebuild import rebuild
from shared.privacy.personal import from_json
from shared.privacy.vault import Vault
from shared.running import roles
from shared.words.vocabulary.persons import EVERYTHING
from tests.contracts.conftest import Data
from tests.support.eventually import eventually
from tests.support.installation import CARETAKER, DIRECTOR, DPO, LEAD, OPERATOR, SERVICES, SOCIAL_CARETAKER, Home, observation
from tests.support.kafka import Broker
from tests.support.postgres import PostgresServer
from tests.support.release.dump import MASTER_KEY
from tests.support.release.opened import Opened, copied, opened, parts_of
from tests.support.release.story import LAST, procedure
from tests.support.services import ROLE

HTML = {"Accept": "text/html", "Accept-Language": "da"}
NOT_FOR_YOU = frozenset({303, 401, 403, 404})
"""Answers to somebody whose work it is not; every other refusal to show something is a fault."""


FIGURES = "version: '1'\nassociation: Prøvegården\n"
"""The least that a policy for figures says."""

# Reading

PAGES = {
    "/cases/": ("", "?ended=true", "?mine=true"),
    "/cases/{case_id:uuid}": ("", "?indhold=ja"),
    "/cases/{case_id:uuid}/as-of": ("?day={day}&indhold=ja",),
    "/cases/audit/chain": ("", "?verify=ja", "?verify=ja&stream={case_id}"),
    "/cases/api/cases": ("", "?ended=true"),
    "/intake/observations/new": ("?estate={estate_id}",),
    "/reporting/": ("", "?period=2026-Q1"),
}
"""Pages that show something else when they are asked differently."""

WITH_A_PROVIDER = frozenset({NAVIGATION.sign_in_there, NAVIGATION.sign_in_back})
"""There is none where people sign in by role cards."""


async def test_every_page_of_everything_answers(place: Opened) -> None:
    wrong: dict[str, list[str]] = defaultdict(list)
    asked = 0
    for route in place.routes():
        # forms are opened when steps are taken
        if "GET" not in (route.methods or ()) or "{step}" in route.path or route.path in WITH_A_PROVIDER:
            continue
        readers: set[str] = set()
        for query in PAGES.get(route.path, ("",)):
            for address in await place.addresses(route.path + query):
                shown, faults = await _asked(place, address, readers)
                readers |= shown
                asked += 1
                if faults:
                    wrong[route.path].append(f"{address}: {', '.join(faults)}")
    assert not wrong, "\n".join(f"{path}: {len(faults)} times, first {faults[0]}" for path, faults in wrong.items())
    assert asked > len(place.routes())


async def _asked(place: Opened, address: str, readers: set[str]) -> tuple[set[str], list[str]]:
    """Who is shown a page, and what is wrong with it: by those who read its like before, or else by everybody."""
    shown: set[str] = set()
    for people in (readers, place.clients.keys() - readers):
        answers = {who: (await place.clients[who].get(address, headers=HTML)).status_code for who in sorted(people)}
        shown |= {who for who, status in answers.items() if status == 200}
        faults = [f"{status} to {who}" for who, status in answers.items() if status not in {200, *NOT_FOR_YOU}]
        if shown or faults:
            return shown, faults
    return shown, ["shown to nobody"]


# Working on

SOON = (LAST + timedelta(minutes=5)).astimezone(ZONE)
"""As late as somebody's clock may be fast: a meeting may be planned then, and held at once."""

VALUES: dict[str, tuple[Any, ...]] = {
    "procedure_version": ("2026-2",),
    "severity": ("medium",),
    "category": ("loneliness",),
    "reason": ("explained",),
    "remark": ("Ring i morgen.",),
    "note": ("Ring i morgen.",),
    "text": ("Ring i morgen.",),
    "content": ("Ring i morgen.",),
    "basis_reason": ("Ring i morgen.",),
    "name": ("Opdigtet Beboer",),
    "phone": ("70 00 00 00",),
    "role": ("co_tenant",),
    "language": ("da",),
    "needs_interpreter": (False,),
    "way_to_reach": ("relative",),
    "purpose": ("help",),
    "information": (list(EVERYTHING),),
    "handler": (SOCIAL_CARETAKER,),
    "companion": (CARETAKER,),
    "visitor": (CARETAKER,),
    "reached": (True,),
    "channel": ("phone",),
    "milestone": ("in_good_hands", "dismissed", "closed"),
    "outcome": ("help_established", "resident_declined", "handled_with_association_help"),
    "recipients": (["volunteer"],),
    "recipient": ("office", "volunteer"),
    "wording": ("mundtlig-1",),
    "how": ("oral",),
    "target": ("volunteer", "municipal.visitation"),
    "basis": ("consent", "vital_interest"),
    "meeting_at": (SOON.isoformat(),),
    "due": (SOON.isoformat(),),
    "kind": ("help",),
    "continuing": ("yes",),
    "may_decide": (["economy"],),
    "on": (f"{LAST:%Y-%m-%d}",),
    "source": ("relative",),
    "home_id": (str(uuid4()),),
    "estate_id": ("estate-1",),
    "municipality": ("bakkelund",),
    "address": ("Opdigtet Vænge 99",),
    "reply": ("deletes",),
    "finding": ("not_notifiable",),
    "provision": ("gdpr_34_1",),
    "into": (str(uuid4()),),
    "observations": ([str(uuid4())],),
}
"""What a field of a step may hold, the likeliest first. A step that asks for something new says here what that may be."""

NOTHING_IT_COULD_BE_ABOUT = {"0.1.0": {"joining", "splitting", "deletion"}}
"""The steps that no case of a release can take: its people were never seen twice, and nobody was told about the wrong person."""


RESTED_ON = ("/moves", "/moves/taken-back")
"""The steps that are taken in every case, for others rest on them."""

FIRST = {
    "correction": ("persons",),
    "left": ("persons",),
    "moving-along": ("moves", "continuing"),
    "called-off": ("visits",),
    "unfreeze": ("freeze",),
    "right-person": ("freeze",),
    "retraction": ("freeze",),
    "breach": ("freeze", "right-person"),
    "subject-informed": ("freeze", "right-person"),
    "exception": ("freeze", "right-person"),
}
"""What is done in a case before a step that no case of the first release is ready for: none was found to be about the wrong person."""


def said_of(case: dict[str, Any]) -> dict[str, Any]:
    """What a step may name of the very case: another one about the same people, and what was joined to it."""
    joinable = [other["case_id"] for other in case["same_people"] if other["joinable"]]
    later = [one["observation_id"] for one in case["observations"][1:]]
    return {"into": joinable[:1], "observations": [later] if later else []}


TYPED: dict[str, Any] = {
    **{name: values[0] for name, values in VALUES.items()},
    "reached": "yes",
    "needs_interpreter": "false",
    "comes": "yes",
    "answer": "granted",
    "meeting_at": f"{SOON:%Y-%m-%dT%H:%M}",
    "due": f"{SOON:%Y-%m-%d}",
}
"""The same, as it is filled in where the form does not say it already."""

CHOSEN = {"closing": {"outcome": "deceased"}}
"""What is chosen in a form instead of what stands there first."""


@dataclass
class Tries:
    """Which steps were taken and in which cases one was, and why each of the others was refused."""

    taken: set[str] = field(default_factory=set)
    in_cases: set[str] = field(default_factory=set)
    refusals: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))

    def note(self, step: str, case_id: str, refused: set[str]) -> None:
        """What came of a try."""
        self.refusals[step] |= refused
        if not refused:
            self.taken.add(step)
            self.in_cases.add(case_id)

    def is_shown(self, step: str, case_id: str) -> bool:
        """Whether trying this step in this case shows nothing that is not shown already."""
        return step in self.taken and case_id in self.in_cases

    def never(self, steps: Iterable[str]) -> dict[str, set[str]]:
        """The steps that no case took."""
        return {step: self.refusals[step] for step in steps if step not in self.taken}


async def test_every_step_can_be_taken_in_json_and_every_case_takes_one(place: Opened) -> None:
    described = (await place.clients[LEAD].get("/cases/api/openapi.json")).json()
    steps = {
        path: list(_bodies(described, path, operation["post"]))
        for path, operation in described["paths"].items()
        if path.startswith("/cases/api/cases/{case_id}/") and "post" in operation and not path.endswith("/redactions")  # no step
    }
    cases, tries = await place.addresses("{case_id}"), Tries()
    for case_id, path in product(cases, steps):
        if path.endswith(RESTED_ON) or not tries.is_shown(path, case_id):
            for earlier in _first(path):
                await _taken_in(place, case_id, earlier, steps[earlier])
            tries.note(path, case_id, await _taken_in(place, case_id, path, steps[path]))
    none = NOTHING_IT_COULD_BE_ABOUT.get(place.release.name, set())
    assert not {path for path in tries.never(steps) if path.rpartition("/")[2] not in none}
    assert tries.in_cases == set(cases)
    assert len(steps) >= 30


def _first(path: str) -> list[str]:
    """The addresses of what is done before a step."""
    case, step = path[: path.index("}") + 1], path.rpartition("/")[2]
    return [f"{case}/{earlier}" for earlier in FIRST.get(step, ())]


async def _taken_in(place: Opened, case_id: str, path: str, bodies: list[dict[str, Any]]) -> set[str]:
    """Send a step to a case with everything it may be about and say, until it is taken; answers the refusals when it never is."""
    client, refusals = place.clients[LEAD], set[str]()
    addresses = await place.addresses_in(case_id, path)
    for address, body in product(addresses, bodies):
        seen = await client.get(f"/cases/api/cases/{case_id}")
        version, of_the_case = seen.headers["ETag"], said_of(seen.json())
        body |= {name: found[0] for name, found in of_the_case.items() if found and name in body}
        body |= await _said_by_the_register(place, case_id, path)
        answer = await client.post(address, json={"id": str(uuid4()), **body}, headers={"If-Match": version})
        if answer.status_code == 204:
            return set()
        refusals.add(f"{answer.status_code} {answer.json()['detail']}")
    return refusals or {"there is nothing in the case that it could be about"}


async def _said_by_the_register(place: Opened, case_id: str, path: str) -> dict[str, Any]:
    """Where a step moves a case to, as the register says it: another home than its own. Nothing for a step that moves none."""
    step = path.rpartition("/")[2]
    if step not in ("right-person", "moving-along"):
        return {}
    (own,) = await place.column("cases", f"select home_id from case_list where case_id = '{case_id}'")
    for estate in await place.column("intake", "select estate_id from estates order by estate_id"):
        listed = (
            await place.clients[LEAD].get(f"/intake/api/right-homes/{case_id}?estate={estate}&is_new={step == 'moving-along'}")
        ).json()
        said: dict[str, Any] | None = next((home for home in listed if home["home_id"] != str(own)), None)
        if said:
            return said
    raise AssertionError("there is no other home")


def _bodies(described: dict[str, Any], path: str, operation: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """Everything that may be said in a step, but for its id."""
    schema = operation["requestBody"]["content"]["application/json"]["schema"]
    schema = described["components"]["schemas"][schema["$ref"].rpartition("/")[2]] if "$ref" in schema else schema
    fields = [name for name in schema["properties"] if name in VALUES]
    unknown = set(schema.get("required", ())) - {"id", *fields}
    assert not unknown, f"{path}: say in VALUES what {unknown} may be"
    for values in product(*(VALUES[name] for name in fields)):
        yield dict(zip(fields, values, strict=True))


async def test_every_form_that_is_offered_can_be_sent_and_every_case_takes_what_it_offers(place: Opened) -> None:
    client, tries, offers = place.clients[LEAD], Tries(), defaultdict[str, set[str]](set)
    for _ in range(2):
        for case_id in await place.addresses("{case_id}"):
            page = await client.get(f"/cases/{case_id}", headers=HTML)
            assert page.status_code == 200
            offered = sorted(set(re.findall(rf"/cases/{case_id}/steps/([a-z-]+)", page.text)), key=list(FORMS).index)
            offers[case_id] |= set(offered)
            for step in offered:
                if step == "death" and "closing" not in offered:
                    continue  # nobody opens a case again about somebody who is dead
                rested_on = step == "fact" or (step == "death" and "closing" not in tries.taken)  # is noted wherever others rest on it
                if rested_on or not tries.is_shown(step, case_id):
                    for earlier in (FIRST | {"continuing": ("going-on",), "moving-along": ()}).get(step, ())[
                        :1
                    ]:  # what was frozen above goes on
                        await _sent(place, case_id, earlier)
                    tries.note(step, case_id, await _sent(place, case_id, step))
        for service in place.services.values():
            service.clock.lead_to(LAST + timedelta(days=7))  # what was agreed has come by then
    steps = set(chain.from_iterable(offers.values()))
    assert not tries.never(steps)
    assert tries.in_cases == {case_id for case_id, offered in offers.items() if offered}
    assert len(steps) >= 22


async def _sent(place: Opened, case_id: str, step: str) -> set[str]:
    """Open the form of a step, fill in what is empty, and send it; answers why it was refused, however it was chosen what it is about."""
    client, address = place.clients[LEAD], f"/cases/{case_id}/steps/{step}"
    said = await _said_by_the_register(place, case_id, step)
    moved_to = {name: "" if value in (None, False) else str(value) for name, value in said.items()}  # a tick that is not set says nothing
    form = await client.get(address, headers=HTML)
    assert form.status_code == 200, f"{address}: {form.status_code}"
    there = {name: values for name, values in filled_in(form.text, action=address).items() if any(values)}
    refusals = set[str]()
    for chosen in (
        {},
        *(
            {name: value}
            for name, value in re.findall(r'type="(?:radio|checkbox)" name="(\w+_id|into|observations)" value="([^"]+)"', form.text)
        ),
    ):
        answer = await client.post(address, data={**TYPED, **there, **CHOSEN.get(step, {}), **chosen, **moved_to}, headers=HTML)
        if answer.status_code == 303:
            return set()
        refusals.add(f"{answer.status_code} {_summary(answer.text)}")
    return refusals


def _summary(page: str) -> str:
    """What stands above a refused form."""
    return " ".join(re.findall(r"[^<>\s]+(?=[^<>]*<)", page.partition('class="mistakes"')[2].partition("</div>")[0]))


async def test_everything_else_that_is_asked_for_is_done(place: Opened) -> None:
    home, parked = await _a_home(place), "select min(id) from parked"
    typed = observation(home, estate=home.estate_id, observed_at=f"{place.release.left_at:%Y-%m-%dT%H:%M}")
    later = place.release.left_at.date() + timedelta(days=30)
    slow = procedure("2030-3", effective_on=later).replace("acute: {minutes: 15}", "acute: {working_days: 100}")
    digest = sha256(slow.encode()).hexdigest()
    moving = {"id": str(uuid4()), "procedure_version": "2026-2", "reason": "Fristen var skrevet forkert."}
    (tenancy,) = await place.column("intake", "select tenancy_id from tenancies where tenancy_id is not null order by id limit 1")
    whose = {"kind": "whole_tenancy", "about": str(tenancy)}
    decided = {"id": str(uuid4()), "reason": "retention"}
    # What holds already is not withdrawn.
    requests: list[tuple[str, str, str, dict[str, Any], int | set[int]]] = [
        ("POST", "/intake/sign-in", CARETAKER, {"data": {"person": CARETAKER}}, 303),
        ("PUT", "/intake/api/estates/{estate_id}", OPERATOR, {"json": {"name": "Ny", "municipality": "bakkelund", "homes": []}}, 204),
        ("POST", "/intake/api/observations", CARETAKER, {"json": observation(home)}, 201),
        ("POST", "/intake/observations/new", CARETAKER, {"data": {**typed, "as_new": "true"}}, 303),
        ("POST", "/cases/api/procedure/versions/{version}/moves", LEAD, {"json": moving}, 200),
        ("POST", "/cases/procedure/versions/{version}/moves", LEAD, {"data": {**moving, "id": str(uuid4())}}, 303),
        ("POST", "/cases/api/procedure/versions", LEAD, {"json": {"text": procedure("2030-1", effective_on=later)}}, 204),
        ("POST", "/cases/api/hand-overs", LEAD, {"json": {"id": str(uuid4()), "giver": LEAD, "handler": SOCIAL_CARETAKER}}, 200),
        ("POST", "/cases/hand-over", LEAD, {"data": {"id": str(uuid4()), "giver": LEAD, "handler": CARETAKER, "cases": str(uuid4())}}, 200),
        ("POST", "/cases/procedure/adoption", LEAD, {"data": {"text": procedure("2030-2", effective_on=later)}}, 303),
        ("POST", "/cases/api/procedure/versions", LEAD, {"json": {"text": slow}}, 202),
        ("POST", "/cases/api/procedure/proposals/{proposed}/confirmation", DIRECTOR, {"json": {"digest": digest}}, {204, 422}),
        ("POST", "/cases/api/procedure/versions", LEAD, {"json": {"text": slow.replace("2030-3", "2030-4")}}, 202),
        ("POST", "/cases/procedure/proposals/{proposed}", DIRECTOR, {"data": {"digest": digest}}, {303, 404, 422}),
        ("POST", "/cases/procedure/proposals/{proposed}/withdrawal", LEAD, {"data": {"reason": "wrong_day"}}, {303, 404}),
        ("POST", "/cases/api/procedure/proposals/{proposed}/withdrawal", LEAD, {"json": {"reason": "wrong_day"}}, {204, 404, 422}),
        ("POST", "/cases/api/procedure/versions/{version}/withdrawal", LEAD, {"json": {"reason": "wrong_day"}}, {204, 404, 422}),
        ("POST", "/cases/procedure/versions/{version}/withdrawal", LEAD, {"data": {"reason": "wrong_day"}}, {303, 422}),
        *[
            ("POST", f"/{name}/parked", OPERATOR, {"data": {"id": str((await place.column(name, parked))[0] or "")}}, 303)
            for name in SERVICES
        ],
        *[
            (
                "POST",
                f"/{name}/parked/{{parked_id}}",
                OPERATOR,
                {"data": {"decision": "put_aside", "reason": "Den er forældet."}},
                {303, 404, 422},
            )
            for name in SERVICES
        ],
        *_through_a_glass((await place.addresses("{case_id}"))[0]),
        *_drawn_by_lot(place.release.left_at.date()),
        *_from_outside(home, place.release.left_at),
        ("POST", "/intake/api/erasures/look", DPO, {"json": whose}, 200),
        ("POST", "/intake/erasures/look", DPO, {"data": whose}, 200),
        ("POST", "/intake/api/erasures/find", DPO, {"json": {"text": "Opdigtet"}, "headers": {"Brobygger-Purpose": "subject_access"}}, 200),
        ("POST", "/intake/erasures/find", DPO, {"data": {"text": "Opdigtet", "purpose": "subject_access"}}, 200),
        ("POST", "/intake/erasures/callers", DPO, {"data": {"about": str(uuid4()), "purpose": "subject_access"}}, 404),
        ("POST", "/intake/api/erasures", DPO, {"json": {**whose, **decided, "sure": True}}, 202),
        ("POST", "/intake/erasures", DPO, {"data": {**whose, **decided, "sure": "true"}}, 303),
        ("POST", "/reporting/api/policy", DPO, {"json": {"text": FIGURES}}, 204),
        ("POST", "/reporting/policy", DPO, {"data": {"text": FIGURES}}, 303),
        ("POST", "/intake/sign-out", CARETAKER, {}, 303),
        ("POST", "/intake/sign-out/there", CARETAKER, {"data": {"logout_token": "nothing"}}, 404),  # there is no provider with role cards
        *_about_colleagues(place.release.left_at, (await place.addresses("{person}"))[0], await _versions(place)),
    ]
    commands = {(method, route.path) for route in place.routes() for method in {*(route.methods or ())} - {"GET", "HEAD"}}
    assert {(method, path) for method, path, *_ in requests} == {(m, path) for m, path in commands if "{case_id" not in path}
    for method, path, who, what, status in requests:
        for address in await place.addresses(path):
            answer = await place.clients[who].request(method, address, **what)
            allowed = status if isinstance(status, set) else {status}
            assert answer.status_code in allowed, f"{method} {address}: {answer.status_code} {answer.text[:500]}"
    listed = (await place.clients[LEAD].get("/cases/api/procedure/versions")).json()["versions"]
    came_of_it = {one["version"]: (one["state"], one["proposed_by"], one["adopted_by"]) for one in listed}
    assert came_of_it["2030-1"] == came_of_it["2030-2"] == ("withdrawn", "", LEAD)
    assert came_of_it["2030-3"] == ("withdrawn", LEAD, DIRECTOR)
    assert "2030-4" not in came_of_it


def _through_a_glass(case_id: str) -> Iterator[tuple[str, str, str, dict[str, Any], int | set[int]]]:
    """A case that is none of theirs is read, and somebody says whether it was right; whose case it is, each release says for itself."""
    broken = {"id": str(uuid4()), "case_id": case_id, "reason": "Naboen ringer, og den, der har sagen, er syg."}
    review = {"verdict": "not_agreed", "words": "Den, der har sagen, er på arbejde."}
    yield "POST", "/cases/api/glasses", SOCIAL_CARETAKER, {"json": broken}, {201, 422}
    yield "POST", "/cases/glass", SOCIAL_CARETAKER, {"data": {**broken, "id": str(uuid4())}}, 422
    yield "POST", "/cases/api/glasses/{break_id}/done", SOCIAL_CARETAKER, {}, 204
    yield "POST", "/cases/glass/{break_id:uuid}/done", SOCIAL_CARETAKER, {}, 303
    yield "POST", "/cases/api/glasses/{break_id}/review", LEAD, {"json": review}, 204
    yield "POST", "/cases/glasses/{break_id:uuid}/review", LEAD, {"data": review}, 422


def _drawn_by_lot(today: date) -> Iterator[tuple[str, str, str, dict[str, Any], int | set[int]]]:
    """A sample of the release's look-ups; whoever made the first of them is asked, and both are closed."""
    why = {"headers": {"Brobygger-Purpose": "supervision"}}
    plan = {"id": str(uuid4()), "since": f"{today - timedelta(days=60)}", "until": f"{today}", "stratum": "all", "size": 2}
    check, look = "/cases/{api}spot-checks/{{check_id{kind}}}", "/looks/{{look}}"
    for api, kind, said, done in (("api/", "", "json", 204), ("", ":uuid", "data", 303)):
        at = check.format(api=api, kind=kind)
        yield "POST", f"/cases/{api}spot-checks", DPO, {said: plan, **why}, done
        yield "POST", f"{at}/drawing", DPO, why, done
        yield "POST", f"{at}{look.format()}/question", DPO, why, done
        finding = {"finding": "fine", "words": "Hun er sagsbehandler."}
        if api:
            yield "POST", f"{at}{look.format()}/answer", LEAD, {"json": {"words": "Det er min sag."}}, {204, 404}
        else:
            yield "POST", "/cases/own-looks/{check_id:uuid}/{look}", LEAD, {"data": {"words": "Det er min sag."}}, {303, 404, 422}
            yield "POST", "/cases/api/spot-checks/{check_id}/looks/{look}/finding", DPO, {"json": finding, **why}, 204
            yield "POST", f"{at}{look.format()}/finding", DPO, {"data": finding, **why}, 422


def _from_outside(home: Home, now: datetime) -> Iterator[tuple[str, str, str, dict[str, Any], int | set[int]]]:
    """Calls about somebody, the page without a sign-in, and a home that is known later: every old observation has one, or is erased."""

    def ids() -> dict[str, str]:
        return {"id": str(uuid4()), "reporter_id": str(uuid4())}

    told = {"source": "neighbour", "signals": ["not.seen"], "severity": "low", "home_id": str(home.home_id)}
    yield "POST", "/intake/api/calls", CARETAKER, {"json": {**ids(), **told, "observed_at": now.isoformat()}}, 201
    form = {**ids(), **told, "estate": home.estate_id, "observed_at": f"{now:%Y-%m-%dT%H:%M}"}
    yield "POST", "/intake/calls/new", CARETAKER, {"data": form}, 303
    asked = {"id": str(uuid4())}
    for door, what in (("/intake/api/calls", "json"), ("/intake/calls", "data")):
        yield "POST", f"{door}/{{reporter_id}}/thanked", CARETAKER, {}, {204, 303, 404, 422}
        yield "POST", f"{door}/{{reporter_id}}/outcome-asked", CARETAKER, {what: asked}, {200, 303, 404, 409}
    for door, what in (("/intake/api/callers", "json"), ("/intake/callers", "data")):
        yield "POST", f"{door}/{{reporter_id}}/flag", LEAD, {what: {"reason": "Opdigtet."}}, {204, 303, 404, 410, 422}
        yield "POST", f"{door}/{{reporter_id}}/flag-taken-back", LEAD, {}, {204, 303, 404}
    yield "POST", "/intake/call-me", CARETAKER, {"data": {"id": str(uuid4()), "phone": "00000000", "place": "Et sted", "time": "any"}}, 303
    link = {"id": str(uuid4()), "home_id": str(home.home_id)}
    yield "POST", "/intake/api/observations/{observation_id}/place", LEAD, {"json": link}, {204, 403, 409, 410, 422}
    yield "POST", "/intake/observations/{observation_id}/place", LEAD, {"data": link}, {303, 403, 409, 410, 422}


def _about_colleagues(now: datetime, person: str, known: dict[str, int]) -> Iterator[tuple[str, str, str, dict[str, Any], int]]:
    """Everything that may be asked about somebody who worked there, in the versions they are `known` in; the first change gives a
    history to who had none.
    """

    def version(who: str) -> int:
        before = known.get(who, 0)
        known[who] = before + 1 if before else 2
        return before

    absence, own, turn, conflict = (str(uuid4()) for _ in range(4))
    soon, later = ((now + timedelta(days=days)).isoformat() for days in (10, 12))
    day = {"begins": f"{now + timedelta(days=2):%Y-%m-%d}", "ends": f"{now + timedelta(days=3):%Y-%m-%d}"}
    new = {"name": "Ny Testvang", "role": "caretaker", "email": "ny@example.test"}
    bodies: dict[str, dict[str, Any]] = {
        "details": {"name": "Nyt Navn"},
        "hat": {"role": "social_caretaker", "estates": ["estate-1"]},
        "absence": {"id": absence, "begins": soon, "ends": later, "stand_in": SOCIAL_CARETAKER},
        "absence-ended": {"absence_id": absence},
        "on-call": {"id": turn, "begins": soon, "ends": later},
        "on-call-cancelled": {"on_call_id": turn},
        "conflict": {"id": conflict, "about": str(uuid4()), "kind": "relative"},
        "conflict-lifted": {"conflict_id": conflict},
        "hat-off": {"role": "social_caretaker"},
        "leaving": {},
    }
    yield "POST", "/intake/api/staff", OPERATOR, {"json": {"id": str(uuid4()), "person": f"staff-{uuid4()}", **new}}, 204
    yield "POST", "/intake/staff/new", OPERATOR, {"data": {"id": str(uuid4()), "person": f"staff-{uuid4()}", **new}}, 303
    yield "POST", "/intake/me/{step}", DIRECTOR, {"data": {"id": str(uuid4()), "version": version(DIRECTOR), **day}}, 303
    yield "POST", "/intake/staff/{person}/{step}", OPERATOR, {"data": {"id": str(uuid4()), "version": version(person), **day}}, 303
    lifted = {"id": str(uuid4()), "version": known[person], "conflict_id": str(uuid4())}
    yield "POST", "/intake/staff/{person}/conflict-lifted", DIRECTOR, {"data": lifted}, 422  # there is none yet
    for name, body in bodies.items():
        sent = {"json": {"id": str(uuid4()), **body}, "headers": {"If-Match": f'"{version(person)}"'}}
        yield "POST", f"/intake/api/staff/{{person}}/{name}", LEAD, sent, 204
    mine = {"absence": {"id": own, "begins": soon, "ends": later}, "absence-ended": {"absence_id": own}, "conflict": {"about": own}}
    for name, body in mine.items():
        sent = {"json": {"id": str(uuid4()), **body}, "headers": {"If-Match": f'"{version(SOCIAL_CARETAKER)}"'}}
        yield "POST", f"/intake/api/me/{name}", SOCIAL_CARETAKER, sent, 204


async def _versions(place: Opened) -> dict[str, int]:
    """How much has happened to each colleague who has a history."""
    return {row["person"]: row["version"] for row in await place.services["intake"].rows("select person, version from colleagues")}


async def test_what_is_sent_again_is_answered_as_the_release_answered_it_and_not_done_again(place: Opened) -> None:
    events = "select count(*) from events"
    before = [await place.column(name, events) for name in SERVICES]
    assert place.release.requests
    for request in place.release.requests:
        answer = await place.clients[request["who"]].post(request["path"], json=request["json"], headers=request["headers"])
        assert answer.status_code == request["status"], f"{request['path']}: {answer.status_code} {answer.text[:500]}"
    assert [await place.column(name, events) for name in SERVICES] == before


# What stands behind


async def test_every_service_is_ready_every_chain_holds_and_who_was_erased_stays_erased(place: Opened) -> None:
    for name, running in place.services.items():
        ready = await place.clients[OPERATOR].get(f"/{name}/health/ready")
        assert (ready.status_code, ready.json()["database"], ready.json()["vault"]) == (200, "up", "up")
        async with running.service.transaction() as connection:
            found = await event_store.verify(connection)
        assert found.holds, found.broken
        assert bool(found.events) is (name != "reporting")
    cases = [(await place.clients[LEAD].get(address)).json()["address"] for address in await place.addresses("/cases/api/cases/{case_id}")]
    assert len([address for address in cases if address is None]) == 1
    assert all(address is None or address.startswith(("Opdigtet", "Digter")) for address in cases)


DECIDED_SINCE = {("0.1.0", "case_list"): {"is_seen"}}
"""Columns of read models that say something else since a release, each with its reason: who judges a concern has seen it."""


@pytest.mark.parametrize("name", SERVICES)
async def test_rebuilt_from_history_everything_is_as_it_was(name: str, data: Data, postgres: PostgresServer) -> None:
    async with (
        copied({name: data.now[name], "vault": data.left["vault"]}, postgres) as urls,
        _reading(data.left[name]) as left,
        _reading(urls[name]) as now,
        _vault(data, urls["vault"]) as keys_left,
        _vault(data, data.now["vault"]) as keys_now,
    ):
        await rebuild(parts_of(name), urls[name], keys_now)
        there = await _columns(left), await _columns(now)
        tables = [table for model in parts_of(name).read_models for table in model.tables if table in there[0]]
        assert tables
        erased = {str(id) for id, *_ in await keys_left.destroyed_since(datetime.min.replace(tzinfo=UTC))}
        for table in tables:
            same = sorted((there[0][table] & there[1][table]) - DECIDED_SINCE.get((data.release.name, table), set()))
            sql = f"select {', '.join(f'{column}::text' for column in same)} from {table}"
            before = [_without_the_erased(row, erased) for row in await _read_in(left, sql, keys_left)]
            assert _in_order(await _read_in(now, sql, keys_now)) == _in_order(before), table


@asynccontextmanager
async def _vault(data: Data, url: str) -> AsyncIterator[Vault]:
    """The keys of a release, in the tables of today."""
    await migrate(url, kind="vault", role=ROLE)
    vault = await Vault.opened(url, data.release.directory / MASTER_KEY)
    try:
        yield vault
    finally:
        await vault.close()


async def _read_in(connection: asyncpg.Connection[Any], sql: str, vault: Vault) -> list[dict[str, str | None]]:
    """Rows as somebody reads them: what is sealed says what it says, and not under which key."""
    rows = [dict(row) for row in await connection.fetch(sql)]
    for row in rows:
        for column, text in row.items():
            if text and text.startswith('{"of": '):
                sealed = from_json(json.loads(text))
                row[column] = (await vault.keyring([sealed.subject])).open(sealed)
    return rows


def _without_the_erased(row: dict[str, str | None], erased: set[str]) -> dict[str, str | None]:
    """The first release kept the ids and the days of somebody's tenancy and home in the clear, also when they were erased."""
    gone = {"home_id", "tenancy_id", "started_on", "ended_on"} if row.get("tenancy_id") in erased else set()
    return {column: None if column in gone else text for column, text in row.items()}


def _in_order(rows: list[dict[str, str | None]]) -> list[dict[str, str | None]]:
    return sorted(rows, key=repr)


@asynccontextmanager
async def _reading(url: str) -> AsyncIterator[asyncpg.Connection[Any]]:
    connection = await asyncpg.connect(url)
    try:
        yield connection
    finally:
        await connection.close()


async def _columns(connection: asyncpg.Connection[Any]) -> dict[str, set[str]]:
    """The tables that are there, and what they are made of."""
    found: dict[str, set[str]] = defaultdict(set)
    for table, column in await connection.fetch(
        "select table_name, column_name from information_schema.columns where table_schema = 'public'"
    ):
        found[table].add(column)
    return found


PARKED = "select reason from parked where done_at is null and code not in ('unknown-type', 'behind') order by id"
"""What is of no known type was parked once; it is passed now, and what waited behind it goes in."""


async def test_every_message_is_still_understood_what_waited_is_sent_and_life_goes_on(
    data: Data, postgres: PostgresServer, broker: Broker, tmp_path: Path
) -> None:
    """A broker that is not the one of before is told everything again, so that every message the release ever published is read."""
    await broker.clear()
    async with copied(data.now, postgres) as urls, opened(data.release, urls, postgres, tmp_path, broker=broker) as place:
        parked = [await place.column(name, PARKED) for name in SERVICES]
        seen = observation(await _a_home(place))
        answer = await place.clients[CARETAKER].post("/intake/api/observations", json=seen)
        assert answer.status_code == 201, answer.text
        works = [asyncio.create_task(role(running.service)) for running in place.services.values() for role in (roles.relay, roles.listen)]
        try:
            for name in SERVICES:
                await eventually(partial(_nothing_is_missing, place, name), within=60)
            case = await place.clients[LEAD].get(f"/cases/{uuid5(UUID(seen['id']), 'case')}", headers=HTML)
            ready = await place.clients[LEAD].get("/cases/health/ready")
        finally:
            await roles.end(works)
        assert (case.status_code, ready.json()["status"]) == (200, "ready")
        assert [await place.column(name, PARKED) for name in SERVICES] == parked


async def _a_home(place: Opened) -> Home:
    """Somewhere people live."""
    return Home("estate-1", (await place.column("intake", "select home_id from homes where estate_id = 'estate-1'"))[0], uuid4())


async def _nothing_is_missing(place: Opened, name: str) -> bool:
    """Whether a service has consumed everything that was ever published on the topics it listens to, and has published all of its own."""
    topics = sorted({message.TOPIC for message in parts_of(name).consumes})
    published = {
        id
        for publisher in SERVICES
        for id in await place.column(publisher, "select headers ->> 'ce_id' from outbox where topic = any($1::text[])", topics)
    }
    missing = published - set(await place.column(name, "select message_id from inbox"))
    assert not missing, f"{name} has not consumed {len(missing)} messages; parked: {await place.column(name, PARKED)}"
    return not await place.column(name, "select position from outbox where sent_at is null")
