"""The targets that wait for a review, as the national team's page lists them."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from app.charts.words import title_of
from app.dashboard.views.lines import Line
from app.dashboard.views.words import say_many
from app.domain.measures import Scope
from app.domain.organisations import Attribute, Organisation
from app.services.reviews import Waiting

HEADINGS: Final = ("Trust", "Target", "Cycle", "Version", "Region", "Days waiting")
"""What is told of each target."""

NUMBERS: Final = frozenset({3, 5})
"""Columns in which figures stand."""


@dataclass(frozen=True, slots=True)
class ReviewsPage:
    """The page of what waits for a review.

    Attributes:
        region: Code of the region that was chosen; empty for all.
        regions: Codes and names of those that can be.
        counted: How many targets are listed, in words.
    """

    title: str
    sentences: Sequence[str]
    region: str
    regions: Sequence[tuple[str, str]]
    counted: str
    lines: Sequence[Line]
    data: str | None = None


def list_reviews(
    waiting: Iterable[Waiting], region: str, places: Mapping[str, Organisation]
) -> ReviewsPage:
    """Return the page of what waits for a review.

    Args:
        waiting: Of all trusts, those that waited longest first.
        region: Code of the region whose trusts are wanted; empty for all.
        places: Regions by code.
    """
    held = list(waiting)
    found = [one for one in held if region in {"", _region_of(one)}]
    codes = {code for one in held if (code := _region_of(one)) in places}
    named = sorted(((code, places[code].name) for code in codes), key=lambda one: one[1])
    return ReviewsPage(
        title="Targets waiting for a review",
        sentences=("Trusts have submitted these targets.", "They are in force already."),
        region=region,
        regions=[("", "All regions"), *named],
        counted=_count(len(found), is_narrowed=bool(region)),
        lines=[_line(one, places) for one in found],
    )


def _region_of(one: Waiting) -> str:
    return one.trust.newest(Attribute.REGION) or ""


def _count(number: int, *, is_narrowed: bool) -> str:
    if number:
        return f"{say_many(number, 'target')}, those that waited longest first."
    where = " in this region" if is_narrowed else ""
    return f"No target waits for a review{where}."


def _line(one: Waiting, places: Mapping[str, Organisation]) -> Line:
    target, code = one.target, _region_of(one)
    return Line(
        one.trust.name,
        f"/trusts/{one.trust.ods_code}/targets/{target.id}",
        (
            title_of(Scope(target.measure, target.staff_group)),
            f"{target.cycle.starts} to {target.cycle.ends}",
            str(target.version),
            places[code].name if code in places else "",
            f"{one.days:,}",
        ),
    )
