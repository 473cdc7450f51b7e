"""The one place where the parts of cases are put together."""

from __future__ import annotations

from pathlib import Path

from services.cases.adoption import cli
from services.cases.announcements import PUBLISHES, announce, tell
from services.cases.audit.api import router as audit_api
from services.cases.audit.pages import pages as audit_pages
from services.cases.case.api.handing_over import router as hand_over_api
from services.cases.case.api.moving import router as moving_api
from services.cases.case.api.overview import router as overview_api
from services.cases.case.api.part import router as part_api
from services.cases.case.api.reading import router as case_api
from services.cases.case.api.steps import part_router as part_step_api
from services.cases.case.api.steps import router as step_api
from services.cases.case.api.wrong_person import router as wrong_person_api
from services.cases.case.pages.case import pages as case_pages
from services.cases.case.pages.handing_over import pages as hand_over_pages
from services.cases.case.pages.moving import pages as moving_pages
from services.cases.case.pages.overview import pages as overview_pages
from services.cases.case.pages.part import pages as part_pages
from services.cases.case.pages.queue import pages as queue_pages
from services.cases.case.pages.wrong_person import pages as wrong_person_pages
from services.cases.case.projections import forget as forget_case
from services.cases.case.projections import reflect as reflect_case
from services.cases.clock import note_unreviewed_glasses, overdue, record_what_did_not_happen
from services.cases.erasures import ending
from services.cases.first_release import KNOWN
from services.cases.glass.api import router as glass_api
from services.cases.glass.pages import pages as glass_pages
from services.cases.glass.projections import forget as forget_glass
from services.cases.glass.projections import project as project_glass
from services.cases.links import LINKS
from services.cases.procedure.api import router as procedure_api
from services.cases.procedure.pages import pages as procedure_pages
from services.cases.procedure.projections import project as project_procedure
from services.cases.reactions import BEGINS, CONSUMES, REACTIONS
from services.cases.redaction.api import router as redaction_api
from services.cases.redaction.commands import finish_redactions
from services.cases.redaction.pages import pages as redaction_pages
from services.cases.redaction.projections import project as project_redaction
from services.cases.request_examples import SAID
from services.cases.spot_check.api import router as spot_check_api
from services.cases.spot_check.pages import pages as spot_check_pages
from services.cases.spot_check.projections import project as project_spot_check
from shared.history.service import Parts, Subject
from shared.messaging.messages import chain
from shared.messaging.messages.erasure import PersonErased

HERE = Path(__file__).parent


def parts() -> Parts:
    """What cases is made of."""
    subjects = (
        Subject(name="procedure", tables=HERE / "procedure" / "tables.sql", project=project_procedure),
        Subject(name="case", tables=HERE / "case" / "tables.sql", reflect=reflect_case, forget=forget_case),
        Subject(name="glass", tables=HERE / "glass" / "tables.sql", project=project_glass, forget=forget_glass),
        Subject(name="spot_check", tables=HERE / "spot_check" / "tables.sql", project=project_spot_check),
        Subject(name="redaction", tables=HERE / "redaction" / "tables.sql", project=project_redaction),
    )
    return Parts(
        name="cases",
        title="Sager",
        subjects=subjects,
        announce=announce,
        tell=tell,
        publishes=(*PUBLISHES, *chain.MESSAGES),
        consumes=CONSUMES,
        reactions={**REACTIONS, PersonErased: ending(subjects)},
        begins=BEGINS,
        routers=(
            procedure_api,
            audit_api,
            redaction_api,
            glass_api,
            spot_check_api,
            moving_api,
            overview_api,
            case_api,
            wrong_person_api,
            hand_over_api,
            step_api,
            part_api,
            part_step_api,
            procedure_pages,
            audit_pages,
            redaction_pages,
            glass_pages,
            spot_check_pages,
            moving_pages,
            queue_pages,
            overview_pages,
            hand_over_pages,
            part_pages,
            wrong_person_pages,
            case_pages,
        ),
        links=LINKS,
        request_examples=SAID,
        templates=tuple(HERE / subject / "templates" for subject in ("case", "procedure", "audit", "redaction", "glass", "spot_check")),
        clock_duties=(record_what_did_not_happen, note_unreviewed_glasses, finish_redactions),
        overdue=overdue,
        cli=(cli,),
        first_release=KNOWN,
    )
