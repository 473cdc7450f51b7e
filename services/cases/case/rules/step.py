"""What every step in a case is: a request that decides, and who takes it, when, under which procedure."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING, Any, ClassVar
from uuid import UUID, uuid4

from pydantic import ConfigDict

from services.cases.case.rules.agreed import AgreedProcedure
from services.cases.case.rules.days import Opens
from services.cases.case.rules.refusals import (
    ItIsDecidedNow,
    ItWasBeforeThat,
    ProcedureGivesThisStepToOthers,
    StandInComesLater,
    ThisStepIsNotForCaretakers,
)
from shared.ground.clock import AS_TYPED
from shared.ground.described import Described
from shared.ground.fields import FreeText, Moment
from shared.privacy.access import Action
from shared.privacy.matter import Matter
from shared.words.vocabulary.case import CARETAKER_STEPS, TAKEN_WHATEVER_IS_AGREED, Status, Step
from shared.words.vocabulary.observation import Severity
from shared.words.vocabulary.people import SOCIAL_STAFF, Role

if TYPE_CHECKING:
    from services.cases.case.rules.case import Case

UNDECIDED = frozenset({Status.RAISED, Status.TRIAGED})
TRIAGED = frozenset({Status.TRIAGED})
ONGOING = frozenset({Status.RAISED, Status.TRIAGED, Status.OPEN})
OPEN = frozenset({Status.OPEN})
CLOSED = frozenset({Status.CLOSED})
DISMISSED = frozenset({Status.DISMISSED})
OPEN_OR_CLOSED = OPEN | CLOSED
EVER = frozenset(Status) - {Status.ERASED}

TAKEN_ON_CALL = frozenset({Step.SEE, Step.TRIAGE, Step.OPEN, Step.CONTACT})
"""What an acute concern needs at once, so that whoever is on call need not wait for anybody."""


def may_on_call(role: Role, who: str, step: Step, case: Case) -> bool:
    """Whether somebody on call takes a step whoever it is given to: in what is acute, and in what they judged while on call."""
    return role in SOCIAL_STAFF and step in TAKEN_ON_CALL and (case.severity == Severity.ACUTE or case.attended_by == who)


@dataclass(frozen=True, kw_only=True, slots=True)
class Taken:
    """Who takes a step, when, and under which procedure: all that a decision is handed besides what is asked."""

    by: Role
    who: str
    """The opaque staff id."""
    at: datetime
    """When it was done, as the one who did it says; never later than it was written down."""
    recorded_at: datetime
    """When it was written down: what was promised until a time is kept when it stands in the record by then."""
    under: AgreedProcedure
    """The version the case is pinned to."""
    in_part: bool = False
    """Whether it is taken as somebody's own part of a case that is not theirs to work on (`part.py`)."""
    role_of: Callable[[str], Role | None]
    """What a colleague is in this association; `None` for somebody who does not work here."""
    carries_at: Callable[[str], Sequence[str]] = lambda _: ()
    """The social caretakers of an estate who may carry the case."""
    in_force: str = ""
    """The version of today; only a step that moves a case is told."""
    waiting_since: datetime | None = None
    """Since when the concern waits for somebody to take it; `None` once somebody has."""
    movers: Collection[str] | None = None
    """The roles that may move a case, as the version of today says; `None` where the step is no move."""
    is_on_call: bool = False
    """Whether they are on call for what is acute."""
    home: UUID | None = None
    """Which home the case is about; `None` where that is not known, or was erased."""
    tenancy: UUID | None = None
    """Which tenancy it is about; likewise."""
    municipality: str = ""
    """In which municipality it is, also where history has it sealed; empty likewise."""
    is_protected_there: bool = False
    """Whether the address is protected in the home that the step moves the case to, as the register says."""
    opens: Opens = lambda _: None
    """What is sealed in the case says, where the step is one that fetched its key."""
    others: Mapping[UUID, Case] = field(default_factory=dict)
    """The other cases the step is about (`StepRequest.others`), to be decided on at the same instant."""
    about_the_same: Collection[UUID] = ()
    """Those among them that are about the same people as this one: the same tenancy, or somebody who is part of both."""
    reference: UUID = field(default_factory=uuid4)
    """An id that leads nowhere: under it outsiders hear of what is done, who must not learn of the case."""

    @property
    def is_their_part(self) -> bool:
        """Whether they act for themselves only; a caretaker always does."""
        return self.in_part or self.by == Role.CARETAKER

    def must_be_permitted(self, step: Step, case: Case) -> None:
        """Refuses unless the procedure gives this role the step, at once or because nobody took it in time, or it cannot wait at night.

        A caretaker is refused social work whatever it says.
        """
        if self.by == Role.CARETAKER and step not in CARETAKER_STEPS:
            raise ThisStepIsNotForCaretakers
        if self.by in TAKEN_WHATEVER_IS_AGREED.get(step, ()):
            return
        if self.under.may(self.by.value, step.value) if self.movers is None else self.by.value in self.movers:
            return
        if self.is_on_call and may_on_call(self.by, self.who, step, case):
            return
        since = self.waiting_since
        begins = None if since is None else self.under.stands_in_from(self.by.value, step.value, since=since)
        if begins is None:
            raise ProcedureGivesThisStepToOthers
        if self.at <= begins:
            raise StandInComesLater

    def precedes(self, what: datetime) -> bool:
        """Whether it was done before that; what somebody types says the minute."""
        return self.at + AS_TYPED < what

    def must_not_precede(self, what: datetime) -> None:
        """Refuses what is said to have been done before that which it follows from."""
        if self.precedes(what):
            raise ItWasBeforeThat

    def must_be_now(self) -> None:
        """Refuses a decision that is said to have been taken earlier than it is written down."""
        if self.at + AS_TYPED < self.recorded_at:
            raise ItIsDecidedNow


class StepRequest(Described):
    """One step that somebody asks to take: its fields are the JSON body and the form, and `decide` is its rule.

    A step lives beside the events it may lead to. Its address and its form stand in `steps.py`.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    STEP: ClassVar[Step]
    """What the procedure calls it: who may take it stands there."""
    WHEN: ClassVar[frozenset[Status]]
    """How far a case must have come for the step to be offered; what is refused, `decide` says."""

    IS_DECIDED_NOW: ClassVar[bool] = False
    """Whether it is a decision or a plan, which is made when it is written down; what happened outside may be written down later."""
    TAKES_LEAVE_AWAY: ClassVar[bool] = False
    """Whether it only takes leave away: whoever it turns out to be about, nothing holds that up."""
    SAYS_WHERE: ClassVar[bool] = False
    """Whether it tells somebody which home it is; then the key of the case is needed, also without words."""
    ONLY_ADDS: ClassVar[bool] = False
    """Whether it is true and of use whatever else happened meanwhile: then it is taken whichever version of the case it was written on."""
    ACTION: ClassVar[Action] = Action.WORK_ON_CASE
    """What whoever takes it must be allowed to do with the case."""
    IS_A_LOOK: ClassVar[bool] = True
    """Whether who takes it has looked at the concern; what is done with many at once is no look at any."""

    id: UUID
    """Made by the one who asks: sent again, it is done once. Names what the step makes (a referral, an order, a meeting)."""
    happened_at: Moment | None = None
    """When it was done, if that was earlier than now."""

    def __init_subclass__(cls, *, step: Step, when: frozenset[Status], **more: Any) -> None:
        super().__init_subclass__(**more)
        cls.STEP, cls.WHEN = step, when

    def decide(self, case: Case, taken: Taken) -> None:
        """The rule: refuses, or lets something happen to the case, or does nothing where it would be no news."""
        raise NotImplementedError

    def others(self, case: Case) -> Collection[UUID]:
        """The other cases it is about, which are decided on together with this one; none, for most steps."""
        return ()

    def follows(self, case: Case) -> datetime:
        """The moment of what it follows from, before which it cannot have been done; at the earliest, what was seen."""
        return case.since

    def begins(self, case_id: UUID) -> Sequence[Matter]:
        """The matters that begin with it, parts of the case; none, for most steps."""
        return ()

    @property
    def seals_for(self) -> frozenset[UUID]:
        """The matters besides the case for which it seals something."""
        return frozenset()

    @property
    def texts(self) -> int:
        """How many things somebody wrote, each of which is to be sealed by itself."""
        return sum([type(value) is FreeText and bool(value) for value in vars(self).values()])

    @property
    def rests_on(self) -> str:
        """The basis on which somebody outside is told something; empty when nobody is (`Basis`)."""
        return ""

    @property
    def moves_to(self) -> str:
        """The version of the procedure it puts the case under; empty when it leaves it where it is (`MoveToProcedure`)."""
        return ""

    @classmethod
    def makes_sense(cls, case: Case) -> bool:
        """Whether there is anything in the case that this step could be about."""
        return True
