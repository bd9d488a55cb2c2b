"""A bare Starlette route that answers with the bytes of a file.

`python -m tests.benchmarks.bare PORT FILE TYPE` serves it on the server that the service runs on.
"""

import sys
from pathlib import Path

import uvicorn
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from app.cli.logs import build_log_config
from app.cli.serve import SERVER


def make_app(body: bytes, media_type: str) -> Starlette:
    """Return an application of one route."""

    async def answer(_request: Request) -> Response:
        return Response(body, media_type=media_type)

    return Starlette(routes=[Route("/", answer)])


def main() -> None:
    """Serve until the process is told to stop."""
    port, file, media_type = sys.argv[1:]
    app = make_app(Path(file).read_bytes(), media_type)
    log_config = build_log_config("warning", "text")
    uvicorn.run(app, port=int(port), log_config=log_config, log_level="warning", **SERVER)


if __name__ == "__main__":
    main()
