"""Reporting decides nothing; it hears intake, cases and notifications, counts, and shows figures, never persons."""
