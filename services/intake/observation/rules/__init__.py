"""What may be registered, and what may be said about what came of it."""
