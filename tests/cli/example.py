"""The worked example of the specification, as bodies of requests."""

from typing import Any

from tests.bodies import actuals_body, cells

JSON = dict[str, Any]

YEARS = range(2019, 2025)
LEADERS = ((31, 402), (34, 410), (38, 418), (47, 431), (57, 440), (69, 452))
WORKFORCE = ((912, 5210), (960, 5300), (1022, 5395), (1110, 5480), (1225, 5602), (1340, 5731))
UNKNOWN = {2024: 7}
"""Leaders of unknown ethnicity, by year."""


def bodies() -> dict[int, JSON]:
    """Return the actuals of each census."""
    return {
        year: _body(leaders, workforce, UNKNOWN.get(year, 0))
        for year, leaders, workforce in zip(YEARS, LEADERS, WORKFORCE, strict=True)
    }


def _body(leaders: tuple[int, int], workforce: tuple[int, int], unknown: int) -> JSON:
    bme, total = leaders
    rest_bme, rest = workforce[0] - bme, workforce[1] - total
    return actuals_body(
        [
            *cells({"bme": bme, "white": total - bme - unknown, "unknown": unknown}),
            *cells({"bme": rest_bme, "white": rest - rest_bme}, band="5"),
        ]
    )
