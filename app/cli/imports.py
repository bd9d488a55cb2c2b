"""Importing files of figures."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from app.cli.bodies import check, read_json
from app.cli.fetching import AllowHttp, Checksum, FromUrl, sent_file
from app.cli.transaction import connected, find_origin, require_current
from app.cli.transfer import import_everything
from app.domain.callers import COMMAND_LINE
from app.domain.errors import UnacceptableImport
from app.domain.imports import Import, ImportKind, ImportOutcome

if TYPE_CHECKING:
    from app.ingest.imports import ReadFile
    from app.services.import_plans import ImportTerms
    from app.services.imports import Imported

SHOWN = 20
"""Items that are listed; of the others the number is told."""


def import_(
    file: Annotated[
        Path | None,
        typer.Argument(exists=True, dir_okay=False, metavar="FILE", help="CSV or .xlsx."),
    ] = None,
    *,
    kind: Annotated[ImportKind | None, typer.Option(help="What the file holds.")] = None,
    all_: Annotated[
        bool, typer.Option("--all", help="It is an archive of `parity export --all`.")
    ] = False,
    url: FromUrl = None,
    sha256: Checksum = None,
    allow_http: AllowHttp = False,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Say what would be stored, and its effects.")
    ] = False,
    compare: Annotated[
        int,
        typer.Option(
            min=0, metavar="N", help="Trusts whose effects a dry run works out, 0.3 s each."
        ),
    ] = 25,
    mapping: Annotated[
        Path | None,
        typer.Option(
            exists=True,
            dir_okay=False,
            metavar="FILE",
            help="JSON: further words for headings and values, as POST /v1/imports takes them.",
        ),
    ] = None,
    sheet: Annotated[
        str | None, typer.Option(metavar="NAME", help="The only sheet to read.")
    ] = None,
    trust: Annotated[
        str | None, typer.Option(metavar="CODE", help="Where the file has no column for it.")
    ] = None,
    year: Annotated[
        int | None, typer.Option(metavar="YEAR", help="Where the file has no column for it.")
    ] = None,
    source: Annotated[
        str | None, typer.Option(metavar="TEXT", help="Where the figures come from, likewise.")
    ] = None,
    expected_workforce: Annotated[
        int | None,
        typer.Option(metavar="N", help="What all headcounts come to, if the file has no totals."),
    ] = None,
    expected_bme: Annotated[int | None, typer.Option(metavar="N", help="Likewise, BME.")] = None,
    reason: Annotated[
        str | None, typer.Option(metavar="TEXT", help="Why what is held changes.")
    ] = None,
    correction_note: Annotated[
        str | None, typer.Option(metavar="TEXT", help="What everybody is told of it.")
    ] = None,
    submit: Annotated[
        bool, typer.Option("--submit", help="Put targets in force, not only draft them.")
    ] = False,
) -> None:
    """Store a file of figures, whole or not at all."""
    if all_ == (kind is not None):
        raise typer.BadParameter("say --kind for a file of figures, or --all for an archive")
    fields: dict[str, object] = {
        "kind": kind,
        "ods_code": trust,
        "year": year,
        "source": source,
        "sheet": sheet,
        "expected_workforce": expected_workforce,
        "expected_bme": expected_bme,
        "reason": reason,
        "correction_note": correction_note,
        "submit": submit,
    }
    with sent_file(file, url, sha256=sha256, allow_http=allow_http) as path:
        if all_:
            import_everything(path)
        else:
            _import_figures(path, mapping, fields, dry_run=dry_run, compare=compare)


def _import_figures(
    file: Path,
    mapping: Path | None,
    fields: dict[str, object],
    *,
    dry_run: bool,
    compare: int,
) -> None:
    """Store a file of figures, or say what would be stored."""
    from app.services.imports import import_file, preview_import
    from app.store import engine as store

    with connected() as engine:
        require_current(engine)
        read, terms = _read(file, mapping, fields)
        # The file has been read before anybody has to wait for it.
        opened = store.reading(engine) if dry_run else store.writing(engine, find_origin())
        with opened as session, _remarks_told(read):
            now = datetime.now(UTC)
            do = partial(preview_import, most_compared=compare) if dry_run else import_file
            done = do(session, read=read, terms=terms, caller=COMMAND_LINE, now=now)
    _report(done, dry_run=dry_run)


@contextmanager
def _remarks_told(read: "ReadFile") -> Iterator[None]:
    """Print what should be known of how a file was read, if it is refused."""
    try:
        yield
    except UnacceptableImport:
        for one in read.remarks:
            typer.echo(f"Remark {one.code}: {one.detail}", err=True)
        raise


def _read(
    file: Path, mapping: Path | None, fields: dict[str, object]
) -> tuple["ReadFile", "ImportTerms"]:
    """Return what a file says, and how it is to be taken."""
    from app.api.schemas.imports import ImportFields, MappingIn
    from app.ingest.imports import read_file
    from app.ingest.mappings import read_words
    from app.ingest.sheets import read_workbook

    form = check(ImportFields, fields)
    own = None if mapping is None else check(MappingIn, read_json(mapping))
    words = read_words() if own is None else own.to_words()
    book = read_workbook(file, file.name)
    return read_file(book, form.kind, words, form.defaults, sheet=form.sheet), form.terms


def _report(done: "Imported", *, dry_run: bool) -> None:
    """Print what became of a file, or would."""
    from app.cli.effects import describe_effect

    made = done.made
    verb = "Checked, not stored" if dry_run else "Stored"
    if done.is_repeated:
        verb = f"Nothing to change since import {made.id} of the same file"
    counts = ", ".join(f"{made.count(one)} {one}" for one in ImportOutcome)
    named = f" as import {made.id}" if done.is_stored else ""
    typer.echo(f"{verb}{named}: {made.file.name}, {made.file.rows:,} rows: {counts}.")
    for line in _list_items(made):
        typer.echo(line)
    for one in made.warnings:
        of = f" {one.ods_code} {one.name}" if one.ods_code else ""
        typer.echo(f"Warning{of} {one.code}: {one.detail}")
    for effect in done.effects:
        typer.echo(describe_effect(effect))
    if done.left_out:
        typer.echo(f"Effects on {done.left_out} more trusts were not worked out.")


def _list_items(made: Import) -> Iterator[str]:
    """Yield a line for each thing that changes, not too many."""
    changed = [one for one in made.items if one.outcome is not ImportOutcome.UNCHANGED]
    for one in changed[:SHOWN]:
        cells = "1 cell" if one.cells_changed == 1 else f"{one.cells_changed} cells"
        yield f"  {one.ods_code} {one.name}: {one.outcome}, {cells}, revision {one.revision}"
    if len(changed) > SHOWN:
        yield f"  and {len(changed) - SHOWN:,} more"
