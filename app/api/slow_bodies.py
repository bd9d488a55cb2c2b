"""Bodies that come too slowly, so that nobody keeps the service waiting for nothing."""

from typing import Final

import anyio
from starlette.exceptions import HTTPException
from starlette.types import ASGIApp, Message, Receive, Scope, Send

BYTES_A_SECOND: Final = 10_000
"""How fast a body has to come, after a time in which it need not."""

_TIMED_OUT = 408


class SlowBodies:
    """Gives up on a body that comes more slowly than any line that is in use."""

    def __init__(self, app: ASGIApp, *, seconds: int) -> None:
        """Wrap an application.

        Args:
            app: The application.
            seconds: How long a body may take, beside a second for each `BYTES_A_SECOND`.
        """
        self._app = app
        self._seconds = seconds

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        began = anyio.current_time()
        received, is_whole = 0, False

        async def receive_in_time() -> Message:
            nonlocal received, is_whole
            if is_whole:
                return await receive()
            ends = began + self._seconds + received / BYTES_A_SECOND
            try:
                with anyio.fail_after(ends - anyio.current_time()):
                    message = await receive()
            except TimeoutError:
                raise _too_slow() from None
            received += len(message.get("body", b""))
            is_whole = not message.get("more_body", False)
            return message

        await self._app(scope, receive_in_time, send)


def _too_slow() -> HTTPException:
    detail = (
        f"The body came too slowly: send at least {BYTES_A_SECOND} bytes a second. Nothing was"
        " stored."
    )
    # What is left of the body would be taken for the next request.
    return HTTPException(_TIMED_OUT, detail, {"Connection": "close"})
