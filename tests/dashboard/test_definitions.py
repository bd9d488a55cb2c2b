"""Pages tell what the API tells, in words."""

from pathlib import Path

import pytest

from tests.api.setting import KINDS, Registered, Service, read
from tests.dashboard.reading import Page, read_page

CALLED = {"white": "White", "bme": "BME", "unknown": "Unknown"}


def page_at(service: Service, path: str) -> Page:
    response = service.get(path)
    assert response.status_code == 200
    return read_page(response)


def facts_of(page: Page) -> dict[str, str]:
    return dict(zip(page.texts["dt"], page.texts["dd"], strict=True))


def test_the_first_page_leads_to_every_list(service: Service) -> None:
    page = page_at(service, "/definitions")

    assert page.texts["dt"] == [
        "Measures",
        "Bands",
        "Indicators",
        "Ethnic categories",
        "Cycles",
        "Codes",
        "Methods",
    ]


def test_a_measure_says_who_is_counted_and_what_it_is_held_against(service: Service) -> None:
    page = page_at(service, "/definitions/measures/senior_leadership")

    assert page.texts["h1"] == ["Senior leadership (bands 8c to 9 and VSM)"]
    assert facts_of(page) == {
        "Who is counted": "Clinical and non-clinical staff in Agenda for Change bands 8c to 9, and"
        " very senior managers (VSM); medical staff are not counted.",
        "What it is held against": "It is held against the BME share of the trust's own workforce"
        " at the same census, unless another reference is asked for.",
        "Narrowing": "It can be narrowed to clinical or to non-clinical staff: only they are"
        " counted then, and they are still held against the whole workforce, unless the reference"
        " is their own staff group.",
        "Bands and grades": "Band 8c, Band 8d, Band 9, Very senior manager (VSM)",
        "Name in data": "senior_leadership",
    }


def test_a_measure_of_the_board_has_no_bands(service: Service) -> None:
    facts = facts_of(page_at(service, "/definitions/measures/board"))

    assert facts["Bands and grades"] == "Board members are not counted by band."


def test_measures_are_listed_with_their_names_in_data(service: Service) -> None:
    page = page_at(service, "/definitions/measures")

    measures = read(service.get("/v1/measures"))["items"]
    assert page.texts["dt"] == [f"{one['title']} {one['measure']}" for one in measures]
    for one, counted in zip(measures, page.texts["dd"], strict=True):
        assert one["description"].startswith(counted)


def test_a_band_says_whose_it_is(service: Service) -> None:
    page = page_at(service, "/definitions/bands/8a")

    assert page.texts["h1"] == ["Band 8a"]
    assert facts_of(page) == {"Staff groups": "non-clinical and clinical", "Name in data": "8a"}
    assert "It counts as leadership, but not as senior leadership." in page.text


def test_bands_are_listed_as_the_api_lists_them(service: Service) -> None:
    page = page_at(service, "/definitions/bands")

    bands = read(service.get("/v1/bands"))["items"]
    assert page.texts["dt"] == [f"{one['title']} {one['band']}" for one in bands]
    assert page.texts["dd"] == [one["description"] for one in bands]


def test_ethnic_categories_are_listed_by_the_group_that_they_count_in(service: Service) -> None:
    page = page_at(service, "/definitions/ethnic-categories")

    categories = read(service.get("/v1/ethnic-categories"))["items"]
    assert page.texts["h2"] == ["Counted as white", "Counted as BME", "Counted as unknown"]
    assert page.texts["dt"] == [
        f"{one['label']} {one['code']}"
        for group in CALLED
        for one in categories
        if one["group"] == group
    ]
    assert "Unknown is not “not BME”." in page.text
    assert "White includes Irish, Gypsy, Roma and Traveller staff." in page.text
    assert "BME joins groups that differ." in page.text


def test_an_ethnic_category_says_what_it_counts_as(service: Service) -> None:
    for one in read(service.get("/v1/ethnic-categories"))["items"]:
        page = page_at(service, one["page"])
        assert page.texts["h1"] == [one["label"]]
        assert facts_of(page) == {"Counted as": CALLED[one["group"]], "Code": one["code"]}


@pytest.mark.parametrize("kind", KINDS)
def test_cycles_say_which_ambition_they_serve(
    registered: Registered, kind: str, tmp_path: Path
) -> None:
    with registered.service(kind, tmp_path) as service:
        page = page_at(service, "/definitions/cycles")

    assert page.texts["dt"] == ["2019-2022", "2022-2025", "2025-2028"]
    assert page.texts["dd"][1].startswith(
        "From the census of 31 March 2022, the baseline, to that of 31 March 2025, the goal. It"
        " serves the ambition for 2028: "
    )


@pytest.mark.parametrize("kind", KINDS)
def test_a_cycle_says_from_when_to_when_it_goes(
    registered: Registered, kind: str, tmp_path: Path
) -> None:
    with registered.service(kind, tmp_path) as service:
        cycle = read(service.get("/v1/cycles/2022-2025"))
        page = page_at(service, cycle["page"])

    assert page.texts["h1"] == ["Cycle 2022-2025"]
    assert facts_of(page) == {
        "Baseline": "The census of 31 March 2022",
        "Goal": "The census of 31 March 2025",
        "Ambition": "Leadership as diverse as the workforce by 2028",
        "Where the ambition is stated": cycle["ambition_source"],
    }


def test_codes_are_listed_by_kind(service: Service) -> None:
    page = page_at(service, "/definitions/codes")

    codes = read(service.get("/v1/codes"))["items"]
    assert page.texts["dt"] == [one["code"] for one in codes]
    assert page.texts["dd"] == [one["sentence"] for one in codes]
    kinds = list(dict.fromkeys(one["kind"] for one in codes))
    assert page.texts["h2"] == [kind.replace("_", " ").capitalize() for kind in kinds]
    assert "Reason Why something is null." in page.text


def test_a_code_says_of_what_kind_it_is(service: Service) -> None:
    page = page_at(service, "/definitions/codes/points_outlook/level")

    assert page.texts["h1"] == ["level"]
    assert "The gap changes by less than 0.1 percentage points a year." in page.texts["p"]
    assert facts_of(page) == {
        "Kind": "Points outlook",
        "What such codes tell": "What lines through the shares say about the gap in percentage"
        " points.",
    }


def test_methods_are_listed(service: Service) -> None:
    page = page_at(service, "/definitions/methods")

    assert page.texts["dt"] == ["Method 1"]
    assert page.texts["dd"] == ["Damped random walk in log-odds."]


def test_a_method_tells_its_constants_and_how_it_did(service: Service) -> None:
    page = page_at(service, "/definitions/methods/1")

    assert facts_of(page) == {
        "Released": "23 November 2026",
        "What the version covers": read(service.get("/v1/methods/1"))["covers"],
    }
    assert page.texts["h2"] == ["Formulas", "Constants", "Back-test"]
    assert {"/definitions/methods/1/formulas", "/v1/methods/1/backtest"} <= set(page.links())
    constants = read(service.get("/v1/methods/1"))["constants"]
    kept = read(service.get("/v1/methods/1/backtest"))
    rows = page.texts["tr"]
    expected = [
        "Name in data Value Meaning",
        *(f"{one['name']} {one['value']} {one['meaning']}" for one in constants),
    ]
    assert rows[: len(expected)] == [text.replace(".0 ", " ") for text in expected]
    tables = (kept["coverage"], kept["coverage_by_team_size"], kept["goal"], kept["parity"])
    assert len(rows) == len(expected) + sum(1 + len(table) for table in tables)
    assert "1 1 or more 7,817 71.9% 80.6% 84.6% 96.0% 95.7% 99.1%" in rows
    assert "1 10 to 19 2,047 66.9% 74.1% 82.9% 94.7% 98.8% 99.7%" in rows
    assert "Invented trusts: it shows that the method does what it says" in page.text
    assert "Every figure below is synthetic." in page.text
    assert "for none of 9 people lies below any band" in page.text


def test_the_formulas_of_a_method_are_those_of_its_document(service: Service) -> None:
    page = page_at(service, read(service.get("/v1/methods/1"))["links"]["formulas"])

    document = (Path(__file__).parents[2] / "docs/methods/1.md").read_text(encoding="utf-8")
    lines = document.splitlines()
    assert page.texts["h1"] == ["Formulas of method 1"]
    assert page.texts["h2"] == [one[3:] for one in lines if one.startswith("## ")]
    assert page.texts["caption"] == [
        one.strip("*")
        for one in lines
        if one.startswith("*") and one.endswith("*") and not one.startswith("**")
    ]
    rows = [one for one in lines if one.startswith("|") and not one.startswith("|-")]
    assert page.texts["tr"] == [" ".join(one.replace("|", " ").split()) for one in rows]
    assert "lower = [2x + z² − z√(z² + 4x(n−x)/n)] / [2(n + z²)]" in page.text
    assert "(Wilson 1927; Newcombe 1998, method 3)" in page.text
    assert "of 20 people one year ahead 77 % and 87.4 %" in page.text
    assert "**" not in page.text
