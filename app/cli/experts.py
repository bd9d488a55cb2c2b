"""WRES experts and the trusts that they support."""

from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from app.cli.bodies import check, read_json
from app.cli.erasures import tell_clearing
from app.cli.revisions import BuildsOn, building_on, naming_revision, print_to_edit
from app.cli.transaction import connected, reading, writing
from app.domain.callers import COMMAND_LINE
from app.domain.preconditions import Precondition

if TYPE_CHECKING:
    from sqlmodel import Session

    from app.domain.experts import ExpertRevision, Support, TrustSupport

commands = typer.Typer(
    name="experts", help="WRES experts and the trusts that they support.", no_args_is_help=True
)

ExpertId = Annotated[str, typer.Argument(metavar="ID", help="As `experts list` shows it.")]

ExpertFile = Annotated[
    Path,
    typer.Argument(
        exists=True, dir_okay=False, metavar="FILE", help="JSON, the body of POST /v1/experts."
    ),
]


@commands.command("list")
def list_(
    *,
    trust: Annotated[
        str | None, typer.Option(metavar="CODE", help="Only who supports this trust today.")
    ] = None,
    without: Annotated[
        bool, typer.Option("--without", help="The trusts that nobody supports today, instead.")
    ] = False,
) -> None:
    """List all experts, in the order in which they were recorded."""
    from app.services.expert_counts import count_experts
    from app.services.experts import Filter, list_experts

    if without and trust is not None:
        raise typer.BadParameter("--trust and --without do not go together")
    now = datetime.now(UTC)
    wanted = Filter() if trust is None else Filter(trust=trust, on=now.date())
    with reading() as session:
        if without:
            _print_trusts(
                count_experts(
                    session,
                    on=None,
                    without=True,
                    after=None,
                    limit=None,
                    caller=COMMAND_LINE,
                    now=now,
                )
            )
            return
        found = list_experts(
            session, wanted=wanted, after=None, limit=None, caller=COMMAND_LINE, now=now
        )
    _print_table(found)


@commands.command()
def show(expert_id: ExpertId) -> None:
    """Print an expert as JSON, as `experts put` takes it."""
    from app.api.schemas.experts import ExpertIn
    from app.domain.errors import ExpertErased
    from app.services.experts import get_expert

    with reading() as session:
        held = get_expert(session, expert_id=expert_id, caller=COMMAND_LINE, now=datetime.now(UTC))
        person = held.expert.person
        if person is None:
            raise ExpertErased(expert_id)
    print_to_edit(ExpertIn.from_domain(person, held.expert), held.revision)


@commands.command()
def add(file: ExpertFile) -> None:
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
def put(expert_id: ExpertId, file: ExpertFile, *, revision: BuildsOn = None) -> None:
    """Store what FILE says of an expert, such as the last day of a support."""
    from app.api.schemas.experts import ExpertIn
    from app.services.experts import get_expert, put_expert

    now = datetime.now(UTC)
    with writing() as session, naming_revision(f"parity experts show {expert_id}"):
        submission = check(ExpertIn, read_json(file)).to_submission()
        before = get_expert(session, expert_id=expert_id, caller=COMMAND_LINE, now=now)
        stored = put_expert(
            session,
            expert_id=expert_id,
            submission=submission,
            precondition=building_on(revision),
            caller=COMMAND_LINE,
            now=now,
        )
    done = f"revision {stored.revision} of the expert {expert_id}"
    if stored.revision == before.revision:
        typer.echo(f"Nothing to change: {done} says the same.")
    else:
        typer.echo(f"Stored: {done}.")


@commands.command()
def erase(
    who: Annotated[
        str, typer.Argument(metavar="ID", help="As `experts list` shows it, or an e-mail.")
    ],
    *,
    yes: Annotated[bool, typer.Option("--yes", help="Do not ask.")] = False,
) -> None:
    """Erase the name and e-mail of an expert for good; cohort and trusts stay, as counts.

    With an e-mail, everyone is erased who is or was recorded with it.
    """
    from app.services.experts import erase_expert

    with reading() as session:
        found = _find(session, who)
    known = [one for one in found if one.erased_at is None]
    if known and not yes:
        persons = "; ".join(_name(one) for one in known)
        typer.confirm(f"Erase {persons}? This cannot be undone", abort=True)
    with writing() as session:
        for one in known:
            erase_expert(
                session,
                expert_id=one.id,
                precondition=Precondition(),
                caller=COMMAND_LINE,
                now=datetime.now(UTC),
            )
    for one in found:
        if one in known:
            typer.echo(f"Erased the expert {one.id}; cohort and trusts are kept.")
        else:
            typer.echo(f"The expert {one.id} was erased before.")
    _clear_log(found[-1].id)


def _find(session: "Session", who: str) -> "Sequence[ExpertRevision]":
    """Return the experts that an identifier or an e-mail stands for, at least one."""
    from app.services.experts import find_experts_by_email, get_expert

    if "@" not in who:
        now = datetime.now(UTC)
        return [get_expert(session, expert_id=who, caller=COMMAND_LINE, now=now)]
    found = find_experts_by_email(session, email=who, caller=COMMAND_LINE)
    if not found:
        typer.echo("No WRES expert is recorded with this e-mail.", err=True)
        raise typer.Exit(1)
    return found


def _name(revision: "ExpertRevision") -> str:
    person = revision.expert.person
    return f"{person.name if person else revision.id}, cohort {revision.expert.cohort}"


def _clear_log(expert_id: str) -> None:
    """Bring what was erased off the disk; exit with 1 if that has to be done again."""
    from app.store.engine import clear_log

    with connected() as engine:
        ended = clear_log(engine)
    tell_clearing(ended, again=f"`parity experts erase {expert_id}`")


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


def _print_trusts(trusts: "Sequence[TrustSupport]") -> None:
    from rich.box import SIMPLE_HEAD
    from rich.table import Table

    from app.cli.console import make_console
    from app.domain.organisations import Attribute

    table = Table("Trust", "Name", "Region", "ICB", box=SIMPLE_HEAD)
    for one in trusts:
        places = (one.trust.newest(Attribute.REGION), one.trust.newest(Attribute.ICB))
        table.add_row(one.trust.ods_code, one.trust.name, *(place or "" for place in places))
    make_console().print(table)


def _describe(support: "Support") -> str:
    if support.ends is None:
        return f"{support.ods_code} since {support.starts}"
    return f"{support.ods_code} {support.starts} to {support.ends}"
