"""The definitions that figures refer to, and the health of the service."""

import csv
from collections.abc import Iterator
from pathlib import Path

import pytest
from starlette.testclient import TestClient

import app.ingest
from app.domain.bands import Band
from app.domain.codebook import CODES
from app.domain.definitions import BAND_TITLES, BandDefinition
from app.domain.errors import leaves
from app.main import create_app
from app.settings import Settings
from app.store.engine import build_engine
from tests.api import setting
from tests.api.setting import KINDS, Clock, Registered, Service, problem_of, read

registered = setting.registered


@pytest.fixture(scope="module", params=KINDS)
def service(
    request: pytest.FixtureRequest,
    registered: Registered,
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[Service]:
    """A service with the register, for tests that change nothing."""
    with registered.service(request.param, tmp_path_factory.mktemp("definitions")) as service:
        yield service


AFC = ["non_clinical", "clinical"]
SENIOR = ["8c", "8d", "9", "vsm"]
LEADERSHIP = ["8a", "8b", *SENIOR]
LOWER = ["under_1", "1", "2", "3", "4", "5", "6", "7"]
GRADES = ["consultant", "career_grade", "trainee", "other"]

MEASURES = [
    ("workforce", [], [*LOWER, *LEADERSHIP, *GRADES], None),
    ("leadership", AFC, LEADERSHIP, "own_workforce"),
    ("senior_leadership", AFC, SENIOR, "own_workforce"),
    *((f"band_{band}", AFC, [band], "own_workforce") for band in ("8a", "8b", "8c", "8d", "9")),
    ("vsm", AFC, ["vsm"], "own_workforce"),
    ("consultants", [], ["consultant"], "own_medical_workforce"),
    *((name, [], [], "own_workforce") for name in ("board", "board_voting", "board_executive")),
]


SECTION_11 = {
    "no_people", "no_target", "is_the_reference", "too_few_years", "too_small",
    "goal_census_passed", "perimeter_changed", "suppressed", "later_or_never",
    "indicative", "overdispersed", "small_base", "unknown_ethnicity", "unknown_share_shift",
    "merger_in_series", "incomplete_returns", "missing_census", "baseline_revised",
    "goal_above_reference", "scales_far_apart", "provisional", "workforce_shift",
    "band_emptied", "large_board", "ratio_as_percentage", "ratio_inverted",
}  # fmt: skip
"""Reasons and warnings that section 11 of the domain lists."""


def test_measures_are_those_of_the_domain(service: Service) -> None:
    body = read(service.get("/v1/measures"))

    assert [
        (one["measure"], sorted(one["staff_groups"]), one["bands"], one["default_reference"])
        for one in body["items"]
    ] == [(name, sorted(groups), bands, kind) for name, groups, bands, kind in MEASURES]
    for one in body["items"]:
        assert one["title"]
        assert one["description"].endswith(".")
        assert one["page"] == f"/definitions/measures/{one['measure']}"
    assert body["next"] is None


def test_bands_say_who_has_them(service: Service) -> None:
    body = read(service.get("/v1/bands"))

    assert body == {
        "items": [
            {
                "band": band,
                "title": BAND_TITLES[Band(band)],
                "description": BandDefinition.of(Band(band)).description,
                "staff_groups": ["medical"] if band in GRADES else AFC,
                "leadership": band in LEADERSHIP,
                "senior_leadership": band in SENIOR,
                "page": f"/definitions/bands/{band}",
            }
            for band in [*LOWER, *LEADERSHIP, *GRADES]
        ],
        "next": None,
    }


def test_a_measure_says_in_words_who_is_counted(service: Service) -> None:
    assert read(service.get("/v1/measures/consultants")) == {
        "measure": "consultants",
        "title": "Medical consultants",
        "description": "Medical staff in the grade of consultant, senior medical managers"
        " included. It is held against the BME share of the trust's own medical workforce at the"
        " same census, unless another reference is asked for. It cannot be narrowed to a staff"
        " group.",
        "staff_groups": [],
        "bands": ["consultant"],
        "default_reference": "own_medical_workforce",
        "page": "/definitions/measures/consultants",
    }


def test_a_band_says_whether_it_is_leadership(service: Service) -> None:
    assert read(service.get("/v1/bands/vsm")) == {
        "band": "vsm",
        "title": "Very senior manager (VSM)",
        "description": "Pay of clinical and non-clinical staff above and outside Agenda for"
        " Change. It counts as leadership, and as senior leadership.",
        "staff_groups": AFC,
        "leadership": True,
        "senior_leadership": True,
        "page": "/definitions/bands/vsm",
    }


def test_an_ethnic_category_says_where_it_counts(service: Service) -> None:
    assert read(service.get("/v1/ethnic-categories/M")) == {
        "code": "M",
        "label": "Black or Black British - Caribbean",
        "group": "bme",
        "code_list": "national",
        "page": "/definitions/ethnic-categories/M",
    }


@pytest.mark.parametrize(
    ("kind", "code", "sentence"),
    [
        ("reason", "suppressed", "Not shown, to protect people in small groups."),
        ("fault", "total_disagrees", "A total is not what the cells come to."),
        ("funnel_position", "inside", "The share lies within the 95% limits."),
        ("problem", "trust_not_found", "No trust has the ODS code."),
    ],
)
def test_a_code_has_a_sentence_and_a_page(
    service: Service, kind: str, code: str, sentence: str
) -> None:
    assert read(service.get(f"/v1/codes/{kind}/{code}")) == {
        "kind": kind,
        "code": code,
        "sentence": sentence,
        "page": f"/definitions/codes/{kind}/{code}",
    }


@pytest.mark.parametrize("path", ["measures", "bands", "ethnic-categories", "codes"])
def test_what_is_listed_is_found_by_its_name(service: Service, path: str) -> None:
    for item in read(service.get(f"/v1/{path}"))["items"]:
        assert read(service.get(item["page"].replace("/definitions", "/v1"))) == item


@pytest.mark.parametrize(
    ("path", "title", "detail", "facts"),
    [
        ("measures/x", "Measure not found", "There is no measure x.", {"measure": "x"}),
        ("bands/8e", "Band not found", "There is no band 8e.", {"band": "8e"}),
        (
            "ethnic-categories/m",
            "Ethnic category not found",
            "There is no ethnic category m.",
            {"category": "m"},
        ),
        (
            "codes/outlook/suppressed",
            "Code not found",
            "There is no code suppressed of the kind outlook.",
            {"kind": "outlook", "code": "suppressed"},
        ),
    ],
)
def test_what_is_not_defined_is_not_found(
    service: Service, path: str, title: str, detail: str, facts: dict[str, str]
) -> None:
    assert problem_of(service.get(f"/v1/{path}")) == {
        "type": f"/problems/{title.lower().replace(' ', '-')}",
        "title": title,
        "status": 404,
        "detail": detail,
        **facts,
    }


def test_a_name_that_is_too_long_is_refused(service: Service) -> None:
    problem = problem_of(service.get(f"/v1/codes/outlook/{'x' * 61}"))

    assert [(one["pointer"], one["code"]) for one in problem["errors"]] == [
        ("{code}", "string_too_long")
    ]


def test_cycles_serve_the_ambition(service: Service) -> None:
    body = read(service.get("/v1/cycles"))

    sources = {one.pop("ambition_source") for one in body["items"]}
    assert body == {
        "items": [
            {
                "code": f"{year}-{year + 3}",
                "starts": year,
                "ends": year + 3,
                "ambition_year": 2028,
                "page": f"/definitions/cycles/{year}-{year + 3}",
            }
            for year in (2019, 2022, 2025)
        ],
        "next": None,
    }
    (source,) = sources
    assert "A Model Employer" in source


def test_censuses_open_on_the_first_of_april(service: Service) -> None:
    body = read(service.get("/v1/censuses"))

    assert body == {
        "items": [
            {
                "year": year,
                "day": f"{year}-03-31",
                "opens": f"{year}-04-01",
                "due": None,
                "published": None,
            }
            for year in range(2015, 2027)
        ],
        "next": None,
    }
    for census in body["items"]:
        assert read(service.get(f"/v1/censuses/{census['year']}")) == census


@pytest.mark.parametrize("year", [2014, 2027])
def test_a_census_that_is_not_there_is_not_found(service: Service, year: int) -> None:
    response = service.get(f"/v1/censuses/{year}")

    assert problem_of(response) == {
        "type": "/problems/census-not-found",
        "title": "Census not found",
        "status": 404,
        "detail": f"There is no census of {year} in the register.",
        "year": year,
    }


def test_a_census_has_a_year(service: Service) -> None:
    problem = problem_of(service.get("/v1/censuses/last"))

    assert problem["status"] == 422
    assert problem["errors"][0]["pointer"] == "{year}"
    assert problem["errors"][0]["code"] == "not_a_whole_number"


def test_ethnic_categories_are_those_of_the_file(service: Service) -> None:
    file = Path(app.ingest.__file__).parent / "reference" / "ethnic_categories.csv"
    with file.open(encoding="utf-8", newline="") as lines:
        codes = {row["code"] for row in csv.DictReader(lines)}

    items = read(service.get("/v1/ethnic-categories"))["items"]

    assert {one["code"] for one in items} == codes - {""}
    groups = {one["code"]: one["group"] for one in items}
    # Irish, and Gypsy or Romany, are white; not stated is not known.
    assert {code: groups[code] for code in ("B", "CN", "M", "Z")} == {
        "B": "white",
        "CN": "white",
        "M": "bme",
        "Z": "unknown",
    }
    assert set(groups.values()) == {"white", "bme", "unknown"}


def test_every_code_has_a_sentence(service: Service) -> None:
    items = read(service.get("/v1/codes"))["items"]

    assert all(one["sentence"].endswith(".") for one in items)
    found = {(one["kind"], one["code"]) for one in items}
    assert len(found) == len(items)
    codes = {code for _, code in found}
    assert {one.value for kind in CODES for one in kind} <= codes
    assert {one.code for one in leaves()} <= codes


def test_the_codes_of_one_kind_are_listed_alone(service: Service) -> None:
    everything = read(service.get("/v1/codes"))["items"]

    for kind in ("reason", "reference_kind", "staff_group", "fault", "problem"):
        some = read(service.get("/v1/codes", kind=kind))
        assert some == {"items": [o for o in everything if o["kind"] == kind], "next": None}
        assert some["items"]


@pytest.mark.parametrize("kind", ["reasons", "", "Reason"])
def test_a_kind_that_is_none_is_refused_with_those_that_are(service: Service, kind: str) -> None:
    found = problem_of(service.get("/v1/codes", kind=kind))

    kinds = dict.fromkeys(one["kind"] for one in read(service.get("/v1/codes"))["items"])
    (fault,) = found["errors"]
    assert (found["status"], fault["pointer"], fault["code"]) == (422, "?kind", "unknown_code")
    said = f"There are no codes of the kind {kind}; use one of {', '.join(kinds)}."
    assert fault["detail"] == said


def test_the_codes_of_the_domain_are_explained(service: Service) -> None:
    items = read(service.get("/v1/codes"))["items"]

    assert {one["code"] for one in items} >= SECTION_11


@pytest.mark.parametrize(
    "path",
    [
        "/v1/measures", "/v1/bands", "/v1/cycles", "/v1/censuses", "/v1/censuses/2024",
        "/v1/ethnic-categories", "/v1/codes", "/v1/measures/vsm", "/v1/codes/reason/too_small",
    ],
)  # fmt: skip
def test_definitions_are_told_again_only_when_they_change(service: Service, path: str) -> None:
    first = service.get(path)

    again = service.client.get(path, headers={"If-None-Match": first.headers["ETag"]})

    assert (again.status_code, again.content) == (304, b"")


def test_the_service_lives_and_is_ready(service: Service) -> None:
    assert read(service.get("/health/live"))["status"] == "live"
    assert read(service.get("/health/ready"))["status"] == "ready"


def test_a_database_without_tables_is_not_ready(empty_database_url: str) -> None:
    app_ = create_app(Settings(database_url=empty_database_url), clock=Clock())
    with TestClient(app_, raise_server_exceptions=False) as client:
        live, ready = client.get("/health/live"), client.get("/health/ready")

    assert live.status_code == 200
    assert ready.status_code == 503
    assert ready.json()["status"] == "not ready"


def test_a_database_with_another_schema_is_not_ready(database_url: str) -> None:
    engine = build_engine(database_url)
    with engine.begin() as connection:
        connection.exec_driver_sql("UPDATE alembic_version SET version_num = 'another'")
    engine.dispose()
    app_ = create_app(Settings(database_url=database_url), clock=Clock())

    with TestClient(app_, raise_server_exceptions=False) as client:
        response = client.get("/health/ready")

    assert response.status_code == 503
    assert response.json() == {
        "status": "not ready",
        "detail": "The database has another schema; run `parity db upgrade`.",
    }
