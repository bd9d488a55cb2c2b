"""Who is told who has sent what, and what is refused."""

import csv

import pytest
from starlette.testclient import TestClient

from tests.api.beginnings import Begin
from tests.api.databases import on_sqlite
from tests.api.returns import COVERED, DATES, OVERDUE, PATH, SIGNED_OFF, send
from tests.bodies import JSON, Headers, problem, problem_of
from tests.given import Given


@pytest.fixture
def begin(request: pytest.FixtureRequest) -> Begin | None:
    return send if "sent" in request.fixturenames else None


@pytest.fixture
def sent(client: TestClient) -> TestClient:
    """A client of a service that holds what was sent for 2024."""
    return client


@pytest.mark.parametrize(
    ("places", "items"),
    [
        (("QMF",), [COVERED, SIGNED_OFF]),
        (("Y63",), [OVERDUE]),
        (("QMF", "QHM"), [OVERDUE, COVERED, SIGNED_OFF]),
    ],
)
def test_an_area_is_told_of_its_trusts(
    sent: TestClient, given: Given, places: tuple[str, ...], items: list[JSON]
) -> None:
    body = sent.get(PATH, headers=given.token("area", *places)).json()

    assert body["items"] == items
    assert body["summary"]["expected"] == len(items)


def test_an_area_is_told_of_no_draft(sent: TestClient, given: Given, national: Headers) -> None:
    targets, area = "/v1/trusts/RZ2/targets", given.token("area", "Y63")
    own = f"{targets}/{OVERDUE['targets'][0]['id']}"
    before = sent.get(PATH, headers=area).json()
    stated = {"bme": 1, "total": 9, "workforce_bme": 9, "workforce_total": 90, "source": "Report"}
    draft = {"measure": "board", "cycle": "2022-2025", "goal_headcount": 2, "baseline": stated}
    version = {"goal_share": "0.5000", "change_reason": "More"}
    for path, body in ((targets, draft), (f"{own}/versions", version)):
        assert sent.post(path, json=body, headers=national).is_success
    as_csv = {"Accept": "text/csv"}

    after, whole = (sent.get(PATH, headers=who).json() for who in (area, national))
    (line,) = csv.DictReader(sent.get(PATH, headers=area | as_csv).text.splitlines())
    sent.post(f"{own}/withdraw", json={"version": 1, "comment": "A slip"}, headers=national)
    withdrawn = sent.get(PATH, headers=area).json()["items"][0]["targets"]

    states = [[one["state"] for one in told["items"][0]["targets"]] for told in (after, whole)]
    assert after == before
    assert states == [["submitted"], ["submitted", "draft"]]
    assert (line["targets_draft"], line["targets_submitted"]) == ("0", "1")
    assert [(one["version"], one["state"]) for one in withdrawn] == [(1, "withdrawn")]


def test_an_area_without_trusts_is_told_of_none(
    sent: TestClient, given: Given, national: Headers
) -> None:
    board = {"kind": "icb", "name": "New ICB", "region": "Y56"}
    entered = sent.put("/v1/organisations/QXX", json=board, headers=national)
    assert entered.status_code == 201

    body = sent.get(PATH, headers=given.token("area", "QXX")).json()

    assert (body["items"], body["as_of"]) == ([], "2026-11-23T09:00:09Z")
    (of_cycle,) = body["summary"].pop("plans_by_cycle")
    assert set(body["summary"].values()) == {0}
    assert list(of_cycle.values()) == ["2022-2025", False, 0, 0, 0]


@pytest.mark.parametrize("role", ["trust", "trust_data"])
def test_trusts_are_not_told_who_has_sent_what(sent: TestClient, given: Given, role: str) -> None:
    response = sent.get(PATH, headers=given.token(role, "RZ1"))

    assert problem_of(response) == problem(
        403,
        "not-allowed",
        "Not allowed",
        f"A token with the role {role} may not do this; it takes one with the role area or"
        " national for this organisation.",
        role=role,
        roles_that_may=["area", "national"],
    )


def test_nobody_is_told_without_a_token(sent: TestClient) -> None:
    assert problem_of(sent.get(PATH)) == problem(
        401, "token-invalid", "A valid token is required", "This takes a bearer token."
    )


@pytest.mark.parametrize("role", ["anonymous", "trust", "trust_data", "area", "national"])
def test_everybody_is_told_of_invented_trusts(client: TestClient, given: Given, role: str) -> None:
    given.actuals("ZZ905", 2024, covers=("ZZ903",))
    places = {"area": ("Y63",), "trust": ("RZ1",), "trust_data": ("RZ1",)}.get(role, ())
    headers = {} if role == "anonymous" else given.token(role, *places)

    body = client.get(PATH, headers=headers).json()

    assert body["synthetic"] is True
    assert [(one["ods_code"], one["actuals"]["status"]) for one in body["items"]] == [
        ("ZZ901", "awaited"),
        ("ZZ902", "awaited"),
        ("ZZ904", "awaited"),
        ("ZZ903", "covered"),
    ]


def test_a_census_that_is_not_there_is_not_found(client: TestClient, national: Headers) -> None:
    response = client.get("/v1/england/returns/2027", headers=national)

    assert problem_of(response) == problem(
        404,
        "census-not-found",
        "Census not found",
        "There is no census of 2027 in the register.",
        year=2027,
    )


def test_the_future_is_not_known(client: TestClient, national: Headers) -> None:
    found = problem_of(
        client.get(PATH, headers=national, params={"as_of": "2026-11-23T09:00:01Z"})
    )

    assert found["type"] == "/problems/unacceptable-question"
    assert [(one["pointer"], one["code"]) for one in found["errors"]] == [
        ("?as_of", "as_of_in_future")
    ]


@on_sqlite
def test_a_question_that_makes_no_sense_is_refused(client: TestClient, national: Headers) -> None:
    params = {"status": "late", "limit": "501", "region": "London"}

    found = problem_of(client.get(PATH, headers=national, params=params))

    assert {(one["pointer"], one["code"]) for one in found["errors"]} == {
        ("?status", "unknown_code"),
        ("?limit", "too_large"),
        ("?region", "string_too_long"),
    }


# Once the census is published.


def not_public(*names: str) -> JSON:
    """Return members that not everybody is told."""
    return dict.fromkeys(names) | {f"{name}_reason": "not_public" for name in names}


def in_public(row: JSON) -> JSON:
    """Return a row as everybody is told it: how the actuals stand, and nothing else."""
    hidden = ("sent_at", "revision", "state", "covered_by", "due", "days_overdue", "days_left")
    actuals = {"status": row["actuals"]["status"], **not_public(*hidden)}
    kept = {name: row[name] for name in ("ods_code", "name", "region", "icb", "overdue")}
    return (
        kept
        | {"actuals": actuals}
        | not_public("board", "indicators", "targets", "action_plan", "plans")
    )


@pytest.fixture
def published(sent: TestClient, national: Headers) -> TestClient:
    """The same, after the figures of 2024 were published."""
    dates = DATES | {"published": "2025-03-18"}
    put = sent.put("/v1/censuses/2024", json=dates, headers=national | {"If-Match": '"1"'})
    assert put.status_code == 200, put.text
    return sent


@pytest.mark.parametrize("role", ["anonymous", "trust", "trust_data"])
def test_once_a_census_is_published_everybody_is_told_how_the_actuals_stand(
    published: TestClient, given: Given, role: str
) -> None:
    headers = {} if role == "anonymous" else given.token(role, "RZ1")

    body = published.get(PATH, headers=headers).json()

    assert body["items"] == [in_public(one) for one in (OVERDUE, COVERED, SIGNED_OFF)]
    untold = (
        *("with_indicators", "with_targets", "targets_waiting"),
        *("plans", "plans_reviewed", "plans_by_cycle"),
    )
    counts = {"expected": 3, "sent": 2, "signed_off": 2, "overdue": 1}
    assert body["summary"] == counts | not_public(*untold)
    # Neither the target nor the plan, which came later, is what the answer depends on.
    assert body["as_of"] == "2026-11-23T09:00:09Z"


def test_a_public_file_leaves_out_what_is_not_public(published: TestClient) -> None:
    found = published.get(PATH, headers={"Accept": "text/csv"}, params={"icb": "QHM"})

    (line,) = csv.DictReader(found.text.splitlines())
    assert {name: told for name, told in line.items() if told} == {
        "year": "2024",
        "ods_code": "RZ2",
        "name": "Second Example NHS Trust",
        "region": "Y63",
        "icb": "QHM",
        "synthetic": "False",
        "status": "overdue",
        "overdue": "True",
    }


def test_the_national_team_and_areas_are_told_as_before(
    published: TestClient, given: Given, national: Headers
) -> None:
    whole = published.get(PATH, headers=national).json()
    own = published.get(PATH, headers=given.token("area", "Y63")).json()

    assert whole["items"] == [OVERDUE, COVERED, SIGNED_OFF]
    assert own["items"] == [OVERDUE]


def test_other_censuses_stay_closed(published: TestClient) -> None:
    response = published.get("/v1/england/returns/2023")

    assert problem_of(response)["type"] == "/problems/token-invalid"
