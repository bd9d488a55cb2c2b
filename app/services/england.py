"""The trusts of England that the figures held are about: invented ones, or real ones."""

from datetime import date, datetime

from sqlmodel import Session

from app.domain.organisations import Organisation
from app.store import actuals, register


def is_invented(session: Session) -> bool:
    """Return whether the database holds invented figures; they never stand beside real ones."""
    return actuals.holds_any(session, synthetic=True)


def list_trusts(
    session: Session, *, on: date, as_of: datetime | None = None
) -> list[Organisation]:
    """Return the trusts open on a day by the register of an instant, in the order of codes.

    Invented ones if the database holds invented figures, else real ones.
    """
    known = register.list_trusts(session, synthetic=is_invented(session), as_of=as_of)
    return [one for one in known if one.is_open_on(on)]
