"""What every request about a colleague is: who asks, when, and who else works here."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, ClassVar
from uuid import UUID

from pydantic import ConfigDict

from services.intake.staff.rules.refusals import LentHatManagesNobody
from shared.ground.described import Described
from shared.privacy.staff import Person
from shared.words.vocabulary.people import Role

if TYPE_CHECKING:
    from services.intake.staff.rules.colleague import Colleague


@dataclass(frozen=True, kw_only=True, slots=True)
class Asked:
    """Who asks, when, and who works here: all that a decision about a colleague is handed besides what is asked."""

    by: Role
    who: str
    """The opaque staff id."""
    at: datetime
    colleagues: Mapping[str, Person]
    """Everybody who works in this association."""
    for_whom: str = ""
    """Whom the one who asks stands in for."""
    hat_from: str = ""
    """Who gave the one who asks the hat they wear; known where the rule asks for it."""

    @property
    def keeps_out_of_something(self) -> bool:
        """Whether the one who asks has a conflict that nobody has lifted."""
        who = self.colleagues.get(self.who)
        return who is not None and bool(who.shut_from)

    def must_wear_own_hat(self) -> None:
        """Refuses everything about colleagues to who acts for somebody: a lent hat is for the work, not for who does it."""
        if self.for_whom:
            raise LentHatManagesNobody

    def is_about_oneself(self, person: str) -> bool:
        """Whether it is about the one who asks, or the one they stand in for."""
        return person in (self.who, self.for_whom)

    def others_with(self, role: Role, *, but: str) -> list[Person]:
        """Everybody else in a role."""
        return [one for one in self.colleagues.values() if role in one.roles and one.id != but]


class StaffRequest(Described):
    """Something that somebody asks about a colleague: its fields are the JSON body and the form, and `decide` is its rule."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    FOR_ONESELF: ClassVar[bool] = False
    """Whether everybody may ask it about themselves; the rest is for those who manage the staff."""

    id: UUID
    """Made by the one who asks: sent again, it is done once. Names what the request makes (an absence, a turn, a conflict)."""

    ASKS_WHO_GAVE_THE_HAT: ClassVar[bool] = False
    """Whether its rule needs to know who made the one who asks what they are."""

    def decide(self, colleague: Colleague, asked: Asked) -> None:
        """The rule: refuses, or lets something happen, or does nothing where it would be no news."""
        raise NotImplementedError
