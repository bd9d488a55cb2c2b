"""Requests that name themselves are done once, however often they are sent."""

from datetime import timedelta

import pytest
from fastapi import FastAPI
from starlette.testclient import TestClient

from app.domain.callers import Caller, Role
from app.domain.changes import Change, ChangeKind
from app.services.redaction import redact
from app.store.engine import writing
from tests.api.databases import on_sqlite
from tests.api.experts import EMAIL, NAME, PATH, expert_body, record
from tests.api.imports import IMPORTS, LONG, SOURCE, TOTALS, send
from tests.bodies import Headers, fault, malformed, problem, problem_of
from tests.given import START, Clock, Given
from tests.origins import ORIGIN

ONCE = {"Idempotency-Key": "3f9c-1"}

REUSED = problem(
    422,
    "idempotency-key-reused",
    "Idempotency key reused",
    "The key 3f9c-1 named another request in the last 24 hours; send that one again as it was, or"
    " this one with a key of its own.",
    key="3f9c-1",
)


NOT_KEPT = (
    "The request 3f9c-1 was done, and its answer is not kept: it held a secret, which is shown"
    " once, or a text that was taken out since. If a secret was lost, take back what was made, and"
    " make it anew with another key."
)


def test_the_same_request_gets_the_same_answer_and_is_done_once(
    client: TestClient, given: Given, national: Headers
) -> None:
    first = client.post(PATH, json=expert_body(), headers=national | ONCE)
    after = given.count_rows()

    again = client.post(PATH, json=expert_body(), headers=national | ONCE)

    assert first.status_code == again.status_code == 201
    assert again.content == first.content
    told = ("location", "etag", "content-type", "content-length")
    assert [again.headers[name] for name in told] == [first.headers[name] for name in told]
    assert "idempotency-replayed" not in first.headers
    assert again.headers["idempotency-replayed"] == "true"
    assert given.count_rows() == after


def test_without_a_key_the_same_request_is_done_again(
    client: TestClient, national: Headers
) -> None:
    first, again = (client.post(PATH, json=expert_body(), headers=national) for _ in range(2))

    assert (first.status_code, again.status_code) == (201, 422)
    assert problem_of(again)["errors"][0]["code"] == "duplicate_email"


@on_sqlite
def test_another_body_with_the_same_key_is_refused(
    client: TestClient, given: Given, national: Headers
) -> None:
    client.post(PATH, json=expert_body(), headers=national | ONCE)
    before = given.count_rows()

    response = client.post(PATH, json=expert_body(cohort="2019"), headers=national | ONCE)

    assert problem_of(response) == REUSED
    assert given.count_rows() == before


@on_sqlite
def test_another_operation_with_the_same_key_is_refused(
    client: TestClient, given: Given, national: Headers
) -> None:
    given.actuals("ZZ901", 2024)
    body = {"board_date": "2024-07-25", "lead_role": "Chair"}
    client.post(PATH, json=expert_body(), headers=national | ONCE)

    sign_off = "/v1/trusts/ZZ901/actuals/2024/sign-off"
    response = client.post(sign_off, json=body, headers=national | ONCE)

    assert problem_of(response) == REUSED


@on_sqlite
def test_the_same_key_of_another_caller_is_another_request(
    client: TestClient, given: Given, national: Headers
) -> None:
    other = given.token("national", name="national team too")

    first = client.post(PATH, json=expert_body(), headers=national | ONCE)
    second = client.post(PATH, json=expert_body(email="other@trust.example"), headers=other | ONCE)

    assert (first.status_code, second.status_code) == (201, 201)
    assert first.json()["id"] != second.json()["id"]


@on_sqlite
def test_a_request_that_was_refused_is_tried_anew(
    client: TestClient, given: Given, national: Headers
) -> None:
    sent = expert_body({"ods_code": "ZZ990", "starts": "2019-04-01", "ends": None})

    refused = client.post(PATH, json=sent, headers=national | ONCE)
    given.trust("ZZ990")
    done = client.post(PATH, json=sent, headers=national | ONCE)

    assert (refused.status_code, done.status_code) == (422, 201)


@on_sqlite
def test_whoever_may_not_call_is_not_told_what_was_answered(
    client: TestClient, given: Given
) -> None:
    token = given.new_token("national", name="national team too")
    headers = {"Authorization": f"Bearer {token.secret}"} | ONCE
    client.post(PATH, json=expert_body(), headers=headers)
    given.revoked(token)

    revoked = client.post(PATH, json=expert_body(), headers=headers)
    nobody = client.post(PATH, json=expert_body(), headers=ONCE)

    assert (revoked.status_code, nobody.status_code) == (401, 401)


def test_a_key_is_forgotten_after_a_day(
    client: TestClient, clock: Clock, national: Headers
) -> None:
    first = client.post(PATH, json=expert_body(), headers=national | ONCE)
    clock.set(START + timedelta(hours=23, minutes=59))
    second = client.post(PATH, json=expert_body(), headers=national | ONCE)
    clock.set(START + timedelta(hours=24, seconds=1))
    other = expert_body(email="other@trust.example")
    third = client.post(PATH, json=other, headers=national | ONCE)

    assert second.json() == first.json()
    assert third.status_code == 201
    assert third.json()["id"] != first.json()["id"]


def test_an_answer_that_names_a_person_is_forgotten_with_the_person(
    client: TestClient, given: Given, national: Headers
) -> None:
    made = client.post(PATH, json=expert_body(), headers=national | ONCE).json()
    record(
        client, national | {"Idempotency-Key": "another"}, name="Other Expert", email="o@x.example"
    )

    client.delete(f"{PATH}/{made['id']}", headers=national)

    held = given.read_database()
    assert NAME not in held
    assert EMAIL not in held
    assert "Other Expert" in held
    again = client.post(PATH, json=expert_body(), headers=national | ONCE)
    assert problem_of(again)["detail"] == NOT_KEPT


@pytest.mark.parametrize("note", ['Ask "Zoë"\n– of ward 5 (100 %)', "x" * 2_000, "\\"])
def test_a_text_that_was_redacted_is_not_in_the_answer_to_a_repetition(
    client: TestClient, app: FastAPI, national: Headers, note: str
) -> None:
    sent = {"year": 2024, "name": "First", "note": note}
    first = client.post("/v1/releases", json=sent, headers=national | ONCE)
    other = {"year": 2024, "name": "Second"}
    kept = client.post("/v1/releases", json=other, headers=national | {"Idempotency-Key": "2"})

    with writing(app.state.engine, ORIGIN) as session:
        thing = Change(ChangeKind.RELEASE, "ENG", "2024")
        redact(session, thing=thing, member="note", number=1, reason="A name.", now=START)

    again = client.post("/v1/releases", json=sent, headers=national | ONCE)
    assert first.json()["note"] == note
    assert problem_of(again)["detail"] == NOT_KEPT
    same = client.post("/v1/releases", json=other, headers=national | {"Idempotency-Key": "2"})
    assert same.json() == kept.json()


@on_sqlite
@pytest.mark.parametrize("key", ["", "x" * 256, "é", "a\tb", "\x7f"])
def test_a_key_that_cannot_be_one_is_refused(
    client: TestClient, given: Given, national: Headers, key: str
) -> None:
    before = given.count_rows()
    headers = [(name.encode(), value.encode()) for name, value in national.items()]

    response = client.post(
        PATH,
        json=expert_body(),
        headers=[*headers, (b"Idempotency-Key", key.encode("latin-1"))],
    )

    assert problem_of(response) == MALFORMED
    assert given.count_rows() == before


MALFORMED = malformed(
    fault(
        "Idempotency-Key",
        "idempotency_key_malformed",
        "Send one key of 1 to 255 printable characters of ASCII.",
    )
)


@on_sqlite
def test_two_keys_are_refused(client: TestClient, national: Headers) -> None:
    keys = [("Idempotency-Key", "a"), ("Idempotency-Key", "b")]

    response = client.post(PATH, json=expert_body(), headers=[*national.items(), *keys])

    assert problem_of(response) == MALFORMED


@on_sqlite
def test_a_long_key_is_a_key(client: TestClient, national: Headers) -> None:
    headers = national | {"Idempotency-Key": '"' + "~ " * 126 + '"'}

    first, again = (client.post(PATH, json=expert_body(), headers=headers) for _ in range(2))

    assert (first.status_code, again.json()) == (201, first.json())


@on_sqlite
def test_a_question_stores_nothing(client: TestClient, given: Given, national: Headers) -> None:
    given.actuals("ZZ901", 2024)
    before = given.count_rows()
    path = "/v1/trusts/ZZ901/progress/leadership/what-if"

    answers = [
        client.post(path, json={"horizon": horizon}, headers=national | ONCE)
        for horizon in (5, 10)
    ]

    assert [answer.status_code for answer in answers] == [200, 200]
    assert given.count_rows() == before


def test_the_same_file_is_imported_once_however_its_form_is_parted(
    client: TestClient, given: Given, sender: Headers
) -> None:
    first = send(client, LONG, sender | ONCE, **SOURCE, **TOTALS)
    after = given.count_rows()

    again = send(client, LONG, sender | ONCE, **SOURCE, **TOTALS)
    other = send(client, LONG.replace("61", "62"), sender | ONCE, **SOURCE)
    renamed = send(client, LONG, sender | ONCE, name="other.csv", **SOURCE, **TOTALS)

    assert first.request.headers["content-type"] != again.request.headers["content-type"]
    assert (first.status_code, again.status_code) == (201, 201)
    assert again.json() == first.json()
    assert again.json()["repeated"] is False
    assert problem_of(other) == problem_of(renamed) == REUSED
    assert given.count_rows() == after


@on_sqlite
def test_a_dry_run_takes_no_key(client: TestClient, given: Given, sender: Headers) -> None:
    before = given.count_rows()

    dry = send(client, LONG, sender | ONCE, **SOURCE, **TOTALS, dry_run=True)
    assert given.count_rows() == before
    done = send(client, LONG, sender | ONCE, **SOURCE, **TOTALS)

    assert (dry.status_code, done.status_code) == (200, 201)
    assert client.get(IMPORTS, headers=sender).json()["items"]


def test_an_answer_that_holds_a_secret_is_not_kept_but_that_it_was_given_is(
    client: TestClient, given: Given, national: Headers
) -> None:
    body = {"name": MADE.name, "role": MADE.role, "organisations": sorted(MADE.organisations)}
    before = given.count_rows()["token"]

    first = client.post("/v1/tokens", json=body, headers=national | ONCE)
    again = client.post("/v1/tokens", json=body, headers=national | ONCE)

    assert first.status_code == 201
    assert first.json()["secret"] not in given.read_database()
    assert problem_of(again) == problem(
        409,
        "answer-not-kept",
        "Answer was not kept",
        NOT_KEPT,
        key="3f9c-1",
    )
    assert given.count_rows()["token"] == before + 1


MADE = Caller("made", Role.NATIONAL)


@on_sqlite
def test_what_cannot_be_kept_is_not_done(
    client: TestClient, app: FastAPI, given: Given, national: Headers
) -> None:
    before = given.count_rows()
    with app.state.engine.begin() as connection:
        connection.exec_driver_sql(
            "CREATE TRIGGER full BEFORE INSERT ON kept_answer"
            " BEGIN SELECT RAISE(ABORT, 'no room'); END"
        )

    response = client.post(PATH, json=expert_body(), headers=national | ONCE)

    assert response.status_code == 500
    assert "no room" not in response.text
    assert given.count_rows() == before
