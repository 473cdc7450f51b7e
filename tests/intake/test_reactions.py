"""What the ERP, cases and notifications say: once, twice, twice at once, late, about something unknown, unreadable."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any
from uuid import UUID, uuid4

import asyncpg
import httpx
import orjson
import pytest

from services.intake.erasure.commands import would_go_now
from services.intake.erasure.rules.whom import Goes, Whom
from services.intake.staff.commands import ChangeColleague, change_once, take_on_from_the_file
from services.intake.staff.rules.conflicts import DeclareConflict
from shared.history import event_store
from shared.history.colleagues import people_in
from shared.history.whereabouts import say_where
from shared.messaging.inbox import Record
from shared.messaging.message import Message
from shared.messaging.messages import cases, erp, notifications
from shared.privacy.matter import About, case_of
from shared.privacy.personal import Personal
from shared.running.listener import Listener
from shared.running.receiver import Receiver
from shared.words.vocabulary.erasure import ErasedKind
from shared.words.vocabulary.people import Role
from tests.intake.known import CASE, FAR_HOME, HOME, OBSERVATION, TENANCY, VACANT_HOME, VACATED_HOME, record, registers
from tests.support.services import ASSOCIATION, NOW, Running, browser, context_for, keys_for

NEW_TENANCY = UUID("018f0000-0000-7000-8000-0000000000af")
UNKNOWN = UUID("018f0000-0000-7000-8000-00000000ffff")
ALL = {"case_id": CASE, "observation_id": OBSERVATION, "observer": "staff-caretaker-1"}
MEETING = UUID("018f0000-0000-7000-8000-0000000000f1")


def started(home_id: UUID = VACANT_HOME, *, on: date = date(2026, 3, 1), id: str = "erp-1") -> Record:
    said = erp.TenancyStarted(tenancy_id=NEW_TENANCY, unit_id=home_id, estate_id="estate-1", started_on=on)
    return record(said, id=id, key=NEW_TENANCY, actor="erp", role="system")


def ended(on: date, *, id: str = "erp-2") -> Record:
    return record(erp.TenancyEnded(tenancy_id=NEW_TENANCY, ended_on=on), id=id, key=NEW_TENANCY, actor="erp", role="system")


def raised(**changed: Any) -> cases.ConcernRaised:
    facts = ALL | {
        "observed_at": NOW, "estate_id": "estate-1", "municipality": "lyngkommune", "severity": "high", "signals": ("smell",),
        "consent_answer": "granted", "triage_due": NOW + timedelta(hours=6),
    }  # fmt: skip
    return cases.ConcernRaised(**facts | changed)


async def parked(intake: Running) -> list[str]:
    return [row["code"] for row in await intake.rows("select code from parked where done_at is null order by id")]


async def take_in(intake: Running, *records: Record) -> None:
    await Listener(intake.service).take_in(records)


async def tenancies(intake: Running) -> list[tuple[object, ...]]:
    """Which home, from when until when; of one that has no home yet, nothing."""
    found = await intake.rows(
        "select home_id, started_on, ended_on from tenancies where tenancy_id = $1 and home_id is not null", NEW_TENANCY
    )
    return [tuple(row) for row in found]


async def matter(intake: Running) -> str:
    """Under which id the tenancy is known here."""
    return str(await intake.value("select id from tenancies where tenancy_id = $1", NEW_TENANCY))


async def announced(intake: Running) -> list[str]:
    rows = await intake.rows("select headers from outbox where key = $1 order by position", await matter(intake))
    return [dict(row["headers"])["ce_type"].removeprefix("dk.brobygger.intake.").removesuffix(".v2") for row in rows]


async def progress(intake: Running) -> asyncpg.Record:
    return (await intake.rows("select * from observations where observation_id = $1", OBSERVATION))[0]


async def happened(intake: Running) -> Sequence[str]:
    rows = await intake.rows("select topic from events where stream_id = $1 order by version", OBSERVATION)
    return [row["topic"].removeprefix("observation.") for row in rows]


# --- the ERP ------------------------------------------------------------------------------------------------------------


async def test_a_tenancy_starts_and_ends(intake: Running) -> None:
    await take_in(intake, started(), ended(date(2026, 6, 30)))
    assert await tenancies(intake) == [(VACANT_HOME, date(2026, 3, 1), date(2026, 6, 30))]


async def test_a_conflict_in_one_case_holds_in_the_case_it_is_joined_to(intake: Running, caretaker: httpx.AsyncClient) -> None:
    await registers(caretaker)
    joined = case_of(OBSERVATION)
    declared = ChangeColleague(
        association=ASSOCIATION, person="staff-social-lead-1", request=DeclareConflict(id=uuid4(), about=joined, kind="relative")
    )
    await take_on_from_the_file(intake.service)
    await change_once(declared, context_for(Role.SOCIAL_LEAD, id="staff-social-lead-1"), intake.service)
    said = cases.ObservationLinked(**ALL, concern_id=joined, in_good_hands=True)
    await take_in(intake, record(said, id="joined-1", key=CASE), record(said, id="joined-2", key=CASE))
    async with intake.service.read() as connection:
        [lead] = [person for person in await people_in(connection, ASSOCIATION) if person.id == "staff-social-lead-1"]
    assert lead.shut_from == {joined, CASE}
    assert await intake.value("select count(*) from events where topic = 'colleague.conflict_declared'") == 2


async def test_whom_the_erp_says_it_was_done_by_is_kept_nowhere(intake: Running) -> None:
    told = erp.TenancyStarted(tenancy_id=NEW_TENANCY, unit_id=HOME, estate_id="estate-1", started_on=date(2026, 4, 1))
    await take_in(intake, record(told, id="erp-named", key=NEW_TENANCY, actor="Karen Jensen", role="sagsbehandler"))
    kept = await intake.rows("select provenance::text as said from events union all select headers::text from outbox")
    assert len(kept) > 1
    assert not any("Karen" in row["said"] or "sagsbehandler" in row["said"] for row in kept)


async def test_the_others_hear_of_it(intake: Running) -> None:
    await take_in(intake, started(), ended(date(2026, 6, 30)))
    said = await intake.rows("select headers from outbox where key = $1 order by position", await matter(intake))
    assert ["tenancy_started" in str(row["headers"]) for row in said] == [True, False]
    assert ["tenancy_ended" in str(row["headers"]) for row in said] == [False, True]


async def test_the_same_message_twice_is_one_tenancy(intake: Running) -> None:
    await take_in(intake, started())
    await take_in(intake, started())
    assert await intake.value("select count(*) from events where stream_id = $1", UUID(await matter(intake))) == 1


async def test_the_same_message_twice_at_once_is_one_tenancy(intake: Running) -> None:
    await asyncio.gather(*(take_in(intake, started()) for _ in range(4)))
    assert await intake.value("select count(*) from events where stream_id = $1", UUID(await matter(intake))) == 1
    assert await parked(intake) == []


async def test_said_again_under_another_id_is_no_news(intake: Running) -> None:
    await take_in(intake, started(), started(id="erp-9"))
    assert await intake.value("select count(*) from events where stream_id = $1", UUID(await matter(intake))) == 1


async def enter(operator: httpx.AsyncClient, home_id: UUID) -> None:
    homes = [{"home_id": str(home_id), "street": "Lyngstien", "number": "12"}]
    await operator.put("/intake/api/estates/estate-1", json={"name": "Bakken", "municipality": "lyngkommune", "homes": homes})


async def test_a_tenancy_of_an_unknown_home_waits_and_goes_in_when_the_home_is_entered(
    intake: Running, operator: httpx.AsyncClient
) -> None:
    await take_in(intake, started(UNKNOWN), ended(date(2026, 6, 30)))
    assert (await parked(intake), await tenancies(intake)) == (["awaits", "behind"], [])
    await enter(operator, UNKNOWN)
    assert await Listener(intake.service).take_in_waiting() == 2
    assert await tenancies(intake) == [(UNKNOWN, date(2026, 3, 1), date(2026, 6, 30))]
    assert await parked(intake) == []


async def test_another_home_that_is_entered_is_not_what_it_waits_for(intake: Running, operator: httpx.AsyncClient) -> None:
    listener = Listener(intake.service)
    await listener.take_in([started(UNKNOWN)])
    await listener.take_in_waiting()
    await enter(operator, UUID(int=7))
    assert (await listener.take_in_waiting(), await intake.value("select tries from parked")) == (0, 1)


async def test_a_start_that_named_a_wrong_home_is_corrected_by_a_newer_one(intake: Running) -> None:
    await take_in(intake, started(UNKNOWN), started(id="erp-5"))
    assert (await parked(intake), await tenancies(intake)) == ([], [(VACANT_HOME, date(2026, 3, 1), None)])


async def test_a_fact_that_intake_has_no_use_for_holds_back_nothing_of_its_tenancy(intake: Running) -> None:
    reminder = started(id="erp-6")
    headers = tuple(
        (name, b"dk.brobygger.erp.arrears_reminder_sent.v1" if name == "ce_type" else value) for name, value in reminder.headers
    )
    await take_in(intake, started(), Record(reminder.topic, 0, 0, reminder.key, headers, b'{"amount": 3}'), ended(date(2026, 6, 30)))
    assert (await parked(intake), await tenancies(intake)) == ([], [(VACANT_HOME, date(2026, 3, 1), date(2026, 6, 30))])


async def test_a_tenancy_that_changes_home_is_parked_and_what_follows_it_waits_behind(intake: Running) -> None:
    await take_in(intake, started())
    await take_in(intake, started(HOME, id="erp-3"), ended(date(2026, 6, 30)))
    assert await parked(intake) == ["refused", "behind"]
    assert await tenancies(intake) == [(VACANT_HOME, date(2026, 3, 1), None)]


async def test_an_end_that_is_heard_before_its_start_waits_for_it(intake: Running) -> None:
    await take_in(intake, ended(date(2026, 6, 30)))
    assert (await parked(intake), await tenancies(intake), await announced(intake)) == ([], [], [])
    await take_in(intake, started())
    assert await tenancies(intake) == [(VACANT_HOME, date(2026, 3, 1), date(2026, 6, 30))]
    assert await announced(intake) == ["tenancy_started", "tenancy_ended"]


@pytest.mark.parametrize("again", [False, True])
async def test_end_and_start_out_of_order_and_then_both_again_are_one_tenancy(intake: Running, again: bool) -> None:
    await take_in(intake, ended(date(2026, 6, 30)), started())
    await take_in(intake, ended(date(2026, 6, 30), id="erp-8" if again else "erp-2"), started(id="erp-9" if again else "erp-1"))
    assert await parked(intake) == []
    assert await tenancies(intake) == [(VACANT_HOME, date(2026, 3, 1), date(2026, 6, 30))]
    assert await announced(intake) == ["tenancy_started", "tenancy_ended"]


async def test_an_end_and_its_start_at_once_are_one_tenancy(intake: Running) -> None:
    await asyncio.gather(*(take_in(intake, said) for said in [ended(date(2026, 6, 30)), started()] * 2))
    assert await parked(intake) == []
    assert await tenancies(intake) == [(VACANT_HOME, date(2026, 3, 1), date(2026, 6, 30))]
    assert await announced(intake) == ["tenancy_started", "tenancy_ended"]


async def test_nothing_is_observed_in_a_tenancy_that_has_no_home_yet(intake: Running, caretaker: httpx.AsyncClient) -> None:
    await take_in(intake, ended(date(2026, 6, 30)))
    assert (await registers(caretaker, home_id=str(VACANT_HOME))).status_code == 201
    assert await intake.value("select tenancy_id from observations") is None


async def test_what_was_seen_after_a_late_end_is_not_about_who_lived_there(intake: Running, caretaker: httpx.AsyncClient) -> None:
    await take_in(intake, started(VACATED_HOME, on=date(2026, 3, 3)))
    intake.clock.forward(timedelta(days=3))
    await take_in(intake, ended(date(2026, 3, 4)))
    for id, seen in (("b1", "2026-03-05T09:00:00Z"), ("b2", "2026-03-04T09:00:00Z")):
        answer = await registers(caretaker, id=f"018f0000-0000-7000-8000-0000000000{id}", home_id=str(VACATED_HOME), observed_at=seen)
        assert answer.status_code == 201
    found = await intake.rows("select tenancy_id from observations order by observation_id")
    assert [row["tenancy_id"] for row in found] == [None, NEW_TENANCY]


@pytest.mark.parametrize(
    ("value", "code"),
    [(b"{", "malformed"), (b'{"tenancy_id": "x"}', "malformed"), (b"", "malformed")],
)
async def test_an_unreadable_message_is_parked(intake: Running, value: bytes, code: str) -> None:
    good = started()
    await take_in(intake, Record(good.topic, 0, 0, good.key, good.headers, value))
    assert (await parked(intake))[0] in (code, "not-a-cloudevent", "not-json")


async def test_one_bad_message_does_not_hold_up_the_others(intake: Running) -> None:
    good = started()
    lost = erp.TenancyStarted(tenancy_id=UNKNOWN, unit_id=UNKNOWN, estate_id="estate-1", started_on=date(2026, 1, 1))
    other = record(lost, id="erp-7", key=UNKNOWN)
    await take_in(intake, other, good)
    assert await parked(intake) == ["awaits"]
    assert len(await tenancies(intake)) == 1


# --- what came of an observation --------------------------------------------------------------------------------------------


async def test_the_whole_way_of_s1_is_heard(intake: Running, caretaker: httpx.AsyncClient) -> None:
    await registers(caretaker)
    said = [
        raised(),
        cases.ConcernSeen(**ALL),
        cases.ConcernTriaged(**ALL, severity="high", category="elderly_care"),
        cases.CaseOpened(
            **ALL, observed_at=NOW, estate_id="estate-1", municipality="lyngkommune", category="elderly_care", severity="high",
            handler="staff-social-lead-1", contact_due=NOW + timedelta(days=1),
        ),
        cases.ConsentRecorded(case_id=CASE, answer="granted", recipients=("municipal.visitation",)),
        cases.ReferralSent(
            case_id=CASE, referral_id=UNKNOWN, target="municipal.visitation", municipality="lyngkommune", basis="consent", answer_due=NOW,
        ),
        cases.AccompanimentPlanned(case_id=CASE, visit_id=MEETING, companion="staff-caretaker-1", at=NOW + timedelta(days=2)),
        cases.CaretakerInformed(case_id=CASE, observation_id=OBSERVATION, caretaker="staff-caretaker-1", milestone="closed", on_time=True),
        cases.CaseClosed(**ALL, outcome="help_established"),
    ]  # fmt: skip
    records = [record(each, id=f"case-{number}", key=CASE, at=NOW + timedelta(hours=number)) for number, each in enumerate(said)]
    intake.clock.lead_to(NOW + timedelta(hours=len(said)))
    await take_in(intake, *records)
    await take_in(intake, *records)
    assert await parked(intake) == []
    assert await happened(intake) == [
        "registered", "taken_in", "seen", "assessed", "case_opened", "passed_on", "companion_wanted", "told", "ended",
    ]  # fmt: skip
    shown = (await caretaker.get(f"/intake/api/observations/{OBSERVATION}")).json()["progress"]
    assert shown == {
        "state": "ended",
        "triage_due": "2026-03-03T15:00:00Z",
        "triage_missed": False,
        "notice_failed_at": None,
        "seen_at": "2026-03-03T10:00:00Z",
        "seen_role": "social_lead",
        "assessed_at": "2026-03-03T11:00:00Z",
        "assessed_severity": "high",
        "case_opened_at": "2026-03-03T12:00:00Z",
        "contact_due": "2026-03-04T09:00:00Z",
        "reopened_at": None,
        "passed_on_at": "2026-03-03T14:00:00Z",
        "meeting_at": "2026-03-05T09:00:00Z",
        "meeting_comes": None,
        "case_id": str(CASE),
        "dismissed_at": None,
        "dismissal": None,
        "ended_at": "2026-03-03T17:00:00Z",
        "ending": "helped",
        "told": [{"milestone": "closed", "at": "2026-03-03T16:00:00Z"}],
    }


CLOSED = cases.CaseClosed(**ALL, outcome="not_reachable")
REOPENED = cases.CaseReopened(**ALL, handler="staff-social-lead-1", contact_due=NOW + timedelta(days=3))
TOLD = cases.CaretakerInformed(case_id=CASE, observation_id=OBSERVATION, caretaker="staff-caretaker-1", milestone="closed", on_time=True)


async def shown(caretaker: httpx.AsyncClient) -> tuple[str, str | None, str | None, str | None, list[str]]:
    facts = (await caretaker.get(f"/intake/api/observations/{OBSERVATION}")).json()["progress"]
    return facts["state"], facts["ended_at"], facts["ending"], facts["contact_due"], [telling["at"] for telling in facts["told"]]


async def test_a_case_that_goes_on_takes_back_the_end_until_it_ends_again(intake: Running, caretaker: httpx.AsyncClient) -> None:
    await registers(caretaker)
    said = [raised(), CLOSED, TOLD, REOPENED, CLOSED, TOLD]
    records = [record(each, id=f"case-{number}", key=CASE, at=NOW + timedelta(hours=number)) for number, each in enumerate(said)]
    intake.clock.lead_to(NOW + timedelta(hours=len(said)))
    await take_in(intake, *records[:4])
    await take_in(intake, *records[:4])
    assert await shown(caretaker) == ("case_opened", None, None, "2026-03-06T09:00:00Z", ["2026-03-03T11:00:00Z"])
    await take_in(intake, *records)
    assert await shown(caretaker) == (
        "ended", "2026-03-03T13:00:00Z", "not_reached", "2026-03-06T09:00:00Z", ["2026-03-03T14:00:00Z"],
    )  # fmt: skip
    assert await happened(intake) == ["registered", "taken_in", "ended", "told", "reopened", "ended", "told"]
    assert await parked(intake) == []


async def test_a_reopening_that_is_told_twice_at_once_is_heard_once(intake: Running, caretaker: httpx.AsyncClient) -> None:
    await registers(caretaker)
    await take_in(intake, record(raised(), id="case-1", key=CASE), record(CLOSED, id="case-2", key=CASE))
    await asyncio.gather(*(take_in(intake, record(REOPENED, id=f"case-{number}", key=CASE)) for number in (3, 3, 4)))
    assert await happened(intake) == ["registered", "taken_in", "ended", "reopened"]
    assert await parked(intake) == []


async def test_every_message_twice_at_once_is_heard_once(intake: Running, caretaker: httpx.AsyncClient) -> None:
    await registers(caretaker)
    records = [record(raised(), id="case-1", key=CASE), record(cases.ConcernSeen(**ALL), id="case-2", key=CASE)]
    await asyncio.gather(*(take_in(intake, *records) for _ in range(4)))
    assert await happened(intake) == ["registered", "taken_in", "seen"]


async def test_what_is_said_about_an_unknown_observation_is_parked(intake: Running) -> None:
    await take_in(intake, record(raised(), id="case-1", key=CASE))
    assert await parked(intake) == ["not-found"]


async def test_a_case_that_came_of_something_else_is_none_of_intakes_business(intake: Running) -> None:
    missed = cases.DeadlineMissed(case_id=UNKNOWN, kind="triage", due=NOW, handler="")
    await take_in(intake, record(missed, id="case-1", key=UNKNOWN))
    assert await parked(intake) == []


async def test_a_missed_look_is_told_and_other_deadlines_are_not(intake: Running, caretaker: httpx.AsyncClient) -> None:
    await registers(caretaker)
    await take_in(
        intake,
        record(raised(), id="case-1", key=CASE),
        record(cases.DeadlineMissed(case_id=CASE, kind="first_contact", due=NOW, handler=""), id="case-2", key=CASE),
    )
    assert (await progress(intake))["triage_missed"] is False
    await take_in(intake, record(cases.DeadlineMissed(case_id=CASE, kind="triage", due=NOW, handler=""), id="case-3", key=CASE))
    assert (await progress(intake))["triage_missed"] is True


async def test_a_dismissed_concern_says_why(intake: Running, caretaker: httpx.AsyncClient) -> None:
    await registers(caretaker)
    await take_in(
        intake,
        record(raised(), id="case-1", key=CASE),
        record(cases.ConcernDismissed(**ALL, reason="explained"), id="case-2", key=CASE),
    )
    row = await progress(intake)
    assert (row["dismissal"], row["dismissed_at"]) == ("explained", NOW)


@pytest.mark.parametrize(("kind", "is_told"), [("concern_raised", True), ("follow_up_missed", False)])
async def test_a_mail_about_it_that_came_back_is_told(intake: Running, caretaker: httpx.AsyncClient, kind: str, is_told: bool) -> None:
    await registers(caretaker)
    failed = notifications.NoticeFailed(notice_id=UNKNOWN, recipient="staff-social-lead-1", kind=kind, about=CASE, reason="refused")
    await take_in(intake, record(raised(), id="case-1", key=CASE), record(failed, id="notice-1", key=UNKNOWN))
    assert ((await progress(intake))["notice_failed_at"] is not None) == is_told


# --- who lives there, as the ERP tells it -----------------------------------------------------------------------------------

ANNA = UUID("b0000000-0000-4000-8000-000000000001")
BENT = UUID("b0000000-0000-4000-8000-000000000002")


def erp_says(message: Message, id: str) -> Record:
    return record(message, id=id, key=NEW_TENANCY, actor="erp", role="system")


def inhabited(*people: UUID, id: str = "erp-20") -> Record:
    persons = tuple(erp.Occupant(person_id=person, role="tenant") for person in people)
    return erp_says(erp.TenancyChanged(tenancy_id=NEW_TENANCY, persons=persons), id)


async def people_of(intake: Running, id: UUID) -> set[UUID]:
    """The people a matter is about now, as the vault knows it."""
    links = await intake.service.vault.links_of(id, association="bakkegaarden")
    return {each.link.id for each in links if each.until is None and each.link.about is About.PERSON}


@pytest.mark.erases
async def test_the_people_of_a_tenancy_are_those_it_was_told_last(intake: Running) -> None:
    await take_in(intake, started(), inhabited(ANNA, BENT), inhabited(BENT, id="erp-21"))
    assert [row["person_id"] for row in await intake.rows("select person_id from occupants")] == [BENT]
    assert await people_of(intake, UUID(await matter(intake))) == {BENT}


@pytest.mark.erases
async def test_what_is_told_again_late_moves_nobody_back_in(intake: Running) -> None:
    both = inhabited(ANNA, BENT)
    await take_in(intake, started(), both)
    await take_in(intake, inhabited(BENT, id="erp-21"))
    await take_in(intake, both)
    assert await people_of(intake, UUID(await matter(intake))) == {BENT}


@pytest.mark.erases
async def test_an_observation_is_about_whoever_lived_there_that_day(intake: Running, caretaker: httpx.AsyncClient) -> None:
    await take_in(intake, started(), inhabited(ANNA, BENT))
    assert (await registers(caretaker, home_id=str(VACANT_HOME))).status_code == 201
    assert await people_of(intake, OBSERVATION) == {ANNA, BENT}


@pytest.mark.erases
@pytest.mark.parametrize("people", [(ANNA,), (ANNA, BENT)])
async def test_a_death_is_told_on_with_whether_they_lived_alone_and_no_id_in_the_clear(intake: Running, people: tuple[UUID, ...]) -> None:
    died = erp.TenantDeceased(tenancy_id=NEW_TENANCY, person_id=ANNA, died_on=date(2026, 3, 2))
    await take_in(intake, started(), inhabited(*people), erp_says(died, "erp-30"))
    (said,) = await intake.rows("select value, key from outbox where headers ->> 'ce_type' like '%resident_died%'")
    told = orjson.loads(said["value"])
    part = await intake.value("select part_id from occupants where person_id = $1", ANNA)
    assert (UUID(told["died_on"]["subject"]), told["lives_alone"]) == (part, len(people) == 1)
    for planted in (ANNA, NEW_TENANCY, VACANT_HOME, "2026-03-02"):
        assert str(planted) not in said["value"].decode() + said["key"]


@pytest.mark.erases
async def test_no_day_no_estate_and_no_household_of_a_tenancy_is_stored_or_told_in_the_clear(intake: Running) -> None:
    before = await intake.value("select max(position) from events")
    born, ends, moved, died = date(1987, 6, 5), date(2031, 4, 3), date(2032, 5, 4), date(2026, 3, 2)
    household = erp.TenancyChanged(
        tenancy_id=NEW_TENANCY, persons=(erp.Occupant(person_id=ANNA, role="tenant"),), household_size="plantet-3-4"
    )
    await take_in(
        intake,
        ended(moved),
        ended(ends, id="erp-3"),
        started(on=born),
        started(on=born.replace(day=6), id="erp-4"),
        erp_says(household, "erp-20"),
        erp_says(erp.TenantDeceased(tenancy_id=NEW_TENANCY, person_id=ANNA, died_on=died), "erp-30"),
        ended(moved, id="erp-5"),
    )
    assert await parked(intake) == []
    events = await intake.rows("select topic, state from events where topic like 'tenancy.%' and position > $1", before)
    assert {row["topic"].removeprefix("tenancy.") for row in events} >= {
        "end_heard_first", "end_moved_before_start", "start_heard_later", "start_moved", "ended", "household_described", "person_died",
    }  # fmt: skip
    told = await intake.rows("select value from outbox where headers ->> 'ce_type' like '%tenancy%' or headers ->> 'ce_type' like '%died%'")
    stored = " ".join([row["state"] for row in events] + [row["value"].decode() for row in told if str(born.year) in row["value"].decode()])
    for planted in (*map(str, (born, born.replace(day=6), ends, moved, died)), "plantet-3-4", "estate-1", "lyngkommune"):
        assert planted not in stored, f"{planted} stands in the clear"
    assert await tenancies(intake) == [(VACANT_HOME, born.replace(day=6), moved)]


@pytest.mark.erases
async def test_a_tenancy_whose_home_is_told_with_any_word_about_it_has_its_home(intake: Running, caretaker: httpx.AsyncClient) -> None:
    changed = erp.TenancyChanged(tenancy_id=NEW_TENANCY, unit_id=VACANT_HOME, persons=(erp.Occupant(person_id=ANNA, role="tenant"),))
    await take_in(intake, erp_says(changed, "erp-20"), ended(date(2031, 4, 3)))
    assert [home for home, *_ in await tenancies(intake)] == [VACANT_HOME]
    assert (await registers(caretaker, home_id=str(VACANT_HOME))).status_code == 201
    assert await people_of(intake, OBSERVATION) == {ANNA}
    await take_in(intake, started(on=date(2019, 1, 1), id="erp-40"))
    assert await tenancies(intake) == [(VACANT_HOME, date(2019, 1, 1), date(2031, 4, 3))]
    elsewhere = erp.TenancyEnded(tenancy_id=NEW_TENANCY, unit_id=HOME, ended_on=date(2031, 4, 3))
    await take_in(intake, erp_says(elsewhere, "erp-41"))
    assert [row["code"] for row in await intake.rows("select code from parked")] == ["refused"]


@pytest.mark.erases
async def test_a_home_that_is_named_and_not_registered_yet_is_waited_for(intake: Running) -> None:
    changed = erp.TenancyChanged(tenancy_id=NEW_TENANCY, unit_id=UNKNOWN, household_size="2")
    await take_in(intake, erp_says(changed, "erp-20"))
    assert [row["code"] for row in await intake.rows("select code from parked")] == ["awaits"]


@pytest.mark.erases
async def test_a_death_of_somebody_nobody_told_of_in_a_tenancy_nobody_told_of_is_kept(intake: Running) -> None:
    died = erp.TenantDeceased(tenancy_id=NEW_TENANCY, person_id=ANNA, died_on=date(2026, 3, 2))
    back = erp.TenantDeceasedRetracted(tenancy_id=NEW_TENANCY, person_id=ANNA)
    await take_in(intake, erp_says(died, "erp-30"), erp_says(back, "erp-31"), started())
    rows = await intake.rows("select topic from events where stream_id = $1 order by version", UUID(await matter(intake)))
    assert [row["topic"] for row in rows] == [
        "tenancy.heard_of",
        "tenancy.person_died",
        "tenancy.death_taken_back",
        "tenancy.start_heard_later",
    ]
    assert await parked(intake) == []


@pytest.mark.erases
async def test_at_most_thirty_people_live_in_a_home(intake: Running) -> None:
    await take_in(intake, started(), inhabited(*[UUID(int=n + 1) for n in range(30)]))
    assert await parked(intake) == []
    too_many = [{"person_id": str(UUID(int=n + 1)), "role": "tenant"} for n in range(31)]
    good = inhabited(ANNA, id="erp-40")
    body = orjson.dumps({"tenancy_id": str(NEW_TENANCY), "persons": too_many})
    await take_in(intake, Record(good.topic, 0, 0, good.key, good.headers, body))
    assert await parked(intake) == ["malformed"]


async def test_where_a_case_belongs_is_none_of_another_cases_observations_business(intake: Running, caretaker: httpx.AsyncClient) -> None:
    mine, other = uuid4(), uuid4()
    await registers(caretaker, id=str(mine))
    keys = await keys_for(intake, other, case_of(mine))
    place = {"estate_id": "estate-3", "estate_name": "Skoven", "municipality": "Skovkommune"}
    for number, (whose, case_id) in enumerate([(other, other), (other, case_of(mine))]):
        sealed = {
            name: keys.seal(Personal(whose, text), of=f"x/{name}") for name, text in (("home", str(FAR_HOME)), ("address", "Skovvejen 1"))
        }
        forged = cases.WrongPersonCorrected(case_id=case_id, observation_id=mine, **place, **sealed)
        await take_in(intake, record(forged, id=f"forged-{number}", key=uuid4()))
    assert await parked(intake) == ["forged", "forged"]
    assert await intake.value("select count(*) from events where stream_id = $1", mine) == 1
    links = await intake.service.vault.links_of(mine, association=ASSOCIATION)
    assert {one.link.id for one in links if one.until is None and one.link.about is About.HOME} == {HOME}


async def test_a_case_takes_no_other_cases_observation_back(intake: Running, caretaker: httpx.AsyncClient) -> None:
    mine = uuid4()
    await registers(caretaker, id=str(mine))
    for number, case_id in enumerate([CASE, uuid4()]):
        forged = cases.CaseRetracted(case_id=case_id, observation_id=mine, observer="staff-caretaker-1")
        await take_in(intake, record(forged, id=f"forged-{number}", key=case_id))
    assert await parked(intake) == ["forged", "forged"]
    assert await intake.value("select count(*) from events where stream_id = $1", mine) == 1
    links = await intake.service.vault.links_of(mine, association=ASSOCIATION)
    assert {one.link.about for one in links if one.until is None} == {About.HOME, About.TENANCY}


async def about(intake: Running, tenancy: UUID) -> set[tuple[About, UUID, str]]:
    """Whom the matter of a tenancy is about now."""
    found = await intake.service.vault.matters_about(association=ASSOCIATION, about=About.TENANCY, id=tenancy)
    return {(link.about, link.id, link.role) for filed in found for link in filed.matter.links}


async def known_here(intake: Running, *ids: UUID) -> int:
    """How many links in the vault name one of these, ended ones too, and how much is proposed."""
    async with intake.service.vault.proposals.alone() as connection:
        count: int = await connection.fetchval(
            "select (select count(*) from links where id = any($1)) + (select count(*) from proposed where ids && $1)", list(ids)
        )
        return count


async def test_a_message_that_is_refused_changes_nothing_about_whom_anything_is(intake: Running) -> None:
    await take_in(intake, started(), inhabited(ANNA))
    before, stranger = await about(intake, NEW_TENANCY), uuid4()
    assert (About.PERSON, ANNA, "tenant") in before
    elsewhere = erp.TenancyStarted(
        tenancy_id=NEW_TENANCY, unit_id=FAR_HOME, estate_id="estate-3", started_on=date(2026, 3, 1), is_newly_rehoused=True,
        persons=(erp.Occupant(person_id=stranger, role="tenant"),),
    )  # fmt: skip
    await take_in(intake, record(elsewhere, id="erp-wrong", key=NEW_TENANCY, actor="erp", role="system"))
    assert await parked(intake) == ["refused"]
    assert await about(intake, NEW_TENANCY) == before
    assert not await known_here(intake, stranger)
    nobody_knows = uuid4()
    unknown = erp.TenancyStarted(
        tenancy_id=nobody_knows, unit_id=UNKNOWN, estate_id="estate-1", started_on=date(2026, 3, 1),
        persons=(erp.Occupant(person_id=stranger, role="tenant"),),
    )  # fmt: skip
    await take_in(intake, record(unknown, id="erp-waits", key=nobody_knows, actor="erp", role="system"))
    assert not await known_here(intake, stranger, nobody_knows), "what waits for its home is nothing yet"
    whom = Whom(kind=ErasedKind.PERSON, id=stranger)
    assert await would_go_now(whom, ASSOCIATION, intake.service) == (Goes(is_parked=True), ()), "and it can be emptied"


async def test_who_lives_there_is_what_was_told_last_also_when_it_is_heard_together(intake: Running) -> None:
    other = uuid4()
    await take_in(intake, started(), inhabited(ANNA, id="erp-5"), inhabited(other, id="erp-6"))
    assert {id for kind, id, _ in await about(intake, NEW_TENANCY) if kind is About.PERSON} == {other}


async def test_what_was_put_aside_links_nothing_when_it_is_delivered_again(intake: Running) -> None:
    stranger = uuid4()
    await take_in(intake, started())
    wrong = erp.TenancyStarted(
        tenancy_id=NEW_TENANCY, unit_id=FAR_HOME, estate_id="estate-3", started_on=date(2026, 3, 1),
        persons=(erp.Occupant(person_id=stranger, role="tenant"),),
    )  # fmt: skip
    refused = record(wrong, id="erp-wrong", key=NEW_TENANCY, actor="erp", role="system")
    await take_in(intake, refused)
    (id,) = [row["id"] for row in await intake.rows("select id from parked")]
    await Receiver(intake.service).put_aside(id, by="staff-operator-1", reason="Forkert bolig.")
    await take_in(intake, refused, inhabited(ANNA))
    assert not await known_here(intake, stranger)
    assert {id for kind, id, _ in await about(intake, NEW_TENANCY) if kind is About.PERSON} == {ANNA}


@pytest.mark.erases
async def test_of_whom_is_being_erased_nothing_is_told_anew_until_it_is_done(intake: Running) -> None:
    await take_in(intake, started())
    erasure = uuid4()
    assert await intake.service.vault.proposals.begin_erasing(erasure, [ANNA])
    await take_in(intake, inhabited(ANNA))
    assert await parked(intake) == ["awaits"]
    assert not await known_here(intake, ANNA)
    await intake.service.vault.proposals.end_erasing(erasure)
    await Receiver(intake.service).take_in_waiting(every=True)
    assert await parked(intake) == []
    assert {id for kind, id, _ in await about(intake, NEW_TENANCY) if kind is About.PERSON} == {ANNA}


@pytest.mark.erases
async def test_danger_in_a_home_is_taken_in_while_whoever_lives_there_is_erased(intake: Running, caretaker: httpx.AsyncClient) -> None:
    erasure, seen = uuid4(), uuid4()
    assert await intake.service.vault.proposals.begin_erasing(erasure, [TENANCY])
    assert (await registers(caretaker, id=str(seen), severity="acute", signals=["death.suspected"])).status_code == 201
    links = await intake.service.vault.links_of(seen, association=ASSOCIATION)
    assert {(one.link.about, one.link.id) for one in links} == {(About.HOME, HOME)}
    await intake.service.vault.proposals.end_erasing(erasure)


@pytest.mark.erases
async def test_only_the_place_it_was_put_right_to_last_opens(intake: Running, caretaker: httpx.AsyncClient) -> None:
    seen = uuid4()
    await registers(caretaker, id=str(seen))
    case_id = case_of(seen)
    for number, home in enumerate([VACATED_HOME, FAR_HOME]):
        keys = await keys_for(intake, case_id)
        sealed = {
            name: keys.seal(Personal(case_id, text), of=f"x/{name}") for name, text in (("home", str(home)), ("address", "Skovvejen 1"))
        }
        moved = cases.WrongPersonCorrected(
            case_id=case_id, observation_id=seen, estate_id="estate-3", estate_name="Skoven", municipality="Skovkommune", **sealed
        )
        await take_in(intake, record(moved, id=f"moved-{number}", key=case_id))
    assert await parked(intake) == []
    async with browser(intake, as_="staff-caretaker-1") as observer:
        page = await observer.get(f"/intake/observations/{seen}", headers={"Accept": "text/html", "Accept-Language": "da"})
    assert "Boligen var forkert" in page.text
    async with intake.service.read() as connection:
        history = await event_store.load(connection, seen, association=ASSOCIATION)
    opened = []
    for event in history.events:
        where = [vars(event)[name] for name in sorted(say_where(type(event)))]
        keyring = await intake.service.keyring(where)
        opened.append({text for value in where if (text := keyring.opened(value))})
    assert opened == [set(), set(), {str(FAR_HOME), "Skovvejen 1"}]
