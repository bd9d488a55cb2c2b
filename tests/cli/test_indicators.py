from dataclasses import replace
from datetime import UTC, datetime
from io import StringIO

import pytest
from rich.console import Console
from sqlalchemy import Engine
from starlette.testclient import TestClient

from app.cli.wres_page import lay_out
from app.domain.callers import COMMAND_LINE
from app.domain.codes import Reason
from app.domain.records import Author
from app.services.wres import report_wres
from app.store import indicators
from app.store.engine import reading
from tests.bodies import indicators_body, pools_body
from tests.cli.parity import Parity, as_told
from tests.given import START, Given

FOR_2024 = ("--trust", "ZZ901", "--year", "2024")

STORED = "Stored: revision 1 of the indicators of ZZ901 for 2024; indicators: 2, 5.\n"

BAD: dict[str, object] = {
    "malformed": indicators_body(indicator_3=pools_body((3, 5), (3, -1)), extra=1),
    "impossible": indicators_body(indicator_3=pools_body((3, 5))),
    "no body": [],
}


def put(parity: Parity, body: object) -> tuple[str, ...]:
    """Return the command that sends in a body for 2024."""
    return ("indicators", "put", str(parity.write("indicators.json", body)), *FOR_2024)


@pytest.fixture
def parity(parity: Parity, given: Given) -> Parity:
    """The command line on a database with a small register."""
    assert given
    return parity


def test_indicators_are_stored_in_the_name_of_the_command_line(
    parity: Parity, engine: Engine, given: Given
) -> None:
    rehearsed = parity.succeed(*put(parity, indicators_body()), "--dry-run")
    before = given.count_rows()["indicator_revision"]

    told = parity.succeed(*put(parity, indicators_body()))

    assert (rehearsed, before) == (STORED.replace("Stored:", "Checked, not stored:"), 0)
    assert told == STORED
    with reading(engine) as session:
        held = indicators.find(session, "ZZ901", 2024)
    assert held is not None
    assert held.record.author == Author("cli", "national")


def test_the_same_again_changes_nothing_and_a_correction_is_a_revision(parity: Parity) -> None:
    parity.succeed(*put(parity, indicators_body()))

    again = parity.succeed(*put(parity, indicators_body()))
    corrected = parity.succeed(
        *put(parity, indicators_body(indicator_2=pools_body((400, 300)), reason="Miscounted"))
    )

    assert again == (
        "Nothing to change: revision 1 of the indicators of ZZ901 for 2024 says the same.\n"
    )
    assert corrected == (
        "Stored: revision 2 of the indicators of ZZ901 for 2024; indicators: 2, 5.\n"
        "Warning ratio_as_percentage: Indicator 2: white over BME is 7.50, outside 0.2 to 5; one"
        " of the counts may be a percentage.\n"
    )


@pytest.mark.parametrize("name", BAD)
def test_every_fault_is_told_as_it_is_over_http(
    name: str, parity: Parity, given: Given, client: TestClient
) -> None:
    headers = given.token("national")

    told = parity.fail(*put(parity, BAD[name]))
    answer = client.put("/v1/trusts/ZZ901/indicators/2024", headers=headers, json=BAD[name])

    assert told == as_told(answer.json())


SHOWN = """\
ZZ901 Acute Trust (demonstration)
The nine WRES indicators at the census of 2024, combined
Synthetic: these figures are invented, for demonstration.

                                            2024      2023                  England
 ──────────────────────────────────────────────────────────────────────────────────
 1 BME share of the           28.6 % (40 of 140)  not sent       28.6 % (40 of 140)
 workforce
 2 Appointed from            2.50 (1.60 to 3.92)  not sent      2.00 (1.36 to 2.93)
 shortlisting: white
 over BME
 3 Entering the formal                  not sent  not sent                 not sent
 disciplinary process:
 BME over white
 4 Non-mandatory                        not sent  not sent                 not sent
 training and
 development: white
 over BME
 5 Harassed, bullied or                 not sent  not sent                 not sent
 abused by patients,
 relatives or the
 public: BME minus
 white
 6 Harassed, bullied or                 not sent  not sent                 not sent
 abused by staff: BME
 minus white
 7 Believing in equal      +10.0 (−0.6 to +20.5)  not sent    +10.0 (−0.6 to +20.5)
 opportunities for
 career progression:
 white minus BME
 8 Discriminated                        not sent  not sent                 not sent
 against by manager,
 team leader or
 colleagues: BME minus
 white
 9 Board minus             −8.6 (−26.8 to +34.4)  not sent    −8.6 (−26.8 to +34.4)
 workforce
 9 Voting members minus    −8.6 (−26.8 to +34.4)  not sent    −8.6 (−26.8 to +34.4)
 workforce
 9 Executive members                   no people  not sent                no people
 minus workforce
 Disparity, non                        no people  not sent                no people
 clinical: lower to
 middle
 Disparity, non                        no people  not sent                no people
 clinical: middle to
 upper
 Disparity, non                        no people  not sent                no people
 clinical: lower to
 upper
 Disparity, clinical:                  no people  not sent                no people
 lower to middle
 Disparity, clinical:                  no people  not sent                no people
 middle to upper
 Disparity, clinical:    20.63* (1.22 to 349.79)  not sent  20.63* (1.22 to 349.79)
 lower to upper

BME share by staff group and band

                                       2024      2023             England
 ────────────────────────────────────────────────────────────────────────
 clinical 5              33.3 % (40 of 120)  not sent  33.3 % (40 of 120)
 clinical 8a                0.0 % (0 of 20)  not sent     0.0 % (0 of 20)

England: actuals of 1, boards of 1, appointments of 2 of the 4 trusts then open.
Ratios above 1, and differences in points above 0 in indicators 5 to 8, are a disadvantage for BME
staff; in indicator 9 one below 0 is. In brackets: 95 % intervals. *: a half was added to the
counts, because there was a zero. England: sums of what trusts have sent.

Counts are full counts; an interval describes the process behind them. BME: Black and minority
ethnic, which joins groups that differ. Unknown is not “not BME”; white includes Irish, Gypsy, Roma
and Traveller staff.
As of 2026-11-02T00:00:00.000003Z.
Synthetic: these figures are invented, for demonstration.
"""


def test_all_nine_are_shown_beside_last_years_and_englands(parity: Parity, given: Given) -> None:
    at = datetime(2026, 11, 2, tzinfo=UTC)
    staff = {("clinical", "5"): (80, 40, 0), ("clinical", "8a"): (20, 0, 0)}
    given.actuals("ZZ901", 2024, staff, at=at)
    given.board("ZZ901", 2024, {(True, False): (4, 1, 0)})
    given.indicators("ZZ901", 2024, surveys={7: ((500, "0.6"), (100, "0.5"))})
    given.indicators("ZZ902", 2024, {2: ((100, 0), (100, 10))})

    told = parity.succeed("indicators", "show", "ZZ901", "2024")

    assert told == SHOWN


def test_what_is_not_told_of_england_says_why(given: Given, engine: Engine) -> None:
    given.indicators("RZ2", 2024, {2: ((400, 300), (200, 19))})
    with reading(engine) as session:
        found = report_wres(
            session, ods_code="RZ2", year=2024, as_of=None, caller=COMMAND_LINE, now=START
        )
    console = Console(width=100, record=True, file=StringIO())

    for part in lay_out(replace(found, england=Reason.NOT_PUBLISHED), name="A trust", width=100):
        console.print(part)

    told = console.export_text()
    assert "England: It has not been published." in told
    assert told.count("not published") == 17
    assert "ratio_as_percentage: Indicator 2: white over BME is 7.89" in told
    assert "Synthetic" not in told
