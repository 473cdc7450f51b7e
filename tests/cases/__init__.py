"""Cases: from a concern to its end."""
