"""Whether and when there is parity: each outlook, in the order in which they are asked."""

from fractions import Fraction

import pytest

from app.domain.codes import Outlook, PointsOutlook, Reason
from app.domain.counts import Count
from app.domain.measures import ReferenceKind
from app.domain.methods import METHOD_1
from app.domain.panels import Censuses, build_panel
from app.domain.parity import are_scales_far_apart, find_parity
from app.domain.progress import OtherOutlook, Parity, ParityGap, PointsScale, YearInterval
from app.domain.trends import analyse
from tests.unit.domain import scalar
from tests.unit.domain.given import OWN_WORKFORCE, people
from tests.unit.domain.parities import WORKED, Row, panel_of, parity_of, rows, told

STEADY = [(250, 1000)] * 5
SCALES = rows(
    [(50, 1000), (57, 1000), (64, 1000), (72, 1000), (80, 1000)],
    [(2000, 10000), (2150, 10000), (2300, 10000), (2450, 10000), (2600, 10000)],
)
SLOW = rows([(100, 1000), (102, 1000), (105, 1000), (107, 1000), (110, 1000)], [(3000, 10000)] * 5)
UNCLEAR = rows(
    [(100, 1000), (101, 1000), (100, 1000), (99, 1000), (98, 1000)], [(3000, 10000)] * 5
)
AWAY = rows(
    [(100, 1000)] * 5, [(2000, 10000), (2400, 10000), (2800, 10000), (3200, 10000), (3600, 10000)]
)


@pytest.mark.parametrize(
    ("given", "outlook"),
    [
        pytest.param([*WORKED, (Count(), people(250, 1000))], Outlook.NO_PEOPLE, id="nobody"),
        pytest.param(
            [(people(20, 100), people(250, 1000))] * 4
            + [(people(20, 100, 30), people(250, 1000))],
            Outlook.DEPENDS_ON_UNKNOWN,
            id="those of known ethnicity are above",
        ),
        pytest.param(
            [(people(30, 100), people(200, 1000, 400))] * 5,
            Outlook.DEPENDS_ON_UNKNOWN,
            id="those of known ethnicity are below, though the share is above",
        ),
        pytest.param(
            [(people(0, 20, 20), people(250, 1000))] * 5,
            Outlook.DEPENDS_ON_UNKNOWN,
            id="nobody's ethnicity is known",
        ),
        pytest.param(
            [(people(25, 100), people(250, 1000))],
            Outlook.AT_OR_ABOVE_REFERENCE,
            id="exactly at parity, at the first census",
        ),
        pytest.param(
            rows([(2, 8)], [(249, 1000)]), Outlook.AT_OR_ABOVE_REFERENCE, id="above, and tiny"
        ),
        pytest.param(WORKED[:2], Outlook.TOO_FEW_YEARS, id="two censuses"),
        pytest.param(rows([(1, 9)] * 2, STEADY[:2]), Outlook.TOO_FEW_YEARS, id="few and tiny"),
        pytest.param(
            [(Count(), people(2, 9)), *WORKED[:2]],
            Outlook.TOO_FEW_YEARS,
            id="a census with nobody is none",
        ),
        pytest.param(rows([(1, 9)] * 5, STEADY), Outlook.TOO_SMALL, id="nine people"),
        pytest.param(
            rows([(0, 9)] * 5, [(1, 100)] * 5), Outlook.TOO_SMALL, id="nine people, one away"
        ),
        pytest.param(
            rows([(1, 12)] * 5, [(85, 1000)] * 5),
            Outlook.WITHIN_ONE_PERSON,
            id="smoothing puts the level at the reference",
        ),
        pytest.param(SCALES, Outlook.DEPENDS_ON_SCALE, id="closing in log-odds, not in points"),
        pytest.param(
            rows([(10, 200), (8, 200), (6, 200), (4, 200), (2, 200)],
                 [(2000, 10000), (1800, 10000), (1600, 10000), (1400, 10000), (1200, 10000)]),
            Outlook.DEPENDS_ON_SCALE,
            id="closing in points, not in log-odds",
        ),
        pytest.param(WORKED, Outlook.PROJECTED, id="the worked example"),
        pytest.param(rows([(10, 10 * n) for n in (10, 8, 6, 5)], [(3000, 10000)] * 4),
                     Outlook.PROJECTED, id="soon"),
        pytest.param(SLOW, Outlook.BEYOND_HORIZON, id="too slow"),
        pytest.param(UNCLEAR, Outlook.NO_CLEAR_DIRECTION, id="neither way"),
        pytest.param(AWAY, Outlook.WIDENING, id="away from each other"),
    ],
)  # fmt: skip
def test_the_outlook_is_the_first_that_holds(given: list[Row], outlook: Outlook) -> None:
    found = told(parity_of(given))

    judged = scalar.judge_both(
        {2025 - len(given) + i: one for i, (one, _) in enumerate(given)},
        {2025 - len(given) + i: one + two for i, (one, two) in enumerate(given)},
        is_part=True,
    )
    assert judged is not None
    assert (found.outlook, judged[0]) == (outlook, outlook)
    assert (found.year is not None) is (outlook is Outlook.PROJECTED)
    assert (found.interval_80 is not None) is (outlook is Outlook.PROJECTED)


@pytest.mark.parametrize(
    ("given", "low", "high"),
    [(SLOW, 0.5, 1), (UNCLEAR, 0.1, 0.5), (AWAY, 0, 0.1), (SCALES, 0.5, 1)],
)
def test_the_words_for_the_direction_follow_the_probability_of_closing(
    given: list[Row], low: float, high: float
) -> None:
    chance = told(parity_of(given)).probability_closing

    assert chance is not None
    assert low <= chance <= high


def test_parity_of_the_worked_example_is_told_whole() -> None:
    found = told(parity_of(WORKED, horizon=1))

    share = Fraction(1340, 5731)
    assert found.gap is not None
    assert found.on_points_scale is not None
    assert found.probability_closing == pytest.approx(0.960783, abs=5e-7)
    assert found.gap.interval_95.lower == pytest.approx(0.046330, abs=5e-7)
    assert found.gap.interval_95.upper == pytest.approx(0.111016, abs=5e-7)
    assert found.on_points_scale.gap_change_a_year == pytest.approx(-0.003318, abs=5e-7)
    change = found.on_points_scale.gap_change_a_year
    assert found == Parity(
        census=2024,
        reference=ReferenceKind.OWN_WORKFORCE,
        reference_share=float(share),
        reference_share_reason=None,
        gap=ParityGap(float(share - Fraction(69, 452)), 37, found.gap.interval_95),
        gap_reason=None,
        outlook=Outlook.PROJECTED,
        year=2033,
        interval_80=YearInterval(2028, None, Reason.LATER_OR_NEVER),
        probability_closing=found.probability_closing,
        probability_closing_reason=None,
        parity_to_nearest_person=False,
        probability_at_parity=found.probability_at_parity,
        probability_at_parity_reason=None,
        on_points_scale=PointsScale(change, PointsOutlook.CLOSING, 2050, None),
        on_points_scale_reason=None,
        on_known_ethnicity=OtherOutlook(Outlook.PROJECTED, 2033),
    )
    assert [chance.year for chance in found.probability_at_parity or ()] == [2025]


@pytest.mark.parametrize("horizon", [1, 5, 30])
def test_the_horizon_only_cuts_the_list(horizon: int) -> None:
    whole, cut = told(parity_of(WORKED)), told(parity_of(WORKED, horizon=horizon))

    assert (cut.year, cut.outlook) == (2033, Outlook.PROJECTED)
    assert cut.probability_at_parity == (whole.probability_at_parity or ())[:horizon]
    assert len(cut.probability_at_parity or ()) == horizon


def test_an_interval_may_be_closed() -> None:
    quick = rows(
        [(100, 1000), (150, 1000), (200, 1000), (250, 1000), (300, 1000)], [(3500, 10000)] * 5
    )

    found = told(parity_of(quick))

    assert found.interval_80 is not None
    assert found.interval_80.earliest is not None
    assert found.interval_80.latest is not None
    assert found.interval_80.latest_reason is None
    assert found.interval_80.earliest <= (found.year or 0) <= found.interval_80.latest


def test_when_the_scales_disagree_both_are_told_and_no_year_is_given() -> None:
    found = told(parity_of(SCALES))

    assert (found.year, found.interval_80) == (None, None)
    assert found.on_points_scale is not None
    change = found.on_points_scale.gap_change_a_year
    assert change > 0.001
    assert found.on_points_scale == PointsScale(
        change, PointsOutlook.WIDENING, None, Reason.NOT_CLOSING
    )
    assert found.on_log_odds_scale is not None
    assert found.on_log_odds_scale.outlook in {Outlook.PROJECTED, Outlook.BEYOND_HORIZON}


@pytest.mark.parametrize(
    ("given", "outlook", "year", "reason"),
    [
        pytest.param(WORKED, PointsOutlook.CLOSING, 2050, None, id="crossing"),
        pytest.param(SLOW, PointsOutlook.CLOSING, None, Reason.LATER_OR_NEVER, id="too slow"),
        pytest.param(UNCLEAR, PointsOutlook.LEVEL, None, Reason.NOT_CLOSING, id="level"),
        pytest.param(AWAY, PointsOutlook.WIDENING, None, Reason.NOT_CLOSING, id="away"),
    ],
)
def test_lines_that_do_not_cross_within_30_years_say_why(
    given: list[Row], outlook: PointsOutlook, year: int | None, reason: Reason | None
) -> None:
    points = told(parity_of(given)).on_points_scale

    assert points is not None
    assert points == PointsScale(points.gap_change_a_year, outlook, year, reason)


@pytest.mark.parametrize(
    ("leaders", "others", "on_log_odds"),
    [
        pytest.param(
            [(10, 200), (14, 200), (18, 200), (22, 200), (26, 200)],
            [(2000, 10000), (2240, 10000), (2480, 10000), (2720, 10000), (2960, 10000)],
            OtherOutlook(Outlook.PROJECTED, 2046),
            id="projected",
        ),
        pytest.param(
            [(50, 1000), (55, 1000), (60, 1000), (65, 1000), (70, 1000)],
            [(2000, 10000), (2120, 10000), (2240, 10000), (2360, 10000), (2480, 10000)],
            OtherOutlook(Outlook.BEYOND_HORIZON, None),
            id="beyond the horizon",
        ),
        pytest.param(
            [(10, 200), (8, 200), (6, 200), (4, 200), (2, 200)],
            [(2000, 10000), (1800, 10000), (1600, 10000), (1400, 10000), (1200, 10000)],
            OtherOutlook(Outlook.NO_CLEAR_DIRECTION, None),
            id="no clear direction",
        ),
        pytest.param(
            [(220, 1000), (150, 1000), (100, 1000), (60, 1000), (30, 1000)],
            [(4000, 10000), (3500, 10000), (3000, 10000), (2400, 10000), (1800, 10000)],
            OtherOutlook(Outlook.WIDENING, None),
            id="widening",
        ),
    ],
)
def test_the_log_odds_say_what_they_would_have_said_alone(
    leaders: list[tuple[int, int]], others: list[tuple[int, int]], on_log_odds: OtherOutlook
) -> None:
    found = told(parity_of(rows(leaders, others)))

    assert found.outlook is Outlook.DEPENDS_ON_SCALE
    assert found.on_log_odds_scale == on_log_odds


def test_when_it_depends_on_unknown_ethnicity_both_outlooks_are_told() -> None:
    found = told(parity_of([*WORKED[:-1], (people(69, 452, 170), WORKED[-1][1])]))

    assert found.outlook is Outlook.DEPENDS_ON_UNKNOWN
    assert found.on_everybody == OtherOutlook(Outlook.PROJECTED, 2033)
    assert found.on_known_ethnicity == OtherOutlook(Outlook.AT_OR_ABOVE_REFERENCE, None)
    assert (found.year, found.interval_80) == (None, None)


def test_few_years_have_a_gap_but_no_chances() -> None:
    found = told(parity_of(WORKED[:2]))

    few = Reason.TOO_FEW_YEARS
    assert found.gap is not None
    assert (found.probability_closing, found.probability_closing_reason) == (None, few)
    assert (found.probability_at_parity, found.probability_at_parity_reason) == (None, few)
    assert (found.on_points_scale, found.on_points_scale_reason) == (None, few)


def test_nobody_has_no_gap() -> None:
    found = told(parity_of([*WORKED[1:], (Count(), people(250, 1000))]))

    assert (found.gap, found.gap_reason) == (None, Reason.NO_PEOPLE)
    assert found.reference_share == 0.25
    assert not found.parity_to_nearest_person


def test_without_a_census_there_is_no_parity() -> None:
    censuses = Censuses.empty(1, [2023, 2024])
    panel = build_panel(censuses, [OWN_WORKFORCE])

    assert find_parity(analyse(panel, METHOD_1), 0, OWN_WORKFORCE, 30) is Reason.NO_ACTUALS


def test_scales_are_far_apart_when_their_years_differ_by_more_than_five() -> None:
    assert are_scales_far_apart(analyse(panel_of(WORKED, OWN_WORKFORCE), METHOD_1), 0) == (
        2033,
        2050,
    )
    quick = rows([(10, 10 * n) for n in (10, 8, 6, 5)], [(3000, 10000)] * 4)
    assert are_scales_far_apart(analyse(panel_of(quick, OWN_WORKFORCE), METHOD_1), 0) is None
    assert are_scales_far_apart(analyse(panel_of(SLOW, OWN_WORKFORCE), METHOD_1), 0) is None
