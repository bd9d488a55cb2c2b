"""What the log of a running service looks like.

It tells nothing that a caller wrote: no address but its template, no header, no body, and of a
failure where it happened but not what it said, since drivers repeat values in what they say.
"""

import json
import logging
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from functools import lru_cache
from traceback import extract_tb
from types import TracebackType
from typing import Any, Final

from uvicorn.logging import DefaultFormatter

from app.api.observing import Batch, Served
from app.settings import LogFormat

LOGGERS: Final = ("parity", "uvicorn", "uvicorn.access")
"""Whose events are logged; those of others are when they are warnings."""

_ExcInfo = (
    tuple[type[BaseException], BaseException, TracebackType | None] | tuple[None, None, None]
)


class JsonFormatter(logging.Formatter):
    """Writes each event as a line of JSON."""

    def format(self, record: logging.LogRecord) -> str:
        """Return the line of an event, or the lines of requests that were served."""
        level = record.levelname.lower()
        if isinstance(record.msg, Batch):
            return "\n".join(_line_of(one, level, record.name) for one in record.msg.served)
        line: dict[str, Any] = {
            "time": _instant(record.created),
            "level": level,
            "logger": record.name,
            "request_id": getattr(record, "request_id", None),
            "message": record.getMessage(),
        }
        if record.exc_info and record.exc_info[1]:
            line["exception"] = list(_describe(record.exc_info[1]))
        return json.dumps(line)


class TextFormatter(DefaultFormatter):
    """Writes each event as a line for people, as the server does, with the name of its request."""

    def formatMessage(self, record: logging.LogRecord) -> str:  # noqa: N802 - the library's name
        """Return the line of an event."""
        said = super().formatMessage(record)
        name = getattr(record, "request_id", None)
        return said if name is None or isinstance(record.msg, Batch) else f"{said} [{name}]"

    def formatException(self, ei: _ExcInfo) -> str:  # noqa: N802 - the library's name
        """Return the lines of a failure."""
        return "\n".join(_describe(ei[1])) if ei[1] else ""


def build_log_config(level: str, form: LogFormat) -> dict[str, Any]:
    """Return how events are logged: on the standard error, each with the name of its request.

    Args:
        level: The least serious events that are logged.
        form: `json`, `text`, or `auto` for text on a terminal only.
    """
    is_text = sys.stderr.isatty() if form == "auto" else form == "text"
    handler = {
        "class": "logging.StreamHandler",
        "filters": ["request"],
        "formatter": "text" if is_text else "json",
        "stream": "ext://sys.stderr",
    }
    logger = {"handlers": ["log"], "level": level.upper(), "propagate": False}
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "filters": {"request": {"()": "app.api.request_ids.RequestIdFilter"}},
        "formatters": {
            "json": {"()": "app.cli.logs.JsonFormatter"},
            "text": {"()": "app.cli.logs.TextFormatter", "fmt": "%(levelprefix)s %(message)s"},
        },
        "handlers": {"log": handler},
        "loggers": dict.fromkeys(LOGGERS, logger),
        "root": {"handlers": ["log"], "level": "WARNING"},
    }


def _line_of(served: Served, level: str, logger: str) -> str:
    """Return the line of a request: put together by hand, in a tenth of the time.

    What is put in is a number, a plain word, or quoted.
    """
    name = "null" if served.request_id is None else f'"{served.request_id}"'
    facts = _facts(served.method, served.route, served.status, served.size, served.is_warm)
    return (
        f'{{"time": "{_instant(served.at)}", "level": "{level}", "logger": "{logger}"'
        f', "request_id": {name}, {facts}, "duration_ms": {served.seconds * 1000:.3f}}}'
    )


@lru_cache(maxsize=4096)
def _facts(method: str, route: str | None, status: int | None, size: int, is_warm: bool) -> str:  # noqa: FBT001 - as a key
    """Return the members that many requests have in common."""
    facts = {"method": method, "route": route, "status": status, "bytes": size, "warm": is_warm}
    return json.dumps(facts)[1:-1]


def _instant(timestamp: float) -> str:
    """Return an instant, to the millisecond."""
    second = int(timestamp)
    return f"{_second(second)}.{int((timestamp - second) * 1000):03}Z"


@lru_cache(maxsize=64)
def _second(timestamp: int) -> str:
    return datetime.fromtimestamp(timestamp, UTC).strftime("%Y-%m-%dT%H:%M:%S")


def _describe(error: BaseException | None) -> Iterator[str]:
    """Yield of a failure, and of what it came from, what it is and where it was."""
    while error is not None:
        kind = type(error)
        yield f"{kind.__module__}.{kind.__qualname__}"
        for frame in extract_tb(error.__traceback__):
            yield f"  at {frame.filename}:{frame.lineno} in {frame.name}"
        error = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
