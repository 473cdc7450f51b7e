"""What reporting kept of the first release: messages, and nothing of its own (decision 0023)."""

from __future__ import annotations

from shared.history.first_release import FirstRelease

KNOWN = FirstRelease(before=("intake", "cases", "notifications"), behind=(), old={})
