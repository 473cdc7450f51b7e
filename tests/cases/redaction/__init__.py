"""Redacting a text."""
