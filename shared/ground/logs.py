"""News for operators: structured lines with an action and ids; never anything personal (design.md §11)."""

from __future__ import annotations

import logging
import sys
import time
from collections.abc import Callable
from typing import Any

import orjson
import structlog

SAYS_NOTHING_ABOUT_PEOPLE = frozenset({"aiokafka", "asyncio", "uvicorn", "aiosmtplib"})
"""Libraries that see addresses and states of servers only: of these the sentence is told, though never what was put into it."""
AGAIN_AFTER_SECONDS = 60.0
"""The same sentence of a library is one line a minute, with how often it was said meanwhile."""


def write_logs(*, level: str = "info", service: str = "", role: str = "") -> None:
    """From now on this process writes JSON lines to standard error, the libraries' warnings among them."""
    shared: list[structlog.typing.Processor] = [
        structlog.contextvars.merge_contextvars,
        structlog.processors.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        structlog.processors.ExceptionRenderer(_places_only),
    ]
    as_json = structlog.processors.JSONRenderer(serializer=lambda line, **_: orjson.dumps(line, default=str).decode())
    structlog.configure(
        processors=[*shared, as_json],
        wrapper_class=structlog.make_filtering_bound_logger(logging.getLevelNamesMapping()[level.upper()]),
        logger_factory=structlog.PrintLoggerFactory(sys.stderr),
        cache_logger_on_first_use=True,
    )
    of_libraries = logging.StreamHandler(sys.stderr)
    of_libraries.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=[_without_values, *shared, _named(service, role)],
            processors=[structlog.stdlib.ProcessorFormatter.remove_processors_meta, as_json],
        )
    )
    of_libraries.addFilter(OnceInAWhile())
    logging.basicConfig(level=logging.WARNING, handlers=[of_libraries], force=True)
    if service:
        structlog.contextvars.bind_contextvars(service=service, **({"role": role} if role else {}))


class OnceInAWhile(logging.Filter):
    """Lets one line of a kind through a minute, and says with the next how many there were."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        super().__init__()
        self._clock = clock
        self._kinds: dict[tuple[str, object], tuple[float, int]] = {}

    def filter(self, record: logging.LogRecord) -> bool:
        """Whether this one is written; it carries `held_back`, how many of its kind were not."""
        kind, now = (record.name, record.msg if isinstance(record.msg, str) else type(record.msg)), self._clock()
        since, held_back = self._kinds.get(kind, (-AGAIN_AFTER_SECONDS, 0))
        if now - since < AGAIN_AFTER_SECONDS:
            self._kinds[kind] = (since, held_back + 1)
            return False
        self._kinds[kind] = (now, 0)
        record.held_back = held_back
        return True


def _without_values(_logger: Any, _method: str, line: structlog.typing.EventDict) -> structlog.typing.EventDict:
    """What a library says, without what it put into its sentence; and of one that may quote people, not the sentence either."""
    record: logging.LogRecord = line["_record"]
    told: structlog.typing.EventDict = {"_record": record, "_from_structlog": False, "event": "library", "logger": record.name}
    if record.name.partition(".")[0] in SAYS_NOTHING_ABOUT_PEOPLE and isinstance(record.msg, str):
        told["said"] = record.msg
    if record.exc_info:
        told["exc_info"] = record.exc_info
    if held_back := getattr(record, "held_back", 0):
        told["held_back"] = held_back
    return told


def _named(service: str, role: str) -> structlog.typing.Processor:
    """Libraries may speak where no request is under way, which knows the service."""

    def named(_logger: Any, _method: str, line: structlog.typing.EventDict) -> structlog.typing.EventDict:
        return {**({"service": service} if service else {}), **({"role": role} if role else {}), **line}

    return named


def _places_only(exc_info: structlog.typing.ExcInfo) -> list[str]:
    """Where it went wrong, without the message: an exception may quote what somebody wrote."""
    _, error, trace = exc_info
    places = [type(error).__name__]
    while trace:
        places.append(f"{trace.tb_frame.f_code.co_filename.rpartition('/')[2]}:{trace.tb_lineno} {trace.tb_frame.f_code.co_name}")
        trace = trace.tb_next
    return places
