"""The service behind a real server, as in production, and where its writers write."""

import socket
import time
from collections.abc import Iterator
from threading import Thread

import pytest
import uvicorn
from fastapi import FastAPI
from httpx2 import Client

from tests.given import Given

PATH = "/v1/trusts/ZZ901/actuals/2024"
BOARD = "/v1/trusts/ZZ901/board/2024"
ENTRY = "/v1/organisations/ZZ911"


@pytest.fixture
def server(app: FastAPI) -> Iterator[Client]:
    """A client of the service behind a server on a port, as in production."""
    listener = socket.create_server(("127.0.0.1", 0))
    config = uvicorn.Config(app, log_config=None, lifespan="on")
    running = uvicorn.Server(config)
    thread = Thread(target=running.run, kwargs={"sockets": [listener]})
    thread.start()
    try:
        while not running.started:
            assert thread.is_alive(), "the server did not start"
            time.sleep(0.005)
        port = listener.getsockname()[1]
        with Client(base_url=f"http://127.0.0.1:{port}", timeout=30) as client:
            yield client
    finally:
        running.should_exit = True
        thread.join()
        listener.close()


@pytest.fixture
def given(app: FastAPI, server: Client) -> Given:
    """Facts to start from, beside the register."""
    assert server
    return Given(app.state.engine)
