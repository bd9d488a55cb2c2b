"""What parity is told against: shares, groups beside or around, and groups without people."""

from collections.abc import Iterable, Mapping, Sequence
from fractions import Fraction

import pytest

from app.domain.bands import StaffGroup
from app.domain.codes import Outlook, Reason
from app.domain.counts import Count
from app.domain.measures import Measure, ReferenceKind, Scope
from app.domain.methods import METHOD_1
from app.domain.panels import Censuses, Question, build_panel
from app.domain.parity import find_parity
from app.domain.progress import Interval, OtherOutlook, Parity, ParityGap
from app.domain.trends import analyse
from tests.unit.domain import scalar
from tests.unit.domain.given import (
    CLINICAL_5,
    CLINICAL_8A,
    CONSULTANT,
    LEADERSHIP,
    TRAINEE,
    people,
)
from tests.unit.domain.parities import WORKED, parity_of, told
from tests.unit.stats import oracle

FIXED = ReferenceKind.FIXED


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


def test_where_the_measure_is_the_whole_workforce_there_is_no_gap() -> None:
    found = told(parity_of([(people(30, 100), Count())] * 4))

    assert found.gap == ParityGap(0.0, 0, Interval(0.0, 0.0))
    assert found.outlook is Outlook.AT_OR_ABOVE_REFERENCE


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

    found = told(
        find_parity(analyse(build_panel(censuses, [question]), METHOD_1), 0, question, 30)
    )

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
    return told(find_parity(analyse(build_panel(censuses, [question]), METHOD_1), 0, question, 30))


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
