"""The four services behind one address: one way around them, and one place to sign in."""

from __future__ import annotations

from services.cases.links import LINKS as CASES
from services.intake.links import LINKS as INTAKE
from services.notifications.links import LINKS as NOTIFICATIONS
from services.reporting.links import LINKS as REPORTING
from shared.privacy.access import Action
from shared.web.navigation import Navigation

IN_ORDER_OF_USE = (
    Action.READ_QUEUE,
    Action.READ_OVERVIEW,
    Action.READ_OWN_OBSERVATIONS,
    Action.REGISTER_OBSERVATION,
    Action.ANSWER_REPORTER,
    Action.FLAG_REPORTER,
    Action.READ_ACCESS_LOG,
    Action.READ_ERASURES,
    Action.READ_FIGURES,
    Action.CORRECT_PERSON,
    Action.READ_PARKED,
    Action.READ_NOTICES,
    Action.READ_OWN_NOTICES,
    Action.READ_PROCEDURE,
    Action.HAND_OVER,
    Action.BREAK_GLASS,
    Action.READ_GLASSES,
    Action.READ_STAFF,
    Action.KEEP_OWN_DUTIES,
)
"""What people come for; whoever may do the first of these begins there."""

NAVIGATION = Navigation(
    links=tuple(sorted((*CASES, *INTAKE, *NOTIFICATIONS, *REPORTING), key=lambda link: IN_ORDER_OF_USE.index(link.action))),
    entrance="/intake",
    purposes="/cases/audit/purpose",
)
