"""An example of every request of intake, in the words of the demo: invented people, homes and codes."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import uuid5

from shared.web.request_examples import EXAMPLES

_SEEN: Mapping[str, Any] = {
    "observed_at": "2026-03-03T09:12:00+01:00", "signals": ["mailbox.full", "self.neglect"], "severity": "medium",
    "words": "Postkassen er fuld, og beboeren har ikke åbnet døren i en uge.",
}  # fmt: skip

SAID: Mapping[str, Mapping[str, Any]] = {
    # What was seen, homes and callers
    "EstateIn": {
        "name": "Nøddekrattet", "municipality": "nordby",
        "homes": [{"home_id": str(uuid5(EXAMPLES, "home_id")), "street": "Tudsevænget", "number": "12", "floor": "2", "door": "tv"}],
    },
    "ObservationIn": {
        **_SEEN, "home_id": str(uuid5(EXAMPLES, "home_id")), "place": "home",
        "consent_answer": "granted", "consent_wording": "mundtlig-1", "consent_scope": ["municipal.visitation", "volunteer"],
    },
    "CallIn": {
        **_SEEN, "home_id": str(uuid5(EXAMPLES, "home_id")), "place": "home",
        "source": "neighbour", "name": "Opdigtet Nabo", "phone": "70 00 00 01", "is_thanked": True,
    },
    "Flag": {"reason": "Ringer hver dag om den samme nabo."},
    # Who works here
    "TakeOn": {
        "person": "staff-caretaker-25", "name": "Opdigtet Vicevært", "role": "caretaker", "estates": ["afd-01", "afd-04"],
        "email": "caretaker-25@bakkegaarden.test", "phone": "70 00 00 25",
    },
    "ChangeDetails": {"name": "Opdigtet Vicevært", "email": "caretaker-25@bakkegaarden.test", "phone": "70 00 00 25"},
    "GiveHat": {"role": "social_caretaker", "estates": ["afd-01"]},
    "TakeHatOff": {"role": "social_caretaker"},
    "PlanAbsence": {"begins": "2026-07-06T00:00:00+02:00", "ends": "2026-07-27T00:00:00+02:00", "stand_in": "staff-social-caretaker-2"},
    "PlanOnCall": {"begins": "2026-03-06T16:00:00+01:00", "ends": "2026-03-09T07:00:00+01:00"},
    "DeclareConflict": {"kind": "relative"},
    # Erasing
    "Search": {"text": "Tudsevænget 12"},
    "WhomIn": {"kind": "person"},
    "ErasureIn": {"kind": "person", "reason": "erasure_request", "sure": True},
}  # fmt: skip
"""What each says but for its ids. One that asks for something new says it here; a test sends each to its model."""
