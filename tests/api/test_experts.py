"""WRES experts: recorded, changed, and refused with every fault."""

import pytest
from fastapi import FastAPI
from starlette.testclient import TestClient

from app.domain.experts import Expert, ExpertRevision, Person
from app.domain.records import Author, Record
from app.store import experts
from app.store.engine import writing
from tests.api.experts import (
    EMAIL,
    NAME,
    NOBODY,
    PATH,
    erase,
    expert_body,
    not_found,
    record,
    record_another,
    shown,
    support,
)
from tests.bodies import JSON, Headers, fault, malformed, problem, problem_of, refused
from tests.given import SETUP, Given
from tests.origins import ORIGIN

on_sqlite = pytest.mark.parametrize("database", ["sqlite"], indirect=True)
"""For what is refused before the database is asked."""

OLD, NEW = support("RZ0", "2019-04-01", "2024-03-31"), support("RZ1", "2024-04-01")


def test_an_expert_is_recorded_and_read_back_whole(client: TestClient, national: Headers) -> None:
    response = client.post(PATH, json=expert_body(NEW, OLD), headers=national)

    assert response.status_code == 201
    expert_id = response.json()["id"]
    assert response.headers["etag"] == '"1"'
    assert response.headers["location"] == f"{PATH}/{expert_id}"
    assert response.json() == shown(expert_id, OLD, NEW)
    read = client.get(f"{PATH}/{expert_id}", headers=national)
    assert read.status_code == 200
    assert read.headers["etag"] == '"1"'
    assert read.json() == shown(expert_id, OLD, NEW)


def test_an_expert_may_support_nobody_yet(client: TestClient, national: Headers) -> None:
    body = {"name": f" {NAME} ", "email": f"\t{EMAIL}\n", "cohort": " 2018 "}

    response = client.post(PATH, json=body, headers=national)

    assert response.status_code == 201
    assert response.json() == shown(response.json()["id"])


def test_an_e_mail_is_kept_as_it_is_written(client: TestClient, national: Headers) -> None:
    email = "An.O'Expert+WRES@Sub.Trust.Example"

    expert_id = record(client, national, email=email)

    assert client.get(f"{PATH}/{expert_id}", headers=national).json()["email"] == email


def test_each_expert_has_an_identifier(client: TestClient, national: Headers) -> None:
    made = {record_another(client, national) for _ in range(5)}

    assert len(made) == 5


def test_a_change_is_a_new_revision_and_the_old_one_is_kept(
    client: TestClient, given: Given, national: Headers
) -> None:
    expert_id = record(client, national, support("RZ0"))
    path = f"{PATH}/{expert_id}"
    body = expert_body(OLD, NEW, email="another@trust.example")

    response = client.put(path, json=body, headers=national | {"If-Match": '"1"'})

    expected = shown(
        expert_id,
        OLD,
        NEW,
        revision=2,
        email="another@trust.example",
        recorded_at="2026-11-23T09:00:01Z",
    )
    assert response.status_code == 200
    assert response.headers["etag"] == '"2"'
    assert response.json() == expected
    assert client.get(path, headers=national).json() == expected
    kept = given.read_database()
    assert EMAIL in kept
    assert "another@trust.example" in kept


@pytest.mark.parametrize(
    "precondition", [{}, {"If-Match": '"7"'}, {"If-None-Match": "*"}], ids=["none", "old", "new"]
)
def test_a_body_that_says_the_same_changes_nothing_whatever_its_precondition(
    client: TestClient, given: Given, national: Headers, precondition: Headers
) -> None:
    expert_id = record(client, national, OLD, NEW)
    before = given.count_rows()

    response = client.put(
        f"{PATH}/{expert_id}", json=expert_body(NEW, OLD), headers=national | precondition
    )

    assert response.status_code == 200
    assert response.headers["etag"] == '"1"'
    assert response.json() == shown(expert_id, OLD, NEW)
    assert given.count_rows() == before


@pytest.mark.parametrize(
    ("precondition", "expected"),
    [
        (
            {},
            problem(
                428,
                "revision-not-named",
                "If-Match is required",
                'To change what is held, send its ETag in If-Match: "1".',
                held='"1"',
            ),
        ),
        (
            {"If-Match": '"2"'},
            problem(
                412,
                "revision-stale",
                "Revision is stale",
                'The precondition does not hold: what is held is "1". Read it again, then repeat'
                " the change.",
                held='"1"',
            ),
        ),
    ],
    ids=["none", "stale"],
)
def test_a_change_names_what_it_changes(
    *,
    client: TestClient,
    given: Given,
    national: Headers,
    precondition: Headers,
    expected: JSON,
) -> None:
    expert_id = record(client, national)
    before = given.read_database()

    response = client.put(
        f"{PATH}/{expert_id}", json=expert_body(NEW), headers=national | precondition
    )

    assert problem_of(response) == expected
    assert given.read_database() == before


def test_an_expert_who_is_not_there_is_not_found(
    client: TestClient, given: Given, national: Headers
) -> None:
    before = given.count_rows()

    answers = [
        client.request(method, f"{PATH}/{NOBODY}", json=body, headers=national)
        for method, body in (("GET", None), ("PUT", expert_body()), ("DELETE", None))
    ]

    assert [problem_of(answer) for answer in answers] == [not_found(NOBODY)] * 3
    assert given.count_rows() == before


@on_sqlite
@pytest.mark.parametrize("expert_id", ["x", "0123456789ab", "x0123456789AB", "x0123456789abc"])
def test_an_identifier_has_its_form(client: TestClient, national: Headers, expert_id: str) -> None:
    response = client.get(f"{PATH}/{expert_id}", headers=national)

    assert [one["pointer"] for one in problem_of(response)["errors"]] == ["{expert_id}"]


# Faults


@pytest.mark.parametrize("method", ["POST", "PUT"])
def test_every_fault_against_the_register_is_listed_and_nothing_is_stored(
    client: TestClient, given: Given, national: Headers, method: str
) -> None:
    expert_id = record(client, national)
    other = record_another(client, national, email="other.expert@trust.example")
    before = given.read_database()
    body = expert_body(
        support("ZZ999"),
        support("QMF"),
        support("RZ0", "2024-04-01"),
        support("ZZ905", "2024-03-31"),
        support("RZ1", "2020-01-01"),
        support("RZ1", "2019-01-01", "2020-01-01"),
        support("RZ2", "2020-01-01", "2019-12-31"),
        email="Other.Expert@Trust.Example",
    )
    path = PATH if method == "POST" else f"{PATH}/{expert_id}"

    response = client.request(method, path, json=body, headers=national | {"If-Match": "*"})

    assert problem_of(response) == refused(
        "expert",
        fault(
            "/email",
            "duplicate_email",
            f"The expert {other} has this e-mail; change that record instead.",
        ),
        fault(
            "/supports/5",
            "overlapping_support",
            "RZ1 is supported at an overlapping time at /supports/4 too; end one before the"
            " other starts.",
        ),
        fault(
            "/supports/6/ends",
            "ends_before_start",
            "It ends on 2019-12-31, before it starts on 2020-01-01.",
        ),
        fault("/supports/0/ods_code", "unknown_code", "No organisation has the ODS code ZZ999."),
        fault("/supports/1/ods_code", "wrong_kind", "QMF is a icb; experts support trusts."),
        fault(
            "/supports/2/starts",
            "trust_not_open",
            "RZ0 was not open on 2024-04-01; start on a day when it was.",
        ),
        fault(
            "/supports/3/starts",
            "trust_not_open",
            "ZZ905 was not open on 2024-03-31; start on a day when it was.",
        ),
    )
    assert given.read_database() == before


def test_an_email_that_is_kept_is_not_asked_about(
    client: TestClient, national: Headers, app: FastAPI
) -> None:
    expert_id = record(client, national)
    twin = Expert(Person("A Twin", EMAIL), "2018", ())
    with writing(app.state.engine, ORIGIN) as session:
        revision = ExpertRevision("x1", 1, twin, Record(SETUP, Author("a team")), SETUP)
        experts.add(session, revision)

    body = expert_body(support("RZ1"), email=EMAIL.upper())
    response = client.put(f"{PATH}/{expert_id}", json=body, headers=national | {"If-Match": '"1"'})

    assert (response.status_code, response.json()["email"]) == (200, EMAIL.upper())


def test_the_email_of_an_erased_expert_is_free(client: TestClient, national: Headers) -> None:
    erase(client, national, record(client, national))

    assert record(client, national)


@on_sqlite
def test_a_malformed_body_is_told_every_fault(client: TestClient, national: Headers) -> None:
    body = {
        "email": EMAIL,
        "supports": [
            {"ods_code": "RZ1", "starts": "2020-01-01", "ends": "2019-12-31"},
            {"ods_code": "RZ1", "starts": "soon"},
        ],
        "telephone": "01234",
    }

    response = client.post(PATH, json=body, headers=national)

    required = "This member is required."
    found = problem_of(response)
    assert found == malformed(
        fault("/name", "missing", required),
        fault("/cohort", "missing", required),
        found["errors"][2],
        fault("/telephone", "unknown_member", "There is no such member; leave it out."),
        fault(
            "/supports/0/ends",
            "ends_before_start",
            "It ends on 2019-12-31, before it starts on 2020-01-01.",
        ),
    )
    assert found["errors"][2]["pointer"] == "/supports/1/starts"


@on_sqlite
@pytest.mark.parametrize(
    "email",
    [
        "expert",
        "@trust.example",
        "expert@",
        "expert@trust",
        "expert@trust.",
        "expert@.example",
        "expert@trust..example",
        "an expert@trust.example",
        "expert@a trust.example",
        "expert@trust@example.org",
        "expert\u00a0@trust.example",
        "expert\u0000@trust.example",
        f"{'x' * 241}@trust.example",
        "",
        7,
        None,
        [EMAIL],
    ],
)
def test_what_is_no_e_mail_is_refused_and_not_repeated(
    client: TestClient, given: Given, national: Headers, email: object
) -> None:
    before = given.count_rows()

    response = client.post(PATH, json=expert_body(email=email), headers=national)

    assert problem_of(response) == malformed(
        fault(
            "/email",
            "not_an_email",
            "Send an address of at most 254 characters, without spaces, with one @ and a dot"
            " after it.",
        )
    )
    assert given.count_rows() == before


@on_sqlite
@pytest.mark.parametrize("name", ["", " ", "x" * 201, "a\u0000b", 7, None, [NAME], {"is": NAME}])
def test_what_is_no_name_is_refused_and_not_repeated(
    client: TestClient, national: Headers, name: object
) -> None:
    response = client.post(PATH, json=expert_body(name=name), headers=national)

    assert problem_of(response) == malformed(
        fault("/name", "not_a_name", "Send a text of 1 to 200 printable characters.")
    )


def test_an_e_mail_is_as_long_as_can_be_kept(client: TestClient, national: Headers) -> None:
    email = f"{'x' * 240}@trust.example"
    assert len(email) == 254

    expert_id = record(client, national, email=email)

    assert client.get(f"{PATH}/{expert_id}", headers=national).json()["email"] == email
