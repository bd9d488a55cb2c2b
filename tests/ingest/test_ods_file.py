"""Files of the ODS as they are, and as they should not be."""

from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.errors import RegisterFileRefused
from app.ingest.ods_file import OdsFile, OdsTrust, parse_ods_file, read_ods_file
from tests.ingest.ods_rows import ods_content, ods_row

REFERENCE = Path(__file__).parents[2] / "app" / "ingest" / "reference"


def refused(content: bytes) -> tuple[str, object]:
    """Return what is said of a file that is refused: the sentence and the facts."""
    with pytest.raises(RegisterFileRefused) as refusal:
        parse_ods_file("etr.csv", content)
    return str(refusal.value), refusal.value.facts


@pytest.mark.parametrize(
    ("name", "trusts", "closed"),
    [
        pytest.param("ods_etr.csv", 274 - 3, 72, id="July 2026"),
        pytest.param("ods_etr_2025-07.csv", 210 - 3, 5, id="July 2025"),
    ],
)
def test_a_published_file_is_read_without_its_welsh_trusts(
    name: str, trusts: int, closed: int
) -> None:
    file = read_ods_file(REFERENCE / name)

    assert file.name == name
    assert len(file.trusts) == trusts
    assert sum(trust.closed is not None for trust in file.trusts) == closed
    assert not {trust.ods_code for trust in file.trusts} & {"RQF", "RT4", "RYT"}
    assert [t.ods_code for t in file.trusts if t.region is None] == [
        t.ods_code for t in file.trusts if t.icb is None
    ]


def test_a_file_is_read_whole() -> None:
    rows = [
        ods_row("R9X", "ST. ANY'S NHS FOUNDATION TRUST", "Y58", "QVV", "20010401", "20240331"),
        [],
        ods_row("G0G0G", "Any NHS Trust", "Y56", "Z9B2Z", ""),
        ods_row("R9Y", "ANOTHER NHS TRUST", "Y56", "Q99"),
        ods_row("RPG", "OXLEAS NHS FOUNDATION TRUST", "Y59", "QKS"),
        ods_row("K0N6A", "THE ONLINE NHS TRUST", "Y56", "QKK"),
        ods_row("R9W", "A NEW WELSH NHS TRUST", "W00", "Q99"),
    ]
    opened = date(2001, 4, 1)

    assert parse_ods_file("etr.csv", ods_content(rows)) == OdsFile(
        "etr.csv",
        (
            OdsTrust(
                row=1,
                ods_code="R9X",
                name="St. Any's NHS Foundation Trust",
                region="Y58",
                icb="QVV",
                opened=opened,
                closed=date(2024, 3, 31),
            ),
            OdsTrust(3, "G0G0G", "Any NHS Trust", "Y56", "Z9B2Z", None, None),
            OdsTrust(4, "R9Y", "Another NHS Trust", "Y56", None, opened, None),
            OdsTrust(5, "RPG", "Oxleas NHS Foundation Trust", "Y56", "QKK", opened, None),
            OdsTrust(6, "K0N6A", "The Online NHS Trust", None, None, opened, None),
        ),
    )


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "windows-1252"])
def test_a_file_is_read_in_each_encoding_that_spreadsheets_write(encoding: str) -> None:
    content = ods_content([ods_row("R9X", "CAFÉ NHS TRUST")], encoding)

    assert [t.name for t in parse_ods_file("etr.csv", content).trusts] == ["Café NHS Trust"]


def test_every_fault_is_named_with_its_row_and_column() -> None:
    rows = [
        ods_row("r9x", "", "London", "NCL", "2001-04-01", "20230229"),
        ods_row("R9Y"),
        ods_row("R9Z")[:-1],
        ods_row("ZZ001"),
        ods_row("R9Y", opened="20240401", closed="20240331"),
        ods_row("R" * 100),
        ods_row("R9V", region=""),
        ods_row("R9U", "NO\0NAME", opened="2026W011"),
    ]
    faults = [
        "row 1, column 1: 'r9x' is not the ODS code of a trust",
        "row 1, column 2: '' is not a name",
        "row 1, column 3: 'London' is not the code of a region",
        "row 1, column 4: 'NCL' is not the code of an ICB",
        "row 1, column 11: '2001-04-01' is not a first day (yyyymmdd)",
        "row 1, column 12: '20230229' is not a last day (yyyymmdd)",
        "row 3: it has 26 columns, not 27",
        "row 4, column 1: 'ZZ001' is not the ODS code of a trust",
        "row 5, column 12: the last day 20240331 is before the first, 20240401",
        f"row 6, column 1: '{'R' * 40}' is not the ODS code of a trust",
        "row 7, column 3: '' is not the code of a region",
        "row 8, column 2: 'NO\\x00NAME' is not a name",
        "row 8, column 11: '2026W011' is not a first day (yyyymmdd)",
        "row 5, column 1: 'R9Y' is also in row 2",
    ]

    assert refused(ods_content(rows)) == (
        f"etr.csv was not taken, it has 14 fault(s): {'; '.join(faults)}",
        {"file": "etr.csv", "errors": faults},
    )


@pytest.mark.parametrize(
    ("content", "fault"),
    [
        pytest.param(b"", "it has no rows", id="empty"),
        pytest.param(b"\r\n\r\n", "it has no rows", id="blank lines"),
        pytest.param(b"\x81", "it is neither in UTF-8 nor in Windows-1252", id="not text"),
        pytest.param(b'"R9X","ANY', "line 1: unexpected end of data", id="cut off"),
        pytest.param(b'a\n"R9"X', "line 2: ',' expected after '\"'", id="quoted wrongly"),
    ],
)
def test_what_is_no_such_file_is_refused(content: bytes, fault: str) -> None:
    assert refused(content) == (
        f"etr.csv was not taken, it has 1 fault(s): {fault}",
        {"file": "etr.csv", "errors": [fault]},
    )


def test_a_file_that_is_not_there_is_refused(tmp_path: Path) -> None:
    with pytest.raises(RegisterFileRefused) as refusal:
        read_ods_file(tmp_path / "etr.csv")

    assert refusal.value.facts == {
        "file": "etr.csv",
        "errors": ["it cannot be read: No such file or directory"],
    }


@given(st.binary(max_size=200) | st.text(max_size=200).map(str.encode))
def test_whatever_a_file_holds_it_is_read_or_refused(content: bytes) -> None:
    try:
        file = parse_ods_file("etr.csv", content)
    except RegisterFileRefused as refusal:
        assert refusal.facts["errors"]  # noqa: PT017 -- being read is as good
    else:
        assert file.trusts
