"""The board page over HTTP: to whom it tells what, and that it hides what is hidden."""

import io
import re
import zipfile

import pytest
from httpx2 import Response
from starlette.testclient import TestClient

from app.api.negotiation import XLSX
from tests.api import progress
from tests.api.public import FIRST, SMALL, release, send
from tests.api.setting import Service, problem_of
from tests.api.workbooks import sheets
from tests.bodies import Headers
from tests.dashboard.reading import read_page
from tests.given import Given
from tests.printed import Printed, read_pdf

told = progress.told

PATH = "/v1/trusts/{}/board-page"


def printed(response: Response) -> Printed:
    """Return the document of an answer."""
    assert response.status_code == 200, response.text
    assert response.headers["content-type"] == "application/pdf"
    return read_pdf(response.content)


def test_the_board_page_has_the_numbers_of_the_worked_example(told: Service) -> None:
    response = told.get(PATH.format("ZZ901"))

    page = printed(response)
    assert response.headers["content-disposition"] == 'inline; filename="board-page-ZZ901.pdf"'
    for words in (
        "69 of 452 15.3% at the census of 31 March 2024 (95% interval 12.2% to 18.9%)",
        "the chance of reaching it is 27%",
        "Closing, about 2033",
        "Synthetic: these figures are invented, for demonstration.",
        "Target leadership-2022-2025, version 1",
    ):
        assert words in page.words[0]


def test_the_same_figures_are_the_same_bytes_and_not_sent_again(told: Service) -> None:
    first, second = (told.get(PATH.format("ZZ902")) for _ in range(2))
    tag = {"If-None-Match": first.headers["ETag"]}

    again = told.client.get(PATH.format("ZZ902"), headers=tag)

    assert first.content == second.content
    assert (again.status_code, again.content) == (304, b"")


def test_a_page_as_of_an_instant_tells_what_was_known_then(told: Service) -> None:
    page = printed(told.get(PATH.format("ZZ901"), as_of="2025-01-01T00:00:00Z"))

    assert page.created == "D:20250101000000Z"
    assert "Board page, as of 1 January 2025" in page.words[0]
    assert "Not sent" in page.words[0]
    faulty = problem_of(told.get(PATH.format("ZZ901"), as_of="2999-01-01T00:00:00Z"))
    assert faulty["status"] == 422
    assert problem_of(told.get(PATH.format("ZZ999")))["type"] == "/problems/trust-not-found"


def test_each_caller_is_told_what_it_may_read(
    client: TestClient, given: Given, national: Headers
) -> None:
    send(given, "RZ2")
    own, other = (given.token("trust", code) for code in ("RZ2", "RZ1"))
    before = client.get(PATH.format("RZ2"))
    stranger_to_all = client.get(PATH.format("RZ2"), headers=other)
    release(client, national, *range(FIRST, FIRST + 5))

    exact, public, others = (
        printed(client.get(PATH.format("RZ2"), headers=headers)) for headers in (own, {}, other)
    )

    assert problem_of(before)["status"] == 401
    assert problem_of(stranger_to_all)["status"] == 403
    assert "52 of 320" in exact.words[0]
    assert "Actuals 2024 (revision 1) and 2025 (revision 1)" in exact.words[0]
    assert public.pages == others.pages
    assert "50 of 320" in public.words[0]
    assert "Released figures, rounded; small numbers are hidden." in public.words[0]
    assert len(public.pages) == 2
    assert "Path Are we on course for our target? Not public Targets are told" in public.words[0]
    assert "How many people that is, is not public." in public.words[0]
    assert "Changes are those of the rounded counts." in public.words[0]
    assert not any(re.search(r"\b52\b|Synthetic|revision", page) for page in public.words)
    assert "52 of 320" not in public.everything


SECRETS = re.compile(
    "|".join(
        [
            r"\b5 of 11",
            r"\b0\.04[345]\d",
            *(re.escape(f"{500 / total:.1f}%") for total in range(111, 116)),
        ]
    )
)
"""Shares of the small trust's leaders, of whom 5 of 111 to 115 are BME, and how they are told."""

COUNTS = re.compile(r"\b11[1-5]\b")
"""How many leaders it has; nothing else has these figures."""


@pytest.fixture
def public(client: TestClient, given: Given, national: Headers) -> TestClient:
    """A client of a service with a trust that shows its leadership, and a small one."""
    send(given, "RZ2")
    for year, headcounts in SMALL.items():
        given.actuals("RZ1", FIRST + year, headcounts)
    release(client, national, *range(FIRST, FIRST + 5))
    return client


def test_a_document_for_everybody_holds_nothing_that_is_hidden(
    public: TestClient, national: Headers
) -> None:
    seen, exact = (
        printed(public.get(PATH.format("RZ1"), headers=headers)) for headers in ({}, national)
    )
    page = public.get("/trusts/RZ1/board-page")

    for words in (*seen.words, read_page(page).text):
        assert "hidden" in words
        assert not SECRETS.search(words)
        assert not COUNTS.search(words)
    for carried in (seen.everything, page.text):
        assert not SECRETS.search(carried)
    assert COUNTS.search(exact.words[0])
    assert SECRETS.search(exact.everything)


@pytest.mark.parametrize(
    "path", ["/v1/areas/Y56/progress?measure=leadership", "/v1/trusts/RZ1/actuals/2025"]
)
def test_a_workbook_for_everybody_holds_nothing_that_is_hidden(
    public: TestClient, national: Headers, path: str
) -> None:
    seen, exact = (
        public.get(path, headers={"Accept": XLSX, **headers}) for headers in ({}, national)
    )

    texts = unpack(seen.content)
    assert "Everybody: released figures, under disclosure control." in texts
    assert not SECRETS.search(texts)
    assert numbers(seen.content).isdisjoint({5, *range(111, 116)})
    assert {5, 115} <= numbers(exact.content)


def numbers(content: bytes) -> set[object]:
    """Return every number in the cells of a workbook."""
    cells = (cell for rows in sheets(content).values() for row in rows for cell in row)
    return {one for one in cells if isinstance(one, float)}


def unpack(content: bytes) -> str:
    """Return all parts of a workbook as one text."""
    with zipfile.ZipFile(io.BytesIO(content)) as parts:
        return "\n".join(parts.read(one).decode() for one in parts.namelist())
