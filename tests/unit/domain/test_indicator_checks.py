from datetime import date
from decimal import Decimal

import pytest

from app.domain.bands import Band, EthnicGroup, StaffGroup
from app.domain.codes import Caution, WarningCode
from app.domain.errors import Fault
from app.domain.indicator_checks import find_cautions, find_indicator_faults, find_missing
from app.domain.indicators import (
    WHOLE,
    Answers,
    Indicators,
    Period,
    Pool,
    PoolIndicator,
    Pools,
    Sent,
    SentPart,
    SentPools,
    SentSurvey,
    settle,
)

YEAR = Period(date(2023, 4, 1), date(2024, 3, 31))
CLINICAL, MEDICAL = StaffGroup.CLINICAL, StaffGroup.MEDICAL

TOO_LATE = (
    "The period ends on 2024-04-01, after the census; give a period that is over by 2024-03-31."
)

Pair = tuple[int, int]


def by_group(white: Pair, bme: Pair, unknown: Pair = (0, 0)) -> dict[EthnicGroup, Pool]:
    return dict(zip(EthnicGroup, (Pool(*one) for one in (white, bme, unknown)), strict=True))


def part(group: StaffGroup, band: Band | None, white: Pair, bme: Pair = (0, 0)) -> SentPart:
    return SentPart(group, band, by_group(white, bme))


def appointments(*parts: SentPart | None, period: Period | None = YEAR) -> SentPools:
    return SentPools(period, by_group((400, 100), (200, 20)), parts)


def answers(white: Answers, bme: Answers) -> SentSurvey:
    return SentSurvey(YEAR, dict(zip(EthnicGroup, (white, bme, Answers()), strict=True)))


def test_indicators_without_fault_have_none() -> None:
    sent: Sent = {
        2: appointments(
            part(CLINICAL, None, (300, 80), (150, 15)),
            part(CLINICAL, Band.BAND_5, (200, 60), (100, 10)),
            part(CLINICAL, Band.BAND_6, (100, 20), (50, 5)),
            part(MEDICAL, Band.CONSULTANT, (100, 20), (50, 5)),
        ),
        3: SentPools(YEAR, by_group((5000, 0), (900, 0), (90, 0))),
        5: answers(Answers(500, Decimal("0.25")), Answers(8, None)),
    }

    assert find_indicator_faults(sent, 2024) == []
    assert find_missing(sent) == []


def test_sending_nothing_is_a_fault() -> None:
    assert find_missing({}) == [
        Fault(
            "",
            "indicator_missing",
            "No indicator was sent; send at least one of indicator_2 to indicator_8.",
        )
    ]


@pytest.mark.parametrize(
    ("period", "faults"),
    [
        pytest.param(Period(date(2024, 3, 31), date(2024, 3, 31)), [], id="the day itself"),
        pytest.param(Period(date(2020, 4, 1), date(2022, 3, 31)), [], id="two years"),
        pytest.param(
            Period(date(2024, 4, 1), date(2024, 3, 31)),
            [
                (
                    "ends_before_start",
                    "The period ends on 2024-03-31, before it starts on 2024-04-01.",
                )
            ],
            id="ends before it starts",
        ),
        pytest.param(
            Period(date(2023, 4, 1), date(2024, 4, 1)),
            [
                (
                    "period_after_census",
                    TOO_LATE,
                )
            ],
            id="ends after the census",
        ),
    ],
)
def test_a_period_is_over_by_the_census(period: Period, faults: list[tuple[str, str]]) -> None:
    found = find_indicator_faults({2: appointments(period=period)}, 2024)

    assert found == [Fault("/indicator_2/period/ends", *one) for one in faults]


def test_without_a_year_a_period_is_checked_in_itself() -> None:
    period = Period(date(2030, 4, 1), date(2030, 3, 31))

    (found,) = find_indicator_faults({2: appointments(period=period)})

    assert found.code == "ends_before_start"


def test_what_is_malformed_is_left_to_whoever_found_it() -> None:
    sent: Sent = {
        2: SentPools(None, {}, (None, part(CLINICAL, None, (900, 0)))),
        6: SentSurvey(None, {}),
    }

    assert find_indicator_faults(sent, 2024) == []


def test_more_events_than_the_pool_are_a_fault_wherever_they_stand() -> None:
    sent: Sent = {
        2: appointments(part(CLINICAL, None, (3, 4))),
        4: SentPools(YEAR, by_group((10, 2), (5, 5), (0, 1))),
    }

    assert find_indicator_faults(sent, 2024) == [
        Fault(
            "/indicator_2/parts/0/white/events",
            "subset_larger_than_whole",
            "4 of a pool of 3 cannot be; the events are of the pool.",
        ),
        Fault(
            "/indicator_4/unknown/events",
            "subset_larger_than_whole",
            "1 of a pool of 0 cannot be; the events are of the pool.",
        ),
    ]


def test_an_indicator_of_nobody_says_nothing() -> None:
    sent: Sent = {3: SentPools(YEAR, by_group((0, 0), (0, 0))), 7: answers(Answers(), Answers())}

    assert find_indicator_faults(sent, 2024) == [
        Fault(
            "/indicator_3",
            "nobody_counted",
            "Nobody is in any pool, which says nothing; leave the indicator out.",
        ),
        Fault(
            "/indicator_7",
            "nobody_counted",
            "Nobody responded, which says nothing; leave the indicator out.",
        ),
    ]


@pytest.mark.parametrize(
    ("one", "detail"),
    [
        (
            part(CLINICAL, Band.CONSULTANT, (1, 0)),
            "clinical staff are not in consultant; use an AfC band or vsm.",
        ),
        (
            part(MEDICAL, Band.BAND_5, (1, 0)),
            "medical staff are not in 5; use consultant, career_grade, trainee or other.",
        ),
    ],
)
def test_bands_are_of_their_staff_group(one: SentPart, detail: str) -> None:
    assert find_indicator_faults({2: appointments(one)}, 2024) == [
        Fault("/indicator_2/parts/0/band", "band_not_of_staff_group", detail)
    ]


def test_a_part_stands_once() -> None:
    parts = [part(CLINICAL, Band.BAND_5, (390, 1)), None, part(CLINICAL, Band.BAND_5, (390, 1))]

    assert find_indicator_faults({2: appointments(*parts)}, 2024) == [
        Fault(
            "/indicator_2/parts/2",
            "duplicate_cell",
            "The same part stands at /indicator_2/parts/0; send each part once.",
        )
    ]


def test_parts_do_not_exceed_the_whole() -> None:
    parts = [
        part(CLINICAL, Band.BAND_5, (300, 60), (10, 1)),
        part(CLINICAL, Band.BAND_6, (60, 30), (10, 1)),
        part(MEDICAL, None, (41, 11), (180, 18)),
        part(MEDICAL, Band.OTHER, (40, 11), (10, 1)),
    ]

    assert find_indicator_faults({2: appointments(*parts)}, 2024) == [
        Fault(
            "/indicator_2/white/pool",
            "subset_larger_than_whole",
            "The parts come to 401, more than the 400 of which they are part.",
        ),
        Fault(
            "/indicator_2/white/events",
            "subset_larger_than_whole",
            "The parts come to 101, more than the 100 of which they are part.",
        ),
    ]


def test_bands_do_not_exceed_their_staff_group() -> None:
    parts = [part(CLINICAL, None, (50, 20)), part(CLINICAL, Band.BAND_5, (51, 20))]

    assert find_indicator_faults({2: appointments(*parts)}, 2024) == [
        Fault(
            "/indicator_2/parts/0/white/pool",
            "subset_larger_than_whole",
            "The bands of clinical staff come to 51, more than the 50 of which they are part.",
        )
    ]


def test_a_share_is_of_somebody() -> None:
    sent = {8: answers(Answers(500, Decimal(1)), Answers(0, Decimal(0)))}

    assert find_indicator_faults(sent, 2024) == [
        Fault(
            "/indicator_8/bme/share",
            "share_of_nobody",
            "Nobody responded, so there is no share; send null.",
        )
    ]


# What is settled.


def test_what_is_empty_makes_no_difference() -> None:
    empty = part(CLINICAL, Band.BAND_5, (0, 0))
    nobody = {EthnicGroup.BME: Answers(), EthnicGroup.WHITE: Answers(9, Decimal("0.5"))}

    settled = settle("ESR", None, {5: SentSurvey(YEAR, nobody), 2: appointments(empty, None)})

    without = {EthnicGroup.WHITE: Answers(9, Decimal("0.5"))}
    assert settled == settle("ESR", None, {2: appointments(), 5: SentSurvey(YEAR, without)})
    assert settled.pools[2].cells == {WHOLE: Pools(Pool(400, 100), Pool(200, 20))}
    assert PoolIndicator(YEAR, {}).whole == Pools()


def test_what_has_no_period_is_not_settled() -> None:
    with pytest.raises(ValueError, match="indicator 2 has no period"):
        settle("ESR", None, {2: appointments(period=None)})


# Warnings.


def told(number: int, white: Pair, bme: Pair) -> Indicators:
    cells = {WHOLE: Pools.of(by_group(white, bme))}
    return Indicators("ESR", None, {number: PoolIndicator(YEAR, cells)})


@pytest.mark.parametrize(
    ("white", "bme", "ratio"),
    [
        pytest.param((100, 50), (100, 10), None, id="5 exactly"),
        pytest.param((1000, 501), (100, 10), "5.01", id="above 5"),
        pytest.param((100, 10), (100, 50), None, id="0.2 exactly"),
        pytest.param((1000, 99), (100, 50), "0.20", id="below 0.2"),
        pytest.param((100, 0), (100, 0), None, id="nothing happened"),
    ],
)
def test_a_ratio_outside_0_2_to_5_may_be_a_percentage(
    white: Pair, bme: Pair, ratio: str | None
) -> None:
    expected = [
        Caution(
            WarningCode.RATIO_AS_PERCENTAGE,
            f"Indicator 2: white over BME is {ratio}, outside 0.2 to 5; one of the counts may be a"
            " percentage.",
        )
    ]

    assert find_cautions(told(2, white, bme), None) == tuple(expected if ratio else [])


@pytest.mark.parametrize(
    ("now", "is_warned"),
    [
        pytest.param(((100, 20), (100, 40)), True, id="the inverse"),
        pytest.param(((100, 20), (100, 44)), True, id="a tenth above the inverse"),
        pytest.param(((100, 20), (100, 36)), True, id="a tenth below it"),
        pytest.param(((100, 20), (1000, 441)), False, id="further above"),
        pytest.param(((100, 40), (100, 20)), False, id="the same"),
    ],
)
def test_a_ratio_that_is_the_inverse_of_last_years_may_be_upside_down(
    now: tuple[Pair, Pair],
    is_warned: bool,  # noqa: FBT001 - one of a test's parameters
) -> None:
    found = find_cautions(told(3, *now), told(3, (100, 40), (100, 20)))

    assert [one.code for one in found] == [WarningCode.RATIO_INVERTED] * is_warned


def test_a_ratio_near_1_is_not_called_upside_down() -> None:
    before, now = told(4, (100, 50), (100, 51)), told(4, (100, 51), (100, 50))

    assert find_cautions(now, before) == ()


def test_an_inverted_ratio_is_told_with_both() -> None:
    found = find_cautions(told(3, (100, 20), (100, 40)), told(3, (100, 40), (100, 20)))

    assert found == (
        Caution(
            WarningCode.RATIO_INVERTED,
            "Indicator 3: BME over white is 2.00, a year after 0.50, which is nearly the inverse;"
            " the white and the BME counts may have changed places.",
        ),
    )


def test_a_year_without_the_indicator_is_no_comparison() -> None:
    now = told(3, (100, 20), (100, 40))

    assert find_cautions(now, told(2, (100, 40), (100, 20))) == ()
    assert find_cautions(now, told(3, (100, 0), (100, 0))) == ()
