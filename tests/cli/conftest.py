"""The command line on a database, and the facts that a test starts from."""

from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from sqlalchemy import Engine

from app.store.engine import build_engine
from tests.cli import example as worked_example
from tests.cli.parity import Parity
from tests.given import Given
from tests.kept import Fill, Kept, nothing

DATABASES = ("sqlite", "postgresql")


def store_register(url: str) -> None:
    """Store a small register."""
    engine = build_engine(url)
    Given(engine).register()
    engine.dispose()


def store_example(url: str) -> None:
    """Send in the worked example, beside the register."""
    store_register(url)
    with TemporaryDirectory() as folder:
        parity = Parity(url, Path(folder))
        for year, body in worked_example.bodies().items():
            file = parity.write(f"{year}.json", body)
            parity.succeed("actuals", "put", str(file), "--trust", "ZZ901", "--year", str(year))
        parity.succeed(
            *("targets", "set", "--trust", "ZZ901", "--measure", "leadership"),
            *("--cycle", "2022-2025", "--goal-share", "0.18", "--submit"),
        )


@pytest.fixture(params=DATABASES)
def database_url(request: pytest.FixtureRequest, kept: Kept, tmp_path: Path) -> Iterator[str]:
    """The address of a database of each kind that holds what the test starts from."""
    asked = request.fixturenames
    fill: Fill = nothing
    if "given" in asked:
        fill = store_example if "example" in asked else store_register
    with kept.copy(request.param, fill, tmp_path) as url:
        yield url


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
    return Given(engine)


@pytest.fixture
def example(given: Given, parity: Parity) -> Parity:
    """The command line on a database with the worked example, sent in by it."""
    assert given
    return parity
