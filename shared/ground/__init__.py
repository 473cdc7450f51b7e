"""What everything stands on: errors, provenance, time, settings, the database, logs and numbers."""
