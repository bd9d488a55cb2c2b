"""Indicators 2 to 8 of the demonstration set."""

from collections.abc import Iterator
from datetime import date

import pytest

from app.demonstration.chance import Chance
from app.demonstration.indicators import FEWEST_TOLD, tell_indicators
from app.demonstration.values import CENSUS_YEARS, IndicatorReturn, Return
from app.domain.actuals import Headcounts
from app.domain.bands import Band, EthnicGroup, StaffGroup
from app.domain.counts import Count
from app.domain.indicator_checks import find_indicator_faults
from app.domain.indicator_figures import show_pools, show_survey
from app.domain.indicators import (
    WHOLE,
    Period,
    PoolIndicator,
    Sent,
    SentPart,
    SentPools,
    SentSurvey,
)
from app.domain.likelihoods import Likelihood
from tests.unit.demonstration.profile import demonstration

DIGEST = "fba8e56b12d81db24bf8874465f8a2834b9039cd877f1a05dd048e44be979092"

SET = demonstration()

LAST = CENSUS_YEARS[-1]


def of_year(year: int) -> Iterator[IndicatorReturn]:
    for years in SET.indicators.values():
        if year in years:
            yield years[year]


def national_ratio(number: int, year: int) -> float:
    held = [(one.pools[number], 1) for one in of_year(year)]
    likelihood = show_pools(number, held).whole.likelihood
    assert isinstance(likelihood, Likelihood)
    return likelihood.ratio


def as_sent(one: IndicatorReturn) -> Sent:
    """Return indicators as a trust would send them."""
    pools = {
        number: SentPools(
            indicator.period,
            indicator.whole.by_group(),
            tuple(
                SentPart(group, band, part.by_group())
                for (group, band), part in indicator.cells.items()
                if group is not None
            ),
        )
        for number, indicator in one.pools.items()
    }
    surveys = {number: SentSurvey(s.period, s.groups) for number, s in one.surveys.items()}
    return {**pools, **surveys}


def test_every_census_that_was_sent_has_all_indicators() -> None:
    assert {code: list(years) for code, years in SET.indicators.items()} == {
        code: list(years) for code, years in SET.returns.items()
    }
    for years in SET.indicators.values():
        for one in years.values():
            assert (list(one.pools), list(one.surveys)) == ([2, 3, 4], [5, 6, 7, 8])


@pytest.mark.parametrize("year", [CENSUS_YEARS[0], LAST])
def test_the_indicators_have_no_fault(year: int) -> None:
    for one in of_year(year):
        assert find_indicator_faults(as_sent(one), year) == []


def test_periods_are_the_year_before_the_census_and_its_autumn() -> None:
    for one in of_year(2024):
        assert {pools.period for pools in one.pools.values()} == {
            Period(date(2023, 4, 1), date(2024, 3, 31))
        }
        assert {survey.period for survey in one.surveys.values()} == {
            Period(date(2023, 10, 1), date(2023, 11, 30))
        }


def test_the_pools_of_staff_are_the_workforce() -> None:
    for code, years in SET.indicators.items():
        for year, one in years.items():
            workforce = Count.sum(SET.returns[code][year].headcounts.values())
            for number in (3, 4):
                whole = one.pools[number].whole
                people = (whole.white.pool, whole.bme.pool, whole.unknown.pool)
                assert people == (workforce.white, workforce.bme, workforce.unknown)


@pytest.mark.parametrize(
    ("number", "year", "ratio"),
    [
        (2, 2016, 1.6),
        (2, 2025, 1.6),
        (3, 2016, 1.5),
        (3, 2025, 1.1),
        (4, 2016, 1.1),
        (4, 2025, 1.1),
    ],
)
def test_the_sums_lie_near_their_centre(number: int, year: int, ratio: float) -> None:
    assert national_ratio(number, year) == pytest.approx(ratio, rel=0.06)


@pytest.mark.parametrize(
    ("number", "white", "bme"),
    [(5, 0.28, 0.30), (6, 0.24, 0.28), (7, 0.60, 0.46), (8, 0.07, 0.15)],
)
def test_the_answers_lie_near_their_centre(number: int, white: float, bme: float) -> None:
    found = show_survey(number, [(one.surveys[number], 1) for one in of_year(2024)])

    assert found.white.share == pytest.approx(white, rel=0.05)
    assert found.bme.share == pytest.approx(bme, rel=0.05)


def test_appointments_are_told_by_staff_group_before_the_last_census() -> None:
    whole = [WHOLE]
    parts = [*whole, (StaffGroup.NON_CLINICAL, None), (StaffGroup.CLINICAL, None)]

    assert {tuple(one.pools[2].cells) for one in of_year(2024)} == {tuple(whole)}
    assert {tuple(one.pools[2].cells) for one in of_year(LAST)} == {tuple(parts)}
    assert {tuple(one.pools[3].cells) for one in of_year(LAST)} == {tuple(whole)}


def told(headcounts: Headcounts, chance: Chance) -> IndicatorReturn:
    sent = {"ZZ001": {2024: Return(dict(headcounts), {})}}
    return tell_indicators(sent, chance)["ZZ001"][2024]


def test_where_few_answer_the_share_is_not_told() -> None:
    staff = {(StaffGroup.CLINICAL, Band.BAND_5): Count(500, FEWEST_TOLD)}

    survey = told(staff, Chance(1)).surveys[5]

    bme = survey.groups[EthnicGroup.BME]
    assert 0 < bme.respondents < FEWEST_TOLD
    assert bme.share is None
    assert survey.groups[EthnicGroup.WHITE].share is not None


def test_a_group_without_people_is_left_out() -> None:
    found = told({(StaffGroup.CLINICAL, Band.BAND_5): Count(500)}, Chance(1))

    assert isinstance(found.pools[3], PoolIndicator)
    assert list(found.pools[3].whole.by_group()) == [EthnicGroup.WHITE]
    assert list(found.surveys[5].groups) == [EthnicGroup.WHITE]


def test_shares_have_four_places() -> None:
    shares = {
        answers.share
        for one in of_year(2024)
        for survey in one.surveys.values()
        for answers in survey.groups.values()
    }

    assert {share.as_tuple().exponent for share in shares if share} == {-4}


def test_the_indicators_are_the_same_on_every_machine() -> None:
    assert SET.digest_of_indicators() == DIGEST
