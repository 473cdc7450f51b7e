"""What the navigation offers of cases; `services/origin.py` puts the links of all services together."""

from __future__ import annotations

from shared.privacy.access import Action, Link
from shared.words.language import marked

LINKS: tuple[Link, ...] = (
    Link(marked("Sager"), "/cases/", Action.READ_QUEUE),
    Link(marked("Overblik"), "/cases/overview", Action.READ_OVERVIEW),
    Link(marked("Giv sager videre"), "/cases/hand-over", Action.HAND_OVER),
    Link(marked("Forkerte personer"), "/cases/wrong-person", Action.CORRECT_PERSON),
    Link(marked("Bryd glasset"), "/cases/glass", Action.BREAK_GLASS),
    Link(marked("Brudte glas"), "/cases/glasses", Action.READ_GLASSES),
    Link(marked("Kontrol"), "/cases/audit", Action.READ_ACCESS_LOG),
    Link(marked("Parkeret: sager"), "/cases/parked", Action.READ_PARKED),
    Link(marked("Procedure"), "/cases/procedure", Action.READ_PROCEDURE),
)
