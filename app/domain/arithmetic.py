"""Exact arithmetic on shares and people: no floats, so 0.34 of 150 people are 51.

Source:
    docs/methods/1.md, section 2.
"""

from fractions import Fraction


def people_for(share: Fraction, total: int) -> int:
    """Return how many people of `total` it takes to reach a share: ⌈share · total⌉."""
    # Thousands of these are in one answer, and whole numbers are as exact and quicker.
    return -(-share.numerator * total // share.denominator)


def people_needed(required: int, bme: int) -> int:
    """Return how many more BME people it takes to be `required`; never below 0."""
    return max(0, required - bme)


def round_half_up(value: Fraction) -> int:
    """Return the nearest whole number; halves go up."""
    return (2 * value.numerator + value.denominator) // (2 * value.denominator)


def straight_line(start: Fraction, end: Fraction, step: int, steps: int) -> Fraction:
    """Return the value after `step` of `steps` equal steps from start to end."""
    first = start.numerator * end.denominator * (steps - step)
    last = end.numerator * start.denominator * step
    return Fraction(first + last, start.denominator * end.denominator * steps)
