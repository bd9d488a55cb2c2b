"""Invented figures where the service treats them as real ones: open to nobody else."""

from datetime import date

import pytest
from fastapi import FastAPI
from starlette.testclient import TestClient

from app.domain.measures import Measure
from tests.api.callers import NO_TOKEN, not_allowed
from tests.api.setting import Body
from tests.bodies import Headers, problem_of
from tests.given import Given

TRUST = "/v1/trusts/ZZ901"

OF_THE_TRUST = tuple(
    f"{TRUST}/{path}"
    for path in (
        "actuals",
        "actuals/2022",
        "actuals/2022/revisions",
        "board/2022",
        "indicators/2022",
        "wres/2022",
        "targets",
        "targets/leadership-2022-2025",
        "targets/leadership-2022-2025/versions",
        "target-proposals?cycle=2022-2025",
        "action-plans",
        "progress",
        "progress/leadership",
        "peers?measure=leadership",
    )
)
"""What is read of one trust."""

OF_ENGLAND = (
    "/v1/areas/QMF/progress",
    "/v1/england/progress",
    "/v1/england/funnel/leadership",
    "/v1/england/returns/2022",
)
"""What is read of all trusts."""


@pytest.fixture
def as_real(app: FastAPI, given: Given) -> Given:
    """A trust with figures, invented and treated as real."""
    change = {"invented_figures": "as_real"}
    app.state.settings = app.state.settings.model_copy(update=change)
    given.actuals("ZZ901", 2022)
    given.board("ZZ901", 2022)
    given.indicators("ZZ901", 2022)
    given.target("ZZ901", Measure.LEADERSHIP, "2022-2025", goal_share="0.2000")
    return given


def test_invented_figures_are_open_unless_they_are_treated_as_real(
    client: TestClient, app: FastAPI, as_real: Given
) -> None:
    assert as_real
    paths = [*OF_THE_TRUST, *OF_ENGLAND]

    refused = [client.get(path) for path in paths]
    app.state.settings = app.state.settings.model_copy(update={"invented_figures": "open"})
    answered = {path: client.get(path).status_code for path in paths}

    for path, response in zip(paths, refused, strict=True):
        problem = problem_of(response)
        assert {**problem, "detail": NO_TOKEN["detail"]} == NO_TOKEN, path
    assert answered == dict.fromkeys(paths, 200)


def test_what_is_treated_as_real_is_read_by_whom_it_is_of(
    client: TestClient, as_real: Given
) -> None:
    own, other = as_real.token("trust", "ZZ901"), as_real.token("trust", "ZZ902")
    path = f"{TRUST}/actuals/2022"

    assert client.get(path, headers=own).status_code == 200
    assert problem_of(client.get(path, headers=other)) == not_allowed(
        "trust", "national", "trust", "trust_data"
    )


def test_of_what_is_treated_as_real_only_what_was_released_is_downloaded(
    client: TestClient, as_real: Given, national: Headers
) -> None:
    as_real.signed_off("ZZ901", 2022, on=date(2022, 7, 25))

    before = client.get("/v1/downloads"), client.get("/v1/downloads/2022")
    released = client.post(f"{TRUST}/actuals/2022/release", json={}, headers=national)
    after = client.get("/v1/downloads"), client.get("/v1/downloads/2022")

    assert released.status_code == 201
    assert (before[0].json()["items"], before[1].status_code) == ([], 404)
    assert [one["year"] for one in after[0].json()["items"]] == [2022]
    assert after[1].status_code == 200


def test_changes_of_what_is_treated_as_real_are_told_to_whom_they_are_of(
    client: TestClient, as_real: Given
) -> None:
    own, other = as_real.token("trust", "ZZ901"), as_real.token("trust", "ZZ902")

    def kinds_told(headers: Headers) -> set[str]:
        items: list[Body] = client.get("/v1/changes", headers=headers).json()["items"]
        return {one["kind"] for one in items if one["ods_code"] == "ZZ901"}

    told = {"organisation", "actuals", "board", "indicators", "target"}
    assert kinds_told(own) == told
    assert kinds_told(other) == kinds_told({}) == {"organisation"}
