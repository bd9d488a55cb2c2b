"""The nine indicators of a trust beside last year's and England's, as far as a reader may see."""

from collections.abc import Iterator
from datetime import date

import pytest

from app.domain.callers import Role
from tests.api.comparing import staff
from tests.api.public import release
from tests.api.setting import KINDS, Registered, Service
from tests.dashboard.reading import Page, read_page
from tests.dashboard.signing import signed_in
from tests.given import Given

OWN = {("clinical", "5"): (80, 40, 0), ("clinical", "8a"): (20, 9, 1)}
RATES = {2: ((400, 100), (200, 20)), 3: ((100, 0), (50, 2)), 4: ((100, 60), (50, 30))}
ANSWERS = {5: ((500, "0.25"), (100, "0.3")), 7: ((500, "0.6"), (100, "0.4"))}
SEATS = {(True, True): (3, 1, 0), (True, False): (6, 0, 0)}

MANY = {2: ((4000, 1000), (2000, 200)), 3: ((3000, 4), (600, 30))}
"""Of which indicator 3 has fewer white events than may be told."""

ASKED = {5: ((500, "0.25"), (100, "0.3"))}


@pytest.fixture(scope="module", params=KINDS)
def invented(
    request: pytest.FixtureRequest,
    registered: Registered,
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[Service]:
    """Three invented trusts: one has sent nearly everything, one a little, one nothing."""
    with registered.service(request.param, tmp_path_factory.mktemp("invented")) as service:
        given = Given(service.app.state.engine)
        for code in ("ZZ901", "ZZ902", "ZZ903"):
            given.trust(code)
        given.actuals("ZZ901", 2024, OWN)
        given.board("ZZ901", 2024, SEATS)
        given.indicators("ZZ901", 2024, RATES, ANSWERS)
        given.indicators("ZZ901", 2023, {2: ((100, 30), (100, 20))})
        given.actuals("ZZ902", 2024, {("clinical", "6"): (90, 10, 0)})
        yield service


@pytest.fixture(scope="module")
def real(registered: Registered, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Service]:
    """A real trust whose newest census is released, and others that have sent less."""
    with registered.service("sqlite", tmp_path_factory.mktemp("real")) as service:
        given = Given(service.app.state.engine)
        for year in (2024, 2025):
            given.actuals("RGT", year, staff((45, 320), (600, 3001)))
            given.indicators("RGT", year, MANY, ASKED)
        given.board("RGT", 2025, {(True, True): (12, 12, 0)})
        given.trust("RZ8", closed=date(2024, 3, 31))
        given.trust("RZ9")
        given.merger("RZ8", "RZ9", on=date(2024, 4, 1))
        given.actuals("RZ8", 2023, staff((45, 320), (600, 3001)))
        release(service.client, given.token("national"), 2023, 2025)
        yield service


def page_at(service: Service, path: str) -> Page:
    response = service.client.get(path)
    assert response.status_code == 200, response.text
    return read_page(response)


def test_all_nine_stand_beside_last_years_and_englands(invented: Service) -> None:
    found = page_at(invented, "/trusts/ZZ901/indicators")

    assert found.texts["h1"] == ["Nine indicators: Trust ZZ901 (demonstration)"]
    assert found.tables["All nine indicators"] == [
        ("Indicator", "2024", "2023", "England 2024"),
        ("1. BME share of each band and of the workforce", "32.7%", "not sent", "23.6%"),
        ("2. Appointed from shortlisting", "2.50", "1.50", "2.50"),
        ("3. Entering the formal disciplinary process", "9.95", "not sent", "9.95"),
        ("4. Non-mandatory training and development", "1.00", "not sent", "1.00"),
        (
            "5. Harassed, bullied or abused by patients, relatives or the public",
            *("+5.0 points", "not sent", "+5.0 points"),
        ),
        ("6. Harassed, bullied or abused by staff", *("not sent",) * 3),
        (
            "7. Believing in equal opportunities for career progression",
            *("+20.0 points", "not sent", "+20.0 points"),
        ),
        ("8. Discriminated against by manager, team leader or colleagues", *("not sent",) * 3),
        (
            "9. BME share of the board minus that of the workforce",
            *("−22.7 points", "not sent", "−13.6 points"),
        ),
    ]


@pytest.mark.parametrize(
    ("caption", "rows"),
    [
        (
            "Indicator 1: BME share of each band and of the workforce",
            [
                ("Workforce", "32.7% (49 of 150)", "not sent", "23.6% (59 of 250)"),
                ("95% interval", "25.7% to 40.5%", "not sent", "18.8% to 29.2%"),
            ],
        ),
        (
            "Indicator 2: Appointed from shortlisting",
            [
                (
                    "White",
                    *("25.0% (100 of 400)", "30.0% (30 of 100)", "25.0% (100 of 400)"),
                ),
                ("BME", "10.0% (20 of 200)", "20.0% (20 of 100)", "10.0% (20 of 200)"),
                ("White over BME", "2.50", "1.50", "2.50"),
                ("95% interval", "1.60 to 3.92", "0.92 to 2.46", "1.60 to 3.92"),
            ],
        ),
        (
            "Indicator 3: Entering the formal disciplinary process",
            [
                ("White", "0% (0 of 100)", "not sent", "0% (0 of 100)"),
                ("BME", "4.0% (2 of 50)", "not sent", "4.0% (2 of 50)"),
                ("BME over white", "9.95", "not sent", "9.95"),
                ("95% interval", "0.49 to 203.39", "not sent", "0.49 to 203.39"),
            ],
        ),
        (
            "Indicator 7: Believing in equal opportunities for career progression",
            [
                ("White", "60.0% of 500", "not sent", "60.0% of 500"),
                ("BME", "40.0% of 100", "not sent", "40.0% of 100"),
                ("White minus BME", "+20.0 points", "not sent", "+20.0 points"),
                ("95% interval", "+9.3 to +30.0 points", "not sent", "+9.3 to +30.0 points"),
            ],
        ),
    ],
)
def test_an_indicator_has_its_counts_and_its_interval(
    invented: Service, caption: str, rows: list[tuple[str, ...]]
) -> None:
    found = page_at(invented, "/trusts/ZZ901/indicators/2024")

    assert found.tables[caption] == [("", "2024", "2023", "England 2024"), *rows]


def test_each_band_stands_beside_englands(invented: Service) -> None:
    found = page_at(invented, "/trusts/ZZ901/indicators")

    assert found.tables["BME share of each staff group and band"] == [
        ("Group", "2024", "England 2024"),
        ("Clinical", "32.7% (49 of 150)", "23.6% (59 of 250)"),
        ("Clinical, band 5", "33.3% (40 of 120)", "33.3% (40 of 120)"),
        ("Clinical, band 6", "nobody", "10.0% (10 of 100)"),
        ("Clinical, band 8a", "30.0% (9 of 30)", "30.0% (9 of 30)"),
    ]


def test_the_board_is_told_in_its_parts(invented: Service) -> None:
    found = page_at(invented, "/trusts/ZZ901/indicators")

    shares = [
        (name, figure)
        for name, figure, _, _ in found.tables[
            "Indicator 9: BME share of the board minus that of the workforce"
        ]
        if "interval" not in name
    ]
    assert shares == [
        ("", "2024"),
        ("Whole board", "10.0% (1 of 10)"),
        ("Whole board minus workforce", "−22.7 points"),
        ("Voting members", "10.0% (1 of 10)"),
        ("Voting members minus workforce", "−22.7 points"),
        ("Executive members", "25.0% (1 of 4)"),
        ("Executive members minus workforce", "−7.7 points"),
    ]


def test_figures_are_read_out(invented: Service) -> None:
    said = page_at(invented, "/trusts/ZZ901/indicators").texts["p"]

    assert (
        "Once shortlisted, white people were 2.50 times as likely to be appointed as BME people"
        " (95% interval 1.60 to 3.92)."
    ) in said
    assert (
        "BME staff were 9.95 times as likely as white staff to enter the formal disciplinary"
        " process (95% interval 0.49 to 203.39). Chance alone could explain this. It happened to"
        " nobody in one group, so half a person was added to each count."
    ) in said
    assert (
        "40.0% of BME and 60.0% of white respondents said so: a difference of +20.0 points (95%"
        " interval +9.3 to +30.0 points)."
    ) in said
    assert (
        "1 of 10 board members were BME, 10.0%, against the workforce: a difference of −22.7"
        " points (95% interval −34.0 to +8.5 points). Chance alone could explain this."
    ) in said
    assert "Of 1 April 2023 to 31 March 2024. England: 1 of 3 trusts." in said
    assert (
        "Indicator 6 has not been sent for 2024. The trust sends it, or the national team on its"
        " behalf."
    ) in said


def test_every_indicator_leads_to_what_it_counts(invented: Service) -> None:
    links = set(page_at(invented, "/trusts/ZZ901/indicators").links())

    assert {f"/definitions/indicators/{number}" for number in range(1, 10)} < links
    assert {f"#indicator-{number}" for number in range(1, 10)} < links
    assert {"/trusts/ZZ901/indicators/2023", "/trusts/ZZ901", "/v1/trusts/ZZ901/wres/2024"} < links


def test_an_earlier_census_can_be_read(invented: Service) -> None:
    found = page_at(invented, "/trusts/ZZ901/indicators/2023")

    assert found.tables["All nine indicators"][2] == (
        "2. Appointed from shortlisting",
        *("1.50", "not sent", "1.50"),
    )
    assert "/trusts/ZZ901/indicators/2024" in set(found.links())


def test_where_nothing_was_sent_a_page_says_who_is_to_send_it(invented: Service) -> None:
    found = page_at(invented, "/trusts/ZZ903/indicators")

    assert found.texts["p"][:2] == [
        "Trust ZZ903 (demonstration) has not sent any census yet.",
        "The trust sends it, or the national team on its behalf.",
    ]
    assert found.tables == {}


@pytest.mark.parametrize(
    ("path", "sentence"),
    [
        ("/trusts/ZZ901/indicators/2022", "No figures of ZZ901 for the census of 2022 are held."),
        ("/trusts/ZZ999/indicators", "No organisation has the ODS code ZZ999."),
    ],
)
def test_a_census_that_is_not_held_is_absent(invented: Service, path: str, sentence: str) -> None:
    response = invented.client.get(path)

    assert response.status_code == 404
    assert sentence in read_page(response).text


def test_a_stranger_reads_what_is_released_rounded_or_hidden(real: Service) -> None:
    real.client.cookies.clear()
    found = page_at(real, "/trusts/RGT/indicators")

    newest = {name: figure for name, figure, _ in found.tables["All nine indicators"]}
    assert newest == {
        "Indicator": "2025",
        "1. BME share of each band and of the workforce": "20.0%",
        "2. Appointed from shortlisting": "2.50",
        "3. Entering the formal disciplinary process": "hidden",
        "4. Non-mandatory training and development": "not sent",
        "5. Harassed, bullied or abused by patients, relatives or the public": "+5.0 points",
        "6. Harassed, bullied or abused by staff": "not sent",
        "7. Believing in equal opportunities for career progression": "not sent",
        "8. Discriminated against by manager, team leader or colleagues": "not sent",
        "9. BME share of the board minus that of the workforce": "board 40.0%",
    }
    assert {last for _, _, last in found.tables["All nine indicators"]} == {
        "2024",
        "not published",
    }
    assert found.tables["Indicator 1: BME share of each band and of the workforce"][1:] == [
        ("Workforce", "20.0% (600 of 3,000)", "not published")
    ]
    assert (
        "Indicator 3 is not told for 2025: not shown, to protect people in small groups."
        in found.texts["p"]
    )
    assert not {"0.1% (4 of 3,000)", "37.50", "50.0% (12 of 24)"} & {
        cell for rows in found.tables.values() for row in rows for cell in row
    }


def test_a_census_that_is_not_released_is_absent_to_a_stranger(real: Service) -> None:
    real.client.cookies.clear()

    response = real.client.get("/trusts/RGT/indicators/2024")

    assert response.status_code == 404
    assert "No figures of RGT for the census of 2024 are held." in read_page(response).text


def test_a_trust_reads_its_own_exactly_and_without_england(real: Service) -> None:
    signed_in(real, Role.TRUST, "RGT")
    found = page_at(real, "/trusts/RGT/indicators")

    assert found.tables["Indicator 3: Entering the formal disciplinary process"] == [
        ("", "2025", "2024"),
        ("White", "0.1% (4 of 3,000)", "0.1% (4 of 3,000)"),
        ("BME", "5.0% (30 of 600)", "5.0% (30 of 600)"),
        ("BME over white", "37.50", "37.50"),
        ("95% interval", "13.26 to 106.05", "13.26 to 106.05"),
    ]
    assert "England's figures beside a trust's are for the national team" in found.text


def test_the_national_team_reads_england_beside_it(real: Service) -> None:
    signed_in(real, Role.NATIONAL)
    found = page_at(real, "/trusts/RGT/indicators")

    assert found.tables["All nine indicators"][0] == ("Indicator", "2025", "2024", "England 2025")
    assert "England's figures beside" not in found.text


def test_before_a_release_a_stranger_reads_what_to_do(real: Service) -> None:
    real.client.cookies.clear()
    found = page_at(real, "/trusts/RGN/indicators")

    assert "No figures have been released yet that everybody may read." in found.texts["p"]
    assert found.tables == {}


def test_a_census_of_a_predecessor_alone_is_not_the_trusts(real: Service) -> None:
    real.client.cookies.clear()
    found = page_at(real, "/trusts/RZ9/indicators")

    assert "has not sent any census yet." in found.texts["p"][0]
    assert found.tables == {}
