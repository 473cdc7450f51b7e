"""What the system promises, as sentences that are checked."""
