"""The demonstration set, released and treated as real, for those who try to read too much."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from starlette.testclient import TestClient

from app.domain.callers import Role
from tests.api.public import release
from tests.apps import borrowed_app
from tests.bodies import Headers
from tests.dashboard.crawling import CENSUS, Crawl, Visited
from tests.dashboard.reading import read_page
from tests.dashboard.signing import SIGN_IN, fields_of
from tests.dashboard.telling import Secrets, find_told, gather
from tests.given import Given
from tests.kept import Kept, demonstration

_NUMBER: Final = re.compile(r"\d[\d,.]*%?")


@dataclass(frozen=True)
class Released:
    """A service of which a census is released.

    Attributes:
        client: Asks it; a stranger unless it has signed in.
        national: What the national team sends with requests of the API.
    """

    client: TestClient
    given: Given
    national: Headers

    def secrets_of(self, *codes: str) -> list[Secrets]:
        """Return what a stranger must not read of trusts."""
        return [gather(self.client, self.national, code) for code in codes]

    @contextmanager
    def signed_in(self, role: Role, *codes: str) -> Iterator[Headers]:
        """Let pages be those of somebody who has signed in; yield what the API wants instead."""
        headers = self.given.token(role, *codes)
        secret = headers["Authorization"].removeprefix("Bearer ")
        entered = {**fields_of(read_page(self.client.get(SIGN_IN))), "token": secret}
        response = self.client.post(SIGN_IN, data=entered, follow_redirects=False)
        assert response.status_code == 303, response.text
        yield headers
        self.client.cookies.clear()

    def find_told(self, crawl: Crawl, secrets: list[Secrets]) -> dict[str, list[str]]:
        """Return what the answers of a crawl tell of what is secret, by their media types.

        A media type of which no answer tells anything is there, too.
        """
        found: dict[str, list[str]] = {}
        for answer in crawl.visit():
            if answer.response.is_success:
                kind = answer.response.headers["content-type"].partition(";")[0]
                found.setdefault(kind, []).extend(find_told(answer, secrets))
        return found


@contextmanager
def released(kept: Kept, folder: Path) -> Iterator[Released]:
    """Yield a service of which the newest census is released."""
    with (
        kept.copy("sqlite", demonstration, folder) as url,
        borrowed_app(url) as app,
        TestClient(app, base_url="http://localhost") as client,
    ):
        given = Given(app.state.engine)
        national = given.token("national")
        release(client, national, CENSUS)
        as_real = {"invented_figures": "as_real"}
        app.state.settings = app.state.settings.model_copy(update=as_real)
        yield Released(client, given, national)


def find_more(service: Released, crawl: Crawl, role: Role, *codes: str) -> list[str]:
    """Return where somebody is told more, or something else, of a trust than a stranger is.

    Args:
        service: The service.
        crawl: Where to look; of trusts for which the caller is nothing but a stranger.
        role: The caller's.
        codes: For whom it calls.
    """
    strangers = {str(one): _figures(one, crawl) for one in crawl.visit()}
    with service.signed_in(role, *codes) as headers:
        callers = {str(one): _figures(one, crawl) for one in crawl.visit(headers)}
    return [
        f"{where}: {told} in place of {strangers.get(where)}"
        for where, told in callers.items()
        if told and told != strangers.get(where)
    ]


def _figures(answer: Visited, crawl: Crawl) -> object:
    """Return what an answer tells of the trusts; nothing if it is one that refuses."""
    response = answer.response
    if not response.is_success or response.history:
        return None
    kind = response.headers["content-type"].partition(";")[0]
    if kind == "text/html":
        page = read_page(response)
        if answer.trust:
            return _NUMBER.findall(page.texts["main"][0])
        names = [
            crawl.client.get(f"/v1/organisations/{one}").json()["name"] for one in crawl.trusts
        ]
        return [row for rows in page.tables.values() for row in rows if row[0] in names]
    if answer.trust:
        return response.content
    if kind == "application/json":
        rows = response.json().get("rows", ())
        return [row for row in rows if row["ods_code"] in crawl.trusts]
    return None
