"""The goal that a measure still has ahead of it, for a team that grows or shrinks."""

from dataclasses import dataclass
from fractions import Fraction
from math import ceil

from app.domain.attainability import find_attainability, share_of_appointments_needed
from app.domain.codes import Reason
from app.domain.counts import Count
from app.domain.gaps import choose_targets
from app.domain.holdings import Holdings
from app.domain.measures import Scope
from app.domain.progress import Appointments, Progress
from app.domain.targets import Path, Target


@dataclass(frozen=True, slots=True)
class Aim:
    """A goal ahead of the last census.

    Attributes:
        count: The people of the last census; somebody is there.
        years: Years from it to the goal's census, at least 1.
    """

    target: Target
    path: Path
    count: Count
    years: int

    @property
    def year(self) -> int:
        """The goal's census."""
        return self.target.cycle.ends

    def required(self, year: int, total: Fraction) -> tuple[Fraction, int]:
        """Return the share and the persons required of a team, which may be no whole number."""
        share, people = self.path.required(year, 1)
        if self.path.is_of_people:
            return people / total, people
        return share, ceil(share * total)

    def share_needed(self, turnover: Fraction, growth: Fraction) -> Fraction:
        """Return the share of appointments that the goal needs; it may be below 0 or above 1."""
        goal = self._goal(growth)
        return share_of_appointments_needed(goal, self.count, self.years, turnover, growth)

    def attainability(self, turnover: Fraction, growth: Fraction) -> Appointments:
        """Return what the goal takes, and whether turnover alone can do it."""
        return find_attainability(self._goal(growth), self.count, self.years, turnover, growth)

    def _goal(self, growth: Fraction) -> Fraction:
        """Return the goal as a share of the team as large as it is then."""
        return self.required(self.year, self.count.total * (1 + growth) ** self.years)[0]


def find_aim(holdings: Holdings, progress: Progress) -> Aim | Reason:
    """Return the goal that a measure has ahead of it, or why it has none.

    Args:
        holdings: What is known of the trust.
        progress: Of the measure, from the same holdings.
    """
    latest = progress.actuals[-1] if progress.actuals else None
    scope = Scope(progress.measure, progress.staff_group)
    of_scope = [target for target in holdings.targets if target.scope == scope]
    _, target = choose_targets(of_scope, latest.year if latest else None)
    path, reason = target.path if target else None, progress.appointments_reason
    if reason or latest is None or target is None or path is None:
        return reason or Reason.NO_TARGET
    count = Count(latest.white, latest.bme, latest.unknown)
    return Aim(target, path, count, target.cycle.ends - latest.year)
