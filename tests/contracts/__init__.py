"""The published language: what was ever said can still be read, and the contract says what is really sent."""
