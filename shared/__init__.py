"""Plumbing that all services use and that knows no service."""
