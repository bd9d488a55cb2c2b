import csv
from pathlib import Path

import pytest

from app.ingest.names import is_same_name, proper_case

REFERENCE = Path(__file__).parents[2] / "app" / "ingest" / "reference"


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("BIRMINGHAM WOMEN'S NHS FT", "Birmingham Women's NHS Foundation Trust"),
        ("THE HOSPITAL OF THE ISLE NHS TRUST", "The Hospital of the Isle NHS Trust"),
        ("STOKE-ON-TRENT NHS TRUST", "Stoke-on-Trent NHS Trust"),
        ("ROYAL BROMPTON & HAREFIELD NHS FT", "Royal Brompton & Harefield NHS Foundation Trust"),
        ("NHS DIRECT (LONDON) NHS TRUST", "NHS Direct (London) NHS Trust"),
        ("North London FT", "North London FT"),
    ],
)
def test_a_name_in_capitals_is_put_in_proper_case(name: str, expected: str) -> None:
    assert proper_case(name) == expected


def test_names_of_the_ods_come_out_as_people_write_them() -> None:
    with (REFERENCE / "trusts.csv").open(encoding="utf-8-sig", newline="") as file:
        written = {row["ods_code"]: row["name"] for row in csv.DictReader(file)}
    with (REFERENCE / "ods_etr.csv").open(encoding="utf-8-sig", newline="") as file:
        in_capitals = {row[0]: row[1] for row in csv.reader(file) if row[0] in written}

    assert {
        code: (proper_case(name), written[code])
        for code, name in in_capitals.items()
        if proper_case(name) != written[code]
    } == {
        "RCX": (
            "The Queen Elizabeth Hospital, King's Lynn, NHS Foundation Trust",
            "The Queen Elizabeth Hospital King's Lynn NHS Foundation Trust",
        ),
        "RW5": (
            "Lancashire & South Cumbria NHS Foundation Trust",
            "Lancashire and South Cumbria NHS Foundation Trust",
        ),
        "RXG": (
            "South West Yorkshire Partnership NHS Foundation Trust",
            "South West Yorkshire Partnership Teaching NHS Foundation Trust",
        ),
    }


def test_names_are_the_same_whatever_their_case_and_punctuation() -> None:
    assert is_same_name("KING'S LYNN, A & E", "Kings Lynn A and E")
    assert not is_same_name("Kings Lynn", "King Lynn")
