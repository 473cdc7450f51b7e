"""Tests of intake/home."""
