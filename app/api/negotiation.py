"""Which form of an answer a caller prefers."""

from typing import Final

from fastapi import Request

CSV: Final = "text/csv"
"""The media type of lists as files."""


def prefers_csv(request: Request) -> bool:
    """Return whether the caller names CSV, and JSON not before it."""
    weights = {}
    for part in request.headers.get("accept", "").split(","):
        name, _, parameters = part.strip().partition(";")
        weights[name.strip()] = _weight(parameters)
    return weights.get(CSV, 0.0) > max(
        weights.get("application/json", 0.0), weights.get("*/*", 0.0) * 0.99
    )


def _weight(parameters: str) -> float:
    """Return the `q` of a media type, 1 if it has none, 0 if it is malformed."""
    for parameter in parameters.split(";"):
        name, _, value = parameter.strip().partition("=")
        if name == "q":
            try:
                return float(value)
            except ValueError:
                return 0.0
    return 1.0
