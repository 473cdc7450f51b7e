"""Who may say and hear what at the broker: `python -m services.rights` prints it, `python -m services.rights apply` makes it so.

`apply` makes the topics too, and may be asked again: what is so stays. It signs in as the operator (`BROBYGGER_KAFKA_USER`).
"""

from __future__ import annotations

import asyncio
import sys

from aiokafka.admin import AIOKafkaAdminClient
from aiokafka.errors import KafkaError

from services.contract import channels
from shared.ground.settings import KafkaSettings, SettingsAreMissing, kafka_from_environment
from shared.messaging.connections import greet, refused, wire
from shared.messaging.rights import Right, grant, rights_of
from shared.messaging.topics import make_topics

TRIES = 30


def rights() -> tuple[Right, ...]:
    """Everybody's, of what the four services say and hear."""
    return rights_of(channels())


async def apply(settings: KafkaSettings) -> tuple[list[Right], list[Right]]:
    """Make the topics and the rights; answers which rights were given, and which taken away."""
    await greet(settings)
    admin = AIOKafkaAdminClient(**wire(settings), request_timeout_ms=10_000)
    try:
        await admin.start()
        await make_topics(admin, partitions=settings.kafka_partitions, replication=settings.kafka_replication)
        return await grant(admin, rights())
    finally:
        await admin.close()


async def _when_the_broker_is_there(settings: KafkaSettings) -> int:
    for left in reversed(range(TRIES)):
        try:
            given, taken = await apply(settings)
        except (KafkaError, OSError, TimeoutError) as error:
            said = refused(error, settings) or type(error).__name__
            sys.stderr.write(f"the broker: {said}; {left} more tries\n")
            await asyncio.sleep(2)
        else:
            sys.stdout.writelines(f"{sign} {right}\n" for sign, some in (("+", given), ("-", taken)) for right in some)
            sys.stdout.write(f"{len(given)} rights given, {len(taken)} taken away\n")
            return 0
    return 1


def main(arguments: list[str]) -> int:
    """Print, or apply."""
    if not arguments:
        sys.stdout.writelines(f"{right}\n" for right in rights())
        return 0
    if arguments != ["apply"]:
        sys.stderr.write(f"{__doc__}\n")
        return 2
    try:
        settings = kafka_from_environment()
    except SettingsAreMissing as error:
        sys.stderr.write(f"{error}\n")
        return 2
    return asyncio.run(_when_the_broker_is_there(settings))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
