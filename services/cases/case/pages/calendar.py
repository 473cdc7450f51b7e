"""A meeting as a file for somebody's calendar (RFC 5545): when and where, with nobody's name in it and nothing of why."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from uuid import UUID

from icalendar import Calendar, Event

LASTS = timedelta(hours=1)
"""How long it takes up in a calendar; nobody says how long a meeting is."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Appointment:
    """What a calendar is told of a meeting."""

    visit_id: UUID
    at: datetime
    version: int
    """Greater each time it is moved: the calendar moves the meeting it knows."""
    comes: bool | None
    title: str
    place: str
    """Empty where it is not told (any more)."""
    address: str
    """Where its page is."""


def calendar_file(appointment: Appointment, *, at: datetime) -> bytes:
    """The file as it is sent at an instant. Times are in UTC, so that it needs no time zone of its own."""
    event, file = Event(), Calendar()
    event.add("uid", f"{appointment.visit_id}@brobygger")
    event.add("dtstamp", at.astimezone(UTC))
    event.add("dtstart", appointment.at.astimezone(UTC))
    event.add("dtend", (appointment.at + LASTS).astimezone(UTC))
    event.add("sequence", appointment.version)
    event.add("status", {True: "CONFIRMED", None: "TENTATIVE", False: "CANCELLED"}[appointment.comes])
    event.add("class", "PRIVATE")
    event.add("summary", appointment.title)
    event.add("url", appointment.address)
    if appointment.place:
        event.add("location", appointment.place)
    file.add("prodid", "-//Brobygger//DA")
    file.add("version", "2.0")
    file.add("method", "PUBLISH")
    file.add_component(event)
    content: bytes = file.to_ical()
    return content
