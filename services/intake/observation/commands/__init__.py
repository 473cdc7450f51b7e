"""What may be asked about an observation: register it, and record what came of it."""
