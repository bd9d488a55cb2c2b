"""Which form of an answer a caller prefers."""

from collections.abc import Sequence
from typing import Final

from fastapi import Request
from starlette.routing import Match
from starlette.types import Scope

from app.api.guarding import GuardedRoute

CSV: Final = "text/csv"
"""The media type of lists as files."""

XLSX: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
"""The media type of workbooks."""

HTML: Final = "text/html"
"""The media type of pages."""


class UnlessPage(GuardedRoute):
    """A route that leaves those who prefer a page to the page at the same address."""

    def matches(self, scope: Scope) -> tuple[Match, Scope]:
        """Return whether a request is for this route, and what its address says."""
        if scope["type"] == "http" and prefers_html(Request(scope)):
            return Match.NONE, {}
        return super().matches(scope)


def prefers_csv(request: Request) -> bool:
    """Return whether the caller names CSV, and JSON not before it."""
    return _prefers(request, CSV)


def choose_file(request: Request) -> str | None:
    """Return the media type of the file that the caller prefers to JSON; None for JSON."""
    weights = _weights(request)
    wanted = [one for one in (CSV, XLSX) if _prefers(request, one)]
    return max(wanted, key=lambda one: weights[one], default=None)


def choose_among(request: Request, media_types: Sequence[str]) -> str:
    """Return the one of some media types that the caller names first; the first if none is."""
    weights = _weights(request)
    return max(media_types, key=lambda one: weights.get(one, 0.0))


def prefers_html(request: Request) -> bool:
    """Return whether the caller names HTML, and JSON not before it, as browsers do."""
    return _prefers(request, HTML)


def _prefers(request: Request, media_type: str) -> bool:
    """Return whether the caller names a media type, and JSON not before it."""
    weights = _weights(request)
    return weights.get(media_type, 0.0) > max(
        weights.get("application/json", 0.0), weights.get("*/*", 0.0) * 0.99
    )


def _weights(request: Request) -> dict[str, float]:
    """Return the `q` of each media type that the caller names."""
    weights = {}
    for part in request.headers.get("accept", "").split(","):
        name, _, parameters = part.strip().partition(";")
        weights[name.strip()] = _weight(parameters)
    return weights


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
