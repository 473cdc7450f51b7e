"""What was decided, all or nothing: aggregates, the event store, the unit of work, the service."""
