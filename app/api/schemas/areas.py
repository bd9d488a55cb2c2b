"""Areas as they are shown: sums in full, and a compact row for each trust or area."""

from typing import Annotated, Self

from pydantic import Field

from app.api.schemas.base import (
    AnswerLinksOut,
    BodyOut,
    Headcount,
    Instant,
    Number,
    OdsCodeText,
    Share,
    TargetShare,
    WarningOut,
    Year,
)
from app.api.schemas.progress import (
    ForecastOut,
    IntervalOut,
    ParityOut,
    TrendOut,
    Why,
)
from app.domain.areas import AreaReport, Boundaries, Counted, RowsOf
from app.domain.bands import StaffGroup
from app.domain.codes import ActualsState, GoalOutlook, Outlook, Position, Reason
from app.domain.measures import Measure
from app.domain.organisations import Kind
from app.domain.series import Continuity

NO_TARGETS = Reason.AREA_SETS_NO_TARGETS

WhyNoTarget = Annotated[Reason, Field(description="Why the member beside it is null.")]

_NoneOfItsOwn = Annotated[None, Field(description="Always null: an area sets no targets.")]

_ActualsWhy = Annotated[Why, Field(validation_alias="actuals_reason")]
_GoalWhy = Annotated[Why, Field(validation_alias="goal_reason")]
_ChanceWhy = Annotated[Why, Field(validation_alias="probability_reason")]

Trusts = Annotated[int, Field(ge=0, description="Number of trusts.", examples=[31])]


class AreaTurnoutOut(BodyOut):
    """Which trusts of the area reported a census."""

    year: Year
    counted: Counted
    expected: Trusts = Field(description="Trusts that had people of their own then.")
    reported: Trusts = Field(description="Those of them whose people were reported.")
    reported_codes: list[OdsCodeText]
    missing_codes: list[OdsCodeText]


class ShareChangeOut(BodyOut):
    """What changed since an earlier census; positive for more."""

    since: Year = Field(description="The earlier census.")
    trusts: Trusts = Field(description="Trusts in the later sum.")
    trusts_then: Trusts = Field(description="Trusts in the earlier sum.")
    bme: int = Field(description="BME people now less those then.", examples=[257])
    total: int = Field(description="People now less those then.", examples=[788])
    share: Number | None = Field(description="Share now less that then.", examples=[0.000996])
    share_reason: Why


class AreaActualOut(BodyOut):
    """The people of the measure in all trusts that reported a census."""

    year: Year
    bme: Headcount
    white: Headcount
    unknown: Headcount
    total: Headcount
    share: Share | None = Field(description="Of the sums: never the mean of percentages.")
    share_reason: Why
    share_of_known: Share | None = Field(description="Of people of known ethnicity.")
    share_of_known_reason: Why
    unknown_share: Share | None
    unknown_share_reason: Why
    interval_95: IntervalOut | None = Field(description="Wilson interval of the share.")
    interval_95_reason: Why
    state: ActualsState = Field(description="Signed off when every return in the sum is.")
    trusts_expected: Trusts
    trusts_reported: Trusts
    in_trend: bool = Field(
        description="Whether trusts with 95 % of the area's people reported, so that trend,"
        " forecast and parity use the census."
    )
    change_on_all: ShareChangeOut | None = Field(
        description="Since the census before, whoever reported each of the two."
    )
    change_on_all_reason: Why
    change_on_same_trusts: ShareChangeOut | None = Field(
        description="Since the census before, on the trusts that reported both."
    )
    change_on_same_trusts_reason: Why


class TrustGoalsOut(BodyOut):
    """The goals of the area's trusts for one census, added up in people."""

    year: Year = Field(description="The goals' census, the area's latest or a later one.")
    trusts: Trusts
    bme: Headcount
    goal_people: Headcount
    people_to_goal: int = Field(
        ge=0, description="BME people still needed, over the trusts that are short."
    )


class AreaProgressOut(BodyOut):
    """Where a measure stands in an area; sums of boards are of positions, not of people."""

    measure: Measure
    staff_group: StaffGroup | None
    counted: Counted
    actuals: list[AreaActualOut] = Field(
        description="Oldest first; where it is empty, `forecast_reason` says why."
    )
    current_target: _NoneOfItsOwn = None
    current_target_reason: WhyNoTarget = NO_TARGETS
    gap: _NoneOfItsOwn = None
    gap_reason: WhyNoTarget = NO_TARGETS
    goal_outlook: _NoneOfItsOwn = None
    goal_outlook_reason: WhyNoTarget = NO_TARGETS
    appointments: _NoneOfItsOwn = None
    appointments_reason: WhyNoTarget = NO_TARGETS
    goals_of_trusts: list[TrustGoalsOut]
    forecast: list[ForecastOut] | None
    forecast_reason: Why
    trend: TrendOut | None
    trend_reason: Why
    parity: ParityOut | None
    parity_reason: Why
    warnings: list[WarningOut]


class CompactRowOut(BodyOut):
    """Where one measure of a trust, or of an area, stands, in one line."""

    kind: Kind
    ods_code: OdsCodeText
    name: str = Field(examples=["Example Hospitals NHS Trust (demonstration)"])
    measure: Measure
    staff_group: StaffGroup | None
    year: Year | None = Field(
        description="Latest census; of an area the latest that its trend uses."
    )
    year_reason: _ActualsWhy
    bme: Headcount | None
    bme_reason: _ActualsWhy
    white: Headcount | None
    white_reason: _ActualsWhy
    unknown: Headcount | None
    unknown_reason: _ActualsWhy
    total: Headcount | None
    total_reason: _ActualsWhy
    share: Share | None
    share_reason: Why
    goal_year: Year | None
    goal_year_reason: _GoalWhy
    goal_share: TargetShare | None
    goal_share_reason: _GoalWhy
    goal_people: Headcount | None = Field(
        description="BME people that the goal asks for, team size unchanged."
    )
    goal_people_reason: _GoalWhy
    people_to_goal: Annotated[int, Field(ge=0)] | None = Field(
        description="BME people still needed, team size unchanged."
    )
    people_to_goal_reason: Why
    position: Position | None
    position_reason: Why
    probability: Share | None = Field(description="Of reaching the goal.")
    probability_reason: Why
    goal_outlook: GoalOutlook | None
    goal_outlook_reason: _ChanceWhy
    outlook: Outlook | None = Field(description="For parity.")
    outlook_reason: Why
    parity_year: Year | None = Field(
        description="First census with an even chance of parity; `outlook` says why there is none."
    )


COLUMNS = tuple(name for name in CompactRowOut.model_fields if not name.endswith("_reason"))
"""The names of the columns of files with compact rows."""

SHARES = frozenset({"share", "goal_share", "probability"})
"""Those that hold proportions."""


class AreaOut(BodyOut):
    """An integrated care board, a region or England, as the sum of its trusts."""

    ods_code: OdsCodeText
    name: str = Field(examples=["North East London ICB"])
    kind: Kind
    boundaries: Boundaries
    continuity: Continuity
    as_of: Instant
    method: str = Field(description="Version of the method.", examples=["1"])
    links: AnswerLinksOut
    synthetic: bool = Field(description="Whether the trusts are invented.")
    trusts: Trusts = Field(
        description="Trusts that lie in the area; at censuses, that lay in it at its latest one."
    )
    returns: list[AreaTurnoutOut] = Field(description="Who reported, census by census.")
    measures: list[AreaProgressOut]
    rows_of: RowsOf
    rows: list[CompactRowOut]

    @classmethod
    def from_domain(cls, report: AreaReport, rows_of: RowsOf) -> Self:
        """Return the body that presents an area."""
        return cls(
            ods_code=report.area.ods_code,
            name=report.area.name,
            kind=report.area.kind,
            boundaries=report.boundaries,
            continuity=report.continuity,
            as_of=report.as_of,
            method=report.method,
            links=AnswerLinksOut.from_domain(report.method),
            synthetic=report.synthetic,
            trusts=report.trusts,
            returns=[AreaTurnoutOut.model_validate(one) for one in report.turnouts],
            measures=[AreaProgressOut.model_validate(one) for one in report.measures],
            rows_of=rows_of,
            rows=[CompactRowOut.model_validate(one) for one in report.rows],
        )
