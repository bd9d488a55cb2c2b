"""What is supposed of the years to come, and what would become of a measure."""

from decimal import Decimal
from typing import Annotated

from pydantic import Field, StringConstraints

from app.api.schemas.base import (
    ASSUMED_TURNOVER,
    AnswerLinks,
    AppointedShare,
    BodyIn,
    BodyOut,
    ExactShare,
    FewPlaces,
    Headcount,
    Instant,
    MethodVersion,
    Number,
    OdsCodeText,
    Share,
    TargetShare,
    Turnover,
    WarningOut,
    Year,
    exact_number,
    is_none,
)
from app.api.schemas.progress import AppointmentsOut, Why
from app.domain.attainability import POSITIVE_ACTION
from app.domain.bands import StaffGroup
from app.domain.codes import GoalOutlook
from app.domain.measures import Measure, ReferenceKind
from app.domain.series import Continuity
from app.domain.targets import GoalForm
from app.domain.yearly_rates import GROWTH
from app.services.what_if import WhatIfInquiry

Growth = Annotated[
    float,
    Field(
        strict=True,
        ge=float(GROWTH.least),
        le=float(GROWTH.most),
        allow_inf_nan=False,
        description="By what share of itself the team grows in a year; above −turnover, at most"
        " six decimal places.",
        examples=[0.0],
    ),
    FewPlaces,
]

Horizon = Annotated[
    int,
    Field(
        strict=True,
        ge=1,
        le=30,
        description="Years that the path is told for; ten, or more to the goal, if left out.",
        examples=[10],
    ),
]


class WhatIfIn(BodyIn):
    """What is supposed of every year to come; nothing of it is stored."""

    turnover: Turnover = ASSUMED_TURNOVER
    bme_share_of_appointments: AppointedShare | None = Field(
        default=None, description="What the goal needs if left out, which the answer states."
    )
    growth: Growth = 0.0
    staff_group: StaffGroup | None = Field(
        default=None, description="Narrow to `clinical` or `non_clinical`."
    )
    reference: ReferenceKind | None = Field(
        default=None,
        description="What parity means; the target's or the measure's own if left out.",
    )
    reference_share: ExactShare | None = Field(
        default=None, description="The share of the reference `fixed`."
    )
    horizon: Horizon | None = None
    continuity: Continuity = Field(
        default=Continuity.COMBINED, description="Whether predecessors' counts are added in."
    )
    method: Annotated[str, StringConstraints(max_length=20)] | None = Field(
        default=None,
        description="Version of the method; the newest if left out.",
        examples=["1"],
    )

    def to_inquiry(self, as_of: Instant | None) -> WhatIfInquiry:
        """Return what the service takes."""
        share, reference_share = self.bme_share_of_appointments, self.reference_share
        return WhatIfInquiry(
            turnover=exact_number(self.turnover),
            bme_share=None if share is None else exact_number(share),
            growth=exact_number(self.growth),
            staff_group=self.staff_group,
            reference=self.reference,
            reference_share=None if reference_share is None else Decimal(reference_share),
            horizon=self.horizon,
            continuity=self.continuity,
            as_of=as_of,
            method=self.method,
        )


class StartOut(BodyOut):
    """The last census, from which everything is reckoned."""

    year: Year
    revision: int | None = Field(
        description="The trust's own; null where the census is made of predecessors' alone.",
        examples=[1],
    )
    bme: Headcount
    total: Headcount
    share: Share | None
    share_reason: Why


class ScenarioOut(BodyOut):
    """What was supposed, with what was left out filled in."""

    turnover: Share = Field(description="Share of staff who leave in a year.", examples=[0.12])
    bme_share_of_appointments: Share | None = Field(
        description="Share of appointments that go to BME people.", examples=[0.380531]
    )
    bme_share_of_appointments_reason: Why
    growth: Number = Field(
        description="By what share of itself the team grows in a year.", examples=[0.0]
    )
    horizon: int = Field(description="Years that the path is told for.", examples=[10])


class PeopleIntervalOut(BodyOut):
    """A closed interval of whole people, its ends rounded outwards."""

    lower: int = Field(ge=0, examples=[75])
    upper: int = Field(ge=0, examples=[88])


class RequiredOut(BodyOut):
    """What the target's path requires of the team as large as it is expected to be then."""

    share: TargetShare
    people: int = Field(ge=0, description="Fewest BME people who reach it.", examples=[82])


class ExpectationOut(BodyOut):
    """The team as it would be expected to be at one census."""

    year: Year
    bme: Number = Field(description="BME people expected.", examples=[81.36])
    total: Number = Field(description="People, as large as the team has grown.", examples=[452.0])
    share: Share
    standard_deviation: Number = Field(
        description="Of the number of BME people: what chance brings.", examples=[4.480205]
    )
    interval_80: PeopleIntervalOut
    required: RequiredOut | None = Field(
        default=None,
        exclude_if=is_none,
        description="Present at the censuses of the target's cycle only.",
    )


class ExpectedGoalOut(BodyOut):
    """The goal at its census, and how probable it would be to be reached."""

    target_id: str = Field(examples=["leadership-2022-2025"])
    version: int
    form: GoalForm
    year: Year
    share: TargetShare
    people: int = Field(ge=0, description="Fewest BME people who reach it.", examples=[82])
    expected_bme: Number = Field(description="BME people expected then.", examples=[81.36])
    probability: Share | None
    probability_reason: Why
    outlook: GoalOutlook | None
    outlook_reason: Why


class ExpectedParityOut(BodyOut):
    """When the expected share would be at or above the reference's own forecast."""

    reference: ReferenceKind
    year: Year | None = Field(description="The first such census within 30 years.")
    year_reason: Why


class WhatIfOut(BodyOut):
    """What would become of a measure of a trust if every year were as supposed."""

    ods_code: OdsCodeText
    measure: Measure
    staff_group: StaffGroup | None
    continuity: Continuity
    as_of: Instant
    method: MethodVersion
    links: AnswerLinks
    synthetic: bool = Field(description="Whether the trust is invented.")
    start: StartOut | None
    start_reason: Why
    scenario: ScenarioOut
    appointments: AppointmentsOut | None = Field(
        description="What the goal takes at this turnover and growth."
    )
    appointments_reason: Why
    path: list[ExpectationOut] | None
    path_reason: Why
    goal: ExpectedGoalOut | None
    goal_reason: Why
    parity: ExpectedParityOut | None
    parity_reason: Why
    guidance: str = Field(
        description="What stands wherever a share of appointments is shown.",
        examples=[POSITIVE_ACTION],
    )
    warnings: list[WarningOut]
