"""Redacting one text of a case: its own act with a reason, and everything else unharmed."""
