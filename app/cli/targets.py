"""What trusts have set out to reach."""

from dataclasses import replace
from datetime import UTC, datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Annotated

import typer

from app.cli import proposals, target_moves
from app.cli.bodies import check
from app.cli.options import AsOf, NarrowedTo
from app.cli.target_options import (
    ApprovedOn,
    BaselineSource,
    GoalHeadcount,
    GoalShare,
    Maintain,
    Milestones,
    NoTargetNeeded,
    Rationale,
    Reference,
    ReferenceShare,
    ReferenceSource,
    StatedBaseline,
    Submit,
    Turnover,
    goal_body,
    reference_body,
    start_body,
    terms_body,
)
from app.cli.target_page import print_life, print_target
from app.cli.transaction import reading, writing
from app.domain.callers import COMMAND_LINE
from app.domain.measures import Measure
from app.domain.preconditions import WHATEVER

if TYPE_CHECKING:
    from sqlmodel import Session

    from app.services.target_drafts import TargetDraft
    from app.services.target_views import ShownTarget, View

commands = typer.Typer(
    name="targets", help="What trusts have set out to reach.", no_args_is_help=True
)
for command in (
    target_moves.submit,
    target_moves.review,
    target_moves.return_,
    target_moves.withdraw,
    target_moves.comment,
    target_moves.comments,
    proposals.propose,
    proposals.take,
):
    commands.command(command.__name__.strip("_"))(command)

Trust = Annotated[str, typer.Argument(metavar="TRUST", help="ODS code, such as ZZ001.")]
TargetName = Annotated[
    str, typer.Argument(metavar="TARGET", help="Its identifier, as leadership-2025-2028.")
]


@commands.command("set")
def set_(
    *,
    trust: Annotated[str, typer.Option(metavar="CODE", help="ODS code of the trust.")],
    measure: Annotated[Measure, typer.Option(metavar="MEASURE", help=f"{', '.join(Measure)}.")],
    cycle: Annotated[str, typer.Option(metavar="CYCLE", help="Such as 2025-2028.")],
    staff_group: NarrowedTo = None,
    goal_share: GoalShare = None,
    goal_headcount: GoalHeadcount = None,
    maintain: Maintain = False,
    no_target_needed: NoTargetNeeded = None,
    milestone: Milestones = None,
    baseline: StatedBaseline = None,
    baseline_source: BaselineSource = None,
    reference: Reference = None,
    reference_share: ReferenceShare = None,
    reference_source: ReferenceSource = None,
    board_approved_on: ApprovedOn = None,
    rationale: Rationale = None,
    submit: Submit = False,
    turnover: Turnover = None,
) -> None:
    """Set a trust's target for a measure and a cycle; a draft can be set again.

    Give one of --goal-share, --goal-headcount, --maintain and --no-target-needed.
    """
    from app.api.schemas.target_drafts import TargetIn

    sent = {
        "measure": measure,
        "staff_group": staff_group,
        "cycle": cycle,
        **goal_body(goal_share, goal_headcount, no_target_needed, maintain=maintain),
        **start_body(baseline, baseline_source),
        **reference_body(reference, reference_share, reference_source),
        **terms_body(milestone, board_approved_on, rationale),
    }
    view = _look(turnover)
    with writing() as session:
        shown = _store(session, trust, check(TargetIn, sent).to_draft(), view)
        if submit:
            shown = target_moves.put_in_force(session, trust, shown.target.id, view)
    _tell(shown)


@commands.command()
def revise(
    trust: Trust,
    target: TargetName,
    *,
    because: Annotated[str, typer.Option(metavar="REASON", help="Why it changes.")],
    goal_share: GoalShare = None,
    goal_headcount: GoalHeadcount = None,
    maintain: Maintain = False,
    no_target_needed: NoTargetNeeded = None,
    milestone: Milestones = None,
    baseline: StatedBaseline = None,
    baseline_source: BaselineSource = None,
    reference: Reference = None,
    reference_share: ReferenceShare = None,
    reference_source: ReferenceSource = None,
    board_approved_on: ApprovedOn = None,
    rationale: Rationale = None,
    submit: Submit = False,
    turnover: Turnover = None,
) -> None:
    """Draft a further version of a target that was submitted; until then the old one counts."""
    from app.api.schemas.target_drafts import VersionIn
    from app.domain.preconditions import Precondition
    from app.services.target_drafts import draft_version

    sent = {
        "change_reason": because,
        **goal_body(goal_share, goal_headcount, no_target_needed, maintain=maintain),
        **start_body(baseline, baseline_source),
        **reference_body(reference, reference_share, reference_source),
        **terms_body(milestone, board_approved_on, rationale),
    }
    view = _look(turnover)
    with writing() as session:
        shown = draft_version(
            session,
            ods_code=trust,
            id_=target,
            change=check(VersionIn, sent).apply,
            precondition=Precondition(),
            caller=COMMAND_LINE,
            view=view,
        )
        if submit:
            shown = target_moves.put_in_force(session, trust, target, view)
    _tell(shown)


@commands.command()
def show(
    trust: Trust,
    target: Annotated[
        str | None,
        typer.Argument(metavar="TARGET", help="Its identifier; all of them if left out."),
    ] = None,
    *,
    turnover: Turnover = None,
    as_of: AsOf = None,
) -> None:
    """Show what a trust has set out to reach, with every version and what happened to it."""
    from app.services.targets import list_targets, list_versions

    view = _look(turnover, as_of)
    with reading() as session:
        if target is None:
            found = list_targets(session, ods_code=trust, caller=COMMAND_LINE, view=view)
        else:
            found = list_versions(
                session, ods_code=trust, id_=target, caller=COMMAND_LINE, view=view
            )
    for shown in found:
        print_target(shown)
        print_life(shown)
    if not found:
        typer.echo(f"{trust} has set no target.")


def _look(turnover: Decimal | None, as_of: datetime | None = None) -> "View":
    """Return how targets are looked at."""
    from app.services.target_views import View

    view = View(datetime.now(UTC), as_of)
    return view if turnover is None else replace(view, turnover=turnover)


def _store(session: "Session", trust: str, draft: "TargetDraft", view: "View") -> "ShownTarget":
    """Store a target, over a draft of it that is held."""
    from app.domain.errors import TargetAlreadySet
    from app.services.target_drafts import change_draft, draft_target

    try:
        return draft_target(session, ods_code=trust, draft=draft, caller=COMMAND_LINE, view=view)
    except TargetAlreadySet as error:
        return change_draft(
            session,
            ods_code=trust,
            id_=str(error.facts["target_id"]),
            change=lambda held: replace(draft, change_reason=held.change_reason),
            precondition=WHATEVER,
            caller=COMMAND_LINE,
            view=view,
        )


def _tell(shown: "ShownTarget") -> None:
    print_target(shown)
    if shown.target.version.submitted is None:
        typer.echo("A draft is not in force; set it again with --submit to submit it.")
