"""What every service tells of each look: who looked, as what, why, at which matter; never anything that was seen (decision 0037)."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Annotated, Any, ClassVar
from uuid import UUID

from pydantic import Field

from shared.messaging.message import ID_OR_CODE, Message
from shared.words.vocabulary.people import Look, Purpose, Relation

MOST_CHOSEN = 1000
CHOSEN = r"^([!-~]{1,120}( [!-~]{1,120})*)?$"
CODE = r"^[a-z0-9_]{0,64}$"


def _code(description: str, codes: Iterable[str]) -> Any:
    return Field(description=f"{description} More codes may come.", pattern=CODE, json_schema_extra={"examples": list(map(str, codes))})


LookCode = Annotated[str, _code("What they looked at.", Look)]
PurposeCode = Annotated[str, _code("Why.", Purpose)]
RelationCode = Annotated[str, _code("What whoever looked has to do with it.", Relation)]


class Looked(Message):
    """Somebody looked. Who, in which role and when stands in the envelope; its subject is the look itself, and leads to nobody."""

    TYPE: ClassVar[str] = "dk.brobygger.looks.looked.v1"
    TOPIC: ClassVar[str] = "brobygger.looks"
    SAID_BY_ALL: ClassVar[bool] = True

    look: LookCode
    purpose: PurposeCode
    relation: RelationCode
    about: Annotated[
        UUID | None, Field(description="The matter, by its own id, which leads to nobody; null where it was about the association.")
    ]
    on_behalf_of: Annotated[
        str, Field(pattern=f"^({ID_OR_CODE.pattern})$", description="Whom they stood in for: an opaque staff id; empty otherwise.")
    ] = ""
    selection: Annotated[
        str,
        Field(
            max_length=MOST_CHOSEN,
            pattern=CHOSEN,
            description="What they chose to see: periods and codes; empty where there is nothing to choose.",
        ),
    ] = ""


MESSAGES: tuple[type[Message], ...] = (Looked,)
