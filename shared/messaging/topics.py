"""The topics, made with explicit partitions and retention; nothing relies on a broker that makes them by itself."""

from __future__ import annotations

from collections.abc import Iterable

from aiokafka.admin import AIOKafkaAdminClient, NewTopic
from aiokafka.errors import TopicAlreadyExistsError, for_code

OUTSIDE = "brobygger.erp"
"""Where outsiders are asked for something."""
LOOKS = "brobygger.looks"
"""Where every service tells who looked."""
TOPICS = {
    "brobygger.intake": "What was observed, and who lives where since when. Keyed by the aggregate it is about, in order for each key.",
    "brobygger.staff": "Who works here, when somebody is away and who stands in; names and addresses only sealed. Keyed by the colleague.",
    "brobygger.cases": "What happens to a concern and its case: codes, ids and times; never anybody's name, address or words.",
    "brobygger.notifications": "Whether a colleague could be told.",
    "brobygger.reporting": "That reporting holds nothing of somebody who was erased.",
    "brobygger.erasure": "That somebody is erased: which matters, sealed until everybody has cleaned their rows. Keyed by the erasure.",
    "brobygger.reporters": "Whether somebody who called about another was thanked. Keyed by whoever called, which leads to nobody.",
    "brobygger.chain": "That a history in a service is not what was written, and that it is again. Keyed by the finding.",
    LOOKS: "Who looked at what, why, and in which relation: codes, ids and times. Each look has a key of its own.",
    "erp.inbound": "What the association's ERP tells us. Ids only: the ERP keeps the names.",
    OUTSIDE: "What we ask of the association's ERP: codes only, no reason and no social detail.",
}
"""The name of each topic, and what is said there."""
RETENTION_DAYS = 30
"""What is older is in the outboxes and inboxes, and can be said again."""


async def make_topics(admin: AIOKafkaAdminClient, *, partitions: int, replication: int, topics: Iterable[str] = TOPICS) -> None:
    """Make the topics that are missing; those that are there keep their partitions."""
    config = {"retention.ms": str(RETENTION_DAYS * 24 * 3600 * 1000), "cleanup.policy": "delete", "message.timestamp.type": "CreateTime"}
    there = set(await admin.list_topics())
    missing = [NewTopic(topic, partitions, replication, topic_configs=config) for topic in topics if topic not in there]
    if not missing:
        return
    answer = await admin.create_topics(missing)
    for topic, code, *_ in answer.topic_errors:
        if code and for_code(code) is not TopicAlreadyExistsError:
            raise for_code(code)(topic)
