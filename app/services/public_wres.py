"""Reporting the nine indicators of a trust as far as a caller may see them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session

from app.domain.callers import Action, Caller
from app.domain.errors import ReturnsNotFound
from app.domain.measures import Measure, Scope
from app.domain.organisations import Organisation
from app.domain.public_progress import PublicFigure, PublicProgress
from app.domain.public_wres import PublicNine, PublicWres
from app.domain.wres import WresReport
from app.services.access import may
from app.services.progress import Inquiry
from app.services.public_figures import find_indicators
from app.services.public_progress import show_progress
from app.services.wres import list_years, report_wres
from app.store import organisations


@dataclass(frozen=True, slots=True)
class ShownWres:
    """The nine indicators of one census of a trust, and which censuses there are.

    Attributes:
        years: Every census of which the caller may see anything, oldest first.
        report: None where there is no census at all.
    """

    years: Sequence[int]
    report: WresReport | PublicWres | None


def show_wres(
    session: Session, *, ods_code: str, year: int | None, caller: Caller, now: datetime
) -> ShownWres:
    """Return the nine indicators of a trust at a census, as far as a caller may see them.

    Who may not read the trust's figures exactly gets released ones under disclosure control.

    Args:
        session: A reading session.
        ods_code: The trust's.
        year: Of the census; None for the newest.
        caller: Who asks.
        now: The instant of asking, after which nothing is known.

    Raises:
        TrustNotFound: No trust has the code.
        TokenInvalid: The caller has no token, and nothing of the trust is public.
        NotAllowed: The caller may not read the trust's figures, and nothing of it is public.
        ReturnsNotFound: There is nothing of the census.
    """
    trust = organisations.get_trust(session, ods_code)
    if not may(session, caller, Action.READ_FIGURES, trust):
        return _show_public(session, trust, year, caller, now)
    years = list_years(session, ods_code=ods_code, caller=caller)
    if year is None and not years:
        return ShownWres((), None)
    report = report_wres(
        session,
        ods_code=ods_code,
        year=years[-1] if year is None else year,
        as_of=None,
        caller=caller,
        now=now,
    )
    return ShownWres(years, report)


def _show_public(
    session: Session, trust: Organisation, year: int | None, caller: Caller, now: datetime
) -> ShownWres:
    told = show_progress(
        session,
        ods_code=trust.ods_code,
        scopes=[Scope(one) for one in Measure],
        inquiry=Inquiry(),
        caller=caller,
        now=now,
    )
    people: dict[int, dict[Measure, PublicFigure]] = {}
    for progress in [one for one in told if isinstance(one, PublicProgress)]:
        for figure in progress.actuals:
            people.setdefault(figure.year, {})[progress.measure] = figure
    years = sorted(people)
    if year is None and not years:
        return ShownWres((), None)
    chosen = years[-1] if year is None else year
    if chosen not in people:
        raise ReturnsNotFound(ods_code=trust.ods_code, year=chosen)

    def tell(one: int) -> PublicNine:
        sent = find_indicators(session, trust, one, as_of=None)
        return PublicNine.of(one, people.get(one, {}), sent)

    report = PublicWres(trust.ods_code, chosen, trust.is_synthetic, tell(chosen), tell(chosen - 1))
    return ShownWres(years, report)
