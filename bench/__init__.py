"""The measurements of design.md §11: each a ratio to a floor or a peer in the same run."""
