"""What begins with a tenancy: one of each kind, however often it is told, and of arrears one of each month."""

from __future__ import annotations

from datetime import date

from shared.privacy.matter import WELCOMED, arrears, told_apart, when_in_arrears


def test_arrears_say_their_month_and_for_how_many_months_rent_is_owed() -> None:
    assert when_in_arrears(arrears(date(2026, 3, 27), 12)) == (date(2026, 3, 1), 12)
    assert when_in_arrears(WELCOMED) is None


def test_of_one_month_they_are_the_same_and_of_the_next_others() -> None:
    march = {told_apart(arrears(date(2026, 3, day), months)) for day in (1, 27) for months in (1, 2, 12)}
    assert len(march) == 1
    assert told_apart(arrears(date(2026, 4, 1), 1)) not in march


def test_every_other_role_is_itself() -> None:
    of_a_part = "018f0000-0000-7000-8000-0000000000a1"
    assert (told_apart(WELCOMED), told_apart(of_a_part)) == (WELCOMED, of_a_part)
