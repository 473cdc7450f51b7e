"""Who decides for the resident, and who may know where they live: a guardian, and a protected address (S13, FB11)."""

from __future__ import annotations

from collections.abc import Collection
from typing import TYPE_CHECKING, Protocol
from uuid import UUID

from services.cases.case.rules import fields
from services.cases.case.rules.checks import known
from services.cases.case.rules.step import EVER, StepRequest, Taken
from shared.ground.errors import Refusal
from shared.ground.provenance import Actor
from shared.history.aggregate import Event
from shared.words.vocabulary.case import FactSource, GuardianMatter, Step
from shared.words.vocabulary.people import Role

if TYPE_CHECKING:
    from services.cases.case.rules.case import Case


class GuardianDecidesNothing(Refusal):
    """Der står ikke, hvad værgen må bestemme."""

    field = "may_decide"
    next_step = "Sæt kryds ved det, der står i værgebeskikkelsen."


class RecordGuardian(StepRequest, step=Step.NOTE_LIFE, when=EVER):
    """Somebody decides for another now; noted again, what they may decide is another."""

    IS_DECIDED_NOW = True

    may_decide: fields.GuardianMatters
    source: fields.FactSource
    person: UUID | None = None
    """For whom: a person of the case; without it, for the resident."""
    guardian: UUID | None = None
    """Who: a person of the case; without it, somebody who is not named in it yet."""

    def decide(self, case: Case, taken: Taken) -> None:
        source = known(self.source, FactSource, field="source")
        matters = [known(matter, GuardianMatter, field="may_decide") for matter in dict.fromkeys(self.may_decide)]
        if not matters:
            raise GuardianDecidesNothing
        note_guardian(case, person=self.person, guardian=self.guardian, may_decide=matters, source=source)


class RecordProtection(StepRequest, step=Step.NOTE_LIFE, when=EVER):
    """The resident's address is protected: nobody sees it who does not need it, nor the municipality."""

    IS_DECIDED_NOW = True

    source: fields.FactSource

    def decide(self, case: Case, taken: Taken) -> None:
        protect_address(case, source=known(self.source, FactSource, field="source"))

    @classmethod
    def makes_sense(cls, case: Case) -> bool:
        return not case.is_address_protected


class RecordProtectionEnded(StepRequest, step=Step.NOTE_LIFE, when=EVER):
    """The address is not protected any more."""

    IS_DECIDED_NOW = True

    source: fields.FactSource

    def decide(self, case: Case, taken: Taken) -> None:
        unprotect_address(case, source=known(self.source, FactSource, field="source"))

    @classmethod
    def makes_sense(cls, case: Case) -> bool:
        return case.is_address_protected


def note_guardian(case: Case, *, person: UUID | None, guardian: UUID | None, may_decide: Collection[str], source: str) -> None:
    """Told again, it is no news."""
    told = sorted(may_decide)
    if case.guardians.get(person) != (guardian, tuple(told)):
        case.trigger_event(GuardianAppointed, person=person, guardian=guardian, may_decide=told, source=source)


def protect_address(case: Case, *, source: str) -> None:
    """Told again, it is no news."""
    if not case.is_address_protected:
        case.trigger_event(AddressProtected, source=source)


def unprotect_address(case: Case, *, source: str) -> None:
    """Told again, it is no news."""
    if case.is_address_protected:
        case.trigger_event(AddressUnprotected, source=source)


def protect_alike(one: Case, other: Case) -> None:
    """Two that are one from now on are about the same people: is where they live protected in one of them, it is in both."""
    protected_by = one.protected_by or other.protected_by
    if protected_by:
        protect_address(one, source=protected_by)
        protect_address(other, source=protected_by)


def shown(case: Case, place: str) -> str:
    """The code of an estate or a municipality as those outside the case are told it: not where the address is protected."""
    return "" if case.is_address_protected else place


class Placed(Protocol):
    """A case wherever something is shown of it."""

    @property
    def is_address_protected(self) -> bool: ...

    @property
    def handler(self) -> str: ...


def may_ask_for_address(case: Placed, actor: Actor) -> bool:
    """Whether somebody may see a protected address when they ask for it: who carries the case, and the lead."""
    return case.handler in actor.is_for or actor.role == Role.SOCIAL_LEAD


def shows_address(case: Placed, actor: Actor, *, asked: bool = False) -> bool:
    """Whether the address of a case, its estate and its municipality are shown to somebody.

    A protected one is shown to nobody, on no list and no page, but to whoever carries the case and to the lead, on its page, when they
    ask for it there: that is an act of its own, and is written down as one.
    """
    return not case.is_address_protected or (asked and may_ask_for_address(case, actor))


class GuardianAppointed(Event):
    """Somebody decides for another now, in what the codes say."""

    TOPIC = "case.guardian_appointed"

    person: UUID | None
    """For whom; `None` for the resident."""
    guardian: UUID | None
    """Who, as a person of the case; `None` while they are not named in it."""
    may_decide: list[str]
    source: str
    """Who says so."""

    def apply(self, case: Case) -> None:
        case.guardians[self.person] = (self.guardian, tuple(self.may_decide))


class AddressProtected(Event):
    """The address is protected from now on."""

    TOPIC = "case.address_protected"

    source: str
    """Who says so."""

    def apply(self, case: Case) -> None:
        case.protected_by = self.source


class AddressUnprotected(Event):
    """The address is not protected any more."""

    TOPIC = "case.address_unprotected"

    source: str
    """Who says so."""

    def apply(self, case: Case) -> None:
        case.protected_by = ""
