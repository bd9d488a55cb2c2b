"""What forms send figures with: read before any session is opened, so that nobody waits for it."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Annotated, Final

from fastapi import Depends, Request
from sqlmodel import Session
from starlette.datastructures import UploadFile

from app import requests
from app.dashboard.cookies import Cookie
from app.dashboard.deps import FormEntered, SignedInCaller
from app.dashboard.forms.counts import read_counts
from app.dashboard.forms.entered import Entered
from app.dashboard.forms.sealing import BrokenSeal
from app.dashboard.forms.uploads import MOST_FILE_BYTES, SentFile, Upload, read_upload
from app.domain.callers import Caller
from app.domain.errors import UnreadableFile
from app.ingest.imports import ReadFile
from app.services import imports
from app.store.engine import PAGE_SENDERS

ESTRANGED: Final = (
    "The page was opened before you last signed in, so it no longer holds your file. Choose it"
    " again."
)
"""What is told of a file that a page of another session held."""


@dataclass(frozen=True, slots=True)
class Sending:
    """What was sent with a form, and what it says.

    Attributes:
        entered: What was entered, and what is wrong with it.
        upload: None where there is nothing to read.
        read: None likewise, or where it cannot be read.
        foreseen: The tag of the preview that was confirmed; empty where none was.
    """

    entered: Entered
    upload: Upload | None = None
    read: ReadFile | None = None
    foreseen: str = ""


async def _sent_file(request: Request) -> SentFile | None:
    """Return the file of a form; None where none was chosen."""
    sent = (await request.form()).get("file")
    if not isinstance(sent, UploadFile) or not sent.filename:
        return None
    return SentFile(sent.filename, await sent.read(MOST_FILE_BYTES + 1))


def _read_file(
    ods_code: str,
    request: Request,
    entered: FormEntered,
    sent: Annotated[SentFile | None, Depends(_sent_file)],
    caller: SignedInCaller,
) -> Sending:
    """Read a file before any session is opened, so that nobody waits for it."""
    held = None if sent else _unseal(request, entered, ods_code).upload
    if entered.faults:
        return Sending(entered)
    return _read(entered, read_upload(entered, sent, held, ods_code=ods_code), caller)


def _read_counts(ods_code: str, entered: FormEntered, caller: SignedInCaller) -> Sending:
    """Read counts likewise."""
    return _read(entered, read_counts(entered, ods_code=ods_code), caller)


def _read_confirmed(
    ods_code: str, request: Request, entered: FormEntered, caller: SignedInCaller
) -> Sending:
    """Read likewise what a page held whose preview was confirmed."""
    held = _unseal(request, entered, ods_code)
    read = _read(held.entered, held.upload, caller)
    return Sending(read.entered, read.upload, read.read, held.foreseen)


def _unseal(request: Request, entered: Entered, ods_code: str) -> Sending:
    """Return the file that a page held, if it held one."""
    sealed = entered.raw("sealed")
    if not sealed:
        return Sending(entered)
    try:
        upload, foreseen = Upload.unseal(secret_of(request), sealed, ods_code=ods_code)
    except BrokenSeal:
        entered.refuse("file", ESTRANGED)
        return Sending(entered)
    return Sending(entered, upload, foreseen=foreseen)


def _read(entered: Entered, upload: Upload | None, caller: Caller) -> Sending:
    if upload is None:
        return Sending(entered)
    imports.require_importer(caller, upload.kind)
    try:
        return Sending(entered, upload, upload.read())
    except UnreadableFile as error:
        entered.refuse("file", str(error))
        return Sending(entered)


def secret_of(request: Request) -> str:
    """Return the secret of the session, which whoever is signed in has."""
    return Cookie.SESSION.read(request) or ""


def _previewing(request: Request) -> Iterator[Session]:
    with requests.reading(request) as session:
        yield session


OfFile = Annotated[Sending, Depends(_read_file, max_concurrency=PAGE_SENDERS)]
OfCounts = Annotated[Sending, Depends(_read_counts, max_concurrency=PAGE_SENDERS)]
Confirmed = Annotated[Sending, Depends(_read_confirmed, max_concurrency=PAGE_SENDERS)]
PreviewSession = Annotated[
    Session, Depends(_previewing, scope="function", max_concurrency=PAGE_SENDERS)
]
"""A session that can change nothing, for a preview, which takes longer than pages do."""
