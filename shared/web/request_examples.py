"""An example of a request: what its service says of it, with invented ids; the same every time."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, get_args
from uuid import UUID, uuid5

from pydantic import BaseModel

EXAMPLES = UUID("6b0d2f0e-8a0c-5a55-9f6e-1c7a3b5d9e21")


def example_of(model: type[BaseModel], said: Mapping[str, Any]) -> dict[str, Any] | None:
    """The body of an example: what is said, and the ids that are asked for; `None` where something else would be missing."""
    ids = {
        name: str(uuid5(EXAMPLES, model.__name__ if name == "id" else name))
        for name, field in model.model_fields.items()
        if UUID in {field.annotation, *get_args(field.annotation)} and field.is_required() and name not in said
    }
    missing = {name for name, field in model.model_fields.items() if field.is_required()} - {*ids, *said}
    return None if missing else {**ids, **said}
