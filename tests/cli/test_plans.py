import json
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import Engine
from starlette.testclient import TestClient

from app.domain.codes import Position
from app.domain.measures import Measure
from app.domain.records import Author
from app.store import plans
from app.store.engine import reading
from tests.api.plans import PANELS, action, plan_body, review
from tests.bodies import JSON
from tests.cli.parity import Parity, as_told
from tests.given import Given

PLAN = ("ZZ901", "2022-2025")

SHOW = ("plans", "show", *PLAN)

STORED = "Stored: revision 1 of the action plan of ZZ901 for 2022-2025; actions: 2.\n"

TODAY = datetime.now(UTC).date()

BAD: dict[str, object] = {
    "malformed actions": plan_body(actions=[action(due="soon", owner="a@b.example")], extra=1),
    "what the trust does not have": plan_body(targets=["board-2022-2025"]),
    "no body": [],
}

AHEAD = Position.AHEAD.sentence

EMPTY: JSON = {"targets": [], "actions": []}


def put(parity: Parity, body: object, *options: str) -> tuple[str, ...]:
    """Return the command that puts a plan."""
    return ("plans", "put", *PLAN, str(parity.write("plan.json", body)), *options)


@pytest.fixture
def parity(parity: Parity, given: Given) -> Parity:
    """The command line on a database with a target of ZZ901 and two censuses."""
    for year, leaders in ((2022, (384, 47, 0)), (2024, (383, 69, 0))):
        given.actuals("ZZ901", year, {("clinical", "8a"): leaders})
    given.target("ZZ901", Measure.LEADERSHIP, "2022-2025", goal_share="0.1800")
    return parity


def test_a_plan_is_stored_in_the_name_of_the_command_line(parity: Parity, engine: Engine) -> None:
    told = parity.succeed(*put(parity, plan_body()))

    assert told == STORED
    with reading(engine) as session:
        held = plans.find(session, *PLAN)
    assert held is not None
    assert held.record.author == Author("cli", "national")


def test_the_same_again_changes_nothing(parity: Parity, given: Given) -> None:
    parity.succeed(*put(parity, plan_body()))
    before = given.count_rows()

    told = parity.succeed(*put(parity, plan_body()))

    assert told == (
        "Nothing to change: revision 1 of the action plan of ZZ901 for 2022-2025 says the same.\n"
    )
    assert given.count_rows() == before


def test_a_change_is_a_new_revision(parity: Parity) -> None:
    parity.succeed(*put(parity, plan_body()))

    told = parity.succeed(*put(parity, plan_body(actions=[PANELS]), "--revision", "1"))

    assert told == "Stored: revision 2 of the action plan of ZZ901 for 2022-2025; actions: 1.\n"


@pytest.mark.parametrize(
    ("options", "code"),
    [((), "revision_not_named"), (("--revision", "1"), "revision_stale")],
)
def test_a_change_names_the_revision_that_it_builds_on(
    parity: Parity, given: Given, options: tuple[str, ...], code: str
) -> None:
    parity.succeed(*put(parity, plan_body()))
    parity.succeed(*put(parity, plan_body(actions=[]), "--revision", "1"))
    before = given.read_database()

    told = parity.fail(*put(parity, plan_body(actions=[PANELS]), *options))

    assert told == (
        f"{code}: Revision 2 is held. Read it with `parity plans show ZZ901 2022-2025 --json`,"
        " then repeat the change with --revision 2.\n"
    )
    assert given.read_database() == before


def test_a_first_plan_builds_on_no_revision(parity: Parity) -> None:
    told = parity.fail(*put(parity, plan_body(), "--revision", "1"))

    assert told == "revision_stale: No revision is held yet; leave --revision out.\n"


def test_a_plan_is_printed_as_it_is_put_back(parity: Parity) -> None:
    body = plan_body(reviews=[review()])
    parity.succeed(*put(parity, body))

    code = parity(*SHOW, "--json")

    aims: list[JSON] = [
        {"measure": "leadership", "staff_group": None, "indicator": None},
        {"measure": None, "staff_group": None, "indicator": 2},
    ]
    actions = [one | {"aim": aim} for one, aim in zip(body["actions"], aims, strict=True)]
    assert (code, json.loads(parity.out)) == (0, body | {"actions": actions})
    assert parity.err == "Revision 1; store a change of it with --revision 1.\n"
    assert parity.succeed(*put(parity, json.loads(parity.out))).startswith("Nothing to change:")


def test_the_plans_of_a_trust_are_listed(parity: Parity) -> None:
    parity.succeed(*put(parity, plan_body(reviews=[review()])))
    later = str(parity.write("later.json", EMPTY))
    parity.succeed("plans", "put", "ZZ901", "2025-2028", later)

    told = parity.succeed("plans", "list", "ZZ901")

    lines = [line.split() for line in told.splitlines() if line.strip(" ─")]
    assert lines == [
        ["Cycle", "Revision", "Of", "Targets", "Actions", "Overdue", "Reviews"],
        ["2022-2025", "1", str(TODAY), "1", "2", lines[1][5], "1"],
        ["2025-2028", "1", str(TODAY), "0", "0", "0", "0"],
    ]


def test_a_comment_that_was_reworded_and_a_target_that_was_withdrawn_are_told(
    parity: Parity, client: TestClient, given: Given
) -> None:
    parity.succeed(*put(parity, plan_body(reviews=[review()])))
    path = "/v1/trusts/ZZ901/action-plans/2022-2025"
    headers = given.token("trust", "ZZ901", name="ZZ901 lead") | {"If-Match": '"1"'}
    client.put(path, json=plan_body(reviews=[review(comment="Better.")]), headers=headers)
    withdraw = ("targets", "withdraw", "ZZ901", "leadership-2022-2025")
    parity.succeed(*withdraw, "--version", "1", "--comment", "A slip")

    told = parity.succeed(*SHOW)

    assert f"after 1 year, {TODAY}, cli; comment of {TODAY}, ZZ901 lead: Better.\n" in told
    assert told.endswith(
        "\ntarget_withdrawn: leadership-2022-2025 was withdrawn; let the plan serve another target"
        " in its place.\n"
    )


def test_a_dry_run_checks_and_stores_nothing(parity: Parity, given: Given) -> None:
    before = given.read_database()

    told = parity.succeed(*put(parity, plan_body(), "--dry-run"))

    assert told == STORED.replace("Stored:", "Checked, not stored:")
    assert given.read_database() == before


@pytest.mark.parametrize("name", BAD)
def test_every_fault_is_told_as_it_is_over_http(
    name: str, parity: Parity, given: Given, client: TestClient
) -> None:
    headers = given.token("national")
    before = given.read_database()

    told = parity.fail(*put(parity, BAD[name]))
    answer = client.put("/v1/trusts/ZZ901/action-plans/2022-2025", headers=headers, json=BAD[name])

    assert told == as_told(answer.json())
    assert given.read_database() == before


def test_a_plan_is_shown_with_what_is_overdue_and_its_reviews(parity: Parity) -> None:
    late, later = (TODAY - timedelta(days=days) for days in (1, 40))
    actions = [
        action(title="Sponsors", owner="HR", due=late.isoformat()),
        action(
            id="mentors",
            title="Mentors",
            owner="HR",
            due=later.isoformat(),
            aim={"measure": "band_8a", "staff_group": "non_clinical"},
            status="planned",
        ),
        PANELS | {"title": "Mixed panels", "owner": "HR"},
    ]
    parity.succeed(*put(parity, plan_body(actions=actions, reviews=[review(), review(3)])))

    told = parity.succeed(*SHOW)

    lines = [" ".join(line.split()) for line in told.splitlines() if line.strip(" ─")]
    figures = (
        "leadership-2022-2025: 69 of 452 (15.3 %) at the census of 2024. Fewer BME people than the"
        " path requires. 2 people short of the path, 13 people short of the goal."
    )
    assert lines == [
        f"ZZ901, action plan for 2022-2025, revision 1 of {TODAY}.",
        "Published on 2022-09-30 at https://trust.example/action-plan",
        "Serves: leadership-2022-2025.",
        "Action Aim Owner Due Status Days overdue",
        f"Sponsors leadership HR {late} in progress 1",
        f"Mentors band 8a, non clinical HR {later} planned 40",
        "Mixed panels indicator 2 HR 2023-03-31 embedded",
        "Overdue actions: 2 of 3.",
        f"Review after 1 year, {TODAY}, cli: Sponsors work.",
        figures,
        f"Review after 3 years, {TODAY}, cli: Sponsors work.",
        figures,
    ]


def test_an_empty_plan_is_shown(parity: Parity) -> None:
    parity.succeed(*put(parity, EMPTY))

    told = parity.succeed(*SHOW)

    assert "Not published.\nServes: no target.\n" in told
    assert told.endswith("Overdue actions: 0 of 0.\n")


@pytest.mark.parametrize(
    ("published", "told"),
    [
        ({"published_on": "2022-09-30"}, "Published on 2022-09-30"),
        ({"published_url": "https://trust.example"}, "Published at https://trust.example"),
    ],
)
def test_where_and_when_it_was_published_are_told_as_far_as_they_are_known(
    parity: Parity, published: JSON, told: str
) -> None:
    parity.succeed(*put(parity, EMPTY | published))

    assert f"\n{told}\n" in parity.succeed(*SHOW)


@pytest.mark.parametrize(
    ("leaders", "told"),
    [
        ((360, 92, 0), "92 of 452 (20.4 %) at the census of 2024. The goal has been reached."),
        (
            (377, 75, 0),
            f"75 of 452 (16.6 %) at the census of 2024. {AHEAD} 7 people short of the goal.",
        ),
        ((0, 0, 0), "0 of 0 at the census of 2024. There is nobody in the group."),
    ],
)
def test_how_a_target_stood_is_told_in_sentences(
    parity: Parity, given: Given, leaders: tuple[int, int, int], told: str
) -> None:
    given.actuals("ZZ901", 2024, {("clinical", "8a"): leaders, ("clinical", "5"): (9, 9, 0)})
    body = EMPTY | {"targets": ["leadership-2022-2025"], "reviews": [review()]}
    parity.succeed(*put(parity, body))

    shown = parity.succeed(*SHOW)

    assert shown.endswith(f"  leadership-2022-2025: {told}\n")


def test_without_a_census_the_reason_is_told(parity: Parity, given: Given) -> None:
    set_board_target = ("targets", "set", "--trust", "ZZ901", "--measure", "board")
    parity.succeed(*set_board_target, "--cycle", "2022-2025", "--goal-headcount", "3")
    assert given
    targets = ["board-2022-2025", "leadership-2022-2025"]
    parity.succeed(*put(parity, EMPTY | {"targets": targets, "reviews": [review()]}))

    shown = parity.succeed(*SHOW)

    assert "\n  board-2022-2025: No target is in force.\n" in shown


def test_a_plan_is_shown_as_of_an_instant(parity: Parity) -> None:
    parity.succeed(*put(parity, EMPTY))
    instant = datetime.now(UTC).isoformat()
    parity.succeed(*put(parity, plan_body(), "--revision", "1"))

    then, now = parity.succeed(*SHOW, "--as-of", instant), parity.succeed(*SHOW)

    assert then.startswith(f"ZZ901, action plan for 2022-2025, revision 1 of {TODAY}")
    assert now.startswith(f"ZZ901, action plan for 2022-2025, revision 2 of {TODAY}")


def test_a_plan_that_is_not_held_is_not_shown(parity: Parity) -> None:
    assert parity.fail(*SHOW) == (
        "action_plan_not_found: ZZ901 has no action plan for the cycle 2022-2025.\n"
    )
    assert parity.fail("plans", "show", "ZZ901", "2021-2024") == (
        "cycle_not_found: There is no cycle 2021-2024.\n"
    )
