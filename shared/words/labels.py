"""What every code is called, in Danish and in English; a code without a label is shown as it is."""

from __future__ import annotations

from collections.abc import Iterable

from shared.words.code import Code, Label
from shared.words.language import Language
from shared.words.vocabulary.beginning import Beginning, CommonArea, PlaceKind, PreferredTime, Source, Way
from shared.words.vocabulary.case import (
    Category,
    Continuing,
    DismissalReason,
    Ending,
    FactKind,
    FactSource,
    GuardianMatter,
    Milestone,
    Outcome,
    Standstill,
    Status,
)
from shared.words.vocabulary.checking import Finding, GlassVerdict, SampleOf
from shared.words.vocabulary.consent import Answer, Basis, HowAsked
from shared.words.vocabulary.correction import BreachFinding, DeletionReply, NotToldBecause
from shared.words.vocabulary.erasure import ErasedKind, ErasureReason, ErasureState, RedactionReason, Remains, Stays
from shared.words.vocabulary.figures import Stage
from shared.words.vocabulary.matter import MatterKind
from shared.words.vocabulary.notice import WhyWithdrawn
from shared.words.vocabulary.observation import Severity, Signal
from shared.words.vocabulary.parked import ParkedKind, ParkedOutcome
from shared.words.vocabulary.people import ConflictKind, Look, Purpose, Relation, Role
from shared.words.vocabulary.persons import ConsentPurpose, Information, PersonRole, WayToReach
from shared.words.vocabulary.procedure import Oddity, VersionState, WithdrawalReason
from shared.words.vocabulary.referral import RECIPIENTS, Channel, ReferralOutcome, Reply
from shared.words.vocabulary.waiting import CLOCKS, Lack, QueueSection, WaitsFor


def _labels(listed: Iterable[Code]) -> dict[str, Label]:
    return {code.value: code.label for code in listed}


GROUPS: dict[str, dict[str, Label]] = {
    "roles": _labels(Role),
    "purposes": _labels(Purpose),
    "conflicts": _labels(ConflictKind),
    "looks": _labels(Look),
    "relations": _labels(Relation),
    "signals": _labels(Signal),
    "severities": _labels(Severity),
    "colours": {severity.value: severity.colour for severity in Severity},
    "consents": _labels(Answer),
    "consent_manners": _labels(HowAsked),
    "bases": _labels(Basis),
    "person_roles": _labels(PersonRole),
    "ways_to_reach": _labels(WayToReach),
    "consent_purposes": _labels(ConsentPurpose),
    "information": _labels(Information),
    "targets": _labels(RECIPIENTS),
    "channels": _labels(Channel),
    "answers": _labels((*Reply, *ReferralOutcome)),
    "categories": _labels(Category),
    "statuses": _labels(Status),
    "dismissals": _labels(DismissalReason),
    "outcomes": _labels(Outcome),
    "facts": _labels(FactKind),
    "fact_sources": _labels(FactSource),
    "standstills": _labels(Standstill),
    "continuing": _labels(Continuing),
    "guardian_matters": _labels(GuardianMatter),
    "endings": _labels(Ending),
    "milestones": _labels(Milestone),
    "deletion_replies": _labels(DeletionReply),
    "breach_findings": _labels(BreachFinding),
    "not_told_because": _labels(NotToldBecause),
    "clocks": _labels(CLOCKS),
    "waits": _labels(WaitsFor),
    "sections": _labels(QueueSection),
    "lacks": _labels(Lack),
    "stages": _labels(Stage),
    "version_states": _labels(VersionState),
    "withdrawal_reasons": _labels(WithdrawalReason),
    "oddities": _labels(Oddity),
    "why_withdrawn": _labels(WhyWithdrawn),
    "erasure_reasons": _labels(ErasureReason),
    "erased_kinds": _labels(ErasedKind),
    "erasure_states": _labels(ErasureState),
    "matters": _labels(MatterKind),
    "stays": _labels(Stays),
    "remains": _labels(Remains),
    "redaction_reasons": _labels(RedactionReason),
    "glass_verdicts": _labels(GlassVerdict),
    "samples": _labels(SampleOf),
    "findings": _labels(Finding),
    "parked_kinds": _labels(ParkedKind),
    "parked_outcomes": _labels(ParkedOutcome),
    "beginnings": _labels(Beginning),
    "sources": _labels(Source),
    "ways": _labels(Way),
    "places": _labels(PlaceKind),
    "areas": _labels(CommonArea),
    "preferred_times": _labels(PreferredTime),
}
"""What templates name: `{{ code | label("signals") }}`."""


def codes(group: str) -> tuple[str, ...]:
    """The codes of a group, in their order."""
    return tuple(GROUPS[group])


def label(code: str, group: str, *, language: Language = "da") -> str:
    """What a code of a group is called."""
    found = GROUPS[group].get(code)
    return code if found is None else said(found, language)


def hint(code: str, group: str, *, language: Language = "da") -> str:
    """The line that explains a code, or an empty string."""
    found = GROUPS[group].get(code)
    return "" if found is None else (found.hint_da if language == "da" else found.hint_en)


def said(label: Label, language: Language) -> str:
    """The words of a label in one language."""
    return label.da if language == "da" else label.en
