"""Figures of invented trusts and of real ones: open or not, and never beside each other."""

import pytest
from starlette.testclient import TestClient

from app.domain.measures import Measure
from tests.api.callers import NO_TOKEN, READS, TARGET_READS
from tests.bodies import Headers, actuals_body, board_body, problem, problem_of
from tests.given import Given


def test_the_figures_of_invented_trusts_are_open_to_all(client: TestClient, given: Given) -> None:
    given.actuals("ZZ901", 2022)
    given.board("ZZ901", 2022)
    given.target("ZZ901", Measure.LEADERSHIP, "2022-2025", goal_share="0.2000")
    paths = (
        "actuals",
        "actuals/2022",
        "actuals/2022/revisions",
        "board/2022",
        "targets",
        "targets/leadership-2022-2025",
        "progress",
        "progress/leadership",
    )

    answers = {path: client.get(f"/v1/trusts/ZZ901/{path}").status_code for path in paths}

    assert answers == dict.fromkeys(paths, 200)


def test_the_figures_of_real_trusts_are_not_public(client: TestClient, given: Given) -> None:
    given.actuals("RZ1", 2024)
    paths = [*READS, *TARGET_READS, "progress", "progress/leadership"]

    answers = [client.get(f"/v1/trusts/RZ1/{path}") for path in paths]

    for response in answers:
        assert problem_of(response) == NO_TOKEN
        assert response.headers["www-authenticate"] == "Bearer"


@pytest.mark.parametrize("held", ["actuals", "board"])
@pytest.mark.parametrize("sent", ["actuals", "board"])
@pytest.mark.parametrize(
    ("first", "second", "word"), [("RZ1", "ZZ901", "real"), ("ZZ901", "RZ1", "invented")]
)
def test_invented_and_real_figures_are_not_held_beside_each_other(
    *,
    client: TestClient,
    given: Given,
    national: Headers,
    held: str,
    sent: str,
    first: str,
    second: str,
    word: str,
) -> None:
    bodies = {"actuals": actuals_body(), "board": board_body()}
    paths = [f"/v1/trusts/{first}/{held}/2023", f"/v1/trusts/{second}/{sent}/2024"]
    assert client.put(paths[0], json=bodies[held], headers=national).status_code == 201
    before = given.count_rows()

    response = client.put(paths[1], json=bodies[sent], headers=national)

    assert problem_of(response) == problem(
        409,
        "synthetic-beside-real",
        "Invented beside real figures",
        f"This database holds {word} figures; invented and real figures may not stand beside"
        " each other. Use another database.",
        held=word,
    )
    assert client.get(paths[1], headers=national).status_code == 404
    assert given.count_rows() == before
