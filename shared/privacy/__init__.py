"""Whose it is and who may look: personal values, their keys, access, the log of looks, the staff."""
