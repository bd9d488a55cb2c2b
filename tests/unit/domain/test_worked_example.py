"""The worked example and the national series: every number of the method as it is printed."""

import numpy as np
import pytest

from app.domain.methods import METHOD_1
from app.stats.closing import compare_walks
from app.stats.lines import fit_lines
from app.stats.normal import normal_cdf
from app.stats.walk import Walks, probability_of_count
from tests.unit.stats.series import LEADERS, REST, Counts, worked


def fit(counts: tuple[Counts, ...]) -> Walks:
    panel = worked(counts)
    return METHOD_1.fit(panel.years, panel.bme, panel.total)


@pytest.mark.parametrize(
    ("counts", "printed"),
    [
        pytest.param(
            LEADERS, (-1.7080129, 0.1475337, 0.0015186, 0.0063343, 0.4057482), id="leaders"
        ),
        pytest.param(REST, (-1.1482198, 0.0676538, 0.0005417, 0.0027337, 0.1662462), id="rest"),
    ],
)
def test_the_walks_are_the_ones_printed(
    counts: tuple[Counts, ...], printed: tuple[float, ...]
) -> None:
    walks = fit(counts)

    found = (
        walks.level,
        walks.drift,
        walks.drift_variance,
        walks.step_variance,
        walks.dispersion,
    )
    assert [round(float(one[0]), 7) for one in found] == list(printed)
    assert walks.inflation[0] == 1


def test_the_walks_close_in_as_printed() -> None:
    closings = compare_walks(fit(LEADERS), fit(REST))

    assert round(float(closings.distance[0]), 7) == 0.5597931
    assert round(float(closings.speed[0]), 7) == 0.0798799
    assert round(float(closings.probability_closing()[0]), 6) == 0.960783
    found = normal_cdf(METHOD_1.scores(closings, [4, 6, 9]))[0]
    assert [round(float(one), 6) for one in found] == [0.131618, 0.314507, 0.50129]


def test_the_probability_of_18_percent_is_the_one_printed() -> None:
    found = probability_of_count(METHOD_1.forecast(fit(LEADERS), [1, 3]), 82, 452)[0]

    assert [round(float(one), 6) for one in found] == [0.2707, 0.882285]


NATIONAL_YEARS = (2018, 2020, 2021, 2022, 2023, 2024)
VSM = (6.9, 6.8, 9.2, 10.3, 11.2, 12.7)
NATIONAL_WORKFORCE = (19.1, 21.0, 22.4, 24.2, 26.4, 28.6)


def test_the_national_series_widens_in_points() -> None:
    lines = fit_lines(NATIONAL_YEARS, [VSM, NATIONAL_WORKFORCE])

    assert [round(float(slope), 4) for slope in lines.slope] == [1.04, 1.5971]


@pytest.mark.parametrize(("share", "year"), [(19.1, 2030.55), (28.6, 2039.68)])
def test_a_line_through_the_national_series_reaches_a_fixed_share(
    share: float, year: float
) -> None:
    line = fit_lines(NATIONAL_YEARS, [VSM])

    assert round(2024 + (share - float(line.at_last[0])) / float(line.slope[0]), 2) == year


def test_the_national_series_closes_in_log_odds() -> None:
    shares = np.array([VSM, NATIONAL_WORKFORCE]) / 100
    vsm, workforce = fit_lines(NATIONAL_YEARS, np.log(shares / (1 - shares))).slope

    assert vsm > workforce
