import pytest

from app.domain.bands import (
    AFC_BANDS,
    ALLOWED_PAIRS,
    LEADERSHIP_BANDS,
    MEDICAL_GRADES,
    SENIOR_LEADERSHIP_BANDS,
    Band,
    EthnicGroup,
    StaffGroup,
    is_allowed_pair,
)

AFC = ["under_1", "1", "2", "3", "4", "5", "6", "7", "8a", "8b", "8c", "8d", "9", "vsm"]
GRADES = ["consultant", "career_grade", "trainee", "other"]


def test_the_words_are_those_of_the_domain() -> None:
    assert [group.value for group in StaffGroup] == ["non_clinical", "clinical", "medical"]
    assert [band.value for band in Band] == AFC + GRADES
    assert [group.value for group in EthnicGroup] == ["white", "bme", "unknown"]


def test_bands_fall_into_agenda_for_change_and_medical_grades() -> None:
    assert [band.value for band in AFC_BANDS] == AFC
    assert {band.value for band in MEDICAL_GRADES} == set(GRADES)


def test_leadership_begins_at_8a_and_senior_leadership_at_8c() -> None:
    assert {band.value for band in LEADERSHIP_BANDS} == {"8a", "8b", "8c", "8d", "9", "vsm"}
    assert {band.value for band in SENIOR_LEADERSHIP_BANDS} == {"8c", "8d", "9", "vsm"}


@pytest.mark.parametrize("band", AFC)
def test_everybody_but_medical_staff_has_agenda_for_change_bands(band: str) -> None:
    groups = [group for group in StaffGroup if is_allowed_pair(group, Band(band))]

    assert groups == [StaffGroup.NON_CLINICAL, StaffGroup.CLINICAL]


@pytest.mark.parametrize("grade", GRADES)
def test_only_medical_staff_have_medical_grades(grade: str) -> None:
    groups = [group for group in StaffGroup if is_allowed_pair(group, Band(grade))]

    assert groups == [StaffGroup.MEDICAL]


def test_the_allowed_pairs_stand_in_the_order_in_which_they_are_shown() -> None:
    assert [(group.value, band.value) for group, band in ALLOWED_PAIRS] == [
        *(("non_clinical", band) for band in AFC),
        *(("clinical", band) for band in AFC),
        *(("medical", grade) for grade in GRADES),
    ]
