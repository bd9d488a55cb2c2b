"""The definitions that figures refer to: censuses, cycles and ethnic categories."""

from sqlmodel import Session

from app.domain.censuses import Census, Cycle
from app.domain.ethnic_categories import EthnicCategories
from app.ingest.ethnic_categories import read_ethnic_categories
from app.store import censuses


def get_census(session: Session, *, year: int) -> Census:
    """Return the census of a year.

    Raises:
        CensusNotFound: There is none.
    """
    return censuses.get(session, year)


def list_censuses(session: Session) -> list[Census]:
    """Return every census, oldest first."""
    return censuses.list_all(session)


def list_cycles(session: Session) -> list[Cycle]:
    """Return every cycle, oldest first."""
    return censuses.list_cycles(session)


def list_ethnic_categories() -> EthnicCategories:
    """Return the ethnic categories of the NHS Data Dictionary."""
    return read_ethnic_categories()
