"""The one place where the parts of reporting are put together."""

from __future__ import annotations

from pathlib import Path

from services.reporting.clock import publish_what_is_over
from services.reporting.first_release import KNOWN
from services.reporting.links import LINKS
from services.reporting.reactions import CONSUMES, count_together
from services.reporting.request_examples import SAID
from services.reporting.trends.api import api
from services.reporting.trends.pages import pages
from services.reporting.trends.projections.published import project
from services.reporting.trends.projections.rows import rebuild
from shared.history.service import Parts, Subject
from shared.messaging.messages import chain, looks
from shared.messaging.messages.erasure import ReportingCleaned

HERE = Path(__file__).parent


def parts() -> Parts:
    """What reporting is made of. What it published are events; what it counts is rebuilt from the messages it keeps."""
    return Parts(
        name="reporting",
        title="Tal",
        subjects=(Subject(name="trends", tables=HERE / "trends" / "tables.sql", project=project),),
        publishes=(ReportingCleaned, *chain.MESSAGES, *looks.MESSAGES),
        consumes=CONSUMES,
        react_batch=count_together,
        keeps_messages=True,
        rebuild=rebuild,
        routers=(api, pages),
        clock_duties=(publish_what_is_over,),
        links=LINKS,
        request_examples=SAID,
        templates=(HERE / "trends" / "templates",),
        first_release=KNOWN,
    )
