"""Staff lists: one row a person, counted where they are and never sent anywhere."""

import json
import re
import secrets
import sys
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from app.cli.actuals import store
from app.cli.bodies import check
from app.cli.formats import people
from app.cli.progress_bar import progress_bar
from app.cli.transaction import explain, writing
from app.domain.errors import DomainError, UnacceptableStaffList

if TYPE_CHECKING:
    from app.domain.staff_lists import StaffCount
    from app.domain.staff_words import StaffColumn
    from app.services.staff_lists import StaffListCount, StaffListQuestion

SALT_BYTES = 16
"""Bytes of the key that identifiers are hashed with."""

NOT_A_CENSUS = "not a census"
"""The label of counts of another day; with it, a body is no body of PUT actuals any more."""

_ODS_CODE = re.compile(r"[A-Z0-9]{3,5}")

Bodies = dict[str, dict[str, Any]]
"""Bodies of PUT actuals, by ODS code."""

commands = typer.Typer(
    name="staff", help="Staff lists, counted where they are.", no_args_is_help=True
)


@commands.callback()
def main() -> None:
    """Keep `count` a command of its own."""


@commands.command()
def count(
    file: Annotated[
        Path,
        typer.Argument(
            exists=True,
            dir_okay=False,
            metavar="FILE",
            help="CSV with a header and a row a person, perhaps compressed with gzip.",
        ),
    ],
    *,
    day: Annotated[
        datetime,
        typer.Option(
            "--date", formats=["%Y-%m-%d"], metavar="DATE", help="Day on which they were staff."
        ),
    ],
    organisation: Annotated[
        str | None,
        typer.Option(metavar="CODE", help="ODS code of everybody's trust, if no column says it."),
    ] = None,
    column: Annotated[
        list[str] | None,
        typer.Option(
            metavar="NAME=HEADER",
            help="Header of a column: organisation, staff_group, band or ethnic_category.",
        ),
    ] = None,
    identifier: Annotated[
        str | None,
        typer.Option(
            metavar="HEADER",
            help="Column that tells people (not assignments) apart; then everybody is counted"
            " once, in the highest band.",
        ),
    ] = None,
    pay_table: Annotated[
        Path | None,
        typer.Option(
            exists=True,
            dir_okay=False,
            metavar="FILE",
            help="CSV of your own words: word,staff_group,band,ethnic_group,organisation.",
        ),
    ] = None,
    source: Annotated[
        str | None, typer.Option(help="Where the figures come from; kept with them.")
    ] = None,
    output: Annotated[
        Path | None,
        typer.Option(metavar="PATH", help="File to write; or a folder, for one file a trust."),
    ] = None,
    put: Annotated[
        bool, typer.Option("--put", help="Store what was counted, all trusts or none.")
    ] = False,
    reason: Annotated[str | None, typer.Option(help="Why what is held changes.")] = None,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="With --put: check, but store nothing.")
    ] = False,
) -> None:
    """Count a staff list into the bodies of PUT /v1/trusts/CODE/actuals/YEAR.

    Nothing of a row is kept, shown or sent. A word that is not known refuses the list, and is
    shown only if it cannot be about a person.
    """
    from app.domain.staff_lists import is_census_day
    from app.services.staff_lists import StaffListQuestion

    on = day.date()
    is_census = is_census_day(on, datetime.now(UTC).date())
    if put and not is_census:
        raise typer.BadParameter(
            f"{on} is not the day of a census, so nothing of it is stored", param_hint="--put"
        )
    found = _count(
        StaffListQuestion(
            file, _ods_code(organisation), _columns(column or []), identifier, pay_table
        )
    )
    bodies = {
        one.ods_code: _body(one, source or f"Staff list, {on}", reason) for one in found.counts
    }
    if not is_census:
        typer.echo(f"Not a census: staff in post on {on}.", err=True)
        bodies = {code: {"label": NOT_A_CENSUS} | body for code, body in bodies.items()}
    _warn(found)
    if output is not None:
        _write(bodies, output)
    if put:
        _put(bodies, on.year, dry_run=dry_run)
    if output is None and not put:
        typer.echo(_to_json(next(iter(bodies.values())) if len(bodies) == 1 else bodies))


def _ods_code(organisation: str | None) -> str | None:
    if organisation is None or _ODS_CODE.fullmatch(organisation):
        return organisation
    raise typer.BadParameter("this is no ODS code, such as ZZ001", param_hint="--organisation")


def _columns(named: Sequence[str]) -> "Mapping[StaffColumn, str]":
    """Return the headers that options name, by column."""
    from app.domain.staff_words import StaffColumn

    headers = {}
    for one in named:
        name, separator, header = one.partition("=")
        if name not in set(StaffColumn) or not separator:
            raise typer.BadParameter(
                f"say which column has which header, as band=HEADER; one of {_or(StaffColumn)}",
                param_hint="--column",
            )
        headers[StaffColumn(name)] = header
    return headers


def _or(words: Iterable[str]) -> str:
    *others, last = words
    return f"{', '.join(others)} or {last}"


def _count(question: "StaffListQuestion") -> "StaffListCount":
    """Count a list, with a bar in a terminal; print all that is wrong with it and exit."""
    from app.services.staff_lists import count_staff_list

    try:
        with progress_bar(sys.stderr, "Counting") as progress:
            salt = secrets.token_bytes(SALT_BYTES)
            return count_staff_list(question, salt=salt, progress=progress)
    except UnacceptableStaffList as error:
        typer.echo(explain(error), err=True)
        raise typer.Exit(1) from None


def _body(counted: "StaffCount", source: str, reason: str | None) -> dict[str, Any]:
    """Return the body of PUT actuals; its totals were counted apart from its cells."""
    everybody = counted.everybody
    return {
        "source": source,
        "reason": reason,
        "totals": {"workforce": everybody.total, "bme": everybody.bme},
        "headcounts": [
            {
                "staff_group": cell.staff_group,
                "band": cell.band,
                "ethnic_group": cell.ethnic_group,
                "headcount": cell.headcount,
            }
            for cell in counted.cells()
        ],
    }


def _warn(found: "StaffListCount") -> None:
    """Say on the standard error what a reader of the figures should know."""
    if found.people != found.rows:
        typer.echo(f"{found.rows} rows are {people(found.people)}.", err=True)
    if found.contradictions:
        typer.echo(
            f"{people(found.contradictions)} white by one row and BME by another; counted as of"
            " unknown ethnicity.",
            err=True,
        )


def _write(bodies: Bodies, output: Path) -> None:
    """Write bodies to a file, or each to one of its own in a folder."""
    if output.is_dir():
        files = {output / f"{code}.json": {code: body} for code, body in bodies.items()}
    else:
        files = {output: bodies}
    for file, part in files.items():
        content = next(iter(part.values())) if len(part) == 1 else part
        try:
            file.write_text(f"{_to_json(content)}\n", encoding="utf-8")
        except OSError as error:
            typer.echo(f"{file} cannot be written: {error.strerror}.", err=True)
            raise typer.Exit(1) from error
        totals = [body["totals"] for body in part.values()]
        whose = next(iter(part)) if len(part) == 1 else f"{len(part)} trusts"
        workforce, bme = (sum(one[name] for one in totals) for name in ("workforce", "bme"))
        typer.echo(f"Wrote {file}: {whose}, {people(workforce)}, {bme} of them BME.")


def _to_json(content: object) -> str:
    return json.dumps(content, ensure_ascii=False, indent=1)


def _put(bodies: Bodies, year: int, *, dry_run: bool) -> None:
    """Store the actuals of every trust, or of none; print what is wrong with any of them."""
    from app.api.schemas.actuals import ActualsIn

    told, refused = [], []
    with writing(dry_run=dry_run) as session:
        for code, body in bodies.items():
            try:
                submission = check(ActualsIn, body).to_submission()
                told += store(
                    session, trust=code, year=year, submission=submission, dry_run=dry_run
                )
            except DomainError as error:
                refused.append(f"{code}: {explain(error)}")
        if refused:
            typer.echo("\n".join(refused), err=True)
            raise typer.Exit(1)
    for line in told:
        typer.echo(line)
