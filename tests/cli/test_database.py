from sqlalchemy import Engine, text

from app.store import schema
from app.store.engine import writing
from tests.cli.parity import Parity

NEWEST = schema.NEWEST


def test_an_empty_database_is_upgraded_once(fresh_parity: Parity) -> None:
    told = [fresh_parity.succeed("db", "upgrade") for _ in range(2)]

    assert schema.is_current(fresh_parity.url)
    assert told == [
        f"Upgraded from nothing to {NEWEST}.\n",
        f"The database is at the revision {NEWEST} already.\n",
    ]


def test_current_tells_what_an_empty_database_needs(fresh_parity: Parity) -> None:
    told = fresh_parity.succeed("db", "current")

    assert told == f"nothing; this release needs {NEWEST}, run `parity db upgrade`.\n"


def test_current_tells_that_nothing_is_needed(parity: Parity) -> None:
    assert parity.succeed("db", "current") == f"{NEWEST}, which this release needs.\n"


def test_a_database_of_another_release_is_not_upgraded(parity: Parity, engine: Engine) -> None:
    with writing(engine) as session:
        session.execute(text("UPDATE alembic_version SET version_num = 'beef'"))

    told = parity.fail("db", "upgrade")

    assert told == (
        "The database is at the revision beef, which this release does not know; it belongs to"
        " another release.\n"
    )
