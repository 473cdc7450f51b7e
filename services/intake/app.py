"""The one place where the parts of intake are put together."""

from __future__ import annotations

from pathlib import Path

from services.intake.announcements import announce, tell
from services.intake.callback.pages import pages as callback_pages
from services.intake.clock import record_missed_thanks
from services.intake.home.api import api as home_api
from services.intake.home.projections import project as project_home
from services.intake.links import LINKS
from services.intake.observation.api import api as observation_api
from services.intake.observation.pages import pages as observation_pages
from services.intake.observation.projections import project as project_observation
from services.intake.reactions import BEGINS, CONSUMES, REACTIONS
from services.intake.reporter.api import api as reporter_api
from services.intake.reporter.pages import pages as reporter_pages
from services.intake.reporter.projections import project as project_reporter
from services.intake.staff.api import api as staff_api
from services.intake.staff.commands import take_on_from_the_file
from services.intake.staff.pages import pages as staff_pages
from services.intake.staff.projections import reflect as reflect_colleague
from shared.history.service import Parts, Subject
from shared.messaging.messages import intake, staff
from shared.web.sign_in import pages as sign_in_pages

HERE = Path(__file__).parent


def parts() -> Parts:
    """What intake is made of; the sign-in page of the whole origin lives here too."""
    return Parts(
        name="intake",
        title="Observationer",
        subjects=(
            Subject(name="home", tables=HERE / "home" / "tables.sql", project=project_home),
            Subject(name="staff", reflect=reflect_colleague),
            Subject(name="observation", tables=HERE / "observation" / "tables.sql", project=project_observation),
            Subject(name="reporter", tables=HERE / "reporter" / "tables.sql", project=project_reporter),
        ),
        announce=announce,
        tell=tell,
        publishes=(*intake.MESSAGES, *staff.MESSAGES),
        consumes=CONSUMES,
        reactions=REACTIONS,
        begins=BEGINS,
        routers=(
            home_api,
            observation_api,
            reporter_api,
            staff_api,
            observation_pages,
            reporter_pages,
            staff_pages,
            callback_pages,
            sign_in_pages,
        ),
        links=LINKS,
        templates=(
            HERE / "observation" / "templates",
            HERE / "staff" / "templates",
            HERE / "reporter" / "templates",
            HERE / "callback" / "templates",
        ),
        clock_duties=(take_on_from_the_file, record_missed_thanks),
    )
