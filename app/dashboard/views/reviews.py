"""The targets that wait for a review, as the national team's page lists them."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from app.charts.words import title_of
from app.dashboard.views.lines import Line
from app.dashboard.views.words import say_many
from app.domain.censuses import Cycle
from app.domain.measures import Scope
from app.domain.organisations import Attribute, Organisation
from app.services.reviews import Waiting

HEADINGS: Final = ("Trust", "Target", "Cycle", "Version", "Region", "Days waiting")
"""What is told of each target."""

NUMBERS: Final = frozenset({3, 5})
"""Columns in which figures stand."""


@dataclass(frozen=True, slots=True)
class Wish:
    """Which targets the reader wishes to see.

    Attributes:
        region: Code of the region in which the trusts lie; empty for all.
        cycle: Code of the cycle; empty for all.
    """

    region: str = ""
    cycle: str = ""

    def admits(self, one: Waiting) -> bool:
        """Return whether a target is among them."""
        is_there = self.region in {"", _region_of(one)}
        return is_there and self.cycle in {"", one.target.cycle.code}


@dataclass(frozen=True, slots=True)
class ReviewsPage:
    """The page of what waits for a review.

    Attributes:
        wish: What was chosen of the regions and cycles, each what is sent and what is said.
        counted: How many targets are listed, in words.
    """

    title: str
    sentences: Sequence[str]
    wish: Wish
    regions: Sequence[tuple[str, str]]
    cycles: Sequence[tuple[str, str]]
    counted: str
    lines: Sequence[Line]
    data: str | None = None


def list_reviews(
    waiting: Iterable[Waiting], wish: Wish, places: Mapping[str, Organisation]
) -> ReviewsPage:
    """Return the page of what waits for a review.

    Args:
        waiting: Of all trusts, those that waited longest first.
        wish: Which of them the reader wishes to see.
        places: Regions by code.
    """
    held = list(waiting)
    found = [one for one in held if wish.admits(one)]
    codes = {code for one in held if (code := _region_of(one)) in places}
    cycles = {one.target.cycle.code: one.target.cycle for one in held}
    return ReviewsPage(
        title="Targets waiting for a review",
        sentences=("Trusts have submitted these targets.", "They are in force already."),
        wish=wish,
        regions=[
            ("", "All regions"),
            *sorted(((code, places[code].name) for code in codes), key=lambda one: one[1]),
        ],
        cycles=[
            ("", "All cycles"),
            *((code, _span(cycles[code])) for code in sorted(cycles, reverse=True)),
        ],
        counted=_count(len(found), is_narrowed=wish != Wish()),
        lines=[_line(one, places) for one in found],
    )


def _span(cycle: Cycle) -> str:
    return f"{cycle.starts} to {cycle.ends}"


def _region_of(one: Waiting) -> str:
    return one.trust.newest(Attribute.REGION) or ""


def _count(number: int, *, is_narrowed: bool) -> str:
    if number:
        return f"{say_many(number, 'target')}, those that waited longest first."
    return f"No target waits for a review{' here' if is_narrowed else ''}."


def _line(one: Waiting, places: Mapping[str, Organisation]) -> Line:
    target, code = one.target, _region_of(one)
    return Line(
        one.trust.name,
        f"/trusts/{one.trust.ods_code}/targets/{target.id}",
        (
            title_of(Scope(target.measure, target.staff_group)),
            _span(target.cycle),
            str(target.version),
            places[code].name if code in places else "",
            f"{one.days:,}",
        ),
    )
