import pytest

from app.domain.bands import Band, EthnicGroup, StaffGroup
from app.domain.staff_words import OWN_WORDS, Meanings, Pay, Reading, fold
from tests.staff_lists import CONSULTANT, MANAGER, NURSE, vocabulary

WORDS = vocabulary()


@pytest.mark.parametrize(
    ("word", "folded"),
    [
        ("Add Prof Scientific and Technic", "add prof scientific and technic"),
        ("Estates & Ancillary", "estates and ancillary"),
        ("  Review  Body\tBand 8 - Range A ", "review body band 8 range a"),
        ("staff_group", "staff group"),
        ("<1", "under 1"),
        ("--", ""),
    ],
)
def test_words_are_compared_by_letters_and_digits(word: str, folded: str) -> None:
    assert fold(word) == folded


@pytest.mark.parametrize(
    ("word", "group"),
    [
        ("Medical and Dental", StaffGroup.MEDICAL),
        ("medical & dental", StaffGroup.MEDICAL),
        ("Nursing and Midwifery Registered|Community Nurse", StaffGroup.CLINICAL),
        ("08", StaffGroup.NON_CLINICAL),
        ("non_clinical", StaffGroup.NON_CLINICAL),
        ("Students|Medical and Dental", None),
        ("Smith", None),
        ("", None),
    ],
)
def test_a_word_means_a_staff_group(word: str, group: StaffGroup | None) -> None:
    assert WORDS.find_staff_group(word) == group


@pytest.mark.parametrize(
    ("word", "band"),
    [
        ("NHS|XR05|Review Body Band 5", Band.BAND_5),
        ("XN07", Band.BAND_7),
        ("8A", Band.BAND_8A),
        ("Non Review Body Band 8 - Range D", Band.BAND_8D),
        ("<1", Band.UNDER_1),
        ("VSM", Band.VSM),
        ("NHS|XR05|Review Body Band 6", None),
        ("Band 8", None),
        ("1.5", None),
    ],
)
def test_a_word_means_pay(word: str, band: Band | None) -> None:
    assert WORDS.find_pay(word) == (band and Pay(band))


@pytest.mark.parametrize(
    ("word", "group"),
    [
        ("A", EthnicGroup.WHITE),
        ("m", EthnicGroup.BME),
        ("99", EthnicGroup.UNKNOWN),
        ("", EthnicGroup.UNKNOWN),
        (" ", EthnicGroup.UNKNOWN),
        ("A White - British", EthnicGroup.WHITE),
        ("N Black or Black British - African", EthnicGroup.BME),
        ("CA White English", EthnicGroup.WHITE),
        ("PC Black Nigerian", EthnicGroup.BME),
        ("Z Not Stated", EthnicGroup.UNKNOWN),
        ("Asian or Asian British - Indian", EthnicGroup.BME),
        ("BME", EthnicGroup.BME),
        ("SE Other Specified", EthnicGroup.BME),
        ("A Smith", None),
        ("M Jones", None),
        ("Q", None),
        ("-", None),
    ],
)
def test_a_word_means_an_ethnic_group(word: str, group: EthnicGroup | None) -> None:
    assert WORDS.find_ethnic_group(word) == group


@pytest.mark.parametrize(
    ("word", "code"),
    [
        pytest.param(" rz1 ", "RZ1", id="in the register"),
        pytest.param("ZZ901", "ZZ901", id="invented"),
        pytest.param("SMITH", None, id="looks like a code"),
        pytest.param("ZZTOP", None, id="looks invented"),
    ],
)
def test_a_word_means_an_organisation(word: str, code: str | None) -> None:
    assert WORDS.find_organisation(word) == code


def test_the_caller_s_words_go_before_those_shipped_and_our_own() -> None:
    own = Meanings(
        organisations={"431": "RZ2"},
        staff_groups={"students": StaffGroup.NON_CLINICAL},
        pay={"spot": Pay(Band.OTHER, StaffGroup.MEDICAL), "8a": Pay(Band.BAND_8B)},
        ethnic_groups={"q": EthnicGroup.WHITE},
    )
    words = vocabulary(own)

    posts = [words.read(("431", "Students", "8a", "Q")), words.read(("431", "?", "Spot", "M"))]

    assert posts == [
        Reading("RZ2", StaffGroup.NON_CLINICAL, Band.BAND_8B, EthnicGroup.WHITE),
        Reading("RZ2", StaffGroup.MEDICAL, Band.OTHER, EthnicGroup.BME),
    ]


def test_a_row_is_read_by_column() -> None:
    assert [WORDS.read(row) for row in (NURSE, MANAGER, CONSULTANT)] == [
        Reading("ZZ901", StaffGroup.CLINICAL, Band.BAND_5, EthnicGroup.WHITE),
        Reading("ZZ901", StaffGroup.NON_CLINICAL, Band.BAND_8A, EthnicGroup.BME),
        Reading("ZZ901", StaffGroup.MEDICAL, Band.CONSULTANT, EthnicGroup.UNKNOWN),
    ]
    assert WORDS.read(("?", "?", "?", "?")) == Reading(None, None, None, None)


def test_where_all_rows_belong_to_one_organisation_they_need_not_say_it() -> None:
    assert vocabulary(only="RZ2").read(("A", *NURSE[1:])).organisation == "RZ2"


@pytest.mark.parametrize(
    ("word", "is_made"),
    [
        ("Review Body Band 8 - Range 5", True),
        ("House", False),
        ("Band Smith", False),
        ("", False),
    ],
)
def test_a_word_can_be_made_of_parts_of_known_ones(word: str, *, is_made: bool) -> None:
    assert WORDS.is_made_of_known_parts(word) is is_made


def test_our_own_words_are_words_too() -> None:
    assert OWN_WORDS.pay["career grade"] == Pay(Band.CAREER_GRADE)
    assert len(OWN_WORDS.pay) == len(Band)
