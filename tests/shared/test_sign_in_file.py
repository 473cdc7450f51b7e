"""The sign-in file: what the association writes, and what it is told when that cannot be used."""

from __future__ import annotations

from pathlib import Path

import pytest

from shared.ground.provenance import Actor
from shared.privacy.sign_in_file import SignInFileIsWrong, read_sign_in_file
from shared.privacy.staff import Hat, Person, StaffDirectory
from shared.words.vocabulary.people import Role
from tests.support.services import NOW

pytestmark = pytest.mark.quick
RIGHT = """issuer: https://login.example.org/andre
client: brobygger
groups: realm_access.roles
people:
  7d1f0c1e: staff-one
hats:
  - {group: nord, association: andre, role: social_caretaker, estates: [afd-01, afd-02]}
  - group: leder
    association: andre
    role: social_lead
audience: brobygger-api
machines:
  - {client: erp, id: machine-erp, association: andre, role: caretaker}
"""


@pytest.mark.parametrize(
    ("before", "after", "told"),
    [
        ("role: social_lead", "role: boss", "line 10: hats.1.role: Input should be"),
        ("role: social_lead", "role: system", "line 10: hats.1.role: nobody can be the system"),
        ("    association: andre", "    association: anden", "line 9: hats.1.association: is not served here"),
        ("https://", "http://", "line 1: issuer: must begin with https://"),
        ("client: brobygger\n", "client: brobygger\ncolour: red\n", "line 3: colour: Extra inputs are not permitted"),
        ("client: brobygger\n", "", "line 1: client: Field required"),
        ("client: brobygger\n", "client: brobygger\nclient: andet\n", "line 3: 'client' stands twice"),
        ("audience: brobygger-api", "audience: brobygger", "line 11: audience: is needed for machines"),
        ("audience: brobygger-api\n", "", "line 1: audience: is needed for machines"),
        ("7d1f0c1e: staff-one", "7d1f0c1e: Karla Prøvesen", "line 5: people.7d1f0c1e: String should match"),
        ("groups: realm_access.roles", "groups: [a, b", "is not plain YAML"),
        ("groups: realm_access.roles", "scope: profile", "line 3: scope: must hold openid"),
    ],
)
def test_a_mistake_is_told_with_its_line(tmp_path: Path, before: str, after: str, told: str) -> None:
    file = tmp_path / "sign-in.yaml"
    file.write_text(RIGHT.replace(before, after), encoding="utf-8")
    with pytest.raises(SignInFileIsWrong) as wrong:
        read_sign_in_file(file, associations=("andre",))
    assert told in str(wrong.value)


def test_a_file_that_is_not_there_or_holds_no_text_is_told(tmp_path: Path) -> None:
    (tmp_path / "bytes").write_bytes(b"\xff\xfe\x00")
    (tmp_path / "empty").write_text("")
    for name in ("nothing", "bytes", "empty"):
        with pytest.raises(SignInFileIsWrong):
            read_sign_in_file(tmp_path / name, associations=("andre",))


def test_a_group_gives_what_the_staff_has_given_too(tmp_path: Path) -> None:
    (tmp_path / "sign-in.yaml").write_text(RIGHT)
    file = read_sign_in_file(tmp_path / "sign-in.yaml", associations=("andre",))

    def hats(estates: set[str], *groups: str) -> list[Actor]:
        hat = Hat(Role.SOCIAL_CARETAKER, frozenset(estates))
        staff = StaffDirectory([Person(id="staff-one", name="Karla", association="andre", hats=(hat,))])
        return [worn.actor() for worn in file.hats_of("staff-one", groups, staff, NOW)]

    assert file.person_in({"sub": "7d1f0c1e"}) == "staff-one"
    assert file.groups_in({"realm_access": {"roles": ["nord"]}}) == frozenset({"nord"})
    assert [actor.role for actor in hats({"afd-01"}, "nord")] == [Role.SOCIAL_CARETAKER]
    assert hats({"afd-01", "afd-03"}, "nord") == []
    assert hats({"afd-01"}, "leder") == []
    assert hats({"afd-01"}) == []
