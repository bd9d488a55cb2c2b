"""What the report of a census tells: England, its regions, the nine indicators, who is missing."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final

from sqlmodel import Session

from app.domain.areas import AreaReport, Boundaries, RowsOf
from app.domain.callers import Caller
from app.domain.censuses import Census
from app.domain.codes import Reason
from app.domain.errors import NotAllowed, TokenInvalid
from app.domain.measures import Measure
from app.domain.organisations import Kind
from app.domain.public_areas import PublicAreaReport
from app.domain.releases import Release
from app.services.area_scenes import AreaInquiry
from app.services.areas import ENGLAND
from app.services.organisations import Filter as OrganisationFilter
from app.services.organisations import list_organisations
from app.services.public_areas import show_area
from app.services.returns import Filter, Returns, list_returns
from app.services.wres import EnglandIndicators, report_england
from app.store import censuses, releases

OF_REGIONS: Final = (Measure.WORKFORCE, Measure.LEADERSHIP, Measure.BOARD)
"""The measures that are told of each region."""

Report = AreaReport | PublicAreaReport


@dataclass(frozen=True, slots=True)
class AnnualFigures:
    """The figures of the report of a census, as far as a caller may see them.

    Attributes:
        as_of: The instant asked for, else that of the newest change that any figure depends on.
        england: Every measure.
        regions: Those that were open at the census, in alphabetical order.
        indicators: All nine, or why they are not told.
        returns: Who has sent; None for a caller who may not know yet.
        editions: The releases of the census of all trusts, oldest first.
    """

    census: Census
    as_of: datetime
    england: Report
    regions: Sequence[Report]
    indicators: EnglandIndicators | Reason
    returns: Returns | None
    editions: Sequence[Release]

    @property
    def year(self) -> int:
        """Of the census."""
        return self.census.year

    @property
    def is_controlled(self) -> bool:
        """Whether the figures are under disclosure control."""
        return isinstance(self.england, PublicAreaReport)


def report_census(
    session: Session, *, year: int, as_of: datetime | None, caller: Caller, now: datetime
) -> AnnualFigures:
    """Return what the report of a census tells a caller.

    Areas have the boundaries of the census.

    Args:
        session: A reading session.
        year: Of the census.
        as_of: None for the newest change that the answer depends on.
        caller: Who asks.
        now: The instant of asking, after which nothing is known.

    Raises:
        CensusNotFound: There is no census of the year.
        TokenInvalid: The caller has no token, the trusts are real, and nothing is released.
        NotAllowed: The caller may not read sums over real trusts, and nothing is released.
        UnacceptableQuestion: The instant has not come.
    """
    census = censuses.get(session, year, as_of=as_of)
    asked = AreaInquiry(boundaries=Boundaries.AT_CENSUS, as_of=as_of)
    whole = replace(asked, rows=RowsOf.AREA)
    england = show_area(session, code=ENGLAND, inquiry=whole, caller=caller, now=now)
    wanted = OrganisationFilter(kind=Kind.REGION, open_on=census.day)
    found = list_organisations(session, wanted=wanted, after=None, limit=None)
    regions = [
        show_area(
            session,
            code=one.ods_code,
            inquiry=replace(asked, measures=OF_REGIONS),
            caller=caller,
            now=now,
        )
        for one in sorted(found, key=lambda one: one.name)
    ]
    indicators = report_england(session, year=year, as_of=as_of, caller=caller)
    made = releases.list_all(session, ods_code=ENGLAND, year=year, as_of=as_of)
    changes = [england.as_of, *(one.as_of for one in regions), *(one.record.at for one in made)]
    if isinstance(indicators, EnglandIndicators) and indicators.changed_at is not None:
        changes.append(indicators.changed_at)
    return AnnualFigures(
        census=census,
        as_of=as_of or max(changes),
        england=england,
        regions=regions,
        indicators=indicators,
        returns=_find_returns(session, year, as_of, caller, now),
        editions=made,
    )


def _find_returns(
    session: Session, year: int, as_of: datetime | None, caller: Caller, now: datetime
) -> Returns | None:
    """Return who has sent; None for a caller who may not know before the census is published."""
    try:
        return list_returns(
            session, year=year, wanted=Filter(), as_of=as_of, caller=caller, now=now
        )
    except (TokenInvalid, NotAllowed):
        return None
