"""What an association has agreed to publish: the file that its data protection officer adopts (decision 0033)."""

from __future__ import annotations

from hashlib import sha256
from typing import Annotated, Any, Final

import yaml
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from shared.ground.errors import Refusal
from shared.ground.yaml_text import NumberIsTwo, composed, keys_that_stand_twice, loaded
from shared.words.municipality import municipality_code
from shared.words.vocabulary.case import Outcome
from shared.words.vocabulary.figures import Kind

SMALLEST_ESTATE: Final = 20
"""Homes below which an estate never stands by itself: then it counts only in its municipality."""
LONGEST: Final = 60_000

Name = Annotated[str, Field(min_length=1, max_length=80)]


class PolicyIsNotUnderstood(Refusal):
    """Aftalen om tal kan ikke vedtages, for der er fejl i filen."""

    field = "text"


class EstateEntry(BaseModel):
    """An estate as the register of the association has it."""

    model_config = ConfigDict(extra="forbid")

    homes: Annotated[int, Field(ge=1, le=100_000)]
    name: Annotated[str, Field(max_length=80)] = ""


class Policy(BaseModel):
    """Which totals may be exact, from which size a share or a row is shown, what the association is measured against, and names."""

    model_config = ConfigDict(extra="forbid")

    version: Name
    association: Name
    exact_for_a_year: tuple[Outcome, ...] = ()
    """How cases ended, that a year of the whole association says exactly. They stand in no table then, and at no time before."""
    shares_from: Annotated[int, Field(ge=20, le=1000)] = 20
    """From how many on a share or a median is shown."""
    rates_from: Annotated[int, Field(ge=20, le=1000)] = 50
    """From how many on it is said how many there are for each hundred homes: of fewer, the rounding is too much."""
    rows_from: Annotated[int, Field(ge=10, le=1000)] = 10
    """Rows of fewer are put together."""
    targets: dict[Kind, Annotated[int, Field(ge=1, le=100)]] = {}
    """What share is to be in time, in per cent."""
    municipalities: dict[str, Name] = {}
    estates: dict[str, EstateEntry] = {}

    def municipality(self, code: str) -> str:
        """What a municipality is called, by whichever of its names the file has it; its code where it does not."""
        return next((name for key, name in self.municipalities.items() if municipality_code(key) == municipality_code(code)), code)

    @property
    def homes(self) -> int:
        return sum(estate.homes for estate in self.estates.values())

    def may_stand_alone(self, estate: str) -> bool:
        """Whether an estate is large enough to be shown; one that the file does not know is not."""
        return estate in self.estates and self.estates[estate].homes >= SMALLEST_ESTATE


def read_policy(text: str) -> Policy:
    """Read a policy that is to be adopted. Raises `PolicyIsNotUnderstood`, with each place and what is wrong there."""
    try:
        if len(text) > LONGEST or not isinstance(composed(text), yaml.MappingNode):
            raise PolicyIsNotUnderstood(next_step="Filen skal være felter som version og association, og højst 60.000 tegn.")
        if twice := next(keys_that_stand_twice(text), None):
            raise PolicyIsNotUnderstood(next_step=f"Linje {twice[1]}: {twice[0]} står to gange.")
        return Policy.model_validate(loaded(text))
    except (yaml.YAMLError, ValueError) as error:
        if isinstance(error, ValidationError):
            raise PolicyIsNotUnderstood(next_step=" ".join(_said(found) for found in error.errors(include_url=False)[:10])) from error
        if isinstance(error, NumberIsTwo) and error.problem_mark:
            line = error.problem_mark.line + 1
            raise PolicyIsNotUnderstood(next_step=f"Linje {line}: tallet kan læses på to måder; skriv det uden nul foran.") from error
        raise PolicyIsNotUnderstood(next_step="Filen er ikke gyldig YAML. Se efter indrykning, kolon og anførselstegn.") from error


def read_adopted(text: str) -> Policy:
    """Read a policy that was adopted; what nobody knows any more is passed over."""
    return Policy.model_validate(loaded(text), extra="ignore")


def digest_of(text: str) -> str:
    return sha256(text.encode()).hexdigest()


def _said(found: Any) -> str:
    sayings = {
        "missing": "mangler",
        "extra_forbidden": "kendes ikke her",
        "enum": "kendes ikke her",
        "greater_than_equal": "er for lille",
        "less_than_equal": "er for stor",
    }
    place = ".".join(str(part) for part in found["loc"] if part != "[key]")
    return f"{place}: {sayings.get(found['type'], 'har ikke den rigtige form')}."
