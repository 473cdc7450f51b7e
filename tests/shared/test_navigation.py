"""The way around: whose part of the site a page belongs to."""

from __future__ import annotations

import pytest

from services.origin import NAVIGATION
from shared.words.vocabulary.people import Role


@pytest.mark.parametrize(
    ("path", "role", "above"),
    [
        ("/cases/", Role.SOCIAL_LEAD, "/cases/"),
        ("/cases/01a2013b-1547-7237-9f27-4c69ddff3260", Role.SOCIAL_LEAD, "/cases/"),
        ("/cases/procedure/versions/2026-1", Role.SOCIAL_LEAD, "/cases/procedure"),
        ("/cases/audit/looks", Role.AUDITOR, "/cases/audit"),
        ("/notifications/mine", Role.SOCIAL_LEAD, "/notifications/mine"),
        ("/intake/observations/01a2013b-1547-7237-9f27-4c69ddff3260/receipt", Role.CARETAKER, "/intake/"),
        ("/cases/procedures", Role.DIRECTOR, ""),
    ],
)
def test_a_page_belongs_to_the_nearest_link_above_it(path: str, role: Role, above: str) -> None:
    assert NAVIGATION.link_above(path, role) == above
