"""Areas with a few trusts, for tests that add them up."""

from starlette.testclient import TestClient

from tests.api.comparing import Staff, staff
from tests.bodies import JSON
from tests.given import Given

NORTH = "/v1/areas/Y63/progress"
"""A region in which ZZ902 lies, and ZZ906 once it is entered."""

LEADERSHIP = {"measure": "leadership", "horizon": "1"}

YEARS = range(2021, 2026)


def census(year: int, size: int) -> Staff:
    """Return the headcounts of a trust that grows, and whose leadership does too."""
    step = year - YEARS[0]
    return staff((size + 4 * step, 10 * size), (6 * size + 20 * step, 30 * size + 10 * step))


def summed(year: int, *sizes: int) -> Staff:
    """Return the headcounts of several such trusts together."""
    cells: dict[tuple[str, str], tuple[int, int, int]] = {}
    for size in sizes:
        for pair, (white, bme, unknown) in census(year, size).items():
            held = cells.get(pair, (0, 0, 0))
            cells[pair] = (held[0] + white, held[1] + bme, held[2] + unknown)
    return cells


def two_in_the_north(given: Given) -> None:
    """Let ZZ902 and ZZ906 of the north send five censuses."""
    given.trust("ZZ906", icb="QHM", region="Y63")
    for year in YEARS:
        given.actuals("ZZ902", year, census(year, 20))
        given.actuals("ZZ906", year, census(year, 30))


def ask(client: TestClient, path: str = NORTH, **params: str) -> JSON:
    """Return what is told of leadership in an area."""
    response = client.get(path, params=LEADERSHIP | params)
    assert response.status_code == 200, response.text
    body: JSON = response.json()
    return body


def counts(body: JSON) -> list[tuple[int, int, int]]:
    """Return year, BME people and total of each census of the one measure asked for."""
    (measure,) = body["measures"]
    return [(one["year"], one["bme"], one["total"]) for one in measure["actuals"]]


def shortened(progress: JSON, row: JSON) -> JSON:
    """Return the row that a trust's progress in a measure comes to.

    Args:
        progress: Of the trust.
        row: What the row says of what progress does not tell: the trust's name.
    """
    last = progress["actuals"][-1] if progress["actuals"] else None
    target, gap, parity = (
        progress["current_target"] or progress["closing_target"],
        progress["gap"],
        progress["parity"],
    )
    due = target["milestones"][-1] if gap else {}
    outlook, why_no_goal = progress["goal_outlook"], progress.get("gap_reason")
    told: JSON = {
        "kind": "trust",
        "ods_code": progress["ods_code"],
        "name": row["name"],
        "measure": progress["measure"],
        "staff_group": progress["staff_group"],
    }
    people = ("year", "bme", "white", "unknown", "total")
    told |= _explain({name: last and last[name] for name in people}, "no_actuals")
    nobody = last.get("share_reason") if last else "no_actuals"
    told |= _explain({"share": last and last["share"]}, nobody)
    goals = {"goal_year": due.get("year"), "goal_share": due.get("share")}
    goals["goal_people"] = due.get("headcount")
    goals["people_to_goal"] = gap and gap["to_goal"]["people"]
    told |= _explain(goals, why_no_goal)
    position = gap.get("position_reason") if gap else why_no_goal
    told |= _explain({"position": gap and gap["position"]}, position)
    chances = {"probability": outlook and outlook["probability"]}
    chances["goal_outlook"] = outlook and outlook["outlook"]
    told |= _explain(chances, progress.get("goal_outlook_reason"))
    told |= _explain({"outlook": parity and parity["outlook"]}, progress.get("parity_reason"))
    return told | {"parity_year": parity and parity["year"]}


def _explain(members: JSON, why: str | None) -> JSON:
    """Return members, each that is null with why."""
    reasons = {f"{name}_reason": why for name, value in members.items() if value is None}
    return members | reasons
