"""The data a release leaves behind: made by its own code, kept as small text files, and put back for the releases after it."""
