"""Checking everything that the database holds."""

import json
from typing import TYPE_CHECKING, Annotated

import typer

from app.cli.transaction import reading

if TYPE_CHECKING:
    from app.domain.checks import Finding


def check(
    *,
    as_json: Annotated[bool, typer.Option("--json", help="Print what was found as JSON.")] = False,
) -> None:
    """Look for anything wrong in what the database holds.

    The exit code is 1 if something is wrong.
    """
    from app.services.checks import CHECKS, check_all
    from app.store.check_structure import count_rows

    with reading() as session:
        found = list(check_all(session))
        rows = None if found else count_rows(session)
    if as_json:
        findings = [_as_dict(one) for one in found]
        typer.echo(json.dumps({"findings": findings}, ensure_ascii=False, indent=1))
    elif rows is None:
        typer.echo("\n".join(_lines(found)))
    else:
        typer.echo(f"Nothing is wrong: {len(CHECKS)} checks of {rows} rows found nothing.")
    if found:
        raise typer.Exit(1)


def _lines(found: "list[Finding]") -> list[str]:
    """Return a line for each finding, and what to do once for each kind."""
    lines = [f"{one.code.id} {one.where}: {one.detail}." for one in found]
    codes = dict.fromkeys(one.code for one in found)
    return [*lines, "", *(f"{code.id}: {code.sentence}" for code in codes)]


def _as_dict(finding: "Finding") -> dict[str, str]:
    return {
        "id": finding.code.id,
        "code": finding.code.value,
        "where": finding.where,
        "detail": finding.detail,
        "wrong": finding.code.wrong,
        "remedy": finding.code.remedy,
    }
