"""What can happen to a colleague, and what cannot: taken on, hats, absence, on call, conflicts of interest, left."""
