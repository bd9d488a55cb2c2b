"""Areas: what an answer about an integrated care board, a region or England says.

An area is the sum of the counts of its trusts, never the mean of their percentages. Sums of
boards are of board positions, not of people: somebody may sit on several. Every null has a
reason beside it. Shares and probabilities are proportions, not rounded.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from app.domain.bands import StaffGroup
from app.domain.codes import Caution, GoalOutlook, Outlook, Position, Reason
from app.domain.measures import Measure
from app.domain.organisations import Kind, Organisation
from app.domain.progress import ActualFigure, ForecastFigure, Parity, Trend
from app.domain.series import Continuity

AREA_KINDS = frozenset({Kind.ICB, Kind.REGION, Kind.ENGLAND})
"""What is an area."""


class Boundaries(StrEnum):
    """Which trusts an area is the sum of."""

    TODAY = "today"
    AT_CENSUS = "at_census"


class RowsOf(StrEnum):
    """What an answer about England has a row for."""

    TRUST = "trust"
    AREA = "area"


class Counted(StrEnum):
    """Which returns a measure is counted from."""

    STAFF = "staff"
    BOARD = "board"


@dataclass(frozen=True, slots=True)
class Turnout:
    """Which trusts of an area reported a census.

    Attributes:
        expected: Trusts that had people of their own then.
        reported_codes: Those of them whose people were reported.
        missing_codes: Those of them whose people were not.
    """

    year: int
    counted: Counted
    reported_codes: tuple[str, ...]
    missing_codes: tuple[str, ...]

    @property
    def expected(self) -> int:
        """Trusts that had people of their own then."""
        return len(self.reported_codes) + len(self.missing_codes)

    @property
    def reported(self) -> int:
        """Those of them whose people were reported."""
        return len(self.reported_codes)


@dataclass(frozen=True, slots=True)
class Change:
    """What changed since an earlier census.

    Attributes:
        since: Year of the earlier census.
        trusts: How many trusts are in the later and in the earlier sum.
        bme: BME persons now less those then.
        total: Persons now less those then.
        share: Share now less that then; None where there was nobody.
    """

    since: int
    trusts: int
    trusts_then: int
    bme: int
    total: int
    share: float | None
    share_reason: Reason | None


@dataclass(frozen=True, slots=True, kw_only=True)
class AreaFigure(ActualFigure):
    """The people of the measure in all trusts of an area at one census.

    Attributes:
        trusts_expected: Trusts that had people of their own then.
        trusts_reported: Those of them that are in the sum.
        in_trend: Whether trusts with 95 % of the people reported, so that the trend uses it.
        change_on_all: Since the census before, on whoever reported each.
        change_on_same_trusts: Likewise on the trusts that reported both.
    """

    trusts_expected: int
    trusts_reported: int
    in_trend: bool
    change_on_all: Change | None
    change_on_all_reason: Reason | None
    change_on_same_trusts: Change | None
    change_on_same_trusts_reason: Reason | None


@dataclass(frozen=True, slots=True)
class TrustGoals:
    """The goals of an area's trusts for one census, in people, added up.

    Attributes:
        year: The goals' census.
        trusts: How many trusts have one, with somebody in the measure.
        bme: Their BME people at their latest census.
        goal_people: BME people that their goals ask for, at their latest sizes.
        people_to_goal: BME people still needed, over the trusts that are short.
    """

    year: int
    trusts: int
    bme: int
    goal_people: int
    people_to_goal: int


@dataclass(frozen=True, slots=True)
class AreaProgress:
    """Where a measure stands in an area."""

    measure: Measure
    staff_group: StaffGroup | None
    counted: Counted
    actuals: tuple[AreaFigure, ...]
    forecast: tuple[ForecastFigure, ...] | None
    forecast_reason: Reason | None
    trend: Trend | None
    trend_reason: Reason | None
    parity: Parity | None
    parity_reason: Reason | None
    goals_of_trusts: tuple[TrustGoals, ...]
    warnings: tuple[Caution, ...] = field(default=())


# Not frozen: England has thousands, and to set 26 members of a frozen one takes ten times as long.
@dataclass(slots=True)
class CompactRow:
    """Where one measure of a trust, or an area, stands, in one line; made once, never changed.

    Attributes:
        year: Latest census; for an area, the latest that its trend uses.
        goal_people: BME people that the goal asks for at the latest size.
        probability: Of reaching the goal.
        outlook: For parity.
        parity_year: First census with an even chance of parity; `outlook` says why it is None.
    """

    kind: Kind
    ods_code: str
    name: str
    measure: Measure
    staff_group: StaffGroup | None
    year: int | None
    bme: int | None
    white: int | None
    unknown: int | None
    total: int | None
    share: float | None
    share_reason: Reason | None
    goal_year: int | None
    goal_share: float | None
    goal_people: int | None
    goal_reason: Reason | None
    people_to_goal: int | None
    people_to_goal_reason: Reason | None
    position: Position | None
    position_reason: Reason | None
    probability: float | None
    goal_outlook: GoalOutlook | None
    probability_reason: Reason | None
    outlook: Outlook | None
    outlook_reason: Reason | None
    parity_year: int | None

    @property
    def actuals_reason(self) -> Reason | None:
        """Why there is no census; None if there is one."""
        return Reason.NO_ACTUALS if self.year is None else None


@dataclass(frozen=True, slots=True)
class AreaReport:
    """An area, in full and trust by trust.

    Attributes:
        trusts: How many trusts lie in it, or lay in it at its latest census.
        turnouts: Who reported, by census, oldest first.
    """

    area: Organisation
    boundaries: Boundaries
    continuity: Continuity
    as_of: datetime
    method: str
    synthetic: bool
    trusts: int
    turnouts: tuple[Turnout, ...]
    measures: tuple[AreaProgress, ...]
    rows: Sequence[CompactRow]
