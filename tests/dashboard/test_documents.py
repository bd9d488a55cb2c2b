"""Documents as pages: the same words and numbers as in print and over the API."""

from collections.abc import Iterator

import pytest
from starlette.testclient import TestClient

from tests.apps import borrowed_app
from tests.bodies import JSON
from tests.dashboard.reading import Page, read_page
from tests.kept import Kept, demonstration
from tests.printed import Printed, read_pdf

BOARD = "/trusts/ZZ001/board-page"
REPORT = "/england/reports/2025"


@pytest.fixture(scope="module")
def client(kept: Kept, tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    """A reader of invented figures, which everybody sees exactly."""
    folder = tmp_path_factory.mktemp("documents")
    with (
        kept.copy("sqlite", demonstration, folder) as url,
        borrowed_app(url) as app,
        TestClient(app) as client,
    ):
        yield client


def page(client: TestClient, path: str) -> Page:
    response = client.get(path)
    assert response.status_code == 200, response.text
    return read_page(response)


def printed(client: TestClient, path: str) -> Printed:
    response = client.get(path)
    assert response.status_code == 200, response.text
    assert response.headers["content-type"] == "application/pdf"
    return read_pdf(response.content)


def test_a_board_page_says_on_the_screen_what_it_says_in_print(client: TestClient) -> None:
    shown, paper = page(client, BOARD), printed(client, f"{BOARD}.pdf")

    assert shown.texts["h1"] == [
        "Race equality in leadership: Pepperwick Health Care NHS Trust (demonstration)"
    ]
    assert {f"{BOARD}.pdf", "/trusts/ZZ001"} <= set(shown.links())
    for row in shown.texts["tr"][:11]:
        assert row in paper.words[0]
    for words in ("318 of 810", "175 to the goal", "Widening", "BME people in leadership 306 318"):
        assert words in shown.text
        assert words in paper.words[0]
    api = client.get("/v1/trusts/ZZ001/board-page")
    assert api.content == client.get(f"{BOARD}.pdf").content


def test_the_pages_of_a_trust_lead_to_its_board_page(client: TestClient) -> None:
    assert BOARD in set(page(client, "/trusts/ZZ001").links())


def row_of(found: Page, start: str) -> list[str]:
    """Return the cells after the start of the first row that begins so."""
    return row_text(found, start).removeprefix(start).split()


def row_text(found: Page, start: str) -> str:
    """Return the first row that begins so."""
    return next(one for one in found.texts["tr"] if one.startswith(start))


def at(measure: JSON, year: int) -> JSON:
    (found,) = [one for one in measure["actuals"] if one["year"] == year]
    figure: JSON = found
    return figure


@pytest.fixture(scope="module")
def report(client: TestClient) -> Page:
    """The report of the newest census."""
    return page(client, REPORT)


def test_the_report_of_a_census_has_the_numbers_of_england(
    client: TestClient, report: Page
) -> None:
    body = client.get("/v1/england/progress", params={"rows": "area"}).json()
    shown, paper = report, printed(client, f"{REPORT}.pdf")

    for measure, title in (
        ("workforce", "Workforce"),
        ("leadership", "Leadership"),
        ("band_8c", "Band 8c"),
        ("board", "Board"),
    ):
        (one,) = [one for one in body["measures"] if one["measure"] == measure]
        now, before = at(one, 2025), at(one, 2024)
        cells = [
            f"{now['bme']:,}",
            f"{now['total']:,}",
            f"{100 * now['share']:.1f}%",
            f"{100 * before['share']:.1f}%",
        ]
        assert row_of(shown, title)[:4] == cells
        assert " ".join([title, *cells]) in " ".join(paper.words)
    assert shown.texts["h2"] == [
        "At a glance",
        "Workforce and leadership",
        "Bands of leadership",
        "Boards",
        "The nine indicators",
        "Regions",
        "Movements since the census before",
        "Who is missing",
        "Methods and notes",
        "Sources",
    ]
    assert paper.title == "Workforce race equality in England: census of 31 March 2025"
    assert "Synthetic: these figures are invented, for demonstration." in paper.words[0]
    assert "Nobody is missing." in shown.text


def test_the_report_tells_the_nine_indicators_and_every_region(
    client: TestClient, report: Page
) -> None:
    shown = report
    england = client.get("/v1/trusts/ZZ001/wres/2025").json()["england"]
    london = client.get("/v1/areas/Y56/progress", params={"measure": "leadership"}).json()

    ratio = england["indicator_2"]["likelihood_white_over_bme"]
    limits = ratio["interval_95"]
    assert row_text(shown, "2. Appointed from shortlisting (white over BME)").split(")")[1:2] == [
        f" {ratio['ratio']:.2f} ({limits['lower']:.2f} to {limits['upper']:.2f}"
    ]
    apart = 100 * england["indicator_5"]["difference_bme_minus_white"]["share"]
    assert f" {apart:+.1f} points (" in row_text(shown, "5. Harassed")
    share = f"{100 * at(london['measures'][0], 2025)['share']:.1f}%"
    assert row_of(shown, "London")[:3] == ["31", "of", "31"]
    assert share in row_of(shown, "London")


def test_the_report_of_an_earlier_census_knows_nothing_of_later_ones(client: TestClient) -> None:
    shown = page(client, "/england/reports/2023")

    assert "No outlook is given: a later census is held" in shown.text
    assert "2024" not in shown.text.split("Sources")[0]
    assert "2025" not in shown.text.split("Sources")[0]


def test_a_census_that_says_nothing_yet_is_told_so(client: TestClient) -> None:
    shown = page(client, "/england/reports/2026")

    assert "No figures of the census of 31 March 2026 can be told yet." in shown.text
    assert "No trust's figures of the census of 31 March 2026 are held." not in shown.text
    assert len(printed(client, "/england/reports/2026.pdf").pages) > 0
    absent = client.get("/england/reports/1990")
    assert absent.status_code == 404
    assert read_page(absent).texts["h1"] == ["Page not found"]


def test_england_leads_to_the_report_of_its_newest_census(client: TestClient) -> None:
    assert REPORT in set(page(client, "/england").links())
