from itertools import product

import pytest

from app.domain.bands import Band, StaffGroup
from app.domain.errors import MeasureCannotBeNarrowed
from app.domain.measures import (
    ALL_SCOPES,
    TITLES,
    Measure,
    ReferenceKind,
    Scope,
    default_reference,
    reference_group,
    staff_group_pairs,
)

AFC_GROUPS = (StaffGroup.NON_CLINICAL, StaffGroup.CLINICAL)
AFC = ["under_1", "1", "2", "3", "4", "5", "6", "7", "8a", "8b", "8c", "8d", "9", "vsm"]
GRADES = ["consultant", "career_grade", "trainee", "other"]
WORKFORCE = {
    *product(AFC_GROUPS, map(Band, AFC)),
    *((StaffGroup.MEDICAL, Band(grade)) for grade in GRADES),
}
NARROWABLE = [
    "leadership", "senior_leadership", "band_8a", "band_8b", "band_8c", "band_8d", "band_9", "vsm"
]  # fmt: skip
WHOLE = ["workforce", "consultants", "board", "board_voting", "board_executive"]


def test_measures_are_those_of_the_domain_in_its_order() -> None:
    assert [measure.value for measure in Measure] == ["workforce", *NARROWABLE, *WHOLE[1:]]
    assert set(TITLES) == set(Measure)


@pytest.mark.parametrize(
    ("measure", "bands"),
    [
        ("leadership", "8a 8b 8c 8d 9 vsm"),
        ("senior_leadership", "8c 8d 9 vsm"),
        ("band_8a", "8a"),
        ("band_8b", "8b"),
        ("band_8c", "8c"),
        ("band_8d", "8d"),
        ("band_9", "9"),
        ("vsm", "vsm"),
    ],
)
def test_measures_of_bands_are_clinical_and_non_clinical_but_not_medical(
    measure: str, bands: str
) -> None:
    expected = set(product(AFC_GROUPS, map(Band, bands.split())))

    assert Scope(Measure(measure)).pairs() == expected
    for group in AFC_GROUPS:
        assert Scope(Measure(measure), group).pairs() == {p for p in expected if p[0] is group}


def test_the_workforce_is_everybody_and_consultants_are_medical() -> None:
    assert Scope(Measure.WORKFORCE).pairs() == WORKFORCE
    assert Scope(Measure.CONSULTANTS).pairs() == {(StaffGroup.MEDICAL, Band.CONSULTANT)}


@pytest.mark.parametrize("measure", ["board", "board_voting", "board_executive"])
def test_board_members_are_not_counted_by_band(measure: str) -> None:
    scope = Scope(Measure(measure))

    assert scope.is_of_board
    assert scope.pairs() == frozenset()


@pytest.mark.parametrize("measure", WHOLE)
@pytest.mark.parametrize("group", StaffGroup)
def test_workforce_consultants_and_board_stay_whole(measure: str, group: StaffGroup) -> None:
    with pytest.raises(MeasureCannotBeNarrowed):
        Scope(Measure(measure), group)


@pytest.mark.parametrize("measure", NARROWABLE)
def test_no_measure_is_narrowed_to_medical_staff(measure: str) -> None:
    with pytest.raises(MeasureCannotBeNarrowed):
        Scope(Measure(measure), StaffGroup.MEDICAL)


def test_all_scopes_are_the_measures_and_their_narrowings() -> None:
    narrowed = {Scope(Measure(m), g) for m in NARROWABLE for g in AFC_GROUPS}

    assert set(ALL_SCOPES) == {Scope(measure) for measure in Measure} | narrowed
    assert len(ALL_SCOPES) == 29


@pytest.mark.parametrize(
    ("measure", "reference"),
    [
        ("workforce", None),
        *((measure, ReferenceKind.OWN_WORKFORCE) for measure in NARROWABLE),
        ("consultants", ReferenceKind.OWN_MEDICAL_WORKFORCE),
        *((measure, ReferenceKind.OWN_WORKFORCE) for measure in WHOLE[2:]),
    ],
)
def test_each_measure_has_its_default_reference(
    measure: str, reference: ReferenceKind | None
) -> None:
    assert default_reference(Measure(measure)) is reference


def test_a_reference_is_the_workforce_medical_staff_or_the_own_staff_group() -> None:
    whole, clinical = (
        Scope(Measure.LEADERSHIP),
        Scope(Measure.LEADERSHIP, StaffGroup.CLINICAL),
    )
    medical = {(StaffGroup.MEDICAL, Band(grade)) for grade in GRADES}

    assert reference_group(clinical, ReferenceKind.OWN_WORKFORCE) == WORKFORCE
    assert reference_group(whole, ReferenceKind.FIXED) == WORKFORCE
    assert reference_group(whole, ReferenceKind.OWN_WORKFORCE_AT_BASELINE) == WORKFORCE
    assert reference_group(whole, ReferenceKind.OWN_MEDICAL_WORKFORCE) == medical
    assert reference_group(clinical, ReferenceKind.OWN_STAFF_GROUP) == {
        (StaffGroup.CLINICAL, Band(band)) for band in AFC
    }
    assert staff_group_pairs(StaffGroup.MEDICAL) == medical


def test_the_own_staff_group_needs_a_narrowed_measure() -> None:
    with pytest.raises(ValueError, match="own_staff_group"):
        reference_group(Scope(Measure.LEADERSHIP), ReferenceKind.OWN_STAFF_GROUP)
