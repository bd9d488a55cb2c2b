"""Figures as pages write them."""

from typing import Final

from app.domain.codes import Outlook, Reason

SMALLEST_CHANCE: Final = 0.01
"""A smaller one, or a smaller one of the contrary, is not told as a whole percent."""

MISSING: Final = {
    Reason.SUPPRESSED: "hidden",
    Reason.NO_PEOPLE: "nobody",
    Reason.NO_ACTUALS: "not sent",
    Reason.NOT_SENT: "not sent",
    Reason.TOO_SMALL: "too few people",
    Reason.TOO_FEW_YEARS: "too few years",
}
"""What stands in the place of a figure, where a word is enough; else the page says a dash."""

OUTLOOKS: Final = {
    Outlook.NO_PEOPLE: "Nobody",
    Outlook.DEPENDS_ON_UNKNOWN: "Depends on unknown ethnicity",
    Outlook.AT_OR_ABOVE_REFERENCE: "At parity or above",
    Outlook.TOO_FEW_YEARS: "Too few years",
    Outlook.TOO_SMALL: "Too few people",
    Outlook.WITHIN_ONE_PERSON: "Within one person",
    Outlook.DEPENDS_ON_SCALE: "Depends on the scale",
    Outlook.PROJECTED: "Parity projected",
    Outlook.BEYOND_HORIZON: "Closing slowly",
    Outlook.NO_CLEAR_DIRECTION: "No clear direction",
    Outlook.WIDENING: "Widening",
}
"""Outlooks in two or three words; the page of each code has its sentence."""


def say_share(share: float | None, reason: Reason | None) -> str:
    """Return a share in percent, or why there is none."""
    return f"{share:.1%}" if share is not None else say_missing(reason)


def say_people(people: int | None, reason: Reason | None) -> str:
    """Return a number of people, with commas between thousands, or why there is none."""
    return f"{people:,}" if people is not None else say_missing(reason)


def say_missing(reason: Reason | None) -> str:
    """Return what stands in the place of a figure that is not there."""
    return MISSING.get(reason, "–") if reason else "–"


def say_chance(probability: float) -> str:
    """Return a probability to a whole percent; next to never and next to always say so."""
    if probability < SMALLEST_CHANCE:
        return "under 1%"
    return "over 99%" if probability > 1 - SMALLEST_CHANCE else f"{probability:.0%}"


def say_many(number: int, one: str, many: str | None = None) -> str:
    """Return a number of things in words."""
    return f"{number:,} {one if number == 1 else many or one + 's'}"
