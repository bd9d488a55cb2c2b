"""Before anything is released, strangers see the register and are told what to do."""

from urllib.parse import urlencode

import pytest

from app.domain.callers import Role
from tests.api.setting import Service
from tests.dashboard.reading import read_page
from tests.dashboard.signing import signed_in
from tests.printed import read_pdf

TOLD = "No figures have been released yet that everybody may read."


@pytest.fixture(autouse=True)
def _another_browser(service: Service) -> None:
    service.client.cookies.clear()


@pytest.mark.parametrize(
    ("path", "heading", "link"),
    [
        ("/england", "England", "/trusts/RGT"),
        ("/areas/Y61", "East of England", "/trusts/RGT"),
        ("/areas/S1Y5D", "Central East ICB", "/trusts/RGT"),
        ("/trusts/RGT", "Cambridge University Hospitals NHS Foundation Trust", "/england"),
    ],
)
def test_what_the_register_says_is_shown(
    service: Service, path: str, heading: str, link: str
) -> None:
    response = service.client.get(path)

    found = read_page(response)
    assert response.status_code == 200
    assert TOLD in found.text
    assert link in set(found.links())
    assert found.texts["h1"] == [heading]
    assert "%" not in found.text


@pytest.mark.parametrize(
    "path",
    [
        "/trusts/RGT/measures/leadership",
        "/trusts/RGT/board-page",
        "/trusts/RGT/board-page.pdf",
        "/england/reports/2025",
        "/england/reports/2025.pdf",
    ],
)
def test_who_asks_for_figures_is_led_to_sign_in(service: Service, path: str) -> None:
    response = service.client.get(path, follow_redirects=False)

    assert response.status_code == 303
    assert response.headers["location"] == f"/sign-in?{urlencode({'next': path})}"


def test_who_is_signed_in_is_told_that_figures_are_exact_and_that_none_are_held(
    service: Service,
) -> None:
    signed_in(service, Role.NATIONAL)

    found = read_page(service.client.get("/england/reports/2025"))
    board = service.client.get("/trusts/RGT/board-page.pdf")

    assert "Exact figures, not under disclosure control: not for publication." in found.text
    assert "No figures of the census of 31 March 2025 can be told yet." in found.text
    assert "trusts have sent the actuals of the census. These have not:" in found.text
    assert "Cambridge University Hospitals NHS Foundation Trust (RGT)" in found.text
    assert "Not sent" in read_pdf(board.content).words[0]
    assert board.headers["Cache-Control"] == "no-store"


@pytest.mark.parametrize("path", ["/england", "/areas/Y61"])
def test_there_is_nothing_to_draw(service: Service, path: str) -> None:
    service.client.cookies.clear()

    found = read_page(service.client.get(f"{path}/charts"))

    assert TOLD in found.text
    assert "There is nothing to draw yet" in found.text
    assert f"{path}?measure=leadership" in set(found.links())
    assert "figure" not in found.texts


def test_regions_and_boards_are_listed(service: Service) -> None:
    found = read_page(service.client.get("/areas"))

    assert found.texts["h2"] == ["Regions", "Integrated care boards"]
    assert {"/areas/Y61", "/areas/S1Y5D"} < set(found.links())
