"""Tests of the service that tells people."""
