"""Sweeps of broken bodies: never a failure of the service, always a problem document."""

import json
from collections.abc import Iterable

import pytest
from starlette.testclient import TestClient

from tests.api.databases import on_sqlite
from tests.api.hostile.sweeping import (
    ACTUALS,
    BOARD,
    ORGANISATION,
    SIGN_OFF,
    TARGETS,
    assert_refused,
)
from tests.bodies import Headers, actuals_body, board_body, cells
from tests.given import Given

WRITES = [
    ("PUT", ACTUALS),
    ("POST", SIGN_OFF),
    ("PUT", BOARD),
    ("POST", TARGETS),
    ("PUT", ORGANISATION),
]

JSON_HEADERS = {"Content-Type": "application/json"}

CELL = '{"staff_group": "clinical", "band": "8a", "ethnic_group": "bme", "headcount": %s}'


def _body(headcount: str = "61", source: str = '"ESR"', extra: str = "") -> bytes:
    """Return the text of a body that need not be JSON."""
    totals = '{"workforce": 61, "bme": 61}'
    cell = CELL % headcount
    text = f'{{"source": {source}, "totals": {totals}, "headcounts": [{cell}]{extra}}}'
    return text.encode()


BODIES: dict[str, bytes] = {
    "empty": b"",
    "blank": b"   ",
    "not JSON": b"headcount=61",
    "half": b'{"source": "ESR", "headcounts": [',
    "two": b"{}{}",
    "not UTF-8": b'{"source": "\xff\xfe"}',
    "UTF-16": '{"source": "ESR"}'.encode("utf-16"),
    "a byte order mark": b"\xef\xbb\xbf[]",
    "NUL": b'{"source": "a\x00b"}',
    "list": b"[]",
    "number": b"1",
    "string": b'"ESR"',
    "NaN": b"NaN",
    "nested lists": b"[" * 20_000 + b"]" * 20_000,
    "nested objects": b'{"a":' * 20_000 + b"1" + b"}" * 20_000,
    "open lists": b"[" * 100_000,
}


@on_sqlite
@pytest.mark.parametrize("content", BODIES.values(), ids=BODIES)
def test_a_body_that_is_no_object_is_refused(
    client: TestClient, given: Given, national: Headers, content: bytes
) -> None:
    before = given.count_rows()

    for method, path in WRITES:
        assert_refused(
            client.request(method, path, content=content, headers=national | JSON_HEADERS),
            400,
            422,
        )

    assert given.count_rows() == before


TEXTS = (r"a\u0000b", r"\ud800", r"\udfff\ud800", r"a\u0007b", r"\u202e")


@pytest.mark.parametrize("text", TEXTS)
def test_texts_that_cannot_be_shown_are_refused_everywhere(
    client: TestClient, given: Given, national: Headers, text: str
) -> None:
    given.actuals("ZZ901", 2023)
    before = given.count_rows()
    target = '"measure": "leadership", "cycle": "2022-2025"'
    bodies = [
        ("PUT", BOARD, json.dumps(board_body(source="@"))),
        ("POST", "/v1/trusts/ZZ901/actuals/2023/sign-off",
         '{"board_date": "2023-07-25", "lead_role": "@"}'),
        ("POST", "/v1/trusts/ZZ901/actuals/2023/sign-off",
         '{"board_date": "@", "lead_role": "Chair"}'),
        ("POST", TARGETS, f'{{{target}, "goal_headcount": 5, "rationale": "@"}}'),
        ("POST", TARGETS, f'{{{target}, "goal_share": "@"}}'),
        ("POST", TARGETS, f'{{{target}, "goal": "@"}}'),
        ("POST", TARGETS, '{"measure": "@", "cycle": "@", "goal_headcount": 5}'),
        ("PUT", ORGANISATION, '{"kind": "trust", "name": "@"}'),
        ("PUT", ORGANISATION, '{"kind": "trust", "name": "New", "aliases": ["@"]}'),
        ("PUT", ORGANISATION, '{"kind": "trust", "name": "New", "icb": "@"}'),
        ("PUT", ORGANISATION, '{"kind": "trust", "name": "New", "opened": "@"}'),
        ("PUT", ORGANISATION, '{"kind": "@", "@": "@"}'),
    ]  # fmt: skip

    for method, path, body in bodies:
        content = body.replace("@", text).encode()
        answer = client.request(method, path, content=content, headers=national | JSON_HEADERS)
        assert_refused(answer, 422)

    assert given.count_rows() == before


@on_sqlite
@pytest.mark.parametrize("size", [2_000_001, 3_000_000])
def test_a_body_that_is_too_large_is_refused(
    client: TestClient, given: Given, national: Headers, size: int
) -> None:
    before = given.count_rows()
    content = _body(source='"' + "x" * (size - len(_body(source='""'))) + '"')
    assert len(content) == size

    def in_pieces() -> Iterable[bytes]:
        for start in range(0, size, 65_536):
            yield content[start : start + 65_536]

    whole = client.put(ACTUALS, content=content, headers=national | JSON_HEADERS)
    piecewise = client.put(ACTUALS, content=in_pieces(), headers=national | JSON_HEADERS)

    assert_refused(whole, 413)
    assert_refused(piecewise, 413)
    assert given.count_rows() == before


@on_sqlite
def test_a_body_of_as_many_cells_as_can_be_is_read(
    client: TestClient, given: Given, national: Headers
) -> None:
    before = given.count_rows()
    many = [cell for _ in range(10_001) for cell in cells({"bme": 1})]

    for sent in (many[:-1], many):
        body = json.dumps(actuals_body(sent), separators=(",", ":"))
        assert len(body) < 2_000_000
        answer = client.put(ACTUALS, content=body, headers=national | JSON_HEADERS)
        assert_refused(answer, 422)

    assert given.count_rows() == before


def test_dates_at_the_ends_of_time_do_not_make_the_service_fail(
    client: TestClient, given: Given, national: Headers
) -> None:
    given.actuals("ZZ901", 2024)
    entry = {"kind": "trust", "name": "Acute Trust (demonstration)", "type": "acute"}
    held = national | {"If-Match": "*"}
    dates = ("0001-01-01", "9999-12-31")
    answers = [
        answer
        for day in dates
        for answer in (
            client.post(
                SIGN_OFF, json={"board_date": day, "lead_role": "Chair"}, headers=national
            ),
            client.put(
                "/v1/organisations/ZZ901", json=entry | {"effective_from": day}, headers=held
            ),
            client.put("/v1/organisations/ZZ901", json=entry | {"opened": day}, headers=held),
            client.put("/v1/organisations/ZZ901", json=entry | {"closed": day}, headers=held),
            client.put(
                "/v1/organisations/ZZ901",
                json=entry
                | {
                    "predecessors": [
                        {"ods_code": "ZZ902", "effective_date": day, "kind": "merged"}
                    ]
                },
                headers=held,
            ),
            client.get("/v1/trusts/ZZ901/progress/leadership"),
            client.get("/v1/trusts/ZZ901/actuals"),
        )
    ]

    for answer in answers:
        if answer.status_code != 200:
            assert_refused(answer)


@on_sqlite
@pytest.mark.parametrize("day", [0, 1_711_843_200, "0", "1711843200", "-1", "1e9", " 5 "])
def test_a_number_is_no_day_and_no_instant(
    client: TestClient, national: Headers, day: float | str
) -> None:
    body = {"kind": "trust", "name": "Trust ZZ911 (demonstration)", "opened": day}

    entered = client.put(ORGANISATION, json=body, headers=national)
    listed = client.get("/v1/organisations", params={"open_on": day})
    asked = client.get(ACTUALS, params={"as_of": day})

    found = [answer.json()["errors"] for answer in (entered, listed, asked)]
    shown = json.dumps(day)
    text = json.dumps(str(day))
    assert found == [
        [fault_of("/opened", f"{shown}: must be a day, such as 2026-03-31.")],
        [fault_of("?open_on", f"{text}: must be a day, such as 2026-03-31.")],
        [fault_of("?as_of", f"{text}: must be an instant, such as 2026-11-23T09:00:00Z.")],
    ]


def test_an_instant_is_no_day(client: TestClient) -> None:
    answer = client.get("/v1/organisations", params={"open_on": "2026-03-31T00:00:00"})

    detail = '"2026-03-31T00:00:00": must be a day, such as 2026-03-31.'
    assert answer.json()["errors"] == [fault_of("?open_on", detail)]


def fault_of(pointer: str, detail: str) -> dict[str, str]:
    return {"pointer": pointer, "code": "value_error", "detail": detail}
