"""What the log of a running service looks like."""

from typing import Any

LOGGERS = ("parity", "uvicorn", "uvicorn.access")
"""Whose events are logged; those of others are when they are warnings."""


def build_log_config(level: str) -> dict[str, Any]:
    """Return how events are logged: as the server does it, each with the name of its request.

    Args:
        level: The least serious events that are logged.
    """
    handler = {
        "class": "logging.StreamHandler",
        "filters": ["request"],
        "formatter": "line",
        "stream": "ext://sys.stderr",
    }
    logger = {"handlers": ["log"], "level": level.upper(), "propagate": False}
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "filters": {"request": {"()": "app.api.request_ids.RequestIdFilter"}},
        "formatters": {
            "line": {
                "()": "uvicorn.logging.DefaultFormatter",
                "fmt": "%(levelprefix)s %(message)s%(request_id)s",
            }
        },
        "handlers": {"log": handler},
        "loggers": dict.fromkeys(LOGGERS, logger),
    }
