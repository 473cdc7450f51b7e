"""Who may do what, with which thing, and why: one pure function, used by every route, list, search and report."""

from __future__ import annotations

from contextvars import ContextVar
from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID

from shared.ground.errors import NotAllowed, Refusal
from shared.ground.provenance import Actor, Context
from shared.words.vocabulary.people import Purpose, Role


class Action(StrEnum):
    """Everything somebody may ask for; every route carries one of these as `x-action`."""

    REGISTER_OBSERVATION = "register_observation"
    READ_OWN_OBSERVATIONS = "read_own_observations"
    LINK_PLACE = "link_place"
    """Say which home an observation is about, that was told of without one."""
    ANSWER_REPORTER = "answer_reporter"
    """Thank whoever told of somebody, and tell them nothing else."""
    FLAG_REPORTER = "flag_reporter"
    """See that calls come from the same number, say that one is not to be trusted, and thank whom nobody thanked in time."""
    READ_QUEUE = "read_queue"
    READ_OVERVIEW = "read_overview"
    """See the queue in numbers, exact and as it is now: whoever reads the cases to work on them."""
    READ_CASE = "read_case"
    WORK_ON_CASE = "work_on_case"
    BREAK_GLASS = "break_glass"
    """Read one case for three hours that is none of theirs, for a reason they write and others review."""
    READ_GLASSES = "read_glasses"
    """See who broke a glass, why, and what they looked at."""
    REVIEW_GLASS = "review_glass"
    """Say whether it was right."""
    DRAW_LOOKS = "draw_looks"
    """Draw look-ups by lot, ask whoever looked, and say what came of it."""
    READ_SPOT_CHECKS = "read_spot_checks"
    """See what was drawn and what came of it, and draw it again."""
    ANSWER_FOR_LOOK = "answer_for_look"
    """Say why one looked, when one is asked."""
    TAKE_PART = "take_part"
    CORRECT_PERSON = "correct_person"
    """Put right a case that is about the wrong person, and see who read it meanwhile."""
    HAND_OVER = "hand_over"
    READ_ACCESS_LOG = "read_access_log"
    VERIFY_CHAIN = "verify_chain"
    READ_FIGURES = "read_figures"
    ADOPT_FIGURES_POLICY = "adopt_figures_policy"
    """Answer for what figures may show."""
    READ_REGISTER = "read_register"
    MANAGE_REGISTER = "manage_register"
    READ_STAFF = "read_staff"
    MANAGE_STAFF = "manage_staff"
    LIFT_CONFLICT = "lift_conflict"
    """Say that a colleague need not keep out of a home or a case any more."""
    KEEP_OWN_DUTIES = "keep_own_duties"
    READ_PARKED = "read_parked"
    RETRY_PARKED = "retry_parked"
    READ_NOTICES = "read_notices"
    READ_OWN_NOTICES = "read_own_notices"
    READ_PROCEDURE = "read_procedure"
    ADOPT_PROCEDURE = "adopt_procedure"
    REVIEW_PROCEDURE = "review_procedure"
    """Confirm what somebody else proposed, or withdraw what does not hold yet."""
    ERASE_PERSON = "erase_person"
    """Find whom it is about, and destroy what is only about them."""
    READ_ERASURES = "read_erasures"
    """See which erasures there were, how far each has come, and its certificate; of whom it was stands nowhere."""
    REDACT_TEXT = "redact_text"
    """Destroy one text of a case."""
    STATE_PURPOSE = "state_purpose"
    ASK_TO_BE_CALLED = "ask_to_be_called"
    """What a resident may ask who has no sign-in here."""
    SIGN_IN = "sign_in"
    READ_HEALTH = "read_health"
    READ_STATIC = "read_static"


OPEN_TO_ALL: frozenset[Action] = frozenset({Action.ASK_TO_BE_CALLED, Action.SIGN_IN, Action.READ_HEALTH, Action.READ_STATIC})
"""What needs no sign-in; none of it shows anything about a person or a case."""


CHECKERS = frozenset({Role.AUDITOR, Role.DPO})
"""Those who check others have no part in a case: without a purpose they have no business reading it (domain.md §2.6)."""

READ_FOR_A_REASON = frozenset(
    {
        Action.READ_QUEUE,
        Action.READ_CASE,
        Action.READ_ACCESS_LOG,
        Action.READ_GLASSES,
        Action.REVIEW_GLASS,
        Action.READ_SPOT_CHECKS,
        Action.DRAW_LOOKS,
        Action.VERIFY_CHAIN,
        Action.REDACT_TEXT,
    }
)
"""What checkers say why before, every time. Who works on a case has said it by the role."""


class PurposeIsNotStated(Refusal):
    """Du skal sige, hvorfor du ser efter, før du kan læse."""

    field = "purpose"
    next_step = "Vælg et formål. Det bliver noteret sammen med dit opslag."


@dataclass(frozen=True, kw_only=True, slots=True)
class Resource:
    """The thing that is asked about, as far as the rule looks at it; what is unknown or does not apply is empty."""

    association: str
    estate: str = ""
    handler: str = ""
    attended_by: str = ""
    """Who judged it while on call, as long as nobody carries it."""
    observer: str = ""
    also_saw: frozenset[str] = frozenset()
    """Who saw it besides, where it came of several observations."""
    recipient: str = ""
    companions: frozenset[str] = frozenset()
    """Who is asked along to a meeting in it."""
    is_acute: bool = False
    """Whether it cannot wait: then it is for whoever is on call too."""
    home: UUID | None = None
    """Which home it is about; somebody may keep out of that, whatever their role."""
    case: UUID | None = None
    """Which case it is; likewise."""
    opened_to: frozenset[str] = frozenset()
    """Who broke the glass before it and may read it for now, wherever they work."""


class Scope(StrEnum):
    """How far a grant reaches, always inside one association."""

    ASSOCIATION = "association"
    ESTATES = "estates"
    """The actor's own estates, or what was handed to the actor by name, and on call what is acute; what has no estate is out of reach."""
    OWN = "own"
    """What the actor saw or is asked along to, or what was sent to the actor."""


@dataclass(frozen=True, slots=True)
class Grant:
    """A role may do an action this far, for these purposes; the first purpose is the one meant when none is named."""

    scope: Scope
    purposes: tuple[Purpose, ...]


def _own(*purposes: Purpose) -> Grant:
    return Grant(Scope.OWN, purposes)


def _all(*purposes: Purpose) -> Grant:
    return Grant(Scope.ASSOCIATION, purposes)


_P = Purpose

# domain.md §6 (the column "Access") and §1.3. What is not here is not allowed. `SYSTEM` has no line: the clock and the
# listeners come in through no door.
GRANTS: dict[Role, dict[Action, Grant]] = {
    Role.CARETAKER: {
        Action.REGISTER_OBSERVATION: _all(_P.OWN_OBSERVATION),
        Action.READ_OWN_OBSERVATIONS: _own(_P.OWN_OBSERVATION),
        Action.LINK_PLACE: _own(_P.OWN_OBSERVATION),
        Action.ANSWER_REPORTER: _own(_P.OWN_OBSERVATION),
        Action.READ_REGISTER: _all(_P.OWN_OBSERVATION),
        Action.TAKE_PART: _own(_P.TAKING_PART),
        Action.READ_OWN_NOTICES: _own(_P.OWN_OBSERVATION),
        Action.KEEP_OWN_DUTIES: _own(_P.OWN_OBSERVATION),
        Action.ANSWER_FOR_LOOK: _own(_P.OWN_OBSERVATION),
        Action.READ_PROCEDURE: _all(_P.OWN_OBSERVATION),
    },
    Role.SOCIAL_LEAD: {
        Action.REGISTER_OBSERVATION: _all(_P.OWN_OBSERVATION, _P.CASE_WORK),
        Action.READ_OWN_OBSERVATIONS: _own(_P.OWN_OBSERVATION, _P.CASE_WORK),
        Action.LINK_PLACE: _all(_P.CASE_WORK, _P.OWN_OBSERVATION),
        Action.ANSWER_REPORTER: _own(_P.OWN_OBSERVATION, _P.CASE_WORK),
        Action.FLAG_REPORTER: _all(_P.CASE_WORK, _P.OWN_OBSERVATION),
        Action.READ_QUEUE: _all(_P.CASE_WORK, _P.TRIAGE),
        Action.READ_OVERVIEW: _all(_P.CASE_WORK, _P.TRIAGE),
        Action.READ_CASE: _all(_P.CASE_WORK, _P.TRIAGE),
        Action.READ_GLASSES: _all(_P.CASE_WORK),
        Action.REVIEW_GLASS: _all(_P.CASE_WORK),
        Action.WORK_ON_CASE: _all(_P.CASE_WORK, _P.TRIAGE),
        Action.TAKE_PART: _own(_P.TAKING_PART),
        Action.CORRECT_PERSON: _all(_P.CASE_WORK),
        Action.HAND_OVER: _all(_P.CASE_WORK),
        Action.READ_FIGURES: _all(_P.STATISTICS, _P.CASE_WORK),
        Action.READ_REGISTER: _all(_P.CASE_WORK, _P.TRIAGE, _P.OWN_OBSERVATION),
        Action.MANAGE_REGISTER: _all(_P.CASE_WORK),
        Action.READ_STAFF: _all(_P.CASE_WORK),
        Action.MANAGE_STAFF: _all(_P.CASE_WORK),
        Action.LIFT_CONFLICT: _all(_P.CASE_WORK),
        Action.READ_NOTICES: _all(_P.CASE_WORK),
        Action.READ_OWN_NOTICES: _own(_P.CASE_WORK),
        Action.KEEP_OWN_DUTIES: _own(_P.CASE_WORK),
        Action.ANSWER_FOR_LOOK: _own(_P.CASE_WORK),
        Action.READ_PROCEDURE: _all(_P.CASE_WORK, _P.TRIAGE),
        Action.ADOPT_PROCEDURE: _all(_P.CASE_WORK),
        Action.REVIEW_PROCEDURE: _all(_P.CASE_WORK),
    },
    Role.SOCIAL_CARETAKER: {
        Action.REGISTER_OBSERVATION: _all(_P.OWN_OBSERVATION, _P.CASE_WORK),
        Action.READ_OWN_OBSERVATIONS: _own(_P.OWN_OBSERVATION, _P.CASE_WORK),
        Action.LINK_PLACE: Grant(Scope.ESTATES, (_P.CASE_WORK, _P.OWN_OBSERVATION)),
        Action.ANSWER_REPORTER: _own(_P.OWN_OBSERVATION, _P.CASE_WORK),
        Action.READ_QUEUE: _all(_P.CASE_WORK, _P.TRIAGE),
        Action.READ_OVERVIEW: _all(_P.CASE_WORK, _P.TRIAGE),
        Action.READ_CASE: Grant(Scope.ESTATES, (_P.CASE_WORK, _P.TRIAGE)),
        Action.BREAK_GLASS: _all(_P.CASE_WORK, _P.TRIAGE),
        Action.WORK_ON_CASE: Grant(Scope.ESTATES, (_P.CASE_WORK, _P.TRIAGE)),
        Action.TAKE_PART: _own(_P.TAKING_PART),
        Action.READ_FIGURES: _all(_P.STATISTICS, _P.CASE_WORK),
        Action.READ_REGISTER: _all(_P.CASE_WORK, _P.TRIAGE, _P.OWN_OBSERVATION),
        Action.READ_OWN_NOTICES: _own(_P.CASE_WORK),
        Action.KEEP_OWN_DUTIES: _own(_P.CASE_WORK),
        Action.ANSWER_FOR_LOOK: _own(_P.CASE_WORK),
        Action.READ_PROCEDURE: _all(_P.CASE_WORK, _P.TRIAGE),
    },
    Role.COLLECTIONS_CLERK: {
        Action.REGISTER_OBSERVATION: _all(_P.OWN_OBSERVATION),
        Action.READ_OWN_OBSERVATIONS: _own(_P.OWN_OBSERVATION),
        Action.LINK_PLACE: _own(_P.OWN_OBSERVATION),
        Action.ANSWER_REPORTER: _own(_P.OWN_OBSERVATION),
        Action.READ_REGISTER: _all(_P.OWN_OBSERVATION),
        Action.READ_OWN_NOTICES: _own(_P.OWN_OBSERVATION),
        Action.KEEP_OWN_DUTIES: _own(_P.OWN_OBSERVATION),
        Action.ANSWER_FOR_LOOK: _own(_P.OWN_OBSERVATION),
        Action.READ_PROCEDURE: _all(_P.OWN_OBSERVATION),
    },
    Role.DPO: {
        Action.READ_QUEUE: _all(_P.SUPERVISION, _P.AUDIT, _P.SUBJECT_ACCESS),
        Action.READ_CASE: _all(_P.SUPERVISION, _P.AUDIT, _P.SUBJECT_ACCESS),
        Action.READ_GLASSES: _all(_P.SUPERVISION, _P.AUDIT),
        Action.REVIEW_GLASS: _all(_P.SUPERVISION, _P.AUDIT),
        Action.READ_SPOT_CHECKS: _all(_P.SUPERVISION, _P.AUDIT),
        Action.DRAW_LOOKS: _all(_P.SUPERVISION, _P.AUDIT),
        Action.CORRECT_PERSON: _all(_P.SUPERVISION),
        Action.READ_ACCESS_LOG: _all(_P.SUPERVISION, _P.AUDIT, _P.SUBJECT_ACCESS),
        Action.VERIFY_CHAIN: _all(_P.SUPERVISION, _P.AUDIT),
        Action.READ_FIGURES: _all(_P.SUPERVISION, _P.AUDIT),
        Action.ADOPT_FIGURES_POLICY: _all(_P.SUPERVISION),
        Action.READ_REGISTER: _all(_P.SUPERVISION, _P.AUDIT, _P.SUBJECT_ACCESS),
        Action.READ_NOTICES: _all(_P.SUPERVISION, _P.AUDIT, _P.SUBJECT_ACCESS),
        Action.READ_OWN_NOTICES: _own(_P.SUPERVISION),
        Action.KEEP_OWN_DUTIES: _own(_P.SUPERVISION),
        Action.ANSWER_FOR_LOOK: _own(_P.SUPERVISION),
        Action.READ_PROCEDURE: _all(_P.SUPERVISION, _P.AUDIT, _P.SUBJECT_ACCESS),
        Action.ERASE_PERSON: _all(_P.SUBJECT_ACCESS, _P.SUPERVISION),
        Action.READ_ERASURES: _all(_P.SUPERVISION, _P.AUDIT, _P.SUBJECT_ACCESS),
        Action.REDACT_TEXT: _all(_P.SUBJECT_ACCESS, _P.SUPERVISION),
        Action.STATE_PURPOSE: _all(_P.SUPERVISION, _P.AUDIT, _P.SUBJECT_ACCESS),
    },
    Role.AUDITOR: {
        Action.READ_QUEUE: _all(_P.AUDIT, _P.SUPERVISION),
        Action.READ_CASE: _all(_P.AUDIT, _P.SUPERVISION),
        Action.READ_GLASSES: _all(_P.AUDIT, _P.SUPERVISION),
        Action.READ_SPOT_CHECKS: _all(_P.AUDIT, _P.SUPERVISION),
        Action.READ_ACCESS_LOG: _all(_P.AUDIT, _P.SUPERVISION),
        Action.VERIFY_CHAIN: _all(_P.AUDIT, _P.SUPERVISION),
        Action.READ_ERASURES: _all(_P.AUDIT, _P.SUPERVISION),
        Action.READ_FIGURES: _all(_P.AUDIT, _P.SUPERVISION),
        Action.READ_REGISTER: _all(_P.AUDIT, _P.SUPERVISION),
        Action.READ_NOTICES: _all(_P.AUDIT, _P.SUPERVISION),
        Action.READ_OWN_NOTICES: _own(_P.AUDIT),
        Action.KEEP_OWN_DUTIES: _own(_P.AUDIT),
        Action.ANSWER_FOR_LOOK: _own(_P.AUDIT),
        Action.READ_PROCEDURE: _all(_P.AUDIT, _P.SUPERVISION),
        Action.STATE_PURPOSE: _all(_P.AUDIT, _P.SUPERVISION),
    },
    Role.DIRECTOR: {
        Action.READ_FIGURES: _all(_P.STATISTICS),
        Action.READ_STAFF: _all(_P.SUPERVISION, _P.STATISTICS),
        Action.LIFT_CONFLICT: _all(_P.SUPERVISION, _P.STATISTICS),
        Action.READ_OWN_NOTICES: _own(_P.STATISTICS),
        Action.KEEP_OWN_DUTIES: _own(_P.STATISTICS),
        Action.ANSWER_FOR_LOOK: _own(_P.STATISTICS),
        Action.READ_PROCEDURE: _all(_P.STATISTICS, _P.SUPERVISION),
        Action.REVIEW_PROCEDURE: _all(_P.SUPERVISION, _P.STATISTICS),
    },
    Role.OPERATOR: {
        Action.READ_PARKED: _all(_P.OPERATION),
        Action.RETRY_PARKED: _all(_P.OPERATION),
        Action.READ_REGISTER: _all(_P.OPERATION),
        Action.MANAGE_REGISTER: _all(_P.OPERATION),
        Action.READ_STAFF: _all(_P.OPERATION),
        Action.MANAGE_STAFF: _all(_P.OPERATION),
        Action.READ_NOTICES: _all(_P.OPERATION),
        Action.READ_OWN_NOTICES: _own(_P.OPERATION),
        Action.KEEP_OWN_DUTIES: _own(_P.OPERATION),
        Action.ANSWER_FOR_LOOK: _own(_P.OPERATION),
    },
}


def can(actor: Actor, action: Action, resource: Resource, purpose: Purpose) -> bool:
    """Whether `actor` may do `action` with `resource` for `purpose`. Pure; the only rule there is (design.md §7)."""
    if action in OPEN_TO_ALL:
        return True
    grant = GRANTS.get(actor.role, {}).get(action)
    if grant is None or purpose not in grant.purposes:
        return False
    if not actor.association or resource.association != actor.association:
        return False
    if not actor.shut_from.isdisjoint((resource.home, resource.case)):
        return False
    match grant.scope:
        case Scope.ASSOCIATION:
            return True
        case Scope.ESTATES:
            is_theirs = resource.estate in actor.estates or not actor.is_for.isdisjoint((resource.handler, resource.attended_by))
            is_opened = action is Action.READ_CASE and actor.id in resource.opened_to
            return is_theirs or (actor.is_on_call and resource.is_acute) or is_opened
        case Scope.OWN:
            return (
                not actor.is_for.isdisjoint((resource.observer, resource.recipient)) or actor.id in resource.companions | resource.also_saw
            )


ASKED_NOW: ContextVar[set[Action] | None] = ContextVar("ASKED_NOW", default=None)
"""What the request under way has asked leave for; a route that never asks does not get to answer (shared/running/serving.py)."""


def allow(context: Context, action: Action, resource: Resource) -> None:
    """Do nothing when it may be done; raise `NotAllowed` otherwise, and `PurposeIsNotStated` where somebody must say why first."""
    asked_now = ASKED_NOW.get()
    if asked_now is not None:
        asked_now.add(action)
    if not can(context.actor, action, resource, context.purpose):
        raise NotAllowed(f"{context.actor.role} may not {action} for {context.purpose}")
    if must_state_purpose(context.actor.role, action) and not context.purpose_is_stated:
        raise PurposeIsNotStated


def allow_at_all(context: Context, action: Action) -> None:
    """Raise `NotAllowed` where there is nothing the one who asks may do this with: asked before it is looked up, it tells of no thing."""
    grant = GRANTS.get(context.actor.role, {}).get(action)
    if grant is None or context.purpose not in grant.purposes:
        raise NotAllowed(f"{context.actor.role} may never {action} for {context.purpose}")


def must_state_purpose(role: Role, action: Action) -> bool:
    """Whether somebody says why before they do this."""
    return role in CHECKERS and action in READ_FOR_A_REASON


@dataclass(frozen=True, slots=True)
class Link:
    """An entry of the navigation: what it is called, in Danish, and where it leads; shown to roles that may ever do its action."""

    text: str
    address: str
    action: Action


def may_ever(role: Role, action: Action) -> bool:
    """Whether a role may do this at all, to somebody, for some purpose: for navigation, never for a decision."""
    return action in OPEN_TO_ALL or action in GRANTS.get(role, {})


def usual_purpose(role: Role, action: Action | None) -> Purpose:
    """The purpose meant when a request names none: the first of the grant, else the role's first."""
    grants = GRANTS.get(role, {})
    if action in grants:
        return grants[action].purposes[0]
    return next((grant.purposes[0] for grant in grants.values()), Purpose.OPERATION)


@dataclass(frozen=True, kw_only=True, slots=True)
class Reach:
    """The same rule as `can`, in the form a list needs: `None` means no limit of that kind.

    A query takes it as `where association = $1 and ($2::text[] is null or estate = any($2) or handler = any($3))`;
    who attended to it on call counts as who handles it.
    """

    association: str
    estates: frozenset[str] | None = None
    handlers: frozenset[str] = frozenset()
    """Whose cases are within reach, whatever their estate: one's own, and those of whom one stands in for."""
    is_for_acute: bool = False
    """And whatever is acute."""
    observers: frozenset[str] | None = None
    shut_from: frozenset[UUID] = frozenset()
    """Homes and cases that are kept out of, whatever the rest says."""


NOTHING = Reach(association="", estates=frozenset(), observers=frozenset())
"""The reach of somebody who may see no row at all."""


def reach(context: Context, action: Action) -> Reach:
    """Which things the one who asks may do `action` with; lists filter by it, so that they never show what `can` refuses."""
    actor = context.actor
    grant = GRANTS.get(actor.role, {}).get(action)
    if grant is None or context.purpose not in grant.purposes or not actor.association:
        return NOTHING
    match grant.scope:
        case Scope.ASSOCIATION:
            return Reach(association=actor.association, shut_from=actor.shut_from)
        case Scope.ESTATES:
            return Reach(
                association=actor.association,
                estates=actor.estates,
                handlers=actor.is_for,
                is_for_acute=actor.is_on_call,
                shut_from=actor.shut_from,
            )
        case Scope.OWN:
            return Reach(association=actor.association, observers=actor.is_for, shut_from=actor.shut_from)
