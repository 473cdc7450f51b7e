"""Checking afterwards: looks and the chain."""
