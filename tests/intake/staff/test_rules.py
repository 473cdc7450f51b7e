"""What can happen to a colleague, and what is refused."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest

from services.intake.staff.rules import refusals
from services.intake.staff.rules.asking import Asked, StaffRequest
from services.intake.staff.rules.away import CancelOnCall, EndAbsence, PlanAbsence, PlanOnCall
from services.intake.staff.rules.colleague import Colleague
from services.intake.staff.rules.conflicts import DeclareConflict, LiftConflict, keep_out_of_both
from services.intake.staff.rules.working import ChangeDetails, GiveHat, Leave, TakeHatOff, TakeOn, colleague_stream
from shared.ground.errors import Refusal
from shared.privacy.personal import Personal, Sealed
from shared.privacy.staff import Absence, Hat, Person, Turn
from shared.words.vocabulary.people import Role
from tests.support.given import Fact, fact, given, kinds, news

NOW = datetime(2026, 3, 3, 9, 0, tzinfo=UTC)
DAY = timedelta(days=1)
ID, OTHER = UUID("018f0000-0000-7000-8000-000000000001"), UUID("018f0000-0000-7000-8000-000000000002")
STREAM = colleague_stream("bakkegaarden", "staff-1")
CALLED = {"name": Sealed(STREAM, "x/name", "eA=="), "email": None, "phone": None}
AWAY = fact(Colleague.AbsencePlanned, absence_id=ID, begins=NOW + DAY, ends=NOW + 3 * DAY, stand_in="lead-2")


def somebody(role: Role, *happened: Fact) -> Colleague:
    hats = [{"role": role.value, "estates": []}]
    return given(Colleague, fact(Colleague.TakenOn, person="staff-1", hats=hats, **CALLED), *happened, id=STREAM)


def person(id: str, *roles: Role, absences: tuple[Absence, ...] = ()) -> Person:
    return Person(id=id, name=id, association="bakkegaarden", hats=tuple(Hat(role) for role in roles), absences=absences)


STAFF = (
    person("staff-1", Role.CARETAKER),
    person("lead-1", Role.SOCIAL_LEAD),
    person("lead-2", Role.SOCIAL_LEAD),
    person("social-1", Role.SOCIAL_CARETAKER),
    person("caretaker-2", Role.CARETAKER),
    person("director-1", Role.DIRECTOR),
    replace(person("shut-1", Role.SOCIAL_LEAD), shut_from=frozenset({OTHER})),
)


def asked(who: str = "lead-1", by: Role = Role.SOCIAL_LEAD, *, staff: tuple[Person, ...] = STAFF, **more: Any) -> Asked:
    return Asked(by=by, who=who, at=NOW, colleagues={one.id: one for one in staff}, **more)


def absence(**but: Any) -> PlanAbsence:
    return PlanAbsence(**{"id": OTHER, "begins": NOW + DAY, "ends": NOW + 14 * DAY, "stand_in": "lead-2"} | but)


def test_somebody_is_taken_on_and_their_name_is_theirs_alone() -> None:
    request = TakeOn(id=ID, person="staff-9", name="Ny Testvang", role="caretaker", estates=("b-2", "a-1"), email="n@x.test")
    colleague = Colleague.take_on(request, asked(), association="bakkegaarden")
    stream = colleague_stream("bakkegaarden", "staff-9")
    assert colleague.id == stream
    [begun] = news(colleague)
    assert begun.facts == {
        "person": "staff-9",
        "name": Personal(stream, "Ny Testvang"),
        "email": Personal(stream, "n@x.test"),
        "phone": None,
        "hats": [{"role": "caretaker", "estates": ["a-1", "b-2"]}],
    }


@pytest.mark.parametrize("id", ["lise-hansen-40506070", "staff-40506070", "staff-lise-1", "staff-new", "lise", "staff-new-12345"])
def test_an_id_that_tells_who_it_is_is_refused_for_somebody_new(id: str) -> None:
    new = TakeOn(id=ID, person=id, name="Ny Testvang", role="caretaker")
    with pytest.raises(refusals.IdTellsWhoItIs):
        Colleague.take_on(new, asked(), association="bakkegaarden")


@pytest.mark.parametrize("id", ["", "staff-1", "staff-social-lead-2", f"staff-{OTHER}"])
def test_an_id_is_made_or_tells_nothing(id: str) -> None:
    new = TakeOn(id=ID, person=id, name="Ny Testvang", role="caretaker")
    person = Colleague.take_on(new, asked(), association="bakkegaarden").person
    assert person == (id or new.whose)
    assert person == Colleague.take_on(new, asked(), association="bakkegaarden").person
    assert "Testvang" not in person


def test_who_keeps_out_of_something_takes_on_no_lead_but_others() -> None:
    new = TakeOn(id=ID, person="staff-9", name="Ny Testvang", role="social_lead")
    with pytest.raises(refusals.WhoKeepsOutMakesNoLead):
        Colleague.take_on(new, asked("shut-1"), association="bakkegaarden")
    with pytest.raises(refusals.WhoKeepsOutMakesNoLead):
        new.decide(somebody(Role.CARETAKER, fact(Colleague.Left)), asked("shut-1"))
    Colleague.take_on(new.model_copy(update={"role": "caretaker"}), asked("shut-1"), association="bakkegaarden")


def test_the_same_id_in_two_associations_is_two_histories_with_two_keys() -> None:
    assert colleague_stream("one", "staff-1") != colleague_stream("two", "staff-1")


def test_whoever_left_comes_back() -> None:
    colleague = somebody(Role.CARETAKER, fact(Colleague.Left))
    TakeOn(id=ID, person="staff-1", name="Igen Testvang", role="caretaker").decide(colleague, asked())
    assert kinds(colleague) == [Colleague.CameBack]
    assert colleague.works_here


def test_a_hat_is_given_taken_off_and_given_other_estates() -> None:
    colleague = somebody(Role.CARETAKER)
    GiveHat(id=ID, role="social_caretaker", estates=("a-1",)).decide(colleague, asked())
    GiveHat(id=ID, role="social_caretaker", estates=("a-1",)).decide(colleague, asked())
    GiveHat(id=ID, role="social_caretaker", estates=("a-1", "b-1")).decide(colleague, asked())
    TakeHatOff(id=ID, role="caretaker").decide(colleague, asked())
    assert kinds(colleague) == [Colleague.HatGiven, Colleague.HatGiven, Colleague.HatTakenOff]
    assert colleague.hats == {"social_caretaker": ["a-1", "b-1"]}


def test_a_lead_goes_on_holiday_with_a_stand_in_and_comes_back_sooner() -> None:
    colleague = somebody(Role.SOCIAL_LEAD)
    absence().decide(colleague, asked("staff-1"))
    EndAbsence(id=ID, absence_id=OTHER).decide(colleague, asked("staff-1"))
    assert kinds(colleague) == [Colleague.AbsencePlanned, Colleague.AbsenceEnded]
    assert colleague.absences == {}  # it had not begun


def test_an_absence_that_had_begun_lasted_until_then() -> None:
    colleague = somebody(
        Role.SOCIAL_LEAD, fact(Colleague.AbsencePlanned, absence_id=ID, begins=NOW - DAY, ends=NOW + DAY, stand_in="lead-2")
    )
    EndAbsence(id=OTHER, absence_id=ID).decide(colleague, asked())
    assert [(one.begins, one.ends) for one in colleague.absences.values()] == [(NOW - DAY, NOW)]
    EndAbsence(id=OTHER, absence_id=ID).decide(colleague, asked())
    assert len(kinds(colleague)) == 1


@pytest.mark.parametrize(
    ("role", "stand_in", "may"),
    [
        (Role.SOCIAL_LEAD, "lead-2", True),
        (Role.SOCIAL_LEAD, "social-1", True),
        (Role.SOCIAL_LEAD, "caretaker-2", False),
        (Role.SOCIAL_CARETAKER, "lead-1", True),
        (Role.CARETAKER, "caretaker-2", True),
        (Role.CARETAKER, "social-1", True),
        (Role.CARETAKER, "director-1", False),
        (Role.AUDITOR, "lead-1", False),
    ],
)
def test_only_somebody_who_may_do_the_work_stands_in(role: Role, stand_in: str, may: bool) -> None:
    colleague = somebody(role)
    if may:
        absence(stand_in=stand_in).decide(colleague, asked("operator-1", Role.OPERATOR))
    else:
        with pytest.raises(refusals.StandInMayNot):
            absence(stand_in=stand_in).decide(colleague, asked("operator-1", Role.OPERATOR))


def test_a_stand_in_who_is_away_then_is_refused() -> None:
    staff = (*STAFF, person("lead-2", Role.SOCIAL_LEAD, absences=(Absence(NOW + 13 * DAY, NOW + 20 * DAY),)))
    with pytest.raises(refusals.StandInIsAway):
        absence().decide(somebody(Role.SOCIAL_LEAD), asked(staff=staff))


@pytest.mark.parametrize(
    ("request_", "role", "by", "refusal"),
    [
        (TakeOn(id=ID, person="staff-1", name="N", role="caretaker"), Role.CARETAKER, asked(), refusals.WorksHereAlready),
        (GiveHat(id=ID, role="system"), Role.CARETAKER, asked(), refusals.RoleIsNotForPeople),
        (GiveHat(id=ID, role="wizard"), Role.CARETAKER, asked(), refusals.RoleIsNotForPeople),
        (GiveHat(id=ID, role="social_lead"), Role.OPERATOR, asked("staff-1", Role.OPERATOR), refusals.NobodyGivesThemselvesAHat),
        (
            GiveHat(id=ID, role="social_lead"),
            Role.OPERATOR,
            asked("lead-1", for_whom="staff-1"),
            refusals.NobodyGivesThemselvesAHat,
        ),
        (TakeHatOff(id=ID, role="dpo"), Role.CARETAKER, asked(), refusals.HatIsNotWorn),
        (TakeHatOff(id=ID, role="caretaker"), Role.CARETAKER, asked(), refusals.LastHatStays),
        (Leave(id=ID), Role.SOCIAL_LEAD, asked(staff=(person("staff-1", Role.SOCIAL_LEAD),)), refusals.SomebodyHasToLead),
        (absence(ends=NOW), Role.CARETAKER, asked(), refusals.ItEndsBeforeItBegins),
        (absence(begins=NOW - 9 * DAY, ends=NOW - DAY), Role.CARETAKER, asked(), refusals.ItIsOverAlready),
        (absence(ends=NOW + 400 * DAY), Role.CARETAKER, asked(), refusals.AbsenceIsTooLong),
        (absence(stand_in="staff-1"), Role.CARETAKER, asked(), refusals.NobodyStandsInForThemselves),
        (absence(stand_in="lead-1"), Role.SOCIAL_LEAD, asked("lead-1"), refusals.NobodyNamesThemselves),
        (absence(stand_in="staff-gone"), Role.CARETAKER, asked(), refusals.StandInDoesNotWorkHere),
        (EndAbsence(id=ID, absence_id=OTHER), Role.CARETAKER, asked(), refusals.AbsenceIsUnknown),
        (PlanOnCall(id=ID, begins=NOW, ends=NOW + DAY), Role.CARETAKER, asked(), refusals.OnCallIsForSocialStaff),
        (PlanOnCall(id=ID, begins=NOW, ends=NOW + 40 * DAY), Role.SOCIAL_LEAD, asked(), refusals.OnCallIsTooLong),
        (CancelOnCall(id=ID, on_call_id=OTHER), Role.SOCIAL_LEAD, asked(), refusals.TurnIsUnknown),
        (LiftConflict(id=ID, conflict_id=OTHER), Role.SOCIAL_LEAD, asked("staff-1"), refusals.NobodyLiftsTheirOwnConflict),
        (LiftConflict(id=ID, conflict_id=OTHER), Role.CARETAKER, asked("operator-1", Role.OPERATOR), refusals.OnlyALeadLiftsAConflict),
        (LiftConflict(id=ID, conflict_id=OTHER), Role.CARETAKER, asked(), refusals.ConflictIsUnknown),
        (LiftConflict(id=ID, conflict_id=OTHER), Role.CARETAKER, asked("director-1", Role.DIRECTOR), refusals.ConflictIsUnknown),
        (LiftConflict(id=ID, conflict_id=OTHER), Role.SOCIAL_LEAD, asked(hat_from="staff-1"), refusals.NobodyChoosesWhoLifts),
        (
            DeclareConflict(id=ID, about=OTHER),
            Role.SOCIAL_LEAD,
            asked("operator-1", Role.OPERATOR),
            refusals.ConflictIsForThemselvesOrALead,
        ),
        (DeclareConflict(id=ID, about=OTHER, kind="grudge"), Role.CARETAKER, asked(), refusals.ConflictKindIsUnknown),
        (GiveHat(id=ID, role="social_lead"), Role.CARETAKER, asked("shut-1"), refusals.WhoKeepsOutMakesNoLead),
        (GiveHat(id=ID, role="director"), Role.CARETAKER, asked("shut-1"), refusals.WhoKeepsOutMakesNoLead),
        (GiveHat(id=ID, role="operator"), Role.CARETAKER, asked("shut-1"), refusals.WhoKeepsOutMakesNoLead),
    ],
)
def test_what_is_refused(request_: StaffRequest, role: Role, by: Asked, refusal: type[Refusal]) -> None:
    colleague = somebody(role)
    with pytest.raises(refusal) as refused:
        request_.decide(colleague, by)
    assert str(refused.value).endswith(".")
    assert refused.value.next_step
    assert kinds(colleague) == []


def test_two_absences_do_not_overlap_and_nobody_is_on_call_while_away() -> None:
    with pytest.raises(refusals.AbsencesOverlap):
        absence().decide(somebody(Role.SOCIAL_LEAD, AWAY), asked())
    with pytest.raises(refusals.IsAwayThen):
        PlanOnCall(id=ID, begins=NOW + 2 * DAY, ends=NOW + 4 * DAY).decide(somebody(Role.SOCIAL_LEAD, AWAY), asked())


def test_the_only_lead_goes_away_only_when_somebody_is_there() -> None:
    away, alone = absence(stand_in=""), (person("staff-1", Role.SOCIAL_LEAD), person("social-1", Role.SOCIAL_CARETAKER))

    def on_call(*days: tuple[int, int]) -> Asked:
        turns = tuple(Turn(NOW + begins * DAY, NOW + ends * DAY) for begins, ends in days)
        return asked("staff-1", staff=(alone[0], replace(alone[1], turns=turns)))

    lead_2_away = person("lead-2", Role.SOCIAL_LEAD, absences=(Absence(NOW + 13 * DAY, NOW + 20 * DAY),))
    for by in (asked("staff-1", staff=alone), asked("staff-1", staff=(*alone, lead_2_away)), on_call((0, 5), (6, 15))):
        with pytest.raises(refusals.NobodyIsThere):
            away.decide(somebody(Role.SOCIAL_LEAD), by)
    absence(stand_in="social-1").decide(somebody(Role.SOCIAL_LEAD), asked("staff-1", staff=alone))
    away.decide(somebody(Role.SOCIAL_LEAD), on_call((0, 6), (6, 15)))
    away.decide(somebody(Role.SOCIAL_LEAD), asked("staff-1"))
    away.decide(somebody(Role.CARETAKER), asked("staff-1", staff=alone))


def test_nobody_is_away_while_on_call() -> None:
    turn = fact(Colleague.OnCallPlanned, on_call_id=ID, begins=NOW + DAY, ends=NOW + 2 * DAY)
    with pytest.raises(refusals.IsOnCallThen):
        absence().decide(somebody(Role.SOCIAL_LEAD, turn), asked())


def test_who_stands_in_for_somebody_does_not_leave_before_that_is_over() -> None:
    away = person("lead-2", Role.SOCIAL_LEAD, absences=(Absence(NOW + DAY, NOW + 2 * DAY, "staff-1"),))
    with pytest.raises(refusals.StandsInForSomebody):
        Leave(id=ID).decide(somebody(Role.CARETAKER), asked(staff=(*STAFF, away)))
    over = person("lead-2", Role.SOCIAL_LEAD, absences=(Absence(NOW - 2 * DAY, NOW, "staff-1"),))
    Leave(id=ID).decide(somebody(Role.CARETAKER), asked(staff=(*STAFF, over)))


def test_turns_do_not_overlap_and_can_be_cancelled() -> None:
    colleague = somebody(Role.SOCIAL_CARETAKER)
    PlanOnCall(id=ID, begins=NOW, ends=NOW + DAY).decide(colleague, asked())
    with pytest.raises(refusals.TurnsOverlap):
        PlanOnCall(id=OTHER, begins=NOW + DAY / 2, ends=NOW + 2 * DAY).decide(colleague, asked())
    CancelOnCall(id=uuid4(), on_call_id=ID).decide(colleague, asked())
    PlanOnCall(id=OTHER, begins=NOW + DAY / 2, ends=NOW + 2 * DAY).decide(colleague, asked())
    assert kinds(colleague) == [Colleague.OnCallPlanned, Colleague.OnCallCancelled, Colleague.OnCallPlanned]


def test_a_conflict_is_declared_once_and_lifted_by_another_lead() -> None:
    colleague, home = somebody(Role.SOCIAL_LEAD), uuid4()
    DeclareConflict(id=ID, about=home, kind="own_home").decide(colleague, asked("staff-1"))
    DeclareConflict(id=OTHER, about=home, kind="relative").decide(colleague, asked())
    LiftConflict(id=uuid4(), conflict_id=ID).decide(colleague, asked())
    assert kinds(colleague) == [Colleague.ConflictDeclared, Colleague.ConflictLifted]


def test_who_keeps_out_of_one_of_two_joined_cases_keeps_out_of_both() -> None:
    colleague, one, other = somebody(Role.SOCIAL_LEAD), uuid4(), uuid4()
    DeclareConflict(id=ID, about=one, kind="relative").decide(colleague, asked("staff-1"))
    for _ in range(2):
        keep_out_of_both(colleague, other, one)
    assert {(conflict.about, conflict.kind) for conflict in colleague.conflicts.values()} == {(one, "relative"), (other, "relative")}
    assert kinds(colleague) == [Colleague.ConflictDeclared] * 2
    keep_out_of_both(colleague, uuid4(), uuid4())
    assert len(colleague.conflicts) == 2


def test_the_last_lead_may_not_take_the_hat_off_but_one_of_two_may() -> None:
    colleague = somebody(Role.SOCIAL_LEAD, fact(Colleague.HatGiven, role="director", estates=[]))
    alone = asked(staff=(person("staff-1", Role.SOCIAL_LEAD, Role.DIRECTOR),))
    with pytest.raises(refusals.SomebodyHasToLead):
        TakeHatOff(id=ID, role="social_lead").decide(colleague, alone)
    TakeHatOff(id=ID, role="social_lead").decide(colleague, asked())
    assert colleague.hats == {"director": []}


@pytest.mark.parametrize(
    "request_",
    [
        ChangeDetails(id=ID, name="N"),
        GiveHat(id=ID, role="dpo"),
        TakeHatOff(id=ID, role="caretaker"),
        absence(),
        PlanOnCall(id=ID, begins=NOW, ends=NOW + DAY),
        DeclareConflict(id=ID, about=OTHER),
    ],
)
def test_nothing_more_happens_to_somebody_who_left(request_: StaffRequest) -> None:
    with pytest.raises(refusals.DoesNotWorkHere):
        request_.decide(somebody(Role.CARETAKER, fact(Colleague.Left)), asked())
    colleague = somebody(Role.CARETAKER, fact(Colleague.Left))
    Leave(id=ID).decide(colleague, asked())
    assert kinds(colleague) == []
