"""Marks that say where a list goes on."""

from __future__ import annotations

import contextlib
from datetime import UTC, datetime
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shared.web.pagination import MOST_ROWS, PAGE_SIZE, CursorIsForged, Cursors, Keyset, limited

QUEUE = Cursors("a secret of the installation", list_name="queue")
ID = UUID("019c0000-0000-7000-8000-000000000001")
KEYSETS = st.builds(Keyset, st.one_of(st.integers(-(2**53), 2**53), st.text(max_size=30), st.datetimes(timezones=st.just(UTC))), st.uuids())


@given(KEYSETS)
def test_a_cursor_leads_back_to_its_place(keyset: Keyset) -> None:
    assert QUEUE.read(QUEUE.write(keyset)) == keyset


def test_no_mark_is_the_beginning() -> None:
    assert QUEUE.read("") is None


@given(KEYSETS, st.integers(0), st.sampled_from("abcXYZ019-_"))
def test_a_cursor_that_somebody_changed_is_refused(keyset: Keyset, where: int, letter: str) -> None:
    cursor = QUEUE.write(keyset)
    where %= len(cursor)
    changed = cursor[:where] + letter + cursor[where + 1 :]
    if changed == cursor:
        return
    with contextlib.suppress(CursorIsForged):
        assert QUEUE.read(changed) == keyset  # the last letter of base64 may hold bits that mean nothing


@pytest.mark.parametrize("cursor", ["x", "W10", "queue.1.2", "ø" * 20, "."])
def test_what_never_was_a_cursor_is_refused(cursor: str) -> None:
    with pytest.raises(CursorIsForged):
        QUEUE.read(cursor)


def test_a_cursor_of_another_list_is_refused() -> None:
    others = Cursors("a secret of the installation", list_name="notices")
    with pytest.raises(CursorIsForged):
        QUEUE.read(others.write(Keyset(1, ID)))


def test_a_cursor_from_another_installation_is_refused() -> None:
    with pytest.raises(CursorIsForged):
        QUEUE.read(Cursors("another secret", list_name="queue").write(Keyset(1, ID)))


def test_a_full_page_has_a_cursor_to_its_last_row_and_the_last_page_has_none() -> None:
    at = datetime(2026, 3, 3, 9, tzinfo=UTC)
    first = QUEUE.page([1, 2, 3], limit=2, keyset_of=lambda row: Keyset(at, UUID(int=row)))
    assert first.rows == (1, 2)
    assert QUEUE.read(first.next) == Keyset(at, UUID(int=2))
    assert QUEUE.page([3], limit=2, keyset_of=lambda row: Keyset(at, UUID(int=row))).next == ""


@pytest.mark.parametrize(
    ("wish", "given_"), [(None, PAGE_SIZE), (0, PAGE_SIZE), (-3, 1), (1, 1), (MOST_ROWS, MOST_ROWS), (MOST_ROWS + 1, MOST_ROWS)]
)
def test_a_list_is_as_long_as_wished_within_reason(wish: int | None, given_: int) -> None:
    assert limited(wish) == given_
