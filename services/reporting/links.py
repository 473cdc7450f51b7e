"""What the navigation offers of reporting; `services/origin.py` puts the links of all services together."""

from __future__ import annotations

from shared.privacy.access import Action, Link
from shared.words.language import marked

LINKS: tuple[Link, ...] = (
    Link(marked("Tal"), "/reporting/", Action.READ_FIGURES),
    Link(marked("Parkeret: tal"), "/reporting/parked", Action.READ_PARKED),
)
