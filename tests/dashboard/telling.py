"""Finding out whether an answer tells a figure, in whatever form it could tell it."""

import csv
import io
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from decimal import ROUND_HALF_DOWN, ROUND_HALF_UP, Decimal
from html import unescape
from typing import Any, Final

from httpx2 import Response
from starlette.testclient import TestClient

from app.api.negotiation import XLSX
from app.domain.measures import Measure
from tests.api.workbooks import sheets
from tests.bodies import JSON, Headers
from tests.dashboard.crawling import CENSUS, Visited
from tests.dashboard.reading import read_page
from tests.printed import read_pdf

_PAIR: Final = re.compile(r"(?<![\d,.])(\d[\d,]*) of (\d[\d,]*)(?![\d%])")
_SHARE: Final = re.compile(r"[01]\.\d+")
_PERCENT: Final = re.compile(r"(?<![\d.,])(\d{1,2}\.\d)%")

FEW: Final = 20
"""Figures of fewer people than these are equal to others by accident."""

BASE: Final = 5
"""What shown counts are rounded to."""

LABELS: Final = range(BASE * 2)
"""Numbers that name bands, editions and revisions beside rounded counts."""


@dataclass(frozen=True, slots=True)
class Figure:
    """What is held exactly of a group at a census."""

    measure: str
    year: int
    bme: int
    total: int

    @property
    def share(self) -> float:
        """The share, as answers round it."""
        return round(self.bme / self.total, 6)

    @property
    def percent(self) -> str:
        """The share in percent, as pages round it."""
        return _percent(self.share, ROUND_HALF_UP)


@dataclass
class Secrets:
    """What a stranger must not read of one trust.

    Attributes:
        pairs: BME people and all of them, at least one no rounded count, so that nothing shown
            is equal to both.
        shares: Shares to six places that no shown share or limit is equal to.
        percents: Likewise to one place.
        counts: Counts, likewise, by measure and year.
    """

    code: str
    name: str
    pairs: dict[tuple[int, int], Figure] = field(default_factory=dict)
    shares: dict[float, Figure] = field(default_factory=dict)
    percents: dict[str, Figure] = field(default_factory=dict)
    counts: dict[tuple[str, int], set[int]] = field(default_factory=dict)

    def is_of(self, row: Sequence[str]) -> bool:
        """Return whether a row of a table of several trusts is this one's."""
        return self.code in row or self.name in row[0]


def gather(client: TestClient, national: Headers, code: str) -> Secrets:
    """Return what the national team reads of a trust and nobody else may."""
    name = client.get(f"/v1/organisations/{code}").json()["name"]
    found = Secrets(code, name)
    for measure in Measure:
        body = client.get(f"/v1/trusts/{code}/progress/{measure}", headers=national).json()
        for one in body["actuals"]:
            if one["bme"] in {None, 0, one["total"]}:
                continue
            held = Figure(measure, one["year"], one["bme"], one["total"])
            is_marked = held.total % BASE or (held.bme % BASE and held.bme not in LABELS)
            if held.total >= FEW and is_marked:
                found.pairs[held.bme, held.total] = held
            found.shares[held.share] = held
            found.percents[held.percent] = held
            counts = {one["bme"], one["total"], one["white"]}
            exact = {number for number in counts if number >= FEW and number % BASE}
            found.counts[measure, one["year"]] = exact
    for number in _shown(client, code):
        found.shares.pop(number, None)
        for direction in (ROUND_HALF_UP, ROUND_HALF_DOWN):
            found.percents.pop(_percent(number, direction), None)
    return found


def _percent(share: float, direction: str) -> str:
    return str((Decimal(str(share)) * 100).quantize(Decimal("0.1"), direction))


def _shown(client: TestClient, code: str) -> Iterator[float]:
    """Yield every share that a stranger is told of a trust, of its census, and of England."""
    paths = [f"/v1/trusts/{code}/{one}/{CENSUS}" for one in ("actuals", "board", "indicators")]
    paths += [f"/v1/trusts/{code}/progress/{measure}" for measure in Measure]
    paths += [f"/v1/england/progress?measure={measure}" for measure in Measure]
    for path in paths:
        body = client.get(path).json()
        body.pop("rows", None)
        for node in _nodes(body):
            for value in node.values():
                if isinstance(value, float) or _SHARE.fullmatch(str(value)):
                    yield float(value)


def find_told(answer: Visited, secrets: Sequence[Secrets]) -> list[str]:
    """Return what an answer tells of what is secret, each with where it does so."""
    opened = _open(answer.response)
    found: list[str] = []
    for one in secrets:
        if answer.trust == one.code:
            found += _in_text(opened.text, one)
            found += _in_numbers(opened.nodes, one, answer.path)
            found += _in_rows(opened.rows, one)
        elif answer.trust is None:
            named = [node for node in opened.nodes if one.code in node.values()]
            found += _in_numbers(named, one, answer.path)
            found += _in_rows([row for row in opened.rows if one.is_of(row)], one)
    return [f"{answer}: {one}" for one in found]


@dataclass(frozen=True)
class _Opened:
    """What an answer holds: all its text, its rows, the members of its objects."""

    text: str
    rows: list[list[str]]
    nodes: list[JSON]


def _open(response: Response) -> _Opened:
    kind = response.headers.get("content-type", "").partition(";")[0]
    if kind == "application/pdf":
        paper = read_pdf(response.content)
        lines = [line.split() for page in paper.pages for line in page.splitlines()]
        return _Opened(" ".join([*paper.words, paper.everything]), _cells(lines), [])
    if kind == XLSX:
        table = [[*map(_as_text, row)] for one in sheets(response.content).values() for row in one]
        return _Opened("", _cells(table), [])
    if kind == "text/csv":
        return _Opened("", _cells(csv.reader(io.StringIO(response.text))), [])
    if kind == "text/html":
        page = read_page(response)
        table = [[*row] for rows in page.tables.values() for row in rows]
        return _Opened(f"{page.text} {unescape(response.text)}", _cells(table), [])
    if kind.endswith("json"):
        return _Opened(response.text, [], [*_nodes(response.json())])
    return _Opened(" ".join(unescape(response.text).split()), [], [])


def _as_text(cell: object) -> str:
    """Return a cell of a workbook as a file of CSV has it."""
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() else str(round(cell, 6))
    return str(cell)


def _cells(table: Iterable[Sequence[str]]) -> list[list[str]]:
    """Return rows that hold anything, their numbers without commas."""
    return [[re.sub(r"(?<=\d),(?=\d)", "", cell) for cell in row] for row in table if row]


def _nodes(body: Any) -> Iterator[JSON]:  # noqa: ANN401 - whatever is inside JSON
    """Yield every object inside a body."""
    if isinstance(body, dict):
        yield body
        for value in body.values():
            yield from _nodes(value)
    elif isinstance(body, list):
        for value in body:
            yield from _nodes(value)


def _in_text(text: str, one: Secrets) -> Iterator[str]:
    for bme, total in _PAIR.findall(text):
        held = one.pairs.get((_number(bme), _number(total)))
        if held:
            yield f"“{bme} of {total}” is {held}"
    for percent in {*_PERCENT.findall(text)} & one.percents.keys():
        yield f"“{percent}%” is {one.percents[percent]}"


def _in_rows(rows: Sequence[Sequence[str]], one: Secrets) -> Iterator[str]:
    for row in rows:
        cells = {*row}
        for (bme, total), held in one.pairs.items():
            if {str(bme), str(total)} <= cells:
                yield f"{row} has {held}"
        for share, held in one.shares.items():
            if str(share) in cells:
                yield f"{row} has the share of {held}"
        for percent, held in one.percents.items():
            if f"{percent}%" in cells:
                yield f"{row} has the share of {held}"


def _in_numbers(nodes: Sequence[JSON], one: Secrets, path: str) -> Iterator[str]:
    measure = path.partition("/progress/")[2].partition("/")[0]
    for node in nodes:
        values = [*node.values()]
        for value in values:
            if isinstance(value, float) and value in one.shares:
                yield f"{node} has the share of {one.shares[value]}"
        counts = {value for value in values if type(value) is int}
        for bme, total in one.pairs:
            if {bme, total} <= counts:
                yield f"{node} has {one.pairs[bme, total]}"
        year = node.get("year")
        if isinstance(year, int):
            for number in counts & one.counts.get((measure, year), set()):
                yield f"{node} has a count of {measure} in {year}: {number}"


def _number(text: str) -> int:
    return int(text.replace(",", ""))
