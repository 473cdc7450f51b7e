"""The contract of what the four services say and hear: `python -m services.contract` writes it to `contracts/`.

A test fails when the committed files differ.
"""

from __future__ import annotations

import sys

from services.cases.app import parts as cases
from services.intake.app import parts as intake
from services.notifications.app import parts as notifications
from services.reporting.app import parts as reporting
from shared.messaging.contract import CONTRACTS, Channel, channels_of, messages_of, schema_files, write
from shared.messaging.contract_documents import document_files
from shared.messaging.message import Message


def channels() -> tuple[Channel, ...]:
    """Every topic, with who publishes and who consumes there."""
    return channels_of(parts() for parts in (intake, cases, notifications, reporting))


def every_message() -> tuple[type[Message], ...]:
    """The whole published language."""
    return messages_of(channels())


def files() -> dict[str, str]:
    """Every file of the contract: its path below `contracts/` and its text."""
    return {**schema_files(channels()), **document_files(channels(), made_by="python -m services.contract")}


if __name__ == "__main__":
    write(files())
    sys.stdout.write(f"{len(every_message())} messages written to {CONTRACTS}\n")
