import dataclasses
from collections.abc import Iterable
from fractions import Fraction
from random import Random
from statistics import NormalDist

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.stats.closing import Closings, compare_walks, compare_with_share, first_horizons
from app.stats.normal import Floats, normal_cdf
from app.stats.walk import Walks, fit_walks, forecast, probability_of_count, reach
from tests.unit.stats import oracle
from tests.unit.stats.series import CONSTANTS, GENERATED, LEADERS, REST, Panel, panels, worked

FIELDS = [field.name for field in dataclasses.fields(Closings)]
HORIZONS = range(1, 31)
CLOSE = 1e-8
SHARES = st.fractions(Fraction(1, 1000), Fraction(999, 1000), max_denominator=10_000)


@st.composite
def pairs(draw: st.DrawFn, *, most_series: int = 4) -> tuple[Panel, Panel]:
    """Draw measures and as many references over the same years, three censuses each or more."""
    panel = draw(panels(fewest_censuses=3, most_series=most_series))
    return panel, panel.take(*draw(st.permutations(range(len(panel.rows)))))


def fit(panel: Panel) -> Walks:
    return fit_walks(panel.years, panel.bme, panel.total, CONSTANTS)


def at_parity(closings: Closings, horizons: Iterable[int]) -> Floats:
    """Return F(h)."""
    return normal_cdf(closings.scores(list(horizons), CONSTANTS))


def expected_pairs(measure: Panel, reference: Panel) -> list[oracle.Pair]:
    return [
        oracle.compare(oracle.fit(measure.censuses(row)), oracle.fit(reference.censuses(row)))
        for row in range(len(measure.rows))
    ]


def against(walks: Walks, *shares: Fraction) -> Closings:
    """Return how walks close in on fixed shares, one for all or one for each."""
    each = shares * len(walks.size) if len(shares) == 1 else shares
    people = [oracle.people_for(p, round(n)) for p, n in zip(each, walks.size, strict=True)]
    return compare_with_share(walks, [float(share) for share in each], people)


# The worked example of docs/methods/1.md: leaders against the rest of the workforce.


def test_the_closing_of_the_worked_example_is_as_printed() -> None:
    closings = compare_walks(fit(worked(LEADERS)), fit(worked(REST)))

    assert closings.distance == pytest.approx([0.5597931], abs=5e-8)
    assert closings.speed == pytest.approx([0.0798799], abs=5e-8)
    assert closings.speed_variance == pytest.approx([0.0015186 + 0.0005417], abs=1e-7)
    assert closings.step_variance == pytest.approx([0.0063343 + 0.0027337], abs=1e-7)
    assert closings.probability_closing() == pytest.approx([0.960783], abs=5e-7)


def test_the_probabilities_of_parity_of_the_worked_example_are_as_printed() -> None:
    closings = compare_walks(fit(worked(LEADERS)), fit(worked(REST)))

    assert at_parity(closings, [4, 6, 9])[0] == pytest.approx(
        [0.131618, 0.314507, 0.501290], abs=5e-7
    )


def test_the_parity_year_of_the_worked_example_is_2033_between_2028_and_open() -> None:
    closings = compare_walks(fit(worked(LEADERS)), fit(worked(REST)))

    scores = closings.scores(HORIZONS, CONSTANTS)

    assert 2024 + first_horizons(scores, 0.5) == 2033
    assert 2024 + first_horizons(scores, 0.1) == 2028
    assert np.isnan(first_horizons(scores, 0.9)).all()


def test_very_senior_managers_close_in_log_odds_though_not_in_points() -> None:
    # National shares in per mille, counted as people of a thousand: only the direction counts.
    years = (2018, 2020, 2021, 2022, 2023, 2024)
    managers = fit_walks(years, [[69, 68, 92, 103, 112, 127]], [[1000] * 6], CONSTANTS)
    workforce = fit_walks(years, [[191, 210, 224, 242, 264, 286]], [[1000] * 6], CONSTANTS)

    assert compare_walks(managers, workforce).probability_closing() > 0.5


# Against the oracle.


@GENERATED
@given(pairs())
def test_closings_are_those_of_the_oracle(pair: tuple[Panel, Panel]) -> None:
    measure, reference = pair

    closings = compare_walks(fit(measure), fit(reference))

    want = expected_pairs(measure, reference)
    for name in FIELDS:
        assert getattr(closings, name) == pytest.approx(
            [getattr(one, name) for one in want], rel=CLOSE, abs=1e-9
        ), name
    assert closings.probability_closing() == pytest.approx(
        [oracle.chance_closing(one) for one in want], abs=CLOSE
    )
    assert at_parity(closings, HORIZONS) == pytest.approx(
        np.array([[oracle.chance_of_parity(one, h) for h in HORIZONS] for one in want]), abs=CLOSE
    )


@GENERATED
@given(panels(fewest_censuses=3), SHARES)
def test_closings_with_a_fixed_share_are_those_of_the_oracle(
    panel: Panel, share: Fraction
) -> None:
    closings = against(fit(panel), share)

    want = [
        oracle.compare_with_share(oracle.fit(panel.censuses(row)), share)
        for row in range(len(panel.rows))
    ]
    for name in FIELDS:
        assert getattr(closings, name) == pytest.approx(
            [getattr(one, name) for one in want], rel=CLOSE, abs=1e-9
        ), name
    assert closings.probability_closing() == pytest.approx(
        [oracle.chance_closing(one) for one in want], abs=CLOSE
    )
    assert at_parity(closings, HORIZONS) == pytest.approx(
        np.array([[oracle.chance_of_parity(one, h) for h in HORIZONS] for one in want]), abs=CLOSE
    )


def test_each_series_may_have_a_fixed_share_of_its_own() -> None:
    walks = fit(worked(LEADERS, REST))

    together = against(walks, Fraction(1, 5), Fraction(3, 10))

    # 91 of 452 and 1584 of 5279 people are the first to make up the shares.
    assert together.distance == pytest.approx(np.log([0.25, 3 / 7]) - walks.level)
    assert together.barrier == pytest.approx(np.log([90.5 / 361.5, 1583.5 / 3695.5]) - walks.level)


@GENERATED
@given(panels(fewest_censuses=3, most_series=2), SHARES)
def test_reaching_a_fixed_share_is_as_likely_as_reaching_the_goal_of_that_share(
    panel: Panel, share: Fraction
) -> None:
    walks = fit(panel)
    people = [[oracle.people_for(share, round(size))] for size in walks.size]

    chances = at_parity(against(walks, share), HORIZONS)

    goal = probability_of_count(forecast(walks, HORIZONS, CONSTANTS), people, walks.size[:, None])
    assert chances == pytest.approx(goal, abs=1e-9)
    assert chances == pytest.approx(
        np.array(
            [
                [
                    oracle.chance_of_count(oracle.fit(panel.censuses(row)), h, count, round(size))
                    for h in HORIZONS
                ]
                for row, ((count,), size) in enumerate(zip(people, walks.size, strict=True))
            ]
        ),
        abs=CLOSE,
    )


def test_a_goal_of_the_worked_example_is_as_printed() -> None:
    closings = against(fit(worked(LEADERS)), Fraction(18, 100))

    assert at_parity(closings, [1, 3])[0] == pytest.approx([0.270700, 0.882285], abs=5e-7)


def test_a_share_between_two_persons_asks_for_the_whole_one_above() -> None:
    walks = fit(worked(LEADERS))

    # 81 and 82 of 452 people are 17.92 % and 18.14 %.
    one, more, other = (against(walks, Fraction(n, 10_000)) for n in (1793, 1814, 1815))

    assert one.distance < more.distance < other.distance
    assert one.barrier == more.barrier < other.barrier


def test_a_group_of_nobody_has_no_closing() -> None:
    walks = fit(worked((None,) * 6, LEADERS))

    closings = compare_with_share(walks, 0.18, [1, 82])

    assert np.isnan(at_parity(closings, HORIZONS)[0]).all()
    assert at_parity(closings, [1])[1] == pytest.approx([0.270700], abs=5e-7)


# Properties.


@GENERATED
@given(pairs())
def test_probabilities_of_parity_are_probabilities(pair: tuple[Panel, Panel]) -> None:
    closings = compare_walks(fit(pair[0]), fit(pair[1]))

    for chances in (closings.probability_closing(), at_parity(closings, HORIZONS)):
        assert np.isfinite(chances).all()
        assert (chances >= 0).all()
        assert (chances <= 1).all()


@GENERATED
@given(pairs())
def test_what_one_group_gains_the_other_loses(pair: tuple[Panel, Panel]) -> None:
    measure, reference = fit(pair[0]), fit(pair[1])

    there, back = compare_walks(measure, reference), compare_walks(reference, measure)

    assert np.array_equal(there.distance, -back.distance)
    assert np.array_equal(there.barrier, there.distance)
    assert np.array_equal(back.barrier, back.distance)
    assert np.array_equal(there.speed, -back.speed)
    assert np.array_equal(there.speed_variance, back.speed_variance)
    assert there.probability_closing() + back.probability_closing() == pytest.approx(1)
    assert at_parity(there, HORIZONS) + at_parity(back, HORIZONS) == pytest.approx(1)


@GENERATED
@given(panels(fewest_censuses=3))
def test_a_group_against_itself_is_even_at_every_distance(panel: Panel) -> None:
    closings = compare_walks(fit(panel), fit(panel))

    assert (closings.probability_closing() == 0.5).all()
    assert (at_parity(closings, HORIZONS) == 0.5).all()


@GENERATED
@given(panels(fewest_censuses=3), SHARES, SHARES)
def test_a_higher_reference_is_never_reached_more_easily(
    panel: Panel, one: Fraction, other: Fraction
) -> None:
    walks = fit(panel)

    low = at_parity(against(walks, min(one, other)), HORIZONS)
    high = at_parity(against(walks, max(one, other)), HORIZONS)

    assert (high <= low).all()


@GENERATED
@given(pairs(), st.randoms(use_true_random=False))
def test_series_compared_together_in_any_order_are_those_compared_alone_to_the_last_bit(
    pair: tuple[Panel, Panel], random: Random
) -> None:
    measure, reference = pair
    order = list(range(len(measure.rows)))
    random.shuffle(order)
    together = compare_walks(fit(measure.take(*order)), fit(reference.take(*order)))
    chances = at_parity(together, HORIZONS)

    for place, row in enumerate(order):
        alone = compare_walks(fit(measure.take(row)), fit(reference.take(row)))
        for name in FIELDS:
            assert getattr(together, name)[place] == getattr(alone, name)[0], name
        assert together.probability_closing()[place] == alone.probability_closing()[0]
        assert np.array_equal(chances[place], at_parity(alone, HORIZONS)[0])


def test_a_series_that_cannot_be_fitted_leaves_the_others_theirs() -> None:
    closings = compare_walks(
        fit(worked((None,) * 6, LEADERS, LEADERS)), fit(worked(REST, REST, (None,) * 6))
    )

    assert closings.probability_closing() == pytest.approx(
        [np.nan, 0.960783, np.nan], abs=5e-7, nan_ok=True
    )
    assert at_parity(closings, [9])[:, 0] == pytest.approx(
        [np.nan, 0.501290, np.nan], abs=5e-7, nan_ok=True
    )


def test_inflation_widens_both_variances_of_each_side() -> None:
    measure, reference = fit(worked(LEADERS)), fit(worked(REST))
    wide = compare_walks(
        dataclasses.replace(measure, inflation=np.array([2.0])),
        dataclasses.replace(reference, inflation=np.array([3.0])),
    )

    assert wide.speed_variance == pytest.approx(
        2 * measure.drift_variance + 3 * reference.drift_variance
    )
    assert wide.step_variance == pytest.approx(
        2 * measure.step_variance + 3 * reference.step_variance
    )
    share = against(dataclasses.replace(measure, inflation=np.array([2.0])), Fraction(1, 5))
    assert share.speed_variance == pytest.approx(2 * measure.drift_variance)
    assert share.step_variance == pytest.approx(2 * measure.step_variance)


def test_other_constants_damp_the_closing_otherwise() -> None:
    closings = compare_walks(fit(worked(LEADERS)), fit(worked(REST)))
    slower = dataclasses.replace(CONSTANTS, damping=0.5)

    scores = closings.scores([9], slower)

    g = reach(9, slower)
    assert scores[0] == pytest.approx(
        (g * closings.speed - closings.distance)
        / np.sqrt(g**2 * closings.speed_variance + 9 * closings.step_variance)
    )
    assert scores < closings.scores([9], CONSTANTS)


# The first census at which something is likely enough.


@pytest.mark.parametrize(
    ("scores", "expected"),
    [
        pytest.param([0.0, 1.0, 2.0], 1, id="at once, to the bit"),
        pytest.param([-1.0, -0.5, 0.1], 3, id="at the end"),
        pytest.param([-1.0, 0.5, -0.5], 2, id="reached and lost again"),
        pytest.param([-3.0, -2.0, -1.0], np.nan, id="never"),
        pytest.param([np.nan, np.nan, np.nan], np.nan, id="not known"),
    ],
)
def test_first_horizon_of_an_even_chance(scores: list[float], expected: float) -> None:
    found = first_horizons(np.array([scores]), 0.5)

    assert found == pytest.approx([expected], nan_ok=True)


@GENERATED
@given(
    st.lists(st.lists(st.floats(-4, 4), min_size=5, max_size=5), min_size=1, max_size=5),
    st.floats(0.01, 0.99),
)
def test_first_horizons_are_found_by_looking(scores: list[list[float]], chance: float) -> None:
    found = first_horizons(np.array(scores), chance)

    bar = NormalDist().inv_cdf(chance)
    want = [
        next((h for h, score in enumerate(row, start=1) if score >= bar), np.nan) for row in scores
    ]
    assert np.array_equal(found, want, equal_nan=True)


@GENERATED
@given(pairs())
def test_an_even_chance_comes_between_one_in_ten_and_nine_in_ten(
    pair: tuple[Panel, Panel],
) -> None:
    scores = compare_walks(fit(pair[0]), fit(pair[1])).scores(HORIZONS, CONSTANTS)

    first = np.nan_to_num([first_horizons(scores, p) for p in (0.1, 0.5, 0.9)], nan=99)

    assert (np.diff(first, axis=0) >= 0).all()
