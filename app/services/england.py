"""The trusts of England that the figures held are about: invented ones, or real ones."""

from datetime import date

from sqlmodel import Session

from app.domain.organisations import Kind, Organisation
from app.store import actuals, boards, organisations


def is_invented(session: Session) -> bool:
    """Return whether the database holds invented figures; they never stand beside real ones."""
    return any(store.holds_any(session, synthetic=True) for store in (actuals, boards))


def list_trusts(session: Session, *, on: date) -> list[Organisation]:
    """Return the trusts open on a day, in the order of codes.

    Invented ones if the database holds invented figures, else real ones.
    """
    wanted = is_invented(session)
    return [
        one.organisation
        for one in organisations.list_all(session).values()
        if one.organisation.kind is Kind.TRUST
        and one.organisation.is_synthetic == wanted
        and one.organisation.is_open_on(on)
    ]
