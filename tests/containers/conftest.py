"""The running setup takes minutes and a Docker engine with images; `make compose-test` asks for it."""

from __future__ import annotations

import os

collect_ignore = [] if os.environ.get("BROBYGGER_COMPOSE_TEST") else ["test_compose.py"]
