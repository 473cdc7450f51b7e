"""The one-machine form: its starts, its ends, and what it survives."""
