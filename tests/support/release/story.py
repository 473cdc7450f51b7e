"""Two weeks in a small association, through the doors that everybody uses: one concern for each way a concern can go."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import partial
from typing import Any
from uuid import UUID, uuid4, uuid5

from aiokafka import AIOKafkaProducer
from aiosmtpd.smtp import SMTP, Envelope, Session

from shared.messaging.messages.erp import TenancyEnded, TenancyStarted
from tests.support.eventually import eventually
from tests.support.installation import (
    AUDITOR,
    CARETAKER,
    DIRECTOR,
    DPO,
    LEAD,
    OPERATOR,
    OTHER_CARETAKER,
    PROCEDURE,
    SOCIAL_CARETAKER,
    Home,
    Installation,
    observation,
)
from tests.support.services import ASSOCIATION, NOW

CHECKING = {"Brobygger-Purpose": "audit"}
SUPERVISING = {"Brobygger-Purpose": "supervision"}
LAST = NOW + timedelta(days=13)
"""When the story ends, on a Monday; whoever opens the data is there a moment later."""


@dataclass
class Story:
    """What happens, and what of it somebody will ask for again after the next release."""

    place: Installation
    homes: dict[str, list[Home]] = field(default_factory=dict)
    requests: list[dict[str, Any]] = field(default_factory=list)
    """Some whose answer may have been lost on the way: whoever sends them again is told the same."""

    async def happens(self) -> None:
        """All of it, in order; at the end the broker is gone, and what is left to say waits."""
        await self._moving_in()
        await self._people()
        await self._first_day()
        await self._second_day()
        await self._seen_again_and_in_the_wrong_place()
        await self._moved_along()
        await self._told_from_outside()
        await self._days_that_pass()
        await self._new_procedure()
        await self._checking()
        await self._through_a_glass()
        await self._drawn_by_lot()
        await self._everything_is_consumed()
        await self._unsent()

    # The estates, and what the ERP says of who lives there

    async def _moving_in(self) -> None:
        text = procedure("2026-1", effective_on=date(2026, 1, 1))
        await self.place.ask(LEAD, "POST", "/cases/api/procedure/versions", json={"text": text}, expect=204)
        for estate, name, homes in (("estate-1", "Opdigtet Vænge", 11), ("estate-2", "Digterløkken", 2)):
            self.homes[estate] = [Home(estate, uuid4(), uuid4()) for _ in range(homes)]
            listed = [
                {"home_id": str(home.home_id), "street": name, "number": str(2 * n), "floor": "", "door": ""}
                for n, home in enumerate(self.homes[estate], start=1)
            ]
            body = {"name": name, "municipality": "bakkelund", "homes": listed}
            await self.place.ask(OPERATOR, "PUT", f"/intake/api/estates/{estate}", json=body, expect=204)
        gone = {"home_id": str(uuid4()), "street": "Digterløkken", "number": "99"}
        for has_ended in (False, True):
            body = {"name": "Digterløkken", "municipality": "bakkelund", "homes": [gone | {"has_ended": has_ended}]}
            await self.place.ask(OPERATOR, "PUT", "/intake/api/estates/estate-2", json=body, expect=204)
        everybody = [home for homes in self.homes.values() for home in homes]
        moved_out, moved_in = everybody[-1], uuid4()
        await self.place.erp_says(
            *(
                TenancyStarted(tenancy_id=home.tenancy_id, unit_id=home.home_id, estate_id=home.estate_id, started_on=NOW.date())
                for home in everybody
            ),
            TenancyEnded(tenancy_id=moved_out.tenancy_id, ended_on=NOW.date() + timedelta(days=6)),
            TenancyStarted(
                tenancy_id=moved_in,
                unit_id=moved_out.home_id,
                estate_id=moved_out.estate_id,
                started_on=NOW.date() + timedelta(days=7),
            ),
        )
        await eventually(lambda: self._count("intake", "select count(*) = 14 from tenancies"), within=60)

    # Who works there, and who stands in for whom

    async def _people(self) -> None:
        """Somebody of every kind of thing that happens to a colleague, and somebody to whom all of it happened."""
        new = {"person": "staff-new-1", "name": "Ny Testvang", "role": "caretaker", "estates": ["estate-2"], "email": "ny@example.test"}
        await self.place.ask(LEAD, "POST", "/intake/api/staff", json={"id": str(uuid4()), **new}, expect=204)
        absence, turn, conflict = (str(uuid4()) for _ in range(3))
        begins, ends = ((NOW + timedelta(days=days)).isoformat() for days in (20, 30))
        await self._about("staff-new-1", "details", name="Nyere Testvang", phone="70 00 00 11")
        await self._about("staff-new-1", "hat", role="social_caretaker", estates=["estate-2"])
        await self._about("staff-new-1", "on-call", id=turn, begins=begins, ends=ends)
        await self._about("staff-new-1", "on-call-cancelled", on_call_id=turn)
        await self._about("staff-new-1", "absence", id=absence, begins=begins, ends=ends, stand_in=SOCIAL_CARETAKER)
        await self._about("staff-new-1", "absence-ended", absence_id=absence)
        await self._about("staff-new-1", "conflict", id=conflict, about=str(self.homes["estate-2"][0].home_id), kind="own_home")
        await self._about("staff-new-1", "conflict-lifted", conflict_id=conflict)
        await self._about("staff-new-1", "hat-off", role="caretaker")
        await self._about("staff-new-1", "leaving")
        await self.place.ask(LEAD, "POST", "/intake/api/staff", json={"id": str(uuid4()), **new}, expect=204)
        begins, ends = ((NOW + timedelta(days=days)).isoformat() for days in (60, 70))
        await self._about(SOCIAL_CARETAKER, "absence", by=OPERATOR, begins=begins, ends=ends, stand_in=LEAD)
        await self._about(SOCIAL_CARETAKER, "on-call", begins=NOW.isoformat(), ends=(NOW + timedelta(days=7)).isoformat())
        await self._about("staff-clerk-1", "conflict", about=str(self.homes["estate-2"][-1].home_id), kind="relative")

    async def _about(self, person: str, change: str, *, by: str = LEAD, **body: Any) -> None:
        """Something happens to a colleague."""
        seen = await self.place.ask(by, "GET", f"/intake/api/staff/{person}", expect=200)
        headers = {"If-Match": seen.headers["ETag"]}
        address = f"/intake/api/staff/{person}/{change}"
        await self.place.ask(by, "POST", address, json={"id": str(uuid4()), **body}, headers=headers, expect=204)

    # What the caretakers see, and what becomes of it

    async def _first_day(self) -> None:
        """Everything is seen on the first morning, so that one clock tells of all of it."""
        homes = iter(self.homes["estate-1"][:-1])
        self.late = await self._concern(next(homes), severity="high")
        self.assessed = await self._concern(next(homes), consent_answer="not_asked", consent_wording="", consent_scope=[])
        self.dismissed = await self._concern(next(homes), severity="medium", words="Hækken er ikke klippet.")
        leave = ["pest_control", "municipal.visitation", "damage_service"]
        self.rich = await self._concern(next(homes), severity="high", consent_scope=leave, words="Der er stablet aviser op ad væggene.")
        self.closed = await self._concern(next(homes))
        self.reopened = await self._concern(next(homes))
        self.forgotten = await self._concern(next(homes), severity="medium")
        self.erased = await self._concern(next(homes), words="Gardinerne har været for i tre uger.")
        self.dead, self.moves = await self._concern(next(homes)), await self._concern(next(homes))
        await self.place.ask(LEAD, "GET", f"/cases/{self.late}", headers={"Accept": "text/html"}, expect=200)
        await self.place.step(LEAD, self.assessed, "triage", severity="low", category="loneliness", reason="Hun bor alene.")
        await self.place.step(LEAD, self.dismissed, "seen")
        await self.place.step(LEAD, self.dismissed, "dismissal", reason="handled_on_the_spot", remark="Gartneren kommer mandag.")
        await self.place.step(LEAD, self.dismissed, "caretaker-informed", milestone="dismissed", channel="phone")
        for case_id in (self.rich, self.closed, self.reopened, self.erased):
            await self._open(case_id)
        await self._open(self.forgotten, handler=LEAD)

    async def _second_day(self) -> None:
        """Social work: leave asked for, help arranged, answers heard."""
        await self.place.lead_to(NOW + timedelta(days=1))
        await self._everything_in_one_case(self.rich)
        await self._life(self.dead, self.moves)
        for case_id in (self.closed, self.reopened, self.erased):
            await self.place.step(SOCIAL_CARETAKER, case_id, "contacts", reached=True, channel="visit", note="Hun tog imod.")
            await self.place.step(SOCIAL_CARETAKER, case_id, "caretaker-informed", milestone="case_opened", channel="phone")
        await self._end(self.closed)
        await self._end(self.reopened)
        await self.place.step(LEAD, self.reopened, "reopening", reason="Det var ikke slut.")
        for case_id in (self.reopened, self.erased):
            await self._plan_nothing(case_id)
        await self.place.step(LEAD, self.forgotten, "consents/granted", recipients=["municipal.bostoette"], wording="mundtlig-1")
        await self.place.step(
            SOCIAL_CARETAKER, self.forgotten, "referrals", target="municipal.bostoette", channel="phone", content="Ring til os."
        )

    async def _life(self, dead: UUID, moves: UUID) -> None:
        """One is said to be dead and is not, and dies; another moves, is told of, and wants no more."""
        who, step, today = SOCIAL_CARETAKER, self.place.step, f"{self.place.clock.now():%Y-%m-%d}"
        for case_id in (dead, moves):
            await self._open(case_id)
            await step(who, case_id, "damage-service-orders", basis="vital_interest", basis_reason="Der løber vand ned ad væggen.")
            meeting_at = (LAST + timedelta(days=9)).isoformat()
            await step(who, case_id, "accompaniments", companion=CARETAKER, meeting_at=meeting_at)
        await step(who, dead, "deaths", on=today, source="relative")
        await step(who, dead, "staff-care")
        await step(who, dead, "deaths/taken-back", reason="Det var naboen.")
        await step(who, dead, "apologies", channel="phone")
        await step(who, dead, "deaths", on=today, source="authority")
        await step(who, dead, "closing", outcome="deceased")
        reason = "Barnet sad alene på trappen."
        asked = await step(LEAD, moves, "referrals", target="municipal.family", channel="phone", basis="child", basis_reason=reason)
        await step(who, moves, "moves", on=today, source="resident")
        await step(who, moves, "moves/taken-back", reason="Det var naboen.")
        await step(who, moves, "moves", on=today, source="rent_office")
        await step(who, moves, f"referrals/{asked}/told", channel="phone")
        await step(who, moves, "continuing", continuing="no", channel="phone")
        await step(who, moves, "closing", outcome="moved")

    async def _everything_in_one_case(self, case_id: UUID) -> None:
        """Every step that does not end it, and at the end something of each kind still waits."""
        who, step = SOCIAL_CARETAKER, self.place.step
        tomorrow = NOW + timedelta(days=2)
        await step(who, case_id, "contacts", reached=False, channel="phone", note="Tog ikke telefonen.")
        await step(who, case_id, "contacts", reached=True, channel="visit")
        await step(who, case_id, "persons", name="Opdigtet Beboer", phone="70 00 00 00", way_to_reach="phone")
        await step(who, case_id, "notes", text="Ring om formiddagen.")
        await step(who, case_id, "eyes-kept", text="Der var lys i aftes.")
        await step(who, case_id, "severity", severity="medium", reason="Det går bedre.")
        await step(LEAD, case_id, "assignment", handler=LEAD)
        await step(LEAD, case_id, "assignment", handler=who)
        granted = ["municipal.visitation", "volunteer", "damage_service", "pest_control"]
        until = (LAST + timedelta(days=60)).isoformat()
        await step(who, case_id, "consents/granted", recipients=granted, wording="mundtlig-1", valid_until=until)
        await step(who, case_id, "consents/declined", recipients=["gp"], wording="mundtlig-1")
        await step(who, case_id, "consents/not-obtainable", recipients=["mediation"])
        await step(who, case_id, "consents/withdrawn", recipient="pest_control")
        answered = await step(who, case_id, "referrals", target="municipal.visitation", channel="digital_post", content="Ring til os.")
        for what in ("delivery", "acknowledgement", "acceptance"):
            await step(who, case_id, f"referrals/{answered}/{what}")
        await step(who, case_id, f"referrals/{answered}/answer", outcome="help_established")
        rejected = await step(who, case_id, "referrals", target="volunteer", channel="phone")
        await step(who, case_id, f"referrals/{rejected}/rejection", reason="Der er ingen ledige.")
        reason = "Barnet sad alene på trappen."
        silent = await step(LEAD, case_id, "referrals", target="municipal.family", channel="phone", basis="child", basis_reason=reason)
        await step(who, case_id, f"referrals/{silent}/delivery")
        cleared = await step(who, case_id, "damage-service-orders")
        await step(who, case_id, f"damage-service-orders/{cleared}/let-in")
        await step(who, case_id, f"damage-service-orders/{cleared}/completion")
        await step(who, case_id, "damage-service-orders")
        soon = (self.place.clock.now() + timedelta(minutes=4)).isoformat()  # so soon that it may be held at once
        met = await step(who, case_id, "accompaniments", companion=CARETAKER, meeting_at=soon)
        await step(who, case_id, f"accompaniments/{met}/acceptance")
        await step(who, case_id, f"accompaniments/{met}/done")
        changed = await step(who, case_id, "accompaniments", companion=OTHER_CARETAKER, meeting_at=tomorrow.isoformat())
        await step(who, case_id, "accompaniments", visit_id=str(changed), companion=CARETAKER, meeting_at=tomorrow.isoformat())
        await self._in_part(CARETAKER, case_id, f"accompaniments/{changed}/rejection")
        await self._in_part(CARETAKER, case_id, "eyes-kept", text="Hun stod i gården og hilste.")
        await step(who, case_id, "accompaniments", companion=CARETAKER, meeting_at=(LAST + timedelta(days=3)).isoformat())
        planned = await step(who, case_id, "follow-ups", due=tomorrow.isoformat())
        await step(who, case_id, f"follow-ups/{planned}/done", note="Det går godt.")
        wrong = await step(who, case_id, "facts", kind="termination", on=f"{NOW:%Y-%m-%d}", source="relative")
        await step(who, case_id, f"facts/{wrong}/taken-back", reason="Det var naboen.")
        await step(who, case_id, "guardians", may_decide=["economy"], source="relative")
        await step(who, case_id, "address-protected", source="authority")
        await step(who, case_id, "address-unprotected", source="authority")
        await step(who, case_id, "facts", kind="help", on=f"{NOW:%Y-%m-%d}", source="helper")
        planned = await step(who, case_id, "follow-ups", due=(NOW + timedelta(days=9)).isoformat())
        await step(who, case_id, f"follow-ups/{planned}/cancellation")
        await step(who, case_id, "caretaker-informed", milestone="in_good_hands", channel="phone")

    async def _seen_again_and_in_the_wrong_place(self) -> None:
        """A second observation that is joined, parted and joined again, a concern taken up again, and two cases of the wrong home."""
        step, first, other = self.place.step, *self.homes["estate-1"][1:3]
        into = self.assessed
        joined = await self._concern(first, who=OTHER_CARETAKER, words="Der lugter på trappen.")
        seen = (await self.place.case(LEAD, joined))["observation_id"]
        await step(LEAD, joined, "joining", into=str(into), reason="Det er de samme.")
        await step(LEAD, into, "splitting", observations=[seen], reason="Det er dem ovenpå.")
        await step(LEAD, joined, "joining", into=str(into))
        self.joinable = await self._concern(first, who=CARETAKER)
        await step(LEAD, self.dismissed, "taking-up", reason="Der er mere i det.")
        await step(LEAD, self.dismissed, "dismissal", reason="explained")
        moved = await self._concern(other, severity="high", consent_scope=["pest_control", "municipal.visitation", "damage_service"])
        await self._open(moved)
        told = await step(SOCIAL_CARETAKER, moved, "referrals", target="municipal.visitation", channel="digital_post", content="Ring.")
        await step(SOCIAL_CARETAKER, moved, "damage-service-orders")
        await step(LEAD, moved, "freeze", reason="Det er naboen.")
        await step(LEAD, moved, "going-on", reason="Det var den rigtige.")
        await step(LEAD, moved, "freeze", reason="Det er naboen alligevel.")
        right = self.homes["estate-1"][-1]
        await step(LEAD, moved, "right-person", home_id=str(right.home_id), estate_id="estate-1")
        await step(LEAD, moved, f"recipients/{told}/deletion", channel="phone", reply="must_keep", note="De skriver det på.")
        await step(LEAD, moved, "breach", finding="not_notifiable", reason="Kun kommunen har fået det.")
        await step(LEAD, moved, "subject-informed", channel="phone")
        mistaken = await self._concern(other)
        await step(LEAD, mistaken, "freeze")
        await step(LEAD, mistaken, "retraction", reason="Haven er ikke hendes.")
        await step(LEAD, mistaken, "exception", provision="gdpr_34_1", reason="Ingen har fået noget at vide.")

    async def _moved_along(self) -> None:
        """Somebody moves inside the association, and the case goes along; for somebody else it begins from an earlier one."""
        old, new = self.homes["estate-1"][3], self.homes["estate-2"][1]
        case_id = await self._concern(old)
        await self._open(case_id)
        await self.place.step(LEAD, case_id, "moves", on=f"{NOW:%Y-%m-%d}", source="resident")
        await self.place.step(SOCIAL_CARETAKER, case_id, "continuing", continuing="yes", channel="phone")
        self.elsewhere = case_id
        there = {"home_id": str(new.home_id), "estate_id": "estate-2"}
        await self.place.step(SOCIAL_CARETAKER, case_id, "moving-along", **there, handler=LEAD, reason="Hun bor der nu.")
        begins = {"source": "transfer", "earlier_case": str(self.dismissed), "signals": [], "consent_answer": "not_asked"}
        unasked = {"consent_wording": "", "consent_scope": [], "observed_at": self.place.clock.now().isoformat(), "severity": "low"}
        body = observation(self.homes["estate-2"][0], **begins, **unasked)
        await self.place.ask(LEAD, "POST", "/intake/api/observations", json=body, expect=201)

    async def _told_from_outside(self) -> None:
        """A neighbour rings about a stairwell that turns out to be a home, is thanked and answered nothing; a resident asks for a call."""
        home = self.homes["estate-1"][0]
        call = {
            "id": str(uuid4()), "reporter_id": str(uuid4()), "source": "neighbour",
            "name": "Opdigtet Nabo", "phone": "00000000", "place": "common_area",
            "area": "stairwell", "estate_id": "estate-1", "observed_at": self.place.clock.now().isoformat(), "signals": ["not.seen"],
            "severity": "low", "words": "Ikke set i en uge.",
        }  # fmt: skip
        await self.place.ask(CARETAKER, "POST", "/intake/api/calls", json=call, expect=201)
        link = {"id": str(uuid4()), "home_id": str(home.home_id)}
        await self.place.ask(CARETAKER, "POST", f"/intake/api/observations/{call['id']}/place", json=link, expect=204)
        verified = uuid5(UUID(str(call["id"])), "case")

        async def raised() -> bool:
            return (await self.place.ask(LEAD, "GET", f"/cases/api/cases/{verified}")).status_code == 200

        await eventually(raised, within=60)
        soon = (self.place.clock.now() + timedelta(days=5)).isoformat()
        await self.place.step(LEAD, verified, "visits", visitor=CARETAKER, due=soon)
        await self._in_part(CARETAKER, verified, "eyes-kept", text="Hun åbnede selv og havde det godt.")
        await self.place.step(LEAD, verified, "visits", visitor=OTHER_CARETAKER, due=soon)
        await self.place.step(LEAD, verified, "visits/called-off")
        (taken,) = (await self.place.ask(CARETAKER, "GET", "/intake/api/calls", expect=200)).json()["items"]
        about = f"/intake/api/calls/{taken['reporter_id']}"
        await self.place.ask(CARETAKER, "POST", f"{about}/thanked", expect=204)
        await self.place.ask(CARETAKER, "POST", f"{about}/outcome-asked", json={"id": str(uuid4())}, expect=200)
        wish = {"id": str(uuid4()), "phone": "00000000", "place": "Opdigtet Vænge", "time": "any"}
        await self.place.ask(CARETAKER, "POST", "/intake/call-me", data=wish)

    async def _days_that_pass(self) -> None:
        """Deadlines pass with nobody there, and one resident asks to be forgotten."""
        for days in (3, 6):
            await self.place.lead_to(NOW + timedelta(days=days))
        erasure = {"id": str(uuid4()), "kind": "whole_tenancy", "about": str(self.homes["estate-1"][7].tenancy_id)}
        decided = {**erasure, "reason": "erasure_request", "sure": True}
        await self.place.ask(DPO, "POST", "/intake/api/erasures", json=decided, expect=202)
        events = (await self.place.ask(LEAD, "GET", f"/cases/api/cases/{self.rich}/timeline", expect=200)).json()["events"]
        note = next(event["version"] for event in events if event["topic"] == "case.note_added")
        redaction = {"version": note, "name": "text", "reason": "not_needed"}
        await self.place.ask(DPO, "POST", f"/cases/api/cases/{self.rich}/redactions", json=redaction, headers=SUPERVISING, expect=204)

    async def _new_procedure(self) -> None:
        """Another version, and a case that is pinned to it; the one who saw it cannot be reached by mail."""
        day = (NOW + timedelta(days=7)).date()
        text = procedure("2026-2", effective_on=day)
        await self.place.ask(LEAD, "POST", "/cases/api/procedure/versions", json={"text": text}, expect=204)
        await self.place.lead_to(NOW + timedelta(days=7))
        self.place.mailbox.handle_RCPT = _not_everybody_is_reached  # type: ignore[attr-defined]
        self.newer = await self._concern(self.homes["estate-2"][0], who=OTHER_CARETAKER, severity="acute")
        await self._open(self.newer, handler=LEAD)
        await self.place.step(LEAD, self.newer, "caretaker-informed", milestone="in_good_hands", channel="phone")
        self.newest = await self._concern(self.homes["estate-2"][1], who=OTHER_CARETAKER, severity="medium")
        await self.place.step(LEAD, self.late, "procedure-change", procedure_version="2026-2", reason="Den nye frist passer bedre.")
        slow = procedure("2026-3", effective_on=LAST.date() + timedelta(days=20)).replace("{minutes: 15}", "{working_days: 9}", 1)
        await self.place.ask(LEAD, "POST", "/cases/api/procedure/versions", json={"text": slow}, expect=202)
        later = procedure("2026-4", effective_on=LAST.date() + timedelta(days=30))
        await self.place.ask(LEAD, "POST", "/cases/api/procedure/versions", json={"text": later}, expect=204)
        withdrawal = {"reason": "not_agreed"}
        await self.place.ask(LEAD, "POST", "/cases/api/procedure/versions/2026-4/withdrawal", json=withdrawal, expect=204)
        await self.place.lead_to(LAST)

    async def _checking(self) -> None:
        """Somebody looks, and says why."""
        for case_id in (self.rich, self.erased):
            await self.place.ask(AUDITOR, "GET", f"/cases/api/cases/{case_id}", headers=CHECKING, expect=200)
            await self.place.ask(LEAD, "GET", f"/cases/{case_id}", headers={"Accept": "text/html"}, expect=200)
        await self.place.ask(AUDITOR, "GET", "/cases/api/audit/chain", headers=CHECKING, expect=200)
        policy = {"text": "version: '1'\nassociation: Prøvegården\n"}
        await self.place.ask(DPO, "POST", "/reporting/api/policy", json=policy, expect=204)
        await self.place.ask(DIRECTOR, "GET", "/reporting/api/figures", expect=200)

    async def _through_a_glass(self) -> None:
        """A case that is none of hers is read twice; the first time was right, and of the second nobody has said."""
        reviewed, waits = [str(uuid4()) for _ in range(2)]
        for id in (reviewed, waits):
            body = {"id": id, "case_id": str(self.elsewhere), "reason": "Naboen ringer, og den, der har sagen, er syg."}
            await self.place.ask(SOCIAL_CARETAKER, "POST", "/cases/api/glasses", json=body, expect=201)
            await self.place.ask(SOCIAL_CARETAKER, "GET", f"/cases/api/cases/{self.elsewhere}", expect=200)
            await self.place.ask(SOCIAL_CARETAKER, "POST", f"/cases/api/glasses/{id}/done", expect=204)
        verdict = {"verdict": "agreed", "words": "Det kunne ikke vente."}
        await self.place.ask(DPO, "POST", f"/cases/api/glasses/{reviewed}/review", json=verdict, headers=SUPERVISING, expect=204)

    async def _drawn_by_lot(self) -> None:
        """Two look-ups without a relation to the case are drawn; one is asked about, and closed."""
        today = self.place.clock.now().date()
        plan = {"id": str(uuid4()), "since": f"{NOW:%Y-%m-%d}", "until": f"{today}", "stratum": "apart", "size": 2}
        check = f"/cases/api/spot-checks/{plan['id']}"
        await self.place.ask(DPO, "POST", "/cases/api/spot-checks", json=plan, headers=SUPERVISING, expect=204)
        await self.place.ask(DPO, "POST", f"{check}/drawing", headers=SUPERVISING, expect=204)
        sampled = (await self.place.ask(DPO, "GET", check, headers=SUPERVISING, expect=200)).json()["sample"][0]
        about = f"{check}/looks/{sampled['look']}"
        await self.place.ask(DPO, "POST", f"{about}/question", headers=SUPERVISING, expect=204)
        who, why = sampled["logged"]["actor"], {"words": "Jeg hjalp en kollega."}
        await self.place.ask(who, "POST", f"{about}/answer", json=why, expect=204)
        finding = {"finding": "fine", "words": "Kollegaen bekræfter det."}
        await self.place.ask(DPO, "POST", f"{about}/finding", json=finding, headers=SUPERVISING, expect=204)

    # What is still on its way

    async def _everything_is_consumed(self) -> None:
        """What is of no known type is passed, an unknown version is parked, and what comes behind it waits; the rest is consumed."""
        key = uuid4()
        await self._publish_unknown("erp.inbound", key, kind="dk.brobygger.erp.tenancy_sublet.v1")
        await self._publish_unknown("brobygger.intake", key, kind="dk.brobygger.intake.observation_registered.v9")
        await self._publish_unknown("brobygger.intake", key, kind="dk.brobygger.intake.tenancy_started.v9")
        parked = "select count(*) >= $1 from parked where done_at is null"
        await eventually(lambda: self._count("intake", "select count(*) >= $1 from unknown_types", 1), within=60)
        await eventually(lambda: self._count("cases", parked, 2), within=60)
        await eventually(lambda: self._count("reporting", parked, 2), within=60)
        await self.place.everything_is_heard()
        for name in self.place.services:
            await eventually(partial(self._has_consumed, name), within=60)

    async def _unsent(self) -> None:
        """The broker goes; people go on."""
        await self.place.broker.kill()
        await self.place.step(LEAD, self.newer, "notes", text="Netværket er nede.")
        await self.place.step(LEAD, self.newer, "severity", severity="high")
        await self.place.step(LEAD, self.newer, "contacts", reached=True, channel="phone")
        await self._remember(LEAD, self.reopened, "notes", text="Sendt fra en telefon uden dækning.")
        planned = (await self.place.case(LEAD, self.newer))["follow_ups"][-1]["follow_up_id"]
        await self._remember(LEAD, self.newer, f"follow-ups/{planned}/cancellation")
        body = observation(self.homes["estate-1"][-1], observed_at=LAST.isoformat(), words="Postkassen er fuld.")
        answer = await self.place.ask(CARETAKER, "POST", "/intake/api/observations", json=body, expect=201)
        self._note(CARETAKER, "/intake/api/observations", body, {}, answer.status_code)

    async def _in_part(self, who: str, case_id: UUID, step: str, **body: Any) -> None:
        """Somebody takes a step of their own part of a case."""
        body = {"id": str(uuid4()), **body}
        await self.place.ask(who, "POST", f"/cases/api/parts/{case_id}/{step}", json=body, expect=204)

    async def _remember(self, who: str, case_id: UUID, step: str, **body: Any) -> None:
        """Take a step, and note what was sent."""
        path = f"/cases/api/cases/{case_id}"
        version = (await self.place.ask(who, "GET", path, expect=200)).headers["ETag"]
        body = {"id": str(uuid4()), **body}
        answer = await self.place.ask(who, "POST", f"{path}/{step}", json=body, headers={"If-Match": version}, expect=204)
        self._note(who, f"{path}/{step}", body, {"If-Match": version}, answer.status_code)

    def _note(self, who: str, path: str, body: dict[str, Any], headers: dict[str, str], status: int) -> None:
        self.requests.append({"who": who, "path": path, "json": body, "headers": headers, "status": status})

    # How it is done

    async def _concern(self, home: Home, *, who: str = CARETAKER, **but: Any) -> UUID:
        """A caretaker registers what he saw; answers the case, when it is there."""
        now = self.place.clock.now().isoformat()
        body = observation(home, **{"observed_at": now, "severity": "low", "consent_scope": ["pest_control"], **but})
        await self.place.ask(who, "POST", "/intake/api/observations", json=body, expect=201)
        case_id = uuid5(UUID(body["id"]), "case")

        async def there() -> bool:
            return (await self.place.ask(LEAD, "GET", f"/cases/api/cases/{case_id}")).status_code == 200

        await eventually(there, within=60)
        return case_id

    async def _open(self, case_id: UUID, *, handler: str = SOCIAL_CARETAKER) -> None:
        severity = (await self.place.case(LEAD, case_id))["severity"]
        await self.place.step(LEAD, case_id, "triage", severity=severity, category="elderly_care")
        await self.place.step(LEAD, case_id, "opening", handler=handler)

    async def _end(self, case_id: UUID) -> None:
        """Close a case when nothing is planned any more, and tell the one who saw it."""
        await self._plan_nothing(case_id)
        if not (await self.place.case(LEAD, case_id))["reached"]:
            await self.place.step(SOCIAL_CARETAKER, case_id, "contacts", reached=True, channel="phone")
        await self.place.step(SOCIAL_CARETAKER, case_id, "closing", outcome="handled_with_association_help", remark="Hun klarer sig selv.")
        await self.place.step(SOCIAL_CARETAKER, case_id, "caretaker-informed", milestone="closed", channel="phone")

    async def _plan_nothing(self, case_id: UUID) -> None:
        """Nobody needs to look again: the case may be closed."""
        for planned in (await self.place.case(LEAD, case_id))["follow_ups"]:
            if planned["state"] == "open":
                await self.place.step(LEAD, case_id, f"follow-ups/{planned['follow_up_id']}/cancellation")

    async def _publish_unknown(self, topic: str, key: UUID, *, kind: str) -> None:
        headers = {
            "ce_specversion": "1.0", "ce_id": str(uuid4()), "ce_source": f"/brobygger/{ASSOCIATION}/later", "ce_type": kind,
            "ce_subject": str(key), "ce_time": LAST.isoformat(), "ce_recordedtime": LAST.isoformat(), "ce_association": ASSOCIATION,
            "content-type": "application/json",
        }  # fmt: skip
        producer = AIOKafkaProducer(bootstrap_servers=self.place.broker.bootstrap, acks="all")
        await producer.start()
        try:
            carried = [(name, value.encode()) for name, value in headers.items()]
            await producer.send_and_wait(topic, b"{}", key=str(key).encode(), headers=carried)
        finally:
            await producer.stop()

    async def _has_consumed(self, name: str) -> bool:
        """Whether a service has consumed, or parked, whatever the services published on the topics it listens to."""
        reader = self.place.services[name]
        published = 0
        for publisher in self.place.services.values():
            waiting = "select count(*) from outbox where topic = any($1::text[])"
            published += await publisher.pool.fetchval(waiting, list(reader.parts.topics))
        consumed = "select (select count(*) from inbox) + (select count(*) from parked where done_at is null)"
        return int(await reader.pool.fetchval(consumed)) >= published

    async def _count(self, name: str, question: str, *values: Any) -> bool:
        return bool(await self.place.services[name].pool.fetchval(question, *values))


def procedure(version: str, *, effective_on: date) -> str:
    """The demo's procedure as another version."""
    text = re.sub(r"(?m)^version: .*$", f'version: "{version}"', PROCEDURE.read_text(encoding="utf-8"))
    return re.sub(r"(?m)^effective_on: .*$", f"effective_on: {effective_on.isoformat()}", text)


async def _not_everybody_is_reached(_server: SMTP, _session: Session, envelope: Envelope, address: str, _options: list[str]) -> str:
    """One address was given up, so that a notice fails for good; another is full, so that it is tried again later."""
    if address.startswith("caretaker-2@"):
        return "550 no such person here"
    if address.startswith("social-caretaker-1@"):
        return "452 the mailbox is full"
    envelope.rcpt_tos.append(address)
    return "250 OK"
