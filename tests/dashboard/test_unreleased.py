"""Before anything is released, strangers see the register and are told what to do."""

import pytest

from tests.api.setting import Service
from tests.dashboard.reading import read_page

TOLD = "No figures have been released yet that everybody may read."


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


def test_who_asks_for_a_measure_is_led_to_sign_in(service: Service) -> None:
    response = service.client.get("/trusts/RGT/measures/leadership", follow_redirects=False)

    assert response.status_code == 303
    assert response.headers["location"] == (
        "/sign-in?next=%2Ftrusts%2FRGT%2Fmeasures%2Fleadership"
    )


@pytest.mark.parametrize("path", ["/england", "/areas/Y61"])
def test_there_is_nothing_to_draw(service: Service, path: str) -> None:
    found = read_page(service.client.get(f"{path}/charts"))

    assert TOLD in found.text
    assert "There is nothing to draw yet" in found.text
    assert f"{path}?measure=leadership" in set(found.links())
    assert "figure" not in found.texts


def test_regions_and_boards_are_listed(service: Service) -> None:
    found = read_page(service.client.get("/areas"))

    assert found.texts["h2"] == ["Regions", "Integrated care boards"]
    assert {"/areas/Y61", "/areas/S1Y5D"} < set(found.links())
