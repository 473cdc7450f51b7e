"""Reporting hears intake, cases and notifications, counts, and publishes what is over; it shows figures, never persons."""
