"""Tests of one notice."""
