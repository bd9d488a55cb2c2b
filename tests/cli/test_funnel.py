"""`parity funnel`: every trust around the share of all together."""

from starlette.testclient import TestClient

from tests.api.comparing import OWN, three_trusts
from tests.cli.parity import Parity
from tests.given import Given

PAGE = """\
BME share of: Leadership (bands 8a to 9 and VSM), at the census of 2024
Synthetic: these figures are invented, for demonstration.

 Trust                       BME   Share  Unknown  95 % limits  Position  Rank (95 %)
 ────────────────────────────────────────────────────────────────────────────────────
 ZZ901 Acute Trust (…  20 of 200  10.0 %    0.0 %  4.7 to 18.4    inside   2 (1 to 3)
 ZZ902 Community Tru…  30 of 200  15.0 %    0.0 %  4.7 to 18.4    inside   1 (1 to 3)
 ZZ903 Trust ZZ903 (…    2 of 50   4.0 %    0.0 %  1.3 to 21.8    inside   3 (1 to 3)

All together: 52 of 450 (11.6 %); the ethnicity of 0.0 % is unknown.
Trusts vary by more than chance; the limits were widened for it.
Compared are 3 of the 4 trusts then open. This is no league table: ranks are given with those that
chance could as well have brought.

Counts are full counts; an interval describes the process behind them. BME: Black and minority
ethnic, which joins groups that differ. Unknown is not “not BME”; white includes Irish, Gypsy, Roma
and Traveller staff.
As of 2026-11-03T00:00:00Z, method 1.
Synthetic: these figures are invented, for demonstration.
"""


def test_the_page_shows_every_trust_with_its_limits_and_rank(parity: Parity, given: Given) -> None:
    three_trusts(given)

    assert parity.succeed("funnel", "leadership") == PAGE


def test_the_trusts_come_as_the_file_that_the_api_gives(
    parity: Parity, given: Given, client: TestClient
) -> None:
    three_trusts(given)
    path, as_csv = "/v1/england/funnel/leadership", {"Accept": "text/csv"}

    told = parity.succeed("funnel", "leadership", "--csv", "--as-of", "2026-11-04T00:00:00Z")

    assert told.splitlines() == client.get(path, headers=as_csv).text.splitlines()


def test_a_real_trust_alone_is_neither_synthetic_nor_spread(parity: Parity, given: Given) -> None:
    given.actuals("RZ2", 2024, OWN)

    told = parity.succeed("funnel", "leadership", "--staff-group", "clinical")

    assert told.startswith(
        "BME share of: Leadership (bands 8a to 9 and VSM), clinical, at the census of 2024\n"
    )
    assert "ynthetic" not in told
    assert "vary by more than chance" not in told


def test_what_the_reader_should_know_is_told(parity: Parity, given: Given) -> None:
    given.actuals("ZZ901", 2024, {("clinical", "8a"): (5, 1, 3)})

    told = parity.succeed("funnel", "leadership")

    assert "All together: 1 of 9 (11.1 %); the ethnicity of 33.3 % is unknown." in told
    assert "\nsmall_groups: 1 trust has fewer than 10 people in the measure;" in told
    assert "\nunknown_ethnicity: In 1 trust the ethnicity of more than one person in ten" in told


def test_without_people_in_the_measure_there_is_no_funnel(parity: Parity, given: Given) -> None:
    given.actuals("ZZ901", 2024, {("clinical", "5"): (5, 1, 3)})

    told = parity.succeed("funnel", "leadership")

    assert "Nobody is in the measure, and so there is no funnel." in told
