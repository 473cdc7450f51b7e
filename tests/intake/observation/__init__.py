"""Tests of intake/observation."""
