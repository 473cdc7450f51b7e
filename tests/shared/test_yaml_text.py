"""YAML says the same whoever reads it, and its mistakes are named where they are."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from shared.ground.yaml_text import NumberIsTwo, composed, loaded

PROCEDURE = Path(__file__).parents[2] / "local" / "demo" / "bakkegaarden" / "procedure.yaml"


def test_a_procedure_says_the_same_in_python_and_in_c() -> None:
    text = PROCEDURE.read_text(encoding="utf-8")
    assert loaded(text) == yaml.safe_load(text)


def test_every_node_has_its_line() -> None:
    node = composed("a: 1\nb:\n  c: 2\n")
    assert isinstance(node, yaml.MappingNode)
    assert [key.start_mark.line for key, _ in node.value] == [0, 1]


@pytest.mark.parametrize(("text", "line"), [("version: [", 0), ("a: 1\nb: {", 1), ("a: 'x", 0)])
def test_a_mistake_is_where_it_was_begun(text: str, line: int) -> None:
    with pytest.raises(yaml.MarkedYAMLError) as refused:
        composed(text)
    assert refused.value.problem_mark is not None
    assert refused.value.problem_mark.line == line


@pytest.mark.parametrize("number", ["015", "-007", "0x1f", "0b11", "12:30", "1:2:3", "0_1"])
def test_a_number_that_yaml_reads_as_another_is_refused_with_its_place_and_a_text_is_not(number: str) -> None:
    for text in (f"a: 1\nb: {number}\n", f"a: 1\nb: [{number}]\n"):
        with pytest.raises(NumberIsTwo) as refused:
            composed(text)
        assert refused.value.problem_mark is not None
        assert refused.value.problem_mark.line == 1
    assert composed(f"a: '{number}'\nb: {number} stk.\nc: 0\nd: 10\ne: 2026-01-01\nf: 70 00 01 04\n") is not None


@pytest.mark.parametrize("text", ["!!python/object/apply:os.getcwd []", "!!python/name:os.getcwd"])
def test_nothing_is_done_that_a_text_asks_for(text: str) -> None:
    with pytest.raises(yaml.YAMLError):
        loaded(text)
