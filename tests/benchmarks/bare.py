"""A bare Starlette route that answers with the bytes of a file, under given headers.

`python -m tests.benchmarks.bare PORT FILE HEADERS` serves it on the server that the service runs
on; the headers are a JSON object. At `/short` the same body comes under its media type alone.
"""

import json
import sys
from collections.abc import Mapping
from pathlib import Path

import uvicorn
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from app.cli.logs import build_log_config
from app.cli.serve import SERVER


def make_app(body: bytes, headers: Mapping[str, str]) -> Starlette:
    """Return an application of one route, once with all headers and once with as few as can be."""

    async def answer(_request: Request) -> Response:
        return Response(body, headers=headers)

    async def answer_shortly(_request: Request) -> Response:
        return Response(body, media_type=headers["content-type"])

    return Starlette(routes=[Route("/", answer), Route("/short", answer_shortly)])


def main() -> None:
    """Serve until the process is told to stop."""
    port, file, headers = sys.argv[1:]
    app = make_app(Path(file).read_bytes(), json.loads(headers))
    log_config = build_log_config("warning", "text")
    uvicorn.run(app, port=int(port), log_config=log_config, log_level="warning", **SERVER)


if __name__ == "__main__":
    main()
