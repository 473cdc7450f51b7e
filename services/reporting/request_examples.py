"""An example of every request of reporting, in the words of the demo: invented people, homes and codes."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

SAID: Mapping[str, Mapping[str, Any]] = {
    "PolicyText": {"text": "version: \"2026-1\"\nassociation: Boligforeningen Bakkegården\n"},
}  # fmt: skip
"""What each says but for its ids. One that asks for something new says it here; a test sends each to its model."""
