"""Routes of the pages on which figures are sent in: checked, previewed, then confirmed."""

from collections.abc import Callable
from datetime import datetime
from typing import Annotated, ClassVar, Final

from fastapi import APIRouter, Query, Request, Response
from fastapi.responses import RedirectResponse
from sqlmodel import Session

from app.dashboard.deps import Forms, Now, ReadSession, SignedInCaller
from app.dashboard.forms.counts import fields_of_counts, put_beside
from app.dashboard.forms.entered import Entered
from app.dashboard.forms.uploads import MOST_SEALED_BYTES, fields_of
from app.dashboard.rendering import render
from app.dashboard.routes.sendings import (
    Confirmed,
    OfCounts,
    OfFile,
    PreviewSession,
    Sending,
    secret_of,
)
from app.dashboard.routing import SEE_OTHER, PageRoute
from app.dashboard.views.counts import ETHNIC_TITLES, tell_counts
from app.dashboard.views.sending import NO_FAULTS, tell_faults, tell_sending
from app.dashboard.views.sent import EFFECTS, ITEMS, tell_preview, tell_sent
from app.domain.actuals import ActualsRevision
from app.domain.callers import Action, Caller
from app.domain.errors import (
    ActualsNotFound,
    RevisionStale,
    SyntheticBesideReal,
    UnacceptableImport,
)
from app.domain.organisations import Organisation
from app.ingest.file_limits import MAX_BYTES
from app.requests import mark_import
from app.services import held_actuals, imports
from app.services.access import authorise
from app.services.organisations import get_trust

MOST_BYTES: Final = MAX_BYTES + 1024 * 1024
"""Largest body of a form with a file. One too large for pages is told so on the page."""

ETHNIC: Final = tuple(ETHNIC_TITLES.values())
"""The columns of the form for counts."""

MOVED: Final = (
    "What is held has changed since you looked at this, so nothing was stored. This is what would"
    " be stored now."
)
STORED: Final = "The figures are stored."
REPEATED: Final = "The same file was sent in before, and all of it is held. Nothing has changed."

_UNACCEPTABLE, _CONFLICT = 422, 409


class SendingRoute(PageRoute):
    """A route whose forms may hold a file."""

    most_field_bytes: ClassVar[int] = MOST_SEALED_BYTES


router = APIRouter(route_class=SendingRoute, include_in_schema=False)


@router.get("/trusts/{ods_code}/actuals/send")
def show_sending(ods_code: str, caller: SignedInCaller, session: ReadSession) -> Response:
    """Ask for a file of figures."""
    trust = _find(session, ods_code, caller)
    return render("send.html", page=tell_sending(trust, Entered()))


@router.post("/trusts/{ods_code}/actuals/send", max_body_size=MOST_BYTES)
def post_sending(
    ods_code: str,
    request: Request,
    sending: OfFile,
    *,
    caller: SignedInCaller,
    now: Now,
    session: PreviewSession,
) -> Response:
    """Check a file, and show what it would do; nothing is stored."""
    trust = _find(session, ods_code, caller)

    def refuse(error: UnacceptableImport | None) -> Response:
        return _show_file_form(request, trust, sending, error)

    return _preview(request, session, sending, trust, caller=caller, now=now, refuse=refuse)


@router.get("/trusts/{ods_code}/actuals/send/counts")
def show_counts(
    ods_code: str,
    caller: SignedInCaller,
    now: Now,
    session: ReadSession,
    year: Annotated[int | None, Query(ge=1900, le=2200)] = None,
) -> Response:
    """Ask for the counts of one census; those that are held stand there already."""
    trust = _find(session, ods_code, caller)
    held = _find_held(session, ods_code, year, caller, now)
    fields = {"year": (str(year),)} if year else {}
    entered = Entered(fields_of_counts(held) if held else fields)
    page = tell_counts(trust, entered, is_held=held is not None)
    return render("counts.html", page=page, ethnic=ETHNIC)


@router.post("/trusts/{ods_code}/actuals/send/counts")
def post_counts(
    ods_code: str,
    request: Request,
    sending: OfCounts,
    *,
    caller: SignedInCaller,
    now: Now,
    session: PreviewSession,
) -> Response:
    """Check counts, and show what they would do; nothing is stored."""
    trust = _find(session, ods_code, caller)

    def refuse(error: UnacceptableImport | None) -> Response:
        if error is not None:
            put_beside(sending.entered, error.faults)
        page = tell_counts(trust, sending.entered, is_held=bool(sending.entered.raw("is_held")))
        return render("counts.html", status=_UNACCEPTABLE, page=page, ethnic=ETHNIC)

    return _preview(request, session, sending, trust, caller=caller, now=now, refuse=refuse)


@router.post("/trusts/{ods_code}/actuals/send/confirm", max_body_size=MOST_BYTES)
def post_confirmation(
    ods_code: str,
    request: Request,
    sending: Confirmed,
    *,
    caller: SignedInCaller,
    now: Now,
    forms: Forms,
) -> Response:
    """Store what was previewed, unless something else would come of it by now."""
    with forms.reading() as session:
        trust = _find(session, ods_code, caller)

    def refuse(error: UnacceptableImport | None) -> Response:
        return _show_file_form(request, trust, sending, error)

    if sending.read is None or sending.upload is None:
        return refuse(None)
    mark_import(request, sending.read.kind)
    try:
        with forms.writing() as session:
            done = imports.import_file(
                session,
                read=sending.read,
                terms=sending.upload.terms,
                caller=caller,
                now=now,
                foreseen=sending.foreseen,
            )
    except UnacceptableImport as error:
        return refuse(error)
    except (RevisionStale, SyntheticBesideReal):
        with forms.reading() as session:
            return _preview(
                request,
                session,
                sending,
                trust,
                caller=caller,
                now=now,
                refuse=refuse,
                notice=MOVED,
            )
    mark_import(request, done.made.kind, done.outcome)
    asked = "?repeated=1" if done.is_repeated else ""
    path = f"/trusts/{ods_code}/actuals/sent/{done.made.id}{asked}"
    return RedirectResponse(path, SEE_OTHER)


@router.get("/trusts/{ods_code}/actuals/sent/{import_id}")
def show_sent(
    ods_code: str,
    import_id: str,
    caller: SignedInCaller,
    session: ReadSession,
    repeated: Annotated[str, Query(max_length=1)] = "",
) -> Response:
    """Tell what was done with a file."""
    trust = get_trust(session, ods_code=ods_code)
    made = imports.get_import(session, import_id=import_id, caller=caller)
    return render("sent.html", page=tell_sent(trust, made, REPEATED if repeated else STORED))


def _find(session: Session, ods_code: str, caller: Caller) -> Organisation:
    """Return a trust for which a caller may send figures."""
    trust = get_trust(session, ods_code=ods_code)
    authorise(session, caller, Action.WRITE_FIGURES, trust)
    return trust


def _find_held(
    session: Session, ods_code: str, year: int | None, caller: Caller, now: datetime
) -> ActualsRevision | None:
    if year is None:
        return None
    try:
        return held_actuals.get_actuals(
            session, ods_code=ods_code, year=year, as_of=None, caller=caller, now=now
        )
    except ActualsNotFound:
        return None


def _preview(
    request: Request,
    session: Session,
    sending: Sending,
    trust: Organisation,
    *,
    caller: Caller,
    now: datetime,
    refuse: Callable[[UnacceptableImport | None], Response],
    notice: str = "",
) -> Response:
    """Return the page of what something would do, or of what is wrong with it."""
    if sending.read is None or sending.upload is None:
        return refuse(None)
    mark_import(request, sending.read.kind)
    try:
        done = imports.preview_import(
            session, read=sending.read, terms=sending.upload.terms, caller=caller, now=now
        )
    except UnacceptableImport as error:
        return refuse(error)
    except SyntheticBesideReal as error:
        sending.entered.refuse("", str(error))
        return refuse(None)
    mark_import(request, done.made.kind, done.outcome)
    sealed = sending.upload.seal(secret_of(request), foreseen=imports.tag_of(done.made))
    page = tell_preview(trust, done, sealed=sealed, notice=notice)
    status = _CONFLICT if notice else 200
    return render("preview.html", status=status, page=page, items=ITEMS, effects=EFFECTS)


def _show_file_form(
    request: Request, trust: Organisation, sending: Sending, error: UnacceptableImport | None
) -> Response:
    """Return the form for a file with what is wrong; the file stays with it if it may be right."""
    upload = sending.upload
    # Of a form that was confirmed nothing is entered but what the page held.
    fields = fields_of(upload) | dict(sending.entered.values) if upload else sending.entered.values
    entered = Entered(fields, sending.entered.faults)
    faults = tell_faults(entered, error) if error else NO_FAULTS
    keeps = upload is not None and not faults.rows
    page = tell_sending(
        trust,
        entered,
        faults=faults,
        held=upload.name if upload and keeps else "",
        sealed=upload.seal(secret_of(request)) if upload and keeps else "",
    )
    return render("send.html", status=_UNACCEPTABLE, page=page)
