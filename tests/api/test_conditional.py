"""Entity tags: 304 for whoever holds the answer, 412 and 428 for whoever would overwrite one."""

from collections.abc import Callable
from datetime import date
from typing import NamedTuple

import pytest
from starlette.testclient import TestClient

from tests.api.databases import on_sqlite
from tests.bodies import (
    JSON,
    Headers,
    actuals_body,
    board_body,
    cells,
    members,
    problem,
    problem_of,
)
from tests.given import Given


class Resource(NamedTuple):
    """What is put: where, and three bodies that differ from each other."""

    path: str
    first: JSON
    second: JSON
    third: JSON


ACTUALS = Resource(
    "/v1/trusts/ZZ901/actuals/2024",
    actuals_body(),
    actuals_body(cells({"bme": 60}), reason="Corrected"),
    actuals_body(cells({"bme": 59}), reason="Corrected again"),
)

BOARD = Resource(
    "/v1/trusts/ZZ901/board/2024",
    board_body(),
    board_body(members({"bme": 4}), reason="Corrected"),
    board_body(members({"bme": 5}), reason="Corrected again"),
)

ORGANISATION = Resource(
    "/v1/organisations/ZZ911",
    {"kind": "trust", "name": "First Trust (demonstration)"},
    {"kind": "trust", "name": "Second Trust (demonstration)"},
    {"kind": "trust", "name": "Third Trust (demonstration)"},
)

RESOURCES = [
    pytest.param(ACTUALS, id="actuals"),
    pytest.param(BOARD, id="board"),
    pytest.param(ORGANISATION, id="organisation"),
]


def stale(held: str | None) -> JSON:
    """Return the problem of a precondition that does not hold."""
    seen = "nothing is held" if held is None else f"what is held is {held}"
    return problem(
        412,
        "revision-stale",
        "Revision is stale",
        f"The precondition does not hold: {seen}. Read it again, then repeat the change.",
        held=held,
    )


NOT_NAMED = problem(
    428,
    "revision-not-named",
    "If-Match is required",
    'To change what is held, send its ETag in If-Match: "2".',
    held='"2"',
)


@pytest.fixture
def twice(client: TestClient, national: Headers) -> Callable[[Resource], None]:
    """Store a first and a second revision of a resource."""

    def store(one: Resource) -> None:
        first = client.put(one.path, json=one.first, headers=national)
        assert (first.status_code, first.headers["etag"]) == (201, '"1"'), first.text
        held = national | {"If-Match": first.headers["etag"]}
        second = client.put(one.path, json=one.second, headers=held)
        assert (second.status_code, second.headers["etag"]) == (200, '"2"'), second.text

    return store


@on_sqlite
@pytest.mark.parametrize("one", RESOURCES)
@pytest.mark.parametrize(
    "precondition",
    [
        {"If-Match": '"2"'},
        {"If-Match": '"1", "2"'},
        {"If-Match": "*"},
        {"If-Match": '"2"', "If-None-Match": '"1"'},
    ],
    ids=str,
)
def test_a_change_that_names_what_is_held_is_made(
    *,
    client: TestClient,
    national: Headers,
    twice: Callable[[Resource], None],
    one: Resource,
    precondition: Headers,
) -> None:
    twice(one)

    response = client.put(one.path, json=one.third, headers=national | precondition)

    assert response.status_code == 200
    assert response.headers["etag"] == '"3"' == client.get(one.path).headers["etag"]


REFUSED: list[tuple[Headers, JSON]] = [
    ({}, NOT_NAMED),
    ({"If-None-Match": '"1"'}, NOT_NAMED),
    ({"If-Match": '"1"'}, stale('"2"')),
    ({"If-Match": '"1", "3"'}, stale('"2"')),
    ({"If-Match": 'W/"2"'}, stale('"2"')),  # RFC 9110: compared strongly
    ({"If-Match": "2"}, stale('"2"')),
    ({"If-Match": ""}, stale('"2"')),
    ({"If-None-Match": "*"}, stale('"2"')),
    ({"If-None-Match": '"2"'}, stale('"2"')),
    ({"If-Match": '"2"', "If-None-Match": "*"}, stale('"2"')),
]


@pytest.mark.parametrize("one", RESOURCES)
def test_a_change_that_does_not_name_what_is_held_is_refused(
    *,
    client: TestClient,
    given: Given,
    national: Headers,
    twice: Callable[[Resource], None],
    one: Resource,
) -> None:
    twice(one)
    before = client.get(one.path).json(), given.count_rows()

    answers = [
        problem_of(client.put(one.path, json=one.third, headers=national | precondition))
        for precondition, _ in REFUSED
    ]

    assert answers == [expected for _, expected in REFUSED]
    assert (client.get(one.path).json(), given.count_rows()) == before


@pytest.mark.parametrize("one", RESOURCES)
def test_a_first_write_may_say_that_nothing_is_held(
    client: TestClient, national: Headers, one: Resource
) -> None:
    response = client.put(one.path, json=one.first, headers=national | {"If-None-Match": "*"})

    assert response.status_code == 201
    assert response.headers["etag"] == '"1"'


@pytest.mark.parametrize("one", RESOURCES)
@pytest.mark.parametrize("tag", ['"1"', "*"])
def test_a_change_of_what_is_not_held_is_refused(
    *, client: TestClient, given: Given, national: Headers, one: Resource, tag: str
) -> None:
    before = given.count_rows()

    response = client.put(one.path, json=one.first, headers=national | {"If-Match": tag})

    assert problem_of(response) == stale(None)
    assert client.get(one.path).status_code == 404
    assert given.count_rows() == before


def test_a_sign_off_is_a_change_of_what_is_held(client: TestClient, given: Given) -> None:
    given.actuals("ZZ901", 2024)
    headers = given.token("trust", "ZZ901")
    seen = client.get(ACTUALS.path).headers["etag"]
    given.signed_off("ZZ901", 2024, on=date(2024, 7, 25))
    held = client.get(ACTUALS.path).headers["etag"]

    late = client.put(ACTUALS.path, json=ACTUALS.second, headers=headers | {"If-Match": seen})
    fresh = client.put(ACTUALS.path, json=ACTUALS.second, headers=headers | {"If-Match": held})

    assert seen != held
    assert problem_of(late) == stale(held)
    assert fresh.status_code == 200


# Reads

READ = (
    "/v1/organisations",
    "/v1/organisations/ZZ901",
    "/v1/organisations?kind=icb",
    "/v1/measures",
    "/v1/bands",
    "/v1/ethnic-categories",
    "/v1/cycles",
    "/v1/censuses",
    "/v1/censuses/2024",
    "/v1/codes",
    "/v1/trusts/ZZ901/actuals",
    "/v1/trusts/ZZ901/actuals/2024",
    "/v1/trusts/ZZ901/actuals/2024/revisions",
    "/v1/trusts/ZZ901/board/2024",
    "/v1/trusts/ZZ901/targets",
    "/v1/trusts/ZZ901/progress",
    "/v1/trusts/ZZ901/progress/leadership",
)


def test_whoever_holds_the_answer_gets_no_other(client: TestClient, given: Given) -> None:
    given.actuals("ZZ901", 2024)
    given.board("ZZ901", 2024)

    for path in READ:
        whole = client.get(path)
        tag = whole.headers["etag"]
        other = client.get(path, headers={"If-None-Match": '"other"'})
        assert whole.status_code == other.status_code == 200
        assert other.json() == whole.json()
        for holding in (tag, f"W/{tag}", f'"other", {tag}', "*"):
            same = client.get(path, headers={"If-None-Match": holding})
            assert (same.status_code, same.content) == (304, b"")
            for name in ("etag", "vary", "cache-control"):
                assert same.headers[name] == whole.headers[name]


def test_an_answer_stays_the_same_until_something_changes(
    client: TestClient, given: Given
) -> None:
    given.actuals("ZZ901", 2023)
    given.actuals("ZZ901", 2024)
    paths = [path for path in READ if "ZZ901" in path and "board" not in path]

    before = {path: client.get(path).headers["etag"] for path in paths}
    again = {path: client.get(path).headers["etag"] for path in paths}
    given.actuals("ZZ901", 2024, {("clinical", "8a"): (340, 60, 1)})
    after = {path: client.get(path).headers["etag"] for path in paths}

    assert again == before
    assert {path for path in paths if after[path] != before[path]} == {
        "/v1/trusts/ZZ901/actuals",
        "/v1/trusts/ZZ901/actuals/2024",
        "/v1/trusts/ZZ901/actuals/2024/revisions",
        "/v1/trusts/ZZ901/progress/leadership",
    }


def test_each_form_of_an_answer_has_a_tag_of_its_own(client: TestClient, given: Given) -> None:
    given.actuals("ZZ901", 2024)

    as_json = client.get("/v1/organisations")
    as_csv = client.get("/v1/organisations", headers={"Accept": "text/csv"})

    assert as_json.headers["etag"] != as_csv.headers["etag"]
    assert "Accept" in as_json.headers["vary"]
    assert "Accept" in as_csv.headers["vary"]


def test_what_one_caller_sees_is_not_for_another(client: TestClient, given: Given) -> None:
    given.actuals("RZ1", 2024)
    headers = given.token("trust", "RZ1")

    seen = client.get("/v1/trusts/RZ1/actuals/2024", headers=headers)
    not_seen = client.get(
        "/v1/trusts/RZ1/actuals/2024", headers={"If-None-Match": seen.headers["etag"]}
    )

    assert "Authorization" in seen.headers["vary"]
    assert "private" in seen.headers["cache-control"]
    assert not_seen.status_code == 401


@pytest.mark.parametrize("path", ["/v1/trusts/ZZ901/actuals/2024", "/v1/organisations/ZZ999"])
def test_what_is_not_there_is_not_found_whatever_the_caller_holds(
    client: TestClient, path: str
) -> None:
    response = client.get(path, headers={"If-None-Match": "*"})

    assert problem_of(response)["status"] == 404
    assert "etag" not in response.headers
