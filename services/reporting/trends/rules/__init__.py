"""What is published: closed months, counted once, rounded together (decision 0033)."""
