"""The tables of a board page: what changed since the census before, and band by band."""

from collections.abc import Mapping
from typing import Final

from app.charts.bands import SHORT, in_order
from app.charts.stories import Point, Story
from app.charts.tables import Table
from app.charts.words import HIDDEN, census, inside, noun, percent, points, rounded, short_title
from app.documents.parts import NOT_THERE
from app.domain.codes import Reason
from app.domain.measures import BAND_MEASURES, Measure
from app.domain.progress import Parity

_REST: Final = (
    Measure.SENIOR_LEADERSHIP,
    Measure.LEADERSHIP,
    Measure.BOARD,
    Measure.WORKFORCE,
)
"""The measures that stand below the bands."""

_EXACT: Final = "Changes are computed before anything is rounded."

_ROUNDED: Final = "Changes are those of the rounded counts."


def tell_changes(story: Story, workforce: Story) -> Table | None:
    """Return what changed since the census before; None where there is none before."""
    if len(story.points) < 2:  # noqa: PLR2004 — one is compared with another
        return None
    then, now = story.points[-2:]
    rows = [
        _change_of_people(f"BME people {inside(story.scope)}", then.bme, now.bme),
        _change_of_people(f"All people {inside(story.scope)}", then.total, now.total),
        _change_of_shares(f"BME share of {noun(story.scope)}", then, now),
    ]
    # Whoever counts leaders counts everybody, in the same return.
    beside = {one.year: one for one in workforce.points}
    pair = (beside[then.year], beside[now.year])
    rows.append(_change_of_shares("BME share of the workforce", *pair))
    return Table(
        f"What changed since {census(then.year)}",
        ("", str(then.year), str(now.year), "Change"),
        tuple(rows),
        (_ROUNDED if story.subject.is_controlled else _EXACT,),
    )


def _change_of_people(label: str, then: int | None, now: int | None) -> tuple[str, ...]:
    change = NOT_THERE
    if then is not None and now is not None:
        change = _signed(now - then, f"{abs(now - then):,}")
    return label, _people(then), _people(now), change


def _change_of_shares(label: str, then: Point, now: Point) -> tuple[str, ...]:
    change = NOT_THERE
    if then.share is not None and now.share is not None:
        apart = rounded(now.share - then.share)
        change = f"{_signed(apart, points(abs(apart)))} points"
    return label, _share(then), _share(now), change


def _signed(change: float, text: str) -> str:
    """Return a change with its sign; one that is rounded to none has no sign."""
    if not text.strip("0."):
        return text
    return f"+{text}" if change > 0 else f"−{text}"


def _people(count: int | None) -> str:
    """Return a count; why one is hidden stands on the page once, not in each cell."""
    return HIDDEN if count is None else f"{count:,}"


def _share(point: Point) -> str:
    if point.share is not None:
        return percent(point.share)
    return "nobody" if point.reason is Reason.NO_PEOPLE else HIDDEN


def tell_measures(stories: Mapping[Measure, Story]) -> Table:
    """Return a row for each band, the lowest share first, and for what they are part of."""
    bands = in_order([stories[one] for one in BAND_MEASURES])
    rows = [_row(one) for one in (*bands, *(stories[one] for one in _REST))]
    return Table(
        "Band by band, lowest share first, and all together",
        ("Group", "BME people", "All people", "BME share", "To parity", "Outlook for parity"),
        tuple(rows),
    )


def _row(story: Story) -> tuple[str, ...]:
    point = story.points[-1] if story.points else None
    title = short_title(story.scope)
    if point is None:
        return (title, "not sent", "not sent", *([NOT_THERE] * 2), _outlook(story))
    return (
        title,
        _people(point.bme),
        _people(point.total),
        _share(point),
        _to_parity(story),
        _outlook(story),
    )


def _to_parity(story: Story) -> str:
    """Return how many more BME people would match what a measure is held against."""
    parity = story.parity
    if not isinstance(parity, Parity) or parity.gap is None:
        return NOT_THERE
    return f"{max(parity.gap.people, 0):,}"


def _outlook(story: Story) -> str:
    parity = story.parity
    if parity is None:
        if story.parity_reason is Reason.IS_THE_REFERENCE:
            return "what others are held against"
        return HIDDEN if story.parity_reason is Reason.SUPPRESSED else NOT_THERE
    return f"closing, about {parity.year}" if parity.year else SHORT[parity.outlook]
