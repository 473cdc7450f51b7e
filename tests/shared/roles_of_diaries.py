"""The roles of the diary services as processes of their own, for tests that kill them.

`python -m tests.shared.roles_of_diaries listen|relay [--dying]`: with `--dying` the process kills itself, as a power cut
would, at the worst instant: the listener between its commit and its acknowledgement, the relay between the broker's
acknowledgement and its mark.
"""

from __future__ import annotations

import asyncio
import os
import signal
import sys
from typing import Any, NoReturn

from aiokafka import AIOKafkaConsumer

from shared.ground.settings import from_environment
from shared.history.service import Service
from shared.messaging import relay
from shared.running import roles
from tests.shared.diary import READING, WRITING


def die(*_: Any, **__: Any) -> NoReturn:
    os.kill(os.getpid(), signal.SIGKILL)
    raise AssertionError("unreachable")


async def main(role: str, *, dying: bool) -> None:
    if dying and role == "listen":
        AIOKafkaConsumer.commit = die
    if dying and role == "relay":
        send = relay._Broker.send

        async def send_and_die(self: Any, waiting: Any) -> Any:
            await send(self, waiting)
            die()

        relay._Broker.send = send_and_die  # type: ignore[method-assign]
    parts = READING if role == "listen" else WRITING
    async with Service.running(parts, from_environment()) as service:
        await (roles.listen(service) if role == "listen" else roles.relay(service))


if __name__ == "__main__":
    asyncio.run(main(sys.argv[1], dying="--dying" in sys.argv))
