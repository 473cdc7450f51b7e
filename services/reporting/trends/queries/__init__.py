"""What may be looked up: first counted, then made safe to show."""
