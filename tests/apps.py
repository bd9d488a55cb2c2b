"""Applications that tests take turns with: building one anew for each would take longest."""

import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import Any, Final

import uvicorn
from fastapi import FastAPI
from starlette.applications import Starlette

from app.main import create_app, read_clock
from app.settings import Settings

UNLIMITED: Final[dict[str, Any]] = {
    "rate_limit_reads": 0,
    "rate_limit_writes": 0,
    "rate_limit_imports": 0,
    "rate_limit_unknown": 0,
}
"""Settings of a service that counts no requests: tests ask faster than people do."""

_FREE: list[FastAPI] = []


@contextmanager
def borrowed_app(
    database_url: str, *, clock: Callable[[], datetime] = read_clock
) -> Iterator[FastAPI]:
    """Yield the application, not yet started, on a database of its own.

    The routes are those of an application before; what a start makes is made anew.
    """
    app = _FREE.pop() if _FREE else create_app(Settings())
    app.state.settings = Settings(database_url=database_url, **UNLIMITED)
    app.state.clock = clock
    yield app
    _FREE.append(app)


@contextmanager
def listening(app: Starlette) -> Iterator[str]:
    """Yield the address at which a real server answers for an application."""
    listener = socket.create_server(("127.0.0.1", 0))
    server = uvicorn.Server(uvicorn.Config(app, log_level="warning"))
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]})
    thread.start()
    try:
        yield f"http://127.0.0.1:{listener.getsockname()[1]}"
    finally:
        server.should_exit = True
        thread.join()
        listener.close()
