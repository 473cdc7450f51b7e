"""Which cases of the queue are meant: one condition, by which the queue lists them and the overview counts them.

What is asked for is a row of its own (`asked`) beside the rows of cases, so that one statement can ask for many things at once and the list
for one of them: a number and the list behind it cannot differ.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from services.cases.case.queries.within import WITHIN, within
from services.cases.case.rules.queue import LAST
from shared.ground.working_days import local_day
from shared.privacy.access import Reach
from shared.words.vocabulary.waiting import ANYTHING, BY_TIME_ALONE, QueueSection

NOBODY = "-"
"""In an address, instead of a colleague: whoever has none. No staff id begins like this."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Filters:
    """What somebody wants to see of the queue; empty means everything."""

    severities: Collection[str] = ()
    estate: str = ""
    handlers: Collection[str] = ()
    """Who carries it; the empty id for nobody."""
    mine: Collection[str] = ()
    """Whose cases: those they carry, and those they are to go by."""
    status: str = ""
    late: str = ""
    """What is overdue: a kind of deadline, or `ANYTHING`."""
    lacks: Collection[str] = ()
    """What it lacks, all of this."""
    section: QueueSection | None = None
    ended: bool = False
    """The closed and dismissed cases instead of those that wait."""

    @property
    def query(self) -> dict[str, str | list[str]]:
        """The same in an address, as `filters_of` reads it; what is not chosen is left out."""
        chosen: dict[str, str | list[str]] = {
            "severity": list(self.severities),
            "estate": self.estate,
            "handler": next((handler or NOBODY for handler in self.handlers), ""),
            "status": self.status,
            "late": self.late,
            "lacks": list(self.lacks),
            "section": self.section or "",
            "mine": "1" if self.mine else "",
            "ended": "1" if self.ended else "",
        }
        return {name: value for name, value in chosen.items() if value}

    @property
    def as_asked(self) -> dict[str, object]:
        """The same as a row of `asked`; what is not chosen is null. Of `ended` there is one for all that is asked at once."""
        return {
            "severities": list(self.severities) or None,
            "estate": self.estate or None,
            "handlers": list(self.handlers) or None,
            "mine": list(self.mine) or None,
            "status": self.status or None,
            "late": self.late or None,
            "lacks": list(self.lacks),
            "section": self.section.order if self.section else None,
        }


# The same comparisons with the time as `Standing.place` (rules/queue.py); a property test holds them together.
PLACED = f"""
    select *, case
        when section_now in ({", ".join(str(section.order) for section in sorted(BY_TIME_ALONE))}) then 0
        when section_now = {QueueSection.OVERDUE.order} and (grave_after is null or grave_after >= :now) then {LAST}
        else rank end as rank_now
    from (
      select *,
        least(section, case when overdue_after < :now then {QueueSection.OVERDUE.order}
          when due_on <= :today then {QueueSection.TODAY.order} end) as section_now,
        case when grave_after < :now then grave_after when overdue_after < :now then overdue_after else sort_key end as key_now
      from case_list where {WITHIN} and is_over = :is_over) timed
"""  # noqa: S608  constants of our own

ASKED = """
    jsonb_to_recordset(:asked::jsonb) as asked (number int, severities text[], estate text, handlers text[], mine text[], status text,
      late text, lacks text[], section int)
"""

ONE_ASKED = f"(select * from {ASKED} limit 1) as asked"  # noqa: S608
"""The same where one thing is asked for, so that the database need not expect many."""

PROMISED_FOR = f"case asked.late when '{ANYTHING}' then overdue_after else (promised ->> asked.late)::timestamptz end"
"""Until when what is asked about was promised; the earliest, where it is anything."""

MATCHES = f"""
      (asked.severities is null or severity = any(asked.severities))
      and (asked.estate is null or estate_id = asked.estate and not is_address_protected)
      and (asked.handlers is null or handler = any(asked.handlers))
      and (asked.mine is null or handler = any(asked.mine) or visitor = any(asked.mine))
      and (asked.status is null or placed.status = asked.status)
      and placed.lacks @> asked.lacks
      and (asked.section is null or section_now = asked.section)
      and (asked.late is null or {PROMISED_FOR} < :now)
"""


def asking(reach: Reach, at: datetime, *filters: Filters) -> dict[str, Any]:
    """The values that `PLACED` and `ASKED` name, for all that is asked at once, in this order."""
    rows = [{"number": number, **one.as_asked} for number, one in enumerate(filters)]
    return {**within(reach), "now": at, "today": local_day(at), "is_over": any(one.ended for one in filters), "asked": rows}


def filters_of(
    *,
    severities: Sequence[str] = (),
    estate: str = "",
    handler: str = "",
    mine: Collection[str] = (),
    status: str = "",
    late: str = "",
    lacks: Sequence[str] = (),
    section: str = "",
    ended: bool = False,
) -> Filters:
    """What an address says, in the words of `Filters.query`. What no case can be matches none; an unknown section is overlooked."""
    return Filters(
        severities=tuple(severities),
        estate=estate,
        handlers=(handler.removeprefix(NOBODY),) if handler else (),
        mine=mine,
        status=status,
        late=late,
        lacks=tuple(lacks),
        section=next((one for one in QueueSection if one == section), None),
        ended=ended,
    )
