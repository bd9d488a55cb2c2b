"""Lines and sentences of indicators where something is missing."""

from datetime import date

from app.dashboard.views.indicator_figures import (
    find_basis,
    read_indicator,
    tell_headline,
    tell_indicator,
)
from app.domain.bands import Band, EthnicGroup, StaffGroup
from app.domain.codes import Reason
from app.domain.counts import Count
from app.domain.indicators import (
    WHOLE,
    Answers,
    Indicators,
    Period,
    Pool,
    PoolIndicator,
    Pools,
    SurveyIndicator,
)
from app.domain.public_wres import PublicNine
from app.domain.wres import NineFigures
from app.domain.wres_figures import describe
from app.domain.wres_holdings import Holding, SentIndicators

YEAR = Period(date(2023, 4, 1), date(2024, 3, 31))


def nine(pools: Pools, answers: Answers, people: Count) -> NineFigures:
    """Return what is told of a census: indicators 2 and 5, and a workforce with an empty board."""
    sent = Indicators(
        "ESR",
        None,
        {2: PoolIndicator(YEAR, {WHOLE: pools})},
        {5: SurveyIndicator(YEAR, {EthnicGroup.BME: answers})},
    )
    holding = Holding(
        year=2024,
        expected=1,
        headcounts={(StaffGroup.CLINICAL, Band.BAND_5): people},
        staff_trusts=1,
        seats={},
        board_trusts=1,
        sent=(SentIndicators(sent),),
    )
    return describe(holding)


BARE = nine(Pools(Pool(100, 0), Pool(), Pool(20, 1)), Answers(9), Count())


def test_a_pool_that_is_empty_has_no_rate_and_nothing_is_compared() -> None:
    assert tell_indicator(BARE, 2) == {
        "White": "0% (0 of 100)",
        "BME": "nobody",
        "Unknown": "5.0% (1 of 20)",
        "White over BME": "nobody",
    }
    assert tell_headline(BARE, 2) == "nobody"
    assert read_indicator(BARE, 2) is None


def test_answers_that_are_not_told_are_hidden() -> None:
    assert tell_indicator(BARE, 5) == {
        "White": "nobody",
        "BME": "hidden",
        "BME minus white": "nobody",
    }
    assert read_indicator(BARE, 5) is None


def test_nobody_has_no_share() -> None:
    assert tell_indicator(BARE, 1) == {"Workforce": "nobody"}
    assert tell_headline(BARE, 1) == "nobody"
    assert tell_indicator(BARE, 9) == {
        "Whole board": "nobody",
        "Whole board minus workforce": "nobody",
        "Voting members": "nobody",
        "Voting members minus workforce": "nobody",
        "Executive members": "nobody",
        "Executive members minus workforce": "nobody",
    }
    assert read_indicator(BARE, 9) is None


def test_what_was_not_sent_has_neither_lines_nor_a_basis() -> None:
    assert tell_indicator(BARE, 3) is Reason.NOT_SENT
    assert tell_headline(BARE, 3) == "not sent"
    assert read_indicator(BARE, 3) is None
    assert [find_basis(BARE, one) for one in (1, 2, 3, 5, 6)] == [
        (None, 1),
        (YEAR, 1),
        (None, None),
        (YEAR, 1),
        (None, None),
    ]


def test_what_is_not_public_has_no_figures() -> None:
    nothing = PublicNine.of(2024, {}, None)

    assert [tell_headline(nothing, one) for one in (1, 2, 5, 9)] == ["not published"] * 4
    assert read_indicator(nothing, 9) is None
    assert find_basis(nothing, 9) == (None, None)
