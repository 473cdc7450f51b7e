"""What a caretaker saw, and the truth about what came of it."""
