"""The one place where the parts of intake are put together."""

from __future__ import annotations

from pathlib import Path

from services.intake.announcements import announce, tell
from services.intake.beginnings import take_in_what_began
from services.intake.callback.pages import pages as callback_pages
from services.intake.clock import record_missed_thanks
from services.intake.erasing import cli as erasing
from services.intake.erasure.api import api as erasure_api
from services.intake.erasure.commands import finish_erasures
from services.intake.erasure.pages import pages as erasure_pages
from services.intake.erasure.projections import project as project_erasure
from services.intake.first_release import KNOWN
from services.intake.home.api import api as home_api
from services.intake.home.api import right_homes
from services.intake.home.pages import pages as home_pages
from services.intake.home.projections import forget as forget_home
from services.intake.home.projections import project as project_home
from services.intake.links import LINKS
from services.intake.loading import cli as loading
from services.intake.observation.api import api as observation_api
from services.intake.observation.pages.observation import pages as observation_pages
from services.intake.observation.projections import forget as forget_observation
from services.intake.observation.projections import project as project_observation
from services.intake.reactions import BEGINS, CONSUMES, REACTIONS
from services.intake.reporter.api import api as reporter_api
from services.intake.reporter.api import callers_api
from services.intake.reporter.pages import pages as reporter_pages
from services.intake.reporter.projections import forget as forget_reporter
from services.intake.reporter.projections import project as project_reporter
from services.intake.request_examples import SAID
from services.intake.staff.api import api as staff_api
from services.intake.staff.commands import take_on_from_the_file
from services.intake.staff.pages import pages as staff_pages
from services.intake.staff.projections import reflect as reflect_colleague
from shared.history.service import Parts, Subject
from shared.messaging.messages import chain, intake, looks, reporters, staff
from shared.messaging.messages.erasure import PersonErased
from shared.web.sign_in import pages as sign_in_pages

HERE = Path(__file__).parent


def parts() -> Parts:
    """What intake is made of; the sign-in page of the whole origin lives here too."""
    return Parts(
        name="intake",
        title="Observationer",
        subjects=(
            Subject(name="home", tables=HERE / "home" / "tables.sql", project=project_home, forget=forget_home),
            Subject(name="staff", reflect=reflect_colleague),
            Subject(
                name="observation",
                tables=HERE / "observation" / "tables.sql",
                project=project_observation,
                forget=forget_observation,
            ),
            Subject(name="erasure", tables=HERE / "erasure" / "tables.sql", project=project_erasure),
            Subject(name="reporter", tables=HERE / "reporter" / "tables.sql", project=project_reporter, forget=forget_reporter),
        ),
        announce=announce,
        tell=tell,
        publishes=(*intake.MESSAGES, *reporters.MESSAGES, *staff.MESSAGES, PersonErased, *chain.MESSAGES, *looks.MESSAGES),
        consumes=CONSUMES,
        reactions=REACTIONS,
        begins=BEGINS,
        routers=(
            home_api,
            right_homes,
            home_pages,
            observation_api,
            reporter_api,
            callers_api,
            staff_api,
            erasure_api,
            observation_pages,
            reporter_pages,
            staff_pages,
            erasure_pages,
            callback_pages,
            sign_in_pages,
        ),
        links=LINKS,
        request_examples=SAID,
        templates=tuple(HERE / subject / "templates" for subject in ("home", "observation", "staff", "reporter", "callback", "erasure")),
        clock_duties=(take_on_from_the_file, take_in_what_began, record_missed_thanks, finish_erasures),
        cli=(erasing, loading),
        first_release=KNOWN,
    )
