"""What stands below a field in the code is what its schema says of it."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from shared.ground.described import Described


class Parent(Described):
    """A model."""

    first: str
    """The first,
    on two lines."""


class Child(Parent):
    """Another one, with fields of its own."""

    second: Annotated[int, Field(description="Said by its type.")]
    """Not said twice."""
    third: Parent | None = None
    """The third."""
    fourth: bool = False

    @property
    def fifth(self) -> str:
        """No field."""
        return ""


def test_a_field_is_described_by_the_words_below_it_unless_its_type_says_what_it_is() -> None:
    schema = Child.model_json_schema()
    described = {name: said.get("description") for name, said in schema["properties"].items()}
    assert described == {"first": "The first, on two lines.", "second": "Said by its type.", "third": "The third.", "fourth": None}
    assert schema["$defs"]["Parent"]["properties"]["first"]["description"] == "The first, on two lines."
