"""The English words for the Danish sentences of the pages; `python -m shared.words.translations` finds new ones."""
