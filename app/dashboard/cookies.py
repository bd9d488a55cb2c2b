"""The two cookies that pages give: of a session, and of the form with which one begins."""

import re
from enum import StrEnum
from typing import Final

from fastapi import Request, Response

_LOOPBACK: Final = frozenset({"localhost", "127.0.0.1", "::1"})
_SECRET: Final = re.compile(r"[-\w]{43}", re.ASCII)
"""256 bits, as they are written for addresses."""


class Cookie(StrEnum):
    """What a cookie holds: a secret of whoever is signed in, or of whoever is about to be."""

    SESSION = "parity"
    SIGN_IN = "parity-sign-in"

    def name_for(self, request: Request) -> str:
        """Return what it is called.

        A browser takes the prefix by TLS alone, and then from nobody but this very host.

        Source: RFC 6265bis, section 4.1.3.2.
        """
        return f"__Host-{self.value}" if _is_secure(request) else self.value

    def read(self, request: Request) -> str | None:
        """Return the secret that a browser sends; None where it sends none, or anything else."""
        sent = request.cookies.get(self.name_for(request), "")
        return sent if _SECRET.fullmatch(sent) else None

    def give(self, response: Response, request: Request, secret: str) -> None:
        """Let a browser hold a secret until it is closed, where no script can read it."""
        response.set_cookie(
            self.name_for(request),
            secret,
            path="/",
            secure=_is_secure(request),
            httponly=True,
            samesite="lax",
        )

    def take_back(self, response: Response, request: Request) -> None:
        """Let a browser forget a secret."""
        response.delete_cookie(
            self.name_for(request),
            path="/",
            secure=_is_secure(request),
            httponly=True,
            samesite="lax",
        )


def is_private(request: Request) -> bool:
    """Return whether nobody on the way can read what a browser sends: by TLS, or not sent far."""
    return _is_secure(request) or request.url.hostname in _LOOPBACK


def _is_secure(request: Request) -> bool:
    return request.url.scheme == "https"
