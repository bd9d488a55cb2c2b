"""Documents: the board page of a trust, and the report of a census."""

from datetime import UTC, datetime
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from app.cli.configuration import settings_or_exit
from app.cli.options import AsOf
from app.cli.transaction import reading
from app.domain.callers import ANONYMOUS, COMMAND_LINE
from app.domain.errors import NotAllowed, TokenInvalid

if TYPE_CHECKING:
    from sqlmodel import Session

    from app.services.annual_reports import AnnualFigures

NOTHING_PUBLIC = (
    "No figures of real trusts have been released, so there is no public edition yet: release the"
    " census, or say --exact for the figures as they were sent, which are not for publication."
)
"""What is said where a report would be empty."""


class Form(StrEnum):
    """What a report is written as."""

    HTML = "html"
    PDF = "pdf"


def board_page(
    trust: Annotated[str, typer.Argument(metavar="TRUST", help="ODS code, such as ZZ001.")],
    *,
    out: Annotated[
        Path | None,
        typer.Option("--out", metavar="FILE", help="Where to write; board-page-TRUST.pdf if not."),
    ] = None,
    as_of: AsOf = None,
) -> None:
    """Write the board page of a trust as PDF."""
    from app.documents.board_page import SCOPES, tell_board_page, typeset_board_page
    from app.services.charts import show_measures
    from app.services.progress import Inquiry

    with reading() as session:
        shown = show_measures(
            session,
            ods_code=trust,
            scopes=SCOPES,
            inquiry=Inquiry(as_of=as_of),
            caller=COMMAND_LINE,
            now=datetime.now(UTC),
        )
    page = tell_board_page(shown)
    _write(out or Path(f"board-page-{trust}.pdf"), typeset_board_page(page))


def report(
    year: Annotated[int, typer.Argument(metavar="YEAR", help="Of the census, 31 March.")],
    *,
    form: Annotated[
        Form | None, typer.Option("--format", help="html or pdf; as FILE ends, else both.")
    ] = None,
    out: Annotated[
        Path | None,
        typer.Option("--out", metavar="FILE", help="Where to write; census-YEAR if left out."),
    ] = None,
    exact: Annotated[
        bool,
        typer.Option("--exact", help="The figures as they were sent; not for publication."),
    ] = False,
    as_of: AsOf = None,
) -> None:
    """Write the report of a census of all trusts.

    It has the figures that everybody may read, unless exact ones are asked for.
    """
    from app.dashboard.files import write_annual_report
    from app.documents.annual_report import tell_annual_report, typeset_annual_report

    with reading() as session:
        found = _find(session, year, as_of, exact=exact)
    told = tell_annual_report(found)
    for one in _list_forms(form, out):
        file = out or Path(f"census-{year}.{one}")
        text = write_annual_report(told).encode() if one is Form.HTML else None
        _write(file, typeset_annual_report(told) if text is None else text)


def _find(
    session: "Session", year: int, as_of: datetime | None, *, exact: bool
) -> "AnnualFigures":
    """Return what the report tells: to everybody, unless exact figures are asked for."""
    from dataclasses import replace

    from app.services.annual_reports import report_census

    is_open = settings_or_exit().invented_figures == "open"
    caller = COMMAND_LINE if exact else replace(ANONYMOUS, sees_invented=is_open)
    try:
        return report_census(session, year=year, as_of=as_of, caller=caller, now=datetime.now(UTC))
    except (TokenInvalid, NotAllowed) as error:
        typer.echo(NOTHING_PUBLIC, err=True)
        raise typer.Exit(1) from error


def _list_forms(form: Form | None, out: Path | None) -> list[Form]:
    """Return what a report is written as."""
    if form is not None:
        return [form]
    if out is None:
        return list(Form)
    return [Form.HTML if out.suffix.casefold() in {".html", ".htm"} else Form.PDF]


def _write(file: Path, content: bytes) -> None:
    try:
        file.write_bytes(content)
    except OSError as error:
        typer.echo(f"{file} cannot be written: {error.strerror}.", err=True)
        raise typer.Exit(1) from error
    typer.echo(f"Wrote {file}.")
