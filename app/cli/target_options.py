"""Options that say what a target is to reach."""

from datetime import datetime
from typing import Annotated

import typer

GoalShare = Annotated[
    str | None, typer.Option(metavar="SHARE", help="A share of up to four places, as 0.18.")
]
GoalHeadcount = Annotated[int | None, typer.Option(metavar="PEOPLE", help="BME people, as 82.")]
Maintain = Annotated[bool, typer.Option("--maintain", help="Keep the share of the baseline.")]
NoTargetNeeded = Annotated[
    str | None, typer.Option(metavar="REASON", help="No goal, because of REASON.")
]
Milestones = Annotated[
    list[str] | None,
    typer.Option(
        "--milestone",
        metavar="YEAR=GOAL",
        help="Due at one census, in the goal's form, as 2026=0.16; may be repeated.",
    ),
]
ApprovedOn = Annotated[
    datetime | None,
    typer.Option(formats=["%Y-%m-%d"], metavar="DATE", help="When the board did."),
]
Rationale = Annotated[str | None, typer.Option(metavar="TEXT", help="Why this goal.")]
Submit = Annotated[
    bool, typer.Option("--submit/--draft", help="Put it in force, which cannot be undone.")
]


def goal_body(
    goal_share: str | None,
    goal_headcount: int | None,
    no_target_needed: str | None,
    *,
    maintain: bool,
) -> dict[str, object]:
    """Return the goal of a body as it is sent over HTTP."""
    goals: dict[str, object] = {
        "goal_share": goal_share,
        "goal_headcount": goal_headcount,
        "goal": "maintain" if maintain else None,
        "reason": no_target_needed,
    }
    if sum(value is not None for value in goals.values()) != 1:
        raise typer.BadParameter(
            "give one of --goal-share, --goal-headcount, --maintain and --no-target-needed"
        )
    if no_target_needed is not None:
        goals["goal"] = "no_target_needed"
    return goals


def terms_body(
    milestones: list[str] | None, board_approved_on: datetime | None, rationale: str | None
) -> dict[str, object]:
    """Return the rest of the terms of a body as they are sent over HTTP."""
    return {
        "milestones": [_milestone(one) for one in milestones or ()] or None,
        "board_approved_on": board_approved_on.date().isoformat() if board_approved_on else None,
        "rationale": rationale,
    }


def _milestone(text: str) -> dict[str, object]:
    """Return a milestone: a share where its goal has a point, else people."""
    year, _, goal = text.partition("=")
    if not (year.isdecimal() and goal):
        raise typer.BadParameter(f"{text} is no milestone; give one as 2026=0.16 or 2026=70")
    form = {"goal_headcount": int(goal)} if goal.isdecimal() else {"goal_share": goal}
    return {"year": int(year), **form}
