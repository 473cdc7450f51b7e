"""Who may do what (domain.md §6): a table of examples, and what must hold for everybody."""

from __future__ import annotations

from dataclasses import replace
from typing import Any
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shared.ground.errors import NotAllowed
from shared.ground.provenance import Actor, Context
from shared.privacy.access import (
    GRANTS,
    NOTHING,
    OPEN_TO_ALL,
    Action,
    PurposeIsNotStated,
    Reach,
    Resource,
    Scope,
    allow,
    allow_at_all,
    can,
    may_ever,
    must_state_purpose,
    reach,
    usual_purpose,
)
from shared.words.vocabulary.people import Purpose, Role
from tests.support.services import NOW

OURS = "bakkegaarden"
HOME, CASE = UUID(int=7), UUID(int=8)
ME = "staff-me"


def actor(role: Role, *, association: str = OURS) -> Actor:
    return Actor(id=ME, role=role, association=association, estates=frozenset({"vest"}))


def thing(*, association: str = OURS, companions: frozenset[str] = frozenset(), **whose: Any) -> Resource:
    return Resource(association=association, companions=companions, **whose)


@pytest.mark.parametrize(
    ("role", "action", "resource", "purpose", "allowed"),
    [
        (Role.CARETAKER, Action.REGISTER_OBSERVATION, thing(estate="vest"), Purpose.OWN_OBSERVATION, True),
        (Role.CARETAKER, Action.REGISTER_OBSERVATION, thing(), Purpose.OWN_OBSERVATION, True),
        (Role.CARETAKER, Action.REGISTER_OBSERVATION, thing(estate="oest"), Purpose.OWN_OBSERVATION, True),
        (Role.CARETAKER, Action.READ_OWN_OBSERVATIONS, thing(observer=ME), Purpose.OWN_OBSERVATION, True),
        (Role.CARETAKER, Action.READ_OWN_OBSERVATIONS, thing(observer="staff-other"), Purpose.OWN_OBSERVATION, False),
        (Role.CARETAKER, Action.READ_OWN_OBSERVATIONS, thing(), Purpose.OWN_OBSERVATION, False),
        (Role.CARETAKER, Action.LINK_PLACE, thing(observer=ME), Purpose.OWN_OBSERVATION, True),
        (Role.CARETAKER, Action.LINK_PLACE, thing(estate="vest"), Purpose.OWN_OBSERVATION, False),
        (Role.SOCIAL_LEAD, Action.LINK_PLACE, thing(), Purpose.CASE_WORK, True),
        (Role.DIRECTOR, Action.LINK_PLACE, thing(), Purpose.STATISTICS, False),
        (Role.CARETAKER, Action.ANSWER_REPORTER, thing(observer=ME), Purpose.OWN_OBSERVATION, True),
        (Role.SOCIAL_LEAD, Action.ANSWER_REPORTER, thing(observer="staff-other"), Purpose.CASE_WORK, False),
        (Role.DPO, Action.ANSWER_REPORTER, thing(observer=ME), Purpose.SUPERVISION, False),
        (Role.SOCIAL_LEAD, Action.FLAG_REPORTER, thing(), Purpose.CASE_WORK, True),
        (Role.CARETAKER, Action.FLAG_REPORTER, thing(observer=ME), Purpose.OWN_OBSERVATION, False),
        (Role.SOCIAL_CARETAKER, Action.FLAG_REPORTER, thing(), Purpose.CASE_WORK, False),
        (Role.CARETAKER, Action.READ_CASE, thing(estate="vest", observer=ME), Purpose.OWN_OBSERVATION, False),
        (Role.CARETAKER, Action.READ_CASE, thing(estate="vest", handler=ME), Purpose.CASE_WORK, False),
        (Role.CARETAKER, Action.READ_CASE, thing(companions=frozenset({ME})), Purpose.TAKING_PART, False),
        (Role.CARETAKER, Action.WORK_ON_CASE, thing(estate="vest", observer=ME), Purpose.TAKING_PART, False),
        (Role.CARETAKER, Action.TAKE_PART, thing(observer=ME), Purpose.TAKING_PART, True),
        (Role.CARETAKER, Action.TAKE_PART, thing(companions=frozenset({ME, "staff-other"})), Purpose.TAKING_PART, True),
        (Role.CARETAKER, Action.TAKE_PART, thing(estate="vest", companions=frozenset({"staff-other"})), Purpose.TAKING_PART, False),
        (Role.CARETAKER, Action.TAKE_PART, thing(observer=ME), Purpose.CASE_WORK, False),
        (Role.SOCIAL_CARETAKER, Action.TAKE_PART, thing(estate="oest", companions=frozenset({ME})), Purpose.TAKING_PART, True),
        (Role.SOCIAL_LEAD, Action.TAKE_PART, thing(estate="vest"), Purpose.TAKING_PART, False),
        (Role.COLLECTIONS_CLERK, Action.TAKE_PART, thing(observer=ME), Purpose.OWN_OBSERVATION, False),
        (Role.AUDITOR, Action.TAKE_PART, thing(companions=frozenset({ME})), Purpose.AUDIT, False),
        (Role.CARETAKER, Action.READ_QUEUE, thing(), Purpose.CASE_WORK, False),
        (Role.CARETAKER, Action.READ_FIGURES, thing(), Purpose.STATISTICS, False),
        (Role.SOCIAL_LEAD, Action.READ_CASE, thing(estate="oest"), Purpose.CASE_WORK, True),
        (Role.SOCIAL_LEAD, Action.READ_CASE, thing(estate="oest"), Purpose.TRIAGE, True),
        (Role.SOCIAL_LEAD, Action.READ_CASE, thing(estate="oest"), Purpose.AUDIT, False),
        (Role.SOCIAL_LEAD, Action.WORK_ON_CASE, thing(estate="oest"), Purpose.CASE_WORK, True),
        (Role.SOCIAL_LEAD, Action.ADOPT_PROCEDURE, thing(), Purpose.CASE_WORK, True),
        (Role.SOCIAL_LEAD, Action.READ_ACCESS_LOG, thing(), Purpose.CASE_WORK, False),
        (Role.SOCIAL_CARETAKER, Action.READ_CASE, thing(estate="vest"), Purpose.CASE_WORK, True),
        (Role.SOCIAL_CARETAKER, Action.READ_CASE, thing(estate="oest"), Purpose.CASE_WORK, False),
        (Role.SOCIAL_CARETAKER, Action.READ_CASE, thing(estate="oest", handler=ME), Purpose.CASE_WORK, True),
        (Role.SOCIAL_CARETAKER, Action.READ_CASE, thing(), Purpose.CASE_WORK, False),
        (Role.SOCIAL_CARETAKER, Action.READ_QUEUE, thing(), Purpose.CASE_WORK, True),
        (Role.SOCIAL_LEAD, Action.READ_OVERVIEW, thing(), Purpose.CASE_WORK, True),
        (Role.SOCIAL_CARETAKER, Action.READ_OVERVIEW, thing(), Purpose.CASE_WORK, True),
        (Role.SOCIAL_CARETAKER, Action.READ_OVERVIEW, thing(association="fjordbo"), Purpose.CASE_WORK, False),
        (Role.DIRECTOR, Action.READ_OVERVIEW, thing(), Purpose.STATISTICS, False),
        (Role.AUDITOR, Action.READ_OVERVIEW, thing(), Purpose.AUDIT, False),
        (Role.DPO, Action.READ_OVERVIEW, thing(), Purpose.SUPERVISION, False),
        (Role.CARETAKER, Action.READ_OVERVIEW, thing(), Purpose.OWN_OBSERVATION, False),
        (Role.SOCIAL_CARETAKER, Action.ADOPT_PROCEDURE, thing(), Purpose.CASE_WORK, False),
        (Role.DIRECTOR, Action.ADOPT_PROCEDURE, thing(), Purpose.SUPERVISION, False),
        (Role.DIRECTOR, Action.REVIEW_PROCEDURE, thing(), Purpose.SUPERVISION, True),
        (Role.SOCIAL_LEAD, Action.REVIEW_PROCEDURE, thing(), Purpose.CASE_WORK, True),
        (Role.DPO, Action.REVIEW_PROCEDURE, thing(), Purpose.SUPERVISION, False),
        (Role.COLLECTIONS_CLERK, Action.REGISTER_OBSERVATION, thing(estate="oest"), Purpose.OWN_OBSERVATION, True),
        (Role.COLLECTIONS_CLERK, Action.READ_CASE, thing(estate="vest"), Purpose.CASE_WORK, False),
        (Role.DPO, Action.READ_CASE, thing(estate="oest"), Purpose.SUBJECT_ACCESS, True),
        (Role.DPO, Action.READ_CASE, thing(estate="oest"), Purpose.CASE_WORK, False),
        (Role.DPO, Action.READ_ACCESS_LOG, thing(), Purpose.SUPERVISION, True),
        (Role.DPO, Action.WORK_ON_CASE, thing(estate="oest"), Purpose.SUPERVISION, False),
        (Role.AUDITOR, Action.READ_CASE, thing(estate="oest"), Purpose.AUDIT, True),
        (Role.AUDITOR, Action.READ_CASE, thing(estate="oest"), Purpose.SUBJECT_ACCESS, False),
        (Role.AUDITOR, Action.VERIFY_CHAIN, thing(), Purpose.AUDIT, True),
        (Role.AUDITOR, Action.WORK_ON_CASE, thing(estate="oest"), Purpose.AUDIT, False),
        (Role.DIRECTOR, Action.READ_FIGURES, thing(), Purpose.STATISTICS, True),
        (Role.DIRECTOR, Action.READ_QUEUE, thing(), Purpose.STATISTICS, False),
        (Role.DIRECTOR, Action.READ_CASE, thing(estate="vest"), Purpose.STATISTICS, False),
        (Role.OPERATOR, Action.READ_PARKED, thing(), Purpose.OPERATION, True),
        (Role.OPERATOR, Action.RETRY_PARKED, thing(), Purpose.OPERATION, True),
        (Role.OPERATOR, Action.READ_CASE, thing(estate="vest"), Purpose.OPERATION, False),
        (Role.OPERATOR, Action.READ_ACCESS_LOG, thing(), Purpose.OPERATION, False),
        (Role.SOCIAL_CARETAKER, Action.READ_CASE, thing(estate="oest", opened_to=frozenset({ME})), Purpose.CASE_WORK, True),
        (Role.SOCIAL_CARETAKER, Action.READ_CASE, thing(estate="oest", opened_to=frozenset({"staff-other"})), Purpose.CASE_WORK, False),
        (Role.SOCIAL_CARETAKER, Action.WORK_ON_CASE, thing(estate="oest", opened_to=frozenset({ME})), Purpose.CASE_WORK, False),
        (Role.SOCIAL_CARETAKER, Action.READ_CASE, thing(association="fjordbo", opened_to=frozenset({ME})), Purpose.CASE_WORK, False),
        (Role.CARETAKER, Action.READ_CASE, thing(opened_to=frozenset({ME})), Purpose.OWN_OBSERVATION, False),
        (Role.DPO, Action.REVIEW_GLASS, thing(), Purpose.SUPERVISION, True),
        (Role.AUDITOR, Action.READ_GLASSES, thing(), Purpose.AUDIT, True),
        (Role.AUDITOR, Action.REVIEW_GLASS, thing(), Purpose.AUDIT, False),
        (Role.SOCIAL_CARETAKER, Action.REVIEW_GLASS, thing(), Purpose.CASE_WORK, False),
        (Role.AUDITOR, Action.READ_SPOT_CHECKS, thing(), Purpose.AUDIT, True),
        (Role.AUDITOR, Action.DRAW_LOOKS, thing(), Purpose.AUDIT, False),
        (Role.SOCIAL_LEAD, Action.READ_SPOT_CHECKS, thing(), Purpose.CASE_WORK, False),
        (Role.SYSTEM, Action.READ_CASE, thing(estate="vest"), Purpose.OPERATION, False),
    ],
)
def test_each_role_may_do_what_the_personas_say(role: Role, action: Action, resource: Resource, purpose: Purpose, allowed: bool) -> None:
    assert can(actor(role), action, resource, purpose) is allowed


def test_a_stand_in_has_what_who_is_away_has_and_on_call_one_has_what_is_acute() -> None:
    lent = replace(actor(Role.SOCIAL_CARETAKER), on_behalf_of="staff-away")
    assert can(lent, Action.READ_CASE, thing(estate="oest", handler="staff-away"), Purpose.CASE_WORK)
    assert not can(lent, Action.READ_CASE, thing(estate="oest", handler="staff-other"), Purpose.CASE_WORK)
    assert can(
        replace(actor(Role.CARETAKER), on_behalf_of="staff-away"),
        Action.READ_OWN_NOTICES,
        thing(recipient="staff-away"),
        Purpose.OWN_OBSERVATION,
    )
    on_call, acute = replace(actor(Role.SOCIAL_CARETAKER), is_on_call=True), replace(thing(estate="oest"), is_acute=True)
    assert can(on_call, Action.WORK_ON_CASE, acute, Purpose.CASE_WORK)
    assert not can(on_call, Action.WORK_ON_CASE, replace(acute, association="fjordbo"), Purpose.CASE_WORK)
    assert not can(on_call, Action.WORK_ON_CASE, thing(estate="oest"), Purpose.CASE_WORK)
    assert not can(replace(actor(Role.CARETAKER), is_on_call=True), Action.READ_CASE, acute, Purpose.CASE_WORK)


def test_a_conflict_of_interest_shuts_a_case_through_a_broken_glass_as_well() -> None:
    opened = thing(estate="oest", home=HOME, case=CASE, opened_to=frozenset({ME}))
    for kept_out_of in (HOME, CASE):
        shut = replace(actor(Role.SOCIAL_CARETAKER), shut_from=frozenset({kept_out_of}))
        assert not can(shut, Action.READ_CASE, opened, Purpose.CASE_WORK)


def test_whoever_reads_some_cases_and_not_all_may_break_a_glass_and_nobody_else() -> None:
    reads_some = {
        role for role, grants in GRANTS.items() if (grant := grants.get(Action.READ_CASE)) and grant.scope is not Scope.ASSOCIATION
    }
    assert reads_some == {role for role in Role if may_ever(role, Action.BREAK_GLASS)} == {Role.SOCIAL_CARETAKER}


def test_what_nobody_in_the_role_does_is_said_before_anything_is_looked_up() -> None:
    allow_at_all(_asked(actor(Role.SOCIAL_CARETAKER), Purpose.CASE_WORK), Action.READ_CASE)
    for role, purpose in ((Role.DIRECTOR, Purpose.STATISTICS), (Role.SOCIAL_CARETAKER, Purpose.STATISTICS)):
        with pytest.raises(NotAllowed):
            allow_at_all(_asked(actor(role), purpose), Action.READ_CASE)


def test_what_is_sent_to_somebody_may_be_read_by_them_only() -> None:
    mine, others = thing(recipient=ME), thing(recipient="staff-other")
    assert can(actor(Role.CARETAKER), Action.READ_OWN_NOTICES, mine, Purpose.OWN_OBSERVATION)
    assert not can(actor(Role.CARETAKER), Action.READ_OWN_NOTICES, others, Purpose.OWN_OBSERVATION)


def test_what_is_not_allowed_is_said_without_naming_the_thing() -> None:
    context = _asked(actor(Role.DIRECTOR), Purpose.STATISTICS)
    with pytest.raises(NotAllowed, match="director may not read_case for statistics"):
        allow(context, Action.READ_CASE, thing(estate="vest"))


def test_what_is_allowed_passes_in_silence() -> None:
    allow(_asked(actor(Role.DIRECTOR), Purpose.STATISTICS), Action.READ_FIGURES, thing())


@pytest.mark.parametrize("role", list(Role))
@pytest.mark.parametrize("action", [Action.READ_QUEUE, Action.READ_CASE, Action.READ_ACCESS_LOG, Action.VERIFY_CHAIN])
def test_only_those_who_check_say_why_before_they_read(role: Role, action: Action) -> None:
    assert must_state_purpose(role, action) is (role in (Role.AUDITOR, Role.DPO))


def test_who_checks_and_has_not_said_why_is_asked_and_reads_nothing() -> None:
    assumed = replace(_asked(actor(Role.AUDITOR), Purpose.AUDIT), purpose_is_stated=False)
    with pytest.raises(PurposeIsNotStated):
        allow(assumed, Action.READ_CASE, thing(estate="vest"))
    allow(assumed, Action.READ_PROCEDURE, thing())
    allow(assumed, Action.STATE_PURPOSE, thing())
    with pytest.raises(NotAllowed):
        allow(assumed, Action.WORK_ON_CASE, thing(estate="vest"))
    allow(_asked(actor(Role.AUDITOR), Purpose.AUDIT), Action.READ_CASE, thing(estate="vest"))


def test_who_works_on_cases_has_said_why_by_the_role() -> None:
    allow(replace(_asked(actor(Role.SOCIAL_LEAD), Purpose.CASE_WORK), purpose_is_stated=False), Action.READ_CASE, thing(estate="vest"))


NAMES = st.sampled_from(["", "bakkegaarden", "fjordbo", "vest", "oest", ME, "staff-other"])
ACTORS = st.builds(
    Actor,
    id=NAMES.filter(bool),
    role=st.sampled_from(Role),
    association=NAMES,
    name=st.just(""),
    estates=st.frozensets(NAMES.filter(bool)),
    on_behalf_of=NAMES,
    is_on_call=st.booleans(),
)
RESOURCES = st.builds(
    Resource,
    association=NAMES,
    estate=NAMES,
    handler=NAMES,
    observer=NAMES,
    recipient=NAMES,
    companions=st.frozensets(NAMES),
    is_acute=st.booleans(),
)
GUARDED = st.sampled_from(sorted(set(Action) - OPEN_TO_ALL))


@given(ACTORS, GUARDED, RESOURCES, st.sampled_from(Purpose))
def test_nothing_ever_crosses_from_one_association_to_another(
    somebody: Actor, action: Action, resource: Resource, purpose: Purpose
) -> None:
    if can(somebody, action, resource, purpose):
        assert somebody.association == resource.association != ""


@given(ACTORS, GUARDED, RESOURCES, st.sampled_from(Purpose))
def test_a_conflict_of_interest_shuts_whatever_a_role_opens(somebody: Actor, action: Action, resource: Resource, purpose: Purpose) -> None:
    about = replace(resource, home=HOME, case=CASE)
    for shut in (HOME, CASE):
        keeps_out = replace(somebody, shut_from=frozenset({shut}))
        assert not can(keeps_out, action, about, purpose)
        assert can(keeps_out, action, resource, purpose) == can(somebody, action, resource, purpose)
        assert reach(_asked(keeps_out, purpose), action).shut_from in (frozenset({shut}), NOTHING.shut_from)


@given(ACTORS, RESOURCES, st.sampled_from(Purpose))
def test_only_those_who_work_on_cases_ever_change_one(somebody: Actor, resource: Resource, purpose: Purpose) -> None:
    if can(somebody, Action.WORK_ON_CASE, resource, purpose):
        assert somebody.role in (Role.SOCIAL_LEAD, Role.SOCIAL_CARETAKER)
        assert purpose in (Purpose.CASE_WORK, Purpose.TRIAGE)


@given(ACTORS, RESOURCES, st.sampled_from(Purpose))
def test_a_case_is_never_read_by_caretakers_directors_or_operators(somebody: Actor, resource: Resource, purpose: Purpose) -> None:
    if somebody.role in (Role.CARETAKER, Role.DIRECTOR, Role.OPERATOR, Role.COLLECTIONS_CLERK, Role.SYSTEM):
        assert not can(somebody, Action.READ_CASE, resource, purpose)


@given(ACTORS, RESOURCES, st.sampled_from(Purpose))
def test_a_part_of_a_case_is_for_who_saw_it_and_for_who_is_asked_along(somebody: Actor, resource: Resource, purpose: Purpose) -> None:
    if can(somebody, Action.TAKE_PART, replace(resource, recipient=""), purpose):
        # Whoever stands in for one of them is one of them meanwhile.
        assert not somebody.is_for.isdisjoint({resource.observer, *resource.companions})
        assert somebody.role in (Role.CARETAKER, Role.SOCIAL_CARETAKER, Role.SOCIAL_LEAD)


@given(ACTORS, GUARDED, RESOURCES, st.sampled_from(Purpose))
def test_a_list_never_shows_what_may_not_be_looked_at_alone(somebody: Actor, action: Action, resource: Resource, purpose: Purpose) -> None:
    listed = _within(reach(_asked(somebody, purpose), action), resource)
    alone = can(somebody, action, resource, purpose)
    # Lists are of things in estates; notices have a list of their own, and there is none of cases that somebody has a part in.
    if resource.estate and resource.recipient not in somebody.is_for and action is not Action.TAKE_PART:
        assert listed == alone


@pytest.mark.parametrize(
    ("role", "action", "purpose"),
    [
        (Role.SOCIAL_LEAD, Action.READ_CASE, Purpose.CASE_WORK),
        (Role.SOCIAL_LEAD, Action.READ_FIGURES, Purpose.STATISTICS),
        (Role.AUDITOR, Action.READ_CASE, Purpose.AUDIT),
        (Role.DPO, Action.READ_CASE, Purpose.SUPERVISION),
        (Role.CARETAKER, Action.READ_CASE, Purpose.OWN_OBSERVATION),
        (Role.DIRECTOR, None, Purpose.STATISTICS),
        (Role.SYSTEM, None, Purpose.OPERATION),
    ],
)
def test_who_names_no_purpose_has_the_usual_one_of_their_role(role: Role, action: Action | None, purpose: Purpose) -> None:
    assert usual_purpose(role, action) is purpose


def test_the_way_around_shows_only_what_a_role_may_ever_do() -> None:
    assert may_ever(Role.SOCIAL_LEAD, Action.READ_QUEUE)
    assert not may_ever(Role.DIRECTOR, Action.READ_QUEUE)
    assert may_ever(Role.DIRECTOR, Action.SIGN_IN)


def test_every_role_that_people_have_may_do_something() -> None:
    assert set(GRANTS) == set(Role) - {Role.SYSTEM}


def _asked(somebody: Actor, purpose: Purpose) -> Context:
    return Context(actor=somebody, purpose=purpose, at=NOW, correlation_id=UUID(int=1))


def _within(limits: Reach, resource: Resource) -> bool:
    """What a query with this reach would show."""
    if limits == NOTHING or resource.association != limits.association:
        return False
    if limits.observers is not None:
        return resource.observer in limits.observers
    is_handled = not limits.handlers.isdisjoint((resource.handler, resource.attended_by))
    is_theirs = limits.estates is None or resource.estate in limits.estates or is_handled
    return is_theirs or (limits.is_for_acute and resource.is_acute)
