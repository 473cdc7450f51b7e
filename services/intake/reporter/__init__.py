"""Those outside who tell of somebody: protected, thanked, and told nothing about the resident (domain.md S17)."""
