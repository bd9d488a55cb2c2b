"""Several people who edit a plan at the same time: nobody's change is lost."""

import time
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from fastapi import FastAPI
from httpx2 import Client, Response
from sqlalchemy import Engine

from app.store import ledger
from app.store.engine import writing
from tests.api import serving
from tests.api.plans import PATH, REVISIONS, TARGET, action, plan_body, review, set_target
from tests.bodies import JSON, Headers, problem, problem_of
from tests.given import Given

server = serving.server
given = serving.given

ONE, OTHER = (plan_body(targets=[], actions=[action(id=id_)]) for id_ in ("one", "other"))


def _at_once(server: Client, headers: Headers, *bodies: JSON) -> list[Response]:
    """Put bodies at the same time; return the answers."""
    barrier = Barrier(len(bodies))

    def write(body: JSON) -> Response:
        barrier.wait()
        return server.put(PATH, json=body, headers=headers)

    with ThreadPoolExecutor(len(bodies)) as pool:
        return list(pool.map(write, bodies))


def _until_waiting(engine: Engine, writers: int) -> None:
    """Wait until so many writers hold a connection, and the one who makes them wait another."""
    deadline, steady = time.monotonic() + 10, 0
    while steady < 20:
        # Looking up a caller takes a connection too, but only for a moment.
        held = engine.pool.checkedout()  # type: ignore[attr-defined] # only pools with a size
        steady = steady + 1 if held == writers + 1 else 0
        assert time.monotonic() < deadline, "the writers did not come"
        time.sleep(0.01)


@pytest.mark.parametrize("tag", ['"1"', '"1@2026-11-23"'])
def test_of_two_editors_of_the_same_revision_one_is_told_to_read_again(
    *, server: Client, given: Given, national: Headers, tag: str
) -> None:
    first = plan_body(targets=[], actions=[])
    assert server.put(PATH, json=first, headers=national).status_code == 201

    answers = _at_once(server, national | {"If-Match": tag}, ONE, OTHER)

    done, late = sorted(answers, key=lambda answer: answer.status_code)
    assert (done.status_code, done.json()["revision"]) == (200, 2)
    assert problem_of(late) == problem(
        412,
        "revision-stale",
        "Revision is stale",
        'The precondition does not hold: what is held is "2". Read it again, then repeat the'
        " change.",
        held='"2"',
    )
    assert server.get(PATH).json() == done.json()
    assert given.count_rows()["action_plan"] == 2


def test_of_two_first_editors_who_meet_one_is_told_so(
    server: Client, app: FastAPI, given: Given, national: Headers
) -> None:
    engine: Engine = app.state.engine

    with ThreadPoolExecutor(2) as pool:
        with writing(engine) as session:
            ledger.take_turn(session)
            sent = [
                pool.submit(server.put, PATH, json=body, headers=national) for body in (ONE, OTHER)
            ]
            _until_waiting(engine, 2)
        answers = [write.result() for write in sent]

    first, second = sorted(answers, key=lambda answer: answer.status_code)
    assert first.status_code == 201
    assert problem_of(second) == problem(
        412,
        "changed-meanwhile",
        "Changed meanwhile",
        'Nothing was held when this request arrived; another one has stored "1" since. Read it,'
        " then decide.",
        held='"1"',
    )
    assert given.count_rows()["action_plan"] == 1


def test_two_who_store_the_same_review_take_its_figures_once(
    server: Client, given: Given, national: Headers
) -> None:
    set_target(given)
    server.put(PATH, json=ONE, headers=national)
    body = ONE | {"targets": [TARGET], "reviews": [review()]}

    answers = _at_once(server, national | {"If-Match": '"1"'}, body, body)

    assert [answer.status_code for answer in answers] == [200, 200]
    assert answers[0].json() == answers[1].json()
    assert given.count_rows()["plan_review"] == 1


def test_no_change_is_lost(server: Client, given: Given, national: Headers) -> None:
    server.put(PATH, json=plan_body(targets=[], actions=[]), headers=national)

    def add(number: int) -> None:
        while True:
            held = server.get(PATH)
            kept = [{name: one[name] for name in action()} for one in held.json()["actions"]]
            body = plan_body(targets=[], actions=[*kept, action(id=f"action-{number}")])
            headers = national | {"If-Match": held.headers["etag"]}
            answer = server.put(PATH, json=body, headers=headers)
            if answer.status_code == 200:
                return
            assert answer.status_code == 412, answer.text

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(add, range(4)))

    shown = {one["id"] for one in server.get(PATH).json()["actions"]}
    assert shown == {f"action-{number}" for number in range(4)}
    history = server.get(REVISIONS).json()["items"]
    assert [len(one["changes"]["actions_added"]) for one in history] == [0, 1, 1, 1, 1]
    assert given.count_rows()["action_plan"] == 5
