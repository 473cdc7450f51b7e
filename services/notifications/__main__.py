"""python -m services.notifications serve · relay · listen · clock · …"""

from __future__ import annotations

from services.notifications.app import parts
from services.origin import NAVIGATION
from shared.running.cli import main

main(parts(), NAVIGATION)
