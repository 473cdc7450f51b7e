"""The one place where the parts of intake are put together."""

from __future__ import annotations

from pathlib import Path

from services.intake.announcements import announce
from services.intake.home.api import api as home_api
from services.intake.home.projections import project as project_home
from services.intake.links import LINKS
from services.intake.observation.api import api as observation_api
from services.intake.observation.pages import pages as observation_pages
from services.intake.observation.projections import project as project_observation
from services.intake.reactions import CONSUMES, REACTIONS
from shared.history.service import Parts, Subject
from shared.messaging.messages.intake import MESSAGES
from shared.web.sign_in import pages as sign_in_pages

HERE = Path(__file__).parent


def parts() -> Parts:
    """What intake is made of; the sign-in page of the whole origin lives here too."""
    return Parts(
        name="intake",
        title="Observationer",
        subjects=(
            Subject(name="home", tables=HERE / "home" / "tables.sql", project=project_home),
            Subject(name="observation", tables=HERE / "observation" / "tables.sql", project=project_observation),
        ),
        announce=announce,
        publishes=MESSAGES,
        consumes=CONSUMES,
        reactions=REACTIONS,
        routers=(home_api, observation_api, observation_pages, sign_in_pages),
        links=LINKS,
        templates=(HERE / "observation" / "templates",),
    )
