"""Entity tags in requests: lists with odd tags, HEAD, and changes that name a weak one."""

import pytest
from fastapi import FastAPI
from httpx2 import Client
from starlette.testclient import TestClient

from tests.api import serving
from tests.api.databases import on_sqlite
from tests.api.serving import PATH
from tests.bodies import Headers, actuals_body
from tests.given import Given

pytestmark = on_sqlite

server = serving.server

MEASURES = "/v1/measures"


def test_a_caller_holds_the_answer_only_if_its_tag_is_in_the_list(client: TestClient) -> None:
    tag = client.get(MEASURES).headers["etag"]
    hex_digits = tag.strip('"')

    for holding in ('"a,*,b"', '"*"', f'"x,{hex_digits}"', hex_digits, f'{tag};"x"', f"*, {tag}"):
        assert client.get(MEASURES, headers={"If-None-Match": holding}).status_code == 200, holding
    for holding in (f'"a,b" ,{tag}', f'"x",, W/{tag}', " *"):
        assert client.get(MEASURES, headers={"If-None-Match": holding}).status_code == 304, holding


def test_a_list_may_be_parted_over_headers(client: TestClient) -> None:
    tag = client.get(MEASURES).headers["etag"]

    answer = client.get(MEASURES, headers=[("If-None-Match", '"x"'), ("If-None-Match", tag)])

    assert answer.status_code == 304


@pytest.mark.parametrize("path", [MEASURES, PATH, "/definitions", "/static/parity.css", "/no"])
def test_a_head_tells_what_a_get_would(client: TestClient, given: Given, path: str) -> None:
    given.actuals("ZZ901", 2024)

    whole, head = client.get(path), client.head(path)

    assert (head.status_code, head.content) == (whole.status_code, b"")
    for name in ("content-length", "content-type"):
        assert head.headers[name] == whole.headers[name]
    assert head.headers.get("etag") == whole.headers.get("etag")


def test_whoever_holds_the_answer_is_told_so_by_a_head_too(client: TestClient) -> None:
    answer = client.head(MEASURES, headers={"If-None-Match": "*"})

    assert answer.status_code == 304


def test_a_head_leaves_the_line_usable(server: Client, app: FastAPI) -> None:
    assert app
    for _ in range(2):
        head = server.head(MEASURES)
        assert int(head.headers["content-length"]) == len(server.get(MEASURES).content)


def test_a_weak_tag_never_names_what_is_to_be_changed(
    client: TestClient, given: Given, national: Headers
) -> None:
    given.actuals("ZZ901", 2024)
    body = actuals_body(reason="Corrected", totals={"workforce": 401, "bme": 61})

    weak = client.put(PATH, json=body, headers=national | {"If-Match": 'W/"1"'})
    inside = client.put(PATH, json=body, headers=national | {"If-Match": '"a,*,b"'})

    assert (weak.status_code, inside.status_code) == (412, 412)


def test_a_weak_tag_names_what_is_not_to_be_there(
    client: TestClient, given: Given, national: Headers
) -> None:
    given.actuals("ZZ901", 2024)
    headers = national | {"If-Match": '"1"', "If-None-Match": 'W/"1"'}

    answer = client.put(PATH, json=actuals_body(reason="Corrected"), headers=headers)

    assert answer.status_code == 412
