"""A fictional association and a believable year of its work, played through the real doors."""
