"""Plumbing that all services use and that knows no service."""

VERSION = "0.2.0.dev0"
"""The release; pyproject.toml says the same (a test compares them)."""
