"""Callers' tokens."""

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Annotated

import typer

from app.cli.transaction import reading, writing
from app.domain.callers import COMMAND_LINE, TOKEN_ROLES, Caller, Role, Token

LONGEST_NAME = 200
"""Characters of a caller's name."""

commands = typer.Typer(name="tokens", help="Callers' tokens.", no_args_is_help=True)


def _name(value: str) -> str:
    name = value.strip()
    if not (name.isprintable() and 0 < len(name) <= LONGEST_NAME):
        raise typer.BadParameter(f"give 1 to {LONGEST_NAME} printable characters")
    return name


@commands.command()
def create(
    *,
    role: Annotated[Role, typer.Option(metavar="ROLE", help=f"One of {', '.join(TOKEN_ROLES)}.")],
    name: Annotated[
        str,
        typer.Option(
            callback=_name,
            metavar="NAME",
            help="The role of a person, or a system; recorded with every change.",
        ),
    ],
    organisations: Annotated[
        list[str] | None,
        typer.Option("--for", metavar="CODE", help="ODS code that it is for; repeatable."),
    ] = None,
    expires: Annotated[
        datetime | None,
        typer.Option(
            formats=["%Y-%m-%d"], metavar="DATE", help="Day (UTC) from which it is refused."
        ),
    ] = None,
    plain: Annotated[bool, typer.Option("--plain", help="Print the token alone.")] = False,
) -> None:
    """Make a token and print it; it is not kept and cannot be shown again."""
    from app.services.tokens import create_token

    with writing() as session:
        made = create_token(
            session,
            caller=Caller(name, role, frozenset(organisations or ())),
            expires_at=expires.replace(tzinfo=UTC) if expires else None,
            by=COMMAND_LINE,
            now=datetime.now(UTC),
        )
    if plain:
        typer.echo(made.secret)
        return
    typer.echo(f"Token {made.token.id}, {_describe(made.token)}. It is shown this once:\n")
    typer.echo(f"  {made.secret}\n")


@commands.command("list")
def list_() -> None:
    """List all tokens, oldest first; their secrets are not kept."""
    from app.services.tokens import list_tokens

    with reading() as session:
        found = list_tokens(session)
    _print_table(found, now=datetime.now(UTC))


@commands.command()
def revoke(
    token_id: Annotated[str, typer.Argument(metavar="ID", help="As `tokens list` shows it.")],
) -> None:
    """Take a token back at once."""
    from app.services.tokens import revoke_token

    with writing() as session:
        revoke_token(session, token_id=token_id, by=COMMAND_LINE, now=datetime.now(UTC))
    typer.echo(f"Revoked the token {token_id}.")


def _print_table(tokens: Sequence[Token], *, now: datetime) -> None:
    from rich.box import SIMPLE_HEAD
    from rich.table import Table

    from app.cli.console import make_console

    table = Table("Id", "Name", "Role", "For", "Created", "By", "State", box=SIMPLE_HEAD)
    for token in tokens:
        table.add_row(
            token.id,
            token.caller.name,
            token.caller.role,
            ", ".join(sorted(token.caller.organisations)) or "all",
            f"{token.created_at:%Y-%m-%d}",
            token.created_by,
            _state(token, now),
        )
    make_console().print(table)


def _state(token: Token, now: datetime) -> str:
    if token.revoked_at is not None:
        return f"revoked {token.revoked_at:%Y-%m-%d}"
    if token.expires_at is None:
        return "valid"
    until = f"{token.expires_at:%Y-%m-%d}"
    return f"valid until {until}" if token.is_valid_at(now) else f"expired {until}"


def _describe(token: Token) -> str:
    caller = token.caller
    where = f" for {', '.join(sorted(caller.organisations))}" if caller.organisations else ""
    until = f" until {token.expires_at:%Y-%m-%d}" if token.expires_at else ""
    return f"{caller.role}{where}, called “{caller.name}”{until}"
