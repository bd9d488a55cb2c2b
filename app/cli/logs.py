"""What the log of a running service looks like.

It tells nothing that a caller wrote: no address but its template, no header, no body, and of a
failure where it happened but not what it said, since drivers repeat values in what they say.
"""

import json
import logging
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from traceback import extract_tb
from types import TracebackType
from typing import Any, Final

from uvicorn.logging import DefaultFormatter

from app.api.observing import Served
from app.settings import LogFormat

LOGGERS: Final = ("parity", "uvicorn", "uvicorn.access")
"""Whose events are logged; those of others are when they are warnings."""

_ExcInfo = (
    tuple[type[BaseException], BaseException, TracebackType | None] | tuple[None, None, None]
)


class JsonFormatter(logging.Formatter):
    """Writes each event as a line of JSON."""

    def format(self, record: logging.LogRecord) -> str:
        """Return the line of an event."""
        line: dict[str, Any] = {
            "time": _instant(record.created),
            "level": record.levelname.lower(),
            "logger": record.name,
            "request_id": getattr(record, "request_id", None),
        }
        if isinstance(record.msg, Served):
            # A kept answer is given before the request gets its name.
            line |= {"request_id": record.msg.request_id, **record.msg.facts()}
        else:
            line["message"] = record.getMessage()
        if record.exc_info and record.exc_info[1]:
            line["exception"] = list(_describe(record.exc_info[1]))
        return json.dumps(line)


class TextFormatter(DefaultFormatter):
    """Writes each event as a line for people, as the server does, with the name of its request."""

    def formatMessage(self, record: logging.LogRecord) -> str:  # noqa: N802 - the library's name
        """Return the line of an event."""
        name = getattr(record, "request_id", None)
        if isinstance(record.msg, Served):
            name = record.msg.request_id
        return super().formatMessage(record) + (f" [{name}]" if name else "")

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


def _instant(timestamp: float) -> str:
    at = datetime.fromtimestamp(timestamp, UTC)
    return at.isoformat(timespec="milliseconds").replace("+00:00", "Z")


def _describe(error: BaseException | None) -> Iterator[str]:
    """Yield of a failure, and of what it came from, what it is and where it was."""
    while error is not None:
        kind = type(error)
        yield f"{kind.__module__}.{kind.__qualname__}"
        for frame in extract_tb(error.__traceback__):
            yield f"  at {frame.filename}:{frame.lineno} in {frame.name}"
        error = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
