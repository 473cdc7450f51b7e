"""Spot checks: look-ups are drawn by lot from the one log, looked into, and each is closed with a finding (decision 0046)."""
