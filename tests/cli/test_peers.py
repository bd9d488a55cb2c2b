"""`parity peers`: a trust beside those most like it."""

import re

import pytest

from tests.api.comparing import COMMUNITY, EARLY, LATE, OWN, staff, three_trusts
from tests.cli.parity import Parity
from tests.given import Given

PAGE = """\
ZZ901 Acute Trust (demonstration)
BME share of: Leadership (bands 8a to 9 and VSM), at the census of 2024
Synthetic: these figures are invented, for demonstration.

 Trust                     Staff  BME staff  Distance        BME   Share         Points (95 %)
 ─────────────────────────────────────────────────────────────────────────────────────────────
 ZZ901 Acute Trust (demo…   1000     20.0 %         –  20 of 200  10.0 %                     –
 ZZ903 Trust ZZ903 (demo…   4000     40.0 %      3.04    2 of 50   4.0 %  −6.0 (−11.7 to +4.1)
 ZZ902 Community Trust (…   1000     21.0 %      0.11  30 of 200  15.0 %  +5.0 (−1.5 to +11.6)

It ranks 2 of 3; by chance it could rank from 1 to 3 (95 %). Rank 1 is the highest share.
Points: the peer's share minus this trust's, in percentage points. Distance: 0 where size and BME
share of the workforce are the same.
Peers were looked for among 3 of the 4 trusts then open: first by type, then by size and BME share
of the workforce. 1 of 2 are of the same type.

Counts are full counts; an interval describes the process behind them. BME: Black and minority
ethnic, which joins groups that differ. Unknown is not “not BME”; white includes Irish, Gypsy, Roma
and Traveller staff.
As of 2026-11-03T00:00:00Z, method 1.
Synthetic: these figures are invented, for demonstration.
"""


def test_the_page_shows_a_trust_above_its_peers(parity: Parity, given: Given) -> None:
    three_trusts(given)

    assert parity.succeed("peers", "ZZ901") == PAGE


def test_a_real_trust_is_not_called_synthetic(parity: Parity, given: Given) -> None:
    given.actuals("RZ2", 2024, OWN)

    told = parity.succeed("peers", "RZ2", "--number", "3")

    assert told.startswith("RZ2 Second Example NHS Trust\nBME share of: Leadership")
    assert "ynthetic" not in told
    assert "0 of 0 are of the same type." in told


def test_another_measure_census_and_instant_may_be_asked_for(parity: Parity, given: Given) -> None:
    given.actuals("ZZ901", 2023, OWN, at=EARLY)
    given.actuals("ZZ901", 2023, COMMUNITY, at=LATE)
    given.actuals("ZZ901", 2024, COMMUNITY, at=LATE)
    asked = ("--year", "2023", "--as-of", "2026-11-02T12:00:00Z")

    then = parity.succeed("peers", "ZZ901", *asked)
    narrowed = parity.succeed(
        "peers", "ZZ901", "--measure", "leadership", "--staff-group", "non_clinical"
    )

    assert "at the census of 2023" in then
    assert "20 of 200" in then
    assert "As of 2026-11-02T12:00:00Z, method 1." in then
    assert "BME share of: Leadership (bands 8a to 9 and VSM), non-clinical, at the" in narrowed
    assert "It has nobody in the measure, and so no rank." in narrowed
    assert re.search(r"0 of 0 +–", narrowed)


def test_a_method_can_be_asked_for_by_its_version(parity: Parity, given: Given) -> None:
    given.actuals("ZZ901", 2024, OWN)

    usual = parity.succeed("peers", "ZZ901")

    assert parity.succeed("peers", "ZZ901", "--method", "1") == usual
    error = parity.fail("peers", "ZZ901", "--method", "9")
    assert error == "method_not_found: There is no method 9.\n"


def test_small_groups_come_with_a_warning(parity: Parity, given: Given) -> None:
    given.actuals("ZZ901", 2024, staff((1, 9), (10, 90)))

    told = parity.succeed("peers", "ZZ901")

    assert "small_groups: 1 trust has fewer than 10 people in the measure; such limits" in told


@pytest.mark.parametrize(
    ("arguments", "complaint"),
    [
        (("QMF",), "trust_not_found: No trust has the ODS code QMF.\n"),
        (("ZZ901",), "returns_not_found: No figures of ZZ901 for any census are held.\n"),
    ],
)
def test_what_cannot_be_shown_is_said(
    parity: Parity, given: Given, arguments: tuple[str, ...], complaint: str
) -> None:
    assert given

    assert parity.fail("peers", *arguments) == complaint
