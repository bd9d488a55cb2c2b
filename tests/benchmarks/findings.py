"""What was measured, beside what it is measured by, as rows of one table."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final

HEADINGS: Final = ("what", "goal", "measured", "baseline", "ratio", "met")


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


def tell(findings: Iterable[Finding]) -> Iterator[str]:
    """Yield the lines of a table in Markdown."""
    yield _line(HEADINGS)
    yield "|" + "---|" * len(HEADINGS)
    for one in findings:
        ratio = "" if one.ratio is None else f"{one.ratio:.2f}"
        met = {True: "yes", False: "**no**", None: ""}[one.is_met]
        yield _line((one.what, one.goal, one.measured, one.baseline, ratio, met))


def _line(cells: Iterable[str]) -> str:
    return f"| {' | '.join(cells)} |"
