"""Migrations with the demonstration set in the database, and with a service running meanwhile.

Run by `make test-long`. The demonstration set goes down and up through every revision on each
kind of database. Then the release before this one, taken from the history of the repository,
reads and writes while this one migrates the database below it.
"""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import IO

import pytest
from alembic.script import ScriptDirectory
from sqlalchemy import Engine, inspect, text

from app.domain.callers import COMMAND_LINE
from app.services.checks import CHECKS, check_all
from app.services.demonstration import load_demonstration, make_demonstration
from app.services.register import load_register
from app.store import schema
from app.store.engine import build_engine, reading, writing
from tests.bodies import actuals_body
from tests.origins import ORIGIN
from tests.postgres import running_server

ROOT = Path(__file__).parents[2]
NOW = datetime(2026, 11, 23, 9, tzinfo=UTC)
EARLIER = "0964339"
"""The commit of the release before this one."""

WITHOUT_AUDIT = CHECKS[:-1]
"""What is checked where the release before has written: it enters nothing in the audit."""

HAMMER = """
import json, sys
from datetime import UTC, datetime
from threading import Event, Lock, Thread
from starlette.testclient import TestClient
from app.domain.callers import COMMAND_LINE, Caller, Role
from app.main import create_app
from app.services.tokens import create_token
from app.settings import Settings
from app.store.engine import build_engine, writing

url, body = sys.argv[1], json.loads(sys.argv[2])
engine = build_engine(url)
with writing(engine) as session:
    made = create_token(
        session, caller=Caller("hammer", Role.NATIONAL), expires_at=None, by=COMMAND_LINE,
        now=datetime.now(UTC),
    )
engine.dispose()
headers = {"Authorization": f"Bearer {made.secret}"}
path, enough, speaking = "/v1/trusts/ZZ001/actuals/2024", Event(), Lock()


def tell(kind, response):
    with speaking:  # a line of one thread is not broken by one of the other
        print(json.dumps([kind, response.status_code]), flush=True)


with TestClient(create_app(Settings(database_url=url)), raise_server_exceptions=False) as client:
    def write():
        tag, number = client.get(path, headers=headers).headers["etag"], 0
        while not enough.is_set():
            number += 1
            sent = body | {"notes": f"Number {number}", "reason": "So"}
            done = client.put(path, json=sent, headers=headers | {"If-Match": tag})
            tell("write", done)
            tag = done.headers.get("etag", tag)

    def read():
        while not enough.is_set():
            tell("read", client.get("/v1/trusts/ZZ002/progress/leadership", headers=headers))

    threads = [Thread(target=write), Thread(target=read)]
    for thread in threads:
        thread.start()
    sys.stdin.read()
    enough.set()
    for thread in threads:
        thread.join()
"""
"""Reads and writes with the code of the earlier release until its standard input is closed."""


def migrations() -> list[str]:
    """Return every revision, oldest first."""
    script = ScriptDirectory(str(ROOT / "migrations"))
    return [one.revision for one in script.walk_revisions()][::-1]


def fill(engine: Engine) -> None:
    schema.upgrade(engine)
    with writing(engine, ORIGIN) as session:
        load_register(session, by=COMMAND_LINE, now=NOW)
        load_demonstration(session, make_demonstration(), by=COMMAND_LINE, now=NOW)
    engine.dispose()


@pytest.fixture(scope="module", params=("sqlite", "postgresql"))
def template(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[str]:
    """The address of a database that holds the demonstration set."""
    if request.param == "sqlite":
        url = f"sqlite:///{tmp_path_factory.mktemp('databases') / 'parity.sqlite3'}"
        fill(build_engine(url))
        yield url
        return
    with running_server(durable=True) as server:
        url = server.create("demonstration")
        fill(build_engine(url))
        yield url


def counted(engine: Engine) -> dict[str, int]:
    """Return how many rows each table has that is there."""
    with engine.connect() as connection:
        tables = sorted(set(inspect(connection).get_table_names()) - {"alembic_version"})
        return {
            name: int(connection.execute(text(f"SELECT count(*) FROM {name}")).scalar_one())  # noqa: S608
            for name in tables
        }


def test_the_demonstration_set_goes_down_and_up_through_every_revision(template: str) -> None:
    with closing_engine(template) as engine:
        first, *later = migrations()
        whole = counted(engine)
        down: dict[str, dict[str, int]] = {}
        for revision in reversed([first, *later]):
            down[revision] = counted(engine)
            if revision != first:
                schema.downgrade(engine, "-1")
        for revision in later:
            schema.upgrade(engine, revision)
            held = counted(engine)
            assert held.keys() == down[revision].keys()
        kept = {name for name, rows in down[first].items() if rows}
        after = counted(engine)

    assert later[-1] == schema.NEWEST
    assert {name: after[name] for name in kept - {"ledger"}} == {
        name: whole[name] for name in kept - {"ledger"}
    }


@pytest.fixture(scope="module")
def earlier(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of the earlier release's code."""
    folder = tmp_path_factory.mktemp("earlier")
    packed = subprocess.run(
        ["git", "archive", EARLIER, "app", "migrations"],  # noqa: S607 - whichever git there is
        check=False,
        cwd=ROOT,
        capture_output=True,
    )
    if packed.returncode != 0:
        pytest.skip("the history of the repository is not here, so neither is the release before")
    subprocess.run(["tar", "-x", "-C", str(folder)], check=True, input=packed.stdout)  # noqa: S607
    return folder


@pytest.fixture(params=("sqlite", "postgresql"))
def new_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """The address of a database without tables."""
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path / 'parity.sqlite3'}"
        return
    with running_server(durable=True) as server:
        yield server.create("under_fire")


def run(folder: Path, url: str, *arguments: str) -> subprocess.Popen[str]:
    """Start Python on the code in a folder."""
    return subprocess.Popen(
        [sys.executable, "-c", *arguments],
        cwd=folder,
        env={**os.environ, "PARITY_DATABASE_URL": url, "PYTHONPATH": str(folder)},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )


MAIN = "from app.cli import main; main()"


def test_the_release_before_reads_and_writes_while_its_database_is_migrated(
    earlier: Path, new_url: str
) -> None:
    for command in (["db", "upgrade"], ["demo", "load"]):
        with run(earlier, new_url, MAIN, *command) as process:
            process.communicate()
        assert process.returncode == 0

    lines: list[tuple[str, int]] = []
    with run(earlier, new_url, HAMMER, new_url, json.dumps(actuals_body())) as hammer:
        assert hammer.stdin is not None
        assert hammer.stdout is not None

        def follow(stdout: IO[str], writes: int) -> None:
            """Read on until so many more writes have been answered."""
            wanted = writes
            while wanted:
                kind, status = json.loads(stdout.readline())
                lines.append((kind, status))
                wanted -= kind == "write"

        follow(hammer.stdout, 5)
        schema.upgrade(new_url)
        follow(hammer.stdout, 10)
        hammer.stdin.close()
        lines += [tuple(json.loads(line)) for line in hammer.stdout]
        hammer.wait()

    assert set(lines) == {("read", 200), ("write", 200)}
    with closing_engine(new_url) as engine, reading(engine) as session:
        stored = session.scalar(
            text("SELECT count(*) FROM actuals_revision WHERE ods_code = 'ZZ001' AND year = 2024")
        )
        assert list(check_all(session, WITHOUT_AUDIT)) == []
    assert stored == 1 + sum(kind == "write" for kind, _ in lines)
    assert schema.is_current(new_url)


@contextmanager
def closing_engine(url: str) -> Iterator[Engine]:
    engine = build_engine(url)
    try:
        yield engine
    finally:
        engine.dispose()
