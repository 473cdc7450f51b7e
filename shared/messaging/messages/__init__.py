"""The published language: one module for each speaker; nothing else crosses between services."""
