"""The one place where the parts of cases are put together."""

from __future__ import annotations

from pathlib import Path

from services.cases.announcements import announce
from services.cases.case.projections import project as project_case
from services.cases.clock import record_what_did_not_happen
from services.cases.procedure.projections import project as project_procedure
from services.cases.reactions import HEARS, REACTIONS
from shared.service import Parts, Subject

HERE = Path(__file__).parent


def parts() -> Parts:
    """What cases is made of."""
    return Parts(
        name="cases",
        title="Sager",
        subjects=(
            Subject(name="procedure", tables=HERE / "procedure" / "tables.sql", project=project_procedure),
            Subject(name="case", tables=HERE / "case" / "tables.sql", project=project_case),
        ),
        announce=announce,
        hears=HEARS,
        reactions=REACTIONS,
        templates=(HERE / "case" / "templates", HERE / "procedure" / "templates"),
        clock_duties=(record_what_did_not_happen,),
    )
