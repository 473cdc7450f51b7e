"""The question of leave, as it is asked at the door: what can be answered, for whom, and in which words."""

from __future__ import annotations

from shared.words.vocabulary.consent import Answer
from shared.words.vocabulary.referral import OFFICE, Target

ANSWERS = (Answer.GRANTED, Answer.DECLINED, Answer.NOT_ASKED, Answer.NOT_ABLE)

WORDINGS = ("mundtlig-1",)
"""The versions of the phrase that is said aloud. A changed phrase is a new version, for an answer was given to the old one."""

CURRENT_WORDING = WORDINGS[-1]

SCOPES = (
    Target.VISITATION,
    Target.DAMAGE_SERVICE,
    Target.VOLUNTEER,
    Target.DEBT_ADVICE,
    Target.SKP,
    Target.BOSTOETTE,
    Target.HOUSING_ADVISER,
    Target.RENT_HELP,
    Target.ADDICTION,
    Target.FAMILY,
    Target.HEALTH_VISITOR,
    Target.GP,
    Target.PEST_CONTROL,
    Target.MEDIATION,
)
"""Whom a resident may say yes to, the most usual first. For police and 112 leave is not asked (domain.md §1.7), nor for the
colleagues here."""
TAKEN = (*SCOPES, OFFICE)
"""What is taken: phones of the first release send the office too. It is nobody one asks leave for, and is not kept."""
