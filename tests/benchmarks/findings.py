"""What was measured, beside what it is measured by, as rows of one table."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Final

HEADINGS: Final = ("part", "what", "goal", "measured", "baseline", "ratio", "met", "on")


@dataclass(frozen=True, slots=True)
class Finding:
    """A row of the table.

    Attributes:
        what: What was done.
        measured: Median of the rounds, with its unit.
        baseline: What it stands beside, from the same run, with its unit.
        ratio: Of both; None where there is none to be told.
        goal: What is wanted.
        is_met: None where nothing is wanted.
    """

    what: str
    measured: str
    baseline: str = ""
    ratio: float | None = None
    goal: str = ""
    is_met: bool | None = None

    def tell(self, part: str, on: date) -> str:
        """Return the row of the table, with the part that it is of and the day."""
        ratio = "" if self.ratio is None else f"{self.ratio:.2f}"
        met = {True: "yes", False: "**no**", None: ""}[self.is_met]
        cells = (part, self.what, self.goal, self.measured, self.baseline, ratio, met, on)
        return _line(map(str, cells))


def tabulate(rows: Iterable[str]) -> Iterator[str]:
    """Yield the lines of a table in Markdown."""
    yield _line(HEADINGS)
    yield "|" + "---|" * len(HEADINGS)
    yield from rows


def is_of(row: str, part: str) -> bool:
    """Return whether a line is a row of a part."""
    return row.startswith(f"| {part} |")


def _line(cells: Iterable[str]) -> str:
    return f"| {' | '.join(cells)} |"
