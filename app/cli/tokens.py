"""Callers' tokens."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Annotated

import typer

from app.cli.configuration import settings_or_exit
from app.cli.transaction import reading, writing
from app.domain.callers import COMMAND_LINE, TOKEN_ROLES, Caller, Role
from app.domain.tokens import LONGEST_OVERLAP_HOURS, USUAL_OVERLAP_HOURS, Token, TokenState

if TYPE_CHECKING:
    from app.services.tokens import NewToken

LONGEST_NAME = 200
"""Characters of a caller's name."""

commands = typer.Typer(name="tokens", help="Callers' tokens.", no_args_is_help=True)


def _name(value: str) -> str:
    name = value.strip()
    if not (name.isprintable() and 0 < len(name) <= LONGEST_NAME):
        raise typer.BadParameter(f"give 1 to {LONGEST_NAME} printable characters")
    return name


Expires = Annotated[
    datetime | None,
    typer.Option(
        "--expires",
        formats=["%Y-%m-%d"],
        metavar="DATE",
        help="Day (UTC) from which it is refused.",
    ),
]
Plain = Annotated[bool, typer.Option("--plain", help="Print the token alone.")]
TokenId = Annotated[str, typer.Argument(metavar="ID", help="As `tokens list` shows it.")]


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
    expires: Expires = None,
    subject: Annotated[
        str | None,
        typer.Option(
            metavar="SUBJECT",
            help="Of whom tokens that PARITY_JWT_ISSUER signs take the place of a secret.",
        ),
    ] = None,
    plain: Plain = False,
) -> None:
    """Make a token and print it; it is not kept and cannot be shown again."""
    from app.services.tokens import Wanted, make_token, register_subject

    named = tuple(organisations or ())
    wanted = Wanted(Caller(name, role, frozenset(named)), _from_day(expires), named=named)
    by, now = COMMAND_LINE, datetime.now(UTC)
    if subject is None:
        with writing() as session:
            made = make_token(session, wanted=wanted, by=by, now=now)
        _print_new(made, plain=plain)
        return
    issuer = settings_or_exit().jwt_issuer
    with writing() as session:
        token = register_subject(
            session, wanted=wanted, subject=subject, issuer=issuer, by=by, now=now
        )
    typer.echo(
        f"Token {token.id}, {_describe(token)}. It stands for what {issuer} signs for {subject}."
    )


@commands.command("list")
def list_() -> None:
    """List all tokens, oldest first; their secrets are not kept."""
    from app.services.tokens import list_tokens

    with reading() as session:
        found = list_tokens(session)
    _print_table(found, now=datetime.now(UTC))


@commands.command()
def rotate(
    token_id: TokenId,
    *,
    overlap: Annotated[
        int,
        typer.Option(
            min=0,
            max=LONGEST_OVERLAP_HOURS,
            metavar="HOURS",
            help="How long the secret before stays good.",
        ),
    ] = USUAL_OVERLAP_HOURS,
    expires: Expires = None,
    plain: Plain = False,
) -> None:
    """Give a token a new secret and print it; its role and organisations stay."""
    from app.services.tokens import rotate_token

    with writing() as session:
        made = rotate_token(
            session,
            token_id=token_id,
            overlap=timedelta(hours=overlap),
            renewal=_from_day(expires),
            latest=None,
            by=COMMAND_LINE,
            now=datetime.now(UTC),
        )
    _print_new(made, plain=plain)


@commands.command()
def revoke(token_id: TokenId) -> None:
    """Take a token back at once, with every secret that it had."""
    from app.services.tokens import revoke_token

    with writing() as session:
        revoke_token(session, token_id=token_id, by=COMMAND_LINE, now=datetime.now(UTC))
    typer.echo(f"Revoked the token {token_id}.")


def _from_day(day: datetime | None) -> datetime | None:
    """Return the instant, in UTC, at which a day begins."""
    return day.replace(tzinfo=UTC) if day else None


def _print_new(made: "NewToken", *, plain: bool) -> None:
    """Print a token with its new secret."""
    token = made.token
    if plain:
        typer.echo(made.secret)
        return
    typer.echo(f"Token {token.id}, {_describe(token)}. It is shown this once:\n")
    typer.echo(f"  {made.secret}\n")
    if token.former_until is not None:
        typer.echo(f"The secret before is good until {token.former_until:%Y-%m-%d %H:%M} UTC.")


def _print_table(tokens: Sequence[Token], *, now: datetime) -> None:
    from rich.box import SIMPLE_HEAD
    from rich.table import Table

    from app.cli.console import make_console

    headings = ("Id", "Name", "Role", "For", "Created", "By", "Last used", "State")
    table = Table(*headings, box=SIMPLE_HEAD)
    for token in tokens:
        table.add_row(
            token.id,
            token.caller.name,
            token.caller.role,
            ", ".join(sorted(token.caller.organisations)) or "all",
            f"{token.created_at:%Y-%m-%d}",
            token.created_by,
            f"{token.last_used_at:%Y-%m-%d}" if token.last_used_at else "never",
            _state(token, now),
        )
    make_console().print(table)


def _state(token: Token, now: datetime) -> str:
    """Return until when a token is good, or since when it is not, and with what else it is."""
    match token.state_at(now):
        case TokenState.REVOKED:
            return f"revoked {token.revoked_at:%Y-%m-%d}"
        case TokenState.EXPIRED:
            return f"expired {token.expires_at:%Y-%m-%d}"
    state = f"until {token.expires_at:%Y-%m-%d}" if token.expires_at else "valid"
    if token.subject is not None:
        state += f", signed for {token.subject.name}"
    if token.former_until is not None and token.takes_former_at(now):
        state += f", the secret before until {token.former_until:%Y-%m-%d %H:%M}"
    return state


def _describe(token: Token) -> str:
    caller = token.caller
    where = f" for {', '.join(sorted(caller.organisations))}" if caller.organisations else ""
    until = f" until {token.expires_at:%Y-%m-%d}" if token.expires_at else ""
    return f"{caller.role}{where}, called “{caller.name}”{until}"
