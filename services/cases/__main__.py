"""`python -m services.cases …`: serve, relay, listen, clock, migrate, rebuild and the rest."""

from __future__ import annotations

from services.cases.app import parts
from services.origin import NAVIGATION
from shared.running.cli import main

if __name__ == "__main__":
    main(parts(), NAVIGATION)
