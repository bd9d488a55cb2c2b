"""Options that say what a target is to reach."""

from datetime import datetime
from decimal import Decimal
from typing import Annotated

import typer

from app.cli.options import turnover_share
from app.domain.measures import ReferenceKind

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
StatedBaseline = Annotated[
    str | None,
    typer.Option(
        "--baseline",
        metavar="BME/TOTAL/BME/TOTAL",
        help="Of the measure and of the workforce, where no actuals are held: 47/431/1110/5480.",
    ),
]
BaselineSource = Annotated[
    str | None, typer.Option(metavar="TEXT", help="Where a stated baseline comes from.")
]
Reference = Annotated[
    ReferenceKind | None,
    typer.Option(
        metavar="KIND",
        help=f"What parity means: {', '.join(ReferenceKind)}; the measure's own if left out.",
    ),
]
ReferenceShare = Annotated[
    str | None, typer.Option(metavar="SHARE", help="For `fixed`, of up to four places, as 0.2.")
]
ReferenceSource = Annotated[
    str | None, typer.Option(metavar="TEXT", help="Where a fixed share comes from.")
]
Turnover = Annotated[
    Decimal | None,
    typer.Option(
        parser=turnover_share,
        metavar="SHARE",
        help="Share of staff who leave in a year, for what the goal takes; 0.12 if left out.",
    ),
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


def start_body(baseline: str | None, source: str | None) -> dict[str, object]:
    """Return the stated baseline of a body as it is sent over HTTP."""
    if baseline is None and source is None:
        return {}
    counts = baseline.split("/") if baseline is not None else []
    if counts and not (len(counts) == len(_COUNTS) and all(one.isdecimal() for one in counts)):
        raise typer.BadParameter(
            f"{baseline} is no baseline; give BME people and all people, of the measure and of"
            " the workforce, as 47/431/1110/5480"
        )
    stated = dict(zip(_COUNTS, map(int, counts), strict=False))
    return {"baseline": stated | _given(source=source)}


_COUNTS = ("bme", "total", "workforce_bme", "workforce_total")


def reference_body(
    kind: ReferenceKind | None, share: str | None, source: str | None
) -> dict[str, object]:
    """Return the reference of a body as it is sent over HTTP."""
    stated = _given(kind=kind, share=share, source=source)
    return {"parity_reference": stated} if stated else {}


def _given(**members: str | None) -> dict[str, object]:
    """Return the members that say something; what is missing is told as it is over HTTP."""
    return {name: value for name, value in members.items() if value is not None}


def _milestone(text: str) -> dict[str, object]:
    """Return a milestone: a share where its goal has a point, else people."""
    year, _, goal = text.partition("=")
    if not (year.isdecimal() and goal):
        raise typer.BadParameter(f"{text} is no milestone; give one as 2026=0.16 or 2026=70")
    form = {"goal_headcount": int(goal)} if goal.isdecimal() else {"goal_share": goal}
    return {"year": int(year), **form}
