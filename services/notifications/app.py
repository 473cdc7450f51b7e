"""The one place where the parts of notifications are put together."""

from __future__ import annotations

from pathlib import Path

from services.notifications.announcements import announce
from services.notifications.delivery import delivery
from services.notifications.first_release import KNOWN
from services.notifications.links import LINKS
from services.notifications.notification.api import router
from services.notifications.notification.pages import pages
from services.notifications.notification.projections import forget, project
from services.notifications.reactions import CONSUMES, REACTIONS
from shared.history.forgetting import forgetting
from shared.history.service import Parts, Subject
from shared.messaging.messages import chain, looks, notifications
from shared.messaging.messages.erasure import NotificationsCleaned, PersonErased

HERE = Path(__file__).parent


def parts() -> Parts:
    """Everything the service is made of."""
    subjects = (Subject(name="notification", tables=HERE / "notification" / "tables.sql", project=project, forget=forget),)
    return Parts(
        name="notifications",
        title="Beskeder",
        subjects=subjects,
        announce=announce,
        publishes=(*notifications.MESSAGES, *chain.MESSAGES, *looks.MESSAGES),
        consumes=CONSUMES,
        reactions={**REACTIONS, PersonErased: forgetting(subjects, NotificationsCleaned)},
        routers=(router, pages),
        links=LINKS,
        templates=(HERE / "notification" / "templates",),
        clock_duties=(delivery(),),
        first_release=KNOWN,
    )
