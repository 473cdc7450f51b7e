"""The four services, by name."""

from __future__ import annotations

import importlib

from shared.history.service import Parts

SERVICES = ("intake", "cases", "notifications", "reporting")


def parts_of(name: str) -> Parts:
    """What a service is made of."""
    parts: Parts = importlib.import_module(f"services.{name}.app").parts()
    return parts
