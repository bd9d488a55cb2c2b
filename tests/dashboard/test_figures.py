"""Pages of trusts and areas tell the API's numbers, and nothing that is hidden from the reader."""

import re
from collections.abc import Iterator
from datetime import datetime
from decimal import ROUND_HALF_UP, Decimal
from html import unescape

import pytest
from starlette.testclient import TestClient

from app.domain.measures import Measure
from tests.api.public import release
from tests.apps import borrowed_app
from tests.bodies import JSON
from tests.dashboard.reading import Page, read_page
from tests.given import Given
from tests.kept import Kept, demonstration

CENSUS = 2025


@pytest.fixture(scope="module")
def client(kept: Kept, tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    """A reader of invented figures, which everybody sees exactly."""
    folder = tmp_path_factory.mktemp("figures")
    with (
        kept.copy("sqlite", demonstration, folder) as url,
        borrowed_app(url) as app,
        TestClient(app) as client,
    ):
        yield client


@pytest.fixture(scope="module")
def stranger(kept: Kept, tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    """A reader of the same figures, released and treated as real ones."""
    folder = tmp_path_factory.mktemp("released")
    with (
        kept.copy("sqlite", demonstration, folder) as url,
        borrowed_app(url) as app,
        TestClient(app) as client,
    ):
        national = Given(app.state.engine).token("national")
        release(client, national, CENSUS)
        as_real = {"invented_figures": "as_real"}
        app.state.settings = app.state.settings.model_copy(update=as_real)
        yield client


def data(client: TestClient, path: str, **params: str) -> JSON:
    response = client.get(path, params=params)
    assert response.status_code == 200, response.text
    body: JSON = response.json()
    return body


def page(client: TestClient, path: str) -> Page:
    response = client.get(path)
    assert response.status_code == 200, response.text
    return read_page(response)


def rows_of(found: Page) -> list[str]:
    """Return the rows of every table, without their heads."""
    return [row for row in found.texts["tr"] if not row.startswith(("Name", "Group", "Census"))]


def people(number: int | None, instead: str) -> str:
    return instead if number is None else f"{number:,}"


def share(number: float | None, instead: str) -> str:
    return instead if number is None else percent(number)


def percent(number: float) -> str:
    """Return what the API tells as a share, in percent with its halves rounded up."""
    if number in {0, 1}:
        return f"{number:.0%}"
    return f"{(Decimal(str(number)) * 100).quantize(Decimal('0.1'), ROUND_HALF_UP)}%"


def line(row: JSON) -> str:
    """Return how a page begins the line of a trust."""
    if row["year"] is None:
        return f"{row['name']} not sent not sent not sent not sent"
    told = "hidden" if row.get("suppressed") else "nobody"
    return (
        f"{row['name']} {row['year']} {people(row['bme'], told)} {people(row['total'], told)}"
        f" {share(row['share'], told)}"
    )


@pytest.mark.parametrize("measure", ["leadership", "band_9", "board"])
@pytest.mark.parametrize("reader", ["client", "stranger"])
def test_england_tells_of_each_trust_what_the_api_tells(
    request: pytest.FixtureRequest, reader: str, measure: str
) -> None:
    asking: TestClient = request.getfixturevalue(reader)
    body = data(asking, "/v1/england/progress", measure=measure)
    found = page(asking, f"/england?measure={measure}")

    expected = sorted((one["name"].casefold(), line(one)) for one in body["rows"])
    lines = found.texts["tr"][-len(expected) :]
    assert [
        (name, told) for (name, told), row in zip(expected, lines, strict=True) if told not in row
    ] == []
    assert ("rounded to the nearest 5" in found.text) == (reader == "stranger")


def numbers_of(figures: JSON) -> list[str]:
    """Return how a page tells the people of a measure at each census, newest first."""
    return [
        f"{one['year']} {people(one['bme'], 'hidden')} {people(one['white'], 'hidden')}"
        f" {people(one['unknown'], 'hidden')} {people(one['total'], 'hidden')}"
        f" {share(one['share'], 'nobody' if one['total'] == 0 else 'hidden')}"
        for one in figures["actuals"][::-1]
    ]


@pytest.mark.parametrize("measure", [one.value for one in Measure])
@pytest.mark.parametrize("reader", ["client", "stranger"])
def test_a_measure_of_a_trust_tells_what_the_api_tells(
    request: pytest.FixtureRequest, reader: str, measure: str
) -> None:
    asking: TestClient = request.getfixturevalue(reader)
    body = data(asking, f"/v1/trusts/ZZ002/progress/{measure}")
    found = page(asking, f"/trusts/ZZ002/measures/{measure}")

    rows = found.texts["tr"]
    told = [row for row in numbers_of(body) if not any(one.startswith(row) for one in rows)]
    assert told == []


def test_no_page_of_a_stranger_holds_a_count_that_is_hidden(
    client: TestClient, stranger: TestClient
) -> None:
    checked = 0
    for code in ("ZZ002", "ZZ010", "ZZ050", "ZZ132"):
        for measure in ("band_9", "vsm", "board", "band_8d"):
            path = f"/trusts/{code}/measures/{measure}"
            shown = data(stranger, f"/v1/trusts/{code}/progress/{measure}")
            exact = data(client, f"/v1/trusts/{code}/progress/{measure}")
            text = stranger.get(path).text
            for seen, held in zip(shown["actuals"], exact["actuals"][-1:], strict=True):
                if seen["bme"] is None and held["share"] not in {None, 0, 1}:
                    checked += 1
                    both = rf"\b{held['bme']:,} of {held['total']:,}\b"
                    assert not re.search(both, text), path
                    assert percent(held["share"]) not in text, path
    assert checked > 0


def test_a_stranger_reads_the_released_actuals_of_a_trust_and_nothing_that_is_hidden(
    client: TestClient, stranger: TestClient
) -> None:
    (released,) = data(stranger, "/v1/trusts/ZZ002/actuals")["items"]
    exact = {
        (one["measure"], None): one
        for one in data(client, "/v1/trusts/ZZ002/actuals")["items"][-1]["shares"]
    }
    workforce = next(one for one in released["measures"] if one["measure"] == "workforce")

    listed = page(stranger, "/trusts/ZZ002/actuals")
    census = page(stranger, f"/trusts/ZZ002/actuals/{CENSUS}")

    assert rows_of(listed) == [
        (
            f"31 March {CENSUS} Published – {workforce['total']:,} {workforce['bme']:,}"
            f" {percent(workforce['share'])} –"
        )
    ]
    rows, hidden = census.texts["tr"][1:], 0
    assert len(rows) == len(released["measures"])
    for row, one in zip(rows, released["measures"], strict=True):
        is_hidden = one.get("suppressed") is not None
        instead = "hidden" if is_hidden else "nobody"
        assert row.endswith(
            f" {people(one['white'], 'hidden')} {people(one['bme'], 'hidden')}"
            f" {people(one['unknown'], 'hidden')} {people(one['total'], 'hidden')}"
            f" {share(one['share'], instead)}"
        )
        held = exact.get((one["measure"], one["staff_group"]))
        if is_hidden and held and held["share"] not in {None, 0, 1}:
            hidden += 1
            assert percent(held["share"]) not in row
    assert hidden > 0
    for found in (listed, census):
        assert "rounded to the nearest 5" in found.text
        assert "Send in actuals" not in found.text
        assert "Revisions" not in found.text


def test_a_trust_leads_to_each_of_its_measures_and_to_its_areas(client: TestClient) -> None:
    found = page(client, "/trusts/ZZ001")

    links = set(found.links())
    assert {f"/trusts/ZZ001/measures/{one}" for one in Measure} <= links
    assert {"/england", "/areas/Y56", "/areas/QKK"} <= links
    assert found.texts["h2"][:3] == [
        "Where leadership stands",
        "Measure by measure",
        "Band by band, lowest share first",
    ]


def test_charts_of_a_trust_are_as_of_the_newest_change_that_any_of_them_tells(
    client: TestClient,
) -> None:
    items = [
        data(client, f"/v1/trusts/ZZ001/progress/{one}")
        for one in ("workforce", "leadership", "board")
    ]
    assert len({one["as_of"] for one in items}) > 1
    newest = max(datetime.fromisoformat(one["as_of"]) for one in items)

    found = page(client, "/trusts/ZZ001")

    assert f"As of {newest.day} {newest:%B %Y}." in found.text


def test_bands_are_told_lowest_share_first(client: TestClient) -> None:
    items = data(client, "/v1/trusts/ZZ001/progress", measure="band_8a")["items"]
    assert len(items) == 1
    found = page(client, "/trusts/ZZ001")

    caption = found.texts["caption"].index("Where each band of leadership stands")
    shares = [float(one) for one in re.findall(r"([\d.]+)%", found.texts["table"][caption])]
    assert len(shares) == 6
    assert shares == sorted(shares)


@pytest.mark.parametrize(
    ("path", "heading"),
    [
        ("/trusts/ZZ000", "Page not found"),
        ("/trusts/Y56", "Page not found"),
        ("/trusts/ZZ001/measures/nothing", "This address is not understood"),
        ("/areas/ZZ001", "Page not found"),
        ("/areas/ZZ001/charts", "Page not found"),
        ("/england?sort=nothing", "This address is not understood"),
    ],
)
def test_what_is_not_there_is_said(client: TestClient, path: str, heading: str) -> None:
    response = client.get(path)

    assert response.status_code in {404, 422}
    assert read_page(response).texts["h1"] == [heading]


def description_of(client: TestClient, path: str) -> str:
    """Return what the API's picture says to those who do not see it."""
    drawn = client.get(path)
    assert drawn.status_code == 200, drawn.text
    told = re.search(r"<desc [^>]*>([^<]*)</desc>", drawn.text)
    assert told is not None
    return " ".join(unescape(told[1]).split())


@pytest.mark.parametrize(
    ("path", "questions", "charts"),
    [
        (
            "/england/charts",
            [
                "Are the trusts on course?",
                "Is it so in each part?",
                "Which trusts differ by more than chance?",
            ],
            [
                "/v1/england/progress/leadership/charts/trajectory",
                "/v1/england/progress/leadership/charts/multiples",
                "/v1/england/funnel/leadership/chart",
            ],
        ),
        (
            "/areas/QKK/charts?measure=consultants",
            ["Are the trusts on course?", "How does each trust stand?"],
            ["/v1/areas/QKK/progress/consultants/charts/trajectory"],
        ),
    ],
)
def test_charts_of_an_area_say_what_the_apis_do(
    client: TestClient, path: str, questions: list[str], charts: list[str]
) -> None:
    found = page(client, path)

    assert found.texts["h2"] == questions
    said = found.texts["figcaption"]
    assert [description_of(client, one) for one in charts] == [
        one for one in said if "trusts run from" not in one
    ]
    assert len(said) == len(found.tables) == len(questions)
    assert len(found.texts["svg"]) == 2 * len(questions)


@pytest.mark.parametrize("reader", ["client", "stranger"])
def test_trusts_of_a_board_stand_side_by_side_with_the_apis_numbers(
    request: pytest.FixtureRequest, reader: str
) -> None:
    asking: TestClient = request.getfixturevalue(reader)
    trusts = data(asking, "/v1/organisations", kind="trust", icb="QKK", limit="100")["items"]
    told = {
        (trust["name"], str(one["year"])): (people(one["bme"], ""), people(one["total"], ""))
        for trust in trusts
        if trust["ods_code"].startswith("ZZ") and not trust["closed"]
        for one in data(asking, f"/v1/trusts/{trust['ods_code']}/progress/band_8d")["actuals"]
    }
    found = page(asking, "/areas/QKK/charts?measure=band_8d")

    title = "Trusts side by side: South East London ICB: Band 8d"
    rows = {
        (name, year): tuple("" if one.startswith("hidden") else one for one in counts)
        for name, year, *counts in (row[:4] for row in found.tables[title][1:])
        if name != "All trusts together"
    }
    assert len({name for name, _ in rows}) > 1
    assert rows == told
    assert any(counts == ("", "") for counts in rows.values()) == (reader == "stranger")


def test_an_area_leads_to_its_charts_and_they_lead_back(client: TestClient) -> None:
    links = set(page(client, "/areas/QKK?measure=board").links())
    back = set(page(client, "/areas/QKK/charts?measure=board").links())

    assert "/areas/QKK/charts?measure=board" in links
    assert {"/areas/QKK?measure=board", "/definitions/measures/board"} < back


def test_a_stranger_sees_no_funnel_and_is_told_why(stranger: TestClient) -> None:
    found = page(stranger, "/england/charts?measure=workforce")

    assert found.texts["h2"][-1] == "Which trusts differ by more than chance?"
    assert "The funnel of trusts is for the national team" in found.text
    assert found.texts["figcaption"][0] == description_of(
        stranger, "/v1/england/progress/workforce/charts/trajectory"
    )
    assert "rounded to the nearest 5" in found.text


def test_a_trust_is_found_by_a_part_of_its_name(client: TestClient) -> None:
    found = page(client, "/trusts?q=pepperwick")

    assert "/trusts/ZZ001" in set(found.links())
    assert "1 trust" in found.texts["p"]


def test_a_name_that_nobody_has_leads_on(client: TestClient) -> None:
    found = page(client, "/trusts?q=<b>")

    assert "No open trust is called “<b>”." in found.text
    assert "0 trusts" in found.texts["p"]


def test_trusts_are_filtered_by_type_and_region(client: TestClient) -> None:
    found = page(client, "/england?type=ambulance&region=Y56&sort=parity&order=desc")

    rows = found.texts["tr"]
    assert len([row for row in rows if "Ambulance" in row]) == len(rows) - 11 - 1 > 0
