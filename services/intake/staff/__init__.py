"""The people who work here: who they are, when somebody stands in for them, and what they keep out of."""
