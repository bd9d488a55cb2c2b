"""A process of callers: each asks, waits for the answer, looks at it, and pauses.

Checking an answer takes time in which the others of the process do not read theirs, so several
processes ask, with few callers at a time in each.
"""

import asyncio
import time
from asyncio import gather
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from random import Random
from typing import Final

import httpx

from tests.load.errands import Answered, Caller, Chance, Errand, Kind, Part
from tests.load.reads import READS
from tests.load.shapes import Shapes
from tests.load.writes import IMPORTS, WRITES

PATIENCE_SECONDS: Final = 60.0
"""How long an answer may take before it counts as none."""

KEPT_SECONDS: Final = 2.0
"""How long a connection is kept without a request: for less than the server keeps it."""

WARMING: Final = 2
"""How many times as many requests are under way while the service warms up."""

KINDS: Final[Mapping[Part, Sequence[Kind]]] = {
    Part.READS: READS,
    Part.WRITES: WRITES,
    Part.IMPORTS: IMPORTS,
}


@dataclass(frozen=True, slots=True)
class Plan:
    """What one process does.

    Attributes:
        callers: Who calls.
        at_once: How many requests are under way at most.
        pause_seconds: How long is paused after an answer, on average.
        begins: From when on answers are timed, as `time.time` has it.
        ends: When no more is asked.
    """

    address: str
    callers: Sequence[Caller]
    trusts: Sequence[str]
    areas: Sequence[str]
    at_once: int
    pause_seconds: float
    begins: float
    ends: float
    seed: int


@dataclass(slots=True)
class Told:
    """What a process tells in the end: what was answered, and what was not as it should be."""

    answered: list[Answered] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)


def ask(plan: Plan) -> Told:
    """Ask until the time has come."""
    return asyncio.run(_Asking(plan).run())


class _Asking:
    """The callers of a process at work."""

    def __init__(self, plan: Plan) -> None:
        self._plan = plan
        self._chance = Chance(Random(plan.seed), plan.trusts, plan.areas)  # noqa: S311 — chooses requests
        self._shapes, self._told = Shapes(), Told()
        self._turns = {id(one): asyncio.Lock() for one in plan.callers}

    async def run(self) -> Told:
        limits = httpx.Limits(keepalive_expiry=KEPT_SECONDS)
        async with httpx.AsyncClient(
            base_url=self._plan.address, limits=limits, timeout=PATIENCE_SECONDS
        ) as client:
            at_once = range(self._plan.at_once)
            await gather(*(self._warm_up(client) for _ in at_once for _ in range(WARMING)))
            self._told.answered.clear()
            await gather(*(self._go_on(client) for _ in at_once))
        return self._told

    async def _warm_up(self, client: httpx.AsyncClient) -> None:
        """Ask without a pause, and for what is rare as often as for all else."""
        while time.time() < self._plan.begins:
            part = self._draw_part()
            await self._send(client, part, self._chance.random.choice(KINDS[part]))

    async def _go_on(self, client: httpx.AsyncClient) -> None:
        chance = self._chance.random
        while time.time() < self._plan.ends:
            await asyncio.sleep(chance.expovariate(1 / self._plan.pause_seconds))
            part = self._draw_part()
            kinds = KINDS[part]
            (kind,) = chance.choices(kinds, [one.weight for one in kinds])
            await self._send(client, part, kind)

    def _draw_part(self) -> Part:
        (part,) = self._chance.random.choices(tuple(Part), [one.hundredths for one in Part])
        return part

    async def _send(self, client: httpx.AsyncClient, part: Part, kind: Kind) -> None:
        """Let somebody who may do a kind of errand."""
        whoever = [one for one in self._plan.callers if one.role in kind.roles]
        caller = self._chance.random.choice(whoever)
        if part is Part.READS:
            await self._do(client, part, kind, caller)
            return
        # Who changes something waits for the answer before the next change.
        async with self._turns[id(caller)]:
            await self._do(client, part, kind, caller)

    async def _do(self, client: httpx.AsyncClient, part: Part, kind: Kind, caller: Caller) -> None:
        errand = kind.draw(caller, self._chance)
        least = caller.acknowledged.get(errand.place or "", 1)
        headers = {**caller.headers, **errand.headers}
        began = time.perf_counter()
        try:
            answer = await client.request(
                errand.method, errand.path, headers=headers, **errand.sent
            )
        except httpx.TransportError as error:
            self._told.faults.append(f"{errand.method} {errand.path}: {error!r}")
            return
        took = time.perf_counter() - began
        wrong = self._shapes.find_fault(errand, answer) or _find_staleness(errand, answer, least)
        if wrong is not None:
            self._told.faults.append(f"{caller.role}: {wrong}")
            return
        if part is not Part.READS and errand.place is not None:
            caller.acknowledged[errand.place] = answer.json()["revision"]
        self._told.answered.append(Answered(part, errand.title, took))


def _find_staleness(errand: Errand, answer: httpx.Response, least: int) -> str | None:
    """Return what is wrong with a caller's own figures; None if they are not older than sent."""
    if errand.place is None:
        return None
    found: int = answer.json()["revision"]
    return None if found >= least else f"{errand.path} has revision {found} after {least}"
