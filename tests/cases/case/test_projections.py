"""Rows after events: what stands in the queue, what is waited for, and that a rebuild gives the same."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from uuid import UUID, uuid4

from services.cases.app import parts
from services.cases.case.commands.noting import NoteTime, note_time
from services.cases.case.queries.queue import overdue, read_waits
from services.cases.case.rules.accompaniment import PlanAccompaniment, RecordAccompaniment
from services.cases.case.rules.concern import DismissConcern, TriageConcern
from services.cases.case.rules.damage_service import CompleteDamageService, OrderDamageService
from services.cases.case.rules.deadlines import InformCaretaker
from services.cases.case.rules.ending import CloseCase, ReopenCase
from services.cases.case.rules.follow_ups import CancelFollowUp, DoFollowUp
from services.cases.case.rules.handling import ChangeSeverity, OpenCase, RecordContact
from services.cases.case.rules.referrals import RecordAcceptance, RecordAcknowledgement, RecordAnswer, RecordRejection, SendReferral
from services.cases.case.rules.waiting import Wait
from shared.history.rebuild import rebuild
from tests.cases.case.living import CARETAKER, SOCIAL_CARETAKER, do, opened, raised, take
from tests.support.services import Running

TUESDAY_EVENING = datetime(2026, 3, 3, 22, 59, 59, 999999, tzinfo=UTC)
WEDNESDAY_EVENING = datetime(2026, 3, 4, 22, 59, 59, 999999, tzinfo=UTC)
THURSDAY_EVENING = datetime(2026, 3, 5, 22, 59, 59, 999999, tzinfo=UTC)


async def waiting(running: Running, case_id: object, kind: str = "") -> list[Wait]:
    """What a case waits for, or what of one kind, as its line says."""
    found = read_waits(await running.value("select waits from case_list where case_id = $1", case_id))
    return sorted((wait for wait in found if kind in ("", wait.kind)), key=lambda wait: (wait.kind, wait.ref, wait.step))


async def waits(running: Running, case_id: object) -> list[tuple[str, str]]:
    """Kind and reference of what a case waits for; references that are ids are shown as `id`."""
    return [(wait.kind, "id" if len(wait.ref) == 36 else wait.ref) for wait in await waiting(running, case_id)]


async def due(running: Running, case_id: object, kind: str) -> datetime | None:
    """When the one thing of a kind is due."""
    (wait,) = await waiting(running, case_id, kind)
    return wait.due


async def column(running: Running, case_id: object, name: str) -> object:
    return await running.value(f"select {name} from case_list where case_id = $1", case_id)


async def test_a_concern_stands_in_the_list_and_waits_for_triage_until_the_evening(cases: Running) -> None:
    case_id = await raised(cases)

    (row,) = await cases.rows(
        "select status, severity, handler, observer, informed, version, is_seen from case_list where case_id = $1", case_id
    )
    assert tuple(row) == ("raised", "high", "", CARETAKER, "", 4, False)
    assert await waiting(cases, case_id) == [Wait(kind="triage", due=TUESDAY_EVENING)]


async def test_a_judged_concern_waits_for_contact_from_then_on_and_opening_it_late_wins_no_time(cases: Running) -> None:
    case_id = await raised(cases)
    await take(cases, case_id, TriageConcern, severity="high", category="elderly_care")
    assert await waits(cases, case_id) == [("first_contact", "")]
    cases.clock.lead_to(datetime(2026, 3, 4, 9, 0, tzinfo=UTC))

    await take(cases, case_id, OpenCase, handler=SOCIAL_CARETAKER)

    assert await due(cases, case_id, "first_contact") == WEDNESDAY_EVENING


async def test_an_opened_case_waits_for_contact_for_news_and_for_its_follow_ups(cases: Running) -> None:
    case_id = await opened(cases)

    assert await waits(cases, case_id) == [
        ("first_contact", ""), ("follow_up", "id"), ("follow_up", "id"), ("follow_up", "id"), ("tell_caretaker", "case_opened"),
    ]  # fmt: skip
    assert await column(cases, case_id, "status") == "open"
    assert await column(cases, case_id, "is_seen") is True
    assert await due(cases, case_id, "first_contact") == WEDNESDAY_EVENING


async def test_a_reached_resident_is_not_waited_for(cases: Running) -> None:
    case_id = await opened(cases)

    await take(cases, case_id, RecordContact, reached=False, channel="phone")
    assert ("first_contact", "") in await waits(cases, case_id)
    await take(cases, case_id, RecordContact, reached=True, channel="visit")

    assert ("first_contact", "") not in await waits(cases, case_id)


async def test_a_dismissed_concern_waits_only_for_the_caretaker_to_hear_of_it(cases: Running) -> None:
    case_id = await raised(cases)

    await take(cases, case_id, DismissConcern, reason="explained")

    assert await waits(cases, case_id) == [("tell_caretaker", "dismissed")]
    assert await column(cases, case_id, "outcome") == "explained"


async def test_a_case_that_gets_worse_is_to_be_reached_sooner(cases: Running) -> None:
    case_id = await opened(cases)

    await take(cases, case_id, ChangeSeverity, severity="acute")

    assert await due(cases, case_id, "first_contact") == cases.clock.now() + timedelta(hours=1)
    assert await column(cases, case_id, "severity") == "acute"


async def test_telling_the_caretaker_the_latest_news_covers_what_came_before(cases: Running) -> None:
    case_id = await opened(cases)
    await take(cases, case_id, SendReferral, id=uuid4(), target="municipal.visitation", channel="phone")
    assert ("tell_caretaker", "referral_sent") in await waits(cases, case_id)

    await take(cases, case_id, InformCaretaker, milestone="referral_sent", channel="phone")

    assert not [kind for kind, _ in await waits(cases, case_id) if kind == "tell_caretaker"]
    assert await column(cases, case_id, "informed") == "referral_sent"


async def test_a_referral_waits_for_its_answer_and_climbs_a_ladder_of_silence_until_it_is_acknowledged(cases: Running) -> None:
    case_id, referral_id = await opened(cases), uuid4()

    await take(cases, case_id, SendReferral, id=referral_id, target="municipal.visitation", channel="phone")
    (answer,) = await waiting(cases, case_id, "answer")
    assert (answer.ref, answer.due, answer.target) == (str(referral_id), THURSDAY_EVENING, "municipal.visitation")
    assert [(wait.ref, wait.step) for wait in await waiting(cases, case_id, "silence")] == [(str(referral_id), n) for n in range(1, 6)]
    await take(cases, case_id, RecordAcknowledgement, referral_id=referral_id)
    assert await due(cases, case_id, "answer") is None
    assert await waiting(cases, case_id, "silence") == []
    await take(cases, case_id, RecordAcceptance, referral_id=referral_id)
    assert ("answer", "id") in await waits(cases, case_id)
    await take(cases, case_id, RecordAnswer, referral_id=referral_id, outcome="help_established")

    assert ("answer", "id") not in await waits(cases, case_id)
    assert ("tell_caretaker", "help_established") in await waits(cases, case_id)


async def test_a_rejected_referral_is_not_waited_for(cases: Running) -> None:
    case_id, referral_id = await opened(cases), uuid4()
    await take(cases, case_id, SendReferral, id=referral_id, target="municipal.visitation", channel="phone")

    await take(cases, case_id, RecordRejection, referral_id=referral_id)

    assert not {kind for kind, _ in await waits(cases, case_id)} & {"answer", "silence"}


async def test_orders_and_meetings_are_waited_for_until_they_are_done(cases: Running) -> None:
    case_id, order_id, visit_id = await opened(cases), uuid4(), uuid4()
    meeting_at = cases.clock.now() + timedelta(days=2)

    await take(cases, case_id, OrderDamageService, id=order_id)
    await take(cases, case_id, PlanAccompaniment, id=visit_id, companion=CARETAKER, meeting_at=meeting_at)
    assert {("damage_service", "id"), ("meeting", "id")} <= set(await waits(cases, case_id))
    await take(cases, case_id, CompleteDamageService, order_id=order_id)
    cases.clock.lead_to(meeting_at)
    await take(cases, case_id, RecordAccompaniment, visit_id=visit_id)

    assert not {("damage_service", "id"), ("meeting", "id")} & set(await waits(cases, case_id))


async def test_what_was_missed_stays_and_says_so(cases: Running) -> None:
    case_id = await raised(cases)
    cases.clock.lead_to(datetime(2026, 3, 4, 9, 0, tzinfo=UTC))

    await do(cases, note_time, NoteTime(case_id=case_id))

    assert [(wait.kind, wait.is_missed) for wait in await waiting(cases, case_id)] == [("triage", True)]
    assert await column(cases, case_id, "next_due") is None
    async with cases.service.read() as connection:
        assert await overdue(connection) == 1


async def ended(cases: Running) -> UUID:
    """A case that was closed after everything planned was done or cancelled."""
    case_id = await opened(cases)
    await take(cases, case_id, RecordContact, reached=True, channel="visit")
    first, *others = await waiting(cases, case_id, "follow_up")
    assert first.due
    cases.clock.lead_to(first.due)
    await take(cases, case_id, DoFollowUp, follow_up_id=UUID(first.ref))
    for other in others:
        await take(cases, case_id, CancelFollowUp, follow_up_id=UUID(other.ref))
    await take(cases, case_id, CloseCase, outcome="handled_with_association_help")
    return case_id


async def test_a_closed_case_waits_only_for_the_caretaker_to_hear_of_it(cases: Running) -> None:
    case_id = await ended(cases)

    assert await waits(cases, case_id) == [("tell_caretaker", "case_opened"), ("tell_caretaker", "closed")]
    assert await column(cases, case_id, "status") == "closed"


async def test_a_reopened_case_waits_for_contact_again(cases: Running) -> None:
    case_id = await ended(cases)

    await take(cases, case_id, ReopenCase)

    waiting = await waits(cases, case_id)
    assert ("first_contact", "") in waiting
    assert ("tell_caretaker", "closed") not in waiting
    assert await column(cases, case_id, "outcome") == ""


async def test_the_version_in_the_list_is_the_version_of_the_history(cases: Running) -> None:
    case_id = await ended(cases)

    assert await column(cases, case_id, "version") == await cases.value("select max(version) from events where stream_id = $1", case_id)


async def test_a_rebuilt_read_model_equals_the_live_one(cases: Running) -> None:
    await ended(cases)
    case_id, referral_id = await opened(cases), uuid4()
    await take(cases, case_id, SendReferral, id=referral_id, target="municipal.visitation", channel="phone")
    await take(cases, case_id, OrderDamageService, id=uuid4())
    await raised(cases, severity="acute")
    cases.clock.lead_to(datetime(2026, 3, 20, 9, 0, tzinfo=UTC))
    await do(cases, note_time, NoteTime(case_id=case_id))
    sqls = (
        "select * from case_list order by case_id",
        "select * from procedure_version order by association, version",
    )
    live = [[tuple(row) for row in await cases.rows(sql)] for sql in sqls]

    await rebuild(parts(), cases.owner_url, cases.service.vault)

    assert [[tuple(row) for row in await cases.rows(sql)] for sql in sqls] == live
    assert len(live[0]) == 3
