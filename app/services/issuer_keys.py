"""The keys of an issuer of signed tokens, kept for a while."""

import logging
from dataclasses import dataclass
from datetime import datetime, timedelta
from math import ceil
from typing import Final

from app.domain.errors import DownloadFailed, IssuerUnavailable
from app.ingest.key_sets import SigningKey, fetch_keys

FRESH: Final = timedelta(minutes=15)
"""How long keys are used before the issuer is asked again: a key that it takes back is refused
after that time."""

KEPT: Final = timedelta(hours=24)
"""How long keys are used while the issuer does not answer."""

PAUSE: Final = timedelta(seconds=30)
"""How long the issuer is left alone after it was asked, so that a flood of tokens with keys that
nobody knows does not become a flood at the issuer's."""

_log = logging.getLogger("parity.tokens")


@dataclass(frozen=True, slots=True)
class _Held:
    """A set of keys, and when it was fetched."""

    keys: tuple[SigningKey, ...]
    at: datetime

    def knows(self, kid: str | None) -> bool:
        return kid is None or any(one.kid == kid for one in self.keys)


class IssuerKeys:
    """The keys with which an issuer signs.

    One thread at a time may refresh them; any number may look for a key meanwhile.
    """

    def __init__(self, url: str) -> None:
        """Know where the keys are; they are fetched when the first is wanted.

        Args:
            url: Of the set of keys.
        """
        self._url = url
        self._held: _Held | None = None
        self._asked_at: datetime | None = None
        self._is_asking = False

    def are_due(self, kid: str | None, now: datetime) -> bool:
        """Return whether the issuer is to be asked before a key is looked for.

        Args:
            kid: Of the key; None where a token names none.
            now: The instant.
        """
        held = self._held
        if held is not None and held.knows(kid) and self._may_use(held, now):
            return False
        return not _is_within(self._asked_at, now, PAUSE)

    def refresh(self, kid: str | None, now: datetime) -> None:
        """Ask the issuer, unless another has in the meantime; keep what is held if it fails."""
        if not self.are_due(kid, now):
            return
        self._is_asking = True
        try:
            self._held = _Held(fetch_keys(self._url), now)
        except DownloadFailed as error:
            _log.warning("the keys that are held stay in use: %s", error)
        finally:
            self._asked_at, self._is_asking = now, False

    def find(self, kid: str | None, now: datetime) -> tuple[SigningKey, ...]:
        """Return the keys that a token may mean: those of its name, or all if it names none.

        Raises:
            IssuerUnavailable: No keys are held that are not too old.
        """
        held = self._held
        if held is None or not _is_within(held.at, now, KEPT):
            raise IssuerUnavailable(retry_after_s=ceil(PAUSE.total_seconds()))
        return tuple(one for one in held.keys if kid is None or one.kid == kid)

    def _may_use(self, held: _Held, now: datetime) -> bool:
        """Return whether keys are good as they are: fresh, or another asks for newer ones."""
        return self._is_asking or _is_within(held.at, now, FRESH)


def _is_within(since: datetime | None, now: datetime, time: timedelta) -> bool:
    """Return whether an instant lies back, and not as far as a time.

    Of two requests the one that came first may be looked at last, so that it may lie a little
    ahead; one that lies far ahead, after a clock was set back, says nothing.
    """
    return since is not None and -PAUSE < now - since < time
