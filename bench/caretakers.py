"""As many caretakers as there are phones: what one person may ask for is bounded (docs/decisions/0051), and a crowd is many."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import yaml

from shared.words.vocabulary.people import Role


def more_caretakers(staff: Path, into: Path, *, until: int) -> Path:
    """A staff file like this one, with so many caretakers: those who come have the estates of those who are there, in turn."""
    said: dict[str, Any] = yaml.safe_load(staff.read_text(encoding="utf-8"))
    there = [person for person in said["staff"] if person.get("role") == Role.CARETAKER]
    for n in range(len(there) + 1, until + 1):
        like = there[n % len(there)]
        own = {"id": f"staff-caretaker-{n}", "name": f"Talmand Nummer {n}", "email": f"caretaker-{n}@bench.test"}
        said["staff"].append({**like, **own, "estates": list(like["estates"])})
    into.write_text(yaml.safe_dump(said, allow_unicode=True, sort_keys=False), encoding="utf-8")
    return into
