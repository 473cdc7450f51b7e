"""Cases as JSON: the queue, one case, its history, the case as it stood on a day, and every step."""
