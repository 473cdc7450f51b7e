"""The codes of an observation: signals, severities, answers to the question of leave, whom it may be passed on to.

What they are called stands in `shared.words.labels`. Signals are what can be seen, heard or smelt, never what somebody
thinks is the matter (domain.md §1.4).
"""

from __future__ import annotations

SIGNALS = (
    "curtains.closed",
    "mailbox.full",
    "not.seen",
    "waste.balcony",
    "garden.neglected",
    "home.hoarding",
    "home.neglected",
    "smell",
    "pests",
    "utilities.off",
    "access.refused",
    "behaviour.changed",
    "self.neglect",
    "confusion",
    "lonely",
    "mental.distress",
    "substance",
    "arrears",
    "noise.conflict",
    "threat.staff",
    "child.neglect",
    "violence.suspected",
    "death.suspected",
)

SEVERITIES = ("acute", "high", "medium", "low")
"""The four-colour ladder, most serious first (domain.md §1.6)."""

CONSENT_ANSWERS = ("granted", "declined", "not_asked", "not_able")

CONSENT_WORDINGS = ("mundtlig-1",)
"""The versions of the phrase that is said aloud. A changed phrase is a new version, for an answer was given to the old one."""

CURRENT_WORDING = CONSENT_WORDINGS[-1]

CONSENT_SCOPES = (
    "office",
    "municipal.visitation",
    "damage_service",
    "volunteer",
    "advice.debt",
    "municipal.skp",
    "municipal.bostoette",
    "municipal.boligraadgiver",
    "municipal.rent_help",
    "municipal.addiction",
    "municipal.family",
    "municipal.health_visitor",
    "gp",
    "pest_control",
    "mediation",
)
"""Whom a resident may say yes to: the office and the referral targets of domain.md §1.7. For police and 112 leave is not asked."""
