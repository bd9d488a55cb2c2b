"""Databases with the demonstration set, one of each kind, for what is measured on them."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from app.domain.callers import Role
from app.store.engine import build_engine
from tests.bodies import Headers
from tests.engines import OF_ENGINES
from tests.given import Given
from tests.kept import migrated_demonstration


@dataclass(frozen=True, slots=True)
class Held:
    """A database.

    Attributes:
        engine: What kind it is.
        folder: For files beside it.
        token: Headers of a caller who may read everything.
    """

    engine: str
    url: str
    folder: Path
    token: Headers


def demonstrated() -> Iterator[Held]:
    """Yield a database of each kind, one after another."""
    for engine in OF_ENGINES:
        with one_demonstrated(engine) as held:
            yield held


@contextmanager
def one_demonstrated(engine: str) -> Iterator[Held]:
    """Yield a database of a kind."""
    with TemporaryDirectory() as name, OF_ENGINES[engine](Path(name)) as url:
        migrated_demonstration(url)
        store = build_engine(url)
        token = Given(store).token(Role.NATIONAL)
        store.dispose()
        yield Held(engine, url, Path(name), token)
