from datetime import UTC, date, datetime, timedelta

import pytest
from starlette.testclient import TestClient

from tests.cli.parity import Parity, as_told
from tests.given import Given

SET = ("censuses", "set", "2024")

DATES = (*SET, "--opens", "2024-04-02", "--due", "2024-06-30", "--published", "2025-03-18")

TOLD = "census of 2024 opens on 2024-04-02, due: 2024-06-30, published: 2025-03-18.\n"

LISTED = """\

  Census   Opens        Due          Published    Extensions
 ────────────────────────────────────────────────────────────
  2015     2015-04-01   not set      not set      0
  2016     2016-04-01   not set      not set      0
  2017     2017-04-01   not set      not set      0
  2018     2018-04-01   not set      not set      0
  2019     2019-04-01   not set      not set      0
  2020     2020-04-01   not set      not set      0
  2021     2021-04-01   not set      not set      0
  2022     2022-04-01   not set      not set      0
  2023     2023-04-01   not set      not set      0
  2024     2024-04-01   2024-06-30   2025-03-18   1
  2025     2025-04-01   not set      not set      0
  2026     2026-04-01   not set      not set      0

"""


@pytest.fixture
def parity(parity: Parity, given: Given) -> Parity:
    """The command line on a database with a small register."""
    assert given
    return parity


def test_dates_are_set_and_can_be_set_again(parity: Parity, given: Given) -> None:
    told = parity.succeed(*DATES)
    held = given.count_rows()
    again = parity.succeed(*DATES)

    assert (told, again) == (f"The {TOLD}", f"Nothing to change: the {TOLD}")
    assert given.count_rows() == held
    assert held["census_revision"] == 1


def test_what_is_left_out_stays_as_it_is(parity: Parity, given: Given, client: TestClient) -> None:
    national = given.token("national")
    extension = {"ods_code": "ZZ901", "due": "2024-07-31", "reason": "New payroll"}
    body = {"opens": "2024-04-01", "due": "2024-06-30", "extensions": [extension]}
    client.put("/v1/censuses/2024", json=body, headers=national | {"If-Match": '"0"'})

    parity.succeed(*SET, "--published", "2025-03-18")

    shown = client.get("/v1/censuses/2024", headers=national).json()
    assert shown == {
        **body,
        "year": 2024,
        "day": "2024-03-31",
        "published": "2025-03-18",
    }


def test_the_next_census_is_entered_and_opens_on_the_day_after_it(parity: Parity) -> None:
    assert parity.succeed("censuses", "set", "2027") == (
        "The census of 2027 opens on 2027-04-01, due: not set, published: not set.\n"
    )


def test_censuses_are_listed_with_their_dates(
    parity: Parity, given: Given, client: TestClient
) -> None:
    extension = {"ods_code": "ZZ901", "due": "2024-07-31", "reason": "New payroll"}
    dates = {"opens": "2024-04-01", "due": "2024-06-30", "published": "2025-03-18"}
    body = dates | {"extensions": [extension]}
    headers = given.token("national") | {"If-Match": '"0"'}
    client.put("/v1/censuses/2024", json=body, headers=headers)

    assert parity.succeed("censuses", "list") == LISTED


def test_every_fault_is_told_as_it_is_over_http(
    parity: Parity, given: Given, client: TestClient
) -> None:
    later = (datetime.now(UTC).date() + timedelta(days=7)).isoformat()
    body = {"opens": "2024-03-30", "due": "2024-03-29", "published": later}
    national = given.token("national")
    before = given.read_database()

    told = parity.fail(
        *(*SET, "--opens", "2024-03-30", "--due", "2024-03-29", "--published", later)
    )
    answer = client.put("/v1/censuses/2024", json=body, headers=national)

    assert told == as_told(answer.json())
    assert given.read_database() == before


@pytest.mark.parametrize("day", [date.min, date.max])
def test_a_day_that_no_answer_could_show_is_refused(parity: Parity, day: date) -> None:
    told = parity.fail(*SET, "--due", day.isoformat())

    assert told == (
        "invalid_request: The request has 1 fault; nothing was stored.\n"
        f'  /due value_error: "{day}": must be a day from 1900 to 2200.\n'
    )
