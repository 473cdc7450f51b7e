"""What the navigation offers of intake; `services/origin.py` puts the links of all services together."""

from __future__ import annotations

from shared.privacy.access import Action, Link
from shared.words.language import marked

LINKS: tuple[Link, ...] = (
    Link(marked("Mine observationer"), "/intake/", Action.READ_OWN_OBSERVATIONS),
    Link(marked("Ny observation"), "/intake/observations/new", Action.REGISTER_OBSERVATION),
    Link(marked("Opkald"), "/intake/calls", Action.ANSWER_REPORTER),
    Link(marked("Dem, der ringer"), "/intake/callers", Action.FLAG_REPORTER),
    Link(marked("Medarbejdere"), "/intake/staff", Action.READ_STAFF),
    Link(marked("Fravær og inhabilitet"), "/intake/me", Action.KEEP_OWN_DUTIES),
    Link(marked("Sletning"), "/intake/erasures", Action.READ_ERASURES),
    Link(marked("Parkeret: observationer"), "/intake/parked", Action.READ_PARKED),
)
