"""What a change of the figures does downstream: where a trust stands before it, and after."""

from collections.abc import Iterable
from dataclasses import dataclass, fields
from typing import Final

from app.domain.codes import GoalOutlook, Outlook, Position
from app.domain.measures import Scope
from app.domain.progress import Progress


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a measure of a trust stands: what boards look at.

    Attributes:
        year: Of the last census; None where none is held.
        bme: Persons there, as `total`.
        position: Against the path of the target that counts; None where there is none.
        goal_outlook: Of reaching its goal; None where it cannot be told.
        outlook: Of parity; None where the measure has no reference.
        parity_year: The census at which parity is projected; None unless the outlook says so.
    """

    year: int | None
    bme: int | None
    total: int | None
    position: Position | None
    goal_outlook: GoalOutlook | None
    outlook: Outlook | None
    parity_year: int | None

    @property
    def share(self) -> float | None:
        """BME of everybody; None where there is nobody."""
        return self.bme / self.total if self.bme is not None and self.total else None


NOWHERE: Final = Standing(None, None, None, None, None, None, None)
"""Where a measure stands of which nothing is held."""


@dataclass(frozen=True, slots=True)
class Effect:
    """How a measure of a trust stood before a change, and how it stands after."""

    ods_code: str
    scope: Scope
    before: Standing
    after: Standing

    @property
    def changed(self) -> tuple[str, ...]:
        """The members that differ, in their order."""
        names = (one.name for one in fields(Standing))
        return tuple(n for n in names if getattr(self.before, n) != getattr(self.after, n))


def find_standing(progress: Progress) -> Standing:
    """Return where a measure stands, from its progress."""
    last = progress.actuals[-1] if progress.actuals else None
    gap, chance, parity = progress.gap, progress.goal_outlook, progress.parity
    return Standing(
        year=last.year if last else None,
        bme=last.bme if last else None,
        total=last.total if last else None,
        position=gap.position if gap else None,
        goal_outlook=chance.outlook if chance else None,
        outlook=parity.outlook if parity else None,
        parity_year=parity.year if parity else None,
    )


def compare(before: Iterable[Progress], after: Iterable[Progress]) -> list[Effect]:
    """Return the measures of which anything differs, in the order of those after.

    A measure that is on one side only counts as standing nowhere on the other.
    """
    then = {_key(one): find_standing(one) for one in before}
    now = {_key(one): find_standing(one) for one in after}
    effects = [
        Effect(code, scope, then.get((code, scope), NOWHERE), now.get((code, scope), NOWHERE))
        for code, scope in [*now, *(key for key in then if key not in now)]
    ]
    return [one for one in effects if one.changed]


def _key(progress: Progress) -> tuple[str, Scope]:
    return progress.ods_code, Scope(progress.measure, progress.staff_group)
