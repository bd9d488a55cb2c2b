"""Tables of targets: a row each, with a goal, and milestones in columns headed with their year."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Final

from app.domain.bands import StaffGroup
from app.domain.measures import Measure
from app.domain.targets import Goal, GoalForm, Milestone, Terms
from app.ingest.cells import day, share_of_four_places, text, whole_number
from app.ingest.grids import Cell, GridRow, Odd
from app.ingest.layouts.common import (
    LONGEST_NOTES,
    Column,
    Defaults,
    OwnColumns,
    coding,
    list_rows,
    optional,
    optional_text,
    require_columns,
    unknown_word,
)
from app.ingest.mappings import Words, plain
from app.ingest.tables import At, Found, Layout, Table, fault_at

_GOALS: Final = frozenset({"goal_share", "goal_headcount", "goal"})

LAYOUT: Final = Layout(
    fields=_GOALS
    | {"ods_code", "measure", "staff_group", "cycle", "reason", "board_approved_on", "rationale"},
    signs=tuple(frozenset({"measure", goal}) for goal in sorted(_GOALS)),
    yearly="milestone",
)

LONGEST_REASON: Final = 1000
"""Characters of a reason."""

_WORDS = (GoalForm.MAINTAIN, GoalForm.NO_TARGET_NEEDED)


@dataclass(frozen=True, slots=True)
class SentTarget:
    """A target as a file has it.

    Attributes:
        at: Where it stands.
        columns: Where its parts stand, by the pointer into the body that sets a target.
    """

    ods_code: str
    measure: Measure
    staff_group: StaffGroup | None
    cycle: str
    terms: Terms
    at: At
    columns: dict[str, int | None] = field(default_factory=dict)


def read_targets(
    tables: Iterable[Table], words: Words, defaults: Defaults, found: Found
) -> list[SentTarget]:
    """Return the targets of tables, in the order of the file."""
    sent = []
    for table in tables:
        wanted = {"ods_code": defaults.ods_code is not None, "cycle": False}
        if require_columns(table, wanted, words, found):
            sent.extend(_Reading(table, words, defaults, found).read())
    return sent


class _Reading:
    """Reading one table."""

    def __init__(self, table: Table, words: Words, defaults: Defaults, found: Found) -> None:
        self._table, self._found = table, found
        self._code = OwnColumns(table, defaults).code
        self._measure = Column(table, "measure", coding(Measure, "measure", words), None)
        group = optional(coding(StaffGroup, "staff_group", words))
        self._group = Column(table, "staff_group", group, None)
        self._cycle = Column(table, "cycle", text, "")
        self._share = Column(table, "goal_share", optional(share_of_four_places), None)
        self._headcount = Column(table, "goal_headcount", optional(whole_number), None)
        self._word = Column(table, "goal", optional(_goal_word(words)), None)
        self._reason = Column(table, "reason", optional_text(LONGEST_REASON), None)
        self._approved = Column(table, "board_approved_on", optional(day), None)
        self._rationale = Column(table, "rationale", optional_text(LONGEST_NOTES), None)
        self._years = sorted(
            (int(name.rpartition(" ")[2]), name)
            for name in table.columns
            if name.startswith("milestone ")
        )
        self._stated = {
            name: Column[Cell](table, name, optional(_as_it_is), None) for _, name in self._years
        }

    def read(self) -> list[SentTarget]:
        """Return the targets of the table."""
        rows = list_rows(self._table, self._found)
        return [one for one in map(self._read_row, rows) if one is not None]

    def _read_row(self, row: GridRow) -> SentTarget | None:
        code, measure = self._code.read(row, self._found), self._measure.read(row, self._found)
        group, cycle = self._group.read(row, self._found), self._cycle.read(row, self._found)
        approved = self._approved.read(row, self._found)
        rationale = self._rationale.read(row, self._found)
        goal = self._read_goal(row)
        milestones = self._read_milestones(row, goal) if goal is not None else None
        if (
            isinstance(code, Odd)
            or measure is None
            or isinstance(measure, Odd)
            or isinstance(group, Odd)
            or isinstance(cycle, Odd)
            or isinstance(approved, Odd)
            or isinstance(rationale, Odd)
            or goal is None
            or milestones is None
        ):
            return None
        terms = Terms(goal, tuple(milestones), board_approved_on=approved, rationale=rationale)
        at = (self._table, row.number, self._code.index)
        return SentTarget(code, measure, group, cycle, terms, at, self._columns(terms))

    def _read_goal(self, row: GridRow) -> Goal | None:
        share, people = self._share.read(row, self._found), self._headcount.read(row, self._found)
        word, reason = self._word.read(row, self._found), self._reason.read(row, self._found)
        if any(isinstance(one, Odd) for one in (share, people, word, reason)):
            return None
        at = (self._table, row.number, None)
        if sum(one is not None for one in (share, people, word)) != 1:
            detail = "Give one of goal_share, goal_headcount and goal."
            self._found.faults.append(fault_at(at, "one_goal", detail))
            return None
        is_needed = word is GoalForm.NO_TARGET_NEEDED
        if is_needed != (reason is not None):
            detail = "Give a reason when no target is needed, and only then."
            self._found.faults.append(fault_at(at, "reason_with_goal", detail))
            return None
        if isinstance(share, Decimal):
            return Goal(GoalForm.SHARE, share=share)
        if isinstance(people, int):
            return Goal(GoalForm.HEADCOUNT, headcount=people)
        assert isinstance(word, GoalForm)  # noqa: S101 — one of the three is given
        return Goal(word, reason=str(reason) if is_needed else None)

    def _read_milestones(self, row: GridRow, goal: Goal) -> list[Milestone] | None:
        """Return the milestones that are stated, in the form of the goal; None if one is odd."""
        milestones = []
        for year, name in self._years:
            column = self._stated[name]
            cell = column.read(row, self._found)
            if cell is None:
                continue
            is_people = goal.form is GoalForm.HEADCOUNT
            value = whole_number(cell) if is_people else share_of_four_places(cell)
            if isinstance(value, Odd):
                self._found.refuse((self._table, row.number, column.index), value)
                return None
            if isinstance(value, Decimal):
                milestones.append(Milestone(year, share=value))
            else:
                milestones.append(Milestone(year, headcount=value))
        return milestones

    def _columns(self, terms: Terms) -> dict[str, int | None]:
        names = {f"/{name}": self._table.columns.get(name) for name in LAYOUT.fields}
        for index, one in enumerate(terms.milestones):
            names[f"/milestones/{index}"] = self._table.columns[f"milestone {one.year}"]
        return names


def _goal_word(words: Words) -> Callable[[Cell], GoalForm | Odd]:
    """Return what reads a goal that is a word."""
    by_word = words.values_by_word("goal")

    def read(cell: Cell) -> GoalForm | Odd:
        written = text(cell)
        if isinstance(written, Odd):
            return written
        found = by_word.get(plain(written))
        if found is None:
            return unknown_word(written, "goal", [one.value for one in _WORDS])
        return GoalForm(found)

    return read


def _as_it_is(cell: Cell) -> Cell:
    """Return a cell whose meaning depends on another one."""
    return cell
