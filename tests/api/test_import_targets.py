"""Importing targets: drafts, versions in force, and what is held already."""

from starlette.testclient import TestClient

from tests.api.imports import item, outcomes, send
from tests.bodies import JSON, Headers, problem_of
from tests.given import Given

HEADINGS = "Trust,Measure,Cycle,Goal share,Goal headcount,Goal,Milestone 2023,Staff group\n"
LEADERSHIP = "ZZ901,8a to VSM,2022-2025,18%,,,0.16,\n"
STAFF = {("clinical", "8a"): (340, 61, 0), ("clinical", "5"): (300, 200, 0)}


def held(client: TestClient, headers: Headers, id_: str = "leadership-2022-2025") -> JSON:
    """Return a target as it is shown."""
    found: JSON = client.get(f"/v1/trusts/ZZ901/targets/{id_}", headers=headers).json()
    return found


def test_targets_become_drafts(client: TestClient, national: Headers, given: Given) -> None:
    given.actuals("ZZ901", 2022, STAFF)
    content = HEADINGS + LEADERSHIP + "ZZ901,Band 8a,2022-2025,,70,,,clinical\n"

    said = send(client, content, national, kind="targets", dry_run=True).json()
    response = send(client, content, national, kind="targets")

    assert response.status_code == 201
    items = [
        item("ZZ901", "band-8a-clinical-2022-2025", "new", 1, 1),
        item("ZZ901", "leadership-2022-2025", "new", 1, 2),
    ]
    assert said["items"] == response.json()["items"] == items
    assert said["effects"] == []
    target = held(client, national)
    assert (target["state"], target["goal_share"]) == ("draft", "0.1800")
    again = send(client, content, national, kind="targets").json()
    assert again["repeated"]


def test_targets_are_put_in_force_if_that_is_asked_for(
    client: TestClient, national: Headers, given: Given
) -> None:
    given.actuals("ZZ901", 2022, STAFF)
    given.actuals("ZZ901", 2023, STAFF)

    said = send(
        client, HEADINGS + LEADERSHIP, national, kind="targets", submit=True, dry_run=True
    ).json()
    send(client, HEADINGS + LEADERSHIP, national, kind="targets", submit=True)

    target = held(client, national)
    assert (target["state"], target["baseline"]["bme"]) == ("submitted", 61)
    (leadership,) = said["effects"]
    assert (leadership["measure"], leadership["after"]["position"]) == ("leadership", "behind")
    progress = client.get("/v1/trusts/ZZ901/progress/leadership", headers=national).json()
    assert progress["gap"]["position"] == "behind"


def test_a_draft_is_changed_and_put_in_force(
    client: TestClient, national: Headers, given: Given
) -> None:
    given.actuals("ZZ901", 2022, STAFF)
    send(client, HEADINGS + LEADERSHIP, national, kind="targets")

    changed = send(
        client, HEADINGS + LEADERSHIP.replace("18%", "19%"), national, kind="targets"
    ).json()
    state = held(client, national)["state"]
    send(
        client,
        HEADINGS + LEADERSHIP.replace("18%", "19%"),
        national,
        kind="targets",
        submit=True,
    )

    assert changed["items"] == [item("ZZ901", "leadership-2022-2025", "revised", 1, 1)]
    assert state == "draft"
    target = held(client, national)
    assert (target["state"], target["goal_share"]) == ("submitted", "0.1900")


def test_a_target_in_force_gets_a_further_version_with_a_reason(
    client: TestClient, national: Headers, given: Given
) -> None:
    given.actuals("ZZ901", 2022, STAFF)
    send(client, HEADINGS + LEADERSHIP, national, kind="targets", submit=True)
    content = HEADINGS + LEADERSHIP.replace("18%", "19%")

    refused = send(client, content, national, kind="targets", submit=True)
    done = send(client, content, national, kind="targets", submit=True, reason="More")

    assert [(one["pointer"], one["detail"]) for one in problem_of(refused)["errors"]] == [
        ("/reason", "Say why: something else is held of leadership-2022-2025 of ZZ901.")
    ]
    assert done.json()["items"] == [item("ZZ901", "leadership-2022-2025", "revised", 2, 1)]
    target = held(client, national)
    assert [(one["version"], one["state"]) for one in target["versions"]] == [
        (1, "superseded"),
        (2, "submitted"),
    ]
    unchanged = send(client, f"{content}\n", national, kind="targets", submit=True).json()
    assert unchanged["outcomes"] == outcomes(unchanged=1)


def test_a_further_version_may_stay_a_draft(
    client: TestClient, national: Headers, given: Given
) -> None:
    given.actuals("ZZ901", 2022, STAFF)
    send(client, HEADINGS + LEADERSHIP, national, kind="targets", submit=True)
    content = HEADINGS + LEADERSHIP.replace("18%", "19%")

    send(client, content, national, kind="targets", reason="More")

    states = [(one["version"], one["state"]) for one in held(client, national)["versions"]]
    assert states == [(1, "submitted"), (2, "draft")]


def test_faults_of_targets_stand_at_their_columns(
    client: TestClient, national: Headers, given: Given
) -> None:
    given.actuals("ZZ901", 2022, STAFF)
    rows = (
        "ZZ901,8a to VSM,2022-2025,10%,,,0.16,\n",
        "ZZ901,VSM,2031-2034,18%,,,,\n",
        "ZZ901,Board,2022-2025,18%,,,,clinical\n",
        "ZZ901,Band 8a,2022-2025,18%,,,,\n",
        "ZZ901,Band 8a,2022-2025,18%,,,,\n",
        "ZZ902,Band 8a,2022-2025,18%,,,,\n",
        "ZZ999,Band 8a,2022-2025,18%,,,,\n",
    )
    content = HEADINGS + "".join(rows)

    response = send(client, content, national, kind="targets", submit=True)

    assert [(one["pointer"], one["detail"]) for one in problem_of(response)["errors"]] == [
        (
            "/file/D2",
            (
                "The goal 0.1000 is below the baseline of 61 of 401 (0.1521); a goal is never"
                " below it."
            ),
        ),
        ("/file/G2", "0.1600 in 2023 is above 0.1000, which is due later; a path only rises."),
        ("/file/C3", "There is no cycle 2031-2034."),
        (
            "/file/H4",
            (
                "board cannot be narrowed to clinical: the workforce, consultants and the board"
                " stay whole, and other measures are clinical or non_clinical."
            ),
        ),
        ("/file/A6", "The same target stands in row 5; give each target once."),
        (
            "/file/7",
            "No actuals for 2022 are held; send them, or state the baseline with its source.",
        ),
        ("/file/A8", "No trust has the ODS code ZZ999."),
    ]
