"""How many examples a property is tried on: what `make test` has time for, and a tenth of it for `make quick`."""

from __future__ import annotations

import os

from hypothesis import settings

EXAMPLES = "BROBYGGER_TEST_EXAMPLES"
"""How many a property is tried on that does not say; 100."""


def settle() -> None:
    """Make it so, before any property is read. A busy machine is slow, not wrong: there is no deadline."""
    settings.register_profile("brobygger", settings(), max_examples=int(os.environ.get(EXAMPLES, "100")), deadline=None)
    settings.load_profile("brobygger")


def times(more: float) -> int:
    """So many times the usual number of examples, for `max_examples`."""
    return max(1, round(settings().max_examples * more))
