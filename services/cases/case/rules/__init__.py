"""What can happen to a case and what cannot: the aggregate, its parts, its events and its refusals."""
