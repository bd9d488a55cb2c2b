"""Kept answers while they are read and changed at once, by several callers in two processes.

One caller changes things, and after each change a process that keeps no answers is asked what is
true by then. Meanwhile the others read through two that keep them. Whatever they are told has to
have been true, for who asked, at some moment between the question and the answer: so never
before the last change that was acknowledged when it was asked, and never for another.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from dataclasses import dataclass, field
from random import Random
from threading import Event
from typing import Final

import pytest
from fastapi import FastAPI
from httpx2 import Client, Response

from app.domain.callers import Role
from tests.api.answering import answering, told
from tests.api.conftest import Start
from tests.api.permitted import CALLERS, OWN, STAFF, Request, prepare
from tests.api.serving import running
from tests.api.setting import Clock
from tests.apps import borrowed_app
from tests.bodies import Headers, actuals_body, bearer
from tests.examples import examples
from tests.given import Given

CHANGES: Final = 5
READERS: Final = 3
SEED: Final = 20261128

PATHS: Final = (
    f"/v1/trusts/{OWN}/actuals/2023",
    f"/v1/trusts/{OWN}/progress/leadership",
    f"/v1/trusts/{OWN}/consents",
)

ASKING: Final = (Role.NATIONAL, Role.ANONYMOUS, Role.TRUST)

HOST: Final = {"Host": "localhost"}

Read = tuple[str, str]
"""A path, and the name of who asks."""

Told = tuple[int, Mapping[str, str], bytes]


@dataclass(slots=True)
class Race:
    """Changes in a row, and reads beside them.

    Attributes:
        begun: Changes that were sent.
        acknowledged: Those of them that were answered.
        true: What is told after so many changes, by who is asked for what.
        reads: Changes acknowledged before and begun after, what was asked, and what was told.
    """

    plain: Client
    warm: Sequence[str]
    callers: Mapping[str, Headers]
    begun: int = 0
    acknowledged: int = 0
    true: list[dict[Read, Told]] = field(default_factory=list)
    reads: list[tuple[int, int, Read, Told]] = field(default_factory=list)

    def change(self, do: Callable[[], object]) -> None:
        """Make a change, and keep what is true after it."""
        self.begun += 1
        do()
        self.acknowledged += 1
        self.look()

    def look(self) -> None:
        """Keep what is true now."""
        asked = [(path, name) for path in PATHS for name in self.callers]
        self.true.append({one: _told(self._ask(self.plain, one)) for one in asked})

    def read_on(self, number: int, enough: Event) -> None:
        """Read whatever there is, in one process, until it is enough."""
        chance = Random(SEED + number)  # noqa: S311 — chooses what to read
        with Client(base_url=self.warm[number % len(self.warm)], timeout=30) as client:
            while not enough.is_set():
                one = chance.choice(PATHS), chance.choice(list(self.callers))
                before = self.acknowledged
                answer = self._ask(client, one)
                self.reads.append((before, self.begun, one, _told(answer)))

    def _ask(self, client: Client, one: Read) -> Response:
        path, name = one
        return client.get(path, headers={**HOST, **self.callers[name]})


def _told(answer: Response) -> Told:
    return told(answer)


@dataclass(frozen=True, slots=True)
class Setting:
    """A race that is still to begin, and what may be changed in it."""

    race: Race
    changes: Sequence[Callable[[], object]]


@pytest.fixture
def setting(app: FastAPI, start: Start) -> Iterator[Setting]:
    url, clock = app.state.settings.database_url, Clock()
    with ExitStack() as stack:
        plain = stack.enter_context(answering(url, clock, warm_megabytes=0))
        prepare(plain.app, plain, start.national)  # type: ignore[arg-type] # it is ours
        given = Given(plain.app.state.engine)  # type: ignore[attr-defined]
        leaving = given.new_token(Role.TRUST_DATA.value, OWN)
        callers: dict[str, Headers] = {
            role.value: {} if role is Role.ANONYMOUS else given.token(role.value, *codes)
            for role, codes in CALLERS.items()
            if role in ASKING
        }
        callers["who leaves"] = bearer(leaving.secret)
        apps = [stack.enter_context(borrowed_app(url, clock=clock)) for _ in range(2)]
        warm = [f"http://127.0.0.1:{stack.enter_context(running(one))}" for one in apps]
        writer = stack.enter_context(Client(timeout=30))

        def send(number: int, one: Request) -> None:
            answer = writer.request(
                one.method, warm[number % 2] + one.path, json=one.body,
                headers={**HOST, **start.national, **one.headers},
            )  # fmt: skip
            assert answer.is_success, answer.text

        def change(number: int) -> Callable[[], object]:
            if number == CHANGES // 2:
                return lambda: given.revoked(leaving)
            return lambda: send(number, _change(number))

        made = [change(number) for number in range(examples(CHANGES))]
        yield Setting(Race(plain, warm, callers), made)


def _change(number: int) -> Request:
    if number % 3 == 1:
        body = {"areas": ["QHM"] * (number % 2)}
        held = {"If-Match": "*"} if number > 1 else {}
        return Request("PUT", f"/v1/trusts/{OWN}/consents", body, held)
    counts = {**STAFF, ("clinical", "9"): (20, number, 0)}
    rows = [
        {"staff_group": group, "band": band, "ethnic_group": ethnic, "headcount": persons}
        for (group, band), numbers in counts.items()
        for ethnic, persons in zip(("white", "bme", "unknown"), numbers, strict=True)
    ]
    body = actuals_body(rows, reason="Counted again")
    return Request("PUT", f"/v1/trusts/{OWN}/actuals/2023", body, {"If-Match": "*"})


def test_whatever_is_told_was_true_for_who_asked_between_question_and_answer(
    setting: Setting,
) -> None:
    race, enough = setting.race, Event()
    race.look()
    with ThreadPoolExecutor(READERS) as pool:
        reading = [pool.submit(race.read_on, number, enough) for number in range(READERS)]
        try:
            for do in setting.changes:
                race.change(do)
        finally:
            enough.set()
        for one in reading:
            one.result()

    late = [
        f"{one} after {before} changes, of which {begun} were begun: {answer[0]}"
        for before, begun, one, answer in race.reads
        if answer not in [race.true[number][one] for number in range(before, begun + 1)]
    ]
    assert late == []
    assert len(race.reads) > len(setting.changes)
    # There was something to be wrong about: answers differ by caller, and by change.
    of_first = [told for (path, _), told in race.true[0].items() if path == PATHS[0]]
    assert len({body for _, _, body in of_first}) > 1
    assert len({str(one) for one in race.true}) > len(race.true) // 2
