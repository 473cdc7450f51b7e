"""What a resident asks for who wants to be called."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID, uuid5

from shared.ground.errors import Refusal
from shared.ground.text_input import free_text
from shared.words.callback import CallBack, read_call_back
from shared.words.vocabulary.beginning import PreferredTime

WISHES = UUID("5e0b6f4c-2a55-5c1b-9d0c-7a1f2e6b8c31")
"""The namespace of wishes: an id that comes from outside never is the id of anything that is here. It never changes."""

WITHIN = timedelta(days=1)
MOST_A_DAY = 3
"""So many wishes of one number within a day are taken in, where each says something else."""

MOST_OF_A_NAME = 80
MOST_OF_A_PLACE = 120
MOST_OF_WORDS = 300

_DANISH = re.compile(r"\d{8}")
_FOREIGN = re.compile(r"(?:\+|00)\d{7,15}")
_BETWEEN = re.compile(r"[\s().-]")


class PhoneIsMissing(Refusal):
    """Skriv dit telefonnummer, så vi kan ringe."""

    field = "phone"
    next_step = "Otte cifre, eller begynd med + og landekoden. Skriv aldrig dit CPR-nummer."


class PlaceIsMissing(Refusal):
    """Skriv, hvor du bor."""

    field = "place"
    next_step = "Vejen eller navnet på afdelingen er nok."


class TimeIsUnknown(Refusal):
    """Vælg, hvornår vi må ringe."""

    field = "time"
    next_step = "Er det lige meget, så vælg »Når som helst på hverdage«."


class ItIsTooLong(Refusal):
    """Det er for langt."""

    next_step = "Skriv det kortere. Resten kan du fortælle, når vi ringer."


@dataclass(frozen=True, kw_only=True, slots=True)
class Wish:
    """As somebody sent it."""

    id: UUID
    name: str
    phone: str
    place: str
    time: str
    words: str

    @property
    def concern_id(self) -> UUID:
        """The id of what becomes of it; sent twice it is one."""
        return uuid5(WISHES, str(self.id))

    def as_kept(self) -> Wish:
        """The same as it may be kept; refuses what could not be called back."""
        phone = _BETWEEN.sub("", free_text(self.phone, field="phone"))
        if not (_DANISH.fullmatch(phone) or _FOREIGN.fullmatch(phone)):
            raise PhoneIsMissing
        place = _line(self.place, "place", MOST_OF_A_PLACE)
        if not place:
            raise PlaceIsMissing
        if self.time not in set(PreferredTime):
            raise TimeIsUnknown
        words = free_text(self.words, field="words")
        if len(words) > MOST_OF_WORDS:
            raise ItIsTooLong(field="words")
        return Wish(id=self.id, name=_line(self.name, "name", MOST_OF_A_NAME), phone=phone, place=place, time=self.time, words=words)

    def told(self) -> str:
        """All of it in the words of the concern, where it is sealed: whoever calls back reads it there."""
        return CallBack(phone=self.phone, name=self.name, when=PreferredTime(self.time).label.da, words=self.words).written()

    def is_said_already(self, before: Iterable[str]) -> bool:
        """Whether what the same number asked for within a day says it: somebody who asks again is one, and nobody is told of it.

        Other words are other words, for they may be the ones that matter; but only so often, or one number fills the queue.
        """
        same = [earlier for told in before if (earlier := read_call_back(told)) and _national(earlier.phone) == _national(self.phone)]
        return bool(same) and (not self.words or self.words in {earlier.words for earlier in same} or len(same) >= MOST_A_DAY)


def _national(phone: str) -> str:
    """A number without the country, where that is Denmark."""
    return re.sub(r"^(\+|00)45(?=\d{8}$)", "", phone)


def _line(text: str, field: str, at_most: int) -> str:
    plain = " ".join(free_text(text, field=field).split())
    if len(plain) > at_most:
        raise ItIsTooLong(field=field)
    return plain
