"""Every staff file an association ever had can still be read: a new field has a default, a role is never taken out."""

from __future__ import annotations

from pathlib import Path

import pytest

from shared.privacy.staff import StaffDirectory
from shared.words.vocabulary.people import Role
from tests.support.release.texts import texts

FILES = texts("staff")


@pytest.mark.parametrize("file", FILES.values(), ids=FILES)
def test_everybody_in_it_is_found_in_their_role(file: Path) -> None:
    staff = StaffDirectory.read(file)

    assert len(staff.everybody()) > 20
    for person in staff.everybody():
        assert staff.actor(person.id) == person.actor()
        assert staff.name_of(person.id) == person.name != ""
        assert person.association == "bakkegaarden"
        assert person in staff.with_role(person.role, association="bakkegaarden")
    assert {person.role for person in staff.everybody()} == set(Role) - {Role.SYSTEM}
