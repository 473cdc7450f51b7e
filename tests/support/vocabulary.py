"""The lists of codes there are, found where they stand."""

from __future__ import annotations

import inspect
import pkgutil
from importlib import import_module
from itertools import chain
from types import ModuleType

import shared.words.vocabulary
from shared.words.code import Code


def _lists(module: ModuleType) -> list[type[Code]]:
    return [found for _, found in inspect.getmembers(module, inspect.isclass) if issubclass(found, Code) and len(found)]


_MODULES = [import_module(f"shared.words.vocabulary.{found.name}") for found in pkgutil.iter_modules(shared.words.vocabulary.__path__)]

LISTS: list[type[Code]] = list(chain.from_iterable(_lists(module) for module in _MODULES))
