"""Pages act as whoever signed in, and what they change or read is entered as theirs."""

from collections.abc import Iterator
from typing import Any

import pytest
from anyio import CapacityLimiter
from fastapi import APIRouter, FastAPI, Response
from sqlalchemy import Engine
from starlette.testclient import TestClient

from app.api.request_ids import RequestIds
from app.dashboard.deps import Now, PageCaller, ReadSession, SignedInCaller, WriteSession
from app.dashboard.routes import signing_in
from app.dashboard.routing import PageRoute
from app.domain.callers import COMMAND_LINE
from app.domain.changes import Change, ChangeKind
from app.services.access import note_reading
from app.services.audit import list_audit
from app.settings import Settings
from app.store import ledger
from app.store.audit import AuditFilter
from app.store.engine import reading
from tests.dashboard.reading import read_page
from tests.dashboard.signing import fields_of
from tests.given import START, Given

router = APIRouter(route_class=PageRoute)


@router.get("/who")
def show_who(caller: PageCaller) -> Response:
    known = caller.sees_invented, caller.day, sorted(caller.organisations), caller.token_id
    return Response(f"{caller.name} {known}")


@router.get("/own")
def show_own(caller: SignedInCaller) -> Response:
    return Response(caller.name)


@router.get("/figures")
def show_figures(caller: PageCaller, session: ReadSession) -> Response:
    note_reading(session, caller, "RZ1")
    return Response("read")


@router.post("/change")
def post_change(caller: SignedInCaller, session: WriteSession, now: Now) -> Response:
    note_reading(session, caller, "ZZ901")
    ledger.take_turn(session)
    ledger.stamp(session, now, Change(ChangeKind.REGISTER))
    return Response("changed")


@router.post("/failure")
def post_failure(session: WriteSession, now: Now) -> Response:
    ledger.stamp(session, now, Change(ChangeKind.REGISTER))
    raise ValueError("after the change")


@pytest.fixture
def given(engine: Engine) -> Given:
    given = Given(engine)
    given.register()
    return given


@pytest.fixture
def client(engine: Engine) -> Iterator[TestClient]:
    """A browser of an application of a few pages."""
    app = FastAPI()
    app.state.engine, app.state.clock = engine, lambda: START
    app.state.settings = Settings(invented_figures="as_real")
    app.state.identifying, app.state.replica = CapacityLimiter(1), None
    for routes in (router, signing_in.way_in, signing_in.router):
        app.include_router(routes)
    app.add_middleware(RequestIds)
    with TestClient(app, "http://localhost", raise_server_exceptions=False) as client:
        yield client


def sign_in(client: TestClient, secret: str) -> str:
    """Sign in; return the word of forms."""
    shown = fields_of(read_page(client.get("/sign-in")))
    client.post("/sign-in", data={**shown, "token": secret}, follow_redirects=False)
    return fields_of(read_page(client.get("/sign-in")))["csrf"]


def entries(engine: Engine) -> list[dict[str, Any]]:
    """Return the newest entries of the audit, newest first."""
    with reading(engine) as session:
        page = list_audit(session, wanted=AuditFilter(), before=None, limit=5, caller=COMMAND_LINE)
    names = ("event", "caller_name", "channel", "address", "operation", "request_id", "ods_code")
    return [{name: one.members()[name] for name in names} for one in page.items]


def test_a_page_acts_as_whoever_signed_in(client: TestClient, given: Given) -> None:
    token = given.new_token("trust", "RZ1", name="RZ1 lead")
    before = client.get("/who").text

    sign_in(client, token.secret)

    assert before == "anonymous (False, datetime.date(2026, 11, 23), [], None)"
    assert client.get("/who").text == (
        f"RZ1 lead (False, datetime.date(2026, 11, 23), ['RZ1'], '{token.token.id}')"
    )
    assert client.get("/own").text == "RZ1 lead"


def test_whoever_has_not_signed_in_is_led_to_do_so_and_back(
    client: TestClient, given: Given
) -> None:
    response = client.get("/own?x=1&y=%2F", follow_redirects=False)

    assert response.status_code == 303
    assert response.headers["location"] == "/sign-in?next=%2Fown%3Fx%3D1%26y%3D%252F"
    assert response.headers["vary"] == "Cookie"
    shown = fields_of(read_page(client.get(response.headers["location"])))
    secret = given.new_token("national", name="team").secret
    led = client.post("/sign-in", data={**shown, "token": secret}, follow_redirects=False)
    assert led.headers["location"] == "/own?x=1&y=%2F"
    assert client.get(led.headers["location"]).text == "team"


def test_a_change_is_entered_with_who_made_it_on_what_page(
    client: TestClient, given: Given, engine: Engine
) -> None:
    word = sign_in(client, given.new_token("national", name="team").secret)

    response = client.post("/change", data={"csrf": word}, headers={"X-Request-ID": "one"})

    assert response.text == "changed"
    told = {
        "caller_name": "team",
        "channel": "http",
        "address": "testclient",
        "operation": "post_change",
        "request_id": "one",
    }
    assert entries(engine)[:2] == [
        {"event": "reading", **told, "ods_code": "ZZ901"},
        {"event": "change", **told, "ods_code": None},
    ]


def test_what_fails_changes_nothing(client: TestClient, given: Given, engine: Engine) -> None:
    word = sign_in(client, given.new_token("national", name="team").secret)
    before = entries(engine)

    response = client.post("/failure", data={"csrf": word})

    assert response.status_code == 500
    assert entries(engine) == before


def test_a_change_of_nobody_is_not_made(client: TestClient, engine: Engine) -> None:
    before = entries(engine)

    response = client.post("/change", data={"csrf": "0" * 64})

    assert response.status_code == 403
    assert read_page(response).texts["h1"] == ["You are not signed in"]
    assert entries(engine) == before


def test_whose_figures_a_page_shows_is_entered(
    client: TestClient, given: Given, engine: Engine
) -> None:
    sign_in(client, given.new_token("national", name="team").secret)

    client.get("/figures", headers={"X-Request-ID": "two"})

    assert entries(engine)[0] == {
        "event": "reading",
        "caller_name": "team",
        "channel": "http",
        "address": "testclient",
        "operation": "show_figures",
        "request_id": "two",
        "ods_code": "RZ1",
    }
