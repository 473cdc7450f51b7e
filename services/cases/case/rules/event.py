"""What all events of a case are.

An event of a case stands beside the part that decides it, with its own change (`apply`), so that what is decided and what changes are read
together. Every due time stands in the event that starts it: the clock and the read models need no procedure, and a later procedure
moves no old deadline.
"""

from __future__ import annotations

from shared.history.aggregate import Aggregate


class Event(Aggregate.Event):
    """Something that happened in a case."""
