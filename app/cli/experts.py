"""WRES experts and the trusts that they support."""

from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from app.cli.bodies import check, read_json
from app.cli.transaction import connected, reading, writing
from app.domain.callers import COMMAND_LINE
from app.domain.preconditions import Precondition

if TYPE_CHECKING:
    from app.domain.experts import ExpertRevision, Support

commands = typer.Typer(
    name="experts", help="WRES experts and the trusts that they support.", no_args_is_help=True
)


@commands.command("list")
def list_(
    *,
    trust: Annotated[
        str | None, typer.Option(metavar="CODE", help="Only who supports this trust today.")
    ] = None,
) -> None:
    """List all experts, in the order in which they were recorded."""
    from app.services.experts import Filter, list_experts

    now = datetime.now(UTC)
    wanted = Filter() if trust is None else Filter(trust=trust, on=now.date())
    with reading() as session:
        found = list_experts(
            session, wanted=wanted, after=None, limit=None, caller=COMMAND_LINE, now=now
        )
    _print_table(found)


@commands.command()
def add(
    file: Annotated[
        Path,
        typer.Argument(
            exists=True,
            dir_okay=False,
            metavar="FILE",
            help="JSON, the body of POST /v1/experts.",
        ),
    ],
) -> None:
    """Record the expert in FILE."""
    from app.api.schemas.experts import ExpertIn
    from app.services.experts import post_expert

    with writing() as session:
        made = post_expert(
            session,
            submission=check(ExpertIn, read_json(file)).to_submission(),
            caller=COMMAND_LINE,
            now=datetime.now(UTC),
        )
    typer.echo(f"Recorded the expert {made.id}.")


@commands.command()
def erase(
    expert_id: Annotated[str, typer.Argument(metavar="ID", help="As `experts list` shows it.")],
    *,
    yes: Annotated[bool, typer.Option("--yes", help="Do not ask.")] = False,
) -> None:
    """Erase the name and e-mail of an expert for good; cohort and trusts stay, as counts."""
    from app.services.experts import erase_expert, get_expert
    from app.store.engine import clear_log

    now = datetime.now(UTC)
    with reading() as session:
        held = get_expert(session, expert_id=expert_id, caller=COMMAND_LINE, now=now)
    person = held.expert.person
    if person is None:
        typer.echo(f"The expert {expert_id} was erased before.")
        return
    if not yes:
        who = f"{person.name}, cohort {held.expert.cohort}"
        typer.confirm(f"Erase {who}? This cannot be undone", abort=True)
    with writing() as session:
        erase_expert(
            session,
            expert_id=expert_id,
            precondition=Precondition(),
            caller=COMMAND_LINE,
            now=datetime.now(UTC),
        )
    with connected() as engine:
        clear_log(engine)
    typer.echo(f"Erased the expert {expert_id}; cohort and trusts are kept.")


def _print_table(experts: "Sequence[ExpertRevision]") -> None:
    from rich.box import SIMPLE_HEAD
    from rich.table import Table

    from app.cli.console import make_console

    table = Table("Id", "Name", "E-mail", "Cohort", "Supports", box=SIMPLE_HEAD)
    for one in experts:
        person = one.expert.person
        table.add_row(
            one.id,
            person.name if person else "erased",
            person.email if person else "erased",
            one.expert.cohort,
            ", ".join(_describe(support) for support in one.expert.supports) or "none",
        )
    make_console().print(table)


def _describe(support: "Support") -> str:
    if support.ends is None:
        return f"{support.ods_code} since {support.starts}"
    return f"{support.ods_code} {support.starts} to {support.ends}"
