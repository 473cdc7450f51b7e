"""Checking afterwards: who looked and why, and whether the history still is what was written."""
