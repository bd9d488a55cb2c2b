"""Taking out what should never have been sent."""

from datetime import UTC, datetime
from typing import Annotated

import typer

from app.cli.erasures import tell_clearing
from app.cli.transaction import connected, find_origin, require_current
from app.domain.changes import Change, ChangeKind

LONGEST_REASON = 1000
"""Characters of a reason."""

_NOBODYS = frozenset({ChangeKind.CENSUS, ChangeKind.IMPORT})
"""Kinds of things that are no organisation's, so that their name follows the kind."""


def _thing(text: str) -> Change:
    kind, _, rest = text.partition("/")
    if kind not in list(ChangeKind) or not rest:
        raise typer.BadParameter("give it as `parity audit list` shows it: actuals/RZ1/2024")
    if ChangeKind(kind) in _NOBODYS:
        return Change(ChangeKind(kind), None, rest)
    ods_code, _, name = rest.partition("/")
    return Change(ChangeKind(kind), ods_code, name or None)


def _reason(text: str) -> str:
    if not 0 < len(text.strip()) <= LONGEST_REASON:
        raise typer.BadParameter(f"give 1 to {LONGEST_REASON} characters")
    return text.strip()


def redact(
    thing: Annotated[
        Change,
        typer.Argument(
            parser=_thing, metavar="THING", help="As `audit list` shows it: actuals/RZ1/2024."
        ),
    ],
    member: Annotated[str, typer.Argument(metavar="MEMBER", help="Which text, such as notes.")],
    *,
    reason: Annotated[
        str,
        typer.Option(
            callback=_reason,
            metavar="TEXT",
            help="Why; kept in the audit. Do not repeat the text.",
        ),
    ],
    number: Annotated[
        int | None,
        typer.Option(min=0, help="Of one revision, edition, version or comment; else of all."),
    ] = None,
) -> None:
    """Put “[redacted DAY]” in the place of a text; figures are corrected, never redacted."""
    from app.services import redaction
    from app.store import engine as store
    from app.store.redaction import list_members

    known = list_members(thing.kind)
    if member not in known:
        told = f"use one of {', '.join(known)}" if known else f"a {thing.kind} has no texts"
        raise typer.BadParameter(f"{member} is no text of it; {told}", param_hint="MEMBER")
    with connected() as engine:
        require_current(engine)
        with store.writing(engine, find_origin()) as session:
            count = redaction.redact(
                session,
                thing=thing,
                member=member,
                number=number,
                reason=reason,
                now=datetime.now(UTC),
            )
        if count:
            typer.echo(f"Redacted {member} in {count} {'place' if count == 1 else 'places'}.")
        else:
            typer.echo("There is no such text, or it was redacted before.")
        typer.echo("Backups, exports and copies made before still hold it.")
        tell_clearing(store.clear_log(engine), again="the same command")
