"""Kept answers under attack: after every kind of change, each caller reads what is true by then.

Two processes that keep answers, and one that keeps none, on the same database: whatever is
stored between two reads, all three answer alike, and nobody is given what another was.
"""

from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from itertools import product
from random import Random
from typing import Final

from fastapi import FastAPI
from httpx2 import Response
from starlette.testclient import TestClient

from app.domain.callers import Role
from tests.api.conftest import Start
from tests.api.permitted import (
    CALLERS,
    OF_NOBODY,
    OF_THINGS,
    OF_TRUSTS,
    OWN,
    PLACES,
    Ids,
    Request,
    prepare,
)
from tests.api.setting import Clock
from tests.apps import borrowed_app
from tests.bodies import Headers
from tests.examples import examples
from tests.given import Given

PAGES: Final = ("/england", "/areas/QMF", "/trusts/RZ1", "/trusts/RZ1/measures/leadership")

READS_EACH: Final = 2
"""Reads that are kept before each change, and asked for again after it."""

OF_REQUEST: Final = frozenset({"x-request-id", "date"})

Read = tuple[Request, Role]


@contextmanager
def answering(url: str, clock: Clock, *, warm_megabytes: int) -> Iterator[TestClient]:
    """Yield a client of a process of its own."""
    with borrowed_app(url, clock=clock) as app:
        app.state.settings = app.state.settings.model_copy(
            update={"warm_megabytes": warm_megabytes}
        )
        with TestClient(app, "http://localhost", raise_server_exceptions=False) as client:
            yield client


def told(response: Response) -> tuple[int, dict[str, str], bytes]:
    headers = {name: v for name, v in response.headers.items() if name not in OF_REQUEST}
    return response.status_code, headers, response.content


def list_requests(ids: Ids) -> list[Request]:
    """Return a request of every operation, and of some pages."""
    return [
        *(of_trust(code) for of_trust in OF_TRUSTS.values() for code in PLACES),
        *(of_thing(ids, code) for of_thing in OF_THINGS.values() for code in PLACES),
        *(of_nobody(ids) for of_nobody in OF_NOBODY.values()),
        *(Request("GET", path, headers={"Accept": "text/html"}) for path in PAGES),
    ]


def list_changes(ids: Ids) -> list[Request]:
    """Return a request of every operation that changes something, the ends of tokens last."""
    own = [
        *(of_nobody(ids) for of_nobody in OF_NOBODY.values()),
        *(of_trust(OWN) for of_trust in OF_TRUSTS.values()),
        *(of_thing(ids, OWN) for of_thing in OF_THINGS.values()),
    ]
    return [one for one in own if one.method != "GET"]


def send(client: TestClient, one: Request, headers: Headers) -> Response:
    return client.request(
        one.method, one.path, json=one.body, headers={**one.headers, **headers}, **one.more
    )


def test_every_change_is_in_the_next_answer_of_every_process_to_every_caller(
    app: FastAPI, start: Start
) -> None:
    url, clock, chance = app.state.settings.database_url, Clock(), Random(20261128)  # noqa: S311 — chooses what to read
    with ExitStack() as stack:
        plain = stack.enter_context(answering(url, clock, warm_megabytes=0))
        first, second = (
            stack.enter_context(answering(url, clock, warm_megabytes=8)) for _ in range(2)
        )
        ids = prepare(first.app, first, start.national)  # type: ignore[arg-type] # it is ours
        given = Given(first.app.state.engine)  # type: ignore[attr-defined]
        callers = {
            role: {} if role is Role.ANONYMOUS else given.token(role.value, *codes)
            for role, codes in CALLERS.items()
        }
        reads = [one for one in list_requests(ids) if one.method == "GET"]

        def compare(asked: Sequence[Read]) -> list[str]:
            """Return the reads that are not answered alike."""
            return [
                f"{role} {one.path}"
                for one, role in asked
                if any(
                    told(send(client, one, callers[role])) != told(send(plain, one, callers[role]))
                    for client in (first, second)
                )
            ]

        faults, done = [], 0
        for number, change in enumerate(list_changes(ids)):
            asked = chance.choices(list(product(reads, Role)), k=examples(READS_EACH))
            faults += compare(asked)
            done += send((first, second)[number % 2], change, start.national).is_success
            faults += compare(asked)

    assert faults == []
    assert done > len(list_changes(ids)) * 3 // 4
