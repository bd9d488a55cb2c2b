"""A service that is killed a hundred times on each kind of database, while it is written to.

Run by `make test-long`. On PostgreSQL, which is made to last, its server is killed too.
"""

from pathlib import Path

from app.store import schema
from tests.killing import Killed, fill, kill_while_writing
from tests.postgres import Server, own_server

KILLS = 100
SEED = 20261128

OF_SERVER = range(9, KILLS, 10)
"""Kills that are PostgreSQL's."""


def assert_nothing_is_lost(killed: Killed) -> None:
    assert killed.findings == []
    # Numbers begin at 1 where something was held before.
    assert sum(killed.held.values()) >= killed.acknowledged + killed.cut_off[True]
    assert killed.acknowledged > KILLS
    # Whether the change of a call without an answer had been stored is chance.
    assert any(killed.cut_off.values())


def test_what_was_acknowledged_is_there_on_sqlite(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'parity.sqlite3'}"
    schema.upgrade(url)
    fill(url)

    assert_nothing_is_lost(kill_while_writing(url, kills=KILLS, seed=SEED))


def test_what_was_acknowledged_is_there_on_postgresql() -> None:
    with own_server(durable=True) as own:
        server = Server(own.url)
        url = server.create("killed")
        server.close()
        schema.upgrade(url)
        fill(url)

        killed = kill_while_writing(
            url, kills=KILLS, seed=SEED, instead=dict.fromkeys(OF_SERVER, own.kill)
        )

    assert_nothing_is_lost(killed)


def test_a_server_that_has_hardly_begun_is_stopped() -> None:
    with own_server() as own:
        own.stop()

        for _ in range(20):
            own.begin()
            own.stop()

        own.start()
