from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.bands import Band, EthnicGroup, StaffGroup
from app.domain.codes import Reason
from app.domain.indicator_figures import (
    AnswersFigure,
    DifferenceFigure,
    RateFigure,
    show_pools,
    show_survey,
)
from app.domain.indicators import (
    WHOLE,
    Answers,
    Narrowing,
    Period,
    Pool,
    PoolIndicator,
    Pools,
    SurveyIndicator,
)
from app.domain.likelihoods import Likelihood, compare_pools
from app.stats.intervals import difference_intervals

WHITE, BME = EthnicGroup.WHITE, EthnicGroup.BME
YEAR = Period(date(2023, 4, 1), date(2024, 3, 31))
AUTUMN = Period(date(2023, 10, 1), date(2023, 11, 30))
CLINICAL_8A = (StaffGroup.CLINICAL, Band.BAND_8A)
CLINICAL = (StaffGroup.CLINICAL, None)
MEDICAL = (StaffGroup.MEDICAL, None)

PLAIN = Pools(Pool(400, 100), Pool(200, 20), Pool(10, 2))


def returned(period: Period = YEAR, **cells: Pools) -> PoolIndicator:
    named: dict[str, Narrowing] = {
        "whole": WHOLE,
        "clinical_8a": CLINICAL_8A,
        "clinical": CLINICAL,
        "medical": MEDICAL,
    }
    return PoolIndicator(period, {named[name]: pools for name, pools in cells.items()})


def answered(white: Answers, bme: Answers, period: Period = AUTUMN) -> SurveyIndicator:
    return SurveyIndicator(period, {WHITE: white, BME: bme})


# Pools and events.


def test_both_rates_are_told_beside_the_likelihood() -> None:
    found = show_pools(2, [(returned(whole=PLAIN), 1)])

    assert (found.whole.white, found.whole.bme, found.whole.unknown) == (
        RateFigure(400, 100, 0.25, None),
        RateFigure(200, 20, 0.1, None),
        RateFigure(10, 2, 0.2, None),
    )
    assert [found.whole.likelihood] == compare_pools([(2, PLAIN)])
    assert (found.period, found.whole.trusts, found.parts) == (YEAR, 1, ())


def test_a_rate_of_nobody_is_none() -> None:
    found = show_pools(3, [(returned(whole=Pools(Pool(9, 1))), 1)])

    assert found.whole.bme == RateFigure(0, 0, None, Reason.NO_PEOPLE)
    assert found.whole.likelihood is Reason.NO_PEOPLE


def test_returns_are_added_count_by_count_and_never_ratio_by_ratio() -> None:
    other = Pools(Pool(100, 10), Pool(100, 20), Pool(0, 0))
    half_year = Period(date(2023, 7, 1), date(2024, 2, 1))

    found = show_pools(2, [(returned(whole=PLAIN), 1), (returned(half_year, whole=other), 2)])

    assert (found.whole.white, found.whole.bme) == (
        RateFigure(500, 110, 0.22, None),
        RateFigure(300, 40, 40 / 300, None),
    )
    assert isinstance(found.whole.likelihood, Likelihood)
    assert found.whole.likelihood.ratio == pytest.approx(0.22 / (40 / 300))
    assert (found.period, found.whole.trusts) == (YEAR, 3)


def test_parts_come_in_order_each_with_the_trusts_that_sent_it() -> None:
    part = Pools(Pool(10, 1), Pool(10, 2))
    one = returned(whole=PLAIN, medical=part, clinical_8a=part)
    other = returned(whole=PLAIN, clinical_8a=part, clinical=part)

    found = show_pools(2, [(one, 1), (other, 1)])

    assert [(part.narrowing, part.trusts, part.white.pool) for part in found.parts] == [
        (CLINICAL, 1, 10),
        (CLINICAL_8A, 2, 20),
        (MEDICAL, 1, 10),
    ]


# The staff survey.


def test_shares_are_told_with_their_difference_in_the_direction_of_the_indicator() -> None:
    one = answered(Answers(500, Decimal("0.2500")), Answers(100, Decimal("0.3000")))

    bad, good = (show_survey(number, [(one, 1)]) for number in (5, 7))

    assert (bad.white, bad.bme, bad.unknown) == (
        AnswersFigure(500, 0.25, None),
        AnswersFigure(100, 0.3, None),
        AnswersFigure(0, None, Reason.NO_PEOPLE),
    )
    assert isinstance(bad.difference, DifferenceFigure)
    assert isinstance(good.difference, DifferenceFigure)
    lower, upper = difference_intervals(30, 100, 125, 500)
    limits = bad.difference.interval_95
    assert bad.difference.share == 0.05
    assert (limits.lower, limits.upper) == (float(lower), float(upper))
    assert good.difference.share == -0.05
    assert good.difference.interval_95.lower == pytest.approx(-limits.upper)


def test_answers_are_added_as_respondents_and_those_whom_shares_imply() -> None:
    one = answered(Answers(100, Decimal("0.1")), Answers(50, Decimal("0.2")))
    other = answered(Answers(300, Decimal("0.3")), Answers(150, Decimal("0.4")), YEAR)

    found = show_survey(6, [(one, 1), (other, 1)])

    assert (found.white, found.bme) == (
        AnswersFigure(400, 0.25, None),
        AnswersFigure(200, 0.35, None),
    )
    assert (found.period, found.trusts) == (YEAR, 2)


def test_a_share_that_is_not_told_hides_the_difference() -> None:
    one = answered(Answers(100, Decimal("0.1")), Answers(8, None))

    found = show_survey(5, [(one, 1)])

    assert found.bme == AnswersFigure(8, None, Reason.SUPPRESSED)
    assert found.difference is Reason.SUPPRESSED


def test_a_share_that_is_not_told_counts_for_nothing_among_others() -> None:
    hidden = answered(Answers(100, Decimal("0.1")), Answers(8, None))
    other = answered(Answers(100, Decimal("0.3")), Answers(50, Decimal("0.2")))

    found = show_survey(5, [(hidden, 1), (other, 1)])

    assert (found.white, found.bme) == (
        AnswersFigure(200, 0.2, None),
        AnswersFigure(50, 0.2, None),
    )


def test_nobody_of_a_group_has_no_difference() -> None:
    found = show_survey(5, [(answered(Answers(9, Decimal(1)), Answers()), 1)])

    assert found.difference is Reason.NO_PEOPLE


SHARES = st.integers(0, 10_000).map(lambda units: Decimal(units).scaleb(-4))


@given(st.integers(1, 5000), SHARES, st.integers(1, 5000), SHARES, st.sampled_from([5, 7]))
def test_an_interval_holds_its_difference(
    white: int, white_share: Decimal, bme: int, bme_share: Decimal, number: int
) -> None:
    found = show_survey(
        number, [(answered(Answers(white, white_share), Answers(bme, bme_share)), 1)]
    )

    difference = found.difference
    assert isinstance(difference, DifferenceFigure)
    limits = difference.interval_95
    assert -1 <= limits.lower <= difference.share + 1e-12
    assert difference.share - 1e-12 <= limits.upper <= 1
