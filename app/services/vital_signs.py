"""What whoever runs the service watches of what it is there for: are the figures coming in?"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from sqlmodel import Session

from app.domain.callers import COMMAND_LINE
from app.domain.returns import ReturnCounts
from app.services.returns import Filter, list_returns
from app.store import censuses, ledger, returns

WATCHED: Final = 2
"""Censuses of which returns are counted: the newest that is open, and the one before."""


@dataclass(frozen=True, slots=True)
class VitalSigns:
    """How the service's purpose stands.

    Attributes:
        changes: Number of the newest change in the ledger.
        newest_actuals: When the newest actuals of any trust were recorded; None without any.
        returns: How many trusts have sent what, by the year of the census.
    """

    changes: int
    newest_actuals: datetime | None
    returns: Mapping[int, ReturnCounts]


def read_vital_signs(
    session: Session, *, now: datetime, known: VitalSigns | None = None
) -> VitalSigns:
    """Return how the service's purpose stands.

    Args:
        session: A reading session.
        now: The instant.
        known: What was read before on the same day; given back where nothing has changed since.
    """
    changes = ledger.count_changes(session)
    if known is not None and known.changes == changes:
        return known
    opened = [one.year for one in censuses.list_all(session) if one.opens <= now.date()]
    return VitalSigns(
        changes=changes,
        newest_actuals=returns.find_newest_actuals(session),
        returns={year: _count(session, year, now) for year in opened[-WATCHED:]},
    )


def _count(session: Session, year: int, now: datetime) -> ReturnCounts:
    found = list_returns(
        session, year=year, wanted=Filter(), as_of=None, caller=COMMAND_LINE, now=now
    )
    return found.counts
