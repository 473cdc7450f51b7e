"""What has a life and a data key of its own (design.md §12)."""

from __future__ import annotations

from shared.words.code import Code


class MatterKind(Code):
    """What a matter is. Stored: names are added and never changed."""

    OBSERVATION = "observation", "Observation", "Observation"
    CASE = "case", "Sag", "Case"
    PART = "part", "En persons del", "A person's part"
    """A person's part of a case."""
    REPORTER = "reporter", "Anmelder", "Reporter"
    """Somebody outside who told of a concern."""
    TENANCY = "tenancy", "Lejemål", "Tenancy"
    COLLEAGUE = "colleague", "Medarbejder", "Colleague"
    """Somebody who works here; about nobody else."""
    SPOT_CHECK = "spot_check", "Stikprøve", "Spot check"
    """What is written about look-ups at no case; about nobody."""
    ERASURE = "erasure", "Sletning", "Erasure"
    """Which matters an erasure is of, for as long as it lasts."""
