"""A line for each of many trusts and measures, in a few queries and one analysis."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from sqlmodel import Session

from app.domain.area_units import Unit
from app.domain.areas import CompactRow
from app.domain.compact_rows import Targets, find_latest, make_rows
from app.domain.gaps import choose_targets
from app.domain.groups import Panel
from app.domain.holdings import BEFORE_ALL
from app.domain.measures import Scope
from app.domain.methods import Method
from app.domain.panels import Censuses, Question, ask_otherwise, build_panel
from app.domain.questions import AskedReference, choose_question
from app.domain.trends import analyse
from app.services.kept_lines import KeptLines, list_keys
from app.store import area_targets
from app.store.area_targets import InForce

InForceOf = Mapping[tuple[str, Scope], Sequence[InForce]]
"""The targets in force by trust and measure."""

_KEPT: Final = KeptLines()


@dataclass(frozen=True, slots=True)
class Asked:
    """What is asked of each trust, or area.

    Attributes:
        scopes: The measures.
        reference: What parity means; for trusts that of their targets unless asked for.
        as_of: None for now.
    """

    scopes: Sequence[Scope]
    reference: AskedReference
    method: Method
    as_of: datetime | None

    @property
    def questions(self) -> list[Question]:
        """The questions, as they are put to whoever has no target."""
        return [choose_question(scope, self.reference, None) for scope in self.scopes]


def list_rows(
    session: Session, units: Sequence[Unit], censuses: Censuses, panel: Panel, asked: Asked
) -> list[CompactRow]:
    """Return a line for each trust and measure, trust by trust.

    Args:
        session: A reading session.
        units: The trusts.
        censuses: What they, and those that became part of them, have sent.
        panel: The questions that are asked of each of them, as they are usually put.
        asked: What is asked of them.
    """
    if not units:
        return []
    codes = [unit.code for unit in units]
    in_force = area_targets.list_in_force(session, codes, asked.scopes, as_of=asked.as_of)

    def make(those: Sequence[int]) -> Iterator[Sequence[CompactRow]]:
        some, sent = [units[at] for at in those], censuses.of_some(those)
        usual = panel if len(those) == len(units) else build_panel(sent, asked.questions)
        lines = _make_lines(some, sent, usual, in_force, asked)
        number = len(asked.scopes)
        return (lines[first : first + number] for first in range(0, len(lines), number))

    keys = list_keys(units, censuses, in_force, asked.scopes, asked.reference, asked.method)
    return _KEPT.list_lines([*keys], make)


def _make_lines(
    units: Sequence[Unit], censuses: Censuses, panel: Panel, in_force: InForceOf, asked: Asked
) -> list[CompactRow]:
    """Return a line for each trust and measure, trust by trust, however often that was done."""
    number = len(asked.scopes)
    latest = find_latest(panel.measure)
    targets = _choose_targets(units, _years_of(panel, latest), in_force, asked)
    questions = asked.questions * len(units)
    others = dict(_ask_otherwise(units, targets, asked))
    for (unit, place), question in others.items():
        questions[unit * number + place] = question
    analysis = analyse(ask_otherwise(panel, censuses, others, number), asked.method)
    return make_rows(units, asked.scopes, questions, targets, analysis, latest=latest)


def find_newest_move(session: Session, units: Sequence[Unit], asked: Asked) -> datetime:
    """Return the instant of the newest move of a target that lines tell of."""
    codes, measures = [unit.code for unit in units], {one.measure for one in asked.scopes}
    found = area_targets.find_newest_change(session, codes, measures, as_of=asked.as_of)
    return found or BEFORE_ALL


def _years_of(panel: Panel, latest: Iterable[tuple[int, object] | None]) -> Iterator[int | None]:
    years = panel.years.tolist()
    return (None if held is None else years[held[0]] for held in latest)


def _choose_targets(
    units: Sequence[Unit], last_years: Iterable[int | None], in_force: InForceOf, asked: Asked
) -> Targets:
    """Return what each measure of each trust is held against at its latest census."""
    asked_of = [(unit.code, scope) for unit in units for scope in asked.scopes]
    chosen = {
        key: _choose(in_force[key], last_year)
        for key, last_year in zip(asked_of, last_years, strict=True)
        if key in in_force
    }
    return {key: one.make() for key, one in chosen.items() if one is not None}


def _choose(several: Sequence[InForce], last_year: int | None) -> InForce | None:
    """Return the one of a measure's targets that progress is held against."""
    closing, current = choose_targets(several, last_year)
    return current or closing


def _ask_otherwise(
    units: Sequence[Unit], targets: Targets, asked: Asked
) -> Iterator[tuple[tuple[int, int], Question]]:
    """Yield the questions that a target puts otherwise, by places of trust and measure."""
    usual: Mapping[Scope, Question] = dict(zip(asked.scopes, asked.questions, strict=True))
    unit_at = {unit.code: index for index, unit in enumerate(units)}
    scope_at = {scope: index for index, scope in enumerate(asked.scopes)}
    for (code, scope), target in targets.items():
        question = choose_question(scope, asked.reference, target)
        if question != usual[scope]:
            yield (unit_at[code], scope_at[scope]), question
