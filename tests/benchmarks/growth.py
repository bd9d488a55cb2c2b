"""How time grows with the number of trusts: 202, 2,000 and 10,000 with ten censuses each.

The trusts beyond those of the demonstration set are copies of its open ones under codes of five
digits, which no trust has.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from math import log
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter
from typing import Final

from app.demonstration.values import DemonstrationSet, Return
from app.domain.callers import COMMAND_LINE, Role
from app.domain.counts import Count
from app.domain.measures import Measure
from app.domain.targets import Goal
from app.services.demonstration import load_demonstration
from app.services.register import load_register
from app.store import schema
from app.store.engine import build_engine, writing
from tests.benchmarks.cold import COLD, time_first_of_england
from tests.benchmarks.findings import Finding
from tests.benchmarks.timing import time_answer
from tests.bodies import Headers
from tests.given import Given
from tests.kept import LOADED, make_set
from tests.origins import ORIGIN
from tests.programs import served

NUMBERS: Final = (202, 2_000, 10_000)
MOST: Final = 1.05

FIRST: Final = 10_000
"""The code of the first copy."""


SMALLER: Final = 50
"""How many times fewer people a copy has."""


@dataclass(frozen=True, slots=True)
class Took:
    """Seconds with a number of trusts: loading all, answering about England and about one."""

    loading: float
    england: float
    trust: float


def run() -> Iterator[Finding]:
    """Yield how each kind of work grows."""
    took = [_measure(number) for number in NUMBERS]
    yield _grown(
        "cold England, all measures, the first after starting", [one.england for one in took]
    )
    yield _grown("loading all with the audit", [one.loading for one in took])
    first, *_, last = (one.trust for one in took)
    yield Finding(
        f"cold progress of a trust among {NUMBERS[-1]:,}",
        f"{1000 * last:.1f} ms",
        f"among {NUMBERS[0]}: {1000 * first:.1f} ms",
        last / first,
    )


def _grown(what: str, seconds: Sequence[float]) -> Finding:
    found = exponent(NUMBERS, seconds)
    told = ", ".join(f"{one:.2f} s" for one in seconds[1:])
    return Finding(
        f"{what}: {', '.join(f'{number:,}' for number in NUMBERS[1:])} trusts",
        f"{told}; exponent {found:.2f}",
        f"{NUMBERS[0]} trusts: {seconds[0]:.2f} s",
        seconds[-1] / seconds[0],
        f"exponent at most {MOST}",
        found <= MOST,
    )


def exponent(numbers: Sequence[int], seconds: Sequence[float]) -> float:
    """Return the power of the number with which time grows: the slope in logarithms."""
    xs, ys = [log(one) for one in numbers], [log(one) for one in seconds]
    x, y = sum(xs) / len(xs), sum(ys) / len(ys)
    products = sum((one - x) * (other - y) for one, other in zip(xs, ys, strict=True))
    return products / sum((one - x) ** 2 for one in xs)


def _measure(number: int) -> Took:
    with TemporaryDirectory() as name:
        url = f"sqlite:///{name}/parity.sqlite3"
        loading, code, token = _load(url, enlarge(make_set(), number))
        england = time_first_of_england(url, Path(name), token)
        with served(url, Path(name), **COLD) as service:
            progress = f"/v1/trusts/{code}/progress/leadership"
            trust = time_answer(service.port, progress, token)
    return Took(loading, england / 1000, trust.ms / 1000)


def _load(url: str, made: DemonstrationSet) -> tuple[float, str, Headers]:
    """Store a set; return the seconds that it took, a code in it, and headers of who reads all."""
    schema.upgrade(url)
    engine = build_engine(url)
    with writing(engine, ORIGIN) as session:
        load_register(session, by=COMMAND_LINE, now=LOADED)
    begun = perf_counter()
    with writing(engine, ORIGIN) as session:
        load_demonstration(session, made, by=COMMAND_LINE, now=LOADED)
    took = perf_counter() - begun
    token = Given(engine).token(Role.NATIONAL)
    engine.dispose()
    return took, made.organisations[-1].ods_code, token


def enlarge(made: DemonstrationSet, number: int) -> DemonstrationSet:
    """Return a set of so many open trusts, each like one of a set, but smaller."""
    originals = [
        one for one in made.organisations if one.closed is None and one.ods_code in made.returns
    ]
    codes = {str(FIRST + place): originals[place % len(originals)] for place in range(number)}
    of_code = {code: one.ods_code for code, one in codes.items()}
    goals: dict[str, list[tuple[str, Measure, Goal]]] = {}
    for (code, cycle, measure), goal in made.targets.items():
        goals.setdefault(code, []).append((cycle, measure, goal))
    smaller = {
        code: {year: _shrink(sent) for year, sent in years.items()}
        for code, years in made.returns.items()
    }
    return DemonstrationSet(
        organisations=tuple(replace(one, ods_code=code) for code, one in codes.items()),
        successions=(),
        returns={code: smaller[was] for code, was in of_code.items()},
        targets={
            (code, cycle, measure): goal
            for code, was in of_code.items()
            for cycle, measure, goal in goals.get(was, ())
        },
        indicators={},
        notable={},
    )


def _shrink(sent: Return) -> Return:
    """Return the same cells with fewer people, so that England has not more than there are."""
    headcounts = {
        pair: Count(*(-(-number // SMALLER) for number in (one.white, one.bme, one.unknown)))
        for pair, one in sent.headcounts.items()
    }
    return Return(headcounts, sent.board)
