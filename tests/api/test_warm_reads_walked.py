"""Kept answers under attack, in any order: reads, changes, ends of tokens and the clock, mixed.

Each walk goes round a few reads in a few forms, so that what is kept is asked for again. Two
processes keep answers and one keeps none, on the same database: whatever happened before, all
three answer a read alike. The clock moves too; nothing that it alone changes is due within a
minute, which is how late that may be.
"""

from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field
from datetime import timedelta
from itertools import product
from random import Random
from typing import Final

import pytest
from fastapi import FastAPI
from starlette.testclient import TestClient

from app.api.negotiation import XLSX
from app.domain.callers import Role
from tests.api.answering import answering, list_changes, list_requests, send, told
from tests.api.conftest import Start
from tests.api.permitted import CALLERS, OWN, PLACES, STAFF, Ids, Request, prepare
from tests.api.setting import Clock
from tests.bodies import Headers, actuals_body, bearer
from tests.examples import examples
from tests.given import Given

WALKS: Final = 3
"""In the ordinary tests."""

STEPS: Final = 30
"""Of each of them."""

SEED: Final = 20261128

ACCEPTED: Final = ("text/csv", "text/html", "text/html;q=0.5, application/json", XLSX)

TELLING: Final = (
    *product(
        (f"/v1/trusts/{OWN}/progress/leadership", f"/v1/trusts/{OWN}/actuals"),
        ("", "?as_of=2026-11-01T00:00:00Z", "?continuity=as_reported", "?unknown=1"),
    ),
    *product(("/v1/areas/QMF/progress",), ("?measure=leadership", "?measure=band_8a")),
    *product(("/v1/organisations",), ("", "?kind=trust", "?limit=2", "?limit=none")),
    *product((f"/v1/trusts/{OWN}/actuals/2023",), ("", "?as_of=2026-11-01T00:00:00Z")),
)
"""Addresses, and what is added to them, of answers that depend most on who asks for them, when
and how."""

OTHERS: Final[Sequence[Headers]] = (
    {"Accept-Encoding": "gzip"}, {"X-Request-ID": "mine"}, {"Range": "bytes=0-9"},
    {"Cookie": "parity=1"}, {"Origin": "https://elsewhere.example"}, {"Host": "elsewhere.example"},
    {"If-Modified-Since": "Mon, 23 Nov 2026 09:00:00 GMT"},
)  # fmt: skip
HELD: Final = ("*", '"1"', 'W/"1"', "not a tag")
"""Tags that a caller may name, beside those that it was given."""


@dataclass(slots=True)
class Walk:
    """A walk through what callers may do.

    Attributes:
        warm: Clients of processes that keep answers.
        plain: The client of one that keeps none.
        all_reads: Reads that there are.
        changes: Likewise.
        callers: Headers by which callers of every role are known.
        reads: Those that this walk goes round.
        askers: Callers who do, those whose tokens have ended included.
        accepted: In what forms they are asked for.
        tags: Entity tags that were given to anybody.
        trail: Reads that were asked for, to be asked for again.
        kinds: Statuses that answers had, and methods that were answered so.
        faults: Reads that were not answered alike, and what had happened just before.
    """

    chance: Random
    clock: Clock
    warm: Sequence[TestClient]
    plain: TestClient
    given: Given
    national: Headers
    all_reads: Sequence[Request]
    changes: Sequence[Request]
    callers: list[Headers]
    reads: Sequence[Request] = ()
    askers: list[Headers] = field(default_factory=list)
    accepted: Sequence[str | None] = ()
    tags: list[str] = field(default_factory=lambda: list(HELD))
    trail: list[tuple[str, str, Headers, Headers]] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)
    kinds: set[object] = field(default_factory=set)

    def begin(self) -> None:
        """Choose what to go round."""
        telling = self.chance.choice([path for path, _ in TELLING])
        forms = [Request("GET", path + query) for path, query in TELLING if path == telling]
        self.reads = [*forms, *forms, *self.chance.sample(self.all_reads, 2)]
        self.askers = [self.national, *self.chance.sample(self.callers, 2)]
        self.accepted = [None, *self.chance.sample(ACCEPTED, 1)]
        self.trail.clear()

    def step(self) -> None:
        """Do one of the things that may happen."""
        (do,) = self.chance.choices(
            [self.read, self.read_again, self.change, self.correct, self.begin_token,
             self.end_token, self.wait],
            weights=[24, 24, 4, 6, 4, 2, 6],
        )  # fmt: skip
        do()

    def read(self) -> None:
        """Ask for something as somebody, in some form."""
        chance, one = self.chance, self.chance.choice(self.reads)
        accept = chance.choice(self.accepted)
        asked: Headers = {**one.headers, **({"Accept": accept} if accept else {})}
        asked |= chance.choice(OTHERS) if chance.random() < 0.2 else {}
        method = "HEAD" if chance.random() < 0.1 else "GET"
        self._ask(method, one.path, asked, chance.choice(self.askers))

    def read_again(self) -> None:
        """Ask for what was asked for before: as the same or another, holding the answer or not."""
        if not self.trail:
            return
        method, path, asked, caller = self.chance.choice(self.trail[-6:])
        if self.chance.random() < 0.4:
            caller = self.chance.choice(self.askers)
        if self.chance.random() < 0.2:
            asked = {**asked, "If-None-Match": self.chance.choice(self.tags[-12:])}
        self._ask(method, path, asked, caller)

    def change(self) -> None:
        """Send a change of any kind, in any process, as anybody."""
        caller = self.national if self.chance.random() < 0.7 else self.chance.choice(self.askers)
        self._send(self.chance.choice(self.changes), caller)

    def correct(self) -> None:
        """Send other figures of a trust."""
        counts = {**STAFF, ("clinical", "9"): (20, self.chance.randrange(1000), 0)}
        rows = [
            {"staff_group": group, "band": band, "ethnic_group": ethnic, "headcount": number}
            for (group, band), numbers in counts.items()
            for ethnic, number in zip(("white", "bme", "unknown"), numbers, strict=True)
        ]
        path = (
            f"/v1/trusts/{self.chance.choice(PLACES)}/actuals/{self.chance.choice((2022, 2023))}"
        )
        body = actuals_body(rows, reason="Counted again")
        self._send(Request("PUT", path, body, {"If-Match": "*"}), self.national)

    def begin_token(self) -> None:
        """Make a token, good for a while or for good."""
        role = self.chance.choice([one for one in Role if one is not Role.ANONYMOUS])
        ends = timedelta(seconds=self.chance.randrange(1, 40))
        expires_at = self.clock() + ends if self.chance.random() < 0.6 else None
        made = self.given.new_token(role.value, *CALLERS[role], expires_at=expires_at)
        self.askers.append(bearer(made.secret))
        for _ in range(2):  # its first use is noted, so that only the next answer is kept
            self._ask("GET", f"/v1/trusts/{OWN}/actuals", {}, self.askers[-1])
        if self.chance.random() < 0.3:
            self.given.revoked(made)

    def end_token(self) -> None:
        """Take a token back, by the API, that callers go on to use."""
        listed = self.plain.get("/v1/tokens", headers=self.national).json()["items"]
        ids = [one["id"] for one in listed if one["name"].endswith(" caller")]
        self._send(Request("DELETE", f"/v1/tokens/{self.chance.choice(ids)}"), self.national)

    def wait(self) -> None:
        """Let time pass: less than answers are kept for, or more."""
        self.clock.forward(seconds=self.chance.choice((1, 7, 20, 30, 40, 59, 61, 3600)))

    def _send(self, one: Request, caller: Headers) -> None:
        client = self.chance.choice([*self.warm, self.plain])
        send(client, one, caller)
        self.trail.append(("GET", one.path, {}, caller))

    def _ask(self, method: str, path: str, asked: Headers, caller: Headers) -> None:
        clients = self.chance.sample([*self.warm, self.plain], k=3)
        # Some are asked again, so that what has just been kept is given as well.
        answers = [
            client.request(method, path, headers={**asked, **caller}, follow_redirects=False)
            for client in (*clients, *self.warm)
        ]
        first = told(answers[0])
        self.faults += [f"{method} {path} {asked}" for one in answers[1:] if told(one) != first]
        self.trail.append((method, path, asked, caller))
        self.tags += [one.headers["etag"] for one in answers[:1] if "etag" in one.headers]
        self.kinds.add((answers[0].status_code, method))


@pytest.fixture
def walk(app: FastAPI, start: Start) -> Iterator[Walk]:
    """A walk that is still to be taken."""
    url, clock, chance = app.state.settings.database_url, Clock(), Random(SEED)  # noqa: S311 — chooses what to ask
    with ExitStack() as stack:
        plain = stack.enter_context(answering(url, clock, warm_megabytes=0))
        warm = [stack.enter_context(answering(url, clock, warm_megabytes=8)) for _ in range(2)]
        ids: Ids = prepare(plain.app, plain, start.national)  # type: ignore[arg-type] # it is ours
        given = Given(plain.app.state.engine)  # type: ignore[attr-defined]
        callers: list[Headers] = [
            {} if role is Role.ANONYMOUS else given.token(role.value, *codes)
            for role, codes in CALLERS.items()
        ]
        reads = [one for one in list_requests(ids) if one.method == "GET"]
        yield Walk(
            chance, clock, warm, plain, given, start.national, reads, list_changes(ids), callers
        )


def test_whatever_happened_before_every_process_answers_alike(walk: Walk) -> None:
    for _ in range(examples(WALKS)):
        walk.begin()
        for _ in range(STEPS):
            walk.step()

    assert walk.faults == []
    # It came by answers, by word that they are held, and by refusals.
    assert {(200, "GET"), (200, "HEAD"), (304, "GET"), (401, "GET"), (403, "GET")} <= walk.kinds
