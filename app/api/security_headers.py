"""What every answer tells a browser: load nothing, guess nothing, show it nowhere else."""

from collections.abc import Mapping
from typing import Final

from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

POLICY: Final = "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
"""What a browser may do with an answer that is not a page: nothing. A page has its own."""

ALWAYS: Final[Mapping[str, str]] = {
    "Content-Security-Policy": POLICY,
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    # A read that succeeds says otherwise; errors, and answers to writes, are kept by nobody.
    "Cache-Control": "no-store",
}
"""What each answer carries unless it says otherwise itself."""


class SecurityHeaders:
    """Adds what keeps an answer from being misused in a browser."""

    def __init__(self, app: ASGIApp, *, hsts_seconds: int, is_shared: bool) -> None:
        """Wrap an application.

        Args:
            app: The application.
            hsts_seconds: How long browsers are to insist on TLS, once they came by it; 0 to
                ask nothing of them.
            is_shared: Whether pages of other origins may read answers (CORS).
        """
        self._app = app
        self._headers = dict(ALWAYS)
        if is_shared:
            self._headers["Cross-Origin-Resource-Policy"] = "cross-origin"
        self._transport = f"max-age={hsts_seconds}" if hsts_seconds else None

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return

        async def protect(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(raw=list(message["headers"]))
                for name, value in self._headers.items():
                    headers.setdefault(name, value)
                # A browser passes over the header unless it came by TLS (RFC 6797, 7.2).
                if self._transport and scope["scheme"] == "https":
                    headers["Strict-Transport-Security"] = self._transport
                message = {**message, "headers": headers.raw}
            await send(message)

        await self._app(scope, receive, protect)
