"""A service that is killed at random moments while several callers write through it.

Each caller counts: it writes 1, then 2, and so on, in a place that is its own. What was
acknowledged must be there after every kill, and what was not is there whole or not at all: so
a place holds the last number that was acknowledged, or the next, whose answer was cut off.
"""

import random
import time
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from threading import Event
from typing import Any

import httpx

from app.domain.callers import COMMAND_LINE, Caller, Role
from app.domain.measures import Measure
from app.domain.targets import Goal, GoalForm, Terms
from app.services.checks import check_all
from app.services.target_drafts import TargetDraft, draft_target
from app.services.target_views import View
from app.services.tokens import create_token
from app.store.engine import build_engine, reading, writing
from tests.bodies import JSON, actuals_body, bearer, cells
from tests.forking import forked
from tests.given import SETUP, Given
from tests.origins import ORIGIN

PATIENCE_SECONDS = 120.0
"""How long a service may take to come back."""

POLL_SECONDS = 0.02

LONGEST_SECONDS = 0.3
"""How long a service that answers may live, at most, before it is killed."""

WHATEVER = {"If-Match": "*"}

IMPORTED = ("ZZ921", "ZZ922", "ZZ923")
"""Trusts whose figures come in one file."""

TARGET = "leadership-2022-2025"

SIGN_OFF = {"board_date": "2024-07-25", "lead_role": "Chief People Officer"}

LEADERS = {("clinical", "8a"): (340, 61, 0), ("clinical", "5"): (500, 300, 0)}

Send = Callable[[httpx.Client, int], httpx.Response]
Read = Callable[[httpx.Client], int]


@dataclass(slots=True)
class Counting:
    """A caller that counts, and what it was told.

    Attributes:
        name: Of what it writes.
        send: Writes a number.
        read: Reads the number that is held.
        acknowledged: Writes that were.
        cut_off: Writes whose answer never came, by whether they were done.
    """

    name: str
    send: Send
    read: Read
    acknowledged: int = 0
    cut_off: dict[bool, int] = field(default_factory=lambda: {False: 0, True: 0})

    def run(self, address: str, headers: dict[str, str], told: Event, enough: Event) -> int:
        """Count until it is enough, and tell of each success; return the number that is held."""
        with httpx.Client(base_url=address, headers=headers, timeout=PATIENCE_SECONDS) as client:
            held = self._read(client)
            while not enough.is_set():
                if self._is_acknowledged(client, held + 1):
                    self.acknowledged += 1
                    held += 1
                    told.set()
                    continue
                found = self._read(client)
                assert found in {held, held + 1}, f"{self.name}: {found} after {held}"
                self.cut_off[found == held + 1] += 1
                held = found
            assert self._read(client) == held, self.name
            return held

    def _is_acknowledged(self, client: httpx.Client, number: int) -> bool:
        try:
            answer = self.send(client, number)
        except httpx.TransportError:
            return False
        if answer.is_server_error:
            # The database is away, and nobody knows whether it got so far.
            assert answer.status_code == httpx.codes.SERVICE_UNAVAILABLE, answer.text
            return False
        assert answer.is_success, f"{self.name}: {answer.text}"
        return True

    def _read(self, client: httpx.Client) -> int:
        deadline = time.monotonic() + PATIENCE_SECONDS
        while True:
            try:
                return self.read(client)
            except httpx.HTTPError:
                assert time.monotonic() < deadline, f"{self.name} could not be read"
                time.sleep(POLL_SECONDS)


def _get(client: httpx.Client, path: str) -> Any:  # noqa: ANN401 - whatever a body holds
    answer = client.get(path)
    answer.raise_for_status()
    return answer.json()


def _headcounts(number: int) -> JSON:
    """Return actuals in which a number stands."""
    return actuals_body(cells({"bme": number, "white": 340}), reason="Corrected")


def _number_in(body: JSON) -> int:
    """Return the number that stands in actuals, which are whole."""
    number: int = body["totals"]["bme"]
    held = {one["ethnic_group"]: one["headcount"] for one in body["headcounts"]}
    assert held == {"bme": number, "white": 340}
    assert body["revision"] == number
    return number


def _put_actuals(client: httpx.Client, number: int) -> httpx.Response:
    path = "/v1/trusts/ZZ911/actuals/2024"
    return client.put(path, json=_headcounts(number), headers=WHATEVER)


def _read_actuals(client: httpx.Client) -> int:
    return _number_in(_get(client, "/v1/trusts/ZZ911/actuals/2024"))


def _sign_off(client: httpx.Client, number: int) -> httpx.Response:
    """Send a revision and sign it off, in turn."""
    path = "/v1/trusts/ZZ912/actuals/2024"
    if number % 2:
        return client.post(f"{path}/sign-off", json=SIGN_OFF)
    return client.put(path, json=_headcounts(number // 2 + 1), headers=WHATEVER)


def _read_signed_off(client: httpx.Client) -> int:
    body = _get(client, "/v1/trusts/ZZ912/actuals/2024")
    is_signed_off = body["sign_off"] is not None
    return 2 * (_number_in(body) - 1) + int(is_signed_off)


def _patch_target(client: httpx.Client, number: int) -> httpx.Response:
    path = f"/v1/trusts/ZZ913/targets/{TARGET}"
    return client.patch(path, json={"rationale": str(number)}, headers=WHATEVER)


def _read_target(client: httpx.Client) -> int:
    return int(_get(client, f"/v1/trusts/ZZ913/targets/{TARGET}")["rationale"] or 0)


def _post_comment(client: httpx.Client, number: int) -> httpx.Response:
    body = {"version": 1, "text": str(number)}
    return client.post(f"/v1/trusts/ZZ914/targets/{TARGET}/comments", json=body)


def _read_comments(client: httpx.Client) -> int:
    found = _get(client, f"/v1/trusts/ZZ914/targets/{TARGET}/comments")["items"]
    said = [int(one["text"]) for one in found]
    assert said == list(range(1, len(said) + 1))
    return len(said)


def _put_plan(client: httpx.Client, number: int) -> httpx.Response:
    body = {
        "targets": [],
        "published_url": f"https://trust.example/{number}",
        "published_on": "2022-09-30",
        "actions": [],
        "reviews": [],
    }
    path = "/v1/trusts/ZZ915/action-plans/2022-2025"
    return client.put(path, json=body, headers=WHATEVER if number > 1 else {"If-None-Match": "*"})


def _read_plan(client: httpx.Client) -> int:
    found = _get(client, "/v1/trusts/ZZ915/action-plans")["items"]
    numbers = [int(one["published_url"].rpartition("/")[2]) for one in found]
    assert [one["revision"] for one in found] == numbers
    return numbers[0] if numbers else 0


def _import(client: httpx.Client, number: int) -> httpx.Response:
    """Send figures of several trusts in one file."""
    rows = [
        f"{code},2024,clinical,8a,{group},{headcount}\n"
        for code in IMPORTED
        for group, headcount in (("white", 340), ("bme", number))
    ]
    text = "ODS code,Year,Staff group,Band,Ethnic group,Headcount\n" + "".join(rows)
    form = {
        "kind": "actuals",
        "source": "ESR staff in post",
        "reason": "Corrected",
        "expected_workforce": str(len(IMPORTED) * (340 + number)),
        "expected_bme": str(len(IMPORTED) * number),
    }
    return client.post("/v1/imports", data=form, files={"file": ("staff.csv", text.encode())})


def _read_imported(client: httpx.Client) -> int:
    bodies = [_get(client, f"/v1/trusts/{code}/actuals/2024") for code in IMPORTED]
    (number,) = {_number_in(body) for body in bodies}
    return number


def counters() -> list[Counting]:
    """Return callers that write what the service keeps."""
    return [
        Counting("actuals", _put_actuals, _read_actuals),
        Counting("sign-off", _sign_off, _read_signed_off),
        Counting("target", _patch_target, _read_target),
        Counting("comments", _post_comment, _read_comments),
        Counting("plan", _put_plan, _read_plan),
        Counting("import", _import, _read_imported),
    ]


def fill(url: str) -> None:
    """Store what the callers start from: figures that hold the number 1, a draft, a target."""
    engine = build_engine(url)
    given = Given(engine)
    given.register()
    for code in ("ZZ911", "ZZ912", "ZZ913", "ZZ914", "ZZ915", *IMPORTED):
        given.trust(code, opened=date(2015, 4, 1))
    for code in ("ZZ911", "ZZ912", *IMPORTED):
        given.actuals(code, 2024, {("clinical", "8a"): (340, 1, 0)})
    for code in ("ZZ913", "ZZ914"):
        given.actuals(code, 2022, LEADERS)
    given.target("ZZ914", Measure.LEADERSHIP, "2022-2025", goal_share="0.1800")
    terms = Terms(Goal(GoalForm.SHARE, share=Decimal("0.1800")))
    draft = TargetDraft(Measure.LEADERSHIP, None, "2022-2025", terms, None)
    with writing(engine, ORIGIN) as session:
        draft_target(session, ods_code="ZZ913", draft=draft, caller=COMMAND_LINE, view=View(SETUP))
    engine.dispose()


@dataclass(frozen=True, slots=True)
class Killed:
    """What came of it.

    Attributes:
        held: The number in each place.
        acknowledged: Writes that were, in all.
        cut_off: Writes whose answer never came, by whether they were done.
        findings: What is wrong with all that is stored.
    """

    held: dict[str, int]
    acknowledged: int
    cut_off: dict[bool, int]
    findings: list[str]


def kill_while_writing(
    url: str, *, kills: int, seed: int, instead: dict[int, Callable[[], None]] | None = None
) -> Killed:
    """Kill a service a number of times while it is written to; return what is held then.

    Args:
        url: Of a database that `fill` has filled.
        kills: How many times.
        seed: Of the moments.
        instead: What is done in place of killing the service, by the number of the kill.
    """
    moments, callers = random.Random(seed), counters()  # noqa: S311 - moments, not secrets
    told, enough, headers = Event(), Event(), make_national(url)
    with forked(url) as service, ThreadPoolExecutor(len(callers)) as pool:
        address = service.address
        running = [pool.submit(one.run, address, headers, told, enough) for one in callers]
        try:
            for number in range(kills):
                told.clear()
                assert told.wait(PATIENCE_SECONDS), "nothing is acknowledged any more"
                time.sleep(moments.uniform(0.0, LONGEST_SECONDS))
                _raise_of(running)
                (instead or {}).get(number, service.kill)()
        finally:
            enough.set()
        held = {one.name: done.result() for one, done in zip(callers, running, strict=True)}
    engine = build_engine(url)
    with reading(engine) as session:
        findings = [str(one) for one in check_all(session)]
    engine.dispose()
    cut_off = {done: sum(one.cut_off[done] for one in callers) for done in (False, True)}
    return Killed(held, sum(one.acknowledged for one in callers), cut_off, findings)


def _raise_of(running: list[Future[int]]) -> None:
    """Raise what a caller has met, before all the rest is waited for."""
    for one in running:
        if one.done():
            one.result()


def make_national(url: str) -> dict[str, str]:
    """Return the headers of a new caller who may do everything."""
    engine = build_engine(url)
    with writing(engine, ORIGIN) as session:
        caller = Caller("national team", Role.NATIONAL)
        made = create_token(session, caller=caller, expires_at=None, by=COMMAND_LINE, now=SETUP)
    engine.dispose()
    return bearer(made.secret)
