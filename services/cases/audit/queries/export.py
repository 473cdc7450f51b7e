"""The log of looks as rows of a file: names beside codes, so that it is read without us and sorted by either."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from services.cases.audit.queries.chosen import SERVICES
from services.cases.audit.queries.log import LoggedLook
from shared.privacy.staff import StaffDirectory
from shared.web.spreadsheet import Cell
from shared.words.labels import label
from shared.words.language import Language, marked, translated

MOST = 20_000
"""Looks in a file at most: a spreadsheet still opens it, and a longer period is chosen in parts."""
HEADING = (
    marked("tidspunkt"), marked("medarbejder-id"), marked("medarbejder"), marked("på vegne af-id"), marked("på vegne af"),
    marked("rollekode"), marked("rolle"), marked("tjenestekode"), marked("tjeneste"), marked("opslagskode"), marked("opslag"),
    marked("valgt"), marked("formålskode"), marked("formål"), marked("forholdskode"), marked("forhold"), marked("vedrører"),
    marked("skiller sig ud"), marked("nummer"),
)  # fmt: skip
YES = marked("ja")
MORE = marked("Der er flere end %(most)s. Vælg en kortere periode.")


def rows_of(found: Sequence[LoggedLook], staff: StaffDirectory, language: Language) -> Iterator[tuple[Cell, ...]]:
    """A row for each look, the newest first, under one heading; where there are more, the last row says so."""
    yield tuple(translated(heading, language) for heading in HEADING)
    for look in found[:MOST]:
        where = SERVICES.get(look.service)
        yield (
            look.at,
            look.actor,
            staff.name_of(look.actor),
            look.on_behalf_of,
            staff.name_of(look.on_behalf_of) if look.on_behalf_of else "",
            look.role,
            label(look.role, "roles", language=language),
            look.service,
            translated(where, language) if where else look.service,
            look.action,
            label(look.action, "looks", language=language),
            look.selection,
            look.purpose,
            label(look.purpose, "purposes", language=language),
            look.relation,
            label(look.relation, "relations", language=language),
            str(look.about or ""),
            translated(YES, language) if look.stands_out else "",
            look.position,
        )
    if len(found) > MOST:
        yield (translated(MORE, language, {"most": MOST}), *[None] * (len(HEADING) - 1))
