"""What all trusts have sent for a census and set for its cycles."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from app.domain.bands import StaffGroup
from app.domain.censuses import Cycle
from app.domain.codes import ActualsState, Reason, TargetState
from app.domain.measures import Measure
from app.domain.plans import PlanSummary
from app.domain.target_moves import IN_FORCE


@dataclass(frozen=True, slots=True)
class SentActuals:
    """The revision of a trust's actuals that counts at a census.

    Attributes:
        covers: The trusts whose staff it counts.
        signed_at: When the board's approval was recorded; None before that.
    """

    ods_code: str
    revision: int
    covers: tuple[str, ...]
    sent_at: datetime
    signed_at: datetime | None = None

    @property
    def state(self) -> ActualsState:
        """How far it has come."""
        return ActualsState.SIGNED_OFF if self.signed_at else ActualsState.PROVISIONAL


@dataclass(frozen=True, slots=True)
class SentRevision:
    """The revision of a trust's board, or of its indicators 2 to 8, that counts at a census."""

    revision: int
    sent_at: datetime


@dataclass(frozen=True, slots=True)
class SeenTarget:
    """A target as it stands: in the version in force, else in the newest.

    Attributes:
        submitted_at: When that version was submitted; None if it never was.
        changed_at: Instant of the newest move of any version.
    """

    id: str
    measure: Measure
    staff_group: StaffGroup | None
    cycle: Cycle
    version: int
    state: TargetState
    submitted_at: datetime | None
    changed_at: datetime

    @property
    def is_in_force(self) -> bool:
        """Whether it counts."""
        return self.state in IN_FORCE

    @property
    def waiting_since(self) -> datetime | None:
        """The instant from which it has waited for a review; None if it does not."""
        return self.submitted_at if self.state is TargetState.SUBMITTED else None

    @property
    def waiting_reason(self) -> Reason | None:
        """Why it does not wait; None if it does."""
        match self.state:
            case TargetState.SUBMITTED:
                return None
            case TargetState.DRAFT:
                return Reason.NOT_SUBMITTED
            case TargetState.REVIEWED | TargetState.RETURNED:
                return Reason.ALREADY_REVIEWED
            case _:
                return Reason.NO_TARGET

    def days_waiting(self, day: date) -> int | None:
        """Return the days that it has waited for a review until a day; None if it does not."""
        since = self.waiting_since
        return None if since is None else max((day - since.date()).days, 0)


@dataclass(frozen=True, slots=True)
class SeenPlan:
    """A trust's action plan in short, and when it last changed."""

    summary: PlanSummary
    changed_at: datetime


@dataclass(frozen=True, slots=True)
class Held:
    """What all trusts have sent for a census and set for its cycles, by ODS code.

    Attributes:
        cycles: Those whose censuses hold the year, oldest first.
        plans: By the code of the cycle that they are for, then by ODS code.
    """

    actuals: Mapping[str, SentActuals]
    boards: Mapping[str, SentRevision]
    indicators: Mapping[str, SentRevision]
    cycles: Sequence[Cycle]
    targets: Mapping[str, Sequence[SeenTarget]]
    plans: Mapping[str, Mapping[str, SeenPlan]]
