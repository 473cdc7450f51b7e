"""What may be written about a colleague, be it sent as JSON or typed into a form."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BeforeValidator, Field, StringConstraints, ValidationInfo
from pydantic_core import PydanticKnownError

from shared.ground.fields import FORM
from shared.ground.text_input import holds_cpr_number
from shared.privacy.staff_file import Email as PlainAddress
from shared.privacy.staff_file import Line, StaffId
from shared.privacy.staff_file import Phone as PlainNumber
from shared.words.code import one_of
from shared.words.vocabulary import people

ROLES = tuple(role for role in people.Role if role is not people.Role.SYSTEM)
"""What a person can be."""


def _names_nobody_else(text: str) -> str:
    if holds_cpr_number(text):
        raise PydanticKnownError("string_pattern_mismatch", {"pattern": "no CPR number"})
    return text


def _each(value: Any, info: ValidationInfo) -> Any:
    """A form has the estates in one field, with commas or blanks between; JSON as a list."""
    return [code for text in value for code in str(text).replace(",", " ").split()] if info.context == FORM else value


Name = Annotated[Line, AfterValidator(_names_nobody_else), Field(description="What people call them.")]
Email = Annotated[PlainAddress | Literal[""], Field(description="Where work mail reaches them.")]
Phone = Annotated[PlainNumber | Literal[""], AfterValidator(_names_nobody_else), Field(description="Where those who register can ring.")]
Id = Annotated[
    StaffId | Literal[""],
    AfterValidator(_names_nobody_else),
    Field(
        description="Opaque, and never changes. Made from the id of the request where none is named; named for who comes back, and for who"
        " has one in another association: `staff-`, what they do, and a number of four digits at most, or a UUID."
    ),
]
RoleCode = Annotated[str, StringConstraints(max_length=64), Field(description="What they are here.", json_schema_extra=one_of(ROLES))]
Estates = Annotated[
    tuple[Annotated[StaffId, Field(description="An estate, as its code.")], ...],
    BeforeValidator(_each),
    Field(max_length=500, description="Their own estates; none where the role is for the whole association."),
]
StandIn = Annotated[StaffId | Literal[""], Field(description="Who does meanwhile what they would do: the id of a colleague.")]
ConflictKind = Annotated[
    str, StringConstraints(max_length=64), Field(description="Why they keep out of it.", json_schema_extra=one_of(people.ConflictKind))
]
