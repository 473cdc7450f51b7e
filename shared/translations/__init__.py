"""The English words for the Danish sentences of the pages; `python -m shared.translations` finds new ones."""
