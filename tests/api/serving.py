"""The service behind a real server, as in production, and where its writers write."""

import socket
import time
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Thread

import pytest
import uvicorn
from fastapi import FastAPI
from httpx2 import Client

from app.cli.serve import SERVER
from tests.given import Given

PATH = "/v1/trusts/ZZ901/actuals/2024"
BOARD = "/v1/trusts/ZZ901/board/2024"
ENTRY = "/v1/organisations/ZZ911"


@contextmanager
def running(app: FastAPI) -> Iterator[int]:
    """Run the service behind a server, as in production; yield its port."""
    listener = socket.create_server(("127.0.0.1", 0))
    config = uvicorn.Config(app, log_config=None, lifespan="on", **SERVER)
    one = uvicorn.Server(config)
    thread = Thread(target=one.run, kwargs={"sockets": [listener]})
    thread.start()
    try:
        while not one.started:
            assert thread.is_alive(), "the server did not start"
            time.sleep(0.005)
        port: int = listener.getsockname()[1]
        yield port
    finally:
        one.should_exit = True
        thread.join()
        listener.close()


@pytest.fixture
def server(app: FastAPI) -> Iterator[Client]:
    """A client of the service behind a server on a port."""
    with (
        running(app) as port,
        Client(base_url=f"http://127.0.0.1:{port}", timeout=30) as client,
    ):
        yield client


@pytest.fixture
def given(app: FastAPI, server: Client) -> Given:
    """Facts to start from, beside the register."""
    assert server
    return Given(app.state.engine)
