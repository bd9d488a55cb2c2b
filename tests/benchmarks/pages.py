"""How long pages, charts and documents take, cold and warm, beside a bare route."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from tests.benchmarks.cold import COLD
from tests.benchmarks.databases import one_demonstrated
from tests.benchmarks.findings import Finding
from tests.benchmarks.rates import bare
from tests.benchmarks.timing import Took, time_answer
from tests.programs import served

HTML: Final = "text/html"
SVG: Final = "image/svg+xml"
PDF: Final = "application/pdf"

CHARTS: Final = "/v1/trusts/ZZ001/progress/leadership/charts"


@dataclass(frozen=True, slots=True)
class Asked:
    """What is asked for, and in how many milliseconds it is to be answered."""

    name: str
    path: str
    accept: str = HTML
    cold_ms: float | None = None
    warm_ms: float | None = None

    def time(self, port: int) -> Took:
        """Return how long it takes."""
        return time_answer(port, self.path, {"Accept": self.accept})


ASKED: Final = (
    Asked("page of England, 202 trusts", "/england", cold_ms=300, warm_ms=20),
    Asked("page of trusts", "/trusts", cold_ms=300, warm_ms=20),
    Asked("page of a trust", "/trusts/ZZ001"),
    Asked("page of a measure", "/trusts/ZZ001/measures/leadership"),
    Asked("chart, trajectory", f"{CHARTS}/trajectory", SVG, cold_ms=150),
    Asked("chart, bands", f"{CHARTS}/bands", SVG, cold_ms=150),
    Asked("chart, people", f"{CHARTS}/people", SVG, cold_ms=150),
    Asked("chart, chances", f"{CHARTS}/chances", SVG, cold_ms=150),
    Asked(
        "chart of England", "/v1/england/progress/leadership/charts/trajectory", SVG, cold_ms=150
    ),
    Asked("board page", "/trusts/ZZ001/board-page.pdf", PDF, cold_ms=3000),
    Asked("report of a census", "/england/reports/2025.pdf", PDF, cold_ms=3000),
)


def run() -> Iterator[Finding]:
    """Yield what was measured of each: made anew, then from memory."""
    with one_demonstrated("SQLite") as held:
        with served(held.url, held.folder, **COLD) as service:
            cold = [one.time(service.port) for one in ASKED]
        with served(held.url, held.folder) as service:
            warm = [one.time(service.port) for one in ASKED]
        for one, anew, kept in zip(ASKED, cold, warm, strict=True):
            with bare(kept.body, {"content-type": one.accept}, held.folder) as beside:
                plain = time_answer(beside.port, "/").ms
            yield _row(f"cold {one.name}", anew.ms, plain, one.cold_ms)
            yield _row(f"warm {one.name}", kept.ms, plain, one.warm_ms)


def _row(what: str, took: float, plain: float, most: float | None) -> Finding:
    return Finding(
        what,
        f"{took:.1f} ms",
        f"bare Starlette: {plain:.1f} ms",
        took / plain,
        "" if most is None else f"at most {most:.0f} ms",
        None if most is None else took <= most,
    )
