"""Going to every address that links lead to, and to those of the API that pages show."""

import re
from collections import deque
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final
from urllib.parse import parse_qs, urldefrag, urljoin, urlsplit

from httpx2 import Response
from starlette.testclient import TestClient

from app.api.negotiation import XLSX
from app.charts.kinds import ChartKind
from app.domain.measures import Measure
from tests.bodies import Headers
from tests.dashboard.reading import read_page

CENSUS: Final = 2025
"""The census that is released."""

EARLIER: Final = 2024
"""One that is not."""

_TABLES: Final = ("application/json", "text/csv", XLSX)
"""Forms in which tables are told."""

_WITHOUT_FIGURES: Final = re.compile(
    r"/(static|sign-in|sign-out|signed-out|openapi|definitions|problems|v1/(definitions|methods))\b"
)
_OF_ONE: Final = re.compile(r"/(?:trusts|areas)/([A-Z0-9]+)")
_OF_MEASURE: Final = re.compile(r"/(?:measures|progress)/(\w+)")


@dataclass(frozen=True, slots=True)
class Visited:
    """An answer, and where it was.

    Attributes:
        accept: What was asked for; empty for whatever there is.
    """

    path: str
    accept: str
    response: Response

    @property
    def trust(self) -> str | None:
        """The one trust that it is about; None if it is about several or none."""
        found = re.search(r"/trusts/([A-Z0-9]+)", self.path)
        return found[1] if found else None

    def __str__(self) -> str:
        """Return what was asked."""
        return f"{self.path} {self.accept}".strip()


@dataclass(frozen=True)
class Crawl:
    """Which addresses are gone to.

    Attributes:
        trusts: Of which trusts.
        areas: Of which areas.
        measures: Of which measures, and of none of the others.
        is_narrow: Whether to go to nothing but these trusts and areas.
    """

    client: TestClient
    trusts: Sequence[str]
    areas: Sequence[str]
    measures: Sequence[Measure]
    is_narrow: bool = False

    def visit(self, headers: Headers | None = None) -> Iterator[Visited]:
        """Yield every answer: of what links from the first page lead to, and of the API.

        Args:
            headers: What is sent with requests of the API, which looks at no cookie.
        """
        first = [f"/trusts/{one}" for one in self.trusts] if self.is_narrow else ["/"]
        waiting = deque([*((path, "") for path in first), *self._of_the_api()])
        seen = set(waiting)
        while waiting:
            path, accept = waiting.popleft()
            own = headers or {} if path.startswith("/v1") else {}
            response = self.client.get(path, headers={"Accept": accept or "*/*", **own})
            assert response.status_code < 500, response.text
            yield Visited(path, accept, response)
            if not response.headers.get("content-type", "").startswith("text/html"):
                continue
            for link in read_page(response).links():
                found = urldefrag(urljoin(path, link)).url
                if self._is_wanted(found) and (found, "") not in seen:
                    seen.add((found, ""))
                    waiting.append((found, ""))

    def _is_wanted(self, path: str) -> bool:
        parts = urlsplit(path)
        if parts.netloc or not path.startswith("/") or _WITHOUT_FIGURES.match(path):
            return False
        asked = parse_qs(parts.query)
        if not asked.keys() <= {"measure", "page"}:  # sorting shows the same rows
            return False
        if not {*asked.get("measure", ()), *_OF_MEASURE.findall(path)} <= {*self.measures}:
            return False
        subject = _OF_ONE.search(path)
        if subject is None:
            return not self.is_narrow
        return subject[1] in {*self.trusts, *self.areas}

    def _of_the_api(self) -> Iterator[tuple[str, str]]:
        for code in self.trusts:
            yield from self._of_trust(code)
        england = () if self.is_narrow else ("/v1/england",)
        for base in (*england, *(f"/v1/areas/{code}" for code in self.areas)):
            for measure in self.measures:
                yield from ((f"{base}/progress?measure={measure}", one) for one in _TABLES)
                kinds = (ChartKind.TRAJECTORY, ChartKind.MULTIPLES)
                yield from _charts(f"{base}/progress/{measure}", *kinds)
        if not self.is_narrow:
            yield f"/england/reports/{CENSUS}.pdf", ""
            for path in (f"england/returns/{CENSUS}", "changes", "releases", "corrections"):
                yield f"/v1/{path}", ""

    def _of_trust(self, code: str) -> Iterator[tuple[str, str]]:
        base = f"/v1/trusts/{code}"
        for year in (CENSUS, EARLIER):
            yield from ((f"{base}/actuals/{year}", accept) for accept in _TABLES)
            for noun in ("board", "indicators"):
                yield f"{base}/{noun}/{year}", ""
        for noun in ("actuals", "targets", "action-plans", "progress", "board-page"):
            yield f"{base}/{noun}", ""
        for page in ("board-page.pdf", f"actuals/{EARLIER}", f"indicators/{EARLIER}"):
            yield f"/trusts/{code}/{page}", ""
        for measure in self.measures:
            yield f"{base}/progress/{measure}", ""
            yield from _charts(f"{base}/progress/{measure}", *ChartKind)


def _charts(base: str, *kinds: ChartKind) -> Iterator[tuple[str, str]]:
    for kind in kinds:
        for form in ("svg", "vegalite"):
            yield f"{base}/charts/{kind}?format={form}", ""
