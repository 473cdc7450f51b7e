"""Whatever is written into a form can be sent, and kept when the sign-in ran out: nobody meets the bound of a request."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

from shared.web.kept import FORM_LIMIT, KEPT_AT_MOST

ROOT = Path(__file__).parents[2]
TEMPLATES = sorted(path for folder in ("services", "shared") for path in (ROOT / folder).rglob("templates/**/*.html"))
MACROS = ROOT / "shared" / "web" / "templates" / "forms.html"

SENT, KEPT = len("%E2%82%AC"), len("€".encode())
"""Bytes of the letter that takes most, in a form that is sent and in one that is kept: an emoji is two to the browser that counts."""
WORDS, LINE = (int(re.search(pattern, MACROS.read_text(encoding="utf-8"))[1]) for pattern in (r"_longest = (\d+)", r'"maxlength": (\d+)'))  # type: ignore[index]
BESIDE = 32 * 1024
"""What else a form has: ids, who opened it, what was ticked, and where it is (`place_fields.html`)."""

FORM = re.compile(r"<form\b[^>]*method=\"post\".*?</form>", re.DOTALL)
AREA = re.compile(r"<textarea\b[^>]*>")
BOUND = re.compile(r'maxlength="(\d+)"|"maxlength": (\d+)')
TYPED = re.compile(r'<input\b[^>]*type="(?:text|search|email|tel)"[^>]*>')


def bound_of(written: str) -> int | None:
    found = BOUND.search(written)
    return int(found[1] or found[2]) if found else None


def letters(template: str) -> int:
    """How many letters the fields of a template take together."""
    macros = re.findall(r"\{\{ (textarea|text)\(form, (.*?)\) \}\}", template)
    return sum(bound_of(area) or 0 for area in (*AREA.findall(template), *TYPED.findall(template))) + sum(
        WORDS if macro == "textarea" else bound_of(inside) or LINE for macro, inside in macros
    )


@pytest.mark.parametrize("path", [path for path in TEMPLATES if path != MACROS], ids=lambda path: path.name)
def test_what_a_form_takes_can_be_sent_and_kept(path: Path) -> None:
    template = path.read_text(encoding="utf-8")
    # Of several forms with fields of their own on a page one is sent; where there is only one, its fields may be drawn before it.
    forms = [form for form in FORM.findall(template) if letters(form)]
    for most in map(letters, forms if len(forms) > 1 else [template]):
        assert most * SENT + BESIDE <= FORM_LIMIT
        assert most * KEPT + BESIDE <= KEPT_AT_MOST


@pytest.mark.parametrize("path", [path for path in TEMPLATES if path != MACROS], ids=lambda path: path.name)
def test_every_field_that_takes_words_has_a_bound(path: Path) -> None:
    template = path.read_text(encoding="utf-8")
    fields = AREA.findall(template) + [field for form in FORM.findall(template) for field in TYPED.findall(form)]
    assert [field for field in fields if bound_of(field) is None] == []


def read_outside(route: ast.AsyncFunctionDef) -> set[int]:
    """The lines of a route where a form is read that could not be shown again: for another language, another person, a new sign-in."""
    beside = {
        id(each)
        for block in ast.walk(route)
        if isinstance(block, ast.AsyncWith) and "refusals_beside" in ast.unparse(block.items[0])
        for each in ast.walk(block)
    }
    return {
        call.lineno
        for call in ast.walk(route)
        if isinstance(call, ast.Call) and id(call) not in beside and "form.read" in ast.unparse(call.func)
    }


@pytest.mark.parametrize(
    "path",
    [path for path in sorted(ROOT.glob("services/**/*.py")) if "pages.post(" in path.read_text(encoding="utf-8")],
    ids=lambda path: path.parent.name,
)
def test_a_form_is_read_where_it_can_be_shown_again(path: Path) -> None:
    routes = [each for each in ast.walk(ast.parse(path.read_text(encoding="utf-8"))) if isinstance(each, ast.AsyncFunctionDef)]
    posted = [route for route in routes if any("pages.post(" in ast.unparse(each) for each in route.decorator_list)]
    assert posted
    assert {(route.name, line) for route in posted for line in read_outside(route)} == set()
