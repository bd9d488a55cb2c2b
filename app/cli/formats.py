"""Numbers as a terminal shows them."""

NEARLY_CERTAIN = 0.995
"""Probability from which a whole percentage would say that it is certain."""


def percent(share: float) -> str:
    """Return a share as a percentage of one place."""
    return f"{100 * share:.1f} %"


def points(difference: float) -> str:
    """Return a difference of shares, without its sign, in percentage points."""
    return f"{abs(100 * difference):.1f} points"


def chance(probability: float) -> str:
    """Return a probability as a whole percentage that never claims certainty."""
    if probability >= NEARLY_CERTAIN:
        return "over 99 %"
    if probability < 1 - NEARLY_CERTAIN:
        return "under 1 %"
    return f"{100 * probability:.0f} %"


def people(number: int) -> str:
    """Return a number of persons."""
    return "1 person" if number == 1 else f"{number} people"
