"""Routes of what is done with a census: signing off, releasing, explaining a warning."""

from datetime import datetime
from typing import Final

from fastapi import APIRouter, Response
from fastapi.responses import RedirectResponse
from sqlmodel import Session

from app.dashboard.deps import FormEntered, Now, ReadSession, SignedInCaller, WriteSession
from app.dashboard.entered import Entered
from app.dashboard.rendering import render
from app.dashboard.routing import SEE_OTHER, PageRoute
from app.dashboard.views.census_forms import CHANGED, tell_release, tell_sign_off, tell_warning
from app.domain.actuals import ActualsRevision
from app.domain.callers import Action, Caller
from app.domain.codes import Caution
from app.domain.errors import (
    ActualsNotSignedOff,
    AlreadySignedOff,
    RevisionNotNamed,
    RevisionStale,
    UnacceptableSignOff,
    WarningNotFound,
)
from app.domain.explanations import Explanation, Warned, WarningKey, parse_warning_key
from app.domain.organisations import Organisation
from app.domain.preconditions import Precondition
from app.domain.texts import LONGEST_LINE, LONGEST_PARAGRAPH, LONGEST_PASSAGE
from app.services import actuals, explanations, held_actuals, releases
from app.services.access import authorise
from app.services.organisations import get_trust

router = APIRouter(route_class=PageRoute, include_in_schema=False)

CENSUS: Final = "/trusts/{ods_code}/actuals/{year}"
WARNING: Final = "/trusts/{ods_code}/warnings/{warning_id}"

_UNACCEPTABLE, _CONFLICT = 422, 409


@router.get(f"{CENSUS}/sign-off")
def show_sign_off(
    ods_code: str, year: int, caller: SignedInCaller, now: Now, session: ReadSession
) -> Response:
    """Ask for the board's approval."""
    trust, held = _find(session, ods_code, year, Action.SIGN_OFF, caller=caller, now=now)
    page = tell_sign_off(trust, held, Entered(), seen=actuals.tag_of(held) or "")
    return render("sign_off.html", page=page)


@router.post(f"{CENSUS}/sign-off")
def post_sign_off(
    ods_code: str,
    year: int,
    entered: FormEntered,
    *,
    caller: SignedInCaller,
    now: Now,
    session: WriteSession,
) -> Response:
    """Record the board's approval."""
    trust, held = _find(session, ods_code, year, Action.SIGN_OFF, caller=caller, now=now)
    status = _UNACCEPTABLE
    board_date = entered.day("board_date", empty="Enter the day on which the board approved.")
    lead_role = entered.text(
        "lead_role",
        longest=LONGEST_LINE,
        empty="Enter the role of whoever reports the figures, such as Chief People Officer.",
    )
    if board_date is not None and not entered.faults:
        try:
            actuals.sign_off(
                session,
                ods_code=ods_code,
                year=year,
                board_date=board_date,
                lead_role=lead_role,
                precondition=_seen(entered),
                caller=caller,
                now=now,
            )
        except UnacceptableSignOff as error:
            entered.refuse("board_date", error.faults[0].detail)
        except (RevisionStale, AlreadySignedOff) as error:
            status = _CONFLICT
            entered.refuse("", CHANGED if isinstance(error, RevisionStale) else str(error))
        else:
            return _lead_back(ods_code, year, "signed-off")
    page = tell_sign_off(trust, held, entered, seen=actuals.tag_of(held) or "")
    return render("sign_off.html", status=status, page=page)


@router.get(f"{CENSUS}/release")
def show_release(
    ods_code: str, year: int, caller: SignedInCaller, now: Now, session: ReadSession
) -> Response:
    """Say plainly what it means that a trust makes its exact figures public."""
    trust, held = _find(session, ods_code, year, Action.RELEASE_OWN, caller=caller, now=now)
    page = tell_release(trust, held, Entered(), seen=actuals.tag_of(held) or "")
    return render("release.html", page=page)


@router.post(f"{CENSUS}/release")
def post_release(
    ods_code: str,
    year: int,
    entered: FormEntered,
    *,
    caller: SignedInCaller,
    now: Now,
    session: WriteSession,
) -> Response:
    """Make a trust's own exact figures public."""
    trust, held = _find(session, ods_code, year, Action.RELEASE_OWN, caller=caller, now=now)
    status = _UNACCEPTABLE
    note = entered.text("note", longest=LONGEST_PARAGRAPH)
    if entered.raw("understood") != "yes":
        entered.refuse("understood", "Tick that everybody will be able to read these figures.")
    if not entered.faults:
        try:
            releases.release_own(
                session,
                ods_code=ods_code,
                year=year,
                note=note or None,
                precondition=_seen(entered),
                caller=caller,
                now=now,
            )
        except (RevisionStale, ActualsNotSignedOff) as error:
            status = _CONFLICT
            entered.refuse("", CHANGED if isinstance(error, RevisionStale) else str(error))
        else:
            return _lead_back(ods_code, year, "released")
    page = tell_release(trust, held, entered, seen=actuals.tag_of(held) or "")
    return render("release.html", status=status, page=page)


@router.get(WARNING)
def show_warning(
    ods_code: str, warning_id: str, caller: SignedInCaller, now: Now, session: ReadSession
) -> Response:
    """Ask what a warning comes from."""
    trust, key, caution, held = _find_warning(
        session, ods_code, warning_id, caller=caller, now=now
    )
    entered = Entered({"explanation": (held.text if held else "",)})
    page = tell_warning(
        trust, key.year, caution, entered, seen=explanations.tag_of(held) or "",
        path=_path_of(ods_code, key),
    )  # fmt: skip
    return render("warning.html", page=page)


@router.post(WARNING)
def post_warning(
    ods_code: str,
    warning_id: str,
    entered: FormEntered,
    *,
    caller: SignedInCaller,
    now: Now,
    session: WriteSession,
) -> Response:
    """Store what a trust says to a warning."""
    trust, key, caution, held = _find_warning(
        session, ods_code, warning_id, caller=caller, now=now
    )
    status = _UNACCEPTABLE
    text = entered.text(
        "explanation", longest=LONGEST_PASSAGE, empty="Say what the warning comes from."
    )
    if not entered.faults:
        try:
            explanations.put_explanation(
                session,
                ods_code=ods_code,
                warning_id=warning_id,
                text=text,
                precondition=_seen(entered),
                caller=caller,
                now=now,
            )
        except (RevisionStale, RevisionNotNamed):
            status = _CONFLICT
            said = f" It says: “{held.text}”" if held else ""
            entered.refuse("", f"Somebody else has explained it since you opened this page.{said}")
        else:
            return _lead_back(ods_code, key.year, "explained")
    page = tell_warning(
        trust, key.year, caution, entered, seen=explanations.tag_of(held) or "",
        path=_path_of(ods_code, key),
    )  # fmt: skip
    return render("warning.html", status=status, page=page)


def _find(
    session: Session, ods_code: str, year: int, action: Action, *, caller: Caller, now: datetime
) -> tuple[Organisation, ActualsRevision]:
    """Return a trust and its figures, for somebody who may do something with them."""
    trust = get_trust(session, ods_code=ods_code)
    authorise(session, caller, action, trust)
    held = held_actuals.get_actuals(
        session, ods_code=ods_code, year=year, as_of=None, caller=caller, now=now
    )
    return trust, held


def _find_warning(
    session: Session, ods_code: str, warning_id: str, *, caller: Caller, now: datetime
) -> tuple[Organisation, WarningKey, Caution, Explanation | None]:
    """Return a warning that stays with the newest figures of a census, with what is said to it.

    Raises:
        WarningNotFound: There is none of the identifier.
    """
    try:
        key = parse_warning_key(warning_id)
    except ValueError as error:
        raise WarningNotFound(ods_code, warning_id) from error
    trust, held = _find(session, ods_code, key.year, Action.WRITE_FIGURES, caller=caller, now=now)
    is_there = (key.of, key.revision) == (Warned.ACTUALS, held.revision)
    if not is_there or key.ordinal >= len(held.cautions):
        raise WarningNotFound(ods_code, warning_id)
    return trust, key, held.cautions[key.ordinal], held.explanations.get(key.ordinal)


def _seen(entered: Entered) -> Precondition:
    """Return that what the page showed has to be held still."""
    seen = entered.raw("seen")
    return Precondition(if_match=frozenset({seen})) if seen else Precondition()


def _path_of(ods_code: str, key: WarningKey) -> str:
    return f"/trusts/{ods_code}/warnings/{key}"


def _lead_back(ods_code: str, year: int, done: str) -> Response:
    return RedirectResponse(f"/trusts/{ods_code}/actuals/{year}?done={done}", SEE_OTHER)
