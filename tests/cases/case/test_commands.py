"""What may be asked of a case, done against a real database: load, decide, save, all or nothing."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest

from services.cases.case.commands.taking import TakeStep, take_step
from services.cases.case.rules.accompaniment import CompanionDoesNotWorkHere, PlanAccompaniment, RecordAccompaniment
from services.cases.case.rules.aftermath import AskToContinue
from services.cases.case.rules.answers import ConsentWasWithdrawn, NoConsentCoversThis
from services.cases.case.rules.case import Case
from services.cases.case.rules.concern import DismissConcern, SeeConcern, TriageConcern
from services.cases.case.rules.consents import DeclineConsent, GrantConsent, RecordConsentNotObtainable, WithdrawConsent
from services.cases.case.rules.damage_service import CompleteDamageService, OrderDamageService
from services.cases.case.rules.deadlines import InformCaretaker
from services.cases.case.rules.ending import CloseCase, ReopenCase
from services.cases.case.rules.follow_ups import CancelFollowUp, DoFollowUp, PlanFollowUp
from services.cases.case.rules.handling import AddNote, AssignCase, ChangeSeverity, KeepAnEye, OpenCase, RecordContact
from services.cases.case.rules.life import RecordMove, RetractMove
from services.cases.case.rules.people import Details
from services.cases.case.rules.persons import NotePerson
from services.cases.case.rules.referrals import (
    RecordAcceptance,
    RecordAcknowledgement,
    RecordAnswer,
    RecordDelivery,
    RecordRejection,
    SendReferral,
)
from services.cases.case.rules.refusals import (
    CaretakersAreNotGivenSocialWork,
    HandlerDoesNotWorkHere,
    ItIsInTheFuture,
    StandInComesLater,
    ThisStepIsNotForCaretakers,
)
from services.cases.case.rules.step import StepRequest
from services.cases.procedure.commands import AdoptProcedure, adopt_procedure
from shared.ground.clock import CLOCKS_MAY_DIFFER
from shared.ground.errors import NotFound, VersionMovedOn
from shared.ground.fields import FreeText
from shared.ground.provenance import Context
from shared.history import event_store
from shared.history.aggregate import Event
from shared.privacy.personal import Personal, PersonalText, Sealed
from shared.running.listener import Listener
from shared.words.vocabulary.people import Role
from tests.cases.case.story import CARETAKER, FOLLOW_UP, LEAD, ORDER, REFERRAL, UNKNOWN, VISIT, WORDS
from tests.cases.conftest import PROCEDURE
from tests.cases.heard import CASE_OF_OBSERVATION as CASE
from tests.cases.heard import record, registered_as, registered_at
from tests.support.services import ASSOCIATION, NOW, Running, context_for

SECOND = UUID("5e000000-0000-7000-8000-000000000002")


class Story:
    """One concern in a running service, and people who do things with it."""

    def __init__(self, cases: Running) -> None:
        self.cases = cases

    async def do(
        self,
        case_id: UUID,
        step: type[StepRequest],
        *,
        by: Role = Role.SOCIAL_LEAD,
        context: Context | None = None,
        version: int | None = None,
        **asked: Any,
    ) -> None:
        fields = {name: value.text if isinstance(value, Personal) else value for name, value in asked.items()}
        home = await self.cases.value("select home_id from case_list where case_id = $1", CASE)
        command = TakeStep(case_id=case_id, home=home, request=step.model_validate({"id": uuid4(), **fields}), version=version)
        await self.cases.service.do(take_step, command, context or context_for(by, at=self.cases.clock.now()))

    async def happened(self) -> list[Event]:
        async with self.cases.service.read() as connection:
            return list((await event_store.load(connection, CASE, association=ASSOCIATION)).events)

    async def topics(self) -> list[str]:
        return [row["topic"] for row in await self.cases.rows("select topic from events where stream_id = $1 order by version", CASE)]

    async def newest(self) -> Any:
        return (await self.happened())[-1]

    async def told(self) -> list[str]:
        """What the others are told, the last words of the types."""
        rows = await self.cases.rows("select headers from outbox order by position")
        return [str(dict(row["headers"])["ce_type"]).removeprefix("dk.brobygger.") for row in rows]

    async def open(self) -> None:
        await self.do(CASE, SeeConcern)
        await self.do(CASE, TriageConcern, severity="high", category="dwelling_condition")
        await self.do(CASE, OpenCase, handler=LEAD)


@pytest.fixture
async def story(cases: Running) -> Story:
    """The concern of S1, waiting for triage."""
    await Listener(cases.service).take_in([record(await registered_at(cases))])
    return Story(cases)


@pytest.fixture
async def case(story: Story) -> Story:
    """The same, opened by the lead."""
    await story.open()
    return story


async def test_a_story_from_a_concern_to_its_end(case: Story) -> None:
    do = case.do
    await do(CASE, RecordContact, reached=True, channel="visit")
    await do(CASE, SendReferral, id=REFERRAL, target="municipal.visitation", channel="digital_post")
    await do(CASE, RecordDelivery, referral_id=REFERRAL)
    await do(CASE, OrderDamageService, id=ORDER)
    await do(CASE, PlanAccompaniment, id=VISIT, companion=CARETAKER, meeting_at=NOW + timedelta(days=2))
    await do(CASE, CompleteDamageService, order_id=ORDER)
    await do(CASE, RecordAcknowledgement, referral_id=REFERRAL)
    case.cases.clock.lead_to(NOW + timedelta(days=2))
    await do(CASE, RecordAccompaniment, visit_id=VISIT, by=Role.CARETAKER)
    await do(CASE, GrantConsent, recipients=("volunteer",), wording="2026-1")
    await do(CASE, SendReferral, id=SECOND, target="volunteer", channel="phone")
    await do(CASE, RecordAcceptance, referral_id=SECOND)
    await do(CASE, RecordAnswer, referral_id=REFERRAL, outcome="help_established")
    case.cases.clock.lead_to(NOW + timedelta(days=30))
    for follow_up_id in await planned(case):
        await do(CASE, DoFollowUp, follow_up_id=follow_up_id, note=WORDS)
    await do(CASE, CloseCase, outcome="help_established")
    await do(CASE, InformCaretaker, milestone="closed", channel="phone")
    assert [topic.removeprefix("case.") for topic in await case.topics()][4:] == [
        "seen", "triaged", "opened", "follow_up_planned", "follow_up_planned", "follow_up_planned", "contact_reached", "referral_sent",
        "referral_delivered", "damage_service_ordered", "accompaniment_planned", "damage_service_completed", "referral_acknowledged",
        "accompaniment_done", "consent_granted", "referral_sent", "referral_acknowledged", "referral_accepted", "referral_answered",
        "follow_up_done", "follow_up_done", "follow_up_done", "closed", "caretaker_informed",
    ]  # fmt: skip
    told = await case.told()
    assert told[-2:] == ["cases.case_closed.v1", "cases.caretaker_informed.v1"]
    assert told.count("erp.work_order_requested.v1") == 1
    assert await case.cases.value("select status from case_list where case_id = $1", CASE) == "closed"


async def planned(case: Story) -> list[UUID]:
    return [getattr(event, "follow_up_id") for event in await case.happened() if type(event).__name__ == "FollowUpPlanned"]  # noqa: B009


async def test_the_procedures_follow_ups_are_planned_on_danish_days(case: Story) -> None:
    due = [getattr(event, "due") for event in await case.happened() if type(event).__name__ == "FollowUpPlanned"]  # noqa: B009
    assert [moment.isoformat() for moment in due] == [
        "2026-03-06T22:59:59.999999+00:00",
        "2026-03-17T22:59:59.999999+00:00",
        "2026-04-07T21:59:59.999999+00:00",
    ]


async def test_every_event_says_who_why_when_and_under_which_procedure(case: Story) -> None:
    opened = next(event for event in await case.happened() if type(event).__name__ == "Opened").provenance
    assert (opened.actor, opened.role, opened.purpose, opened.procedure_version) == (LEAD, "social_lead", "case_work", "2026-1")
    assert (opened.association, opened.recorded_at) == (ASSOCIATION, NOW)


async def test_a_disclosure_says_on_which_basis(case: Story) -> None:
    await case.do(
        CASE, SendReferral, id=REFERRAL, target="municipal.family", channel="phone", basis="child", basis_reason=WORDS, content=WORDS
    )
    sent = await case.newest()
    assert (sent.basis, sent.provenance.basis) == ("child", "child")


async def test_what_was_done_earlier_keeps_both_times_and_is_late_when_it_is_written_down_late(case: Story) -> None:
    case.cases.clock.lead_to(NOW + timedelta(days=3))
    done_at = NOW + timedelta(hours=1)
    said = replace(context_for(at=case.cases.clock.now()), happened_at=done_at)
    await case.do(CASE, RecordContact, reached=True, channel="phone", context=said)
    reached = await case.newest()
    assert reached.on_time is False
    assert (reached.provenance.happened_at, reached.provenance.recorded_at) == (done_at, NOW + timedelta(days=3))


async def test_what_has_not_happened_yet_is_not_recorded(case: Story) -> None:
    said = replace(context_for(), happened_at=NOW + CLOCKS_MAY_DIFFER + timedelta(seconds=1))
    with pytest.raises(ItIsInTheFuture):
        await case.do(CASE, RecordContact, reached=True, channel="phone", context=said)


async def test_what_a_fast_clock_says_happened_when_it_was_written_down(case: Story) -> None:
    said = replace(context_for(), happened_at=NOW + CLOCKS_MAY_DIFFER)
    await case.do(CASE, RecordContact, reached=True, channel="phone", context=said)
    provenance = (await case.newest()).provenance
    assert (provenance.happened_at, provenance.recorded_at) == (NOW, NOW)


PLAIN = PersonalText(CASE, "Bor alene med kanariefuglen.")


@pytest.mark.parametrize(
    ("step", "asked"),
    [
        (ChangeSeverity, {"severity": "acute", "reason": PLAIN}),
        (RecordContact, {"reached": True, "channel": "visit", "note": PLAIN}),
        (AddNote, {"text": PLAIN}),
        (NotePerson, {"role": "tenant", "name": PLAIN, "phone": PLAIN}),
        (SendReferral, {"target": "municipal.visitation", "channel": "phone", "content": PLAIN}),
    ],
    ids=lambda value: getattr(value, "__name__", ""),
)
async def test_what_is_said_about_a_person_is_stored_sealed_and_opens_with_the_key(
    case: Story, step: type[StepRequest], asked: dict[str, Any]
) -> None:
    await case.do(CASE, step, **asked)
    sealed = [value for value in vars(await case.newest()).values() if isinstance(value, Sealed)]
    keyring = await case.cases.service.keyring(sealed)
    assert sealed
    assert {keyring.open(value) for value in sealed} - {Details(role="tenant").as_text()} == {PLAIN.text}
    assert await case.cases.value("select count(*) from events where state like '%kanarie%'") == 0
    assert await case.cases.value("select count(*) from outbox where convert_from(value, 'utf8') like '%kanarie%'") == 0


async def test_words_that_a_rule_forgot_to_make_personal_are_not_stored(case: Story) -> None:
    async with case.cases.service.transaction() as connection, case.cases.service.work(connection, context_for()) as work:
        forgetful = await work.load(Case, CASE)
        forgetful.trigger_event(Case.NoteAdded, kind="note", text=FreeText(PLAIN.text))
        with pytest.raises(TypeError, match=r"NoteAdded would store the words in text in the clear"):
            await work.save(forgetful)
    assert await case.cases.value("select count(*) from events where state like '%kanarie%'") == 0


async def test_a_refusal_changes_nothing_and_tells_nobody(case: Story) -> None:
    before = (await case.topics(), await case.told())
    with pytest.raises(NoConsentCoversThis):
        await case.do(CASE, SendReferral, id=REFERRAL, target="municipal.skp", channel="phone")
    assert (await case.topics(), await case.told()) == before


async def test_a_withdrawn_yes_stops_the_next_referral(case: Story) -> None:
    await case.do(CASE, WithdrawConsent, recipient="municipal.visitation")
    with pytest.raises(ConsentWasWithdrawn):
        await case.do(CASE, SendReferral, id=REFERRAL, target="municipal.visitation", channel="phone")


async def test_a_yes_and_a_referral_at_the_same_instant_leave_no_disclosure_after_the_withdrawal(case: Story) -> None:
    answers = await asyncio.gather(
        case.do(CASE, WithdrawConsent, recipient="municipal.visitation"),
        case.do(CASE, SendReferral, id=REFERRAL, target="municipal.visitation", channel="phone"),
        return_exceptions=True,
    )
    order = [topic for topic in await case.topics() if topic in ("case.consent_withdrawn", "case.referral_sent")]
    assert order in (["case.consent_withdrawn"], ["case.referral_sent", "case.consent_withdrawn"])
    assert [type(answer) for answer in answers if answer is not None] == ([ConsentWasWithdrawn] if len(order) == 1 else [])


async def test_a_caretaker_asks_leave_and_keeps_an_eye(case: Story) -> None:
    await case.do(CASE, DeclineConsent, recipients=("volunteer",), wording="2026-1", by=Role.CARETAKER)
    await case.do(CASE, RecordConsentNotObtainable, recipients=("gp",), by=Role.CARETAKER)
    await case.do(CASE, KeepAnEye, text=WORDS, by=Role.CARETAKER)
    assert (await case.topics())[-3:] == ["case.consent_declined", "case.consent_not_obtainable", "case.note_added"]
    assert [event.provenance.actor for event in (await case.happened())[-3:]] == [CARETAKER] * 3


async def test_a_caretaker_is_refused_social_work(case: Story) -> None:
    with pytest.raises(ThisStepIsNotForCaretakers):
        await case.do(CASE, RecordContact, reached=True, channel="visit", by=Role.CARETAKER)


async def test_the_procedure_of_the_association_keeps_opening_for_the_lead(story: Story) -> None:
    await story.do(CASE, TriageConcern, severity="high", category="other", by=Role.SOCIAL_CARETAKER)
    with pytest.raises(StandInComesLater):
        await story.do(CASE, OpenCase, handler=LEAD, by=Role.SOCIAL_CARETAKER)


async def test_a_case_is_not_opened_for_a_caretaker(story: Story) -> None:
    await story.do(CASE, TriageConcern, severity="high", category="other")
    with pytest.raises(CaretakersAreNotGivenSocialWork):
        await story.do(CASE, OpenCase, handler=CARETAKER)


async def test_a_case_is_not_given_to_a_caretaker(case: Story) -> None:
    with pytest.raises(CaretakersAreNotGivenSocialWork):
        await case.do(CASE, AssignCase, handler=CARETAKER)


async def test_a_handler_works_here(case: Story) -> None:
    with pytest.raises(HandlerDoesNotWorkHere):
        await case.do(CASE, AssignCase, handler="staff-gone-1")


async def test_a_first_handler_works_here(story: Story) -> None:
    await story.do(CASE, TriageConcern, severity="high", category="other")
    with pytest.raises(HandlerDoesNotWorkHere):
        await story.do(CASE, OpenCase, handler="staff-gone-1")


async def test_a_companion_works_here(case: Story) -> None:
    with pytest.raises(CompanionDoesNotWorkHere):
        await case.do(CASE, PlanAccompaniment, companion="staff-gone-1", meeting_at=NOW + timedelta(days=1))


async def test_a_social_caretaker_carries_it_on(case: Story) -> None:
    await case.do(CASE, AssignCase, handler="staff-social-caretaker-1")
    assert await case.cases.value("select handler from case_list where case_id = $1", CASE) == "staff-social-caretaker-1"


async def test_somebody_who_looked_at_an_older_version_is_told_so(case: Story) -> None:
    newest = len(await case.topics())
    with pytest.raises(VersionMovedOn) as refused:
        await case.do(CASE, RecordContact, version=newest - 1, reached=True, channel="visit", note=WORDS)
    assert refused.value.newest == newest
    await case.do(CASE, RecordContact, version=newest, reached=True, channel="visit", note=WORDS)
    await case.do(CASE, AddNote, version=newest - 1, text=WORDS)  # it only adds


async def test_two_people_at_once_are_both_heard(case: Story) -> None:
    await asyncio.gather(*(case.do(CASE, AddNote, text=WORDS) for _ in range(3)))
    assert (await case.topics())[-3:] == ["case.note_added"] * 3


async def test_a_case_of_another_association_is_not_there(case: Story) -> None:
    with pytest.raises(NotFound):
        await case.do(CASE, AddNote, text=WORDS, context=context_for(association="nabogaarden"))


async def test_a_case_nobody_raised_is_not_there(cases: Running) -> None:
    with pytest.raises(NotFound):
        await Story(cases).do(UNKNOWN, SeeConcern)


async def test_a_concern_is_dismissed(story: Story) -> None:
    await story.do(CASE, DismissConcern, reason="explained", remark=WORDS)
    assert (await story.topics())[-1] == "case.dismissed"
    assert (await story.told())[-1] == "cases.concern_dismissed.v1"


async def test_a_follow_up_is_planned_and_cancelled(case: Story) -> None:
    await case.do(CASE, PlanFollowUp, id=FOLLOW_UP, due=NOW + timedelta(days=5))
    await case.do(CASE, CancelFollowUp, follow_up_id=FOLLOW_UP)
    assert (await case.topics())[-2:] == ["case.follow_up_planned", "case.follow_up_cancelled"]


async def test_a_recipient_says_no(case: Story) -> None:
    await case.do(CASE, SendReferral, id=REFERRAL, target="municipal.visitation", channel="phone")
    await case.do(CASE, RecordRejection, referral_id=REFERRAL, reason=WORDS)
    assert (await case.topics())[-1] == "case.referral_rejected"


async def test_a_case_that_was_not_over_is_reopened(case: Story) -> None:
    await case.do(CASE, RecordMove, on="2026-03-03", source="resident")
    await case.do(CASE, AskToContinue, continuing="no", channel="phone")
    await case.do(CASE, CloseCase, outcome="moved")
    await case.do(CASE, RetractMove, reason=WORDS)
    await case.do(CASE, ReopenCase, reason=WORDS)
    assert await case.cases.value("select status from case_list where case_id = $1", CASE) == "open"
    assert len(await planned(case)) == 6
    assert len(set(await planned(case))) == 3


async def test_a_case_stays_under_the_procedure_it_began_under(case: Story) -> None:
    newer = PROCEDURE.read_text(encoding="utf-8").replace('version: "2026-1"\ntitle', 'version: "2026-2"\ntitle', 1)
    newer = newer.replace("effective_on: 2026-01-01", "effective_on: 2026-03-02", 1).replace(
        "close: [social_lead, social_caretaker]", "close: [social_lead]", 1
    )
    await case.cases.service.do(adopt_procedure, AdoptProcedure(text=newer), context_for())
    await case.do(CASE, RecordMove, on="2026-03-03", source="resident")
    await case.do(CASE, AskToContinue, continuing="no", channel="phone")
    await case.do(CASE, CloseCase, outcome="moved", by=Role.SOCIAL_CARETAKER)
    assert (await case.newest()).provenance.procedure_version == "2026-1"
    other = registered_as(UUID("0b000000-0000-7000-8000-000000000002"))
    await Listener(case.cases.service).take_in([record(other, stream_id=other.observation_id)])
    newest = await case.cases.value("select procedure_version from case_list where observation_id = $1", other.observation_id)
    assert newest == "2026-2"
