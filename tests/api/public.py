"""Real trusts whose figures are released, and what everybody may read of them."""

from starlette.testclient import TestClient

from tests.api.comparing import staff
from tests.bodies import JSON, Headers
from tests.given import Given

LARGE = {year: staff((40 + 3 * year, 320), (600 + 8 * year, 3001)) for year in range(5)}
"""A trust of which every leader is in one band, that shows everything."""

SMALL = {year: staff((5, 111 + year), (330, 1502)) for year in range(5)}
"""A trust with few BME leaders."""

FIRST = 2021


def release(client: TestClient, national: Headers, *years: int) -> None:
    """Let the national team release censuses."""
    for year in years:
        body = {"year": year, "name": f"WRES {year}"}
        response = client.post("/v1/releases", json=body, headers=national)
        assert response.status_code == 201, response.text


def send(given: Given, *codes: str) -> None:
    """Let large trusts send five censuses."""
    for code in codes:
        for year, headcounts in LARGE.items():
            given.actuals(code, FIRST + year, headcounts)


def read(client: TestClient, path: str, headers: Headers | None = None, /, **params: str) -> JSON:
    """Return what is told at a path."""
    response = client.get(path, headers=headers, params=params)
    assert response.status_code == 200, response.text
    body: JSON = response.json()
    return body
