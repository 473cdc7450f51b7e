"""Models whose fields are described by the words that stand below them in the code.

Pydantic can do the same (`use_attribute_docstrings`), but looks for the words of every class while it is made; here they are looked
for when somebody asks for a schema, which few processes ever are.
"""

from __future__ import annotations

import ast
import inspect
import sys
from functools import cache
from itertools import pairwise
from typing import Any

from pydantic import BaseModel, GetJsonSchemaHandler
from pydantic_core import CoreSchema


class Described(BaseModel):
    """A model whose schema says of each field what stands below it."""

    @classmethod
    def __get_pydantic_json_schema__(cls, core_schema: CoreSchema, handler: GetJsonSchemaHandler, /) -> dict[str, Any]:
        schema = handler(core_schema)
        properties = handler.resolve_ref_schema(schema).get("properties", {})
        for name, words in cls.field_words().items():
            if name in properties:
                properties[name].setdefault("description", words)
        return schema

    @classmethod
    def field_words(cls) -> dict[str, str]:
        """The words below its fields, by the name of the field."""
        return words_below(cls)


@cache
def words_below(model: type[Any]) -> dict[str, str]:
    """The words below the fields of a class and of those it is made from, by the name of the field."""
    found: dict[str, str] = {}
    for kind in reversed(model.__mro__):
        found |= _of_module(kind.__module__).get(kind.__qualname__, {}) if issubclass(kind, Described) else {}
    return found


@cache
def _of_module(name: str) -> dict[str, dict[str, str]]:
    """The same of every class of a module, by the name of the class."""
    tree = ast.parse(inspect.getsource(sys.modules[name]))
    return {kind.name: dict(_of_class(kind)) for kind in tree.body if isinstance(kind, ast.ClassDef)}


def _of_class(kind: ast.ClassDef) -> list[tuple[str, str]]:
    found = []
    for field, below in pairwise(kind.body):
        match field, below:
            case ast.AnnAssign(target=ast.Name(id=name)), ast.Expr(value=ast.Constant(value=str(words))):
                found.append((name, " ".join(inspect.cleandoc(words).split())))
    return found
