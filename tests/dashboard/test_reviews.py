"""The national team finds what waits for it, and everybody what they can do."""

from collections.abc import Iterator

import pytest

from app.domain.callers import Role
from tests.api import targets
from tests.api.setting import KINDS, Registered, Service, goal
from tests.dashboard.filling import open_page
from tests.dashboard.reading import read_page
from tests.dashboard.signing import signed_in


@pytest.fixture(scope="module", params=KINDS)
def waiting(
    request: pytest.FixtureRequest,
    registered: Registered,
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[Service]:
    """A service in which two trusts have submitted targets, a day after one another."""
    folder = tmp_path_factory.mktemp("waiting")
    with registered.service(request.param, folder, _submit) as service:
        service.clock.forward(days=2)
        yield service


def _submit(service: Service) -> None:
    targets.begin(service)
    service.target(goal())
    service.clock.forward(days=1)
    service.target(goal(measure="band_8a"))
    service.done(
        "POST",
        "/v1/trusts/ZZ901/targets",
        goal(measure="senior_leadership", goal_headcount=1) | {"goal_share": None},
    )
    reviewed = service.target(goal(measure="band_8a", cycle="2019-2022") | {"baseline": START})
    service.done("POST", f"{reviewed}/review", {"version": 1})
    service.trust("ZZ902", name="Another trust (demonstration)", region="Y60")
    path = {"measure": "leadership", "cycle": "2025-2028", "goal_headcount": 9}
    service.target(path | {"baseline": START}, "ZZ902")


START = {
    "bme": 4,
    "total": 80,
    "workforce_bme": 100,
    "workforce_total": 1000,
    "source": "WRES report, table 1",
}

LONGEST = "Trust ZZ901 (demonstration)"
LEADERSHIP = "Leadership (bands 8a to 9 and VSM)"
SPAN = "2025 to 2028"
OTHERS = (
    f"Another trust (demonstration): {LEADERSHIP}, {SPAN} {LEADERSHIP} {SPAN} 1 Midlands 1",
    f"{LONGEST}: Band 8a, 2022 to 2025 Band 8a 2022 to 2025 1 London 1",
)
FIRST = f"{LONGEST}: {LEADERSHIP}, 2022 to 2025 {LEADERSHIP} 2022 to 2025 1 London 2"


@pytest.mark.parametrize(
    ("query", "counted", "rows"),
    [
        ("", "3 targets, those that waited longest first.", [FIRST, *OTHERS]),
        ("?region=Y60", "1 target, those that waited longest first.", [OTHERS[0]]),
        (
            "?cycle=2022-2025&region=Y56",
            "2 targets, those that waited longest first.",
            [FIRST, OTHERS[1]],
        ),
        ("?region=Y63", "No target waits for a review here.", []),
    ],
)
def test_what_waits_is_listed_with_the_days_that_it_has_waited(
    waiting: Service, query: str, counted: str, rows: list[str]
) -> None:
    signed_in(waiting, Role.NATIONAL)

    page = open_page(waiting, f"/reviews{query}")

    assert counted in page.texts["p"]
    assert [row for row in page.texts.get("tr", []) if not row.startswith("Trust Target")] == rows
    assert [one for one in page.texts["option"] if one.endswith(("s", "n"))] == [
        "All regions",
        "London",
        "Midlands",
        "All cycles",
    ]


def test_where_nothing_waits_the_page_says_so(service: Service) -> None:
    signed_in(service, Role.NATIONAL)

    assert "No target waits for a review." in open_page(service, "/reviews").texts["p"]


def test_reviews_are_for_the_national_team(waiting: Service) -> None:
    waiting.client.cookies.clear()
    nobody = waiting.client.get("/reviews", follow_redirects=False)
    signed_in(waiting, Role.TRUST, "ZZ901")
    trust = waiting.client.get("/reviews")
    menu = open_page(waiting, "/").texts["a"]
    signed_in(waiting, Role.NATIONAL)

    assert nobody.headers["location"] == "/sign-in?next=%2Freviews"
    assert trust.status_code == 403
    assert read_page(trust).texts["h1"] == ["You cannot see this page"]
    assert "Reviews" not in menu
    assert "Reviews" in open_page(waiting, "/").texts["a"]


@pytest.mark.parametrize(
    ("role", "codes", "duties"),
    [
        pytest.param(Role.NATIONAL, (), {"Review targets": "/reviews"}, id="the national team"),
        pytest.param(
            Role.TRUST,
            ("ZZ901",),
            {
                f"See where {LONGEST} stands": "/trusts/ZZ901",
                f"Send in actuals of {LONGEST}": "/trusts/ZZ901/actuals/send",
                f"See the targets of {LONGEST}": "/trusts/ZZ901/targets",
                f"Set a target for {LONGEST}": "/trusts/ZZ901/targets/new",
            },
            id="a trust",
        ),
        pytest.param(
            Role.TRUST_DATA,
            ("ZZ901",),
            {
                f"See where {LONGEST} stands": "/trusts/ZZ901",
                f"Send in actuals of {LONGEST}": "/trusts/ZZ901/actuals/send",
                f"See the targets of {LONGEST}": "/trusts/ZZ901/targets",
            },
            id="a system",
        ),
        pytest.param(
            Role.AREA, ("Y56",), {"See the trusts of London": "/areas/Y56"}, id="an area"
        ),
    ],
)
def test_whoever_has_signed_in_is_told_what_they_can_do(
    waiting: Service, role: Role, codes: tuple[str, ...], duties: dict[str, str]
) -> None:
    signed_in(waiting, role, *codes)

    page = open_page(waiting, "/sign-in")

    paths = [one["href"] for tag, one in page.elements if tag == "a"]
    told = dict(zip(page.texts["a"], paths, strict=True))
    assert {name: told[name] for name in duties} == duties
    assert [one for one in page.texts["li"] if one in told and told[one] in duties.values()][
        -len(duties) :
    ] == list(duties)
