"""Erasing a person: which matters go, that everybody has cleaned their rows, and the certificate."""
