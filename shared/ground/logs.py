"""News for operators: structured lines with an action and ids; never anything personal (design.md §11)."""

from __future__ import annotations

import logging
import sys

import orjson
import structlog


def write_logs(*, level: str = "info", service: str = "") -> None:
    """From now on this process writes JSON lines to standard error, the libraries' warnings among them."""
    logging.basicConfig(
        level=logging.WARNING, stream=sys.stderr, format='{"level": "%(levelname)s", "event": "library", "logger": "%(name)s"}', force=True
    )
    structlog.configure(
        processors=[
            structlog.contextvars.merge_contextvars,
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            structlog.processors.ExceptionRenderer(_places_only),
            structlog.processors.JSONRenderer(serializer=lambda line, **_: orjson.dumps(line, default=str).decode()),
        ],
        wrapper_class=structlog.make_filtering_bound_logger(logging.getLevelNamesMapping()[level.upper()]),
        logger_factory=structlog.PrintLoggerFactory(sys.stderr),
        cache_logger_on_first_use=True,
    )
    if service:
        structlog.contextvars.bind_contextvars(service=service)


def _places_only(exc_info: structlog.typing.ExcInfo) -> list[str]:
    """Where it went wrong, without the message: an exception may quote what somebody wrote."""
    _, error, trace = exc_info
    places = [type(error).__name__]
    while trace:
        places.append(f"{trace.tb_frame.f_code.co_filename.rpartition('/')[2]}:{trace.tb_lineno} {trace.tb_frame.f_code.co_name}")
        trace = trace.tb_next
    return places
