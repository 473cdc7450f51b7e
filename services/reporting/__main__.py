"""python -m services.reporting serve · listen · rebuild · …"""

from __future__ import annotations

from services.origin import NAVIGATION
from services.reporting.app import parts
from shared.running.cli import main

main(parts(), NAVIGATION)
