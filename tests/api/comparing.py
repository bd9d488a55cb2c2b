"""Trusts with leaders and a workforce, for tests that compare them."""

from collections.abc import Mapping
from datetime import UTC, datetime

from tests.given import Counts, Given

EARLY, LATE = datetime(2026, 11, 2, tzinfo=UTC), datetime(2026, 11, 3, tzinfo=UTC)

Staff = Mapping[tuple[str, str], Counts]


def staff(leaders: tuple[int, int], workforce: tuple[int, int]) -> Staff:
    """Return BME people of all leaders, and of everybody: the rest in band 5."""
    (bme, total), (all_bme, everybody) = leaders, workforce
    rest = everybody - total - (all_bme - bme)
    return {
        ("clinical", "8a"): (total - bme, bme, 0),
        ("clinical", "5"): (rest, all_bme - bme, 0),
    }


OWN = staff((20, 200), (200, 1000))
COMMUNITY = staff((30, 200), (210, 1000))
ACUTE = staff((2, 50), (1600, 4000))


def three_trusts(given: Given) -> None:
    """Let two acute trusts and a community one send the census of 2024."""
    given.actuals("ZZ901", 2024, OWN, at=EARLY)
    given.actuals("ZZ902", 2024, COMMUNITY, at=EARLY)
    given.actuals("ZZ903", 2024, ACUTE, at=LATE)
