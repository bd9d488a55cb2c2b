"""Panels analysed at once, held against one series at a time in plain Python."""

from collections.abc import Mapping
from dataclasses import replace
from fractions import Fraction
from math import log

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.domain.codes import Outlook, PointsOutlook
from app.domain.counts import Count
from app.domain.groups import Group
from app.domain.measures import Measure, ReferenceKind, Scope
from app.domain.methods import METHOD_1
from app.domain.outlooks import OUTLOOKS, POINTS_OUTLOOKS
from app.domain.panels import Censuses, Question, build_panel
from app.domain.trends import Analysis, Comparison, analyse
from app.stats.normal import normal_cdf
from tests.unit.domain import scalar
from tests.unit.domain.given import (
    CLINICAL_5,
    CLINICAL_8A,
    LEADERS,
    LEADERSHIP,
    OWN_WORKFORCE,
    TRAINEE,
    WORKFORCE,
    YEARS,
    people,
)
from tests.unit.stats import oracle
from tests.unit.stats.oracle import Census

GENERATED = settings(deadline=None, max_examples=30, suppress_health_check=[HealthCheck.too_slow])
ALL_YEARS = tuple(range(2016, 2026))
CLOSE = 1e-8

QUESTIONS = (
    OWN_WORKFORCE,
    Question(LEADERSHIP, ReferenceKind.OWN_MEDICAL_WORKFORCE),
    Question(LEADERSHIP, ReferenceKind.FIXED, Fraction("0.23")),
    Question(LEADERSHIP, ReferenceKind.OWN_WORKFORCE_AT_BASELINE, Fraction(3, 7)),
    Question(Scope(Measure.WORKFORCE), None),
)
"""A reference that contains the measure, one apart, two that are shares, and none."""

Trust = Mapping[int, tuple[Count, Count, Count]]
"""Leaders, others and trainees by census year."""


@st.composite
def counts(draw: st.DrawFn, largest: int) -> Count:
    total = draw(st.integers(0, 30) | st.integers(0, largest))
    bme = draw(st.integers(0, total))
    unknown = draw(st.just(0) | st.integers(0, (total - bme) // 3))
    return people(bme, total, unknown)


trusts = st.lists(
    st.dictionaries(
        st.sampled_from(ALL_YEARS), st.tuples(counts(500), counts(8000), counts(300)), max_size=10
    ),
    min_size=1,
    max_size=3,
)


@st.composite
def steady_trusts(draw: st.DrawFn) -> list[Trust]:
    """Draw trusts like real ones, whose shares move slowly from census to census."""
    size, first = draw(st.integers(10, 400)), draw(st.floats(0.02, 0.3))
    gap, other = draw(st.floats(0, 0.15)), draw(st.floats(-0.01, 0.02))
    speed = draw(st.floats(-0.01, 0.02))
    found = {}
    for step, year in enumerate(draw(st.lists(
        st.sampled_from(ALL_YEARS), min_size=3, unique=True
    ).map(sorted))):  # fmt: skip
        share = min(max(first + speed * step, 0), 1)
        theirs = min(max(first + gap + other * step, 0), 1)
        found[year] = (
            people(round(size * share), size),
            people(round(8000 * theirs), 8000),
            people(round(200 * theirs), 200),
        )
    return [found]


def analyse_trusts(several: list[Trust]) -> Analysis:
    censuses = Censuses.empty(len(several), ALL_YEARS)
    for index, trust in enumerate(several):
        for year, (leaders, others, trainees) in trust.items():
            headcounts = {CLINICAL_8A: leaders, CLINICAL_5: others, TRAINEE: trainees}
            censuses.put_staff(index, ALL_YEARS.index(year), headcounts)
    return analyse(build_panel(censuses, QUESTIONS), METHOD_1)


def expected_both(
    trust: Trust, question: int
) -> tuple[Outlook, scalar.Judgement, scalar.Judgement] | None:
    leaders = {year: one for year, (one, _, _) in trust.items()}
    references: list[scalar.Counts | Fraction] = [
        {year: Count.sum(parts) for year, parts in trust.items()},
        {year: trainees for year, (_, _, trainees) in trust.items()},
        Fraction("0.23"),
        Fraction(3, 7),
    ]
    if question == 4:
        return None
    return scalar.judge_both(leaders, references[question], is_part=question == 0)


def assert_same(found: Comparison, row: int, want: scalar.Judgement) -> None:
    assert ALL_YEARS[found.last[row]] == want.census
    assert found.censuses[row] == want.censuses
    if want.is_close_call:
        return
    assert OUTLOOKS[found.outlook[row]] is want.outlook
    if (
        want.pair is None
        or want.points is None
        or want.censuses < METHOD_1.thresholds.min_censuses
    ):
        assert np.isnan(found.closing[row])
        return
    for name in ("distance", "barrier", "speed", "speed_variance", "step_variance"):
        assert getattr(found.closings, name)[row] == pytest.approx(
            getattr(want.pair, name), rel=CLOSE, abs=1e-9
        )
    assert found.closing[row] == pytest.approx(oracle.chance_closing(want.pair), abs=CLOSE)
    assert found.scores[row] == pytest.approx(
        [scalar.score(want.pair, h) for h in range(1, scalar.HORIZON + 1)], rel=1e-6, abs=CLOSE
    )
    for name in ("year", "earliest", "latest"):
        year = getattr(found, name)[row]
        assert (None if np.isnan(year) else year) == getattr(want, name)
    assert found.points_change[row] == pytest.approx(want.points.change, abs=1e-12)
    assert POINTS_OUTLOOKS[found.points_outlook[row]] is want.points.outlook
    points_year = found.points_year[row]
    assert (None if np.isnan(points_year) else points_year) == want.points.year


@GENERATED
@given(trusts | steady_trusts())
def test_parity_is_that_of_one_series_at_a_time(several: list[Trust]) -> None:
    analysis = analyse_trusts(several)

    for index, trust in enumerate(several):
        for question in range(len(QUESTIONS)):
            row, want = index * len(QUESTIONS) + question, expected_both(trust, question)
            if want is None:
                assert analysis.everybody.last[row] == -1
                continue
            outlook, everybody, known = want
            assert_same(analysis.everybody, row, everybody)
            assert_same(analysis.known, row, known)
            if not (everybody.is_close_call or known.is_close_call):
                assert analysis.outlook(row) is outlook


@GENERATED
@given(trusts)
def test_walks_and_lines_are_those_of_the_oracle(several: list[Trust]) -> None:
    analysis = analyse_trusts(several)

    for index, trust in enumerate(several):
        series = sorted((year, leaders) for year, (leaders, _, _) in trust.items())
        held = [Census(year, c.bme, c.total) for year, c in series]
        walk, row = oracle.fit(held), index * len(QUESTIONS)
        for name in ("censuses", "level", "drift", "drift_variance", "dispersion", "inflation"):
            assert getattr(analysis.walks, name)[row] == pytest.approx(
                getattr(walk, name), rel=1e-7, abs=1e-9, nan_ok=True
            ), name
        points = [(year, c.share) for year, c in series if c.share is not None]
        slope = float(oracle.line(points)[0]) if len(points) > 1 else np.nan
        assert analysis.lines.slope[row] == pytest.approx(slope, abs=1e-12, nan_ok=True)


@GENERATED
@given(trusts | steady_trusts(), st.integers(1, scalar.HORIZON))
def test_forecasts_are_those_of_the_oracle(several: list[Trust], ahead: int) -> None:
    analysis = analyse_trusts(several)
    forecast = analysis.forecast(np.array([ahead]))

    for index, trust in enumerate(several):
        held = [Census(y, c.bme, c.total) for y, (c, _, _) in sorted(trust.items())]
        walk, row = oracle.fit(held), index * len(QUESTIONS)
        if walk.censuses < 2:
            assert np.isnan(forecast.centre[row, 0])
            continue
        centre, variance = oracle.predict(walk, ahead)
        assert forecast.centre[row, 0] == pytest.approx(centre, rel=CLOSE, abs=1e-9)
        assert forecast.variance[row, 0] == pytest.approx(variance, rel=CLOSE)


@GENERATED
@given(trusts)
def test_trusts_do_not_change_each_others_answers(several: list[Trust]) -> None:
    together = analyse_trusts(several)

    for index, trust in enumerate(several):
        alone = analyse_trusts([trust])
        rows = slice(index * len(QUESTIONS), (index + 1) * len(QUESTIONS))
        np.testing.assert_array_equal(together.everybody.outlook[rows], alone.everybody.outlook)
        np.testing.assert_array_equal(together.everybody.scores[rows], alone.everybody.scores)
        np.testing.assert_array_equal(together.walks.drift[rows], alone.walks.drift)


def test_the_parity_of_the_worked_example_is_as_printed() -> None:
    trust = {
        year: (people(*leaders), people(x - leaders[0], n - leaders[1]), Count())
        for year, leaders, (x, n) in zip(YEARS, LEADERS, WORKFORCE, strict=True)
    }

    found = analyse_trusts([trust]).everybody

    assert found.closings.distance[0] == pytest.approx(0.5597931, abs=5e-8)
    assert found.closings.speed[0] == pytest.approx(0.0798799, abs=5e-8)
    assert found.closing[0] == pytest.approx(0.960783, abs=5e-7)
    chances = normal_cdf(found.scores[0, [3, 5, 8]])
    assert chances == pytest.approx([0.131618, 0.314507, 0.501290], abs=5e-7)
    assert (found.year[0], found.earliest[0]) == (2033, 2028)
    assert np.isnan(found.latest[0])
    assert found.points_change[0] == pytest.approx(-0.003318, abs=5e-7)
    assert (POINTS_OUTLOOKS[found.points_outlook[0]], found.points_year[0]) == (
        PointsOutlook.CLOSING,
        2050,
    )


@pytest.mark.parametrize(
    ("share", "total", "whole_people"),
    [
        pytest.param(Fraction("0.07"), 100, 7, id="exact, though not in floating point"),
        pytest.param(Fraction("0.29"), 100, 29, id="exact"),
        pytest.param(Fraction("0.0701"), 100, 8, id="just above"),
        pytest.param(Fraction("0.0699"), 100, 7, id="just below"),
        pytest.param(Fraction(1110, 5480), 5480, 1110, id="people of a baseline"),
        pytest.param(Fraction("0.0001"), 40, 1, id="one at least"),
        pytest.param(Fraction("0.9999"), 40, 40, id="everybody at most"),
    ],
)
def test_a_fixed_share_is_reached_with_a_whole_person(
    share: Fraction, total: int, whole_people: int
) -> None:
    censuses = Censuses.empty(1, ALL_YEARS)
    for index in range(len(ALL_YEARS)):
        censuses.put_staff(0, index, {CLINICAL_8A: people(3, total)})
    question = Question(LEADERSHIP, ReferenceKind.FIXED, share)

    closings = analyse(build_panel(censuses, [question]), METHOD_1).everybody.closings

    level = log(Fraction(7, 2 * (total - 3) + 1))
    needed = log(Fraction(2 * whole_people - 1, 2 * (total - whole_people) + 1))
    assert closings.barrier == pytest.approx([needed - level], abs=1e-12)
    assert closings.distance == pytest.approx([log(share / (1 - share)) - level], abs=1e-12)


def test_a_group_has_a_rest_where_another_is_part_of_it() -> None:
    whole = Group(np.array([[9.0], [9.0]]), np.array([[20.0], [20.0]]), np.array([[3.0], [3.0]]))
    part = Group(np.array([[4.0], [4.0]]), np.array([[5.0], [5.0]]), np.array([[1.0], [1.0]]))

    rest = whole.without(part, np.array([True, False]))

    assert (rest.bme.tolist(), rest.total.tolist(), rest.unknown.tolist()) == (
        [[5], [9]],
        [[15], [20]],
        [[2], [3]],
    )


def test_a_panel_of_more_bme_people_than_there_are_is_refused() -> None:
    panel = analyse_trusts([{2024: (people(3, 10), people(1, 9), Count())}]).panel
    crowded = replace(panel, measure=replace(panel.measure, bme=panel.measure.total + 1))

    with pytest.raises(ValueError, match="bme must lie between 0 and total"):
        analyse(crowded, METHOD_1)


def test_a_panel_whose_years_do_not_ascend_is_refused() -> None:
    panel = analyse_trusts([{2024: (people(3, 10), people(1, 9), Count())}]).panel

    with pytest.raises(ValueError, match="census years must ascend"):
        analyse(replace(panel, years=panel.years[::-1]), METHOD_1)


def test_an_analysis_does_not_look_back() -> None:
    analysis = analyse_trusts([{2024: (people(3, 10), people(1, 9), Count())}])

    with pytest.raises(ValueError, match="a forecast looks ahead"):
        analysis.forecast(np.array([-1]))
    with pytest.raises(ValueError, match="a horizon is at least 1 year"):
        METHOD_1.scores(analysis.everybody.closings, [0])
