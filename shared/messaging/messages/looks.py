"""What every service tells of each look: who looked, as what, why, at which matter; never anything that was seen (decision 0037)."""

from __future__ import annotations

from typing import Annotated, ClassVar
from uuid import UUID

from pydantic import Field

from shared.messaging.message import Message
from shared.words.vocabulary.people import Look, Purpose, Relation

LookCode = Annotated[
    str, Field(description="What they looked at. More codes may come.", json_schema_extra={"examples": [look.value for look in Look]})
]
PurposeCode = Annotated[
    str, Field(description="Why. More codes may come.", json_schema_extra={"examples": [purpose.value for purpose in Purpose]})
]
RelationCode = Annotated[
    str,
    Field(
        description="What whoever looked has to do with it. More codes may come.",
        json_schema_extra={"examples": [relation.value for relation in Relation]},
    ),
]


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
    on_behalf_of: Annotated[str, Field(description="Whom they stood in for: an opaque staff id; empty otherwise.")] = ""
    selection: Annotated[str, Field(description="What they chose to see: periods and codes; empty where there is nothing to choose.")] = ""


MESSAGES: tuple[type[Message], ...] = (Looked,)
