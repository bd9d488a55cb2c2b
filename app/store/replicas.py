"""Reading from a copy of the database that follows it, and never reading anything late.

A streaming replica is behind by moments, and nobody can tell by how much. So it answers only
where it holds the very version that the primary database tells; where it does not, the primary
is read. While the primary cannot be asked, the replica answers for a while, and says how old its
answers may be.
"""

import logging
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import timedelta
from math import ceil
from time import monotonic
from typing import Final

from sqlalchemy import text
from sqlalchemy.exc import DBAPIError
from sqlmodel import Session

from app.domain.errors import StorageUnavailable
from app.store.engine import build_engine, reading
from app.store.versions import OF_SERVER, DataVersion, ServerVersion

LONGEST_ALONE: Final = timedelta(minutes=15)
"""How long a replica answers after the primary was last heard."""

PAUSE_SECONDS: Final = 30.0
"""How long a replica is left alone that could not be used."""

_VERSION: Final = text(OF_SERVER)
_log = logging.getLogger("parity.replicas")


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a replica has to hold to answer a request.

    Attributes:
        version: What the primary told.
        age_s: Seconds since then, if the primary can no longer be asked; None if it has just told
            it, so that anything newer or older will not do.
    """

    version: int
    age_s: int | None = None

    def takes(self, version: int) -> bool:
        """Return whether a replica at a version answers as it should."""
        # One that is ahead may hold a change that the primary has not yet shown to anybody.
        return version == self.version if self.age_s is None else version >= self.version


class Replica:
    """A copy of the database that can be read.

    Attributes:
        engine: Of the copy.
    """

    def __init__(
        self,
        url: str,
        version: ServerVersion,
        *,
        longest_alone: timedelta = LONGEST_ALONE,
        pause_seconds: float = PAUSE_SECONDS,
    ) -> None:
        """Make what connects to a copy when it is first asked for.

        Args:
            url: Where it is.
            version: Tells that of the primary.
            longest_alone: How long it answers after the primary was last heard.
            pause_seconds: How long it is left alone when it could not be used.
        """
        self.engine = build_engine(url, is_impatient=True)
        self._version, self._longest_alone_s = version, longest_alone.total_seconds()
        self._pause_seconds, self._again_at = pause_seconds, 0.0

    async def ask(self) -> Wanted | None:
        """Return what the copy has to hold at an instant after the call; None if nothing will do.

        It belongs to the event loop of the version.
        """
        version = await self._version.read()
        if version is not None:
            return Wanted(version)
        told = self._version.told
        if told is None or (age_s := monotonic() - told.at) > self._longest_alone_s:
            return None
        return Wanted(told.version, ceil(age_s))

    def enter(self, stack: ExitStack, wanted: Wanted) -> Session | None:
        """Open a session that sees what is wanted; None where the copy does not hold it.

        Args:
            stack: Closes it.
            wanted: What it has to see.
        """
        if monotonic() < self._again_at:
            return None
        try:
            with ExitStack() as attempt:
                session = attempt.enter_context(reading(self.engine))
                # The first question fixes what the whole session sees.
                if not wanted.takes(session.execute(_VERSION).scalar_one()):
                    return None
                stack.push(attempt.pop_all())
                return session
        except (StorageUnavailable, DBAPIError) as error:
            _log.warning("the replica cannot be read, and the primary is instead: %s", error)
            self._again_at = monotonic() + self._pause_seconds
            return None

    def close(self) -> None:
        """Let go of it."""
        self.engine.dispose()


def follow(url: str | None, version: DataVersion) -> Replica | None:
    """Return the replica at an address; None where there is none.

    Args:
        url: Of a replica of the database, on PostgreSQL.
        version: Tells that of the database.
    """
    return Replica(url, version) if url and isinstance(version, ServerVersion) else None
