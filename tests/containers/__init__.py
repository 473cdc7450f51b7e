"""The one-server setup: what its files promise, and the whole of it running."""
