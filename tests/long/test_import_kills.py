"""Imports whose process is killed: everything is there, or nothing, and the service starts.

Run by `make test-long`. A real process imports a real file of ten national years into a
database that is made to last, and is killed at 20 random moments on each kind of database.
"""

import os
import random
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from itertools import count
from pathlib import Path

import pytest
from sqlalchemy import func, select
from sqlmodel import Session
from starlette.testclient import TestClient

from app.main import create_app
from app.services.demonstration import make_demonstration
from app.settings import Settings
from app.store import ledger
from app.store.engine import build_engine, writing
from app.store.rows import Row
from tests.benchmarks.imports import CELLS, HEADS, Load, make_load, prepare
from tests.origins import ORIGIN
from tests.postgres import running_server

KILLS = 20
SEED = 20261127
COUNTED = ("actuals_revision", "headcount", "import_record", "import_item", "change")

Counts = dict[str, int]


@pytest.fixture(scope="module")
def load() -> Load:
    return make_load(make_demonstration())


@pytest.fixture(scope="module")
def file(load: Load, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("file") / "national.csv"
    path.write_bytes(load.text)
    return path


@pytest.fixture(scope="module", params=("sqlite", "postgresql"))
def databases(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Iterator[str]]:
    """Addresses of databases that hold the register, one after another."""
    made = make_demonstration()
    if request.param == "sqlite":
        template = tmp_path_factory.mktemp("databases") / "template.sqlite3"
        engine = build_engine(f"sqlite:///{template}")
        prepare(engine, made)
        engine.dispose()
        yield (
            f"sqlite:///{shutil.copy(template, template.with_name(f'{number}.sqlite3'))}"
            for number in count()
        )
        return
    with running_server(durable=True) as server:
        engine = build_engine(server.create("template_of_kills"))
        prepare(engine, made)
        engine.dispose()
        yield (server.create(f"kill_{number}", template="template_of_kills") for number in count())


def start(file: Path, load: Load, url: str) -> subprocess.Popen[bytes]:
    """Start an import in a process of its own."""
    expected = load.terms.expected
    assert expected is not None
    return subprocess.Popen(
        [
            sys.executable, "-c", "from app.cli import main; main()",
            "import", str(file), "--kind", "actuals",
            "--expected-workforce", str(expected.workforce), "--expected-bme", str(expected.bme),
        ],
        env={**os.environ, "PARITY_DATABASE_URL": url},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )  # fmt: skip


def held(url: str) -> Counts:
    """Return how many rows the tables have, once nobody is writing any more."""
    engine = build_engine(url)
    try:
        with writing(engine, ORIGIN) as session:
            ledger.take_turn(session)
            return {name: _count(session, name) for name in COUNTED}
    finally:
        engine.dispose()


def _count(session: Session, name: str) -> int:
    table = Row.metadata.tables[name]
    number: int = session.execute(select(func.count()).select_from(table)).scalar_one()
    return number


def answers(url: str) -> bool:
    """Return whether the service starts on a database and answers from it."""
    with TestClient(create_app(Settings(database_url=url))) as client:
        ready = client.get("/health/ready").status_code
        return (ready, client.get("/v1/changes").status_code) == (200, 200)


def test_a_killed_import_leaves_everything_or_nothing(
    databases: Iterator[str], file: Path, load: Load
) -> None:
    url = next(databases)
    nothing = held(url)
    begun = time.perf_counter()
    assert start(file, load, url).wait() == 0
    took = time.perf_counter() - begun
    everything = held(url)
    returns = len(load.tables[HEADS])
    assert everything == nothing | {
        "actuals_revision": returns,
        "headcount": len(load.tables[CELLS]),
        "import_record": 1,
        "import_item": returns,
        "change": nothing["change"] + returns + 1,
    }

    moments = random.Random(SEED)  # noqa: S311 - moments, not secrets
    found = []
    for _ in range(KILLS):
        url = next(databases)
        process = start(file, load, url)
        try:
            # Most of the time goes into starting and reading; what matters comes after that.
            process.wait(timeout=moments.uniform(0.5, 1.02) * took)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
        found.append(held(url))
        assert found[-1] in (nothing, everything)
        assert answers(url)

    assert nothing in found
