"""The life of a target: submitted, reviewed, returned, withdrawn, and talked about."""

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Annotated

import typer

from app.cli.target_page import print_life, print_target
from app.cli.transaction import reading, writing
from app.domain.callers import COMMAND_LINE
from app.domain.codes import TargetState
from app.domain.preconditions import WHATEVER, Precondition

if TYPE_CHECKING:
    from sqlmodel import Session

    from app.services.target_views import ShownTarget, View

Trust = Annotated[str, typer.Argument(metavar="TRUST", help="ODS code, such as ZZ001.")]
TargetName = Annotated[
    str, typer.Argument(metavar="TARGET", help="Its identifier, as leadership-2025-2028.")
]
Version = Annotated[
    int, typer.Option(metavar="NUMBER", min=1, help="The version that was read, as 1.")
]
Said = Annotated[str, typer.Option("--comment", metavar="TEXT", help="What is said to it.")]


def submit(trust: Trust, target: TargetName) -> None:
    """Put a draft in force; its baseline is frozen, and it never changes again."""
    from app.services.target_views import View

    with writing() as session:
        shown = put_in_force(session, trust, target, View(datetime.now(UTC)))
    print_target(shown)


def review(
    trust: Trust,
    target: TargetName,
    *,
    version: Version,
    comment: Annotated[
        str | None, typer.Option(metavar="TEXT", help="What is said to it.")
    ] = None,
) -> None:
    """Mark a version as reviewed."""
    _decide(trust, target, version, TargetState.REVIEWED, comment)


def return_(trust: Trust, target: TargetName, *, version: Version, comment: Said) -> None:
    """Return a version with a comment; it stays in force meanwhile."""
    _decide(trust, target, version, TargetState.RETURNED, comment)


def withdraw(trust: Trust, target: TargetName, *, version: Version, comment: Said) -> None:
    """Withdraw a version, in force or a draft; it stays on record."""
    _decide(trust, target, version, TargetState.WITHDRAWN, comment)


def comment(
    trust: Trust,
    target: TargetName,
    text: Annotated[str, typer.Argument(metavar="TEXT", help="What is said.")],
    *,
    version: Version,
) -> None:
    """Say something about a version; it changes nothing else."""
    from app.api.schemas.target_life import CommentIn
    from app.cli.bodies import check
    from app.services.target_comments import add_comment
    from app.services.target_views import View

    with writing() as session:
        sent = check(CommentIn, {"version": version, "text": text})
        add_comment(
            session,
            ods_code=trust,
            id_=target,
            version=sent.version,
            text=sent.text,
            caller=COMMAND_LINE,
            view=View(datetime.now(UTC)),
        )
    typer.echo(f"Noted on version {version} of {target}.")


def comments(trust: Trust, target: TargetName) -> None:
    """Show what was said about a target, decisions included."""
    from app.services.target_comments import list_comments
    from app.services.target_views import View

    with reading() as session:
        found = list_comments(
            session,
            ods_code=trust,
            id_=target,
            caller=COMMAND_LINE,
            view=View(datetime.now(UTC)),
        )
    for one in found:
        what = f", {one.decision}" if one.decision else ""
        at, by = one.record.at.date().isoformat(), one.record.author.name
        typer.echo(f"{at} {by} ({one.role}) on version {one.version}{what}: {one.text}")
    if not found:
        typer.echo("Nobody has said anything yet.")


def put_in_force(session: "Session", trust: str, target: str, view: "View") -> "ShownTarget":
    """Submit the draft of a target as it is in the transaction that puts it in force."""
    from app.services.target_moves import submit_target

    return submit_target(
        session,
        ods_code=trust,
        id_=target,
        precondition=WHATEVER,
        caller=COMMAND_LINE,
        view=view,
    )


def _decide(
    trust: str, target: str, version: int, state: TargetState, comment: str | None
) -> None:
    """Decide about a version, checked exactly as over HTTP."""
    from app.api.schemas.target_life import ReturnIn, ReviewIn, WithdrawIn
    from app.cli.bodies import check
    from app.services.target_moves import Decision, decide
    from app.services.target_views import View

    forms: dict[TargetState, type[ReviewIn | ReturnIn | WithdrawIn]] = {
        TargetState.REVIEWED: ReviewIn,
        TargetState.RETURNED: ReturnIn,
        TargetState.WITHDRAWN: WithdrawIn,
    }
    with writing() as session:
        sent = check(forms[state], {"version": version, "comment": comment})
        shown = decide(
            session,
            ods_code=trust,
            id_=target,
            decision=Decision(sent.version, state, sent.comment),
            precondition=Precondition(),
            caller=COMMAND_LINE,
            view=View(datetime.now(UTC)),
        )
    print_target(shown)
    print_life(shown)
