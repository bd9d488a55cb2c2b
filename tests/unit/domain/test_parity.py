"""Whether and when there is parity: each outlook, in the order in which they are asked."""

from collections.abc import Iterable, Mapping, Sequence
from fractions import Fraction

import pytest

from app.domain.bands import StaffGroup
from app.domain.codes import Outlook, PointsOutlook, Reason
from app.domain.counts import Count
from app.domain.measures import Measure, ReferenceKind, Scope
from app.domain.panels import Censuses, Question, build_panel
from app.domain.parity import are_scales_far_apart, find_parity
from app.domain.progress import (
    Interval,
    OtherOutlook,
    Parity,
    ParityGap,
    PointsScale,
    YearInterval,
)
from app.domain.trends import Panel, analyse
from tests.unit.domain import scalar
from tests.unit.domain.given import (
    CLINICAL_5,
    CLINICAL_8A,
    CONSULTANT,
    LEADERS,
    LEADERSHIP,
    OWN_WORKFORCE,
    TRAINEE,
    WORKFORCE,
    people,
)
from tests.unit.stats import oracle

Row = tuple[Count, Count]
"""Leaders and others at one census."""

FIXED = ReferenceKind.FIXED


def parity_of(
    rows: Sequence[Row], question: Question = OWN_WORKFORCE, *, horizon: int = 30
) -> Parity | Reason:
    """Return the parity of leaders among others, the last census being that of 2024."""
    return find_parity(analyse(panel_of(rows, question)), 0, question, horizon)


def panel_of(rows: Sequence[Row], question: Question) -> Panel:
    censuses = Censuses.empty(1, range(2025 - len(rows), 2025))
    for index, (leaders, others) in enumerate(rows):
        censuses.put_staff(0, index, {CLINICAL_8A: leaders, CLINICAL_5: others})
    return build_panel(censuses, [question])


def rows(leaders: Sequence[tuple[int, int]], others: Sequence[tuple[int, int]]) -> list[Row]:
    return [(people(*one), people(*two)) for one, two in zip(leaders, others, strict=True)]


def told(found: Parity | Reason) -> Parity:
    assert isinstance(found, Parity)
    return found


WORKED = rows(LEADERS, [(x - a, n - b) for (a, b), (x, n) in zip(LEADERS, WORKFORCE, strict=True)])
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


@pytest.mark.parametrize(
    ("bme", "is_nearest"), [(2, False), (3, True), (4, False)], ids=["short", "nearest", "above"]
)
def test_parity_to_the_nearest_person_is_the_reference_rounded_half_up(
    bme: int, *, is_nearest: bool
) -> None:
    # A reference of 0.26 of 12 people are 3.12, so three are as near as can be.
    question = Question(LEADERSHIP, FIXED, Fraction("0.26"))

    found = told(parity_of([(people(bme, 12), people(1, 2))] * 3, question))

    assert found.parity_to_nearest_person is is_nearest


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


def test_where_the_measure_is_the_whole_workforce_there_is_no_gap() -> None:
    found = told(parity_of([(people(30, 100), Count())] * 4))

    assert found.gap == ParityGap(0.0, 0, Interval(0.0, 0.0))
    assert found.outlook is Outlook.AT_OR_ABOVE_REFERENCE


# References.


@pytest.mark.parametrize(
    ("kind", "share"),
    [(FIXED, Fraction("0.2")), (ReferenceKind.OWN_WORKFORCE_AT_BASELINE, Fraction(1110, 5480))],
)
def test_a_share_stands_still_as_a_reference(kind: ReferenceKind, share: Fraction) -> None:
    found = told(parity_of(WORKED, Question(LEADERSHIP, kind, share)))

    leaders = {2019 + i: one for i, (one, _) in enumerate(WORKED)}
    judged = scalar.judge(leaders, share, is_part=False)
    assert judged is not None
    assert judged.pair is not None
    assert (found.reference, found.reference_share) == (kind, float(share))
    assert (found.outlook, found.year) == (judged.outlook, judged.year)
    assert found.gap is not None
    assert found.gap.share == float(share - Fraction(69, 452))
    chances = [chance.probability for chance in found.probability_at_parity or ()]
    assert chances == pytest.approx(
        [oracle.chance_of_parity(judged.pair, h) for h in range(1, 31)], abs=1e-9
    )


def test_the_gap_to_a_share_has_the_wilson_interval_of_the_measure() -> None:
    found = told(parity_of(WORKED, Question(LEADERSHIP, FIXED, Fraction("0.2"))))

    lower, upper = oracle.wilson(69, 452, 0.95)
    assert found.gap is not None
    assert found.gap.interval_95.lower == pytest.approx(0.2 - upper)
    assert found.gap.interval_95.upper == pytest.approx(0.2 - lower)


def test_a_workforce_has_parity_with_a_fixed_share_only() -> None:
    workforce = Scope(Measure.WORKFORCE)

    assert parity_of(WORKED, Question(workforce, None)) is Reason.IS_THE_REFERENCE
    fixed = told(parity_of(WORKED, Question(workforce, FIXED, Fraction("0.3"))))
    assert fixed.outlook is Outlook.PROJECTED


def test_without_a_target_nothing_is_frozen() -> None:
    question = Question(LEADERSHIP, None, without=Reason.NO_TARGET)

    assert parity_of(WORKED, question) is Reason.NO_TARGET


@pytest.mark.parametrize("share", [Fraction(0), Fraction(1)])
def test_nobody_and_everybody_are_no_reference(share: Fraction) -> None:
    question = Question(LEADERSHIP, FIXED, share)

    assert parity_of(WORKED, question) is Reason.REFERENCE_NOT_DEFINED


def test_without_a_census_there_is_no_parity() -> None:
    censuses = Censuses.empty(1, [2023, 2024])
    panel = build_panel(censuses, [OWN_WORKFORCE])

    assert find_parity(analyse(panel), 0, OWN_WORKFORCE, 30) is Reason.NO_ACTUALS


MEDICAL = ReferenceKind.OWN_MEDICAL_WORKFORCE
CONSULTANTS = Question(Scope(Measure.CONSULTANTS), MEDICAL)
LEADERS_TO_MEDICAL = Question(LEADERSHIP, MEDICAL)
CLINICAL = Question(Scope(Measure.LEADERSHIP, StaffGroup.CLINICAL), ReferenceKind.OWN_STAFF_GROUP)
BOARD = Question(Scope(Measure.BOARD), ReferenceKind.OWN_WORKFORCE)


@pytest.mark.parametrize(
    ("question", "measure", "reference", "is_part"),
    [
        pytest.param(CONSULTANTS, 2, (2, 3), True, id="consultants among medical staff"),
        pytest.param(LEADERS_TO_MEDICAL, 0, (2, 3), False, id="leaders beside medical staff"),
        pytest.param(CLINICAL, 0, (0, 1), True, id="clinical leaders among clinical staff"),
        pytest.param(BOARD, 4, (0, 1, 2, 3), False, id="the board beside the workforce"),
    ],
)
def test_a_reference_is_the_rest_of_its_group_or_another_group(
    question: Question, measure: int, reference: tuple[int, ...], *, is_part: bool
) -> None:
    # 8a, band 5, consultants, trainees, board; each year a little more.
    groups = {
        year: (
            people(30 + 3 * i, 300),
            people(300 + 5 * i, 1500),
            people(20 + 2 * i, 100),
            people(60 + i, 160),
            people(5 + i, 100),
        )
        for i, year in enumerate(range(2019, 2025))
    }
    censuses = Censuses.empty(1, tuple(groups))
    for index, counts in enumerate(groups.values()):
        pairs = (CLINICAL_8A, CLINICAL_5, CONSULTANT, TRAINEE)
        censuses.put_staff(0, index, dict(zip(pairs, counts, strict=False)))
        censuses.put_board(0, index, {(True, True): counts[4]})

    found = told(find_parity(analyse(build_panel(censuses, [question])), 0, question, 30))

    whole = {y: Count.sum(counts[i] for i in reference) for y, counts in groups.items()}
    judged = scalar.judge_both({y: c[measure] for y, c in groups.items()}, whole, is_part=is_part)
    assert judged is not None
    outlook, everybody, _ = judged
    assert (found.outlook, found.year) == (outlook, everybody.year)
    assert found.reference_share == float(whole[2024].share or 0)
    assert everybody.pair is not None
    assert found.probability_closing == pytest.approx(
        oracle.chance_closing(everybody.pair), abs=1e-9
    )
    assert found.probability_at_parity is not None
    chance = found.probability_at_parity[5]
    assert chance.year == 2030
    assert chance.probability == pytest.approx(
        oracle.chance_of_parity(everybody.pair, 6), abs=1e-9
    )


# References without people.


def beside_trainees(trainees: Mapping[int, Count], years: Iterable[int]) -> Parity:
    """Return the parity of leaders with medical staff, of whom there are trainees only."""
    censuses = Censuses.empty(1, range(2019, 2025))
    for year in years:
        index = year - 2019
        censuses.put_staff(0, index, {
            CLINICAL_8A: people(10 + 3 * index, 100),
            CLINICAL_5: people(200, 1000),
            TRAINEE: trainees.get(year, Count()),
        })  # fmt: skip
    question = LEADERS_TO_MEDICAL
    return told(find_parity(analyse(build_panel(censuses, [question])), 0, question, 30))


@pytest.mark.parametrize("empty", [{2024}, {2023, 2024}, {2019}, {2021}, {2020, 2022, 2024}])
def test_a_census_without_anybody_to_compare_with_is_left_out(empty: set[int]) -> None:
    held = [year for year in range(2019, 2025) if year not in empty]
    trainees = {year: people(25 + year - 2000, 100) for year in held}

    found = beside_trainees(trainees, range(2019, 2025))

    assert found == beside_trainees(trainees, held)
    last = held[-1]
    theirs, ours = Fraction(25 + last - 2000, 100), Fraction(10 + 3 * (last - 2019), 100)
    assert (found.census, found.outlook) == (last, Outlook.PROJECTED)
    assert (found.reference_share, found.reference_share_reason) == (float(theirs), None)
    assert found.gap is not None
    assert found.gap.share == float(theirs - ours)
    assert found.gap.people == int((theirs - ours) * 100)
    chances = found.probability_at_parity or ()
    assert [chance.year for chance in chances] == list(range(last + 1, last + 31))
    assert (found.year or 0) > last


def test_where_leaders_were_the_whole_workforce_at_last_the_census_before_is_compared() -> None:
    whole = [*WORKED[:-1], (people(69, 452), Count())]

    found = told(parity_of(whole))

    assert (found.census, found.outlook) == (2023, Outlook.PROJECTED)
    assert (found.reference_share, found.reference_share_reason) == (1225 / 5602, None)
    assert found.gap is not None
    assert found.gap.share == float(Fraction(1225, 5602) - Fraction(57, 440))
    assert found.gap.people == 40


@pytest.mark.parametrize("years", [range(2022, 2025), range(2019, 2025), [2024]])
def test_a_reference_that_never_had_people_is_told_whole(years: Sequence[int]) -> None:
    nobody, few = Reason.NO_PEOPLE, Reason.TOO_FEW_YEARS
    assert beside_trainees({}, years) == Parity(
        census=2024,
        reference=MEDICAL,
        reference_share=None,
        reference_share_reason=nobody,
        gap=None,
        gap_reason=nobody,
        outlook=Outlook.TOO_FEW_YEARS,
        year=None,
        interval_80=None,
        probability_closing=None,
        probability_closing_reason=few,
        parity_to_nearest_person=False,
        probability_at_parity=None,
        probability_at_parity_reason=few,
        on_points_scale=None,
        on_points_scale_reason=few,
        on_known_ethnicity=OtherOutlook(Outlook.TOO_FEW_YEARS, None),
    )


def test_scales_are_far_apart_when_their_years_differ_by_more_than_five() -> None:
    assert are_scales_far_apart(analyse(panel_of(WORKED, OWN_WORKFORCE)), 0) == (2033, 2050)
    quick = rows([(10, 10 * n) for n in (10, 8, 6, 5)], [(3000, 10000)] * 4)
    assert are_scales_far_apart(analyse(panel_of(quick, OWN_WORKFORCE)), 0) is None
    assert are_scales_far_apart(analyse(panel_of(SLOW, OWN_WORKFORCE)), 0) is None
