"""The nine indicators of one census, from what is held of it."""

from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest

from app.domain.bands import Band, EthnicGroup, StaffGroup
from app.domain.codes import Reason
from app.domain.counts import Count
from app.domain.indicator_figures import DifferenceFigure, show_pools, show_survey
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
from app.domain.likelihoods import compare_tiers
from app.domain.progress import Interval
from app.domain.wres import BoardFigure, DisparityFigure, PeopleFigure, StaffFigure
from app.domain.wres_figures import describe, show_people
from app.domain.wres_holdings import Holding, SentIndicators
from app.stats.intervals import difference_intervals, wilson_intervals

YEAR = Period(date(2023, 4, 1), date(2024, 3, 31))

STAFF = {
    (StaffGroup.CLINICAL, Band.BAND_5): Count(80, 18, 2),
    (StaffGroup.CLINICAL, Band.BAND_8A): Count(9, 1),
    (StaffGroup.MEDICAL, Band.CONSULTANT): Count(20, 20),
}

SEATS = {(True, True): Count(5, 1), (True, False): Count(6, 0), (False, False): Count(0, 0, 1)}

POOLS = PoolIndicator(YEAR, {WHOLE: Pools(Pool(400, 100), Pool(200, 20))})

SURVEY = SurveyIndicator(
    YEAR,
    {
        EthnicGroup.WHITE: Answers(500, Decimal("0.25")),
        EthnicGroup.BME: Answers(100, Decimal("0.3")),
    },
)

FULL = Indicators("ESR", None, {2: POOLS}, {7: SURVEY})

NOTHING = Holding(
    year=2024,
    expected=1,
    headcounts=Reason.NOT_SENT,
    staff_trusts=0,
    seats=Reason.INCOMPLETE_RETURNS,
    board_trusts=0,
    sent=(),
)

EVERYTHING = Holding(
    year=2024,
    expected=2,
    headcounts=STAFF,
    staff_trusts=2,
    seats=SEATS,
    board_trusts=1,
    sent=(SentIndicators(FULL, 2),),
)


def test_where_nothing_is_held_every_figure_is_a_reason() -> None:
    found = describe(NOTHING)

    assert (found.year, found.expected) == (2024, 1)
    assert (found.staff, found.disparity) == (Reason.NOT_SENT, Reason.NOT_SENT)
    assert found.board is Reason.INCOMPLETE_RETURNS
    assert found.pools == dict.fromkeys((2, 3, 4), Reason.NOT_SENT)
    assert found.surveys == dict.fromkeys((5, 6, 7, 8), Reason.NOT_SENT)


def test_the_workforce_stands_beside_its_staff_groups_and_bands() -> None:
    staff = describe(EVERYTHING).staff

    assert isinstance(staff, StaffFigure)
    assert staff.trusts == 2
    assert [staff.workforce] == show_people([Count(109, 39, 2)])
    assert [(one.staff_group, one.band, one.people.total) for one in staff.staff_groups] == [
        (StaffGroup.CLINICAL, None, 110),
        (StaffGroup.MEDICAL, None, 40),
    ]
    assert [(one.staff_group, one.band) for one in staff.bands] == list(STAFF)
    assert [one.people for one in staff.bands] == show_people(list(STAFF.values()))


def test_people_have_their_share_beside_that_of_known_ethnicity() -> None:
    (found,) = show_people([Count(80, 18, 2)])

    lower, upper = wilson_intervals(18, 100)
    assert found == PeopleFigure(
        white=80,
        bme=18,
        unknown=2,
        total=100,
        share=0.18,
        share_reason=None,
        share_of_known=18 / 98,
        share_of_known_reason=None,
        unknown_share=0.02,
        unknown_share_reason=None,
        interval_95=Interval(float(lower), float(upper)),
        interval_95_reason=None,
    )


@pytest.mark.parametrize(
    ("count", "nobody"),
    [(Count(), Reason.NO_PEOPLE), (Count(unknown=3), None)],
)
def test_shares_of_nobody_are_none(count: Count, nobody: Reason | None) -> None:
    (found,) = show_people([count])

    assert (found.share_reason, found.unknown_share_reason, found.interval_95_reason) == (
        (nobody,) * 3
    )
    assert (found.share is None, found.interval_95 is None) == (bool(nobody), bool(nobody))
    assert (found.share_of_known, found.share_of_known_reason) == (None, Reason.NO_PEOPLE)


def test_indicators_2_to_8_are_told_as_they_were_sent() -> None:
    found = describe(EVERYTHING)

    assert found.pools == {
        2: show_pools(2, [(POOLS, 2)]),
        3: Reason.NOT_SENT,
        4: Reason.NOT_SENT,
    }
    assert found.surveys[7] == show_survey(7, [(SURVEY, 2)])


@pytest.mark.parametrize(
    "must_be_complete", [pytest.param(True, id="a trust"), pytest.param(False, id="England")]
)
def test_an_indicator_that_only_some_have_is_told_of_england_only(
    must_be_complete: bool,  # noqa: FBT001 - one of a test's parameters
) -> None:
    one, other = SentIndicators(FULL), SentIndicators(Indicators("ESR", None))
    holding = Holding(
        **{name: getattr(EVERYTHING, name) for name in EVERYTHING.__slots__}
        | {"sent": (one, other), "must_be_complete": must_be_complete}
    )

    found = describe(holding)

    assert found.pools[3] is Reason.NOT_SENT
    if must_be_complete:
        assert (found.pools[2], found.surveys[7]) == (Reason.INCOMPLETE_RETURNS,) * 2
    else:
        assert found.pools[2] == show_pools(2, [(POOLS, 1)])
        assert found.surveys[7] == show_survey(7, [(SURVEY, 1)])


def test_the_board_is_held_against_the_workforce() -> None:
    board = describe(EVERYTHING).board

    assert isinstance(board, BoardFigure)
    assert board.trusts == 1
    assert [one.people.total for one in (board.board, board.voting, board.executive)] == [
        13,
        12,
        6,
    ]
    lower, upper = difference_intervals(1, 13, 39, 150)
    assert board.board.difference == DifferenceFigure(
        float(Fraction(1, 13) - Fraction(39, 150)), Interval(float(lower), float(upper))
    )


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        pytest.param({"headcounts": Reason.NOT_SENT}, Reason.NOT_SENT, id="no actuals"),
        pytest.param({"seats": {(True, False): Count(1)}}, Reason.NO_PEOPLE, id="no executives"),
    ],
)
def test_a_board_without_a_counterpart_has_no_difference(
    changes: dict[str, object], reason: Reason
) -> None:
    facts = {name: getattr(EVERYTHING, name) for name in EVERYTHING.__slots__}

    board = describe(Holding(**facts | changes)).board

    assert isinstance(board, BoardFigure)
    assert board.executive.difference is reason


def test_disparity_comes_from_the_headcounts() -> None:
    found = describe(EVERYTHING).disparity

    (expected,) = compare_tiers([STAFF])
    assert found == DisparityFigure(
        2, expected[StaffGroup.NON_CLINICAL], expected[StaffGroup.CLINICAL]
    )


def test_a_board_of_one_in_seven_comes_to_what_the_christie_printed() -> None:
    # Action plan 2022-2023, census of 2022: workforce 14.9 %, board 0.64 points below it.
    staff = {(StaffGroup.CLINICAL, Band.BAND_5): Count(851, 149)}
    seats = {(True, True): Count(6, 1)}
    holding = Holding(2022, 1, staff, 1, seats, 1, ())

    board = describe(holding).board

    # One in seven is 14.29 %: what was printed, as far as 14.9 % is itself rounded.
    assert isinstance(board, BoardFigure)
    assert isinstance(board.board.difference, DifferenceFigure)
    assert round(100 * board.board.difference.share, 1) == -0.6
