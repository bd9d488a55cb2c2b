"""The trusts of England that the figures held are about: invented ones, or real ones."""

from datetime import date, datetime

from sqlmodel import Session

from app.domain.organisations import Attribute, Organisation
from app.store import actuals, boards, register


def is_invented(session: Session) -> bool:
    """Return whether the database holds invented figures; they never stand beside real ones."""
    return any(store.holds_any(session, synthetic=True) for store in (actuals, boards))


def list_trusts(
    session: Session, *, on: date, as_of: datetime | None = None
) -> list[Organisation]:
    """Return the trusts open on a day by the register of an instant, in the order of codes.

    Invented ones if the database holds invented figures, else real ones.
    """
    synthetic = is_invented(session)
    known = register.list_known_trusts(session, tuple(Attribute), synthetic=synthetic, as_of=as_of)
    return [one.organisation for one in known.values() if one.organisation.is_open_on(on)]
