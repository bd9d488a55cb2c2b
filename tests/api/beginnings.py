"""What many tests let happen first: it happens once on each database, and they get copies."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial
from pathlib import Path

from starlette.testclient import TestClient

from tests.apps import borrowed_app
from tests.bodies import Headers
from tests.given import Clock, Given
from tests.kept import Fill, KeptDatabases, KeptFiles

Begin = Callable[[TestClient, Given, Headers], None]
"""Lets something happen, by requests of the national team or behind the service."""


@dataclass(frozen=True)
class Beginnings:
    """Databases of a kind, by what happened on each.

    Attributes:
        kept: Copies of the database that every test starts from.
        national: Headers of the national team.
        fills: What happens, as what fills a database.
        instants: When the next request comes after it.
    """

    kept: KeptFiles | KeptDatabases
    national: Headers
    fills: dict[Begin, Fill] = field(default_factory=dict)
    instants: dict[Begin, datetime] = field(default_factory=dict)

    @contextmanager
    def copy(self, begin: Begin, folder: Path, clock: Clock) -> Iterator[str]:
        """Yield the address of a database after something happened; let a clock say when."""
        fill = self.fills.setdefault(begin, partial(self._let_happen, begin))
        with self.kept.copy(fill, folder) as url:
            clock.set(self.instants[begin])
            yield url

    def _let_happen(self, begin: Begin, url: str) -> None:
        clock = Clock()
        with borrowed_app(url, clock=clock) as app, TestClient(app) as client:
            begin(client, Given(app.state.engine), self.national)
        self.instants[begin] = clock()
