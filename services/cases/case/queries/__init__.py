"""What may be looked up about cases: the queue, one case with its history, and what is due."""
