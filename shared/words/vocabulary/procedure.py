"""What a procedure says besides the steps, what may be odd about a new one, and how far a version has come."""

from __future__ import annotations

from shared.words.code import Code


class Weekday(Code):
    """The days on which an office may be open, in their order."""

    MONDAY = "monday", "Mandag", "Monday"
    TUESDAY = "tuesday", "Tirsdag", "Tuesday"
    WEDNESDAY = "wednesday", "Onsdag", "Wednesday"
    THURSDAY = "thursday", "Torsdag", "Thursday"
    FRIDAY = "friday", "Fredag", "Friday"
