"""A conflict of interest: somebody keeps out of a home or a case, whatever their hat says, and a lead too."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING
from uuid import UUID, uuid5

from services.intake.staff.rules import fields
from services.intake.staff.rules.asking import Asked, StaffRequest
from services.intake.staff.rules.refusals import (
    ConflictIsForThemselvesOrALead,
    ConflictIsUnknown,
    ConflictKindIsUnknown,
    NobodyChoosesWhoLifts,
    NobodyLiftsTheirOwnConflict,
    OnlyALeadLiftsAConflict,
    TooManyConflicts,
)
from shared.history.aggregate import Event
from shared.words.vocabulary.people import ConflictKind, Role

if TYPE_CHECKING:
    from services.intake.staff.rules.colleague import Colleague

MOST = 100
LIFTS = frozenset({Role.SOCIAL_LEAD, Role.DIRECTOR})
MAKES_WHO_LIFTS = LIFTS | {Role.OPERATOR}
"""Who lifts a conflict, and who could make somebody who does."""


@dataclass(frozen=True, slots=True)
class Conflict:
    """What somebody keeps out of, and why, as a code."""

    about: UUID
    kind: str


class DeclareConflict(StaffRequest):
    """Keep out of a home, or of one case: by oneself, or because the lead says so."""

    FOR_ONESELF = True

    about: UUID
    """The home, or the case."""
    kind: fields.ConflictKind = ConflictKind.OTHER.value

    def decide(self, colleague: Colleague, asked: Asked) -> None:
        colleague.must_work_here()
        if not asked.is_about_oneself(colleague.person) and asked.by != Role.SOCIAL_LEAD:
            raise ConflictIsForThemselvesOrALead
        kind = next((kind.value for kind in ConflictKind if kind == self.kind), None)
        if kind is None:
            raise ConflictKindIsUnknown
        if any(conflict.about == self.about for conflict in colleague.conflicts.values()):
            return
        if len(colleague.conflicts) >= MOST:
            raise TooManyConflicts
        colleague.trigger_event(ConflictDeclared, conflict_id=self.id, about=self.about, kind=kind)


class LiftConflict(StaffRequest):
    """It is no conflict any more, or never was; a lead or the director says so, never about themselves or who gave them that role."""

    ASKS_WHO_GAVE_THE_HAT = True

    conflict_id: UUID
    """Which conflict."""

    def decide(self, colleague: Colleague, asked: Asked) -> None:
        if asked.is_about_oneself(colleague.person):
            raise NobodyLiftsTheirOwnConflict
        if asked.by not in LIFTS:
            raise OnlyALeadLiftsAConflict
        if asked.hat_from == colleague.person:
            raise NobodyChoosesWhoLifts
        if self.conflict_id not in colleague.conflicts:
            raise ConflictIsUnknown
        colleague.trigger_event(ConflictLifted, conflict_id=self.conflict_id)


def keep_out_of_both(colleague: Colleague, one: UUID, other: UUID) -> None:
    """What was joined is about the same people: whoever keeps out of one case keeps out of the other, for the same reason.

    It is no wish that could be one too many, and it stays when they are parted again, until somebody lifts it.
    """
    about = {conflict.about: (id, conflict.kind) for id, conflict in colleague.conflicts.items()}
    for kept, also in ((one, other), (other, one)):
        if kept in about and also not in about:
            id, kind = about[kept]
            colleague.trigger_event(ConflictDeclared, conflict_id=uuid5(id, str(also)), about=also, kind=kind)


class ConflictDeclared(Event):
    """Somebody keeps out of a home or a case from now on."""

    TOPIC = "colleague.conflict_declared"

    conflict_id: UUID
    about: UUID
    kind: str

    def apply(self, colleague: Colleague) -> None:
        colleague.conflicts[self.conflict_id] = Conflict(self.about, self.kind)


class ConflictLifted(Event):
    """And does not any longer."""

    TOPIC = "colleague.conflict_lifted"

    conflict_id: UUID

    def apply(self, colleague: Colleague) -> None:
        colleague.conflicts.pop(self.conflict_id, None)
