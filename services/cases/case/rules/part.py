"""The part of a case that belongs to somebody who does not carry it: to the one who saw it, and to a companion (domain.md §1.3).

They take a few steps, and read what those steps need. The case itself is not theirs to read.
"""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from services.cases.case.rules.verifying import goes_by
from shared.ground.errors import Refusal
from shared.ground.working_days import local_day
from shared.words.vocabulary.case import CARETAKER_STEPS, COMPANION_STEPS, Status, Step

if TYPE_CHECKING:
    from services.cases.case.rules.accompaniment import Visit
    from services.cases.case.rules.case import Case


class ThatIsNotYourPart(Refusal):
    """Det trin er ikke din del af sagen: du har ikke set det selv, eller du er ikke spurgt, om du vil med."""

    next_step = "Giv det videre til den boligsociale leder."


def steps_of(case: Case, who: str) -> frozenset[Step]:
    """The steps that are somebody's part; none for whoever neither saw it nor is asked along, or to go by. The procedure may give fewer."""
    if who in case.observers:
        return CARETAKER_STEPS
    if who in case.meetings.companions():
        return COMPANION_STEPS
    return frozenset({Step.KEEP_AN_EYE}) if goes_by(case, who) else frozenset()


def must_be_theirs(case: Case, step: Step, who: str) -> None:
    """Refuses what is somebody else's part."""
    if step not in steps_of(case, who):
        raise ThatIsNotYourPart


def is_ahead(case: Case, visit: Visit, *, at: datetime) -> bool:
    """Whether a meeting is still to come, or is today."""
    return case.status == Status.OPEN and not visit.is_done and local_day(visit.meeting_at) >= local_day(at)


def knows_the_place(case: Case, who: str, *, at: datetime) -> bool:
    """Whether somebody may know where it is: who saw it was there; who goes by; a companion, while there is a meeting to come to."""
    visits = [visit for visit in case.meetings.visits.values() if visit.companion == who and visit.comes is not False]
    return who in case.observers or goes_by(case, who) or any(is_ahead(case, visit, at=at) for visit in visits)
