"""Every operation as every role, on own trusts and others: answered as the table says."""

from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest
from fastapi import FastAPI
from httpx2 import Response
from sqlalchemy import select
from starlette.testclient import TestClient

from app.domain.callers import Role
from app.domain.permissions import OPERATIONS, Reach, render_permissions
from app.store.engine import reading
from app.store.rows import Row
from tests.api.conftest import DATABASES, Start
from tests.api.experts import NOBODY
from tests.api.permitted import (
    BARE,
    CALLERS,
    OF_NOBODY,
    OF_THINGS,
    OF_TRUSTS,
    OTHER,
    PLACES,
    REACHED,
    RELEASED,
    Ids,
    Request,
    prepare,
)
from tests.apps import borrowed_app
from tests.bodies import Headers
from tests.contract.openapi import PATHS
from tests.given import Clock, Given
from tests.postgres import Server

PAGE = Path(__file__).parents[2] / "docs" / "permissions.md"

ALLOWED, NO_TOKEN, NOT_ALLOWED, NOT_FOUND = "allowed", 401, 403, 404

Outcome = str | int

NATIONAL = "national caller"
"""What the national team's token of a test is called."""

LEADING = ("ETag", "Location")
"""Headers of answers by which callers go on."""

NOTHING = "i000000000000"
"""An identifier that no import has."""


class Asked(NamedTuple):
    """An operation, as it was asked for."""

    operation: str
    role: Role
    place: str


Headed = tuple[str, int, str]
"""An operation, the status of an answer to it, and a header that it has; empty for the answer."""


class Walked(NamedTuple):
    """What was answered, what the table says, and what the national team could not do.

    Attributes:
        answers: To every operation, as every role.
        expected: The same as the table has it.
        failed: What the national team was refused, which it should not be.
        headed: What answers to the national team had.
    """

    answers: dict[Asked, Outcome]
    expected: dict[Asked, Outcome]
    failed: dict[str, str]
    headed: set[Headed]


@pytest.fixture(scope="module", params=DATABASES)
def app(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[FastAPI]:
    """The service on one database of each kind for the whole walk."""
    start: Start = request.getfixturevalue(f"{request.param}_start")
    if request.param == "sqlite":
        copy = tmp_path_factory.mktemp("permissions") / "parity.sqlite3"
        copy.write_bytes(Path(start.template).read_bytes())
        with borrowed_app(f"sqlite:///{copy}", clock=Clock()) as app:
            yield app
        return
    server: Server = request.getfixturevalue("postgresql_server")
    name = next(request.getfixturevalue("postgresql_names"))
    with borrowed_app(server.create(name, template=start.template), clock=Clock()) as app:
        yield app
    server.drop(name)


@pytest.fixture(scope="module")
def client(app: FastAPI) -> Iterator[TestClient]:
    with TestClient(app, raise_server_exceptions=False) as client:
        yield client


@pytest.fixture(scope="module")
def tokens(app: FastAPI, client: TestClient) -> dict[Role, Headers]:
    """The headers of a caller of each role."""
    assert client
    given = Given(app.state.engine)
    return {
        role: {} if role is Role.ANONYMOUS else given.token(role.value, *codes)
        for role, codes in CALLERS.items()
    }


@pytest.fixture(scope="module")
def ids(app: FastAPI, client: TestClient, tokens: dict[Role, Headers]) -> Ids:
    return prepare(app, client, tokens[Role.NATIONAL])


def send(client: TestClient, one: Request, headers: Headers) -> Response:
    return client.request(
        one.method, one.path, json=one.body, headers={**one.headers, **headers}, **one.more
    )


def outcome_of(response: Response) -> Outcome:
    """Return what an answer says of what the caller may; in a file it says so of its trusts."""
    assert response.status_code < 500, response.text
    if response.status_code in {401, 403, 404}:
        return response.status_code
    if response.status_code == 422:
        codes = {one["code"] for one in response.json()["errors"]}
        if codes == {"not_allowed"}:
            return NOT_ALLOWED
    return ALLOWED


TOLD_BY_THEN = {
    "list_progress",
    "get_progress",
    "get_board_page",
    "get_chart",
    "get_area_progress",
    "get_england_progress",
    "get_area_chart",
    "get_england_chart",
}
"""What everybody is told from the figures that the walk has released on its way."""


def expect(operation: str, role: Role, place: str | None) -> Outcome:
    """Return what the table says; the trusts here have released nothing that is asked for."""
    reach = OPERATIONS[operation].reach_of(role)
    refusal = NO_TOKEN if role is Role.ANONYMOUS else NOT_ALLOWED
    if operation in TOLD_BY_THEN:
        return ALLOWED
    match reach:
        case Reach.ALL | Reach.OPEN:
            return ALLOWED
        case Reach.RELEASED:
            return ALLOWED if OPERATIONS[operation].action is None else refusal
        case Reach.OWN | Reach.AREA:
            if place is None or place in REACHED[role]:
                return ALLOWED
            return NOT_FOUND if operation in OF_THINGS else refusal
        case _:
            return refusal


def walk(ids: Ids) -> Iterator[tuple[str, str | None, Request]]:
    """Yield every operation in the order of the table, for each trust where it is of one."""
    for operation in OPERATIONS:
        if operation in OF_NOBODY:
            yield operation, None, OF_NOBODY[operation](ids)
        else:
            for place in PLACES:
                if operation in OF_TRUSTS:
                    yield operation, place, OF_TRUSTS[operation](place)
                else:
                    yield operation, place, OF_THINGS[operation](ids, place)


def test_every_operation_is_walked() -> None:
    described = {one["operationId"] for methods in PATHS.values() for one in methods.values()}

    assert set(OPERATIONS) == described
    assert {*OF_TRUSTS, *OF_THINGS, *OF_NOBODY} == described
    assert set(CALLERS) == set(Role)


@pytest.fixture(scope="module")
def walked(client: TestClient, tokens: dict[Role, Headers], ids: Ids) -> Walked:
    """What every role was answered by every operation; the national team asked first."""
    answers, expected, failed = {}, {}, {}
    headed: set[Headed] = set()
    for operation, place, request in walk(ids):
        for role, headers in tokens.items():
            response = send(client, request, headers)
            asked = Asked(operation, role, place or "")
            answers[asked] = outcome_of(response)
            expected[asked] = expect(operation, role, place)
            if role is Role.NATIONAL and not response.is_success:
                failed[f"{operation} {place}"] = response.text
            elif role is Role.NATIONAL:
                told = ["", *(one for one in LEADING if one in response.headers)]
                headed |= {(operation, response.status_code, one) for one in told}
    return Walked(answers, expected, failed, headed)


def test_every_role_may_do_what_the_table_says_and_nothing_else(walked: Walked) -> None:
    assert walked.failed == {}, "a request that should succeed does not"
    assert walked.answers == walked.expected


def test_what_leads_on_from_an_answer_is_described(walked: Walked) -> None:
    described = {
        (operation["operationId"], int(status), name)
        for methods in PATHS.values()
        for operation in methods.values()
        for status, response in operation["responses"].items()
        for name in response.get("headers", {})
        if name in LEADING
    }

    answered = {(operation, status) for operation, status, _ in walked.headed}
    assert {one for one in walked.headed if one[2]} == {
        one for one in described if one[:2] in answered
    }


def test_what_the_national_team_writes_for_a_trust_says_so(app: FastAPI, walked: Walked) -> None:
    assert walked.failed == {}
    said: dict[str, set[str | None]] = {}
    with reading(app.state.engine) as session:
        for table in Row.metadata.sorted_tables:
            if "recorded_by" in table.c and "supplied_by" in table.c:
                query = select(table.c.supplied_by).where(table.c.recorded_by == NATIONAL)
                said[table.name] = set(session.scalars(query))

    assert {name for name, values in said.items() if values == {"national"}} == set(said)
    assert set(said) == {
        "actuals_revision",
        "sign_off",
        "release",
        "explanation",
        "consent_revision",
        "board_revision",
        "indicator_revision",
        "target_version",
        "target_move",
        "action_plan",
        "import_record",
    }


def test_what_is_of_no_trust_says_no_more_than_who_wrote_it() -> None:
    without = {
        table.name
        for table in Row.metadata.sorted_tables
        if "recorded_by" in table.c and "supplied_by" not in table.c
    }

    # A comment is the commenting role's own, whoever's target it is about.
    assert without == {
        "organisation",
        "organisation_revision",
        "census_revision",
        "expert_revision",
        "target_comment",
        "token_withdrawal",
    }


@pytest.mark.parametrize("role", [Role.ANONYMOUS, Role.TRUST, Role.AREA])
def test_who_is_refused_is_told_the_same_whether_or_not_anything_is_held(
    client: TestClient, tokens: dict[Role, Headers], walked: Walked, role: Role
) -> None:
    assert walked.failed == {}
    named = {**tokens[role], "If-Match": '"1"'}

    def ask(code: str) -> dict[str, tuple[int, str, dict[str, str]]]:
        answers = {}
        # The walk made figures of one of them public, of which everybody is told.
        for operation in OF_TRUSTS.keys() - {"list_actuals"} - TOLD_BY_THEN:
            response = send(client, OF_TRUSTS[operation](code), named)
            text = response.text.replace(code, "CODE")
            told = dict(response.headers) | {"x-request-id": ""}
            answers[operation] = response.status_code, text, told
        return answers

    assert ask(OTHER) == ask(BARE)


def test_what_is_hidden_is_answered_like_what_is_not_there(
    client: TestClient, tokens: dict[Role, Headers], ids: Ids
) -> None:
    hidden = {"experts": (ids.experts[OTHER], NOBODY), "imports": (ids.imports[OTHER], NOTHING)}

    for noun, (held, missing) in hidden.items():
        answers = [
            client.get(f"/v1/{noun}/{id_}", headers=tokens[Role.TRUST]) for id_ in (held, missing)
        ]
        assert [one.status_code for one in answers] == [404, 404]
        assert answers[0].text.replace(held, missing) == answers[1].text


def test_what_was_released_is_read_by_every_role(
    client: TestClient, tokens: dict[Role, Headers], ids: Ids
) -> None:
    assert ids
    reading = [one for one, held in OPERATIONS.items() if held.everybody is Reach.RELEASED]
    path = f"/v1/trusts/{RELEASED}/actuals"

    answers = {
        (role, end): client.get(f"{path}{end}", headers=headers).status_code
        for role, headers in tokens.items()
        for end in ("", "/2022")
    }

    assert reading == [
        "list_actuals",
        "get_actuals",
        "get_board",
        "get_indicators",
        "list_progress",
        "get_progress",
        "get_area_progress",
        "get_england_progress",
        "get_chart",
        "get_area_chart",
        "get_england_chart",
        "get_board_page",
        "get_returns",
        "list_downloads",
        "get_download",
    ]
    assert answers == dict.fromkeys(answers, 200)


def test_who_is_refused_is_not_told_what_is_wrong_with_the_request(
    client: TestClient, tokens: dict[Role, Headers], ids: Ids
) -> None:
    assert ids
    path, area = f"/v1/trusts/{OTHER}/actuals/2024", tokens[Role.AREA]
    as_json = {"Content-Type": "application/json"}

    assert client.put(path, content=b'{"', headers=area | as_json).status_code == 403
    assert client.put(path, content=b'{"', headers=as_json).status_code == 401
    assert client.get("/v1/imports?limit=nonsense", headers=area).status_code == 403
    assert client.get("/v1/imports?limit=nonsense").headers["www-authenticate"] == "Bearer"


def test_the_page_is_current() -> None:
    told = PAGE.read_text(encoding="utf-8")
    assert told == render_permissions(), "run `parity permissions > docs/permissions.md`"
