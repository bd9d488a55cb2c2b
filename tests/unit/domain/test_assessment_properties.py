"""What holds for every answer about progress, whatever is asked and held."""

from collections.abc import Iterator
from dataclasses import fields, is_dataclass, replace
from fractions import Fraction
from math import isfinite

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.domain.assessment import assess
from app.domain.bands import StaffGroup
from app.domain.codes import Outlook, Reason
from app.domain.counts import Count
from app.domain.holdings import Holdings
from app.domain.measures import Measure, ReferenceKind, Scope
from app.domain.panels import Question
from app.domain.progress import ActualFigure, OtherOutlook, Parity, Progress, TargetFigure
from app.domain.series import Continuity
from app.domain.targets import Goal, GoalForm, Target
from tests.unit.domain.answers import BOTH, NOT_NEEDED, one
from tests.unit.domain.given import (
    CLINICAL_5,
    CLINICAL_8A,
    CONSULTANT,
    LEADERSHIP,
    OWN_WORKFORCE,
    SETTINGS,
    TRAINEE,
    holdings,
    lineage,
    people,
    seated,
    sent,
    target,
)

GENERATED = settings(deadline=None, max_examples=30, suppress_health_check=[HealthCheck.too_slow])

QUESTIONS = (
    OWN_WORKFORCE,
    Question(LEADERSHIP, ReferenceKind.FIXED, Fraction("0.3")),
    Question(LEADERSHIP, ReferenceKind.OWN_WORKFORCE_AT_BASELINE, Fraction(3, 7)),
    Question(LEADERSHIP, ReferenceKind.OWN_MEDICAL_WORKFORCE),
    Question(Scope(Measure.LEADERSHIP, StaffGroup.CLINICAL), ReferenceKind.OWN_STAFF_GROUP),
    Question(Scope(Measure.VSM), ReferenceKind.OWN_WORKFORCE),
    Question(Scope(Measure.CONSULTANTS), ReferenceKind.OWN_MEDICAL_WORKFORCE),
    Question(Scope(Measure.WORKFORCE), None),
    Question(LEADERSHIP, None, without=Reason.NO_TARGET),
    Question(Scope(Measure.BOARD), ReferenceKind.OWN_WORKFORCE),
)

GIVEN_FOR = {
    "year": Outlook.PROJECTED,
    "interval_80": Outlook.PROJECTED,
    "on_everybody": Outlook.DEPENDS_ON_UNKNOWN,
    "on_log_odds_scale": Outlook.DEPENDS_ON_SCALE,
}
"""What is given beside one outlook, and beside no other."""


def is_explained(part: object, name: str) -> bool:
    """Return whether a null that has no reason of its own is explained by what stands beside."""
    if isinstance(part, Parity | OtherOutlook):
        return name in GIVEN_FOR and part.outlook is not GIVEN_FOR[name]
    if isinstance(part, ActualFigure):
        beside = {"revision": part.sources, "sources": part.revision}
        return bool(beside.get(name))
    return isinstance(part, Progress) and name in {"staff_group", "closing_target"}


@st.composite
def counts(draw: st.DrawFn, largest: int) -> Count:
    total = draw(st.integers(0, 15) | st.integers(0, largest))
    bme = draw(st.integers(0, total))
    return people(bme, total, draw(st.integers(0, (total - bme) // 2)))


@st.composite
def aims(draw: st.DrawFn) -> Target:
    starts = draw(st.sampled_from([2016, 2019, 2022, 2025]))
    total = draw(st.integers(0, 3) | st.integers(0, 300))
    bme = draw(st.integers(0, total))
    of_people: st.SearchStrategy[Goal | str | int] = st.just(NOT_NEEDED) | st.integers(0, 400)
    of_shares = st.just(Goal(GoalForm.MAINTAIN)) | st.integers(0, 10_000).map(
        lambda n: f"{n / 10_000:.4f}"
    )
    goal = draw(of_people | of_shares if total else of_people)
    scope = draw(st.sampled_from([question.scope for question in QUESTIONS]))
    covers = draw(st.sampled_from([("ZZ001",), ("ZZ001", "ZZ002")]))
    return target(goal, starts=starts, bme=bme, total=total, scope=scope, covers=covers)


@st.composite
def held_of_trusts(draw: st.DrawFn) -> Holdings:
    """Draw a trust with a predecessor, boards, missing censuses and targets."""
    family = draw(st.sampled_from([lineage(), BOTH]))
    returns = []
    boards = []
    for code in ("ZZ001", "ZZ002"):
        for year in draw(st.sets(st.integers(2017, 2025), max_size=9)):
            if code == "ZZ002" and year > 2024:
                continue
            sizes = {CLINICAL_8A: 300, CLINICAL_5: 3000, CONSULTANT: 40, TRAINEE: 90}
            headcounts = {pair: draw(counts(largest)) for pair, largest in sizes.items()}
            is_signed = draw(st.booleans())
            returns.append(sent(year, headcounts, by=code, is_signed=is_signed))
            if draw(st.booleans()):
                boards.append(seated(year, {(True, True): draw(counts(20))}, by=code))
    return holdings(
        *returns,
        *boards,
        of=family,
        targets=draw(st.lists(aims(), max_size=4, unique_by=lambda aim: aim.id)),
        continuity=draw(st.sampled_from(Continuity)),
    )


def parts(value: object) -> Iterator[object]:
    """Yield every value class inside an answer."""
    if isinstance(value, tuple):
        for part in value:
            yield from parts(part)
    elif is_dataclass(value) and not isinstance(value, type):
        yield value
        for field in fields(value):
            yield from parts(getattr(value, field.name))


def numbers(answer: Progress) -> Iterator[tuple[str, float]]:
    for part in parts(answer):
        for field in fields(part):  # type: ignore[arg-type]
            value = getattr(part, field.name)
            if isinstance(value, (int, float)) and not isinstance(value, bool):
                yield field.name, value


@GENERATED
@given(held_of_trusts(), st.integers(1, 30))
def test_every_number_is_one_and_counts_are_never_negative(held: Holdings, horizon: int) -> None:
    for answer in assess(held, QUESTIONS, replace(SETTINGS, horizon=horizon)):
        for name, value in numbers(answer):
            assert isfinite(value), name
            if name in {"bme", "white", "unknown", "total", "headcount", "revision", "censuses"}:
                assert value >= 0, name
            if name in {"median", "probability", "probability_closing", "unknown_share"}:
                assert 0 <= value <= 1, name


@GENERATED
@given(held_of_trusts())
def test_every_null_has_its_reason_and_nothing_else_has_one(held: Holdings) -> None:
    for answer in assess(held, QUESTIONS, SETTINGS):
        for part in parts(answer):
            assert_reasons(part)


@GENERATED
@given(held_of_trusts())
def test_a_closing_target_has_a_verdict_or_a_reason_and_a_current_one_neither(
    held: Holdings,
) -> None:
    for question, answer in zip(QUESTIONS, assess(held, QUESTIONS, SETTINGS), strict=True):
        last = answer.actuals[-1].year if answer.actuals else 0
        ending = [aim for aim in held.targets
                  if (aim.scope, aim.cycle.ends) == (question.scope, last)]  # fmt: skip
        closing, current = answer.closing_target, answer.current_target

        assert ([closing.id] if closing else []) == [aim.id for aim in ending]
        if closing is not None:
            assert (closing.verdict is None) is (closing.verdict_reason is not None)
        if current is not None:
            assert (current.verdict, current.verdict_reason) == (None, None)


def assert_reasons(part: object) -> None:
    names = [field.name for field in fields(part)]  # type: ignore[arg-type]
    for name in names:
        value, reason = getattr(part, name), f"{name}_reason"
        if name.endswith("_reason"):
            assert name.removesuffix("_reason") in names, name
        elif isinstance(part, TargetFigure) and name == "verdict":
            assert value is None or part.verdict_reason is None
        elif reason in names:
            assert (value is None) is (getattr(part, reason) is not None), name
        elif value is None:
            assert is_explained(part, name), name
        elif isinstance(part, Parity | OtherOutlook):
            assert not is_explained(part, name), name


@GENERATED
@given(held_of_trusts())
def test_several_questions_are_answered_like_each_of_them(held: Holdings) -> None:
    together = assess(held, QUESTIONS, SETTINGS)

    assert together == [one(held, question) for question in QUESTIONS]


@GENERATED
@given(held_of_trusts())
def test_counts_of_a_census_are_its_parts_and_each_trust_is_counted_once(held: Holdings) -> None:
    for year, joined in held.staff.censuses.items():
        covers = [code for part in joined.actuals for code in part.actuals.covers]

        assert len(covers) == len(set(covers))
        assert {part.year for part in joined.actuals} == {year}
    for told in one(held).actuals:
        assert told.white + told.bme + told.unknown == told.total
        if told.interval_95 is not None and told.share is not None:
            assert told.interval_95.lower <= told.share <= told.interval_95.upper
