"""A running service on a database that holds the register, and how tests speak to it."""

import json
import shutil
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from fastapi import FastAPI
from httpx2 import Response
from starlette.testclient import TestClient

from app.domain.callers import COMMAND_LINE, Caller, Role
from app.domain.fault_codes import FaultCode
from app.services.register import load_register
from app.services.tokens import create_token
from app.store.engine import build_engine, writing
from tests.apps import borrowed_app
from tests.origins import ORIGIN
from tests.postgres import Server

START = datetime(2026, 11, 23, 9, tzinfo=UTC)
"""What the clock says when a test begins."""

BEFORE = START - timedelta(days=30)
"""When the register was loaded."""

Counts = tuple[int, int, int]
"""Persons: white, BME, unknown."""

Body = dict[str, Any]

Param = datetime | str | float | list[str]

KINDS = ("sqlite", "postgresql")

PROBLEM = "application/problem+json"


class Clock:
    """A clock that stands still until it is moved."""

    def __init__(self, now: datetime = START) -> None:
        self.now = now

    def __call__(self) -> datetime:
        return self.now

    def forward(self, **time: int) -> None:
        """Move on, by days, hours, minutes or seconds."""
        self.now += timedelta(**time)


def staff(cells: Mapping[tuple[str, str], Counts], **members: object) -> Body:
    """Return actuals of the given cells, with the totals that they come to."""
    return {
        "source": "Staff in post, 31 March",
        "totals": {
            "workforce": sum(sum(counts) for counts in cells.values()),
            "bme": sum(counts[1] for counts in cells.values()),
        },
        "headcounts": [
            {
                "staff_group": group,
                "band": band,
                "ethnic_group": ethnic_group,
                "headcount": headcount,
            }
            for (group, band), counts in cells.items()
            for ethnic_group, headcount in zip(("white", "bme", "unknown"), counts, strict=True)
            if headcount
        ],
        **members,
    }


def leaders_and_rest(
    leaders: tuple[int, int], workforce: tuple[int, int], unknown: int = 0, **members: object
) -> Body:
    """Return actuals with leaders in clinical 8a and the rest in clinical 5.

    Args:
        leaders: BME people, and people, among the leaders.
        workforce: Likewise of everybody.
        unknown: Leaders of unknown ethnicity.
        members: Further members of the body.
    """
    (x, n), (big_x, big_n) = leaders, workforce
    rest = (big_n - n - (big_x - x), big_x - x, 0)
    cells = {("clinical", "8a"): (n - x - unknown, x, unknown), ("clinical", "5"): rest}
    return staff(cells, **members)


@dataclass
class Service:
    """The service, spoken to as a national caller unless a test says otherwise."""

    client: TestClient
    app: FastAPI
    clock: Clock
    headers: dict[str, str] = field(default_factory=dict)

    def bearer(self, role: Role, *codes: str) -> dict[str, str]:
        """Return the header of a new token."""
        with writing(self.app.state.engine, ORIGIN) as session:
            made = create_token(
                session,
                caller=Caller(f"{role} of the test", role, frozenset(codes)),
                expires_at=None,
                by=COMMAND_LINE,
                now=BEFORE,
            )
        return {"Authorization": f"Bearer {made.secret}"}

    def get(self, path: str, **params: Param) -> Response:
        """Ask without a token."""
        return self.client.get(path, params={name: _plain(v) for name, v in params.items()})

    def send(
        self, method: str, path: str, body: object = None, headers: Mapping[str, str] | None = None
    ) -> Response:
        """Send a request of the national team; a draft is submitted whatever it says by now."""
        whatever = {"If-Match": "*"} if path.endswith("/submit") else {}
        return self.client.request(
            method, path, json=body, headers={**self.headers, **whatever, **(headers or {})}
        )

    def done(
        self, method: str, path: str, body: object = None, headers: Mapping[str, str] | None = None
    ) -> Response:
        """Send a request that is part of the setting, and see that it succeeds."""
        response = self.send(method, path, body, headers)
        assert response.is_success, response.text
        return response

    def trust(self, code: str = "ZZ901", **members: object) -> Response:
        """Enter an invented trust."""
        body = {"kind": "trust", "name": f"Trust {code} (demonstration)", **members}
        return self.done("PUT", f"/v1/organisations/{code}", body)

    def actuals(self, year: int, body: Body, code: str = "ZZ901") -> Response:
        """Send in a census, whatever is held of it."""
        path = f"/v1/trusts/{code}/actuals/{year}"
        held = self.client.get(path)
        headers = {"If-Match": held.headers["ETag"]} if held.status_code == 200 else {}
        return self.done("PUT", path, body, headers)

    def target(self, body: Body, code: str = "ZZ901") -> str:
        """Draft a target and submit it; return its path."""
        made = self.done("POST", f"/v1/trusts/{code}/targets", body)
        path = made.headers["Location"]
        self.done("POST", f"{path}/submit")
        return path


def _plain(value: Param) -> str | float | list[str]:
    return value.isoformat() if isinstance(value, datetime) else value


def goal(share: str = "0.1800", **members: object) -> Body:
    """Return a target for leadership in the cycle 2022 to 2025."""
    return {"measure": "leadership", "cycle": "2022-2025", "goal_share": share, **members}


def problem_of(response: Response) -> Body:
    """Return the problem of a response, which is one by its media type."""
    assert response.headers["content-type"] == PROBLEM, response.text
    body: Body = response.json()
    assert body["status"] == response.status_code
    assert {one["code"] for one in body.get("errors", ())} <= set(FaultCode)
    return body


Begin = Callable[[Service], None]
"""Lets a service hold what tests start from."""


class Begun(NamedTuple):
    """What many tests start from.

    Attributes:
        template: The database to copy: a file, or its name.
        headers: Of the national team, which has a token in it.
    """

    template: str
    headers: dict[str, str]


@dataclass(frozen=True)
class Registered:
    """Databases that hold the register, and what tests start from, made by copying."""

    file: Path
    server: Server
    names: Iterator[str]
    template: str
    begun: dict[tuple[str, Begin], Begun] = field(default_factory=dict)

    @contextmanager
    def database(self, kind: str, folder: Path, *, begun: Begun | None = None) -> Iterator[str]:
        """Yield the address of a database of a kind."""
        if kind == "sqlite":
            yield f"sqlite:///{shutil.copy(begun.template if begun else self.file, folder)}"
            return
        name = next(self.names)
        yield self.server.create(name, template=begun.template if begun else self.template)
        self.server.drop(name)

    @contextmanager
    def service(self, kind: str, folder: Path, begin: Begin | None = None) -> Iterator[Service]:
        """Yield the service on a database of a kind, that has begun in some way.

        It begins once; whoever begins likewise gets a copy.
        """
        begun = self._begin(kind, begin) if begin else None
        with (
            self.database(kind, folder, begun=begun) as url,
            running_service(url, begun.headers if begun else None) as service,
        ):
            yield service

    def _begin(self, kind: str, begin: Begin) -> Begun:
        if (kind, begin) not in self.begun:
            if kind == "sqlite":
                folder = self.file.with_name(str(len(self.begun)))
                folder.mkdir()
                template = str(shutil.copy(self.file, folder))
                url = f"sqlite:///{template}"
            else:
                template = next(self.names)
                url = self.server.create(template, template=self.template)
            with running_service(url) as service:
                begin(service)
            self.begun[kind, begin] = Begun(template, service.headers)
        return self.begun[kind, begin]

    def drop(self) -> None:
        """Drop what was kept on the server."""
        kept = [one.template for (kind, _), one in self.begun.items() if kind == "postgresql"]
        for name in (*kept, self.template):
            self.server.drop(name)


@pytest.fixture(scope="session")
def registered(
    sqlite_template: Path,
    tmp_path_factory: pytest.TempPathFactory,
    postgresql_server: Server,
    postgresql_names: Iterator[str],
    postgresql_template: str,
) -> Iterator[Registered]:
    """Databases with the register."""
    file = Path(shutil.copy(sqlite_template, tmp_path_factory.mktemp("registered")))
    name = next(postgresql_names)
    for url in (
        f"sqlite:///{file}",
        postgresql_server.create(name, template=postgresql_template),
    ):
        _load_register(url)
    registered = Registered(file, postgresql_server, postgresql_names, name)
    yield registered
    registered.drop()


def _load_register(database_url: str) -> None:
    engine = build_engine(database_url)
    with writing(engine, ORIGIN) as session:
        load_register(session, by=COMMAND_LINE, now=BEFORE)
    engine.dispose()


@contextmanager
def running_service(database_url: str, headers: dict[str, str] | None = None) -> Iterator[Service]:
    """Yield the service on a database with the register.

    Args:
        database_url: Where it is.
        headers: Of the national team, if it has a token there.
    """
    clock = Clock()
    # A failure is compared as the answer that callers get.
    with (
        borrowed_app(database_url, clock=clock) as app,
        TestClient(app, "http://localhost", raise_server_exceptions=False) as client,
    ):
        service = Service(client, app, clock)
        service.headers = headers or service.bearer(Role.NATIONAL)
        yield service


def read(response: Response) -> Body:
    """Return the body of an answer, in which every number is one."""
    assert response.status_code == 200, response.text
    body: Body = json.loads(response.text, parse_constant=_no_number)
    return body


def _no_number(name: str) -> float:
    raise AssertionError(f"{name} is no JSON")


EXPLAINED_OTHERWISE = {
    "staff_group": "not narrowed",
    "closing_target": "no cycle ends at the last census",
    "actuals.revision": "the census is made of predecessors' alone",
    "parity.year": "the outlook says it",
    "parity.interval_80": "likewise",
    "parity.on_points_scale.year": "likewise",
    "parity.on_known_ethnicity.year": "likewise",
    "parity.on_everybody.year": "likewise",
    "parity.on_log_odds_scale.year": "likewise",
    "measures.staff_group": "not narrowed",
    "measures.parity.year": "the outlook says it",
    "measures.parity.interval_80": "likewise",
    "measures.parity.on_points_scale.year": "likewise",
    "measures.parity.on_known_ethnicity.year": "likewise",
    "measures.parity.on_everybody.year": "likewise",
    "measures.parity.on_log_odds_scale.year": "likewise",
    "rows.staff_group": "not narrowed",
    "rows.parity_year": "the outlook says it",
}
"""Members of progress, of trusts and areas, that may be null without a sibling that says why."""


def find_unexplained(body: Body) -> list[str]:
    """Return the nulls of an answer without a reason, and the reasons without a null."""
    return list(_unexplained(body, ""))


def _unexplained(part: object, path: str) -> Iterator[str]:
    if isinstance(part, list):
        for one in part:
            yield from _unexplained(one, path)
    if not isinstance(part, dict):
        return
    for name, value in part.items():
        at = f"{path}.{name}".removeprefix(".")
        yield from _unexplained(value, at)
        if name.endswith("_reason"):
            if value is None or part[name.removesuffix("_reason")] is not None:
                yield f"{at} without need"
        elif value is None and not part.get(f"{name}_reason") and at not in EXPLAINED_OTHERWISE:
            yield f"{at} without reason"
