from datetime import UTC, datetime

import pytest
from sqlalchemy import Engine
from starlette.testclient import TestClient

from app.domain.callers import COMMAND_LINE
from app.services.target_views import View
from app.services.targets import list_targets
from app.store.engine import reading
from tests.cli.parity import Parity, as_told
from tests.given import Given

SET = ("targets", "set", "--trust", "ZZ901")

TARGET = (*SET, "--measure", "band_8a", "--cycle", "2025-2028")

AT_PARITY = (*SET, "--measure", "band_8b", "--cycle", "2025-2028")

PATH = """\
From 61 of 401 in 2025, 15.2 %.
  2026: 65 people, 16.1 %
  2027: 69 people, 17.1 %
  2028: 73 people, 18.0 %
"""

GUIDANCE = (
    "Arithmetic, not a quota: appoint on merit; see guidance on positive action (Equality Act"
    " 2010, sections 158 and 159).\n"
)

WAITING = "Waiting for a review for 0 days; nothing waits for it.\n"

COUNTS = ("bme", "total", "workforce_bme", "workforce_total")

DRAFT = "A draft is not in force; set it again with --submit to submit it.\n"


def takes(people: int, share: str, appointments: int = 128) -> str:
    """Return what a target is told to take."""
    return (
        f"It takes {people} more BME people than in 2025: {share} % of the {appointments}"
        f" appointments to 2028, if 12.0 % leave a year.\n{GUIDANCE}"
    )


@pytest.fixture
def parity(parity: Parity, given: Given) -> Parity:
    """The command line on a database with the census of 2025."""
    headcounts = {
        ("clinical", "8a"): (340, 61, 0),
        ("clinical", "8b"): (5, 20, 0),
        ("clinical", "5"): (500, 300, 0),
    }
    given.actuals("ZZ901", 2025, headcounts)
    return parity


def test_a_target_is_a_draft_until_it_is_submitted(parity: Parity) -> None:
    told = [parity.succeed(*TARGET, "--goal-share", "0.18", *end) for end in ((), ("--submit",))]

    assert told == [
        f"ZZ901 band-8a-2025-2028, version 1, draft.\n{PATH}{takes(12, '24.0')}{DRAFT}",
        f"ZZ901 band-8a-2025-2028, version 1, submitted.\n{PATH}{takes(12, '24.0')}{WAITING}",
    ]


def test_a_draft_is_set_again(parity: Parity) -> None:
    parity.succeed(*TARGET, "--goal-share", "0.18")

    told = parity.succeed(*TARGET, "--goal-headcount", "64", "--rationale", "Nobody leaves")

    assert told == (
        "ZZ901 band-8a-2025-2028, version 1, draft.\n"
        "From 61 of 401 in 2025, 15.2 %.\n"
        "  2026: 62 people, 15.5 %\n"
        "  2027: 63 people, 15.7 %\n"
        "  2028: 64 people, 16.0 %\n"
        f"{takes(3, '17.6')}{DRAFT}"
    )


def test_a_submitted_target_is_not_set_again(parity: Parity, given: Given) -> None:
    parity.succeed(*TARGET, "--goal-share", "0.18", "--submit")
    before = given.read_database()

    told = parity.fail(*TARGET, "--goal-share", "0.19")

    assert told == (
        "target_not_draft: The target band-8a-2025-2028 of ZZ901 is submitted; only a draft can"
        " be changed or submitted.\n"
    )
    assert given.read_database() == before


def test_all_that_is_told_of_a_target_is_kept(parity: Parity, engine: Engine) -> None:
    parity.succeed(
        *(*AT_PARITY, "--staff-group", "clinical", "--no-target-needed", "At parity since 2019"),
        *("--board-approved-on", "2025-05-22", "--rationale", "As the board said", "--submit"),
    )

    with reading(engine) as session:
        (held,) = list_targets(
            session, ods_code="ZZ901", caller=COMMAND_LINE, view=View(datetime.now(UTC))
        )
    terms = held.target.version.terms
    assert (held.target.id, terms.goal.form, terms.goal.reason, terms.rationale) == (
        *("band-8b-clinical-2025-2028", "no_target_needed", "At parity since 2019"),
        "As the board said",
    )
    assert str(terms.board_approved_on) == "2025-05-22"


def test_a_goal_that_maintains_keeps_the_share_of_the_baseline(parity: Parity) -> None:
    told = parity.succeed(*AT_PARITY, "--maintain")

    assert told == (
        "ZZ901 band-8b-2025-2028, version 1, draft.\n"
        "From 20 of 25 in 2025, 80.0 %.\n"
        "  2026: 20 people, 80.0 %\n"
        "  2027: 20 people, 80.0 %\n"
        "  2028: 20 people, 80.0 %\n"
        f"{takes(0, '80.0', 8)}{DRAFT}"
    )


def test_a_draft_without_actuals_has_no_path_yet(parity: Parity) -> None:
    told = parity.succeed(*TARGET[:6], "--cycle", "2022-2025", "--goal-share", "0.18")

    assert told == (
        "ZZ901 band-8a-2022-2025, version 1, draft.\n"
        f"No actuals for its baseline are held yet.\n{DRAFT}"
    )


def test_a_baseline_without_people_has_no_share(parity: Parity) -> None:
    told = parity.succeed(
        *(*SET, "--measure", "vsm", "--cycle", "2025-2028", "--goal-headcount", "1"),
    )

    assert told == (
        "ZZ901 vsm-2025-2028, version 1, draft.\n"
        "From 0 of 0 in 2025.\n"
        "  2026: 0 people, 0.0 %\n"
        "  2027: 1 person, 100.0 %\n"
        "  2028: 1 person, 100.0 %\n"
        f"What it takes is not told. There is nobody in the group.\n{DRAFT}"
    )


def test_warnings_are_told(parity: Parity) -> None:
    told = parity.succeed(*TARGET, "--goal-share", "0.5")

    assert told.endswith(
        "Warning goal_above_reference: The goal of 0.5000 is above the 0.3108 that it is compared"
        f" with in 2025.\n{DRAFT}"
    )


def test_every_fault_of_the_form_is_told_as_it_is_over_http(
    parity: Parity, given: Given, client: TestClient
) -> None:
    body = {"measure": "band_8a", "cycle": "2025", "goal_share": "18 %", "rationale": " "}

    told = parity.fail(
        *(*TARGET[:6], "--cycle", "2025", "--goal-share", "18 %", "--rationale", " ")
    )
    answer = client.post("/v1/trusts/ZZ901/targets", headers=given.token("national"), json=body)

    assert told == as_told(answer.json())


def test_every_fault_of_the_target_is_told(parity: Parity) -> None:
    told = parity.fail(*TARGET, "--goal-share", "0.1", "--staff-group", "medical")

    assert told == (
        "unacceptable_target: The target has 2 faults; nothing was stored.\n"
        "  /staff_group measure_cannot_be_narrowed: band_8a cannot be narrowed to medical: the"
        " workforce, consultants and the board stay whole, and other measures are clinical or"
        " non_clinical.\n"
        "  /goal_share below_baseline: The goal 0.1 is below the baseline of 61 of 401"
        " (0.1521); a goal is never below it.\n"
    )


@pytest.mark.parametrize(
    "goals",
    [(), ("--maintain", "--goal-share", "0.18"), ("--goal-headcount", "70", "--maintain")],
    ids=["none", "a share and maintain", "people and maintain"],
)
def test_a_target_has_one_goal(goals: tuple[str, ...], parity: Parity) -> None:
    code = parity(*TARGET, *goals)

    assert code == 2
    assert parity.err.endswith(
        "Error: Invalid value: give one of --goal-share, --goal-headcount, --maintain and"
        " --no-target-needed\n"
    )


# What else can be said of a target, as over HTTP.


def test_milestones_are_in_the_form_of_the_goal(parity: Parity) -> None:
    told = [
        parity.succeed(*TARGET, *goal, "--milestone", first, "--milestone", second)
        for goal, first, second in (
            (("--goal-share", "0.18"), "2026=0.16", "2027=0.17"),
            (("--goal-headcount", "73"), "2026=62", "2027=72"),
        )
    ]

    # 16 % of 401 are 64.16, 17 % are 68.17.
    assert [lines.splitlines()[2:5] for lines in told] == [
        ["  2026: 65 people, 16.0 %", "  2027: 69 people, 17.0 %", "  2028: 73 people, 18.0 %"],
        ["  2026: 62 people, 15.5 %", "  2027: 72 people, 18.0 %", "  2028: 73 people, 18.2 %"],
    ]


STATED = (
    *(*TARGET[:6], "--cycle", "2019-2022", "--goal-share", "0.18"),
    *("--baseline", "12/90/300/1500", "--baseline-source", "WRES report 2019, table 1"),
)


def test_a_baseline_is_stated_where_no_actuals_are_held(parity: Parity) -> None:
    told = parity.succeed(*STATED, "--submit")

    assert told.startswith(
        "ZZ901 band-8a-2019-2022, version 1, submitted.\n"
        "From 12 of 90 in 2019, 13.3 % (WRES report 2019, table 1).\n"
    )


def test_a_target_is_held_against_a_share_of_its_own(parity: Parity) -> None:
    told = parity.succeed(
        *(*AT_PARITY, "--maintain", "--reference", "fixed", "--reference-share", "0.75"),
        *("--reference-source", "Census 2021", "--submit"),
    )
    further = parity.succeed(
        *("targets", "revise", "ZZ901", "band-8b-2025-2028", "--because", "As all others"),
        *("--maintain", "--reference", "own_workforce_at_baseline"),
    )

    assert "Held against fixed 0.7500 (Census 2021).\n" in told
    assert "Held against own_workforce_at_baseline.\n" in further


def test_a_reference_that_is_not_reached_is_told(parity: Parity) -> None:
    told = parity.fail(
        *(*AT_PARITY, "--maintain", "--reference", "fixed", "--reference-share", "0.9"),
        *("--reference-source", "Census 2021"),
    )

    assert told == (
        "unacceptable_target: The target has 1 fault; nothing was stored.\n"
        "  /goal below_reference: 20 of 25 (0.8000) is below the reference (0.9000); state"
        " goal_share or goal_headcount.\n"
    )


@pytest.mark.parametrize(
    ("options", "members"),
    [
        (
            ("--baseline", "12/90/300/1500"),
            {"baseline": dict(zip(COUNTS, (12, 90, 300, 1500), strict=True))},
        ),
        (("--baseline-source", "Report"), {"baseline": {"source": "Report"}}),
        (
            ("--baseline", "99/90/1/1", "--baseline-source", "Report"),
            {"baseline": {**dict(zip(COUNTS, (99, 90, 1, 1), strict=True)), "source": "Report"}},
        ),
        (("--reference-share", "0.75"), {"parity_reference": {"share": "0.75"}}),
        (
            ("--reference", "fixed", "--reference-share", "75 %"),
            {"parity_reference": {"kind": "fixed", "share": "75 %"}},
        ),
        (
            ("--reference", "own_workforce", "--reference-share", "0.75"),
            {"parity_reference": {"kind": "own_workforce", "share": "0.75"}},
        ),
        (("--milestone", "2030=0.16"), {"milestones": [{"year": 2030, "goal_share": "0.16"}]}),
    ],
)
def test_faults_of_these_are_told_as_they_are_over_http(
    parity: Parity,
    given: Given,
    client: TestClient,
    options: tuple[str, ...],
    members: dict[str, object],
) -> None:
    body = {"measure": "band_8a", "cycle": "2025-2028", "goal_share": "0.18", **members}

    told = parity.fail(*TARGET, "--goal-share", "0.18", *options)
    answer = client.post("/v1/trusts/ZZ901/targets", headers=given.token("national"), json=body)

    assert (answer.status_code, told) == (422, as_told(answer.json()))


@pytest.mark.parametrize("baseline", ["12/90/300", "12/90/300/1500/1", "12/90/300/many", "", "-1"])
def test_a_baseline_is_four_counts(parity: Parity, baseline: str) -> None:
    assert parity(*TARGET, "--goal-share", "0.18", "--baseline", baseline) == 2

    assert f"{baseline} is no baseline; give BME people and all people" in parity.err


def test_what_a_goal_takes_is_told_at_another_turnover(parity: Parity) -> None:
    told = [
        parity.succeed(*TARGET, "--goal-share", "0.18", "--submit", "--turnover", "0.5"),
        parity.succeed("targets", "show", "ZZ901", "band-8a-2025-2028", "--turnover", "0.5"),
        parity.succeed("targets", "show", "ZZ901", "--turnover", "0.5"),
    ]

    # An eighth of 61 people stay, and the rest of 401 are appointed: (72.18 − 7.625) / 350.875.
    takes = (
        "It takes 12 more BME people than in 2025: 18.4 % of the 351 appointments to 2028, if"
        " 50.0 % leave a year.\n"
    )
    assert [takes in one for one in told] == [True] * 3
    assert parity("targets", "show", "ZZ901", "--turnover", "1") == 2
