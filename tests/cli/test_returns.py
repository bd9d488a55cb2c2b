import re
from datetime import UTC, datetime, timedelta

import pytest
from starlette.testclient import TestClient

from tests.api.returns import PLAN, send
from tests.cli.parity import Parity
from tests.given import Given

REAL = """\
Census of 2024, due 2024-06-30, on TODAY: 2 of 3 sent, 2 signed off, 1 overdue. Indicators 2 to
8 sent by 1. Targets set by 1, 1 waiting for review. Action plans: 1, 1 reviewed.
"""

HEAD = """\

  Code   Name            Actuals             Due          Board   2 to 8   Targets        Plan
 ──────────────────────────────────────────────────────────────────────────────────────────────────
"""

OVERDUE = """\
  RZ2    Second          overdue, SOME days  2024-07-31                    1, 1 waiting   reviewed
         Example NHS
         Trust
"""

OTHERS = """\
  RZ0    Old Example     covered by RZ1      2024-06-30                    0
         NHS Trust
  RZ1    First Example   signed off          2024-06-30   sent    sent     0
         NHS Trust
"""


@pytest.fixture
def parity(parity: Parity, given: Given) -> Parity:
    """The command line on a database with a small register."""
    assert given
    return parity


def masked(text: str) -> str:
    """Return a text without what depends on the day."""
    return re.sub(r"\d+ days +", "SOME days  ", re.sub(r"(?<=on )\d{4}-\d\d-\d\d", "TODAY", text))


def rows(told: str) -> list[list[str]]:
    """Return the cells of the rows that are told, by the columns of the head."""
    lines = told.splitlines()
    rule = next(number for number, line in enumerate(lines) if line.startswith(" ─"))
    starts = [found.start() for found in re.finditer(r"(?<=\s{2})\S", f"  {lines[rule - 1]}")]
    ends = [*starts[1:], len(lines[rule]) + 2]
    return [
        [f"  {line}"[slice(*span)].strip() for span in zip(starts, ends, strict=True)]
        for line in lines[rule + 1 :]
        if line.strip()
    ]


def test_every_trust_is_shown_overdue_ones_first(
    parity: Parity, given: Given, client: TestClient
) -> None:
    send(client, given, given.token("national"))

    told = [parity.succeed("returns", "2024", *option) for option in ((), ("--overdue",))]

    assert [masked(one) for one in told] == [
        f"{REAL}{HEAD}{OVERDUE}{OTHERS}\n",
        f"{REAL}{HEAD}{OVERDUE}\n",
    ]


def test_invented_trusts_are_said_to_be(parity: Parity, given: Given, client: TestClient) -> None:
    national = given.token("national")
    given.actuals("ZZ901", 2026)
    plan = PLAN | {"targets": [], "actions": [], "reviews": []}
    for code in ("ZZ901", "ZZ902"):
        path = f"/v1/trusts/{code}/action-plans/2025-2028"
        assert client.put(path, json=plan, headers=national).status_code == 201

    told = parity.succeed("returns", "2026")

    assert masked(told).startswith(
        "Synthetic: these trusts and figures are invented. Census of 2026, due on a day not set,"
    )
    assert [(row[0], *row[2:]) for row in rows(told) if row[0]] == [
        ("ZZ902", "awaited", "", "", "", "0", "not reviewed"),
        ("ZZ905", "awaited", "", "", "", "0", ""),
        ("ZZ901", "sent provisional", "", "", "", "0", "not reviewed"),
    ]


def test_what_was_known_at_an_instant_is_shown(
    parity: Parity, given: Given, client: TestClient
) -> None:
    send(client, given, given.token("national"))

    told = parity.succeed("returns", "2024", "--as-of", "2026-11-02T00:00:00Z")

    assert told.startswith("Census of 2024, due on a day not set, on 2026-11-02: 0 of 3 sent")
    assert [(row[0], row[2]) for row in rows(told) if row[0]] == [
        ("RZ0", "awaited"),
        ("RZ1", "awaited"),
        ("RZ2", "awaited"),
    ]


def test_the_plan_of_the_cycle_that_closes_is_shown_first(
    parity: Parity, given: Given, client: TestClient
) -> None:
    national = given.token("national")
    given.actuals("ZZ901", 2025)
    plan = PLAN | {"targets": [], "actions": [], "reviews": []}
    for cycle in ("2022-2025", "2025-2028"):
        path = f"/v1/trusts/ZZ901/action-plans/{cycle}"
        assert client.put(path, json=plan, headers=national).status_code == 201

    shown = rows(parity.succeed("returns", "2025"))

    told = " ".join(row[-1] for row in shown if row[-1])
    assert told == "closing not reviewed, not reviewed"


def test_a_single_day_is_one(parity: Parity, given: Given) -> None:
    given.actuals("ZZ901", 2026)
    yesterday = (datetime.now(UTC).date() - timedelta(days=1)).isoformat()
    parity.succeed("censuses", "set", "2026", "--due", yesterday)

    told = parity.succeed("returns", "2026", "--overdue")

    assert [(row[0], row[2]) for row in rows(told) if row[0]] == [
        ("ZZ902", "overdue, 1 day"),
        ("ZZ905", "overdue, 1 day"),
    ]


def test_a_census_that_is_not_there_is_not_found(parity: Parity) -> None:
    assert parity.fail("returns", "2014") == (
        "census_not_found: There is no census of 2014 in the register.\n"
    )
