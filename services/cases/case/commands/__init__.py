"""What may be asked of a case, and how it is done: load it with the procedure it is pinned to, decide, save."""
