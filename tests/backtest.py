"""How often the bands of the newest method hold what comes, over simulated persistent staff.

Run by `make backtest`. Teams of every size are simulated person by person under several
scenarios of appointments, fitted over six to eight censuses and forecast one to five years ahead.
It prints the coverage by team size and years ahead over all scenarios, and between which
scenarios it lies. It fails if a cell over all scenarios leaves what the method's page claims, 80 %
bands hold 78 to 98 % of what comes and 95 % bands at least 89 %, or if the page's tables differ.
"""

import sys
from collections.abc import Iterator, Mapping
from itertools import product
from pathlib import Path

import numpy as np

from app.domain.methods import LATEST
from app.stats.normal import Floats
from tests.unit.domain.staff import AHEAD, CENSUSES, SCENARIOS, WAYS, Scenario, try_out

SIZES = (10, 20, 50, 100, 200, 500, 1000, 5000)
TEAMS = 2000
SEED = 20261123

CLAIMS = {"smoothed_80": (0.78, 0.98), "smoothed_95": (0.89, 1.0)}
"""Between which coverage each cell lies over all scenarios."""

TITLES = {
    "smoothed": "the share, half a person added on either side as the method does",
    "people": "the people, the band's ends rounded outwards",
    "shares": "the share as it is",
}

PAGE = Path("docs/methods") / f"{LATEST.version}.md"
"""The page of the method, in a checkout."""

PRINTED = {
    "smoothed": ("", SIZES),
    "shares": (", plain shares", (10, 20, 50)),
    "people": (", whole people", (10, 20, 50)),
}
"""What the page prints: the ways, what rows are called after their size, and of which sizes."""

Coverage = Mapping[tuple[str, Scenario, int], Floats]
"""By way, scenario and team size: of each number of years ahead."""


def measure() -> Coverage:
    """Simulate, forecast and hold against what came."""
    found: dict[tuple[str, Scenario, int], Floats] = {}
    for scenario, size in product(SCENARIOS, SIZES):
        chance = np.random.default_rng([SEED, SCENARIOS.index(scenario), size])
        outcomes = list(try_out(LATEST, scenario, teams=TEAMS, size=size, chance=chance))
        for way in WAYS:
            held = np.concatenate([getattr(one, way) for one in outcomes])
            found[way, scenario, size] = held.mean(axis=0)
    return found


def over_all(found: Coverage, way: str) -> Floats:
    """Return coverage over all scenarios, shape (team sizes, years ahead)."""
    each = np.array([[found[way, one, size] for size in SIZES] for one in SCENARIOS])
    return np.asarray(each.mean(axis=0))


def tables(found: Coverage) -> Iterator[str]:
    """Yield the lines of a table a band and way, over all scenarios."""
    for way in WAYS:
        name, band = way.split("_")
        yield f"\n{band} % bands hold {TITLES[name]}"
        yield "  people" + "".join(f"{f'{ahead} ahead':>22}" for ahead in AHEAD)
        for size, means in zip(SIZES, over_all(found, way), strict=True):
            each = np.array([found[way, one, size] for one in SCENARIOS])
            cells = [
                f"{100 * mean:.1f} ({100 * low:.0f} to {100 * high:.0f})"
                for mean, low, high in zip(means, each.min(axis=0), each.max(axis=0), strict=True)
            ]
            yield f"{size:>8}" + "".join(f"{cell:>22}" for cell in cells)


def outside(found: Coverage) -> Iterator[str]:
    """Yield the cells of single scenarios that leave what holds over all of them."""
    for way, (low, high) in CLAIMS.items():
        for scenario, size in product(SCENARIOS, SIZES):
            for ahead, mean in zip(AHEAD, found[way, scenario, size], strict=True):
                if not low <= mean <= high:
                    yield f"  {way}: {scenario.name}, {size} people, {ahead} ahead: {mean:.1%}"


def rows(found: Coverage) -> Iterator[str]:
    """Yield the rows of the tables that the page of the method prints."""
    for name, (called, sizes) in PRINTED.items():
        low, high = (100 * over_all(found, f"{name}_{band}") for band in (80, 95))
        for size, inner, outer in zip(SIZES, low, high, strict=True):
            if size in sizes:
                pairs = zip(inner, outer, strict=True)
                cells = " | ".join(f"{one:.0f} / {other:.0f}" for one, other in pairs)
                yield f"| {size}{called} | {cells} |"


def main() -> int:
    """Measure, print the tables, and return 1 if the claim does not hold or the page differs."""
    found = measure()
    lines = [
        f"Method {LATEST.version}, {len(SCENARIOS)} scenarios, seed {SEED}.",
        f"{TEAMS} teams of each size with {CENSUSES[0]} to {CENSUSES[-1]} censuses in each.",
        "Coverage in %, by years ahead: over all scenarios (lowest to highest).",
        *tables(found),
        "\nSingle scenarios outside what is claimed over all of them:",
        *outside(found),
        "",
    ]
    holds = True
    for way, (low, high) in CLAIMS.items():
        cells = over_all(found, way)
        holds &= bool(low <= cells.min() and cells.max() <= high)
        lines.append(
            f"{way}: {cells.min():.1%} to {cells.max():.1%}, mean {cells.mean():.1%}"
            f" (claimed: {low:.0%} to {high:.0%})"
        )
    page = PAGE.read_text(encoding="utf-8").splitlines()
    missing = [row for row in rows(found) if row not in page]
    lines += [f"The claim {'holds' if holds else 'fails'}.", f"Not in {PAGE}:" if missing else ""]
    sys.stdout.write("\n".join([*lines, *missing, ""]))
    return int(bool(missing) or not holds)


if __name__ == "__main__":
    sys.exit(main())
