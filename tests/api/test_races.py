"""Writers at the same time, on a real server: nobody's figures are lost, and nobody is lied to."""

import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from threading import Barrier

import pytest
from fastapi import FastAPI
from httpx2 import Client, Response
from sqlalchemy import Engine

from app.store import ledger
from app.store.engine import writing
from tests.api import serving
from tests.api.serving import BOARD, ENTRY, PATH
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

server = serving.server
given = serving.given

CHANGED_MEANWHILE = problem(
    412,
    "changed-meanwhile",
    "Changed meanwhile",
    'Nothing was held when this request arrived; another one has stored "1" since. Read it, then'
    " decide.",
    held='"1"',
)

STALE = problem(
    412,
    "revision-stale",
    "Revision is stale",
    'The precondition does not hold: what is held is "2". Read it again, then repeat the change.',
    held='"2"',
)

FIRST_WRITERS = [
    pytest.param(
        PATH, actuals_body(cells({"bme": 1})), actuals_body(cells({"bme": 2})), id="actuals"
    ),
    pytest.param(
        BOARD, board_body(members({"bme": 1})), board_body(members({"bme": 2})), id="board"
    ),
    pytest.param(
        ENTRY,
        {"kind": "trust", "name": "One"},
        {"kind": "trust", "name": "Two"},
        id="organisation",
    ),
]

Write = Callable[[], Response]


def at_once(writes: Sequence[Write]) -> list[Response]:
    """Let each write begin at the same time in a thread of its own; return the answers."""
    barrier = Barrier(len(writes))

    def write(one: Write) -> Response:
        barrier.wait()
        return one()

    with ThreadPoolExecutor(len(writes)) as pool:
        return list(pool.map(write, writes))


@contextmanager
def writers_waiting(engine: Engine) -> Iterator[None]:
    """Hold the place of the writer who is at it, so that those who come meanwhile wait."""
    with writing(engine) as session:
        ledger.take_turn(session)
        yield


def _until_waiting(engine: Engine, writers: int) -> None:
    """Wait until so many writers hold a connection, and the one who makes them wait another."""
    deadline, steady = time.monotonic() + 10, 0
    while steady < 20:
        # Looking up a caller takes a connection too, but only for a moment.
        steady = steady + 1 if _connections(engine) == writers + 1 else 0
        assert time.monotonic() < deadline, "the writers did not come"
        time.sleep(0.01)


def _connections(engine: Engine) -> int:
    pool = engine.pool
    number: int = getattr(pool, "checkedout")()  # noqa: B009 - only pools with a size have it
    return number


@pytest.mark.parametrize(("path", "one", "other"), FIRST_WRITERS)
def test_of_two_first_writers_who_meet_one_is_told_so(
    *, server: Client, app: FastAPI, national: Headers, path: str, one: JSON, other: JSON
) -> None:
    engine: Engine = app.state.engine

    with ThreadPoolExecutor(2) as pool:
        with writers_waiting(engine):
            sent = [
                pool.submit(server.put, path, json=body, headers=national) for body in (one, other)
            ]
            _until_waiting(engine, 2)
        answers = [write.result() for write in sent]

    first, second = sorted(answers, key=lambda answer: answer.status_code)
    assert first.status_code == 201
    assert problem_of(second) == CHANGED_MEANWHILE
    assert server.get(path).json() == first.json()


@pytest.mark.parametrize(("path", "one", "other"), FIRST_WRITERS)
def test_two_first_writers_of_the_same_body_both_succeed(
    *, server: Client, app: FastAPI, national: Headers, path: str, one: JSON, other: JSON
) -> None:
    assert other != one
    engine: Engine = app.state.engine

    with ThreadPoolExecutor(2) as pool:
        with writers_waiting(engine):
            sent = [pool.submit(server.put, path, json=one, headers=national) for _ in range(2)]
            _until_waiting(engine, 2)
        answers = [write.result() for write in sent]

    assert sorted(answer.status_code for answer in answers) == [200, 201]
    assert answers[0].json() == answers[1].json()
    assert {answer.headers["etag"] for answer in answers} == {'"1"'}


def test_of_many_first_writers_one_succeeds(
    server: Client, given: Given, national: Headers
) -> None:
    headers = national | {"If-None-Match": "*"}

    def write(number: int) -> Write:
        body = actuals_body(cells({"bme": number}))
        return lambda: server.put(PATH, json=body, headers=headers)

    answers = at_once([write(number) for number in range(1, 9)])

    assert Counter(answer.status_code for answer in answers) == {201: 1, 412: 7}
    stored = next(answer for answer in answers if answer.status_code == 201)
    assert server.get(PATH).json() == stored.json()
    assert given.count_rows()["actuals_revision"] == 1


@pytest.mark.parametrize("number", [2, 8])
def test_of_writers_who_change_the_same_revision_one_succeeds(
    server: Client, given: Given, national: Headers, number: int
) -> None:
    given.actuals("ZZ901", 2024)
    headers = national | {"If-Match": '"1"'}

    def write(bme: int) -> Write:
        body = actuals_body(cells({"bme": bme}), reason="Corrected")
        return lambda: server.put(PATH, json=body, headers=headers)

    answers = at_once([write(bme) for bme in range(1, number + 1)])

    assert Counter(answer.status_code for answer in answers) == {200: 1, 412: number - 1}
    assert [problem_of(one) for one in answers if one.status_code == 412] == [STALE] * (number - 1)
    stored = next(answer for answer in answers if answer.status_code == 200)
    assert server.get(PATH).json() == stored.json()
    assert given.count_rows()["actuals_revision"] == 2


def test_of_two_writers_who_change_the_same_board_one_succeeds(
    server: Client, given: Given, national: Headers
) -> None:
    given.board("ZZ901", 2024)
    headers = national | {"If-Match": '"1"'}

    def write(bme: int) -> Write:
        body = board_body(members({"bme": bme}), reason="Corrected")
        return lambda: server.put(BOARD, json=body, headers=headers)

    answers = at_once([write(1), write(2)])

    assert sorted(answer.status_code for answer in answers) == [200, 412]
    assert given.count_rows()["board_revision"] == 2


def test_a_board_never_approves_a_revision_that_it_has_not_seen(
    server: Client, given: Given, national: Headers
) -> None:
    given.actuals("ZZ901", 2024)
    headers = national | {"If-Match": '"1"'}
    approval = {"board_date": "2024-07-25", "lead_role": "Chair"}
    correction = actuals_body(cells({"bme": 1}), reason="Corrected")

    answers = at_once(
        [
            lambda: server.post(f"{PATH}/sign-off", json=approval, headers=headers),
            lambda: server.put(PATH, json=correction, headers=headers),
        ]
    )

    assert sorted(answer.status_code for answer in answers) == [200, 412]
    signed, corrected = (answer.status_code == 200 for answer in answers)
    history = server.get(f"{PATH}/revisions").json()["items"]
    assert [one["state"] for one in history] == (
        ["provisional", "provisional"] if corrected else ["signed_off"]
    )
    assert signed is not corrected


def test_no_revision_is_lost(server: Client, given: Given, national: Headers) -> None:
    given.actuals("ZZ901", 2024)
    writers, corrections = 4, 3

    def correct(writer: int) -> Response:
        for correction in range(corrections):
            body = actuals_body(
                cells({"bme": 100 * (writer + 1) + correction}), reason=f"{writer}/{correction}"
            )
            while True:
                tag = server.get(PATH).headers["etag"]
                answer = server.put(PATH, json=body, headers=national | {"If-Match": tag})
                if answer.status_code == 200:
                    break
                assert answer.status_code == 412, answer.text
        return answer

    at_once([lambda writer=writer: correct(writer) for writer in range(writers)])  # type: ignore[misc] # the usual way to keep a loop's value

    history = server.get(f"{PATH}/revisions").json()["items"]
    assert [one["revision"] for one in history] == list(range(1, 2 + writers * corrections))
    assert sorted(one["reason"] for one in history[1:]) == sorted(
        f"{writer}/{correction}" for writer in range(writers) for correction in range(corrections)
    )
    instants = [one["recorded_at"] for one in history]
    assert len(set(instants)) == len(instants)
    assert instants == sorted(instants)


def test_twenty_writers_of_different_trusts_all_succeed(
    server: Client, given: Given, national: Headers
) -> None:
    codes = [f"ZZ{number}" for number in range(920, 940)]
    for code in codes:
        given.trust(code)

    def write(code: str) -> Write:
        return lambda: server.put(
            f"/v1/trusts/{code}/actuals/2024", json=actuals_body(), headers=national
        )

    answers = at_once([write(code) for code in codes])

    assert [answer.status_code for answer in answers] == [201] * 20
    assert [answer.json()["ods_code"] for answer in answers] == codes
    assert len({answer.json()["recorded_at"] for answer in answers}) == 20
    assert given.count_rows()["actuals_revision"] == 20


@pytest.mark.parametrize("order", [("RZ1", "ZZ901"), ("ZZ901", "RZ1")])
def test_invented_and_real_figures_do_not_slip_in_beside_each_other(
    *, server: Client, app: FastAPI, given: Given, national: Headers, order: tuple[str, str]
) -> None:
    engine: Engine = app.state.engine

    with ThreadPoolExecutor(2) as pool:
        with writers_waiting(engine):
            sent = [
                pool.submit(
                    server.put,
                    f"/v1/trusts/{code}/actuals/2024",
                    json=actuals_body(),
                    headers=national,
                )
                for code in order
            ]
            _until_waiting(engine, 2)
        answers = [write.result() for write in sent]

    assert sorted(answer.status_code for answer in answers) == [201, 409]
    assert given.count_rows()["actuals_revision"] == 1


def test_readers_do_not_wait_for_a_writer(server: Client, app: FastAPI, given: Given) -> None:
    given.actuals("ZZ901", 2024)

    with writers_waiting(app.state.engine):
        answer = server.get(PATH)

    assert answer.status_code == 200
