"""Boligforeningen Bakkegården: invented from end to end (domain.md §10)."""
