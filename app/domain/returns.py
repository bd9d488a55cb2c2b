"""Where trusts stand at a census: what has come, what is awaited and what is overdue."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from app.domain.censuses import Census, Cycle
from app.domain.codes import ActualsState, Reason, ReturnStatus
from app.domain.measures import Measure
from app.domain.organisations import Organisation
from app.domain.plans import REVIEWED_AFTER
from app.domain.return_facts import Held, SeenPlan, SeenTarget, SentActuals, SentRevision

MOST_DAYS = 999_999
"""More days than any return can be overdue."""


@dataclass(frozen=True, slots=True)
class ActualsReturn:
    """How a trust's actuals stand at a census on a day.

    Attributes:
        sent: What counts the trust's staff, its own return or else another's; None if neither
            is there.
        due: The trust's last day in time; None until one is set.
    """

    ods_code: str
    sent: SentActuals | None
    opens: date
    due: date | None
    day: date

    @property
    def status(self) -> ReturnStatus:
        """How they stand."""
        if self.sent is not None:
            if self.sent.ods_code != self.ods_code:
                return ReturnStatus.COVERED
            is_signed = self.sent.state is ActualsState.SIGNED_OFF
            return ReturnStatus.SIGNED_OFF if is_signed else ReturnStatus.SENT_PROVISIONAL
        if self.due is not None and self.day > self.due:
            return ReturnStatus.OVERDUE
        return ReturnStatus.NOT_OPEN if self.day < self.opens else ReturnStatus.AWAITED

    @property
    def covered_by(self) -> str | None:
        """The trust whose return counts this one's staff; None if its own does, or none."""
        return self.sent.ods_code if self.sent and self.sent.ods_code != self.ods_code else None

    @property
    def days_overdue(self) -> int | Reason:
        """Days since the due date passed without a return, at least 1, or why there are none."""
        days = self._days_since_due()
        if isinstance(days, Reason):
            return days
        return days if days > 0 else Reason.NOT_DUE_YET

    @property
    def days_left(self) -> int | Reason:
        """Days until the due date, 0 on it, or why there are none."""
        days = self._days_since_due()
        if isinstance(days, Reason):
            return days
        return -days if days <= 0 else Reason.DUE_DATE_PASSED

    def _days_since_due(self) -> int | Reason:
        if self.sent is not None:
            return Reason.ALREADY_SENT
        return Reason.NO_DUE_DATE if self.due is None else (self.day - self.due).days


@dataclass(frozen=True, slots=True)
class PlanReturn:
    """How a trust's action plan for a cycle stands.

    Attributes:
        seen: None if there is none.
    """

    cycle: Cycle
    seen: SeenPlan | None


@dataclass(frozen=True, slots=True)
class TrustReturn:
    """Where a trust stands at a census on a day.

    Attributes:
        cycle: The newest whose censuses hold the year; None if none does.
        targets: Of all cycles whose censuses hold the year, oldest cycle first.
        plans: One for each of these cycles, likewise.
    """

    trust: Organisation
    year: int
    cycle: Cycle | None
    actuals: ActualsReturn
    board: SentRevision | None
    indicators: SentRevision | None
    targets: tuple[SeenTarget, ...]
    plans: tuple[PlanReturn, ...]

    @property
    def plan(self) -> SeenPlan | None:
        """The plan for the cycle."""
        return self.plans[-1].seen if self.plans else None

    @property
    def is_overdue(self) -> bool:
        """Whether something that was due has not come."""
        return self.actuals.status is ReturnStatus.OVERDUE

    @property
    def order(self) -> str:
        """What rows are sorted by: overdue, most days first; awaited; the rest; by code."""
        first = (ReturnStatus.OVERDUE, ReturnStatus.AWAITED)
        status, days = self.actuals.status, self.actuals.days_overdue
        rank = first.index(status) if status in first else len(first)
        left = MOST_DAYS - (0 if isinstance(days, Reason) else days)
        return f"{rank}-{left:06}-{self.trust.ods_code}"

    @property
    def has_target(self) -> bool:
        """Whether a target of the cycle is in force."""
        return any(one.is_in_force and one.cycle == self.cycle for one in self.targets)

    @property
    def plan_reason(self) -> Reason | None:
        """Why there is no action plan; None if there is one."""
        if self.plan is not None:
            return None
        return Reason.NO_CYCLE if self.cycle is None else Reason.NO_ACTION_PLAN

    @property
    def changed_at(self) -> datetime | None:
        """Instant of the newest change to what is told; None if nothing was sent or set."""
        sent = self.actuals.sent
        instants = [
            *((sent.sent_at, sent.signed_at) if sent else ()),
            *(one.sent_at for one in (self.board, self.indicators) if one),
            *(one.changed_at for one in self.targets),
            *(one.seen.changed_at for one in self.plans if one.seen),
        ]
        return max((at for at in instants if at is not None), default=None)


@dataclass(frozen=True, slots=True)
class PlanCounts:
    """How many trusts have an action plan for a cycle, and have reviewed it.

    Attributes:
        cycle: Its code.
        closing: Whether it ends at the census.
    """

    cycle: str
    closing: bool
    plans: int
    reviewed_after_one_year: int
    reviewed_after_three_years: int


@dataclass(frozen=True, slots=True)
class ReturnCounts:
    """How many trusts have done what.

    Attributes:
        expected: Trusts of which a return is expected.
        sent: Those whose staff are counted, in their own return or another's.
        signed_off: Those whose board has approved that return.
        overdue: Those whose due date has passed without one.
        with_indicators: Those that have sent any of indicators 2 to 8.
        with_targets: Those with a target of the cycle in force.
        targets_waiting: Targets, not trusts, that wait for a review.
        plans: Trusts with an action plan for the cycle.
        plans_reviewed: Trusts whose plan was reviewed at least once.
        plans_by_cycle: One for each cycle whose censuses hold the year, oldest first.
    """

    expected: int
    sent: int
    signed_off: int
    overdue: int
    with_indicators: int
    with_targets: int
    targets_waiting: int
    plans: int
    plans_reviewed: int
    plans_by_cycle: tuple[PlanCounts, ...]


def choose_cycles(cycles: Iterable[Cycle], year: int) -> tuple[Cycle, ...]:
    """Return the cycles whose censuses hold a year, from baseline to goal, oldest first."""
    holding = (one for one in cycles if one.starts <= year <= one.ends)
    return tuple(sorted(holding, key=lambda one: one.starts))


def find_returns(
    trusts: Iterable[Organisation], census: Census, held: Held, day: date
) -> list[TrustReturn]:
    """Return where trusts stand at a census on a day, overdue ones first.

    A trust's own return counts before another's that covers it.
    """
    covered = {code: one for one in held.actuals.values() for code in one.covers}
    counting = {**covered, **held.actuals}
    cycle = held.cycles[-1] if held.cycles else None
    found = []
    for trust in trusts:
        code = trust.ods_code
        due = census.due_for(code)
        found.append(
            TrustReturn(
                trust=trust,
                year=census.year,
                cycle=cycle,
                actuals=ActualsReturn(code, counting.get(code), census.opens, due, day),
                board=held.boards.get(code),
                indicators=held.indicators.get(code),
                targets=tuple(sorted(held.targets.get(code, ()), key=_place)),
                plans=tuple(
                    PlanReturn(one, held.plans.get(one.code, {}).get(code)) for one in held.cycles
                ),
            )
        )
    return sorted(found, key=lambda one: one.order)


def count_returns(returns: Sequence[TrustReturn], census: Census, held: Held) -> ReturnCounts:
    """Return how many trusts have done what for a census and the cycles that hold it."""
    sent = [one.actuals.sent for one in returns if one.actuals.sent]
    plans = [one.plan.summary for one in returns if one.plan]
    waiting = [t for one in returns for t in one.targets if t.waiting_since is not None]
    return ReturnCounts(
        expected=len(returns),
        sent=len(sent),
        signed_off=sum(one.state is ActualsState.SIGNED_OFF for one in sent),
        overdue=sum(one.is_overdue for one in returns),
        with_indicators=sum(one.indicators is not None for one in returns),
        with_targets=sum(one.has_target for one in returns),
        targets_waiting=len(waiting),
        plans=len(plans),
        plans_reviewed=sum(bool(plan.reviews) for plan in plans),
        plans_by_cycle=tuple(_count_plans(returns, one, census.year) for one in held.cycles),
    )


def _count_plans(returns: Sequence[TrustReturn], cycle: Cycle, year: int) -> PlanCounts:
    seen = [plan.seen for one in returns for plan in one.plans if plan.cycle == cycle]
    reviews = [plan.summary.reviews for plan in seen if plan]
    first, last = REVIEWED_AFTER
    return PlanCounts(
        cycle=cycle.code,
        closing=cycle.ends == year,
        plans=len(reviews),
        reviewed_after_one_year=sum(first in years for years in reviews),
        reviewed_after_three_years=sum(last in years for years in reviews),
    )


def _place(target: SeenTarget) -> tuple[int, int, str]:
    """Return what a trust's targets are sorted by: cycle, measure and staff group."""
    order = list(Measure)
    return target.cycle.starts, order.index(target.measure), target.staff_group or ""
