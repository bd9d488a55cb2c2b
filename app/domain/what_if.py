"""What if turnover, appointments and growth were such: what an answer says of one measure.

Nothing here says what will happen; it says what would, on average and by chance, if every year
were as supposed. Every null has a reason beside it. Shares and probabilities are proportions,
not rounded.
"""

from dataclasses import dataclass
from datetime import datetime
from fractions import Fraction
from typing import Self

from app.domain.bands import StaffGroup
from app.domain.codes import Caution, GoalOutlook, Reason
from app.domain.expected_teams import PeopleInterval
from app.domain.measures import Measure, ReferenceKind
from app.domain.progress import ActualFigure, Appointments
from app.domain.series import Continuity
from app.domain.targets import GoalForm


@dataclass(frozen=True, slots=True)
class Supposition:
    """What is supposed of every year to come.

    Attributes:
        turnover: Share of staff who leave in a year, strictly between 0 and 1.
        bme_share: Share of appointments that go to BME people; None for what the goal needs.
        growth: By what share of itself the team grows in a year, above −turnover.
        horizon: Years that the path is told for, 1 to 30; None for the usual.
    """

    turnover: Fraction
    bme_share: Fraction | None
    growth: Fraction
    horizon: int | None


@dataclass(frozen=True, slots=True)
class Start:
    """The last census, from which a path starts.

    Attributes:
        revision: The trust's own; None where the census is made of predecessors' alone.
    """

    year: int
    revision: int | None
    bme: int
    total: int
    share: float | None
    share_reason: Reason | None

    @classmethod
    def of(cls, figure: ActualFigure) -> Self:
        """Return the start from a census."""
        return cls(
            figure.year,
            figure.revision,
            figure.bme,
            figure.total,
            figure.share,
            figure.share_reason,
        )


@dataclass(frozen=True, slots=True)
class ScenarioFigure:
    """What was supposed, the share of appointments that the goal needs filled in."""

    turnover: float
    bme_share_of_appointments: float | None
    bme_share_of_appointments_reason: Reason | None
    growth: float
    horizon: int


@dataclass(frozen=True, slots=True)
class Required:
    """What the target's path requires of the team as large as it is then."""

    share: float
    people: int


@dataclass(frozen=True, slots=True)
class Expectation:
    """The team as it is expected to be at one census.

    Attributes:
        required: None at a census outside the target's cycle.
    """

    year: int
    bme: float
    total: float
    share: float
    standard_deviation: float
    interval_80: PeopleInterval
    required: Required | None


@dataclass(frozen=True, slots=True)
class ExpectedGoal:
    """The goal at its census, and how probable it is to be reached.

    Attributes:
        share: Of the team as large as it is then.
        people: Fewest BME people who reach the goal.
        expected_bme: BME people expected then.
    """

    target_id: str
    version: int
    form: GoalForm
    year: int
    share: float
    people: int
    expected_bme: float
    probability: float | None
    probability_reason: Reason | None
    outlook: GoalOutlook | None
    outlook_reason: Reason | None


@dataclass(frozen=True, slots=True)
class ExpectedParity:
    """The first census at which the expected share is at or above the reference's forecast."""

    reference: ReferenceKind
    year: int | None
    year_reason: Reason | None


@dataclass(frozen=True, slots=True)
class WhatIf:
    """What would become of a measure of a trust if every year were as supposed."""

    ods_code: str
    measure: Measure
    staff_group: StaffGroup | None
    continuity: Continuity
    as_of: datetime
    method: str
    synthetic: bool
    start: Start | None
    start_reason: Reason | None
    scenario: ScenarioFigure
    appointments: Appointments | None
    appointments_reason: Reason | None
    path: tuple[Expectation, ...] | None
    path_reason: Reason | None
    goal: ExpectedGoal | None
    goal_reason: Reason | None
    parity: ExpectedParity | None
    parity_reason: Reason | None
    guidance: str
    warnings: tuple[Caution, ...]
