"""Pages where figures are missing, or where the reader may not see them."""

from collections.abc import Iterator

import pytest
from fastapi import APIRouter
from starlette.testclient import TestClient

from app.dashboard.routing import PageRoute
from app.domain.callers import Role
from app.domain.codes import AppointmentVerdict
from app.domain.errors import Fault, UnacceptableQuestion
from app.main import create_app
from app.settings import Settings
from tests.api.setting import Registered, Service, goal, leaders_and_rest
from tests.dashboard.reading import Page, read_page
from tests.dashboard.signing import signed_in


@pytest.fixture(scope="module")
def invented(
    registered: Registered, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Service]:
    """Trusts with a goal that turnover reaches or not, one that has closed, one not open yet."""
    with registered.service("sqlite", tmp_path_factory.mktemp("absent")) as service:
        service.trust("ZZ902", closed="2024-03-31")
        service.trust("ZZ903", opened="2030-04-01")
        for code, share in (("ZZ901", "0.9000"), ("ZZ904", "0.1000")):
            service.trust(code)
            for year, leaders in ((2022, (31, 402)), (2023, (34, 410)), (2024, (38, 418))):
                service.actuals(year, leaders_and_rest(leaders, (1000, 5300)), code)
            service.target(goal(share), code)
        yield service


def page_at(service: Service, path: str, status: int = 200) -> Page:
    response = service.client.get(path)
    assert response.status_code == status, response.text
    return read_page(response)


def test_an_area_of_which_nothing_was_sent_says_so(service: Service) -> None:
    signed_in(service, Role.NATIONAL)

    found = page_at(service, "/areas/Y61")

    assert "Nothing has been sent yet." in found.text
    assert "No census has been reported." in found.texts["p"]


def test_a_measure_of_which_nothing_was_sent_has_no_pictures(service: Service) -> None:
    signed_in(service, Role.NATIONAL)

    found = page_at(service, "/trusts/RGT/measures/leadership")

    assert "No census has been sent yet. What is due, and who sends it" in found.texts["p"]
    assert "figure" not in found.texts


def test_who_may_not_read_a_measure_is_told_so_on_a_page(service: Service) -> None:
    signed_in(service, Role.TRUST, "RGN")

    found = page_at(service, "/trusts/RGT/measures/leadership", 403)

    assert found.texts["h1"] == ["You cannot see this page"]


def test_a_question_that_contradicts_itself_is_told_on_a_page(sqlite_url: str) -> None:
    faults = [Fault("?since", "not_before", "since is 3."), Fault("?year", "early", "Too early.")]

    def ask() -> None:
        raise UnacceptableQuestion(faults)

    app = create_app(Settings(database_url=sqlite_url))
    router = APIRouter(route_class=PageRoute)
    router.add_api_route("/asked", ask)
    app.include_router(router)
    with TestClient(app) as client:
        response = client.get("/asked")

    found = read_page(response)
    assert response.status_code == 422
    assert found.texts["h1"] == ["This address is not understood"]
    assert found.texts["p"][:2] == ["since is 3.", "Too early."]


@pytest.mark.parametrize(
    ("code", "sentence"),
    [
        ("ZZ901", AppointmentVerdict.NOT_BY_TURNOVER_ALONE.sentence),
        ("ZZ904", "The goal is reached if 17% of them go to BME people."),
    ],
)
def test_what_turnover_can_do_for_a_goal_is_told(
    invented: Service, code: str, sentence: str
) -> None:
    said = page_at(invented, f"/trusts/{code}/measures/leadership").texts["p"]

    assert "If 12% of staff leave in a year, some 50 appointments are expected until then." in said
    assert sentence in said


@pytest.mark.parametrize(
    ("code", "state"), [("ZZ902", "Closed on 31 March 2024"), ("ZZ903", "Not open")]
)
def test_a_trust_that_is_not_open_says_so(invented: Service, code: str, state: str) -> None:
    found = page_at(invented, f"/trusts/{code}")

    facts = dict(zip(found.texts["dt"], found.texts["dd"], strict=True))
    assert facts == {"ODS code": code, "State": state}
