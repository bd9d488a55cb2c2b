"""Pages of other origins that may call the API (CORS)."""

from collections.abc import Collection
from typing import Final

from starlette.middleware.cors import CORSMiddleware
from starlette.types import ASGIApp

_REMEMBERED_SECONDS: Final = 600
_METHODS: Final = ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE")
_SENT: Final = (
    "Authorization",
    "Content-Type",
    "Idempotency-Key",
    "If-Match",
    "If-None-Match",
    "X-Request-ID",
)
_SHOWN: Final = (
    "ETag",
    "Location",
    "Idempotency-Replayed",
    "RateLimit",
    "RateLimit-Policy",
    "Retry-After",
    "WWW-Authenticate",
    "X-Request-ID",
)


def share(app: ASGIApp, origins: Collection[str]) -> ASGIApp:
    """Return an application that lets pages of some origins call it; never with cookies."""
    return CORSMiddleware(
        app,
        allow_origins=list(origins),
        allow_methods=_METHODS,
        allow_headers=_SENT,
        expose_headers=_SHOWN,
        max_age=_REMEMBERED_SECONDS,
    )
