"""Charts over HTTP: in which form they come, to whom, and that they tell nothing hidden."""

import json
import re
from typing import Any

import pytest
from starlette.testclient import TestClient

from app.charts.kinds import ChartKind
from app.domain.organisations import Kind
from tests.api import progress
from tests.api.comparing import three_trusts
from tests.api.progress import ONE
from tests.api.public import FIRST, SMALL, release, send
from tests.api.setting import Service, problem_of, read
from tests.bodies import Headers
from tests.entries import organisation_entry
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

    codes = {one["ods_code"] for one in values(response.json()) if "ods_code" in one}
    assert codes == {"ZZ901", "ZZ902", "ZZ903"}
    picture = client.get("/v1/england/funnel/leadership/chart").text
    assert picture.startswith("<svg ")


def test_a_chart_for_everybody_tells_nothing_that_is_hidden(
    client: TestClient, given: Given, national: Headers
) -> None:
    send(given, "RZ2")
    for year, headcounts in SMALL.items():
        given.actuals("RZ1", FIRST + year, headcounts)
    release(client, national, *range(FIRST, FIRST + 5))
    # Five leaders of 111 to 115 are BME; nothing else has these figures.
    totals = [111 + year for year in range(5)]
    secrets = [f"{round(5 / total, 6)}" for total in totals]
    secrets += [f"{round(500 / total, 1)}%" for total in totals]
    counts = re.compile(r'"people": 5\b|\b5 of 11[0-9]\b|\b11[1-5] people')

    for kind in KINDS:
        path = f"/v1/trusts/RZ1/progress/leadership/charts/{kind}"
        exact = client.get(path, params={"format": "vegalite"}, headers=national).text
        shown = client.get(path, params={"format": "vegalite"}).text
        drawn = client.get(path).text

        # Of chances nothing is public but the outlook's word; the other charts would tell.
        would_tell = any(one in exact for one in secrets) or counts.search(exact)
        assert bool(would_tell) is (kind is not ChartKind.CHANCES)
        for text in (shown, drawn):
            assert [one for one in secrets if one in text] == []
            assert not counts.search(text)
            assert "Released figures, rounded" in text


def test_who_may_see_nothing_is_refused(client: TestClient, given: Given) -> None:
    send(given, "RZ2")

    for path in (
        "/v1/trusts/RZ2/progress/leadership/charts/trajectory",
        "/v1/england/progress/leadership/charts/trajectory",
        "/v1/england/funnel/leadership/chart",
    ):
        assert client.get(path).status_code == 401


def test_a_census_that_few_trusts_have_sent_is_not_drawn_as_the_areas(
    client: TestClient, given: Given
) -> None:
    given.organisation(organisation_entry("QNX", Kind.ICB, "Small ICB", region="Y63"))
    for code in ("ZZ911", "ZZ912"):
        given.trust(code, icb="QNX", region="Y63")
    for year in (2023, 2024, 2025):
        given.actuals("ZZ911", year, {("clinical", "8a"): (60, 40, 0)})
        given.actuals("ZZ912", year, {("clinical", "8a"): (800, 100, 0)})
    given.actuals("ZZ911", 2026, {("clinical", "8a"): (55, 45, 0)})

    drawn = client.get(
        "/v1/areas/QNX/progress/leadership/charts/trajectory", params={"format": "vegalite"}
    ).json()

    assert "31 March 2025, 14.0% of leadership was BME" in drawn["description"]
    assert "2026" not in drawn["description"].partition(".")[0]
    told = json.dumps(drawn)
    assert "Without the census of 31 March 2026: too few sent it." in told
    assert not any(one.get("share") == pytest.approx(0.45) for one in values(drawn))
