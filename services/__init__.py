"""The four services; each is a boundary, and none imports another."""
