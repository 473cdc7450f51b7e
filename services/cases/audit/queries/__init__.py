"""What may be looked up by those who check: the log of all looks, and where a chain is broken."""
