"""What the navigation offers of notifications; `services/origin.py` puts the links of all services together."""

from __future__ import annotations

from shared.privacy.access import Action, Link
from shared.words.language import marked

LINKS: tuple[Link, ...] = (
    Link(marked("Parkeret: beskeder"), "/notifications/parked", Action.READ_PARKED),
    Link(marked("Beskeder"), "/notifications/", Action.READ_NOTICES),
    Link(marked("Mine beskeder"), "/notifications/mine", Action.READ_OWN_NOTICES),
)
