"""The procedure: read from its file, adopted, asked."""
