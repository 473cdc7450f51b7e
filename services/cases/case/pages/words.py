"""What codes are called on the pages of a case, in the language of one reader."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from shared.ground.spoken import due_day, due_moment
from shared.ground.working_days import end_of_day, local_day
from shared.words.labels import hint, label
from shared.words.language import Language, marked, translated

PROTECTED = marked("Beskyttet adresse")
"""What is said wherever an address would stand that is shown to nobody."""


class Words:
    """Looks words up in one language; templates get it as `words`."""

    def __init__(self, language: Language) -> None:
        self.language = language

    def of(self, code: str, group: str) -> str:
        """What a code is called; an unknown one stays as it is."""
        return label(code, group, language=self.language)

    def say(self, sentence: str, **values: object) -> str:
        """A sentence that is `marked`."""
        return translated(sentence, self.language, values)

    def by(self, due: datetime) -> str:
        """Until when; a deadline that ends with the day is said as a day."""
        ends_with_the_day = due == end_of_day(local_day(due))
        return due_day(due, language=self.language) if ends_with_the_day else due_moment(due, language=self.language)

    def choices(self, group: str, codes: Iterable[str]) -> list[tuple[str, str, str]]:
        """What a form offers: code, name and explanation."""
        return [(str(code), self.of(code, group), hint(code, group, language=self.language)) for code in codes]
