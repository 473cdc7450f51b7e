"""What a procedure is, how its file is read, and what can happen to it."""
