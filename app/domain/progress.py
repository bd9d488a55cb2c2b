"""Progress of one measure of a trust: what an answer says.

Every null has a reason beside it. Shares and probabilities are proportions, not rounded.
"""

from dataclasses import dataclass, field
from datetime import datetime

from app.domain.bands import StaffGroup
from app.domain.codes import (
    ActualsState,
    AppointmentVerdict,
    Caution,
    GoalOutlook,
    Outlook,
    PointsOutlook,
    Position,
    Reason,
    TargetState,
)
from app.domain.measures import Measure, ReferenceKind
from app.domain.series import Continuity
from app.domain.targets import GoalForm


@dataclass(frozen=True, slots=True)
class Interval:
    """A closed interval of shares or of differences of shares."""

    lower: float
    upper: float


@dataclass(frozen=True, slots=True)
class Source:
    """A revision that a census was added up from."""

    ods_code: str
    revision: int


@dataclass(frozen=True, slots=True)
class ActualFigure:
    """The people of the measure at one census.

    Attributes:
        revision: The trust's own; None where the census is made of predecessors' alone.
        sources: All revisions, where the census is not just the trust's own.
    """

    year: int
    revision: int | None
    bme: int
    white: int
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
    state: ActualsState
    sources: tuple[Source, ...] | None = None


@dataclass(frozen=True, slots=True)
class SharePeople:
    """A distance: as a difference of shares, positive when short, and in whole people."""

    share: float
    people: int


@dataclass(frozen=True, slots=True)
class BaselineFigure:
    """Where a target started."""

    year: int
    bme: int
    total: int
    share: float | None
    share_reason: Reason | None


@dataclass(frozen=True, slots=True)
class MilestoneFigure:
    """What is due at one census; people at the latest team size."""

    year: int
    share: float | None
    share_reason: Reason | None
    headcount: int


@dataclass(frozen=True, slots=True)
class Verdict:
    """How a closing target ended."""

    met: bool
    gap: SharePeople


@dataclass(frozen=True, slots=True)
class TargetFigure:
    """A target as progress shows it."""

    id: str
    version: int
    state: TargetState
    cycle: str
    form: GoalForm
    baseline: BaselineFigure
    milestones: tuple[MilestoneFigure, ...]
    verdict: Verdict | None = None
    verdict_reason: Reason | None = None


@dataclass(frozen=True, slots=True)
class Gap:
    """How far the latest census is from the path and from the goal.

    Attributes:
        beyond_chance: Whether the Wilson interval lies wholly on one side of the path.
        share_a_year_needed: From now to the goal's census.
        share_a_year_observed: Least-squares slope of the shares.
    """

    year: int
    to_path: SharePeople | None
    to_path_reason: Reason | None
    to_goal: SharePeople
    position: Position | None
    position_reason: Reason | None
    beyond_chance: bool | None
    beyond_chance_reason: Reason | None
    met: bool
    share_a_year_needed: float | None
    share_a_year_needed_reason: Reason | None
    share_a_year_observed: float | None
    share_a_year_observed_reason: Reason | None


@dataclass(frozen=True, slots=True)
class PlannedNeed:
    """What a version of a target asked for each year, from its frozen baseline to its goal.

    Attributes:
        share: As a difference of shares; None where nobody was in the group at the baseline.
        people: BME people a year, at the baseline's team size.
    """

    version: int
    state: TargetState
    share: float | None
    share_reason: Reason | None
    people: float


@dataclass(frozen=True, slots=True)
class NeedNow:
    """What is asked for each year from the latest census to the goal's.

    Attributes:
        people: BME people a year, team size unchanged; negative when the goal is passed.
    """

    share: float
    people: float


@dataclass(frozen=True, slots=True)
class YearlyNeed:
    """What is asked for each year: as each version planned it, and as it is now, side by side."""

    planned: tuple[PlannedNeed, ...]
    now: NeedNow | None
    now_reason: Reason | None


@dataclass(frozen=True, slots=True)
class GoalChance:
    """How probable it is that the goal will be reached at its census."""

    probability: float
    outlook: GoalOutlook


@dataclass(frozen=True, slots=True)
class ForecastFigure:
    """The forecast share at one census."""

    year: int
    median: float
    band_80: Interval
    band_95: Interval


@dataclass(frozen=True, slots=True)
class Trend:
    """The walk that the forecast rests on: drift in log-odds a year."""

    censuses: int
    drift: float
    dispersion: float


@dataclass(frozen=True, slots=True)
class ParityGap:
    """The distance to the reference at the census that parity was compared at.

    Attributes:
        people: ⌈reference share · n⌉ − x, by promotion from within; negative when above.
    """

    share: float
    people: int
    interval_95: Interval


@dataclass(frozen=True, slots=True)
class YearInterval:
    """From the first census with a chance of one in ten to the first with nine in ten."""

    earliest: int | None
    latest: int | None
    latest_reason: Reason | None


@dataclass(frozen=True, slots=True)
class Chance:
    """The probability of parity, or above, at one census."""

    year: int
    probability: float


@dataclass(frozen=True, slots=True)
class PointsScale:
    """What lines through the shares, in percentage points, say."""

    gap_change_a_year: float
    outlook: PointsOutlook
    year: int | None
    year_reason: Reason | None


@dataclass(frozen=True, slots=True)
class OtherOutlook:
    """The outlook as seen another way."""

    outlook: Outlook
    year: int | None


@dataclass(frozen=True, slots=True)
class Parity:
    """Whether and when the measure's share meets its reference.

    Attributes:
        on_everybody: The outlook with everybody counted, where it depends on people of
            unknown ethnicity; else None.
        on_log_odds_scale: The outlook in log-odds, where it depends on the scale; else None.
    """

    census: int
    reference: ReferenceKind
    reference_share: float | None
    reference_share_reason: Reason | None
    gap: ParityGap | None
    gap_reason: Reason | None
    outlook: Outlook
    year: int | None
    interval_80: YearInterval | None
    probability_closing: float | None
    probability_closing_reason: Reason | None
    parity_to_nearest_person: bool
    probability_at_parity: tuple[Chance, ...] | None
    probability_at_parity_reason: Reason | None
    on_points_scale: PointsScale | None
    on_points_scale_reason: Reason | None
    on_known_ethnicity: OtherOutlook
    on_everybody: OtherOutlook | None = None
    on_log_odds_scale: OtherOutlook | None = None


@dataclass(frozen=True, slots=True)
class Appointments:
    """What turnover alone can do until the goal's census: arithmetic, not a quota.

    Attributes:
        turnover: Share of staff who leave in a year.
        expected: Appointments until then, team size unchanged.
        arithmetic_share_needed: Share of them that would have to go to BME staff; above 1
            means that turnover alone cannot do it.
    """

    turnover: float
    expected: float
    arithmetic_share_needed: float
    verdict: AppointmentVerdict


@dataclass(frozen=True, slots=True)
class Progress:
    """Where a measure of a trust stands, as of an instant."""

    ods_code: str
    measure: Measure
    staff_group: StaffGroup | None
    continuity: Continuity
    as_of: datetime
    method: str
    synthetic: bool
    actuals: tuple[ActualFigure, ...]
    closing_target: TargetFigure | None
    current_target: TargetFigure | None
    current_target_reason: Reason | None
    gap: Gap | None
    gap_reason: Reason | None
    yearly_need: YearlyNeed | None
    yearly_need_reason: Reason | None
    goal_outlook: GoalChance | None
    goal_outlook_reason: Reason | None
    forecast: tuple[ForecastFigure, ...] | None
    forecast_reason: Reason | None
    trend: Trend | None
    trend_reason: Reason | None
    parity: Parity | None
    parity_reason: Reason | None
    appointments: Appointments | None
    appointments_reason: Reason | None
    warnings: tuple[Caution, ...] = field(default=())
