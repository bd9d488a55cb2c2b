import numpy as np
import pytest
from scipy.stats import binom

from app.demonstration.appointments import apportion
from app.demonstration.chance import Chance
from app.demonstration.names import invent_names
from app.domain.organisations import TrustType

SIZE = 20_000


@pytest.mark.parametrize(("trials", "share"), [(1, 0.12), (9, 0.3), (32, 0.05), (400, 0.2)])
def test_binomial_draws_have_the_mean_and_variance_of_the_distribution(
    trials: int, share: float
) -> None:
    drawn = Chance(1).binomial(np.full(SIZE, trials), np.full(SIZE, share))

    assert drawn.mean() == pytest.approx(binom.mean(trials, share), rel=0.05)
    assert drawn.var() == pytest.approx(binom.var(trials, share), rel=0.06)


def test_binomial_draws_of_few_follow_the_distribution() -> None:
    drawn = Chance(2).binomial(np.full(SIZE, 6), np.full(SIZE, 0.35))

    frequency = np.bincount(drawn, minlength=7) / SIZE

    assert frequency == pytest.approx(binom.pmf(np.arange(7), 6, 0.35), abs=0.015)


def test_binomial_draws_without_trials_are_nothing() -> None:
    assert Chance(3).binomial(np.zeros(3, dtype=np.int64), np.full(3, 0.5)).tolist() == [0, 0, 0]


def test_spaced_values_run_through_the_quantiles() -> None:
    values = Chance(4).spaced((1.0, 2.0, 6.0), 5)

    assert sorted(values.tolist()) == pytest.approx([1.0, 1.5, 2.0, 4.0, 6.0])
    assert Chance(4).spaced((1.0, 2.0), 0).tolist() == []


def test_whole_numbers_are_right_on_average() -> None:
    values = Chance(5).whole(np.full(SIZE, 2.3))

    assert set(values.tolist()) == {2, 3}
    assert values.mean() == pytest.approx(2.3, abs=0.02)


def test_persons_areapportioned_in_proportion() -> None:
    assert apportion(np.array([10, 20, 71]), 10).tolist() == [1, 2, 7]
    assert apportion(np.array([3, 3, 3]), 2).tolist() == [1, 1, 0]


def test_no_more_persons_areapportioned_than_there_are() -> None:
    assert apportion(np.array([1, 2]), 5).tolist() == [1, 2]


def test_more_trusts_than_invented_places_are_refused() -> None:
    with pytest.raises(ValueError, match="288 invented places, not 289"):
        invent_names([TrustType.ACUTE] * 289, Chance(6))
