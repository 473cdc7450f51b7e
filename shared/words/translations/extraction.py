"""Finds every Danish sentence that people are shown: in templates, marked in code, and said by refusals."""

from __future__ import annotations

import ast
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import chain
from pathlib import Path

from babel.messages.extract import extract

ROOT = Path(__file__).parents[3]
KEYWORDS = {"_": None, "gettext": None, "ngettext": (1, 2)}
OPTIONS = {"trimmed": "true", "silent": "false", "trim_blocks": "true", "lstrip_blocks": "true", "newstyle_gettext": "true"}


@dataclass(frozen=True, slots=True)
class Found:
    """A sentence, and the file it stands in; a plural has two forms."""

    sentence: str | tuple[str, str]
    file: str


def sentences(root: Path = ROOT) -> list[Found]:
    """Every sentence of the repository's pages, in the order of the files."""
    python = sorted(chain((root / "shared").rglob("*.py"), (root / "services").rglob("*.py")))
    templates = sorted(chain((root / "shared").rglob("templates/**/*.html"), (root / "services").rglob("templates/**/*.html")))
    trees = {file: ast.parse(file.read_text(encoding="utf-8")) for file in python}
    found = [
        *(Found(sentence, _name(file, root)) for file in templates for sentence in _in_template(file)),
        *(Found(sentence, _name(file, root)) for file, tree in trees.items() for sentence in _marked(tree)),
        *(Found(sentence, _name(file, root)) for file, sentence in _said_by_refusals(trees)),
    ]
    return [one for one in found if one.sentence]


def _name(file: Path, root: Path) -> str:
    return file.relative_to(root).as_posix()


def _in_template(file: Path) -> Iterator[str | tuple[str, str]]:
    with file.open("rb") as content:
        for _, message, _, _ in extract("jinja2.ext:babel_extract", content, keywords=KEYWORDS, options=OPTIONS):
            yield (message[0], message[1]) if isinstance(message, tuple) else message


def _marked(tree: ast.Module) -> Iterator[str]:
    """What stands in `marked("…")`."""
    for node in ast.walk(tree):
        match node:
            case ast.Call(func=ast.Name(id="marked"), args=[ast.Constant(value=str(sentence))]):
                yield sentence


def _said_by_refusals(trees: dict[Path, ast.Module]) -> Iterable[tuple[Path, str]]:
    """The docstring and the next step of every subclass of `Refusal`, however far down."""
    classes = [(file, node) for file, tree in trees.items() for node in ast.walk(tree) if isinstance(node, ast.ClassDef)]
    refusals = {"Refusal"}
    while more := {node.name for _, node in classes if node.name not in refusals and _bases(node) & refusals}:
        refusals |= more
    for file, node in classes:
        if node.name in refusals and node.name != "Refusal":
            yield file, " ".join((ast.get_docstring(node) or "").split())
        for inner in ast.walk(node) if node.name in refusals else ():
            match inner:
                case ast.Assign(targets=[ast.Name(id="next_step")], value=ast.Constant(value=str(step))):
                    yield file, step
                case ast.AnnAssign(target=ast.Name(id="next_step"), value=ast.Constant(value=str(step))):
                    yield file, step
                case ast.keyword(arg="next_step", value=ast.Constant(value=str(step))):
                    yield file, step


def _bases(node: ast.ClassDef) -> set[str]:
    return {base.id if isinstance(base, ast.Name) else base.attr for base in node.bases if isinstance(base, (ast.Name, ast.Attribute))}
