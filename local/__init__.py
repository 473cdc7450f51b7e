"""Everything on one machine: embedded PostgreSQL and broker, the four services in one process, a mailbox, the demo."""
