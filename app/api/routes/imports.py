"""Imports: files of figures."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import Annotated

from fastapi import APIRouter, Depends, Form, Path, Query, Request, Response
from pydantic import ValidationError
from sqlmodel import Session

from app import requests
from app.api.auth import CallerDep
from app.api.cursors import After, next_cursor, not_a_cursor
from app.api.deps import IMPORTERS, Now, ReadSession
from app.api.faults import describe_faults
from app.api.guarding import GuardedRoute
from app.api.json_bodies import read_json
from app.api.once import recall
from app.api.problems import documented
from app.api.schemas.imports import ImportedOut, ImportForm, ImportListOut, ImportOut, MappingIn
from app.domain.errors import (
    ImportNotFound,
    InvalidRequest,
    NotAllowed,
    SyntheticBesideReal,
    TokenInvalid,
    UnacceptableImport,
    UnreadableFile,
)
from app.ingest.file_limits import MAX_BYTES
from app.ingest.imports import ReadFile, read_file
from app.ingest.mappings import Words, read_words
from app.ingest.sheets import read_workbook
from app.services import imports
from app.services.import_plans import ImportTerms

MOST_BYTES = MAX_BYTES + 1024 * 1024
"""Largest body that carries a file: the file, and what is said of it."""

router = APIRouter(prefix="/v1/imports", tags=["imports"], route_class=GuardedRoute)


@dataclass(frozen=True, slots=True)
class Upload:
    """A file that was sent, as it was read, and how it is to be taken.

    Attributes:
        most_compared: Trusts whose standing a dry run compares at most.
    """

    read: ReadFile
    terms: ImportTerms
    is_dry_run: bool
    most_compared: int


def _upload(
    request: Request,
    form: Annotated[ImportForm, Form(media_type="multipart/form-data")],
    caller: CallerDep,
) -> Upload:
    """Read the file before any session is opened, so that nobody waits for it."""
    requests.mark_import(request, form.kind)
    imports.require_importer(caller, form.kind)
    words = _words(form.mapping)
    book = read_workbook(form.file.file.read(), form.file.filename or "")
    read = read_file(book, form.kind, words, form.defaults, sheet=form.sheet)
    return Upload(read, form.terms, form.dry_run, form.compare)


UploadDep = Annotated[Upload, Depends(_upload, max_concurrency=IMPORTERS)]


def _session(request: Request, upload: UploadDep, caller: CallerDep) -> Iterator[Session]:
    is_dry_run = upload.is_dry_run
    with requests.reading(request) if is_dry_run else requests.writing(request, caller) as session:
        if not is_dry_run:
            recall(request, session)
        yield session


ImportSession = Annotated[Session, Depends(_session, scope="function", max_concurrency=IMPORTERS)]
"""A session that commits when the route returns; for a dry run one that can change nothing."""


@router.post(
    "",
    summary="Import a file",
    max_body_size=MOST_BYTES,
    responses=documented(
        TokenInvalid, NotAllowed, UnreadableFile, UnacceptableImport, SyntheticBesideReal
    )
    | {201: {"model": ImportedOut, "description": "The file was stored."}},
)
def post_import(
    request: Request,
    upload: UploadDep,
    caller: CallerDep,
    now: Now,
    session: ImportSession,
    response: Response,
) -> ImportedOut:
    """Store all that a file of figures says, or nothing.

    Columns are found by their headings, and values by words, first of all those of the WRES
    template. Every fault is named with its sheet, row and column. A dry run says what would be
    new, revised and unchanged, and whose position and outlook would change. Figures that are held
    change only with a reason. The same file again is recognised and changes nothing.
    """
    do = (
        partial(imports.preview_import, most_compared=upload.most_compared)
        if upload.is_dry_run
        else imports.import_file
    )
    done = do(session, read=upload.read, terms=upload.terms, caller=caller, now=now)
    requests.mark_import(request, done.made.kind, done.outcome)
    if done.is_stored:
        response.status_code = 201
        response.headers["Location"] = f"/v1/imports/{done.made.id}"
    return ImportedOut.from_result(done, dry_run=upload.is_dry_run)


@router.get("", summary="List imports", responses=documented(TokenInvalid, NotAllowed))
def list_imports(
    caller: CallerDep,
    session: ReadSession,
    after: After,
    limit: Annotated[int, Query(ge=1, le=500, description="How many a page.")] = 20,
) -> ImportListOut:
    """The files that were imported, newest first; a trust's callers see those of its figures."""
    found = imports.list_imports(session, caller=caller, before=_instant(after), limit=limit)
    last = found.items[-1].record.at.isoformat() if found.has_more else None
    return ImportListOut(
        items=[ImportOut.from_domain(one) for one in found.items],
        next=None if last is None else next_cursor(last),
    )


@router.get(
    "/{import_id}",
    summary="Get an import",
    responses=documented(ImportNotFound, TokenInvalid, NotAllowed),
)
def get_import(
    import_id: Annotated[
        str,
        Path(
            pattern=r"^i[0-9a-f]{12}$", description="Names the import.", examples=["i0123456789ab"]
        ),
    ],
    caller: CallerDep,
    session: ReadSession,
    response: Response,
) -> ImportOut:
    """One file: who imported it, when, and which revision holds each thing that was in it."""
    found = imports.get_import(session, import_id=import_id, caller=caller)
    response.headers["ETag"] = f'"{found.id}"'
    return ImportOut.from_domain(found)


def _words(mapping: str | None) -> Words:
    """Return the words to read a file with."""
    if mapping is None:
        return read_words()
    try:
        said = read_json(mapping.encode(), "/mapping")
        return MappingIn.model_validate(said).to_words()
    except ValidationError as error:
        faults = [line | {"loc": ("body", "mapping", *line["loc"])} for line in error.errors()]
        raise InvalidRequest(describe_faults(faults)) from error


def _instant(after: str | None) -> datetime | None:
    """Return the instant that a cursor of imports holds; None without one."""
    if after is None:
        return None
    try:
        found = datetime.fromisoformat(after)
    except ValueError:
        found = None
    if found is None or found.tzinfo is None:
        raise not_a_cursor()
    return found
