"""What comments and pages point to is there: sections, stories, branches, deadlines, decisions, and files."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path

import pytest

from shared.words.code import Code
from shared.words.vocabulary.case import Category, Outcome
from shared.words.vocabulary.observation import Severity, Signal
from shared.words.vocabulary.referral import RECIPIENTS

ROOT = Path(__file__).parents[2]
PAGES = ("domain.md", "design.md")
READ = {".py", ".md", ".html", ".sql", ".yaml", ".yml", ".json", ".js", ".css", ".toml", ""}
"""Kinds of files in which somebody may point to something; the last one is for the Makefile and its like."""
NOT_OURS = {"package-lock.json", Path(__file__).name}
"""Nobody's prose, and this file, which plants what is not there."""
NEAR = 60
"""So many characters after the name of a page, a section is still one of that page."""

POINTER = re.compile(
    r"(?P<page>\b(?:domain|design)\.md)"
    r"|(?P<foreign>\bRFC \d+)"
    r"|(?<!§)§(?P<first>\d+(?:\.\d+)?)(?:[–-](?P<last>\d+(?:\.\d+)?))?"
)
"""Ours are written `§1.8`; a law's have a space: `§ 83`."""
STORY = re.compile(r"(?<![\w/.-])(?:S|FB)\d{1,2}(?!\w)")
DEADLINE_OR_PERSON = re.compile(r"(?<![\w/.-])[DP]\d{1,2}(?!\w)")
PAGE_NAME = re.compile(r"(?<![\w*])[A-Za-z0-9_-]+\.md\b")
LINK = re.compile(r"\]\((?!https?:|mailto:)([^)#\s]*)(?:#([^)\s]+))?\)")
DECISION = re.compile(r"\bdecision (\d{4})\b", re.IGNORECASE)


@cache
def everything() -> tuple[Path, ...]:
    """Every file of ours; what is made or fetched is left out, and not even walked through."""
    found: list[Path] = []
    for folder, folders, names in os.walk(ROOT):
        folders[:] = [each for each in folders if not each.startswith(".") and each not in ("node_modules", "target", "__pycache__")]
        found += [Path(folder) / name for name in names if name not in NOT_OURS]
    return tuple(sorted(found))


def files(*kinds: str) -> Iterator[Path]:
    """Every file of ours of these kinds."""
    return (file for file in everything() if file.suffix in kinds)


@cache
def read(*kinds: str) -> tuple[tuple[Path, str], ...]:
    """Those files with what they say."""
    return tuple((file, file.read_text(encoding="utf-8")) for file in files(*kinds))


@cache
def numbered(page: str) -> frozenset[str]:
    """What can be pointed to in a page: numbers of headings, codes at the head of a heading or a row, and items of a numbered list."""
    found: set[str] = set()
    section = ""
    for line in (ROOT / "docs" / page).read_text(encoding="utf-8").splitlines():
        if heading := re.match(r"#+ (\d+(?:\.\d+)?|[A-Z]+\d+)\.? ", line):
            section = heading[1]
            found.add(section)
        elif item := re.match(r"(\d+)\. ", line):
            found.add(f"{section}.{item[1]}")
        elif row := re.match(r"\| ([A-Z]+\d+) \|", line):
            found.add(row[1])
    return frozenset(found)


def missing_sections(text: str, *, page: str = "") -> list[str]:
    """Sections a text points to that are not there; `page` is the one the text itself stands in."""
    missing = []
    named, named_at = "", -NEAR
    for found in POINTER.finditer(text):
        if found["page"] or found["foreign"]:
            named, named_at = found["page"] or "", found.end()
            continue
        if found.start() - named_at > NEAR:
            named = page
        if named:
            missing += [f"{named} §{each}" for each in ends_of(found["first"], found["last"]) if each not in numbered(named)]
            named_at = found.end()
    return missing


def ends_of(first: str, last: str | None) -> list[str]:
    """`3.3–4` are 3.3 and 3.4."""
    if last is None:
        return [first]
    return [first, last if "." in last or "." not in first else f"{first.split('.')[0]}.{last}"]


def missing_stories(text: str) -> list[str]:
    """Stories and branches that nobody tells, and deadlines and people beside a mention of domain.md that it does not have."""
    pointed = set(STORY.findall(text))
    for line in text.splitlines():
        _, mentioned, after = line.partition("domain.md")
        pointed |= set(DEADLINE_OR_PERSON.findall(after)) if mentioned else set()
    return sorted(pointed - numbered("domain.md"))


def test_what_files_point_to_is_in_the_documents() -> None:
    missing = {}
    for file, text in read(*READ):
        page = file.name if file.parent == ROOT / "docs" and file.name in PAGES else ""
        missing[str(file.relative_to(ROOT))] = [*missing_sections(text, page=page), *missing_stories(text)]
    assert len(missing) > 300
    assert {file: what for file, what in missing.items() if what} == {}


def test_decisions_and_pages_that_are_named_exist() -> None:
    decisions = {each.name[:4] for each in (ROOT / "docs" / "decisions").iterdir()}
    pages = {each.name for each in files(".md")}
    for file, text in read(*READ):
        assert set(DECISION.findall(text)) <= decisions, file
        assert set(PAGE_NAME.findall(text)) <= pages, file


def test_links_in_pages_lead_somewhere() -> None:
    for file, text in read(".md"):
        for path, anchor in LINK.findall(text):
            target = (file.parent / path).resolve() if path else file
            assert target.exists(), f"{file}: {path} is not there"
            assert not anchor or anchor in anchors(target), f"{file}: {target.name} has no heading #{anchor}"


@pytest.mark.parametrize(
    ("section", "listed"),
    [
        ("1.4", Signal),
        ("1.5", Category),
        ("1.6", Severity),
        ("1.7", RECIPIENTS),
        ("4.3", Outcome),
    ],
)
def test_the_codes_of_the_field_are_those_of_the_vocabulary(section: str, listed: Iterable[Code]) -> None:
    text = (ROOT / "docs" / "domain.md").read_text(encoding="utf-8")
    told = re.search(rf"^#+ {re.escape(section)} .*\n([^#]*)", text, re.MULTILINE)
    assert told
    assert sorted(re.findall(r"`([a-z._]+)`", told[1])) == sorted(code.value for code in listed)


def test_the_words_of_the_machinery_are_in_the_code_and_explained_once() -> None:
    rows = re.findall(r"^\| (?!word \||---)(.+?) \| (.+?) \|", (ROOT / "docs" / "words.md").read_text(encoding="utf-8"), re.MULTILINE)
    explained = [word for word, _ in rows]
    assert len(explained) > 50
    assert len(explained) == len(set(explained))
    names = {name for _, called in rows for name in re.findall(r"`([\w.]+)`", called)}
    assert {name for name in names if not any(is_written(name, text) for _, text in read(".py", ".sql"))} == set()


def is_written(word: str, text: str) -> bool:
    """Whether a text has this word, and not only a longer one."""
    return word in text and re.search(rf"\b{re.escape(word)}\b", text) is not None


def anchors(page: Path) -> set[str]:
    """The addresses of a page's headings, as they are shown by those who host it."""
    headings = re.findall(r"^#+ (.+)$", page.read_text(encoding="utf-8"), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}


@pytest.mark.parametrize(
    ("text", "missing"),
    [
        ("as it must be (domain.md §1.8 D9)", []),
        ("two of them (design.md §3.3–4)", []),
        ("nowhere (design.md §3.99)", ["design.md §3.99"]),
        ("one there, one not (domain.md §2.2, §2.77)", ["domain.md §2.77"]),
        ("the law's own (almenlejeloven § 83(2)), and a foreign one (RFC 5321 §4.2.1)", []),
    ],
)
def test_a_section_that_is_not_there_is_found(text: str, missing: list[str]) -> None:
    assert missing_sections(text) == missing


def test_a_story_that_nobody_tells_is_found() -> None:
    assert missing_stories("S1, FB11 and S10") == []
    assert missing_stories("S21 and FB13 and domain.md §1.8 D99") == ["D99", "FB13", "S21"]


def test_no_change_is_told_twice() -> None:
    told = re.findall(r"(?ms)^- (.*?)(?=^- |^#|\Z)", (ROOT / "CHANGELOG.md").read_text(encoding="utf-8"))
    assert len(told) > 100
    assert [each[:80] for each in set(told) if told.count(each) > 1] == []
