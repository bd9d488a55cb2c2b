"""Targets: a baseline, a goal and the path between them."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from decimal import Decimal
from fractions import Fraction
from itertools import pairwise

from app.domain.arithmetic import people_for, round_half_up, straight_line
from app.domain.censuses import Cycle
from app.domain.coded import Coded
from app.domain.codes import TargetState
from app.domain.measures import ReferenceKind, Scope
from app.domain.records import Author, Record
from app.domain.target_moves import IN_FORCE, MOVES, Move


class GoalForm(Coded):
    """How a goal is stated."""

    SHARE = ("share", "As a BME share of the group, exact to four places.")
    HEADCOUNT = ("headcount", "As a number of BME people.")
    MAINTAIN = ("maintain", "As keeping the share of the baseline, which is at its reference.")
    NO_TARGET_NEEDED = ("no_target_needed", "As none: the trust gives a reason for having none.")


class Provenance(Coded):
    """Where a target comes from."""

    SET_BY_TRUST = ("set_by_trust", "The trust chose the goal.")
    PROPOSED = ("proposed", "The trust took over what a method proposed; its inputs are kept.")
    NATIONAL = ("national", "The goal was set for the whole country.")


class ProposalMethod(Coded):
    """How a goal is proposed."""

    STRATEGY = (
        "strategy",
        "By the strategy's arithmetic: a straight line in people to the workforce's share.",
    )
    APPOINTMENTS = (
        "appointments",
        "By what turnover and a share of appointments would bring, without growth.",
    )
    PREDECESSORS = (
        "predecessors",
        "By adding up the headcount targets of the trusts that became part of this one.",
    )
    REBASED = (
        "rebased",
        "By carrying the target in force over to a baseline that was corrected or has grown.",
    )


class Rounding(Coded):
    """How a straight line of headcounts becomes whole persons."""

    HALF_UP = ("half_up", "To the nearest whole person; half a person counts as one.")


@dataclass(frozen=True, slots=True)
class Goal:
    """What is to be reached by the last census of the cycle.

    Attributes:
        share: For the form `share`, exact to four places.
        headcount: For the form `headcount`, whole persons.
        reason: For `no_target_needed`, why.

    Raises:
        ValueError: A member is missing, or is given that the form does not have.
    """

    form: GoalForm
    share: Decimal | None = None
    headcount: int | None = None
    reason: str | None = None

    def __post_init__(self) -> None:
        for form, value in (
            (GoalForm.SHARE, self.share),
            (GoalForm.HEADCOUNT, self.headcount),
            (GoalForm.NO_TARGET_NEEDED, self.reason),
        ):
            if (form is self.form) != (value is not None):
                raise ValueError(f"a goal of the form {self.form} does not fit {form} {value}")


@dataclass(frozen=True, slots=True)
class Milestone:
    """What a trust states for one census of the cycle, in the form of its goal."""

    year: int
    share: Decimal | None = None
    headcount: int | None = None


@dataclass(frozen=True, slots=True)
class Baseline:
    """Where a target starts: counts at the first census of the cycle.

    Attributes:
        revision: The trust's own revision that the counts come from; None if they come from
            predecessors alone or are stated.
        covers: The trusts whose staff are counted; of a stated one none until it is submitted,
            unless it says so itself.
        source: Where a stated baseline comes from; None when it comes from actuals.
    """

    year: int
    bme: int
    total: int
    workforce_bme: int
    workforce_total: int
    revision: int | None = None
    covers: tuple[str, ...] = ()
    source: str | None = None

    @property
    def share(self) -> Fraction | None:
        """BME of everybody in the measure; None when there is nobody."""
        return Fraction(self.bme, self.total) if self.total else None

    @property
    def workforce_share(self) -> Fraction | None:
        """BME of the whole workforce; None when there is nobody."""
        total = self.workforce_total
        return Fraction(self.workforce_bme, total) if total else None

    @property
    def is_stated(self) -> bool:
        """Whether the trust stated the baseline because no actuals were held."""
        return self.source is not None


@dataclass(frozen=True, slots=True)
class ParityReference:
    """What a target holds its measure against.

    Attributes:
        share: For the kind `fixed`, exact to four places; else None.
        source: Where a fixed share comes from.
    """

    kind: ReferenceKind
    share: Decimal | None = None
    source: str | None = None


@dataclass(frozen=True, slots=True)
class Basis:
    """What a proposed goal rests on.

    Attributes:
        method: How it was worked out.
        inputs: What went into it, by name; only what JSON can say.
    """

    method: ProposalMethod
    inputs: Mapping[str, object] = field(hash=False)


@dataclass(frozen=True, slots=True)
class Terms:
    """What a version of a target says.

    Attributes:
        milestones: As stated, without the goal's own; empty for a straight line.
        reference: None for the measure's default.
        basis: What the goal rests on, if it was proposed; else None.
        rounding: How headcount milestones were rounded.
        is_national: Whether the national team set the goal on behalf of the trust, and did not
            take over a proposal.

    Raises:
        ValueError: The goal both was proposed and is the national team's own.
    """

    goal: Goal
    milestones: tuple[Milestone, ...] = ()
    reference: ParityReference | None = None
    board_approved_on: date | None = None
    rationale: str | None = None
    basis: Basis | None = None
    rounding: Rounding = Rounding.HALF_UP
    is_national: bool = False

    def __post_init__(self) -> None:
        if self.is_national and self.basis is not None:
            raise ValueError("a goal that was proposed is nobody's own")

    @property
    def provenance(self) -> Provenance:
        """Where the goal comes from."""
        if self.basis is not None:
            return Provenance.PROPOSED
        return Provenance.NATIONAL if self.is_national else Provenance.SET_BY_TRUST

    def set_by(self, author: Author) -> "Terms":
        """Return the terms with a goal that somebody set, or took over."""
        return replace(self, is_national=author.is_national and self.basis is None)


@dataclass(frozen=True, slots=True)
class TargetVersion:
    """One version of a target.

    Attributes:
        version: 1 for the first.
        baseline: Frozen when submitted; in a draft, what the actuals say or the trust states;
            None while neither is there.
        moves: Its life as of the instant for which it was read, oldest first; it begins with
            the draft.
        edit: Number of the draft's last change, for preconditions.
        reason: Why it takes the place of the version before; None for the first.
        edited_at: The instant of that change; None while it is not stored.
    """

    version: int
    terms: Terms
    baseline: Baseline | None
    moves: tuple[Move, ...]
    edit: int = 1
    reason: str | None = None
    edited_at: datetime | None = field(default=None, compare=False)

    @property
    def changed_at(self) -> datetime:
        """The instant of its newest move, or of the draft's newest change if that is later."""
        return max(self.edited_at or self.created.at, self.moves[-1].record.at)

    @property
    def state(self) -> TargetState:
        """Where it is in its life."""
        return self.moves[-1].state

    @property
    def is_in_force(self) -> bool:
        """Whether it counts."""
        return self.state in IN_FORCE

    @property
    def created(self) -> Record:
        """Who drafted it, and when."""
        return self.moves[0].record

    @property
    def submitted(self) -> Record | None:
        """Who submitted it, and when; None while it was not."""
        return next((m.record for m in self.moves if m.state is TargetState.SUBMITTED), None)

    def moved(self, state: TargetState, record: Record) -> "TargetVersion":
        """Return the version after one more move.

        Raises:
            ValueError: The move is not allowed.
        """
        if state not in MOVES[self.state]:
            raise ValueError(f"a version that is {self.state} does not become {state}")
        return replace(self, moves=(*self.moves, Move(state, record)))


@dataclass(frozen=True, slots=True)
class Target:
    """A trust's goal for one measure in one cycle, in one of its versions."""

    ods_code: str
    id: str
    scope: Scope
    cycle: Cycle
    version: TargetVersion

    @property
    def terms(self) -> Terms:
        """What it says."""
        return self.version.terms

    @property
    def baseline(self) -> Baseline | None:
        """Where it starts."""
        return self.version.baseline

    @property
    def covers(self) -> frozenset[str]:
        """The trusts whose staff its baseline counts; the trust itself where none is named."""
        return find_covers(self.ods_code, self.baseline)

    @property
    def path(self) -> "Path | None":
        """The way from baseline to goal; None without a baseline or without a goal."""
        return find_path(self.terms, self.baseline, self.cycle)

    def with_goal(self, goal: Goal, milestones: tuple[Milestone, ...]) -> "Target":
        """Return the target with another goal and other milestones."""
        terms = replace(self.version.terms, goal=goal, milestones=milestones)
        return replace(self, version=replace(self.version, terms=terms))

    def with_baseline(self, baseline: Baseline | None) -> "Target":
        """Return the target with another baseline."""
        return replace(self, version=replace(self.version, baseline=baseline))


@dataclass(frozen=True, slots=True)
class Path:
    """What is required at each census of a cycle: straight lines from point to point.

    Attributes:
        points: Census year and what is required there, oldest first: the baseline's, those that
            were stated, and the goal's.
        is_of_people: Whether persons are required, in whole numbers; else shares are.
    """

    points: tuple[tuple[int, Fraction], ...]
    is_of_people: bool

    @classmethod
    def make(cls, terms: Terms, baseline: Baseline, cycle: Cycle) -> "Path":
        """Return the path of terms from a baseline over a cycle.

        A straight line from census to census, through the milestones that were stated.

        Raises:
            ValueError: The goal is a share and there is nobody at the baseline.
        """
        goal = terms.goal
        if goal.form is GoalForm.HEADCOUNT:
            stated = {m.year: Fraction(m.headcount or 0) for m in terms.milestones}
            start, end = Fraction(baseline.bme), Fraction(goal.headcount or 0)
        else:
            share = baseline.share
            if share is None:
                raise ValueError("a share has no path from a baseline without people")
            stated = {m.year: Fraction(m.share or 0) for m in terms.milestones}
            start, end = share, share if goal.share is None else Fraction(goal.share)
        points = {cycle.starts: start, **stated, cycle.ends: end}
        return cls(tuple(sorted(points.items())), goal.form is GoalForm.HEADCOUNT)

    @property
    def years(self) -> range:
        """The censuses that it leads over, the baseline's included."""
        return range(self.points[0][0], self.points[-1][0] + 1)

    def required(self, year: int, total: int) -> tuple[Fraction, int]:
        """Return the share and the persons required of a team at a census.

        After the goal's census the path is level; before the baseline's there is none.

        Args:
            year: A census from the baseline's on.
            total: The team's size at that census, at least 1.
        """
        value = self._value_in(year)
        people = self._people_for(value, total)
        return (Fraction(people, total) if self.is_of_people else value), people

    def required_people(self, year: int, total: int) -> int:
        """Return the persons required of a team at a census, as `required` does."""
        return self._people_for(self._value_in(year), total)

    def _people_for(self, value: Fraction, total: int) -> int:
        return round_half_up(value) if self.is_of_people else people_for(value, total)

    def _value_in(self, year: int) -> Fraction:
        for (first, start), (second, end) in pairwise(self.points):
            if first == year:
                return start
            if first < year < second:
                return straight_line(start, end, year - first, second - first)
        last, goal = self.points[-1]
        if year < last:
            raise ValueError(f"there is no path in {year}, before {self.points[0][0]}")
        return goal


def find_covers(ods_code: str, baseline: Baseline | None) -> frozenset[str]:
    """Return the trusts whose staff a trust's baseline counts; itself where none is named."""
    return frozenset((baseline.covers if baseline else ()) or (ods_code,))


def find_path(terms: Terms, baseline: Baseline | None, cycle: Cycle) -> Path | None:
    """Return the way from a baseline to a goal; None where there is none of either."""
    if baseline is None or terms.goal.form is GoalForm.NO_TARGET_NEEDED:
        return None
    return Path.make(terms, baseline, cycle)


def target_id(scope: Scope, cycle: Cycle) -> str:
    """Return the identifier of a trust's target: it has one for a measure and cycle."""
    measure = scope.measure.value.replace("_", "-")
    narrowed = f"-{scope.staff_group.value.replace('_', '-')}" if scope.staff_group else ""
    return f"{measure}{narrowed}-{cycle.code}"
