"""The command line on a database, and the facts that a test starts from."""

from pathlib import Path

import pytest
from sqlalchemy import Engine

from tests.cli import example as worked_example
from tests.cli.parity import Parity
from tests.given import Given


@pytest.fixture
def parity(database_url: str, tmp_path: Path) -> Parity:
    """The command line on a migrated database of each kind."""
    return Parity(database_url, tmp_path)


@pytest.fixture
def fresh_parity(empty_database_url: str, tmp_path: Path) -> Parity:
    """The command line on an empty database of each kind."""
    return Parity(empty_database_url, tmp_path)


@pytest.fixture
def given(engine: Engine) -> Given:
    """Facts to start from; a small register is held."""
    given = Given(engine)
    given.register()
    return given


@pytest.fixture
def example(given: Given, parity: Parity) -> Parity:
    """The command line on a database with the worked example, sent in by it."""
    assert given
    for year, body in worked_example.bodies().items():
        file = parity.write(f"{year}.json", body)
        parity.succeed("actuals", "put", str(file), "--trust", "ZZ901", "--year", str(year))
    parity.succeed(
        *("targets", "set", "--trust", "ZZ901", "--measure", "leadership"),
        *("--cycle", "2022-2025", "--goal-share", "0.18", "--submit"),
    )
    return parity
