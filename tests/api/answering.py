"""Processes that answer from the same database, and requests to compare what they answer."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

from httpx2 import Response
from starlette.testclient import TestClient

from tests.api.permitted import OF_NOBODY, OF_THINGS, OF_TRUSTS, OWN, PLACES, Ids, Request
from tests.api.setting import Clock
from tests.apps import borrowed_app
from tests.bodies import Headers

PAGES: Final = ("/england", "/areas/QMF", "/trusts/RZ1", "/trusts/RZ1/measures/leadership")

OF_REQUEST: Final = frozenset({"x-request-id", "date"})


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
    """Return an answer but for what belongs to its request."""
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
    """Send a request of a caller."""
    return client.request(
        one.method, one.path, json=one.body, headers={**one.headers, **headers}, **one.more
    )
