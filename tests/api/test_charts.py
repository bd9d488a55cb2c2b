"""Charts over HTTP: in which form they come, to whom, and that they tell nothing hidden."""

import json
import re
from typing import Any

import pytest
from starlette.testclient import TestClient

from app.charts.kinds import ChartKind
from tests.api import progress
from tests.api.comparing import ACUTE, OWN, three_trusts
from tests.api.progress import ONE
from tests.api.public import FIRST, SMALL, release, send
from tests.api.setting import Service, problem_of, read
from tests.bodies import Headers
from tests.given import Given

told = progress.told

CHART = f"{ONE}/charts/trajectory"

SVG, PNG, VEGALITE = "image/svg+xml", "image/png", "application/vnd.vegalite+json"

KINDS = list(ChartKind)


def values(specification: dict[str, Any]) -> list[dict[str, Any]]:
    """Return all data of a specification."""
    return [one for layer in specification["layer"] for one in layer["data"]["values"]]


@pytest.mark.parametrize(
    ("accept", "asked", "media_type", "begins"),
    [
        pytest.param("*/*", None, SVG, b"<svg ", id="anything"),
        pytest.param("image/avif,image/webp,image/*,*/*;q=0.8", None, SVG, b"<svg ", id="browser"),
        pytest.param(PNG, None, PNG, b"\x89PNG", id="PNG"),
        pytest.param(f"{SVG};q=0.5, {VEGALITE}", None, VEGALITE, b'{"$schema"', id="preferred"),
        pytest.param(PNG, "vegalite", VEGALITE, b'{"$schema"', id="the address wins"),
    ],
)
def test_a_chart_comes_as_it_is_asked_for(
    told: Service, accept: str, asked: str | None, media_type: str, begins: bytes
) -> None:
    response = told.client.get(
        CHART, params={"format": asked} if asked else {}, headers={"Accept": accept}
    )

    assert response.status_code == 200
    assert response.headers["content-type"].split(";")[0] == media_type
    assert response.content.startswith(begins)


def test_a_chart_that_is_held_is_not_sent_again(told: Service) -> None:
    tag = told.get(CHART).headers["ETag"]

    assert told.client.get(CHART, headers={"If-None-Match": tag}).status_code == 304
    assert told.get(CHART).headers["ETag"] == tag


def test_a_chart_has_the_numbers_of_the_answer_that_it_draws(told: Service) -> None:
    body = read(told.get(ONE))

    drawn = values(told.get(CHART, format="vegalite").json())

    counted = {(one["year"], one["share"]) for one in drawn if "run" in one and "lower" in one}
    assert counted == {(one["year"], one["share"]) for one in body["actuals"]}
    ahead = {(one["year"], one["upper_95"]) for one in drawn if "upper_95" in one}
    assert ahead >= {
        (one["year"], one["band_95"]["upper"]) for one in body["forecast"] if one["year"] <= 2035
    }
    goal = body["current_target"]["milestones"][-1]
    assert (goal["year"], goal["share"]) in {(one.get("year"), one.get("share")) for one in drawn}


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_is_drawn_of_trusts_and_of_areas(told: Service, kind: ChartKind) -> None:
    for path in (
        f"/v1/trusts/ZZ902/progress/leadership/charts/{kind}",
        f"/v1/england/progress/leadership/charts/{kind}",
        f"/v1/trusts/ZZ902/progress/board/charts/{kind}",
    ):
        response = told.get(path, format="vegalite", form="narrow")

        assert response.status_code == 200, response.text
        texts = json.dumps(response.json())
        assert "Synthetic: these figures are invented" in texts


def test_a_chart_takes_the_questions_of_the_progress_that_it_draws(told: Service) -> None:
    asked = {"format": "vegalite", "reference": "fixed", "reference_share": "0.2"}

    fixed = told.get(CHART, **asked).json()
    narrowed = told.get(
        "/v1/trusts/ZZ902/progress/leadership/charts/trajectory",
        format="vegalite",
        staff_group="clinical",
        reference="own_staff_group",
    ).json()
    area = told.get(
        "/v1/england/progress/leadership/charts/trajectory",
        format="vegalite",
        staff_group="clinical",
    ).json()

    assert "the fixed share of 20.0%" in fixed["description"]
    assert "clinical leadership" in narrowed["description"]
    assert "the clinical workforce" in narrowed["description"]
    assert "clinical leadership" in area["description"]
    assert "for the workforce" in area["description"]


def test_what_is_wrong_with_the_question_is_said(told: Service) -> None:
    assert problem_of(told.get(f"{ONE}/charts/pie"))["status"] == 422
    assert problem_of(told.get(CHART, format="gif"))["status"] == 422
    faulty = problem_of(told.get(CHART, reference="fixed"))
    assert [one["code"] for one in faulty["errors"]] == ["reference_share_missing"]
    missing = told.get("/v1/trusts/ZZ999/progress/leadership/charts/trajectory")
    assert problem_of(missing)["type"] == "/problems/trust-not-found"
    area = told.get("/v1/areas/QQQ/progress/leadership/charts/trajectory")
    assert problem_of(area)["type"] == "/problems/area-not-found"


def test_the_funnel_names_every_trust_in_its_data(client: TestClient, given: Given) -> None:
    three_trusts(given)

    response = client.get("/v1/england/funnel/leadership/chart?format=vegalite")

    drawn = values(response.json())
    codes = {one["ods_code"] for one in drawn if "ods_code" in one}
    assert {OWN, ACUTE} <= codes
    assert len(codes) == 3
    picture = client.get("/v1/england/funnel/leadership/chart").text
    assert picture.startswith("<svg ")


@pytest.fixture
def hidden(client: TestClient, given: Given, national: Headers) -> None:
    """A trust with five BME leaders, whose censuses are released beside a large one's."""
    send(given, "RZ2")
    for year, headcounts in SMALL.items():
        given.actuals("RZ1", FIRST + year, headcounts)
    release(client, national, *range(FIRST, FIRST + 5))


@pytest.mark.usefixtures("hidden")
@pytest.mark.parametrize("kind", KINDS)
def test_a_chart_for_everybody_tells_nothing_that_is_hidden(
    client: TestClient, national: Headers, kind: ChartKind
) -> None:
    path = f"/v1/trusts/RZ1/progress/leadership/charts/{kind}"

    exact = client.get(path, params={"format": "vegalite"}, headers=national).json()
    shown = client.get(path, params={"format": "vegalite"}).json()
    drawn = client.get(path).text

    # Shares of leaders are 5 of 111 to 5 of 115: nothing else has these figures.
    secret = {f"{5 / (111 + year):.6f}"[:6] for year in range(5)}
    secret |= {f"{round(500 / (111 + year), 1)}%" for year in range(5)}
    if kind is not ChartKind.CHANCES:
        told = json.dumps(exact)
        assert any(one in told for one in secret) or '"people": 5' in told
    for text in (json.dumps(shown), drawn):
        assert not [one for one in secret if re.search(rf"(?<!\d){re.escape(one)}", text)]
        assert not re.search(r"\b(5|11[0-9]) (of|people)", text)
        assert '"people": 5' not in text
        assert "Released figures, rounded; small numbers are hidden." in re.sub(
            r"</text>.*?>(?=hidden|small|rounded)", " ", text
        )


@pytest.mark.usefixtures("hidden")
def test_who_may_see_nothing_is_refused(client: TestClient) -> None:
    response = client.get("/v1/trusts/RZ3/progress/leadership/charts/trajectory")

    assert response.status_code == 401
    assert client.get("/v1/england/funnel/leadership/chart").status_code == 401
