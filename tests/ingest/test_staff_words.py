from pathlib import Path

import pytest

from app.domain.bands import Band, EthnicGroup, StaffGroup
from app.domain.errors import UnacceptableStaffList
from app.domain.staff_words import Meanings, Pay, fold
from app.ingest.ethnic_categories import read_ethnic_categories
from app.ingest.reference_files import read_rows
from app.ingest.staff_words import SHIPPED, read_shipped_words, read_words


def write(folder: Path, text: str) -> Path:
    file = folder / "words.csv"
    file.write_text(text, encoding="utf-8")
    return file


def test_every_shipped_line_says_what_its_word_means_and_on_what_grounds() -> None:
    rows = read_rows(SHIPPED)
    words = read_shipped_words.__wrapped__()  # whoever has read them before

    assert len(words.staff_groups) + len(words.pay) + len(words.ethnic_groups) == len(rows)
    assert {row["note"] != "" for row in rows} == {True}
    assert words.staff_groups["add prof scientific and technic"] is StaffGroup.CLINICAL
    assert words.pay["non review body band 8 range c"] == Pay(Band.BAND_8C)
    assert words.ethnic_groups["not stated"] is EthnicGroup.UNKNOWN


def test_shipped_words_cover_every_afc_band_and_no_label_means_two_groups() -> None:
    bands = {pay.band for pay in read_shipped_words().pay.values()}
    groups: dict[str, set[EthnicGroup]] = {}
    for one in read_ethnic_categories().all:
        groups.setdefault(fold(one.label), set()).add(one.group)

    assert bands == set(Band)
    assert [label for label, meant in groups.items() if len(meant) > 1] == []


def test_a_caller_s_table_says_what_words_mean(tmp_path: Path) -> None:
    table = (
        "word,staff_group,band,ethnic_group,organisation,note\n"
        "Exec Pay, non_clinical ,VSM,,,\n"
        "Spot,,8b,,,local\n"
        "\n"
        "Porters,non_clinical,,,,\n"
        "Q,,,white\n"
        "431,,,,rz1,\n"
        "Spot,,8b,,,again\n"
    )

    assert read_words(write(tmp_path, table)) == Meanings(
        organisations={"431": "RZ1"},
        staff_groups={"porters": StaffGroup.NON_CLINICAL},
        pay={"exec pay": Pay(Band.VSM, StaffGroup.NON_CLINICAL), "spot": Pay(Band.BAND_8B)},
        ethnic_groups={"q": EthnicGroup.WHITE},
    )


def test_every_fault_of_a_table_is_told_by_its_line(tmp_path: Path) -> None:
    table = (
        "word,staff_group,band,ethnic_group,organisation\n"
        "--,clinical\n"
        "Alice Smith\n"
        "Spot,nurses,8e,\n"
        "Grade,medical,8a\n"
        "Q,,,green\n"
        "Smith,,,,Smith & Sons\n"
        "Porters,clinical\n"
        "porters,non_clinical\n"
        '"Alice" Smith,clinical\n'
    )

    with pytest.raises(UnacceptableStaffList) as refused:
        read_words(write(tmp_path, table))

    bands = ", ".join(Band)
    assert [(one.pointer, one.code, one.detail) for one in refused.value.faults] == [
        ("/pay_table", "bad_meaning", "Line 2: it has no word."),
        ("/pay_table", "bad_meaning", "Line 3: it does not say what its word means."),
        (
            "/pay_table",
            "bad_meaning",
            "Line 4: staff_group is one of non_clinical, clinical, medical.",
        ),
        ("/pay_table", "bad_meaning", f"Line 4: band is one of {bands}."),
        ("/pay_table", "bad_meaning", "Line 5: medical staff are not in 8a."),
        ("/pay_table", "bad_meaning", "Line 6: ethnic_group is one of white, bme, unknown."),
        ("/pay_table", "bad_meaning", "Line 7: organisation is an ODS code."),
        (
            "/pay_table",
            "bad_meaning",
            "Line 9: its word means something else on a line before.",
        ),
        ("/pay_table", "not_csv", "After line 9 a quotation mark is out of place."),
    ]


@pytest.mark.parametrize("header", ["", "Alice Smith,5\n", "word,grade\n", "staff_group,band\n"])
def test_a_table_has_a_header(header: str, tmp_path: Path) -> None:
    with pytest.raises(UnacceptableStaffList) as refused:
        read_words(write(tmp_path, header))

    (fault,) = refused.value.faults
    assert fault.code == "column_missing"
    assert fault.detail == (
        "The first line has to name its columns, of word, staff_group, band, ethnic_group,"
        " organisation, note."
    )


def test_a_table_that_is_no_text_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UnacceptableStaffList) as refused:
        read_words(write(tmp_path, "word,band\n\0"))

    assert refused.value.faults[0].code == "not_csv"
