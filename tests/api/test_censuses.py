"""The dates of censuses: set by the national team, read by everybody."""

from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime

import pytest
from starlette.testclient import TestClient

from tests.bodies import JSON, Headers, fault, problem, problem_of, refused
from tests.given import Clock, Given

PATH = "/v1/censuses/2024"

AS_SHIPPED = {
    "year": 2024,
    "day": "2024-03-31",
    "opens": "2024-04-01",
    "due": None,
    "published": None,
}

EXTENSION = {"ods_code": "RZ1", "due": "2024-07-31", "reason": "A new payroll system"}

OTHER_EXTENSION = {"ods_code": "RZ2", "due": "2024-08-31", "reason": "A ward moved"}

BODY = {
    "opens": "2024-04-02",
    "due": "2024-06-30",
    "published": "2025-03-18",
    "extensions": [OTHER_EXTENSION, EXTENSION],
}

DATES = {**AS_SHIPPED, "opens": "2024-04-02", "due": "2024-06-30", "published": "2025-03-18"}

SHOWN = {**DATES, "extensions": [EXTENSION, OTHER_EXTENSION]}

NEXT = {
    "year": 2027,
    "day": "2027-03-31",
    "opens": "2027-04-01",
    "due": "2027-06-30",
    "published": None,
}


@pytest.fixture
def dated(client: TestClient, national: Headers) -> TestClient:
    """A client of a service that holds dates of 2024."""
    stored = client.put(PATH, json=BODY, headers=national | {"If-Match": '"0"'})
    assert stored.status_code == 200
    return client


def test_a_census_has_the_dates_that_it_came_with(client: TestClient, national: Headers) -> None:
    for headers, shown in (({}, AS_SHIPPED), (national, {**AS_SHIPPED, "extensions": []})):
        read = client.get(PATH, headers=headers)

        assert (read.status_code, read.headers["etag"]) == (200, '"0"')
        assert read.json() == shown


def test_dates_are_set_and_read_back_whole(client: TestClient, national: Headers) -> None:
    response = client.put(PATH, json=BODY, headers=national | {"If-Match": '"0"'})

    assert response.status_code == 200
    assert response.headers["etag"] == '"1"'
    assert "location" not in response.headers
    assert response.json() == SHOWN
    read = client.get(PATH, headers=national)
    assert read.headers["etag"] == '"1"'
    assert read.json() == SHOWN


def test_dates_are_listed_with_those_of_the_other_censuses(dated: TestClient) -> None:
    listed = dated.get("/v1/censuses").json()["items"]

    assert [one["year"] for one in listed] == list(range(2015, 2027))
    assert [one for one in listed if one["due"] is not None] == [DATES]


@pytest.mark.parametrize(
    ("body", "precondition"),
    [
        pytest.param(BODY, {}, id="the same"),
        pytest.param(BODY, {"If-Match": '"7"'}, id="If-Match"),
        pytest.param(BODY, {"If-None-Match": "*"}, id="If-None-Match"),
        pytest.param(BODY | {"extensions": [EXTENSION, OTHER_EXTENSION]}, {}, id="another order"),
    ],
)
def test_the_same_dates_change_nothing_whatever_the_precondition(
    *, dated: TestClient, given: Given, national: Headers, body: JSON, precondition: Headers
) -> None:
    before = given.count_rows()

    response = dated.put(PATH, json=body, headers=national | precondition)

    assert (response.status_code, response.headers["etag"]) == (200, '"1"')
    assert response.json() == SHOWN
    assert given.count_rows() == before


def test_the_dates_that_a_census_came_with_can_be_said_again(
    client: TestClient, given: Given, national: Headers
) -> None:
    before = given.count_rows()

    response = client.put(PATH, json={"opens": "2024-04-01"}, headers=national)

    assert (response.status_code, response.headers["etag"]) == (200, '"0"')
    assert given.count_rows() == before


def test_dates_are_changed_whole(dated: TestClient, national: Headers) -> None:
    body = {"opens": "2024-04-01", "due": "2024-07-31"}

    response = dated.put(PATH, json=body, headers=national | {"If-Match": '"1"'})

    assert (response.status_code, response.headers["etag"]) == (200, '"2"')
    assert response.json() == {
        **AS_SHIPPED,
        "opens": "2024-04-01",
        "due": "2024-07-31",
        "extensions": [],
    }


def test_what_was_set_before_is_kept(dated: TestClient, given: Given, national: Headers) -> None:
    dated.put(PATH, json={"opens": "2024-04-01"}, headers=national | {"If-Match": '"1"'})

    held = given.count_rows()
    assert (held["census_revision"], held["census_extension"]) == (2, 2)
    assert "A ward moved" in given.read_database()


@pytest.mark.parametrize(
    ("precondition", "expected"),
    [
        pytest.param(
            {},
            problem(
                428,
                "revision-not-named",
                "If-Match is required",
                'To change what is held, send its ETag in If-Match: "1".',
                held='"1"',
            ),
            id="none",
        ),
        pytest.param(
            {"If-Match": '"0"'},
            problem(
                412,
                "revision-stale",
                "Revision is stale",
                'The precondition does not hold: what is held is "1". Read it again, then repeat'
                " the change.",
                held='"1"',
            ),
            id="stale",
        ),
    ],
)
def test_dates_are_changed_only_by_who_has_seen_them(
    *, dated: TestClient, given: Given, national: Headers, precondition: Headers, expected: JSON
) -> None:
    before = given.count_rows()

    response = dated.put(PATH, json={"opens": "2024-04-01"}, headers=national | precondition)

    assert problem_of(response) == expected
    assert given.count_rows() == before


def test_the_next_census_is_entered(client: TestClient, national: Headers) -> None:
    body = {"opens": "2027-04-01", "due": "2027-06-30"}

    response = client.put("/v1/censuses/2027", json=body, headers=national)

    assert response.status_code == 201
    assert response.headers["location"] == "/v1/censuses/2027"
    assert response.headers["etag"] == '"1"'
    assert response.json() == {**NEXT, "extensions": []}
    assert client.get("/v1/censuses/2027").json() == NEXT
    assert client.get("/v1/censuses").json()["items"][-1] == NEXT


def test_of_many_who_enter_a_census_one_succeeds(
    client: TestClient, given: Given, national: Headers
) -> None:
    headers = national | {"If-None-Match": "*"}

    with ThreadPoolExecutor(4) as pool:
        answers = list(
            pool.map(
                lambda day: client.put(
                    "/v1/censuses/2027", json={"opens": f"2027-04-0{day}"}, headers=headers
                ),
                range(1, 5),
            )
        )

    assert Counter(answer.status_code for answer in answers) == {201: 1, 412: 3}
    stored = next(answer for answer in answers if answer.status_code == 201)
    assert client.get("/v1/censuses/2027", headers=national).json() == stored.json()
    assert given.count_rows()["census_revision"] == 1


def test_figures_are_accepted_from_the_day_that_was_set(
    client: TestClient, clock: Clock, given: Given, national: Headers
) -> None:
    body = {"opens": "2026-12-01"}
    client.put("/v1/censuses/2026", json=body, headers=national | {"If-Match": '"0"'})
    sender = given.token("trust_data", "ZZ901")
    board = {
        "source": "Board register",
        "members": [{"voting": True, "executive": True, "ethnic_group": "bme", "headcount": 3}],
    }

    early = client.put("/v1/trusts/ZZ901/board/2026", json=board, headers=sender)
    clock.set(datetime(2026, 12, 1, tzinfo=UTC))
    late = client.put("/v1/trusts/ZZ901/board/2026", json=board, headers=sender)

    assert problem_of(early) == refused(
        "board", fault("", "census_not_open", "The census of 2026 opens on 2026-12-01.")
    )
    assert late.status_code == 201


# Who is told of extensions


@pytest.mark.parametrize(
    ("role", "codes", "seen"),
    [
        ("national", (), ["RZ1", "RZ2"]),
        ("area", ("QHM",), ["RZ2"]),
        ("area", ("Y56",), ["RZ1"]),
        ("trust", ("RZ2",), ["RZ2"]),
        ("trust", ("ZZ901",), []),
    ],
)
def test_an_extension_is_told_to_the_national_team_the_area_and_the_trust(
    *, dated: TestClient, given: Given, role: str, codes: tuple[str, ...], seen: list[str]
) -> None:
    headers = given.token(role, *codes)
    expected = [one for one in (EXTENSION, OTHER_EXTENSION) if one["ods_code"] in seen]

    one = dated.get(PATH, headers=headers).json()
    (listed,) = [
        one for one in dated.get("/v1/censuses", headers=headers).json()["items"] if one["due"]
    ]

    assert one == listed == {**DATES, "extensions": expected}


def test_an_extension_of_a_predecessor_is_told_to_its_successor(
    client: TestClient, given: Given, national: Headers
) -> None:
    extension = {"ods_code": "RZ0", "due": "2024-07-31", "reason": "Merging"}
    body = BODY | {"extensions": [extension]}
    client.put(PATH, json=body, headers=national | {"If-Match": '"0"'})

    shown = client.get(PATH, headers=given.token("trust", "RZ1")).json()

    assert shown["extensions"] == [extension]


@pytest.mark.parametrize("role", ["anonymous", "trust_data"])
def test_others_are_told_of_no_extension(dated: TestClient, given: Given, role: str) -> None:
    headers = {} if role == "anonymous" else given.token(role, "RZ1")

    assert dated.get(PATH, headers=headers).json() == DATES


def test_an_area_keeps_an_answer_only_as_long_as_it_is_the_same(
    dated: TestClient, given: Given, national: Headers
) -> None:
    area = given.token("area", "Y56")
    first = dated.get(PATH, headers=area)
    entry = {"kind": "trust", "name": "First Example NHS Trust", "icb": "QHM", "region": "Y63"}
    moved = dated.put("/v1/organisations/RZ1", json=entry, headers=national | {"If-Match": '"1"'})
    assert moved.status_code == 200

    again = dated.get(PATH, headers=area | {"If-None-Match": first.headers["etag"]})

    assert (again.status_code, again.json()) == (200, {**DATES, "extensions": []})
