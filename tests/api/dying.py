"""The service in a process of its own that dies where a request says so.

`python -m tests.api.dying PORT` serves the database of `PARITY_DATABASE_URL`. A request with
the header `X-Die` is answered in full, up to the commit; the process is killed as the first
byte of the answer would leave.
"""

import os
import signal
import sys

import uvicorn
from starlette.datastructures import Headers
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from app.main import create_app

HEADER = "X-Die"


class Dying:
    """Kills the process before the answer to a request that says so."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request, or die."""

        async def tell(message: Message) -> None:
            if message["type"].startswith("http.response") and HEADER in Headers(scope=scope):
                os.kill(os.getpid(), signal.SIGKILL)
            await send(message)

        await self._app(scope, receive, tell)


if __name__ == "__main__":
    uvicorn.run(Dying(create_app()), port=int(sys.argv[1]), log_level="warning")
