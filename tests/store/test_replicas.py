"""A replica is read where it holds the very version that is wanted, and else left aside."""

import asyncio
import logging
from collections.abc import Iterator
from contextlib import ExitStack
from datetime import timedelta

import pytest
from sqlalchemy import Engine, text

from app.store.engine import build_engine, writing
from app.store.replicas import Replica, Wanted, follow
from app.store.versions import TRUST_SECONDS, ServerVersion, watch
from tests.origins import ORIGIN
from tests.postgres import Server

NOBODYS = "postgresql+psycopg://nobody@127.0.0.1:1/nothing"

INSTANT = "SELECT (extract(epoch FROM changed_at) * 1000000)::bigint FROM ledger"


@pytest.fixture
def primary(postgresql_url: str) -> Iterator[Engine]:
    engine = build_engine(postgresql_url)
    yield engine
    engine.dispose()


@pytest.fixture
def copy_url(
    postgresql_server: Server, postgresql_names: Iterator[str], postgresql_template: str
) -> Iterator[str]:
    """The address of another copy of the same database, which follows when it is told to."""
    name = next(postgresql_names)
    yield postgresql_server.create(name, template=postgresql_template)
    postgresql_server.drop(name)


def version_of(engine: Engine) -> int:
    with engine.connect() as connection:
        found: int = connection.execute(text(INSTANT)).scalar_one()
    return found


def later(engine: Engine) -> int:
    """Store a change; return the version."""
    with writing(engine, ORIGIN) as session:
        session.execute(text("UPDATE ledger SET changed_at = changed_at + interval '1 s'"))
    return version_of(engine)


def is_entered(replica: Replica, wanted: Wanted) -> bool:
    with ExitStack() as stack:
        session = replica.enter(stack, wanted)
        if session is None:
            return False
        assert session.scalar(text("SELECT count(*) FROM ledger")) == 1
    return True


def test_a_replica_takes_who_wants_its_very_version(primary: Engine, copy_url: str) -> None:
    version = ServerVersion(primary, 0)
    replica = Replica(copy_url, version)
    own = version_of(replica.engine)

    answers = {
        "its own": is_entered(replica, Wanted(own)),
        "a later one": is_entered(replica, Wanted(own + 1)),
        "an earlier one": is_entered(replica, Wanted(own - 1)),
        "its own, of a while ago": is_entered(replica, Wanted(own, 7)),
        "a later one, of a while ago": is_entered(replica, Wanted(own + 1, 7)),
        "an earlier one, of a while ago": is_entered(replica, Wanted(own - 1, 7)),
    }
    replica.close()

    assert [name for name, is_taken in answers.items() if is_taken] == [
        "its own",
        "its own, of a while ago",
        "an earlier one, of a while ago",
    ]


def test_a_session_on_a_replica_sees_one_version(primary: Engine, copy_url: str) -> None:
    replica = Replica(copy_url, ServerVersion(primary, 0))
    own = version_of(replica.engine)
    with ExitStack() as stack:
        session = replica.enter(stack, Wanted(own))
        later(replica.engine)

        assert session is not None
        assert session.execute(text(INSTANT)).scalar_one() == own
    replica.close()


@pytest.mark.parametrize("kind", ["nobody's", "another program's"])
def test_a_replica_that_cannot_be_used_is_left_alone_for_a_while(
    kind: str, empty_postgresql_url: str, primary: Engine, caplog: pytest.LogCaptureFixture
) -> None:
    url = NOBODYS if kind == "nobody's" else empty_postgresql_url
    patient, impatient = (
        Replica(url, ServerVersion(primary, 0), pause_seconds=pause) for pause in (60.0, 0.0)
    )

    with caplog.at_level(logging.WARNING, "parity.replicas"):
        found = [is_entered(one, Wanted(1)) for one in (patient, patient, impatient, impatient)]
    for one in (patient, impatient):
        one.close()

    assert found == [False] * 4
    assert len(caplog.records) == 3


def test_what_is_wanted_is_what_the_primary_tells(primary: Engine, copy_url: str) -> None:
    async def script() -> list[Wanted | None]:
        version = ServerVersion(primary, 0)
        replica = Replica(copy_url, version)
        found = [await replica.ask()]
        later(primary)
        found.append(await replica.ask())
        replica.close()
        await version.close()
        return found

    first, second = asyncio.run(script())

    assert first is not None
    assert first.age_s is None
    assert second == Wanted(version_of(primary))
    assert second != first


@pytest.fixture
def ending_url(
    postgresql_server: Server, postgresql_names: Iterator[str], postgresql_template: str
) -> str:
    """The address of a database that a test drops."""
    return postgresql_server.create(next(postgresql_names), template=postgresql_template)


@pytest.mark.parametrize("longest_alone", [timedelta(minutes=15), timedelta(0)])
def test_a_primary_that_is_away_is_stood_in_for_as_long_as_that_may_be(
    longest_alone: timedelta, copy_url: str, ending_url: str, postgresql_server: Server
) -> None:
    async def script() -> list[Wanted | None]:
        primary = build_engine(ending_url)
        version = ServerVersion(primary, 0)
        replica = Replica(copy_url, version, longest_alone=longest_alone)
        found = [await replica.ask()]
        postgresql_server.drop(str(primary.url.database))
        await asyncio.sleep(TRUST_SECONDS)  # what the primary told is trusted for so long
        found += [await replica.ask() for _ in range(2)]  # it fails, then is not to be had
        replica.close()
        await version.close()
        primary.dispose()
        return found

    told, *away = asyncio.run(script())

    assert told is not None
    assert told.age_s is None
    if longest_alone:
        ages = [one.age_s or 0 for one in away if one is not None and one.version == told.version]
        assert 1 <= ages[0] <= ages[1]
    else:
        assert away == [None, None]


def test_a_primary_that_was_never_heard_is_not_stood_in_for(copy_url: str) -> None:
    async def script() -> Wanted | None:
        engine = build_engine(NOBODYS)
        replica = Replica(copy_url, ServerVersion(engine, 0))
        found = await replica.ask()
        replica.close()
        engine.dispose()
        return found

    assert asyncio.run(script()) is None


def test_a_database_is_followed_where_a_replica_is_named(primary: Engine) -> None:
    version = watch(primary)

    followed = follow(NOBODYS, version)
    assert followed is not None
    assert followed.engine.url.port == 1
    followed.close()
    assert follow(None, version) is None
