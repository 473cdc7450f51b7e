"""The question of leave, as it is asked at the door: what can be answered, for whom, and in which words."""

from __future__ import annotations

from shared.words.vocabulary.consent import AT_THE_DOOR, FIRST_AT_THE_DOOR, Answer
from shared.words.vocabulary.referral import OFFICE, Target

ANSWERS = (Answer.GRANTED, Answer.DECLINED, Answer.NOT_ASKED, Answer.NOT_ABLE)

WORDINGS = (FIRST_AT_THE_DOOR, AT_THE_DOOR.version)
"""The versions of the phrase that is said aloud. The first stands in procedures and was stored by forms that showed other words; phones
that still have such a form may send it."""

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
"""What is taken: phones of the first release name the office too. It is not kept: a yes that names nobody says the same."""
