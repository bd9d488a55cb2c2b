"""The back-test of several series at once, held against one census at a time in plain Python."""

from collections.abc import Iterator, Mapping
from dataclasses import astuple, replace

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from app.domain.backtest import Coverage, Covered, Findings, back_test
from app.domain.counts import Count
from app.domain.measures import Measure, ReferenceKind, Scope
from app.domain.methods import METHOD_1
from app.domain.panels import Censuses, Question, build_panel
from tests.unit.domain import trials
from tests.unit.domain.given import (
    CLINICAL_5,
    CLINICAL_8A,
    LEADERSHIP,
    OWN_WORKFORCE,
    TRAINEE,
    people,
)
from tests.unit.domain.trials import Series

GENERATED = settings(deadline=None, max_examples=30, suppress_health_check=[HealthCheck.too_slow])
YEARS = tuple(range(2016, 2031))

QUESTIONS = (
    OWN_WORKFORCE,
    Question(LEADERSHIP, ReferenceKind.OWN_MEDICAL_WORKFORCE),
    Question(Scope(Measure.WORKFORCE), None),
)
"""A reference that contains the measure, one apart, and none."""

Trust = Mapping[int, tuple[Count, Count, Count]]
"""Leaders, others and trainees by census year."""


@st.composite
def counts(draw: st.DrawFn, largest: int) -> Count:
    total = draw(st.integers(0, 30) | st.integers(0, largest))
    return people(draw(st.integers(0, total)), total)


trusts = st.lists(
    st.dictionaries(
        st.sampled_from(YEARS), st.tuples(counts(1500), counts(8000), counts(300)), max_size=12
    ),
    max_size=4,
)


def findings(several: list[Trust]) -> Findings:
    censuses = Censuses.empty(len(several), YEARS)
    for index, trust in enumerate(several):
        for year, (leaders, others, trainees) in trust.items():
            headcounts = {CLINICAL_8A: leaders, CLINICAL_5: others, TRAINEE: trainees}
            censuses.put_staff(index, YEARS.index(year), headcounts)
    return back_test(build_panel(censuses, QUESTIONS), METHOD_1)


def expected(several: list[Trust]) -> Findings:
    return trials.back_test(one for trust in several for one in _series(trust))


def _series(trust: Trust) -> Iterator[Series]:
    leaders = {year: one for year, (one, _, _) in trust.items()}
    everybody = {year: Count.sum(parts) for year, parts in trust.items()}
    trainees = {year: one for year, (_, _, one) in trust.items()}
    yield Series(leaders, everybody, is_part=True)
    yield Series(leaders, trainees, is_part=False)
    yield Series(everybody, None, is_part=False)


def flat(value: object) -> list[object]:
    """Return everything in a value, in order."""
    if isinstance(value, tuple):
        return [one for part in value for one in flat(part)]
    return [value]


def steady(*leaders: tuple[int, int], first: int = 2018) -> Trust:
    """Return a trust of leaders, year after year, among a hundred others, twenty of them BME."""
    return {
        year: (people(*count), people(20, 100), people(5, 20))
        for year, count in enumerate(leaders, start=first)
    }


@GENERATED
@given(trusts)
@example([])
@example([steady(*[(3, 30)] * 6), steady(*[(40, 100)] * 5), steady(*[(0, 9)] * 4)])
def test_it_is_that_of_one_census_at_a_time(several: list[Trust]) -> None:
    found = findings(several)

    assert flat(astuple(found)) == [
        pytest.approx(one, rel=1e-9, abs=1e-9) if isinstance(one, float) else one
        for one in flat(astuple(expected(several)))
    ]


def test_a_series_takes_part_with_three_censuses_left() -> None:
    numbers = [
        [one.forecasts for one in findings([steady(*[(3, 30)] * censuses)]).coverage]
        for censuses in range(3, 8)
    ]

    # Leaders twice, against two references, and the workforce; from six censuses on all of
    # the last three are held out in turn.
    assert numbers == [[], [3], [6, 3], [9, 6, 3], [9, 6, 3]]


def test_the_census_of_nobody_is_none() -> None:
    held = steady(*[(3, 30)] * 4)
    emptied = {**held, 2022: (Count(), people(20, 100), Count())}

    assert [one.forecasts for one in findings([emptied]).coverage] == [2 + 2, 1]


def test_a_steady_team_lies_within_its_bands() -> None:
    (one,) = findings([steady(*[(30, 300)] * 4)]).coverage

    assert one == Coverage(1, 1, None, 3, *[Covered(1, 1)] * 3)


def test_a_tiny_team_without_bme_people_lies_below_its_band_of_shares_only() -> None:
    found = findings([steady(*[(0, 9)] * 4)])

    assert found.coverage_by_team_size[0] == Coverage(
        1, 1, 9, 2, Covered(0, 0), Covered(1, 1), Covered(1, 1)
    )


def test_no_chance_is_told_of_a_team_below_ten_nor_of_the_workforce() -> None:
    found = findings([steady(*[(1, 9)] * 4), steady(*[(1, 10)] * 4)])

    assert [one.forecasts for one in found.goal] == [2]
    assert [one.forecasts for one in found.parity] == [2]


def test_no_goal_is_told_without_the_census_that_the_path_starts_at() -> None:
    found = findings([steady(*[(3, 30)] * 4, first=2019)])

    assert found.goal == ()
    assert [one.forecasts for one in found.parity] == [2]


@pytest.mark.parametrize(
    ("bme", "reached"),
    [
        pytest.param(75, 2, id="a quarter, as the trainees in 2018"),
        pytest.param(74, 1, id="less than that, but more than the workforce in 2018"),
        pytest.param(60, 0, id="as ever"),
    ],
)
def test_the_path_ends_with_parity_in_2028_and_is_level_from_then(bme: int, reached: int) -> None:
    leaders = [(60, 300)] * 12 + [(bme, 300)]

    goal = findings([steady(*leaders)]).goal[0]

    # The censuses of 2028, 2029 and 2030, against two references.
    assert (goal.forecasts, round(goal.base_rate * 6)) == (6, reached)


def test_another_method_is_tried_with_its_own_formulas() -> None:
    wide = replace(METHOD_1, version="2", constants=replace(METHOD_1.constants, process_sd=5.0))
    censuses = Censuses.empty(1, YEARS)
    for index, bme in enumerate((60, 60, 60, 60, 60, 2)):
        headcounts = {CLINICAL_8A: people(bme, 300), CLINICAL_5: people(20, 100)}
        censuses.put_staff(0, index, headcounts)
    panel = build_panel(censuses, [OWN_WORKFORCE])

    covered = [back_test(panel, method).coverage[0].in_shares for method in (METHOD_1, wide)]

    assert covered == [Covered(2 / 3, 2 / 3), Covered(1, 1)]
