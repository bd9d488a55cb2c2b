"""Which form of an answer a caller prefers."""

from collections.abc import Sequence
from typing import Final

from fastapi import Request
from starlette.routing import Match
from starlette.types import Scope

from app.api.guarding import GuardedRoute
from app.requests import HTML, prefers, read_weights

CSV: Final = "text/csv"
"""The media type of lists as files."""

XLSX: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
"""The media type of workbooks."""


class UnlessPage(GuardedRoute):
    """A route that leaves those who prefer a page to the page at the same address."""

    def matches(self, scope: Scope) -> tuple[Match, Scope]:
        """Return whether a request is for this route, and what its address says."""
        if scope["type"] == "http" and _prefers(Request(scope), HTML):
            return Match.NONE, {}
        return super().matches(scope)


def prefers_csv(request: Request) -> bool:
    """Return whether the caller names CSV, and JSON not before it."""
    return _prefers(request, CSV)


def choose_file(request: Request) -> str | None:
    """Return the media type of the file that the caller prefers to JSON; None for JSON."""
    weights = read_weights(_accept(request))
    wanted = [one for one in (CSV, XLSX) if _prefers(request, one)]
    return max(wanted, key=lambda one: weights[one], default=None)


def choose_among(request: Request, media_types: Sequence[str]) -> str:
    """Return the one of some media types that the caller names first; the first if none is."""
    weights = read_weights(_accept(request))
    return max(media_types, key=lambda one: weights.get(one, 0.0))


def _prefers(request: Request, media_type: str) -> bool:
    return prefers(_accept(request), media_type)


def _accept(request: Request) -> str:
    return request.headers.get("accept", "")
