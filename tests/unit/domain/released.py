"""What a method answers about a fixed panel of trusts, for comparison with what it answered.

`python -m tests.unit.domain.released VERSION` keeps what a version answers, when it is released,
in a file beside this one; a file that is there stays as it is.
"""

import hashlib
import json
import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, is_dataclass, replace
from datetime import datetime
from fractions import Fraction
from pathlib import Path
from random import Random

from app.domain.actuals import ActualsRevision, Headcounts
from app.domain.assessment import assess
from app.domain.bands import ALLOWED_PAIRS
from app.domain.benchmarks import Occasion, Participant, Tally, assemble
from app.domain.boards import BoardRevision, Seats
from app.domain.counts import Count
from app.domain.funnels import draw_funnel
from app.domain.holdings import Holdings
from app.domain.measures import ALL_SCOPES, Measure, ReferenceKind, Scope, default_reference
from app.domain.methods import METHODS, Method
from app.domain.organisations import TrustType
from app.domain.panels import Question
from app.domain.peers import group_peers
from app.domain.perimeter import count_people
from app.domain.plan_figures import take_figures
from app.domain.target_needs import attain
from app.domain.targets import Goal, GoalForm, Target
from app.domain.what_if import Supposition
from app.domain.what_if_assessment import assess_what_if
from tests.unit.domain.given import NOW, RECORD, SETTINGS, holdings, seated, sent, target

TRUSTS = 20
SEED = 20261123
PLACES = 9
"""Significant digits that are the same on every machine."""

WORDS = {"detail", "guidance", "as_of", "record"}
"""Members that are told in words or of instants, which no formula makes."""

WORKFORCE = Scope(Measure.WORKFORCE)


def file_of(version: str) -> Path:
    """Return the file that keeps what a version answered when it was released."""
    return Path(__file__).with_name(f"released_{version}.json")


# The panel: teams of some and of thousands, with shares that rise, stay and fall.


def _near(chance: Random, number: float, spread: float) -> int:
    return max(0, round(number * (1 + spread * (2 * chance.random() - 1))))


def _split(total: int, share: float, unknown: float) -> Count:
    of_unknown = round(total * unknown)
    bme = min(round(total * share), total - of_unknown)
    return Count(total - bme - of_unknown, bme, of_unknown)


def _staff(chance: Random, size: float, shares: tuple[float, float], unknown: float) -> Headcounts:
    """Return headcounts whose share falls from the first pair of group and band to the last."""
    low, high = shares
    return {
        pair: _split(
            _near(chance, size / (1 + place % 7), 0.1), high - (high - low) * place / 30, unknown
        )
        for place, pair in enumerate(ALLOWED_PAIRS)
    }


def _seats(chance: Random, share: float) -> Seats:
    return {
        (voting, executive): _split(_near(chance, 5, 0.3), share, 0.0)
        for voting in (True, False)
        for executive in (True, False)
    }


def _holdings(place: int) -> Holdings:
    """Return what is held of one trust: three to nine censuses, or two, and targets."""
    chance = Random(SEED + place)  # noqa: S311 — the same people on every machine
    years = range(2024 - (place % 8 or 9), 2025)
    start = 0.05 + 0.03 * (place % 6)
    drift = (0.002, 0.006, -0.012, 0.015, -0.003)[place // 4]
    returns: list[ActualsRevision | BoardRevision] = []
    for passed, year in enumerate(years):
        low = start + drift * passed + 0.01 * chance.random()
        shares = (max(low, 0.0), 0.2 + 0.004 * passed)
        size = 2.0 * 5 ** (place % 5)
        unknown = 0.02 + (0.01 * passed if place % 4 == 0 else 0)
        returns.append(sent(year, _staff(chance, size, shares, unknown)))
        returns.append(seated(year, _seats(chance, shares[0])))
    bare = holdings(*returns)
    return holdings(*returns, targets=_targets(bare, place))


def _targets(held: Holdings, place: int) -> Iterator[Target]:
    """Yield targets of every form, from the censuses of 2022 and 2021."""
    measures = (Measure.LEADERSHIP, Measure.BAND_8A, Measure.SENIOR_LEADERSHIP, Measure.BOARD)
    for number, measure in enumerate(measures):
        scope, starts = Scope(measure), 2022 - (place + number) % 2
        joined = held.history(scope).censuses.get(starts)
        staff = held.staff.censuses.get(starts)
        if joined is None or staff is None:
            continue
        count, whole = (
            count_people(scope, joined.parts),
            count_people(WORKFORCE, staff.parts),
        )
        if count.total:
            goals: Sequence[Goal | str | int] = (
                f"{count.bme / count.total + 0.03 * ((place + number) % 4):.4f}",
                count.bme + 1 + 3 * (place % 4),
                Goal(GoalForm.MAINTAIN),
            )
            yield target(
                goals[(place + number) % len(goals)],
                starts=starts,
                bme=count.bme,
                total=count.total,
                workforce=(whole.bme, whole.total),
                scope=scope,
            )


PANEL = tuple(_holdings(place) for place in range(TRUSTS))

QUESTIONS = (
    *(Question(one, default_reference(one.measure)) for one in ALL_SCOPES),
    Question(Scope(Measure.LEADERSHIP), ReferenceKind.FIXED, Fraction(1, 5)),
    Question(Scope(Measure.CONSULTANTS), ReferenceKind.OWN_WORKFORCE),
)

SUPPOSED = (
    Supposition(Fraction(12, 100), None, Fraction(0), None),
    Supposition(Fraction(2, 10), Fraction(3, 10), Fraction(1, 50), 15),
)


# The answers.


def answer(method: Method) -> Iterator[tuple[str, object]]:
    """Yield the numbers of a method, and what it answers about the panel, by name."""
    yield "method", method.numbers
    for place, held in enumerate(PANEL):
        settings = replace(SETTINGS, method=method)
        told = assess(held, QUESTIONS, settings)
        for question, progress in zip(QUESTIONS, told, strict=True):
            yield "progress", progress
            if question.scope in {one.scope for one in held.targets}:
                for suppose in SUPPOSED:
                    yield "what_if", assess_what_if(held, progress, suppose)
        for aim in held.targets:
            yield "attainability", attain(held, aim, SETTINGS.turnover, method)
        ids = [one.id for one in held.targets]
        yield "review", take_figures(held, ids, RECORD, method)
        for measure in (Measure.LEADERSHIP, Measure.VSM):
            yield "peers", _peers(place, Scope(measure), method)
    for scope in ALL_SCOPES:
        if not scope.is_of_board:
            field = assemble(_participants(scope), expected=TRUSTS)
            yield "funnel", draw_funnel(field, _occasion(scope, method), synthetic=True)


def _peers(place: int, scope: Scope, method: Method) -> object:
    own, field = _participants(scope), _participants(WORKFORCE)
    workforces = {one.ods_code: one.people for one in field}
    others = assemble(own, expected=TRUSTS, own=own[place].ods_code)
    return group_peers(own[place], others, workforces, _occasion(scope, method), 5)


def _occasion(scope: Scope, method: Method) -> Occasion:
    return Occasion(scope, 2024, NOW, method)


def _participants(scope: Scope) -> list[Participant]:
    """Return the trusts of the panel as they are compared with each other."""
    types = list(TrustType)
    return [
        Participant(
            ods_code=f"ZZ{place + 1:03}",
            name=f"Trust {place}",
            type=types[place % 3],
            covers=(f"ZZ{place + 1:03}",),
            people=Tally(1, count_people(scope, held.history(scope).censuses[2024].parts)),
        )
        for place, held in enumerate(PANEL)
    ]


# What is kept of them.


def digest(method: Method) -> dict[str, str]:
    """Return a digest of each member of the answers of a method, over the whole panel."""
    found: dict[str, list[object]] = {}
    for name, one in answer(method):
        members = _plain(one)
        parts = members if isinstance(members, Mapping) else {"reason": members}
        for member, value in parts.items():
            found.setdefault(f"{name}.{member}", []).append(value)
    return {
        name: hashlib.sha256(json.dumps(values, sort_keys=True).encode()).hexdigest()[:16]
        for name, values in sorted(found.items())
    }


def _plain(value: object) -> object:
    """Return a value as JSON has it, numbers to so many digits and without words."""
    if is_dataclass(value) and not isinstance(value, type):
        return _plain(asdict(value))
    if isinstance(value, Mapping):
        return {str(key): _plain(one) for key, one in value.items() if key not in WORDS}
    if isinstance(value, list | tuple):
        return [_plain(one) for one in value]
    if isinstance(value, float):
        # Adding zero turns −0.0 into 0.0.
        return f"{value + 0.0:.{PLACES}g}"
    if isinstance(value, Fraction | datetime):
        return str(value)
    return value


def main(version: str) -> int:
    """Keep what a version answers; return 1 if something is kept already."""
    file = file_of(version)
    if file.exists():
        sys.stderr.write(f"{file.name} is there, and what was released does not change.\n")
        return 1
    file.write_text(json.dumps(digest(METHODS[version]), indent=1) + "\n", encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
