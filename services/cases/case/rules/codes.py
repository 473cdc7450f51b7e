"""The codes of a case: what is stored and sent; the Danish words for them belong to the pages."""

from __future__ import annotations

from enum import StrEnum


class Step(StrEnum):
    """Everything somebody may do with a case; the procedure says which role may take which (design.md §5)."""

    SEE = "see"
    TRIAGE = "triage"
    DISMISS = "dismiss"
    OPEN = "open"
    ASSIGN = "assign"
    CHANGE_SEVERITY = "change_severity"
    CONTACT = "contact"
    ASK_LEAVE = "ask_leave"
    REFER = "refer"
    RECORD_ANSWER = "record_answer"
    ORDER_DAMAGE_SERVICE = "order_damage_service"
    PLAN_ACCOMPANIMENT = "plan_accompaniment"
    ACCOMPANY = "accompany"
    FOLLOW_UP = "follow_up"
    NOTE = "note"
    KEEP_AN_EYE = "keep_an_eye"
    RESIDENT_DETAILS = "resident_details"
    INFORM_CARETAKER = "inform_caretaker"
    CLOSE = "close"
    REOPEN = "reopen"


CARETAKER_STEPS = frozenset({Step.ASK_LEAVE, Step.ACCOMPANY, Step.KEEP_AN_EYE})
"""All a caretaker may ever do with a case, whatever a procedure says; observing and handing over happen in intake (S1)."""


class Status(StrEnum):
    """How far a concern has come."""

    RAISED = "raised"
    TRIAGED = "triaged"
    OPEN = "open"
    DISMISSED = "dismissed"
    CLOSED = "closed"


class Severity(StrEnum):
    """How serious it is (domain.md §1.6)."""

    LOW = "low"
    MEDIUM = "medium"
    HIGH = "high"
    ACUTE = "acute"


class Category(StrEnum):
    """What it is about (domain.md §1.5)."""

    ECONOMY = "economy"
    ELDERLY_CARE = "elderly_care"
    MENTAL_HEALTH = "mental_health"
    SUBSTANCE_USE = "substance_use"
    LONELINESS = "loneliness"
    DWELLING_CONDITION = "dwelling_condition"
    NEIGHBOUR_CONFLICT = "neighbour_conflict"
    CHILD_WELFARE = "child_welfare"
    VIOLENCE_THREAT = "violence_threat"
    PHYSICAL_ILLNESS = "physical_illness"
    NEWLY_REHOUSED = "newly_rehoused"
    OTHER = "other"


class DismissalReason(StrEnum):
    """Why no case came of a concern."""

    UNFOUNDED = "unfounded"
    EXPLAINED = "explained"
    DUPLICATE = "duplicate"
    RESIDENT_DECLINED = "resident_declined"
    HANDLED_ON_THE_SPOT = "handled_on_the_spot"


class Channel(StrEnum):
    """How somebody was reached or told."""

    VISIT = "visit"
    PHONE = "phone"
    SMS = "sms"
    LETTER = "letter"
    SECURE_MAIL = "secure_mail"
    DIGITAL_POST = "digital_post"
    FORM = "form"
    MEETING = "meeting"


class HowAsked(StrEnum):
    """The form of a consent; all three are valid, silence is not (domain.md §2.3)."""

    ORAL = "oral"
    WRITTEN = "written"
    DIGITAL = "digital"


class Answer(StrEnum):
    """What the resident said when asked for leave."""

    GRANTED = "granted"
    DECLINED = "declined"
    NOT_ABLE = "not_able"
    WITHDRAWN = "withdrawn"
    NOT_ASKED = "not_asked"


class Target(StrEnum):
    """Who a concern may be passed on to (domain.md §1.7)."""

    VISITATION = "municipal.visitation"
    BOSTOETTE = "municipal.bostoette"
    SKP = "municipal.skp"
    ADDICTION = "municipal.addiction"
    FAMILY = "municipal.family"
    HEALTH_VISITOR = "municipal.health_visitor"
    HOUSING_ADVISER = "municipal.boligraadgiver"
    RENT_HELP = "municipal.rent_help"
    DEBT_ADVICE = "advice.debt"
    SSP = "police.ssp"
    EMERGENCY = "emergency"
    EMERGENCY_TEAM = "police.fut"
    VOLUNTEER = "volunteer"
    DAMAGE_SERVICE = "damage_service"
    PEST_CONTROL = "pest_control"
    MEDIATION = "mediation"
    GP = "gp"


OFFICE = "office"
"""The association's own social team, as a recipient in a consent; not somebody to refer to."""

RECIPIENTS = frozenset({OFFICE, *Target})


class Basis(StrEnum):
    """Why something about a resident may be told to somebody else (domain.md §2.3)."""

    CONSENT = "consent"
    VITAL_INTEREST = "vital_interest"
    CHILD = "child"
    STATUTORY_92_2 = "statutory_92_2"
    DOCUMENTED_BALANCING = "documented_balancing"


class ReferralOutcome(StrEnum):
    """What a recipient told in the end; "we may not say" is a valid end (S15)."""

    HELP_ESTABLISHED = "help_established"
    ACKNOWLEDGED_NO_DETAIL = "acknowledged_no_detail"
    NO_HELP = "no_help"
    RESIDENT_DECLINED = "resident_declined"


class Outcome(StrEnum):
    """How a case ended (domain.md §4.3)."""

    HELP_ESTABLISHED = "help_established"
    HANDLED_WITH_ASSOCIATION_HELP = "handled_with_association_help"
    RESIDENT_DECLINED = "resident_declined"
    NOT_REACHABLE = "not_reachable"
    MOVED = "moved"
    DECEASED = "deceased"
    EVICTION_AVERTED = "eviction_averted"
    EVICTED = "evicted"
    UNFOUNDED = "unfounded"
    TRANSFERRED_TO_MUNICIPALITY = "transferred_to_municipality"
    MUNICIPALITY_NO_ANSWER = "municipality_no_answer"
    MEDIATED_SETTLED = "mediated_settled"
    MEDIATED_NOT_SETTLED = "mediated_not_settled"


class Milestone(StrEnum):
    """What the caretaker is told about, in the order it comes; a later one makes the earlier ones superfluous."""

    IN_GOOD_HANDS = "in_good_hands"
    CASE_OPENED = "case_opened"
    REFERRAL_SENT = "referral_sent"
    HELP_ESTABLISHED = "help_established"
    DISMISSED = "dismissed"
    CLOSED = "closed"


class DeadlineKind(StrEnum):
    """The deadlines of a case besides follow-ups and a recipient's answer."""

    TRIAGE = "triage"
    FIRST_CONTACT = "first_contact"
    TELL_CARETAKER = "tell_caretaker"
