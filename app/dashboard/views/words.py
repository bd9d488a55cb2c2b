"""Figures as pages write them: as charts do, with single words where a figure is missing."""

from collections.abc import Sequence
from decimal import ROUND_HALF_UP, Decimal
from typing import Final

from app.charts.bands import SHORT
from app.charts.words import HIDDEN, first_upper, percent, rounded
from app.domain.codes import Outlook, Reason
from app.domain.progress import Interval
from app.domain.records import Author

CONTROLLED: Final = (
    "Counts are rounded to the nearest 5. Figures of small groups, and those from which they could"
    " be worked out, are hidden."
)
"""What a reader is told who does not see exact figures."""

INVENTED: Final = "Every figure here is invented."
"""What a reader of a demonstration is told."""

NOTHING: Final = "–"
"""What stands where there is nothing to tell."""

MISSING: Final = {
    Reason.SUPPRESSED: HIDDEN,
    Reason.NO_PEOPLE: "nobody",
    Reason.NO_ACTUALS: "not sent",
    Reason.NOT_SENT: "not sent",
    Reason.TOO_SMALL: "too few people",
    Reason.TOO_FEW_YEARS: "too few years",
    Reason.NO_EVENTS: "none",
    Reason.NOT_PUBLISHED: "not published",
    Reason.INCOMPLETE_RETURNS: "incomplete",
}
"""What stands in the place of a figure in a row of many, where a word is enough."""


def say_share(share: float | None, reason: Reason | None) -> str:
    """Return a share in percent, as charts and the API round it, or why there is none."""
    return percent(rounded(share)) if share is not None else say_missing(reason)


def say_interval(interval: Interval) -> str:
    """Return an interval of shares."""
    return f"{percent(rounded(interval.lower))} to {percent(rounded(interval.upper))}"


def say_ratio(ratio: float) -> str:
    """Return a ratio with two decimals, its halves rounded up."""
    return str(Decimal(repr(rounded(ratio))).quantize(Decimal("0.01"), ROUND_HALF_UP))


def say_ratios_between(interval: Interval) -> str:
    """Return an interval of ratios."""
    return f"{say_ratio(interval.lower)} to {say_ratio(interval.upper)}"


def say_points(difference: float) -> str:
    """Return a difference of shares in percentage points, its halves rounded away from none."""
    return f"{_signed(difference)} points"


def say_points_between(interval: Interval) -> str:
    """Return an interval of such differences."""
    return f"{_signed(interval.lower)} to {_signed(interval.upper)} points"


def _signed(difference: float) -> str:
    """Return percentage points with one decimal and a sign, unless there are none."""
    exact = Decimal(repr(rounded(difference))) * 100
    points = exact.quantize(Decimal("0.1"), ROUND_HALF_UP)
    return "0.0" if not points else f"{points:+}".replace("-", "−")


def say_people(people: int | None, reason: Reason | None) -> str:
    """Return a number of people, with commas between thousands, or why there is none."""
    return f"{people:,}" if people is not None else say_missing(reason)


def say_missing(reason: Reason | None) -> str:
    """Return what stands in the place of a figure that is not there."""
    return MISSING.get(reason, NOTHING) if reason else NOTHING


def say_outlook(outlook: Outlook | None) -> str:
    """Return an outlook in two or three words; the page of each code has its sentence."""
    return first_upper(SHORT.get(outlook, "parity projected")) if outlook else NOTHING


def say_author(author: Author) -> str:
    """Return who did something; the national team on behalf of a trust is told so."""
    return f"{author.name} (national team)" if author.is_national else author.name


def list_notices(*, is_invented: bool, is_controlled: bool = False) -> Sequence[str]:
    """Return what is to be known of all figures of a page before they are read."""
    told = ((INVENTED, is_invented), (CONTROLLED, is_controlled))
    return [sentence for sentence, is_so in told if is_so]


def say_many(number: int, one: str) -> str:
    """Return a number of things in words."""
    return f"{number:,} {one if number == 1 else one + 's'}"
