"""The nine indicators of the Workforce Race Equality Standard: what an answer says of them.

Where a figure cannot be had, a reason stands in its place.
"""

from dataclasses import dataclass
from datetime import datetime

from app.domain.bands import Band, StaffGroup
from app.domain.codes import Caution, Reason
from app.domain.indicator_figures import DifferenceFigure, PoolIndicatorFigure, SurveyFigure
from app.domain.likelihoods import Disparity
from app.domain.progress import Interval, Source
from app.domain.series import Continuity


@dataclass(frozen=True, slots=True)
class PeopleFigure:
    """People by ethnic group, with their BME share."""

    white: int
    bme: int
    unknown: int
    total: int
    share: float | None
    share_reason: Reason | None
    share_of_known: float | None
    share_of_known_reason: Reason | None
    unknown_share: float | None
    unknown_share_reason: Reason | None
    interval_95: Interval | None
    interval_95_reason: Reason | None


@dataclass(frozen=True, slots=True)
class BandFigure:
    """People of a staff group, or of a band in it.

    Attributes:
        band: None for the whole staff group.
    """

    staff_group: StaffGroup
    band: Band | None
    people: PeopleFigure


@dataclass(frozen=True, slots=True)
class StaffFigure:
    """Indicator 1: the workforce, and beside it each staff group and band that has people.

    Attributes:
        trusts: Trusts whose people are counted.
    """

    trusts: int
    workforce: PeopleFigure
    staff_groups: tuple[BandFigure, ...]
    bands: tuple[BandFigure, ...]


@dataclass(frozen=True, slots=True)
class SeatsFigure:
    """Board members, and their BME share minus that of the workforce."""

    people: PeopleFigure
    difference: DifferenceFigure | Reason


@dataclass(frozen=True, slots=True)
class BoardFigure:
    """Indicator 9: the board as a whole, its voting and its executive members.

    Attributes:
        trusts: Trusts whose boards are counted.
    """

    trusts: int
    board: SeatsFigure
    voting: SeatsFigure
    executive: SeatsFigure


@dataclass(frozen=True, slots=True)
class DisparityFigure:
    """How much likelier white than BME staff are found in higher tiers of pay."""

    trusts: int
    non_clinical: Disparity
    clinical: Disparity


@dataclass(frozen=True, slots=True)
class NineFigures:
    """All nine indicators, and disparity ratios, of one census.

    Attributes:
        expected: Trusts that had people of their own then.
        staff: Indicator 1.
        pools: Indicators 2 to 4.
        surveys: Indicators 5 to 8.
        board: Indicator 9.
    """

    year: int
    expected: int
    staff: StaffFigure | Reason
    pools: dict[int, PoolIndicatorFigure | Reason]
    surveys: dict[int, SurveyFigure | Reason]
    board: BoardFigure | Reason
    disparity: DisparityFigure | Reason


@dataclass(frozen=True, slots=True)
class Sources:
    """The revisions that figures were added up from."""

    actuals: tuple[Source, ...] = ()
    board: tuple[Source, ...] = ()
    indicators: tuple[Source, ...] = ()


@dataclass(frozen=True, slots=True)
class WresReport:
    """The nine indicators of a trust at a census, beside the year before and all England.

    Attributes:
        as_of: The instant asked for, else that of the newest change that the answer depends on.
        england: Sums of the counts of all trusts that have sent; a reason where the caller may
            not be told.
    """

    ods_code: str
    year: int
    continuity: Continuity
    as_of: datetime
    synthetic: bool
    trust: NineFigures
    trust_sources: Sources
    last_year: NineFigures
    last_year_sources: Sources
    england: NineFigures | Reason
    warnings: tuple[Caution, ...]
