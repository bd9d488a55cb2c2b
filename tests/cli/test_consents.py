from pathlib import Path

import pytest

from tests.cli.parity import Parity
from tests.given import Given

PAGE = Path(__file__).parents[2] / "docs" / "permissions.md"


@pytest.fixture
def parity(parity: Parity, given: Given) -> Parity:
    """The command line on a database with a small register."""
    assert given
    return parity


def test_a_trust_consents_and_takes_it_back(parity: Parity) -> None:
    nothing = parity.succeed("consents", "show", "RZ1")
    given = parity.succeed("consents", "set", "RZ1", "Y56", "QMF")
    taken = parity.succeed("consents", "set", "RZ1")
    shown = parity.succeed("consents", "show", "RZ1")

    assert nothing == "RZ1 has never consented to anything.\n"
    assert given == "The exact figures of RZ1 may be read by QMF, Y56.\n"
    assert taken == "The exact figures of RZ1 may be read by no area.\n"
    rows = [line.split() for line in shown.splitlines() if "cli" in line]
    assert [(row[0], *row[3:]) for row in rows] == [
        ("1", "cli", "national", "QMF,", "Y56"),
        ("2", "cli", "national", "none"),
    ]


def test_what_is_no_area_is_refused(parity: Parity) -> None:
    assert parity.fail("consents", "set", "RZ1", "RZ2") == (
        "unacceptable_consents: The consents have 1 fault; nothing was stored.\n"
        "  /areas/0 wrong_kind: RZ2 is neither an integrated care board nor a region.\n"
    )


def test_the_table_of_permissions_is_printed_as_the_page(parity: Parity) -> None:
    assert parity.succeed("permissions") == PAGE.read_text(encoding="utf-8")
