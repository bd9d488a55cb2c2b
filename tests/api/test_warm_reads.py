"""Reads that were answered before: the same answer, from memory, until something changes."""

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from itertools import count

import pytest
from fastapi import FastAPI
from httpx2 import Response
from sqlalchemy import Engine, event
from starlette.responses import PlainTextResponse
from starlette.testclient import TestClient

from app.api.counters import Counters
from app.api.warm_reads import MOST_TABS, Answer, Tabs, WarmAnswers
from app.settings import Settings
from tests.api.databases import on_sqlite
from tests.apps import borrowed_app
from tests.bodies import Headers, actuals_body, bearer, cells
from tests.given import SETUP, START, Clock, Given

PATH = "/v1/trusts/ZZ901/actuals/2024"
PROGRESS = "/v1/trusts/ZZ901/progress/leadership"
MEASURES = "/v1/measures"

OF_REQUEST = frozenset({"x-request-id", "date"})


@contextmanager
def counting(engine: Engine) -> Iterator[list[str]]:
    """Yield the statements with which a database is asked meanwhile."""
    asked: list[str] = []

    def note(*args: object) -> None:
        asked.append(str(args[2]))

    event.listen(engine, "before_cursor_execute", note)
    yield asked
    event.remove(engine, "before_cursor_execute", note)


def told(response: Response) -> tuple[int, dict[str, str], bytes]:
    """Return an answer but for what belongs to its request."""
    headers = {name: v for name, v in response.headers.items() if name not in OF_REQUEST}
    return response.status_code, headers, response.content


def is_warm(client: TestClient, app: FastAPI, path: str, headers: Headers | None = None) -> bool:
    """Return whether a read is answered without asking the database."""
    with counting(app.state.engine) as asked:
        assert client.get(path, headers=headers).status_code == 200
    return not asked


def test_what_was_answered_is_answered_again_without_asking_the_database(
    app: FastAPI, client: TestClient, given: Given, sender: Headers
) -> None:
    given.actuals("ZZ901", 2024)
    client.get("/v1/trusts/ZZ901/actuals", headers=sender)  # the token's first use is noted
    first = client.get(PATH, headers=sender)

    with counting(app.state.engine) as asked:
        second = client.get(PATH, headers=sender | {"X-Request-ID": "mine"})

    assert asked == []
    assert told(second) == told(first)
    assert second.headers["x-request-id"] == "mine"
    assert first.headers["x-request-id"] != "mine"


def test_a_change_is_seen_at_once_whichever_process_makes_it(
    app: FastAPI, client: TestClient, sender: Headers, clock: Clock
) -> None:
    client.put(PATH, json=actuals_body(cells({"bme": 61})), headers=sender)
    url = app.state.settings.database_url
    with borrowed_app(url, clock=clock) as other_app, TestClient(other_app) as other:
        for number, writer in enumerate((client, other, client, other), start=2):
            held = [one.get(PATH, headers=sender).headers["etag"] for one in (client, other)]
            assert is_warm(client, app, PATH, sender)
            assert is_warm(other, other_app, PATH, sender)

            body = actuals_body(cells({"bme": 61 + number}), reason="Counted again")
            sent = writer.put(PATH, json=body, headers=sender | {"If-Match": held[0]})

            assert sent.status_code == 200, sent.text
            read = [one.get(PATH, headers=sender).json() for one in (client, other)]
            assert [one["revision"] for one in read] == [number, number]


def test_each_caller_is_answered_as_who_it_is(
    client: TestClient, given: Given, sender: Headers, national: Headers
) -> None:
    given.actuals("RZ1", 2024)
    path = "/v1/trusts/RZ1/actuals/2024"
    own = given.token("trust_data", "RZ1")

    statuses = [
        [client.get(path, headers=one).status_code for one in (own, national, sender, {})]
        for _ in range(2)
    ]

    assert statuses[0] == statuses[1]
    assert statuses[0][:2] == [200, 200]
    assert 200 not in statuses[0][2:]


def test_a_token_that_is_taken_back_reads_nothing_more(
    app: FastAPI, client: TestClient, given: Given
) -> None:
    given.actuals("RZ1", 2024)
    made = given.new_token("trust_data", "RZ1")
    headers = bearer(made.secret)
    path = "/v1/trusts/RZ1/actuals/2024"
    client.get(path, headers=headers)  # the token's first use is noted
    client.get(path, headers=headers)
    assert is_warm(client, app, path, headers)

    given.revoked(made)

    assert client.get(path, headers=headers).status_code == 401


@on_sqlite
def test_a_token_that_has_ended_reads_nothing_more(
    app: FastAPI, client: TestClient, given: Given, clock: Clock
) -> None:
    given.actuals("RZ1", 2024)
    headers = given.token("trust_data", "RZ1", expires_at=START + timedelta(seconds=30))
    path = "/v1/trusts/RZ1/actuals/2024"
    client.get(path, headers=headers)  # the token's first use is noted
    client.get(path, headers=headers)
    assert is_warm(client, app, path, headers)

    clock.set(START + timedelta(seconds=30))

    assert client.get(path, headers=headers).status_code == 401


@on_sqlite
def test_an_answer_is_made_anew_after_a_minute(
    app: FastAPI, client: TestClient, clock: Clock
) -> None:
    client.get("/v1/censuses/2024")
    clock.set(START + timedelta(seconds=59))
    assert is_warm(client, app, "/v1/censuses/2024")

    clock.set(START + timedelta(seconds=60))

    assert not is_warm(client, app, "/v1/censuses/2024")


@on_sqlite
def test_who_holds_the_answer_is_told_so(client: TestClient) -> None:
    first = client.get(MEASURES)
    tag = first.headers["etag"]

    for held in (tag, f"W/{tag}", f'"other", {tag}', "*"):
        answer = client.get(MEASURES, headers={"If-None-Match": held})
        assert (answer.status_code, answer.content) == (304, b"")
        assert answer.headers["etag"] == tag
        assert "content-type" not in answer.headers
    other = client.get(MEASURES, headers={"If-None-Match": '"other"'})
    assert told(other) == told(first)


@on_sqlite
def test_what_an_answer_depends_on_tells_it_from_others(client: TestClient) -> None:
    path = "/v1/organisations"
    for _ in range(2):
        answers = [
            client.get(path, headers={"Accept": "application/json"}),
            client.get(path, headers={"Accept": "text/csv"}),
            client.get(path + "?kind=icb", headers={"Accept": "text/csv"}),
            client.get("/definitions", headers={"Accept": "text/html"}),
        ]
        kinds = [one.headers["content-type"].partition(";")[0] for one in answers]
        assert kinds == ["application/json", "text/csv", "text/csv", "text/html"]
        assert len({one.content for one in answers}) == 4


@on_sqlite
@pytest.mark.parametrize(
    "headers",
    [
        pytest.param([("Cookie", "theme=dark")], id="with a cookie"),
        pytest.param([("Accept", "text/html"), ("Accept", "*/*")], id="with a header twice"),
        pytest.param([("Range", "bytes=0-1")], id="in part"),
    ],
)
def test_an_unusual_question_is_answered_anew(
    app: FastAPI, client: TestClient, headers: list[tuple[str, str]]
) -> None:
    path = "/definitions/cycles"
    client.get(path)
    assert is_warm(client, app, path)

    with counting(app.state.engine) as asked:
        assert client.get(path, headers=headers).status_code == 200

    assert asked != []


@on_sqlite
@pytest.mark.parametrize("path", ["/v1/tokens", "/v1/audit", "/health/ready"])
def test_what_is_no_change_of_the_ledger_is_read_anew(
    app: FastAPI, client: TestClient, national: Headers, path: str
) -> None:
    client.get(path, headers=national)

    assert not is_warm(client, app, path, national)


@on_sqlite
@pytest.mark.parametrize(
    ("name", "value"), [("Cache-Control", "no-store"), ("Set-Cookie", "word=1")]
)
def test_an_answer_for_one_reader_alone_is_made_anew(
    app: FastAPI, client: TestClient, name: str, value: str
) -> None:
    made = count()

    def give() -> PlainTextResponse:
        headers = {"ETag": '"1"', "Cache-Control": "no-cache", name: value}
        return PlainTextResponse(f"{next(made)}", headers=headers)

    app.get("/given")(give)
    answers = [client.get("/given").text for _ in range(2)]
    app.router.routes.pop()  # other tests borrow the same service

    assert answers == ["0", "1"]


@on_sqlite
def test_whose_figures_were_read_is_recorded_in_the_hour_after_as_well(
    client: TestClient, given: Given, national: Headers, clock: Clock
) -> None:
    given.actuals("RZ1", 2024)
    path = "/v1/trusts/RZ1/actuals/2024"

    def count_readings() -> int:
        items = client.get("/v1/audit", params={"event": "reading"}, headers=national).json()
        return len(items["items"])

    for minute, second, readings in ((0, 0, 1), (59, 30, 1), (59, 59, 1), (60, 0, 2)):
        clock.set(START + timedelta(minutes=minute, seconds=second))
        client.get(path, headers=national)
        assert count_readings() == readings


@on_sqlite
def test_a_use_of_the_hour_after_is_noted_as_well(
    client: TestClient, given: Given, national: Headers, clock: Clock
) -> None:
    given.actuals("RZ1", 2024)
    made = given.new_token("trust_data", "RZ1")

    def use_at(minute: int, second: int) -> str:
        clock.set(START + timedelta(minutes=minute, seconds=second))
        client.get("/v1/trusts/RZ1/actuals/2024", headers=bearer(made.secret))
        found = client.get(f"/v1/tokens/{made.token.id}", headers=national).json()
        return str(found["last_used_at"])

    assert [use_at(*at) for at in ((0, 0), (59, 30), (59, 59), (60, 0))] == [
        "2026-11-23T09:00:00Z",
        "2026-11-23T09:00:00Z",
        "2026-11-23T09:00:00Z",
        "2026-11-23T10:00:00Z",
    ]


@on_sqlite
def test_answers_from_memory_count_against_the_callers_budget(app: FastAPI) -> None:
    settings: Settings = app.state.settings
    app.state.settings = settings.model_copy(update={"rate_limit_reads": 300})
    with TestClient(app) as client:
        statuses = [client.get(MEASURES).status_code for _ in range(320)]

    served = statuses.count(200)
    assert 298 <= served <= 303
    assert set(statuses[served:]) == {429}


@on_sqlite
def test_nothing_is_kept_where_no_memory_is_given(app: FastAPI) -> None:
    settings: Settings = app.state.settings
    app.state.settings = settings.model_copy(update={"warm_megabytes": 0})
    with TestClient(app) as client:
        client.get("/v1/cycles")

        assert not is_warm(client, app, "/v1/cycles")


def test_the_tabs_of_too_many_callers_begin_anew() -> None:
    async def script() -> list[bool]:
        tabs = Tabs(Counters(), quota=200)
        others = [await tabs.put(f"address {number}") for number in range(MOST_TABS + 1)]
        return [*others, *[await tabs.put(f"address {MOST_TABS}") for _ in range(202)]]

    may = asyncio.run(script())

    assert may[: MOST_TABS + 200] == [True] * (MOST_TABS + 200)
    assert may[-1] is False


def answer(size: int) -> Answer:
    return Answer((), (), b"x" * size, '"tag"', START)


def test_answers_asked_for_longest_ago_make_room() -> None:
    kept = WarmAnswers(most_bytes=80)
    for name in range(8):
        kept.keep((name,), 1, answer(10))
    kept.find((0,), 1, SETUP)

    kept.keep((8,), 1, answer(5))
    kept.keep((8,), 1, answer(10))
    kept.keep((9,), 1, answer(11))

    held = [name for name in range(10) if kept.find((name,), 1, SETUP)]
    assert held == [0, 2, 3, 4, 5, 6, 7, 8]


@pytest.mark.parametrize("version", [3, 1])
def test_answers_of_another_version_are_forgotten_whichever_way_it_went(version: int) -> None:
    kept = WarmAnswers(most_bytes=80)
    kept.keep(("a",), 2, answer(1))

    kept.keep(("b",), version, answer(1))

    assert [kept.find(("a",), one, SETUP) for one in (1, 2, 3)] == [None, None, None]
    assert kept.find(("b",), version, SETUP) == answer(1)
    assert (kept.entries, kept.size) == (1, 1)
