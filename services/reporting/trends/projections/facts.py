"""What there is to count in what is remembered: each thing that happened once, with when, and the codes it is counted by.

A figure counts what *happened* in a month: concerns raised, cases closed. Each fact has an id and is counted once, in the
first month that is counted after it is known; what is corrected later corrects no month that is counted already.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, Final

from services.reporting.trends.projections.records import CaseFigures, Figures, FollowUpFigures, NoticeFigures, ReferralFigures
from services.reporting.trends.rules.rounding import Node
from shared.words.municipality import municipality_code
from shared.words.vocabulary.figures import Kind, Within

FAMILIES: Final[Mapping[str, tuple[tuple[str, ...], ...]]] = {
    Kind.CONCERNS: (("municipality", "estate"), ("severity",), ("consent",)),
    Kind.ASSESSED: (("stage", "category"), ("on_time",), ("within",)),
    Kind.CONTACTED: (("on_time",), ("within",)),
    Kind.TOLD: (("on_time",), ("within",)),
    Kind.REFERRALS: (("answer", "target"), ("answer", "municipality"), ("on_time",), ("within",)),
    Kind.FOLLOWED_UP: (("on_time",),),
    Kind.CLOSED: (("outcome",),),
    Kind.DAMAGE: (),
    Kind.ACCOMPANIED: (),
    Kind.NOTICES: (("on_time",),),
}
"""What each kind of fact is told apart by: one family for each question, from the coarse to the fine."""

Counts = Mapping[str, Mapping[Node, int]]


@dataclass(frozen=True, slots=True)
class Fact:
    """Something that happened, once."""

    kind: Kind
    id: str
    at: datetime
    codes: Mapping[str, str] = field(default_factory=dict)
    signals: tuple[str, ...] = ()

    @property
    def name(self) -> tuple[str, str]:
        return self.kind, self.id


def facts_of(figures: Figures, association: str) -> Iterator[Fact]:
    """Everything that happened in an association, as it is known now; nothing of what is no case of its own."""
    counted = {id: case for id, case in figures[CaseFigures].items() if case.association == association and not case.left_out}
    for case in counted.values():
        yield from _of_case(case)
    for referral in figures[ReferralFigures].values():
        if referral.case_id in counted and referral.sent_at is not None:
            yield from _of_referral(referral, counted[referral.case_id])
    for follow_up in figures[FollowUpFigures].values():
        if follow_up.case_id in counted:
            yield from _of_follow_up(follow_up)
    for notice in figures[NoticeFigures].values():
        if notice.association == association and (at := notice.failed_at or notice.sent_at) is not None:
            yield Fact(Kind.NOTICES, notice.notice_id, at, {"on_time": _yes(notice.failed_at is None)})


def counted(facts: Iterable[Fact]) -> dict[str, dict[Node, int]]:
    """How many there are of each kind, and of each of its nodes. A signal is a question of its own: one concern may show several."""
    found: dict[str, Counter[Node]] = defaultdict(Counter)
    for fact in facts:
        nodes: set[Node] = {()}
        for family in FAMILIES[fact.kind]:
            node: Node = ()
            for dimension in family:
                node = (*node, dimension, fact.codes.get(dimension, ""))
                nodes.add(node)
        nodes.update(("signal", signal) for signal in fact.signals)
        found[fact.kind].update(nodes)
    return {kind: dict(nodes) for kind, nodes in found.items()}


def _of_case(case: CaseFigures) -> Iterator[Fact]:
    id = case.case_id
    if case.raised_at is not None:
        place = {} if case.is_protected else {"municipality": municipality_code(case.municipality), "estate": case.estate_id}
        codes = {**place, "severity": case.severity, "consent": case.consent}
        yield Fact(Kind.CONCERNS, id, case.raised_at, codes, tuple(sorted(set(case.signals))))
    decided = case.opened_at or (case.dismissed_at if not _taken_up(case) else None)
    if decided is not None:
        judged = min(at for at in (case.triaged_at, case.dismissed_at, decided) if at is not None)
        on_time = not case.missed_triage and (case.triage_due is None or judged <= case.triage_due)
        stage = {"stage": "case", "category": case.category} if case.opened_at else {"stage": "dismissed"}
        yield Fact(Kind.ASSESSED, id, decided, {**stage, **_timed(case.observed_at, judged, on_time)})
    if case.missed_first_contact and (at := case.contact_due or case.first_contact_at) is not None:
        yield Fact(Kind.CONTACTED, id, at, _timed(case.observed_at, case.first_contact_at, False))
    elif case.first_contact_at is not None:
        yield Fact(
            Kind.CONTACTED, id, case.first_contact_at, _timed(case.observed_at, case.first_contact_at, bool(case.first_contact_on_time))
        )
    if (at := _first(case.first_told_at, case.telling_missed_at)) is not None:
        on_time = not case.missed_telling and case.times_told == case.times_told_on_time
        yield Fact(Kind.TOLD, id, at, _timed(case.observed_at, case.first_told_at, on_time))
    if case.closed_at is not None and case.outcome and (case.opened_as_of is None or not _before(case.outcome_as_of, case.opened_as_of)):
        yield Fact(Kind.CLOSED, id, case.closed_at, {"outcome": case.outcome})
    if case.damage_completed_at is not None:
        yield Fact(Kind.DAMAGE, id, case.damage_completed_at)
    if case.accompanied_at is not None:
        yield Fact(Kind.ACCOMPANIED, id, case.accompanied_at)


def _of_referral(referral: ReferralFigures, case: CaseFigures) -> Iterator[Fact]:
    """Settled: answered, or its time is over. What is answered after that was counted as not answered in time, if that month is counted."""
    answered = _first(referral.acknowledged_at, referral.answered_at)
    at = answered or (referral.answer_due if referral.silent_steps else None)
    if at is None:
        return
    on_time = referral.acknowledged_on_time
    if on_time is None:
        on_time = answered is not None and (referral.answer_due is None or answered <= referral.answer_due)
    is_named = referral.target.startswith("municipal.") and not case.is_protected
    codes = {
        "answer": "answered" if answered else "unanswered",
        "target": referral.target,
        "municipality": municipality_code(referral.municipality) if is_named else "",
    }
    yield Fact(Kind.REFERRALS, referral.referral_id, at, {**codes, **_timed(referral.sent_at, answered, on_time)})


def _of_follow_up(follow_up: FollowUpFigures) -> Iterator[Fact]:
    if (at := _first(follow_up.missed_at, follow_up.done_at)) is not None:
        on_time = bool(follow_up.done_on_time) and follow_up.missed_at is None
        yield Fact(Kind.FOLLOWED_UP, follow_up.follow_up_id, at, {"on_time": _yes(on_time)})


def _timed(begun: datetime | None, ended: datetime | None, on_time: bool) -> dict[str, str]:
    return {"on_time": _yes(on_time), "within": _within(begun, ended)}


def _within(begun: datetime | None, ended: datetime | None) -> str:
    if begun is None or ended is None:
        return Within.NOT_YET
    taken = (ended - begun) / timedelta(hours=1)
    return next((each for each in Within if each.hours and taken <= each.hours), Within.LATER)


def _yes(so: bool) -> str:
    return "yes" if so else "no"


def _taken_up(case: CaseFigures) -> bool:
    return case.taken_up_as_of is not None and not _before(case.taken_up_as_of, case.dismissed_as_of)


def _before(one: datetime | None, other: datetime | None) -> bool:
    return one is not None and other is not None and one < other


def _first(*moments: Any) -> datetime | None:
    return min((at for at in moments if at is not None), default=None)
