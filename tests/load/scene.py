"""What the load meets: the demonstration set, released, and callers of every role with tokens."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Final

import httpx

from app.demonstration.values import CENSUS_YEARS
from app.domain.callers import Role
from app.domain.organisations import Attribute, Kind
from app.services.organisations import Filter, list_organisations
from app.store.engine import build_engine, reading
from tests.bodies import actuals_body, board_body
from tests.given import Given
from tests.kept import make_set, migrated_demonstration
from tests.load.errands import Caller
from tests.load.writes import AGREED, CYCLE, NEWEST, indicators_of, plan_of

OF_NATIONAL: Final = 3
"""Trusts that a caller of the national team has for itself."""

PATIENCE_SECONDS: Final = 60.0

STRANGERS: Final = 3
"""Of the callers in one process."""


@dataclass(frozen=True, slots=True)
class Cast:
    """Who calls, and about what.

    Attributes:
        groups: The callers of each process; no two change anything of the same trust.
        trusts: Those that are asked about: of each every census is held.
        areas: Integrated care boards in which they lie.
    """

    groups: Sequence[Sequence[Caller]]
    trusts: Sequence[str]
    areas: Sequence[str]


def fill(url: str, *, groups: int) -> Cast:
    """Store the demonstration set, release its censuses, and make tokens."""
    migrated_demonstration(url)
    engine = build_engine(url)
    given = Given(engine)
    for year in CENSUS_YEARS:
        given.released(year)
    with reading(engine) as session:
        wanted = Filter(kind=Kind.TRUST, open_on=datetime.now(UTC).date())
        found = list_organisations(session, wanted=wanted, after=None, limit=1000)
    returns = make_set().returns
    places = {one.ods_code: one.newest(Attribute.ICB) for one in found if one.is_synthetic}
    trusts = [
        (code, area)
        for code, area in places.items()
        if area is not None and len(returns[code]) == len(CENSUS_YEARS)
    ]
    waiting = iter(trusts)
    cast = Cast(
        groups=[list(_make_callers(given, waiting, str(number))) for number in range(groups)],
        trusts=[code for code, _ in trusts],
        areas=sorted({area for _, area in trusts}),
    )
    engine.dispose()
    return cast


def _make_callers(given: Given, waiting: Iterator[tuple[str, str]], name: str) -> Iterator[Caller]:
    """Yield the callers of one process; those who write have the next trusts for themselves."""
    for _ in range(STRANGERS):
        yield Caller(Role.ANONYMOUS, {}, (), "")
    for role in (Role.TRUST_DATA, Role.TRUST):
        code, area = next(waiting)
        yield Caller(role, given.token(role, code, name=f"{role} {name}"), (code,), area)
    code, area = next(waiting)
    yield Caller(Role.AREA, given.token(Role.AREA, area, name=f"area {name}"), (code,), area)
    own = tuple(next(waiting)[0] for _ in range(OF_NATIONAL))
    yield Caller(Role.NATIONAL, given.token(Role.NATIONAL, name=f"national {name}"), own, "")


def prepare(address: str, cast: Cast) -> None:
    """Send what is changed later: the figures of an open census, drafts, plans."""
    (national,) = (one for one in cast.groups[0] if one.role is Role.NATIONAL)
    codes = sorted({code for group in cast.groups for one in group for code in one.own})
    with httpx.Client(
        base_url=address, headers=national.headers, timeout=PATIENCE_SECONDS
    ) as client:
        for code in codes:
            _prepare_trust(client, code)


def _prepare_trust(client: httpx.Client, code: str) -> None:
    trust = f"/v1/trusts/{code}"
    bodies = {"actuals": actuals_body(), "board": board_body(), "indicators": indicators_of(1)}
    draft = {"measure": "workforce", "cycle": CYCLE, "goal_share": "0.9000"}
    answers = [
        *(client.put(f"{trust}/{noun}/{NEWEST}", json=body) for noun, body in bodies.items()),
        client.put(f"{trust}/action-plans/{CYCLE}", json=plan_of(1)),
        client.post(f"{trust}/targets", json=draft),
        client.get(f"{trust}/targets/{AGREED}"),
    ]
    for answer in answers:
        assert answer.is_success, answer.text
