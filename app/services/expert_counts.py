"""Counting the WRES experts of each trust, and finding the trusts that have none."""

from datetime import date, datetime

from sqlmodel import Session

from app.domain.callers import Action, Caller
from app.domain.experts import TrustSupport
from app.services.access import reaches, require_role
from app.services.england import list_trusts
from app.store import experts


def key_of_trust(support: TrustSupport) -> str:
    """Return the key by which trusts without experts come first in a list of trusts."""
    return f"{support.experts:06d} {support.trust.ods_code}"


def count_experts(
    session: Session,
    *,
    on: date | None,
    without: bool,
    after: str | None,
    limit: int | None,
    caller: Caller,
    now: datetime,
) -> list[TrustSupport]:
    """Return how many experts support each trust open on a day, those with fewest first.

    Args:
        session: A reading session.
        on: The day; None for today.
        without: Whether only trusts without any are wanted.
        after: Only those after this key.
        limit: How many at most; None for all.
        caller: An area's sees its trusts.
        now: The instant.

    Raises:
        TokenInvalid: The caller has no token.
        NotAllowed: The caller may not compare trusts.
    """
    require_role(caller, Action.COUNT_EXPERTS)
    day = on or now.date()
    numbers = experts.count_by_trust(session, on=day)
    found = [
        TrustSupport(trust, day, numbers.get(trust.ods_code, 0))
        for trust in list_trusts(session, on=day)
        if reaches(session, caller, trust) and not (without and trust.ods_code in numbers)
    ]
    after_it = [one for one in found if after is None or key_of_trust(one) > after]
    return sorted(after_it, key=key_of_trust)[:limit]
