"""Sweeps of broken paths, questions and headers: never a failure of the service."""

import pytest
from starlette.testclient import TestClient

from tests.api.databases import on_sqlite
from tests.api.hostile.sweeping import ACTUALS, SIGN_OFF, TARGETS, assert_refused
from tests.bodies import Headers, actuals_body
from tests.given import Given


@on_sqlite
@pytest.mark.parametrize(
    "code",
    ["zz901", "ZZ%00", "ZZ%ff1", "%F0%9F%98%80" * 3, "A" * 5_000, "ZZ901%0a", "ZZ9;--", "..%2f.."],
    ids=lambda code: code[:12],
)
def test_codes_that_cannot_be_are_refused(
    client: TestClient, national: Headers, code: str
) -> None:
    for path in (
        f"/v1/organisations/{code}",
        f"/v1/trusts/{code}/actuals",
        f"/v1/trusts/{code}/actuals/2024",
        f"/v1/trusts/{code}/targets/{code}",
        f"/v1/trusts/{code}/progress/{code}",
        f"/problems/{code}",
    ):
        assert_refused(client.get(path, headers=national), 404, 422)
    assert_refused(
        client.put(f"/v1/trusts/{code}/actuals/2024", json=actuals_body(), headers=national),
        404, 405, 422,
    )  # fmt: skip


@on_sqlite
@pytest.mark.parametrize(
    "as_of",
    [
        "9999-12-31T23:59:59-14:00",
        "0001-01-01T00:00:00+14:00",
        "9999-12-31T23:59:59Z",
        "10000-01-01T00:00:00Z",
        "-1",
        "1e400",
        "NaN",
        "9" * 400,
        "2026-11-23T09:00:00+99:99",
        "2026-02-30T00:00:00Z",
        "%00",
        "\ud83d\ude00".encode("utf-16", "surrogatepass").decode("utf-16"),
    ],
)
def test_instants_that_cannot_be_are_refused(client: TestClient, given: Given, as_of: str) -> None:
    given.actuals("ZZ901", 2024)

    for path in ("actuals", "actuals/2024", "board/2024", "targets", "progress"):
        assert_refused(client.get(f"/v1/trusts/ZZ901/{path}", params={"as_of": as_of}), 422)


def test_questions_from_hell_get_an_answer(client: TestClient) -> None:
    queries = (
        "limit=1&limit=2", "kind=trust&kind=icb", "text=%00", "text=%ff%fe", "text=%F0%9F%98%80",
        "text=" + "x" * 101, "text=" + "x" * 50_000, "text=%25&text=_", "open_on=0001-01-01",
        "open_on=9999-12-31", "open_on=1e9", "open_on=NaN", "limit=-1", "limit=1e2",
        "limit=" + "9" * 5_000, "cursor=%00", "cursor=%ff", "cursor=" + "A" * 201, "cursor=....",
        "cursor=AAAA", "cursor=gICA", "cursor=_-_-", "cursor=", "cursor=WlpaWlo=", "icb=%00",
        "region=" + "Y" * 6, "as_of=x", "[]=1", "%", "&&&", "=", "a" * 10_000, "limit",
    )  # fmt: skip

    for query in queries:
        answer = client.get(f"/v1/organisations?{query}")
        if answer.status_code != 200:
            assert_refused(answer, 414 if len(query) > 8_192 else 422)


@on_sqlite
def test_headers_from_hell_get_an_answer(client: TestClient) -> None:
    values = (
        "", ";;;", ",,,", "text/csv;q=", "text/csv;q=banana", "text/csv;q=nan", "text/csv;q=-1",
        "text/csv;q=1e400", "*/*;q=0", "/", "x" * 20_000, "text/csv," * 2_000, "'", "W/", "\\",
    )  # fmt: skip

    for value in values:
        for name in ("Accept", "If-None-Match", "If-Match", "Accept-Charset", "X-Request-ID"):
            answer = client.get("/v1/organisations", headers={name: value})
            if answer.status_code not in {200, 304}:
                assert_refused(answer)


@on_sqlite
@pytest.mark.parametrize(
    ("path", "allowed"),
    [
        ("/v1/measures", "GET, HEAD"),
        (ACTUALS, "GET, HEAD, PUT"),
        (TARGETS, "GET, HEAD, POST"),
        (SIGN_OFF, "POST"),
        ("/v1/experts/x", "DELETE, GET, HEAD, PUT"),
    ],
)
def test_a_refusal_of_a_method_names_all_that_the_path_takes(
    client: TestClient, path: str, allowed: str
) -> None:
    answer = client.options(path)

    assert (answer.status_code, answer.headers["allow"]) == (405, allowed)
