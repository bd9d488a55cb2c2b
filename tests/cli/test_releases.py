from datetime import date

import pytest
from sqlalchemy import Engine
from sqlalchemy import text as sql

from tests.cli.parity import Parity
from tests.given import Given


@pytest.fixture
def parity(parity: Parity, given: Given) -> Parity:
    """The command line on a database with a small register and a signed-off census."""
    given.actuals("ZZ901", 2024)
    given.signed_off("ZZ901", 2024, on=date(2024, 7, 25))
    return parity


def test_a_census_and_a_trusts_own_figures_are_released_and_listed(
    parity: Parity, engine: Engine
) -> None:
    told = [
        parity.succeed("releases", "census", "2024", "--name", "First edition"),
        parity.succeed("releases", "trust", "ZZ901", "2024", "--note", "As in our report"),
        parity.succeed("releases", "trust", "ZZ901", "2024"),
    ]
    listed = parity.succeed("releases", "list")

    assert told == [
        "Released the census of 2024, edition 1: First edition.\n",
        "Released the exact figures of ZZ901 for 2024, edition 1.\n",
        "Nothing to change: the exact figures of ZZ901 for 2024, edition 1.\n",
    ]
    rows = [line.split() for line in listed.splitlines() if line.startswith("  2024")]
    assert [(row[1], row[2]) for row in rows] == [("ENG", "1"), ("ZZ901", "1")]
    with engine.connect() as connection:
        assert connection.execute(sql("SELECT note FROM release ORDER BY ods_code")).all() == [
            (None,),
            ("As in our report",),
        ]


def test_a_release_tells_of_whom_nothing_is_shown(parity: Parity, given: Given) -> None:
    given.board("ZZ901", 2024)
    given.board("ZZ902", 2024)

    told = parity.succeed("releases", "census", "2024", "--name", "First edition")

    assert told == (
        "Released the census of 2024, edition 1: First edition.\n"
        "Nothing is shown of the board of ZZ901, ZZ902.\n"
    )


def test_revisions_are_compared(parity: Parity, given: Given) -> None:
    given.actuals("ZZ901", 2024, {("clinical", "8a"): (340, 60, 1)})

    told = parity.succeed("actuals", "compare", "ZZ901", "2024", "2")
    from_nothing = parity.succeed("actuals", "compare", "ZZ901", "2024", "1")

    assert told == (
        "ZZ901, census of 2024: 61 BME of 401 people in revision 1, 60 of 401 in revision 2.\n"
        "ZZ901 workforce: BME people 61 → 60\n"
        "ZZ901 leadership: BME people 61 → 60\n"
        "ZZ901 band_8a: BME people 61 → 60\n"
    )
    assert from_nothing.startswith(
        "ZZ901, census of 2024: 0 BME of 0 people in revision 0, 61 of 401 in revision 1.\n"
    )
    assert "ZZ901 leadership: BME people 0 → 61, people 0 → 401, parity" in from_nothing
