"""Percentages as people print them: parts that add up, and what others printed.

Only whole numbers are divided here, so nothing depends on how a machine rounds.
"""

from collections.abc import Sequence
from decimal import ROUND_DOWN, ROUND_HALF_EVEN, ROUND_HALF_UP, Context, Decimal

WHOLE = 100
"""What the percentages of all parts come to."""

_DIGITS = 60
"""More digits than any count or printed share has."""


def apportion(counts: Sequence[int], decimals: int = 1) -> tuple[Decimal, ...]:
    """Return what percentage each count is of all, so that they sum to exactly 100.

    Each is rounded down first; what is missing then goes, one unit of the last place each, to
    the largest remainders. Of equal remainders the larger count comes first, then the one that
    stands first.

    Args:
        counts: Persons in each part, none below 0.
        decimals: Places after the point, at least 0.

    Returns:
        Percentages, each less than one unit of the last place from the exact one; all 0 when
        there is nobody.

    Raises:
        ValueError: A count or the number of places is negative.

    Source:
        Hamilton's method of largest remainders; Balinski and Young (2001), Fair Representation,
        2nd ed., ch. 3.
    """
    if min(counts, default=0) < 0 or decimals < 0:
        raise ValueError(f"no percentages of {counts} with {decimals} places")
    total, units = sum(counts), WHOLE * 10**decimals
    if not total:
        return tuple(_of_units(0, decimals) for _ in counts)
    parts = [divmod(count * units, total) for count in counts]
    missing = units - sum(whole for whole, _ in parts)
    order = sorted(range(len(counts)), key=lambda i: (-parts[i][1], -counts[i], i))
    raised = frozenset(order[:missing])
    return tuple(
        _of_units(whole + (place in raised), decimals) for place, (whole, _) in enumerate(parts)
    )


def agrees(printed: Decimal, part: int, whole: int) -> bool:
    """Return whether a printed percentage is that of some people among others.

    Publishers round half up or half to even, and some cut off what follows the places that they
    print; each of these agrees. The places are those printed: 13.70 has two.

    Args:
        printed: A percentage, from 0 to 100, as it was printed.
        part: Persons in the part, from 0 to `whole`.
        whole: Persons in all, at least 1.

    Raises:
        ValueError: There is nobody, or the part is larger than the whole.
    """
    if not 0 <= part <= whole or whole == 0:
        raise ValueError(f"{part} of {whole} is no share")
    exponent = printed.as_tuple().exponent
    if not isinstance(exponent, int):
        return False
    places = max(0, -exponent)
    units, rest = divmod(part * WHOLE * 10**places, whole)
    # What follows the places printed only matters as less than, just or more than a half.
    halves = Decimal(units) + _compared_with_half(rest, whole)
    context = Context(prec=_DIGITS)
    said = printed.scaleb(places, context)
    return any(
        halves.quantize(Decimal(1), how, context) == said
        for how in (ROUND_HALF_UP, ROUND_HALF_EVEN, ROUND_DOWN)
    )


def _compared_with_half(rest: int, whole: int) -> Decimal:
    """Return a fraction that rounds as rest/whole does: 0, a quarter, a half or three."""
    if rest == 0:
        return Decimal(0)
    if 2 * rest == whole:
        return Decimal("0.5")
    return Decimal("0.25") if 2 * rest < whole else Decimal("0.75")


def _of_units(units: int, decimals: int) -> Decimal:
    return Decimal(units).scaleb(-decimals, Context(prec=_DIGITS))
