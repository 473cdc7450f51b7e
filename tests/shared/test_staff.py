"""The file that says who works here."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from shared.ground.provenance import Actor
from shared.privacy.staff import Absence, Hat, Person, StaffDirectory, Turn
from shared.privacy.staff_file import StaffFileIsWrong
from shared.words.vocabulary.people import Role
from tests.support.services import NOW, STAFF


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


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("association: one\nstaff:\n- {id: s-1, name: S, role: caretaker, role: social_lead}\n", "line 3: 'role' stands twice"),
        (
            "association: one\nstaff:\n- {id: s-1, name: S, role: dpo}\nstaff:\n- {id: s-2, name: T, role: dpo}\n",
            "line 4: 'staff' stands twice",
        ),
        ("association: one\nassociation: two\nstaff:\n- {id: s-1, name: S, role: dpo}\n", "line 2: 'association' stands twice"),
    ],
)
def test_what_stands_twice_is_refused_instead_of_half_of_it_being_lost(tmp_path: Path, text: str, said: str) -> None:
    with pytest.raises(StaffFileIsWrong, match=said):
        directory(tmp_path, text)


def test_a_file_in_another_encoding_is_refused_with_its_line_and_what_to_do(tmp_path: Path) -> None:
    file = tmp_path / "staff.yaml"
    file.write_bytes("association: one\nstaff:\n- {id: s-1, name: Åse, role: dpo}\n".encode("cp1252"))
    with pytest.raises(StaffFileIsWrong, match=r"staff\.yaml: line 3: is not UTF-8; save the file as UTF-8"):
        StaffDirectory.read(file)


def test_a_file_that_begins_with_a_byte_order_mark_is_read(tmp_path: Path) -> None:
    file = tmp_path / "staff.yaml"
    file.write_bytes("association: one\nstaff:\n- {id: s-1, name: Åse, role: dpo}\n".encode("utf-8-sig"))
    assert StaffDirectory.read(file).name_of("s-1") == "Åse"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("association: one\nstaff:\n- &a {id: s-1, name: S, role: dpo}\n- *a\n", "a tag or an anchor"),
        ("association: one\nstaff: " + "[" * 100_000, "too many levels"),
        ("a: &a [x, x]\n" + "".join(f"a{n}: &a{n} [*a{n - 1 or ''}, *a{n - 1 or ''}]\n" for n in range(1, 40)), "a tag or an anchor"),
    ],
)  # fmt: skip
def test_what_no_staff_needs_is_refused_before_it_is_read(tmp_path: Path, text: str, said: str) -> None:
    with pytest.raises(StaffFileIsWrong, match=said):
        directory(tmp_path, text)


def test_a_day_that_does_not_exist_is_a_sentence_and_no_traceback(tmp_path: Path) -> None:
    with pytest.raises(StaffFileIsWrong, match="holds a value that cannot be read"):
        directory(tmp_path, "association: one\nstaff:\n- {id: s-1, name: 2026-02-30, role: dpo}\n")


NESTED = "a: &a [x, x, x, x, x, x, x, x, x]\n" + "".join(
    f"{chr(98 + n)}: &{chr(98 + n)} [{', '.join([f'*{chr(97 + n)}'] * 9)}]\n" for n in range(9)
)
"""460 bytes that name a thousand million."""


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (NESTED, "line 1: a tag or an anchor"),
        ("association: one\nstaff: &a [*a]\n", "line 2: a tag or an anchor"),
        ("association: one\nstaff: " + "[" * 5000, "line 2: too many levels"),
        ("association: one\nstaff: " + "{a: " * 5000, "line 2: too many levels"),
        ("association: one\nstaff: !!python/name:os.getcwd\n", "line 2: a tag or an anchor"),
        ("#" * 2_000_000, "is larger than 1 MB"),
    ],
    ids=["aliases", "itself", "lists", "mappings", "type", "size"],
)
def test_what_no_staff_file_needs_is_refused_before_it_is_read(tmp_path: Path, text: str, said: str) -> None:
    with pytest.raises(StaffFileIsWrong, match=said):
        directory(tmp_path, text)


@pytest.mark.parametrize("break_", ["\\n", "\\r", "\\u2028", "\\0"])
@pytest.mark.parametrize("field", ["name", "email"])
def test_a_line_holds_no_break(tmp_path: Path, field: str, break_: str) -> None:
    text = f'association: one\nstaff:\n- {{id: s-1, name: S, role: dpo, {field}: "a@example.test{break_}Bcc: b@example.test"}}\n'
    if field == "name":
        text = text.replace("name: S, ", "")
    with pytest.raises(StaffFileIsWrong, match=rf"entry 1 \(s-1\): {field}"):
        directory(tmp_path, text)


@pytest.mark.parametrize("email", ["anna", "a@b@c.test", "Anna <a@b.test>", "a@b.test, c@d.test", '\\"', "=?utf-8?q?=0ABcc?= <a@x.test>"])
def test_a_mail_address_is_one_plain_address(tmp_path: Path, email: str) -> None:
    with pytest.raises(StaffFileIsWrong, match=r"entry 1 \(s-1\): email"):
        directory(tmp_path, f'association: one\nstaff:\n- {{id: s-1, name: S, role: dpo, email: "{email}"}}\n')


def test_somebody_may_have_several_hats_also_in_two_associations(tmp_path: Path) -> None:
    staff = directory(
        tmp_path,
        "association: one\nstaff:\n- id: a1\n  name: A\n  hats:\n  - {role: dpo}\n  - {role: caretaker, estates: [e-1]}\n"
        "  - {role: social_lead, association: two}\n",
    )
    assert [(worn.person.association, worn.hat.role, worn.code) for worn in staff.hats_of("a1")] == [
        ("one", Role.DPO, "dpo:one"),
        ("one", Role.CARETAKER, "caretaker:one"),
        ("two", Role.SOCIAL_LEAD, "social_lead:two"),
    ]
    assert staff.actor("a1") is None
    chosen = staff.actor("a1", hat="social_lead:two")
    assert chosen is not None
    assert (chosen.association, chosen.role, chosen.estates) == ("two", Role.SOCIAL_LEAD, frozenset())
    assert staff.actor("a1", hat="social_lead:one") is None
    assert [person.role for person in staff.within("one").with_role(Role.CARETAKER)] == [Role.CARETAKER]


@pytest.mark.parametrize(
    ("entry", "said"),
    [
        ("hats: [{role: dpo}], role: dpo", "hats: role and estates stand in the hats"),
        ("hats: [{role: dpo}, {role: dpo}]", "hats: the same role stands twice"),
        ("hats: [{role: system}]", "role: nobody can be the system"),
        ("email: a@example.test", "role: Field required"),
    ],
)
def test_hats_that_contradict_each_other_are_refused(tmp_path: Path, entry: str, said: str) -> None:
    with pytest.raises(StaffFileIsWrong, match=said):
        directory(tmp_path, f"association: one\nstaff:\n- {{id: a1, name: A, {entry}}}\n")


DAYS = [NOW + timedelta(days=days) for days in range(10)]


def colleague(id: str, role: Role, *absences: Absence, association: str = "one", turns: tuple[Turn, ...] = ()) -> Person:
    return Person(id=id, name=id.upper(), association=association, hats=(Hat(role),), absences=absences, turns=turns)


def test_a_stand_in_wears_the_hat_of_who_is_away_as_long_as_that_lasts() -> None:
    staff = StaffDirectory([colleague("a", Role.SOCIAL_LEAD, Absence(DAYS[1], DAYS[3], "b")), colleague("b", Role.SOCIAL_CARETAKER)])
    assert [worn.code for worn in staff.hats_of("b", DAYS[2])] == ["social_caretaker:one", "social_lead:one:a"]
    assert [worn.code for worn in staff.hats_of("b", DAYS[3])] == ["social_caretaker:one"]
    actor = staff.actor("b", hat="social_lead:one:a", at=DAYS[2])
    assert actor is not None
    assert (actor.id, actor.role, actor.on_behalf_of) == ("b", Role.SOCIAL_LEAD, "a")
    assert staff.actor("b", hat="social_lead:one:a", at=DAYS[3]) is None
    assert staff.actor("b", at=DAYS[2]) == staff.actor("b")  # who names no hat means their own
    assert (staff.in_place_of("a", DAYS[2]), staff.in_place_of("a", DAYS[3])) == ("b", "a")


def test_who_stands_in_for_a_stand_in_stands_in_for_both_and_a_ring_ends() -> None:
    away = {name: Absence(DAYS[1], DAYS[3], to) for name, to in (("a", "b"), ("b", "c"), ("x", "y"), ("y", "x"))}
    lead = Role.SOCIAL_LEAD
    staff = StaffDirectory([*(colleague(name, lead, absence) for name, absence in away.items()), colleague("c", lead)])
    assert staff.in_place_of("a", DAYS[2]) == "c"
    assert {worn.absent.id for worn in staff.hats_of("c", DAYS[2]) if worn.absent} == {"a", "b"}
    assert staff.in_place_of("x", DAYS[2]) == "c"  # both are away, and stand in for each other


def test_a_hat_is_lent_only_to_who_may_stand_in_for_it_now() -> None:
    away = Absence(DAYS[1], DAYS[3], "b")
    hats = (Hat(Role.CARETAKER), Hat(Role.SOCIAL_LEAD), Hat(Role.DPO), Hat(Role.AUDITOR))
    absent = Person(id="a", name="A", association="one", hats=hats, absences=(away,))

    def lent(role: Role) -> set[Role]:
        staff = StaffDirectory([absent, colleague("b", role)])
        return {worn.hat.role for worn in staff.hats_of("b", DAYS[2]) if worn.absent}

    assert lent(Role.SOCIAL_CARETAKER) == {Role.CARETAKER, Role.SOCIAL_LEAD}
    assert lent(Role.CARETAKER) == {Role.CARETAKER}
    assert lent(Role.DPO) == {Role.DPO}
    assert lent(Role.OPERATOR) == set()
    assert StaffDirectory([absent, colleague("b", Role.OPERATOR)]).actor("b", hat="social_lead:one:a", at=DAYS[2]) is None


def test_who_stands_in_by_way_of_another_is_asked_for_their_own_roles() -> None:
    lead, caretaker = Role.SOCIAL_LEAD, Role.CARETAKER
    people = [colleague("a", lead, Absence(DAYS[1], DAYS[3], "b")), colleague("b", lead, Absence(DAYS[1], DAYS[3], "c"))]
    staff = StaffDirectory([*people, colleague("c", caretaker)])
    assert [worn.code for worn in staff.hats_of("c", DAYS[2])] == ["caretaker:one"]


def test_what_nobody_stands_in_for_goes_to_a_lead_who_is_here_else_to_a_social_caretaker() -> None:
    lead, social, caretaker = Role.SOCIAL_LEAD, Role.SOCIAL_CARETAKER, Role.CARETAKER
    alone, changed = Absence(DAYS[1], DAYS[3]), Absence(DAYS[1], DAYS[3], "z")
    away = [colleague("a", lead, alone), colleague("b", lead, changed), colleague("d", caretaker, alone), colleague("z", caretaker)]
    staff = StaffDirectory([*away, colleague("s", social), colleague("l", lead), colleague("k", lead, association="two")])
    assert [staff.in_place_of(name, DAYS[2]) for name in ("a", "b", "d")] == ["l", "l", "d"]
    assert [StaffDirectory([*away, colleague("s", social)]).in_place_of(name, DAYS[2]) for name in ("a", "b")] == ["s", "s"]
    assert StaffDirectory(away).in_place_of("a", DAYS[2]) == "a"


def test_nobody_stands_in_across_associations() -> None:
    staff = StaffDirectory(
        [colleague("a", Role.SOCIAL_LEAD, Absence(DAYS[1], DAYS[3], "b")), colleague("b", Role.SOCIAL_LEAD, association="two")]
    )
    assert [worn.code for worn in staff.hats_of("b", DAYS[2])] == ["social_lead:two"]
    assert staff.within("one").in_place_of("a", DAYS[2]) == "a"


def test_who_is_on_call_is_known_for_an_instant() -> None:
    staff = StaffDirectory([colleague("a", Role.SOCIAL_LEAD, turns=(Turn(DAYS[1], DAYS[2]),)), colleague("b", Role.SOCIAL_LEAD)])
    assert [person.id for person in staff.on_call(DAYS[1])] == ["a"]
    assert staff.on_call(DAYS[2]) == ()
