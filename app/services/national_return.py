"""A trust's census as the national return has it: all nine indicators."""

from datetime import datetime

from sqlmodel import Session

from app.domain.callers import Action, Caller
from app.domain.codes import Reason
from app.domain.national_return import NationalReturn
from app.services.access import may
from app.services.held_actuals import get_actuals
from app.store import boards, indicators, organisations


def get_national_return(
    session: Session,
    *,
    ods_code: str,
    year: int,
    as_of: datetime | None,
    caller: Caller,
    now: datetime,
) -> NationalReturn:
    """Return what a trust sent for a census, as it counted at an instant.

    Who may not read the trust's figures gets the actuals that it made public, and nothing else.

    Raises:
        TrustNotFound: No trust has the code.
        TokenInvalid: The caller has no token, and the figures are not public.
        NotAllowed: The caller may not read the trust's figures, which are not public.
        ActualsNotFound: No actuals were held.
        UnacceptableQuestion: The instant has not come.
    """
    found = get_actuals(session, ods_code=ods_code, year=year, as_of=as_of, caller=caller, now=now)
    trust = organisations.get_trust(session, ods_code)
    if not may(session, caller, Action.READ_FIGURES, trust):
        return NationalReturn(trust, found, Reason.NOT_PUBLISHED, Reason.NOT_PUBLISHED)
    return NationalReturn(
        trust,
        found,
        boards.find(session, ods_code, year, as_of=as_of) or Reason.NOT_SENT,
        indicators.find(session, ods_code, year, as_of=as_of) or Reason.NOT_SENT,
    )
