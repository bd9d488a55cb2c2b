"""What pages are styled and enhanced by, under addresses that change with the contents."""

from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Final

from starlette.responses import Response
from starlette.staticfiles import StaticFiles
from starlette.types import Scope

PREFIX: Final = "/static"

_FOLDER: Final = Path(__file__).parent / "static"

_KEPT: Final = "public, max-age=31536000, immutable"
"""For a year, and without asking again: another version has another address."""


@cache
def asset(name: str) -> str:
    """Return the address of a file, with its version.

    Raises:
        FileNotFoundError: There is no such file.
    """
    return f"{PREFIX}/{name}?v={sha256((_FOLDER / name).read_bytes()).hexdigest()[:12]}"


def read_asset(name: str) -> str:
    """Return the text of a file, for what stands without the service."""
    return (_FOLDER / name).read_text(encoding="utf-8")


class Assets(StaticFiles):
    """The files, kept by browsers where they are asked for with a version."""

    def __init__(self) -> None:
        """Serve the folder beside this module."""
        super().__init__(directory=_FOLDER)

    async def get_response(self, path: str, scope: Scope) -> Response:
        """Return a file, or what its absence is answered by."""
        response = await super().get_response(path, scope)
        named = scope["query_string"].startswith(b"v=")
        response.headers["Cache-Control"] = _KEPT if named else "no-cache"
        return response
