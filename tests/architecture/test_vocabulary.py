"""There is one vocabulary: no list of codes is written a second time."""

from __future__ import annotations

import ast
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
import yaml
from jinja2 import Environment, nodes

from tests.support.vocabulary import LISTS

ROOT = Path(__file__).parents[2]
VOCABULARY = ROOT / "shared" / "words" / "vocabulary"
CODES = {listed: frozenset(code.value for code in listed) for listed in LISTS}
ENOUGH = 3
"""So many codes of one list in one place, and most of the place, are a second list; fewer are a few codes that are named."""

IN_SQL = re.compile(r"[(\[]\s*('[\w.]+'(?:\s*,\s*'[\w.]+')+)\s*[)\]]")
TEMPLATES = Environment(extensions=["jinja2.ext.i18n"])


@dataclass(frozen=True, slots=True)
class Written:
    """Words that stand together in one place; names of fields are a list only when all of its codes are among them."""

    line: int
    words: frozenset[str]
    are_fields: bool = False


def second_lists(found: Iterable[Written]) -> Iterator[str]:
    """The places that spell a list of the vocabulary."""
    for place in found:
        if len(place.words) < ENOUGH:
            continue
        for listed, all_codes in CODES.items():
            codes = place.words & all_codes
            enough = len(listed) if place.are_fields else ENOUGH
            if len(codes) >= max(enough, ENOUGH) and 2 * len(codes) > len(place.words):
                yield f"line {place.line} spells {len(codes)} codes of {listed.__name__}: {', '.join(sorted(codes))}"


def in_python(source: str) -> Iterator[Written]:
    """Literal tuples, lists, sets, keys, alternatives and fields, the values of an enumeration, and lists inside SQL."""
    for node in ast.walk(ast.parse(source)):
        match node:
            case ast.Tuple(elts=parts) | ast.List(elts=parts) | ast.Set(elts=parts):
                yield Written(node.lineno, _texts(parts))
            case ast.Dict(keys=keys):
                yield Written(node.lineno, _texts(keys))
            case ast.MatchOr(patterns=patterns):
                yield Written(node.lineno, _texts(pattern.value for pattern in patterns if isinstance(pattern, ast.MatchValue)))
            case ast.Call(keywords=keywords, func=ast.Name(id="dict")):
                yield Written(node.lineno, frozenset(keyword.arg for keyword in keywords if keyword.arg))
            case ast.ClassDef(body=body):
                yield Written(node.lineno, _texts(part.value for part in body if isinstance(part, ast.Assign)))
                fields = [part.target for part in body if isinstance(part, ast.AnnAssign)]
                yield Written(node.lineno, frozenset(field.id for field in fields if isinstance(field, ast.Name)), are_fields=True)
            case ast.Constant(value=str(text)):
                yield from in_sql(text, line=node.lineno)


def in_sql(text: str, *, line: int = 0) -> Iterator[Written]:
    """`in ('a', 'b', 'c')` and `array['a', 'b', 'c']`."""
    for found in IN_SQL.finditer(text):
        yield Written(line or text.count("\n", 0, found.start()) + 1, frozenset(re.findall(r"'([\w.]+)'", found.group(1))))


def in_template(source: str) -> Iterator[Written]:
    """Literal lists, tuples and keys."""
    for node in TEMPLATES.parse(source).find_all((nodes.List, nodes.Tuple, nodes.Dict)):
        parts = [pair.key for pair in node.items] if isinstance(node, nodes.Dict) else node.items  # type: ignore[attr-defined]
        yield Written(node.lineno, frozenset(part.value for part in parts if isinstance(part, nodes.Const) and isinstance(part.value, str)))


def in_yaml(source: str) -> Iterator[Written]:
    """Lists and keys."""
    waiting = [yaml.compose(source, Loader=yaml.SafeLoader)]
    while waiting:
        match waiting.pop():
            case yaml.MappingNode(value=pairs, start_mark=mark):
                yield Written(mark.line + 1, frozenset(str(key.value) for key, _ in pairs))
                waiting += [value for _, value in pairs]
            case yaml.SequenceNode(value=parts, start_mark=mark):
                yield Written(mark.line + 1, frozenset(str(part.value) for part in parts if isinstance(part, yaml.ScalarNode)))
                waiting += parts


def _texts(parts: Iterable[object]) -> frozenset[str]:
    return frozenset(part.value for part in parts if isinstance(part, ast.Constant) and isinstance(part.value, str))


READERS: dict[str, Callable[[str], Iterator[Written]]] = {
    ".py": in_python,
    ".html": in_template,
    ".txt": in_template,
    ".sql": in_sql,
    ".yaml": in_yaml,
}
AS_AN_ASSOCIATION_WRITES_IT = {ROOT / "services/cases/procedure/example.yaml"}
"""Data like any procedure: it is read, and refused where it names a code there is not (`test_reactions.py` adopts it)."""
FILES = [
    file
    for top in ("shared", "services")
    for file in sorted((ROOT / top).rglob("*"))
    if file.suffix in READERS and VOCABULARY not in file.parents and file not in AS_AN_ASSOCIATION_WRITES_IT
]


def test_no_list_of_codes_is_written_a_second_time() -> None:
    assert [
        f"{file.relative_to(ROOT)}: {place}"
        for file in FILES
        for place in second_lists(READERS[file.suffix](file.read_text(encoding="utf-8")))
    ] == []


@pytest.mark.parametrize(
    ("suffix", "source"),
    [
        (".py", 'SERIOUS = ("acute", "high", "medium")'),
        (".py", 'def f(way: Literal["phone", "visit", "sms"]) -> None: ...'),
        (".py", 'DAYS = {"acute": 1, "high": 2, "medium": 14, "low": 30}'),
        (".py", "DAYS = dict(acute=1, high=2, medium=14, low=30)"),
        (".py", 'class Target(StrEnum):\n    A = "gp"\n    B = "volunteer"\n    C = "mediation"\n    D = "municipal.job_centre"'),
        (".py", "class Days:\n    acute: int\n    high: int\n    medium: int\n    low: int"),
        (".py", 'match step:\n    case "see" | "triage" | "dismiss":\n        pass'),
        (".py", "rows.fetch(\"select 1 where status in ('raised', 'triaged', 'open')\")"),
        (".html", '{% for code in ["acute", "high", "medium", "low"] %}{{ code }}{% endfor %}'),
        (".html", '{% set words = {"granted": 1, "declined": 2, "not_able": 3} %}'),
        (".sql", "check (outcome in ('moved', 'deceased', 'evicted'))"),
        (".yaml", "steps:\n  see: [a]\n  triage: [a]\n  note: [a]"),
        (".yaml", "roles: [caretaker, social_lead, auditor]"),
    ],
)
def test_a_second_list_is_seen(suffix: str, source: str) -> None:
    assert list(second_lists(READERS[suffix](source)))


@pytest.mark.parametrize(
    ("suffix", "source"),
    [
        (".py", "SERIOUS = (Severity.ACUTE, Severity.HIGH, Severity.MEDIUM)"),
        (".py", 'SERIOUS = ("acute", "high")'),
        (".py", "class Look:\n    handler: str\n    observer: str\n    association: str"),
        (".py", 'ADDRESSES = {"triage": 1, "contact": 2, "note": 3, "opening": 4, "closing": 5, "referral": 6, "answer": 7}'),
        (".html", '{% if severity in ("acute", "high") %}!{% endif %}'),
    ],
)
def test_a_few_codes_and_other_lists_are_no_second_list(suffix: str, source: str) -> None:
    assert not list(second_lists(READERS[suffix](source)))


def test_every_list_is_looked_for() -> None:
    assert {"Step", "Target", "Severity", "Milestone", "Channel", "Answer", "Basis", "Outcome", "Signal", "Category", "Role"} <= {
        listed.__name__ for listed in LISTS
    }
    assert len(FILES) > 200
