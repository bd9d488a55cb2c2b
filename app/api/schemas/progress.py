"""Progress as it is shown."""

from typing import Annotated

from pydantic import Field

from app.api.schemas.base import (
    AnswerLinks,
    BodyOut,
    Difference,
    Headcount,
    Instant,
    MethodVersion,
    Number,
    OdsCodeText,
    Share,
    TargetShare,
    WarningOut,
    Year,
    is_none,
)
from app.domain.attainability import POSITIVE_ACTION
from app.domain.bands import StaffGroup
from app.domain.codes import (
    ActualsState,
    AppointmentVerdict,
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

Why = Annotated[
    Reason | None,
    Field(
        default=None,
        exclude_if=is_none,
        description="Why the member beside it is null; present only then.",
    ),
]


class IntervalOut(BodyOut):
    """A closed interval of shares. Counts are exact: it describes the process behind them."""

    lower: Share
    upper: Share


class DifferenceIntervalOut(BodyOut):
    """A closed interval of differences of shares."""

    lower: Difference
    upper: Difference


class SourceOut(BodyOut):
    """A revision that a census was added up from."""

    ods_code: OdsCodeText
    revision: int


class ActualOut(BodyOut):
    """The people of the measure at one census."""

    year: Year
    revision: int | None = Field(
        description="The trust's own; null where the census is made of predecessors' alone.",
        examples=[1],
    )
    bme: Headcount
    white: Headcount
    unknown: Headcount
    total: Headcount
    share: Share | None
    share_reason: Why
    share_of_known: Share | None = Field(description="Of people of known ethnicity.")
    share_of_known_reason: Why
    unknown_share: Share | None
    unknown_share_reason: Why
    interval_95: IntervalOut | None = Field(description="Wilson interval of the share.")
    interval_95_reason: Why
    state: ActualsState
    sources: list[SourceOut] | None = Field(
        default=None,
        exclude_if=is_none,
        description="All revisions, where the census is not just the trust's own.",
    )


class SharePeopleOut(BodyOut):
    """A distance as a difference of shares, positive when short, and in whole people."""

    share: Difference
    people: int = Field(ge=0, description="BME people still needed, team size unchanged.")


class BaselineFigureOut(BodyOut):
    """Where a target started."""

    year: Year
    bme: Headcount
    total: Headcount
    share: Share | None
    share_reason: Why


class MilestoneFigureOut(BodyOut):
    """What is due at one census; people at the latest team size."""

    year: Year
    share: TargetShare | None
    share_reason: Why
    headcount: Headcount


class VerdictOut(BodyOut):
    """How a closing target ended."""

    met: bool
    gap: SharePeopleOut


class CurrentTargetOut(BodyOut):
    """A target as progress shows it."""

    id: str = Field(examples=["leadership-2022-2025"])
    version: int
    state: TargetState
    cycle: str = Field(examples=["2022-2025"])
    form: GoalForm
    baseline: BaselineFigureOut
    milestones: list[MilestoneFigureOut]


class ClosingTargetOut(CurrentTargetOut):
    """A target whose cycle ends at the last census, with its verdict."""

    verdict: VerdictOut | None
    verdict_reason: Why


class GapOut(BodyOut):
    """How far the latest census is from the path and from the goal."""

    year: Year
    to_path: SharePeopleOut | None
    to_path_reason: Why
    to_goal: SharePeopleOut
    position: Position | None
    position_reason: Why
    beyond_chance: bool | None = Field(
        description="Whether the 95 % interval lies wholly on one side of the path."
    )
    beyond_chance_reason: Why
    met: bool
    share_a_year_needed: Difference | None
    share_a_year_needed_reason: Why
    share_a_year_observed: Difference | None = Field(
        description="Least-squares slope of the shares."
    )
    share_a_year_observed_reason: Why


class PlannedNeedOut(BodyOut):
    """What a version of the target asked for each year, from its frozen baseline to its goal."""

    version: int = Field(examples=[1])
    state: TargetState
    share: Difference | None
    share_reason: Why
    people: Number = Field(description="BME people a year, at the baseline's team size.")


class NeedNowOut(BodyOut):
    """What is asked for each year from the latest census to the goal's."""

    share: Difference
    people: Number = Field(description="BME people a year, team size unchanged.")


class YearlyNeedOut(BodyOut):
    """What is asked for each year: as each version planned it, and as it is now."""

    planned: list[PlannedNeedOut] = Field(description="Versions that were submitted, in order.")
    now: NeedNowOut | None
    now_reason: Why


class GoalChanceOut(BodyOut):
    """How probable it is that the goal will be reached at its census."""

    probability: Share
    outlook: GoalOutlook


class ForecastOut(BodyOut):
    """The forecast share at one census."""

    year: Year
    median: Share
    band_80: IntervalOut
    band_95: IntervalOut


class TrendOut(BodyOut):
    """The walk that the forecast rests on."""

    censuses: int
    drift: Number = Field(description="Log-odds a year.", examples=[0.147534])
    dispersion: Number = Field(description="Above 1, steps vary more than expected.")


class ParityGapOut(BodyOut):
    """The distance to the reference."""

    share: Difference
    people: int = Field(
        description="People to parity by promotion from within; negative when above."
    )
    interval_95: DifferenceIntervalOut


class YearIntervalOut(BodyOut):
    """From the first census with a chance of one in ten to the first with nine in ten."""

    earliest: Year | None
    latest: Year | None
    latest_reason: Why


class ChanceOut(BodyOut):
    """The probability of parity, or above, at one census."""

    year: Year
    probability: Share


class PointsScaleOut(BodyOut):
    """What least-squares lines through the shares say: what a spreadsheet would."""

    gap_change_a_year: Difference
    outlook: PointsOutlook
    year: Year | None = Field(description="First census at or after the lines cross.")
    year_reason: Why


class OtherOutlookOut(BodyOut):
    """The outlook as seen another way."""

    outlook: Outlook
    year: Year | None


class ParityOut(BodyOut):
    """Whether and when the measure's share meets its reference."""

    census: Year = Field(description="The last census that both have.")
    reference: ReferenceKind
    reference_share: Share | None
    reference_share_reason: Why
    gap: ParityGapOut | None
    gap_reason: Why
    outlook: Outlook
    year: Year | None = Field(description="First census with an even chance of parity.")
    interval_80: YearIntervalOut | None = Field(
        description="Given with the year only; `outlook` says why not."
    )
    probability_closing: Share | None
    probability_closing_reason: Why
    parity_to_nearest_person: bool
    probability_at_parity: list[ChanceOut] | None
    probability_at_parity_reason: Why
    on_points_scale: PointsScaleOut | None
    on_points_scale_reason: Why
    on_known_ethnicity: OtherOutlookOut
    on_everybody: OtherOutlookOut | None = Field(
        default=None,
        exclude_if=is_none,
        description="Present only when the outlook depends on people of unknown ethnicity.",
    )
    on_log_odds_scale: OtherOutlookOut | None = Field(
        default=None,
        exclude_if=is_none,
        description="Present only when the outlook depends on the scale.",
    )


class AppointmentsOut(BodyOut):
    """What turnover alone can do until the goal's census: arithmetic, not a quota."""

    turnover: Share = Field(description="Share of staff who leave in a year.", examples=[0.12])
    expected: Number = Field(description="Appointments until the goal's census.")
    arithmetic_share_needed: Number = Field(
        description="Share of them that would have to go to BME staff; above 1, turnover alone"
        " cannot do it.",
        examples=[0.380531],
    )
    verdict: AppointmentVerdict
    guidance: str = Field(default=POSITIVE_ACTION, description="How to read it.")


class ProgressOut(BodyOut):
    """Where a measure of a trust stands, as of an instant."""

    ods_code: OdsCodeText
    measure: Measure
    staff_group: StaffGroup | None
    continuity: Continuity
    as_of: Instant
    method: MethodVersion
    links: AnswerLinks
    synthetic: bool = Field(description="Whether the trust is invented.")
    actuals: list[ActualOut]
    closing_target: ClosingTargetOut | None = Field(
        description="One whose cycle ends at the last census; null when there is none."
    )
    current_target: CurrentTargetOut | None
    current_target_reason: Why
    gap: GapOut | None
    gap_reason: Why
    yearly_need: YearlyNeedOut | None
    yearly_need_reason: Why
    goal_outlook: GoalChanceOut | None
    goal_outlook_reason: Why
    forecast: list[ForecastOut] | None
    forecast_reason: Why
    trend: TrendOut | None
    trend_reason: Why
    parity: ParityOut | None
    parity_reason: Why
    appointments: AppointmentsOut | None
    appointments_reason: Why
    warnings: list[WarningOut]
