"""Commits on a real server: what fails is not answered as done, and what is done is seen."""

import pytest
from fastapi import FastAPI
from httpx2 import Client
from sqlalchemy import Engine, text

from app.store.engine import writing
from tests.api import serving
from tests.api.serving import BOARD, ENTRY, PATH
from tests.bodies import JSON, Headers, actuals_body, board_body, cells, problem_of
from tests.given import Given

server = serving.server
given = serving.given

FAIL_AT_COMMIT = {
    "sqlite": [
        """CREATE TABLE doomed (
            id INTEGER PRIMARY KEY,
            parent INTEGER REFERENCES doomed (id) DEFERRABLE INITIALLY DEFERRED
        )""",
        """CREATE TRIGGER doom AFTER INSERT ON {table}
        BEGIN INSERT INTO doomed (parent) VALUES (-1); END""",
    ],
    "postgresql": [
        """CREATE FUNCTION doom() RETURNS trigger LANGUAGE plpgsql
        AS $$ BEGIN RAISE EXCEPTION 'doomed'; END $$""",
        """CREATE CONSTRAINT TRIGGER doom AFTER INSERT ON {table}
        DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION doom()""",
    ],
}

MEND = {"sqlite": "DROP TRIGGER doom", "postgresql": "DROP TRIGGER doom ON {table}"}


@pytest.mark.parametrize(
    ("table", "path", "body"),
    [
        ("actuals_revision", PATH, actuals_body()),
        ("board_revision", BOARD, board_body()),
        ("organisation", ENTRY, {"kind": "trust", "name": "New"}),
    ],
    ids=["actuals", "board", "organisation"],
)
def test_a_write_that_cannot_be_committed_is_not_answered_as_if_it_had_been(
    *, server: Client, app: FastAPI, given: Given, national: Headers, table: str, path: str,
    body: JSON,
) -> None:  # fmt: skip
    engine: Engine = app.state.engine
    kind = engine.dialect.name
    before = given.count_rows()
    with writing(engine) as session:
        for statement in FAIL_AT_COMMIT[kind]:
            session.execute(text(statement.format(table=table)))

    # After a failure the server closes the connection.
    failed = server.put(path, json=body, headers=national | {"Connection": "close"})

    assert problem_of(failed) == {
        "type": "about:blank",
        "title": "Internal Server Error",
        "status": 500,
        "detail": "The service failed; the failure has been logged.",
    }
    assert server.get(path).status_code == 404
    assert given.count_rows() == before
    with writing(engine) as session:
        session.execute(text(MEND[kind].format(table=table)))
    assert server.put(path, json=body, headers=national).status_code == 201


def test_what_was_answered_is_seen_by_everybody_at_once(
    server: Client, given: Given, national: Headers, app: FastAPI
) -> None:
    assert given
    for number in range(1, 11):
        body = actuals_body(cells({"bme": number}), reason="Corrected")
        answer = server.put(PATH, json=body, headers=national | _held(server))

        with app.state.engine.connect() as connection:
            seen = connection.execute(text("SELECT max(revision) FROM actuals_revision")).scalar()
        assert (answer.json()["revision"], seen) == (number, number)


def _held(server: Client) -> Headers:
    found = server.get(PATH)
    return {"If-Match": found.headers["etag"]} if found.status_code == 200 else {}
