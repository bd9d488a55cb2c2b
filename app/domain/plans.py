"""Action plans: what a trust does in a cycle to reach its targets, and how it went."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Final, Self, TypeVar

from app.domain.codes import ActionStatus
from app.domain.measures import Scope
from app.domain.plan_figures import ReviewFigures
from app.domain.records import Record

Key = TypeVar("Key")

INDICATORS: Final = range(1, 10)
"""The indicators of the Workforce Race Equality Standard."""

REVIEWED_AFTER: Final = (1, 3)
"""Years since the start of the cycle after which a plan is reviewed."""

OPEN: Final = frozenset({ActionStatus.PLANNED, ActionStatus.IN_PROGRESS})
"""Statuses in which something is left to do, so that an action can be overdue."""


@dataclass(frozen=True, slots=True)
class ActionAim:
    """What an action should change: a measure, narrowed or not, or an indicator.

    Raises:
        ValueError: Neither is given, or both, or there is no such indicator.
    """

    scope: Scope | None = None
    indicator: int | None = None

    def __post_init__(self) -> None:
        if (self.scope is None) == (self.indicator is None):
            raise ValueError("an action aims at either a measure or an indicator")
        if self.indicator is not None and self.indicator not in INDICATORS:
            raise ValueError(f"there is no indicator {self.indicator}")


@dataclass(frozen=True, slots=True)
class PlanAction:
    """One action of a plan.

    Attributes:
        id: Chosen by the trust; the same from revision to revision.
        owner: The role of whoever sees to it.
        due: The last day in time.
    """

    id: str
    title: str
    aim: ActionAim
    owner: str
    due: date
    status: ActionStatus
    notes: str | None = None

    @property
    def is_open(self) -> bool:
        """Whether something is left to do."""
        return self.status in OPEN

    def is_overdue(self, day: date) -> bool:
        """Return whether it should have been done before a day, and is not."""
        return self.is_open and self.due < day

    def days_overdue(self, day: date) -> int:
        """Return for how many days it has been overdue on a day; 0 if it is not."""
        return (day - self.due).days if self.is_overdue(day) else 0


@dataclass(frozen=True, slots=True)
class PlanReview:
    """What a trust says to its plan after so many years."""

    after_years: int
    comment: str


@dataclass(frozen=True, slots=True)
class ActionPlan:
    """A trust's plan for a cycle, as the trust states it.

    Attributes:
        targets: Identifiers of the targets that it serves.
        published_url: Where the trust publishes it.
        actions: In the order that the trust gives them.
    """

    targets: tuple[str, ...]
    published_url: str | None
    published_on: date | None
    actions: tuple[PlanAction, ...]
    reviews: tuple[PlanReview, ...]

    def in_order(self) -> "ActionPlan":
        """Return the plan with targets and reviews, whose order says nothing, in order."""
        reviews = sorted(self.reviews, key=lambda one: one.after_years)
        return replace(self, targets=tuple(sorted(self.targets)), reviews=tuple(reviews))

    def count_overdue(self, day: date) -> int:
        """Return how many actions are overdue on a day."""
        return sum(one.is_overdue(day) for one in self.actions)


@dataclass(frozen=True, slots=True)
class PlanRevision:
    """One stored revision of a trust's plan for a cycle.

    Attributes:
        figures: Those of each review, by its years; frozen when it was first stored.
        comments: Who worded the comment of each review as it is, and when, likewise.
    """

    ods_code: str
    cycle: str
    revision: int
    plan: ActionPlan
    figures: Mapping[int, ReviewFigures]
    comments: Mapping[int, Record]
    record: Record

    def sign_comments(self, plan: ActionPlan, record: Record) -> dict[int, Record]:
        """Return who words the comments of a plan that follows: a new wording is signed anew."""
        return {
            one.after_years: self.comments[one.after_years] if one in self.plan.reviews else record
            for one in plan.reviews
        }

    def showing(self, targets: Collection[str]) -> Self:
        """Return the revision with none but some targets among those that it serves."""
        served = tuple(one for one in self.plan.targets if one in targets)
        return replace(self, plan=replace(self.plan, targets=served))


@dataclass(frozen=True, slots=True)
class PlanSummary:
    """A trust's plan for a cycle in short.

    Attributes:
        reviews: After how many years it was reviewed, ascending.
        actions: How many it has.
    """

    revision: int
    published_on: date | None
    reviews: tuple[int, ...]
    actions: int


@dataclass(frozen=True, slots=True)
class PlanChanges:
    """What a revision changed in the one before it.

    Attributes:
        actions_added: By identifier, as the other actions and targets are.
        actions_reordered: Whether those that stayed stand in another order.
        reviews_added: By their years, as those changed are.
        publication_changed: Whether where or when it was published was.
    """

    actions_added: tuple[str, ...]
    actions_removed: tuple[str, ...]
    actions_changed: tuple[str, ...]
    actions_reordered: bool
    targets_added: tuple[str, ...]
    targets_removed: tuple[str, ...]
    reviews_added: tuple[int, ...]
    reviews_changed: tuple[int, ...]
    publication_changed: bool


EMPTY: Final = ActionPlan((), None, None, (), ())
"""What the first revision of a plan comes after."""


def compare(before: ActionPlan, after: ActionPlan) -> PlanChanges:
    """Return what a plan changes in another one."""
    old = {one.id: one for one in before.actions}
    new = {one.id: one for one in after.actions}
    said = {one.after_years: one.comment for one in before.reviews}
    says = {one.after_years: one.comment for one in after.reviews}
    return PlanChanges(
        actions_added=_missing(new, old),
        actions_removed=_missing(old, new),
        actions_changed=tuple(id_ for id_ in new if id_ in old and new[id_] != old[id_]),
        actions_reordered=[id_ for id_ in old if id_ in new] != [id_ for id_ in new if id_ in old],
        targets_added=_missing(after.targets, before.targets),
        targets_removed=_missing(before.targets, after.targets),
        reviews_added=_missing(says, said),
        reviews_changed=tuple(n for n in says if n in said and says[n] != said[n]),
        publication_changed=(before.published_url, before.published_on)
        != (after.published_url, after.published_on),
    )


def _missing(here: Iterable[Key], there: Collection[Key]) -> tuple[Key, ...]:
    """Return what is here and not there."""
    return tuple(one for one in here if one not in there)
