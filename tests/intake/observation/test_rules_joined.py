"""An observation that belongs to a case that was there, or in another place than it was registered in."""

from __future__ import annotations

from datetime import UTC, datetime
from uuid import UUID

import pytest

from services.intake.observation.rules.observation import Observation
from services.intake.observation.rules.place import CorrectPlace
from services.intake.observation.rules.progress import Dismiss, Join, Part, Progress, TakeIn, TakeUpAgain
from shared.privacy.personal import Sealed, Whereabouts
from tests.support.given import AN_ID, fact, given, kinds, news

AT = datetime(2026, 3, 3, 9, tzinfo=UTC)
ITS_OWN = UUID("c0000000-0000-5000-8000-000000000001")
ANOTHER = UUID("c0000000-0000-5000-8000-000000000002")
SEALED = Sealed(AN_ID, "event/field", "c2VhbGVk")
REGISTERED = fact(
    Observation.Registered, observer="staff-caretaker-2", observed_at=AT, estate_id="estate-1", municipality="bakkelund", home=SEALED,
    tenancy=SEALED, signals=["mailbox.full"], severity="low", consent_answer="not_asked", consent_wording="", consent_scope=[],
    address=SEALED, words=None, estate_name="Bakken", source="observation", how="seen", place="home", area="",
)  # fmt: skip
JOINS, PARTS = Join(case_id=ANOTHER, is_open=True, at=AT), Part(case_id=ANOTHER, concern_id=ITS_OWN, at=AT)
TAKEN_IN = TakeIn(case_id=ITS_OWN, triage_due=AT)


def after(*progress: Progress) -> Observation:
    observation = given(Observation, REGISTERED)
    for each in progress:
        observation.record(each)
    return observation


@pytest.mark.parametrize(
    ("heard", "belongs_to"),
    [
        pytest.param((TAKEN_IN, JOINS), ANOTHER, id="joined"),
        pytest.param((JOINS, TAKEN_IN), ANOTHER, id="heard of it before it was taken in"),
        pytest.param((TAKEN_IN, JOINS, JOINS), ANOTHER, id="told twice"),
        pytest.param((TAKEN_IN, JOINS, PARTS), ITS_OWN, id="parted"),
        pytest.param((TAKEN_IN, JOINS, Join(case_id=AN_ID, is_open=False, at=AT), PARTS), AN_ID, id="parted after it was joined elsewhere"),
    ],
)
def test_it_belongs_to_the_case_in_which_it_is_seen_to(heard: tuple[Progress, ...], belongs_to: UUID) -> None:
    observation = after(*heard)
    assert observation.case_id == belongs_to
    assert kinds(observation).count(Observation.TakenIn) <= 1


def test_whoever_saw_it_is_told_that_somebody_carries_the_case() -> None:
    assert after(TAKEN_IN, JOINS).has_case
    assert not after(TAKEN_IN, Join(case_id=ANOTHER, is_open=False, at=AT)).has_case


def test_taken_up_again_it_is_not_dismissed_and_may_be_once_more() -> None:
    observation = after(Dismiss(reason="explained", at=AT), TakeUpAgain(at=AT), TakeUpAgain(at=AT), Dismiss(reason="unfounded", at=AT))
    assert kinds(observation) == [Observation.Dismissed, Observation.TakenUpAgain, Observation.Dismissed]


def test_it_is_put_in_its_right_place_once() -> None:
    place = CorrectPlace(
        case_id=ITS_OWN, correction="m-1", home="h", tenancy="t", address="Bakken 2", estate_id="estate-1", estate_name="Bakken",
        municipality="bakkelund",
    )  # fmt: skip
    observation = after(place, place)
    (corrected,) = news(observation)
    assert corrected.facts["home"] == Whereabouts(AN_ID, "h")
    assert corrected.facts["address"] == Whereabouts(AN_ID, "Bakken 2")


def test_where_it_is_about_nobody_it_leads_nowhere() -> None:
    (corrected,) = news(after(CorrectPlace(case_id=ITS_OWN, correction="m-1")))
    assert (corrected.facts["home"], corrected.facts["tenancy"], corrected.facts["address"]) == (None, None, None)
