from fractions import Fraction

import numpy as np
import pytest

from app.domain.bands import ALLOWED_PAIRS, StaffGroup
from app.domain.boards import Board
from app.domain.codes import Reason
from app.domain.counts import Count
from app.domain.groups import ReferenceType
from app.domain.measures import ALL_SCOPES, Measure, ReferenceKind, Scope
from app.domain.panels import Censuses, Question, build_panel, count_at
from tests.unit.domain.given import CLINICAL_5, CLINICAL_8A, CONSULTANT, TRAINEE, people

CLINICAL = Scope(Measure.LEADERSHIP, StaffGroup.CLINICAL)
LEADERSHIP = Scope(Measure.LEADERSHIP)
OWN = ReferenceKind.OWN_WORKFORCE
SEATS = {
    (True, True): Count(4, 1, 0),
    (True, False): Count(5, 2, 0),
    (False, True): Count(1, 0, 1),
    (False, False): Count(0, 1, 0),
}
EVERY_PAIR = {pair: Count(i, 100 + i, 2 * i) for i, pair in enumerate(ALLOWED_PAIRS, start=1)}


@pytest.mark.parametrize(
    ("scope", "reference", "fixed", "expected"),
    [
        (Scope(Measure.WORKFORCE), None, None, ReferenceType.NONE),
        (LEADERSHIP, OWN, None, ReferenceType.CONTAINS),
        (CLINICAL, ReferenceKind.OWN_STAFF_GROUP, None, ReferenceType.CONTAINS),
        (LEADERSHIP, ReferenceKind.OWN_MEDICAL_WORKFORCE, None, ReferenceType.APART),
        (
            Scope(Measure.CONSULTANTS),
            ReferenceKind.OWN_MEDICAL_WORKFORCE,
            None,
            ReferenceType.CONTAINS,
        ),
        (Scope(Measure.BOARD), OWN, None, ReferenceType.APART),
        (LEADERSHIP, ReferenceKind.FIXED, Fraction(1, 5), ReferenceType.SHARE),
        (
            LEADERSHIP,
            ReferenceKind.OWN_WORKFORCE_AT_BASELINE,
            Fraction(1, 5),
            ReferenceType.SHARE,
        ),
    ],
)
def test_a_reference_contains_its_measure_stands_apart_or_is_a_share(
    scope: Scope, reference: ReferenceKind | None, fixed: Fraction | None, expected: ReferenceType
) -> None:
    assert Question(scope, reference, fixed).type is expected


@pytest.mark.parametrize(
    ("reference", "fixed"),
    [(ReferenceKind.FIXED, None), (OWN, Fraction(1, 5)), (None, Fraction(1, 5))],
)
def test_a_share_goes_with_a_reference_that_is_one(
    reference: ReferenceKind | None, fixed: Fraction | None
) -> None:
    with pytest.raises(ValueError, match="does not fit"):
        Question(LEADERSHIP, reference, fixed)


def test_without_a_reference_a_measure_is_the_reference() -> None:
    assert Question(LEADERSHIP, None).without is Reason.IS_THE_REFERENCE


def test_nothing_sent_is_missing_not_nobody() -> None:
    censuses = Censuses.empty(1, [2023, 2024])
    censuses.put_staff(0, 1, {})

    panel = build_panel(censuses, [Question(LEADERSHIP, OWN)])

    assert [count_at(panel.measure, 0, year) for year in (0, 1)] == [None, Count()]


@pytest.mark.parametrize("scope", ALL_SCOPES)
def test_each_measure_counts_the_people_of_its_bands_or_seats(scope: Scope) -> None:
    censuses = Censuses.empty(1, [2024])
    censuses.put_staff(0, 0, EVERY_PAIR)
    censuses.put_board(0, 0, SEATS)

    panel = build_panel(censuses, [Question(scope, None)])

    expected = Board("minutes", SEATS).count(scope.measure) if scope.is_of_board else Count.sum(
        count for pair, count in EVERY_PAIR.items() if pair in scope.pairs()
    )  # fmt: skip
    assert count_at(panel.measure, 0, 0) == expected
    assert count_at(panel.reference, 0, 0) == Count.sum(EVERY_PAIR.values())


def test_references_are_the_groups_that_they_name() -> None:
    censuses = Censuses.empty(1, [2024])
    counts = {
        CLINICAL_8A: people(1, 10),
        CLINICAL_5: people(2, 20),
        CONSULTANT: people(3, 30),
        TRAINEE: people(4, 40),
    }
    censuses.put_staff(0, 0, counts)
    questions = [
        Question(CLINICAL, ReferenceKind.OWN_STAFF_GROUP),
        Question(LEADERSHIP, ReferenceKind.OWN_MEDICAL_WORKFORCE),
        Question(LEADERSHIP, OWN),
        Question(LEADERSHIP, ReferenceKind.FIXED, Fraction(2, 7)),
    ]

    panel = build_panel(censuses, questions)

    references = [count_at(panel.reference, index, 0) for index in range(3)]
    assert references == [people(3, 30), people(7, 70), people(10, 100)]
    np.testing.assert_array_equal(panel.fixed_bme, [np.nan, np.nan, np.nan, 2])
    np.testing.assert_array_equal(panel.fixed_total, [np.nan, np.nan, np.nan, 7])


def test_series_stand_trust_by_trust_in_the_order_of_questions() -> None:
    censuses = Censuses.empty(2, [2023, 2024])
    censuses.put_staff(0, 0, {CLINICAL_8A: people(1, 10), CLINICAL_5: people(2, 20)})
    censuses.put_staff(1, 1, {CLINICAL_8A: people(3, 30), CLINICAL_5: people(4, 40)})
    censuses.put_board(1, 0, SEATS)
    questions = [
        Question(LEADERSHIP, OWN),
        Question(Scope(Measure.WORKFORCE), None),
        Question(Scope(Measure.BOARD), OWN),
    ]

    panel = build_panel(censuses, questions)

    assert list(panel.years) == [2023, 2024]
    assert panel.types == (ReferenceType.CONTAINS, ReferenceType.NONE, ReferenceType.APART) * 2
    assert [[count_at(panel.measure, row, at) for at in (0, 1)] for row in range(6)] == [
        [people(1, 10), None],
        [people(3, 30), None],
        [None, None],
        [None, people(3, 30)],
        [None, people(7, 70)],
        [Count(10, 4, 1), None],
    ]
