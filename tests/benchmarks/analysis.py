"""The progress of every trust in every measure, as arrays and one series at a time.

Three ways over the same headcounts: one pass over arrays, a loop in plain floats, and a loop
over the oracle of the tests, which computes with exact fractions and is not timed. All three have
to give the same outlooks and years for every series.
"""

from collections.abc import Iterator, Sequence
from typing import Final

from app.demonstration.values import CENSUS_YEARS, Return
from app.domain.boards import Board
from app.domain.codes import Outlook
from app.domain.counts import Count
from app.domain.groups import ReferenceType
from app.domain.measures import ALL_SCOPES, Scope, default_reference, reference_group
from app.domain.methods import METHOD_1
from app.domain.panels import Censuses, Question, build_panel
from app.domain.trends import Analysis, analyse
from app.services.demonstration import make_demonstration
from tests.benchmarks import plain
from tests.benchmarks.findings import Finding
from tests.benchmarks.timing import time_calls
from tests.unit.domain import scalar
from tests.unit.stats import oracle

QUESTIONS = tuple(Question(scope, default_reference(scope.measure)) for scope in ALL_SCOPES)

Returns = Sequence[dict[int, Return]]
"""What each trust has sent, by census year."""

Answer = tuple[Outlook, int | None, int | None, int | None] | None
"""Outlook, parity year and 80 % interval of one series; None where there is no parity."""


ROUNDS: Final = 3


def in_one_pass(returns: Returns) -> Analysis:
    """Analyse all trusts and measures at once, from headcounts on."""
    censuses = Censuses.empty(len(returns), CENSUS_YEARS)
    for trust, years in enumerate(returns):
        for year, sent in years.items():
            censuses.put_staff(trust, year - CENSUS_YEARS.start, sent.headcounts)
            censuses.put_board(trust, year - CENSUS_YEARS.start, sent.board)
    return analyse(build_panel(censuses, QUESTIONS), METHOD_1)


def one_by_one(
    returns: Returns, fit: scalar.Fit = oracle.fit, line: scalar.Line = oracle.line
) -> list[Answer]:
    """Analyse one series after another, from headcounts on."""
    return [_answer(years, question, fit, line) for years in returns for question in QUESTIONS]


def _answer(
    years: dict[int, Return], question: Question, fit: scalar.Fit, line: scalar.Line
) -> Answer:
    if question.reference is None:
        return None
    measure = {year: _count(sent, question.scope) for year, sent in years.items()}
    group = reference_group(question.scope, question.reference)
    reference = {
        year: Count.sum(count for pair, count in sent.headcounts.items() if pair in group)
        for year, sent in years.items()
    }
    is_part = question.type is ReferenceType.CONTAINS
    found = scalar.judge_both(measure, reference, is_part=is_part, fit=fit, line=line)
    if found is None:
        return None
    outlook, everybody, _ = found
    return outlook, *_years(outlook, everybody.year, everybody.earliest, everybody.latest)


def _count(sent: Return, scope: Scope) -> Count:
    if scope.is_of_board:
        return Board("demonstration", sent.board).count(scope.measure)
    pairs = scope.pairs()
    return Count.sum(count for pair, count in sent.headcounts.items() if pair in pairs)


def _years(outlook: Outlook, *years: int | None) -> tuple[int | None, int | None, int | None]:
    first, second, third = years if outlook is Outlook.PROJECTED else (None, None, None)
    return first, second, third


def _read(analysis: Analysis) -> Iterator[Answer]:
    """Yield what an analysis says of each series, trust by trust."""
    here = analysis.everybody
    for row, kind in enumerate(analysis.panel.types):
        if kind is ReferenceType.NONE or here.last[row] < 0:
            yield None
            continue
        values = (float(column[row]) for column in (here.year, here.earliest, here.latest))
        outlook = analysis.outlook(row)
        yield outlook, *_years(outlook, *(int(v) if v == v else None for v in values))  # noqa: PLR0124


def run() -> Iterator[Finding]:
    """Yield how long one pass takes beside a loop, once both have given the same."""
    made = make_demonstration()
    returns = [
        made.returns.get(trust.ods_code, {})
        for trust in made.organisations
        if trust.closed is None
    ]
    answers = list(_read(in_one_pass(returns)))
    if not answers == one_by_one(returns) == one_by_one(returns, plain.fit, plain.line):
        raise RuntimeError("the ways do not agree")
    took = time_calls(lambda: in_one_pass(returns))
    loop = time_calls(lambda: one_by_one(returns, plain.fit, plain.line), rounds=ROUNDS)
    yield Finding(
        f"analysing {len(answers):,} series of {len(returns)} trusts at once",
        f"{took:.0f} ms",
        f"one after another in plain Python: {loop:.0f} ms",
        took / loop,
    )
