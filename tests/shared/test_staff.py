"""The file that says who works here."""

from __future__ import annotations

from pathlib import Path

import pytest

from shared.ground.provenance import Actor
from shared.privacy.staff import StaffDirectory, StaffFileIsWrong
from shared.words.vocabulary.people import Role
from tests.support.services import STAFF


def directory(folder: Path, text: str) -> StaffDirectory:
    file = folder / "staff.yaml"
    file.write_text(text, encoding="utf-8")
    return StaffDirectory.read(file)


def test_somebody_is_found_by_their_id_with_role_and_estates() -> None:
    staff = StaffDirectory.read(STAFF)
    assert staff.actor("staff-caretaker-1") == Actor(
        id="staff-caretaker-1",
        role=Role.CARETAKER,
        association="bakkegaarden",
        name="Asger Testvang",
        estates=frozenset({"estate-1", "estate-2"}),
    )
    assert staff.name_of("staff-caretaker-1") == "Asger Testvang"
    assert staff.email_of("staff-caretaker-1") == "caretaker-1@example.test"


def test_somebody_who_left_has_no_actor_and_is_called_by_their_id() -> None:
    staff = StaffDirectory.read(STAFF)
    assert staff.actor("staff-gone") is None
    assert staff.name_of("staff-gone") == "staff-gone"
    assert staff.email_of("staff-gone") == ""


def test_everybody_in_a_role_is_listed_in_the_order_of_the_file() -> None:
    staff = StaffDirectory.read(STAFF)
    assert [person.id for person in staff.with_role(Role.CARETAKER)] == ["staff-caretaker-1", "staff-caretaker-2"]
    assert staff.with_role(Role.CARETAKER, association="fjordbo") == ()


def test_an_entry_may_belong_to_another_association_than_the_rest(tmp_path: Path) -> None:
    staff = directory(
        tmp_path, "association: one\nstaff:\n- {id: a1, name: A, role: dpo}\n- {id: b1, name: B, role: dpo, association: two}\n"
    )
    assert [person.association for person in staff.everybody()] == ["one", "two"]


def test_every_mistake_is_told_at_once_with_the_entry_it_is_in(tmp_path: Path) -> None:
    with pytest.raises(StaffFileIsWrong) as wrong:
        directory(
            tmp_path,
            "association: one\nstaff:\n- {id: a1, name: A, role: wizard}\n- {id: b1, role: dpo, colour: red}\n- just words\n"
            "- {id: c1, name: C, role: dpo}\n- {id: c1, name: C, role: dpo}\n- {id: s1, name: S, role: system}\n",
        )
    message = str(wrong.value)
    assert "entry 1 (a1): role" in message
    assert "entry 2 (b1): name" in message
    assert "entry 2 (b1): colour" in message
    assert "entry 3: is not a mapping" in message
    assert "entry 5 (c1): the id is used twice" in message
    assert "entry 6 (s1): role: nobody can be the system" in message


def test_a_person_needs_an_association(tmp_path: Path) -> None:
    with pytest.raises(StaffFileIsWrong, match=r"entry 1 \(a1\): association"):
        directory(tmp_path, "staff:\n- {id: a1, name: A, role: dpo}\n")


@pytest.mark.parametrize("text", ["", "[]", "staff: []", "staff: {}", "staff: [\n"])
def test_a_file_without_people_is_refused_by_name(tmp_path: Path, text: str) -> None:
    with pytest.raises(StaffFileIsWrong, match=r"staff\.yaml"):
        directory(tmp_path, text)


def test_a_file_that_is_not_there_is_refused_by_name(tmp_path: Path) -> None:
    with pytest.raises(StaffFileIsWrong, match=r"nowhere\.yaml: cannot be read"):
        StaffDirectory.read(tmp_path / "nowhere.yaml")
