"""Routes of what is done with a census: signing off, releasing, explaining a warning."""

from dataclasses import dataclass
from typing import Annotated, Final

from fastapi import APIRouter, Depends, Response
from fastapi.responses import RedirectResponse
from sqlmodel import Session

from app.dashboard.deps import FormEntered, Forms, Now, ReadSession, SignedInCaller
from app.dashboard.forms.entered import Entered
from app.dashboard.rendering import render
from app.dashboard.routing import SEE_OTHER, PageRoute
from app.dashboard.views.census_forms import CHANGED, tell_release, tell_sign_off, tell_warning
from app.domain.actuals import ActualsRevision
from app.domain.callers import Action
from app.domain.errors import (
    ActualsNotSignedOff,
    AlreadySignedOff,
    RevisionNotNamed,
    RevisionStale,
    UnacceptableSignOff,
    WarningNotFound,
)
from app.domain.explanations import Warned, WarningKey, parse_warning_key
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


@dataclass(frozen=True, slots=True)
class _Desk:
    """Somebody who does something with the figures of a trust."""

    ods_code: str
    caller: SignedInCaller
    now: Now

    def find(
        self, session: Session, year: int, action: Action
    ) -> tuple[Organisation, ActualsRevision]:
        """Return the trust and its figures, for somebody who may do something with them."""
        trust = get_trust(session, ods_code=self.ods_code)
        authorise(session, self.caller, action, trust)
        held = held_actuals.get_actuals(
            session,
            ods_code=self.ods_code,
            year=year,
            as_of=None,
            caller=self.caller,
            now=self.now,
        )
        return trust, held

    def lead_back(self, year: int, done: str) -> Response:
        """Return what leads to the page of the census, which says what was done."""
        return RedirectResponse(f"/trusts/{self.ods_code}/actuals/{year}?done={done}", SEE_OTHER)


Desk = Annotated[_Desk, Depends()]


@router.get(f"{CENSUS}/sign-off")
def show_sign_off(desk: Desk, year: int, session: ReadSession) -> Response:
    """Ask for the board's approval."""
    return _show_sign_off(session, desk, year, Entered())


@router.post(f"{CENSUS}/sign-off")
def post_sign_off(desk: Desk, year: int, entered: FormEntered, forms: Forms) -> Response:
    """Record the board's approval."""
    status = _UNACCEPTABLE
    board_date = entered.day("board_date", empty="Enter the day on which the board approved.")
    lead_role = entered.text(
        "lead_role",
        longest=LONGEST_LINE,
        empty="Enter the role of whoever reports the figures, such as Chief People Officer.",
    )
    if board_date is not None and not entered.faults:
        try:
            with forms.writing() as session:
                actuals.sign_off(
                    session,
                    ods_code=desk.ods_code,
                    year=year,
                    board_date=board_date,
                    lead_role=lead_role,
                    precondition=_seen(entered),
                    caller=desk.caller,
                    now=desk.now,
                )
        except UnacceptableSignOff as error:
            entered.refuse("board_date", error.faults[0].detail)
        except (RevisionStale, AlreadySignedOff) as error:
            status = _CONFLICT
            entered.refuse("", CHANGED if isinstance(error, RevisionStale) else str(error))
        else:
            return desk.lead_back(year, "signed-off")
    with forms.reading() as session:
        return _show_sign_off(session, desk, year, entered, status)


def _show_sign_off(
    session: Session, desk: _Desk, year: int, entered: Entered, status: int = 200
) -> Response:
    trust, held = desk.find(session, year, Action.SIGN_OFF)
    page = tell_sign_off(trust, held, entered, seen=actuals.tag_of(held) or "")
    return render("sign_off.html", status=status, page=page)


@router.get(f"{CENSUS}/release")
def show_release(desk: Desk, year: int, session: ReadSession) -> Response:
    """Say plainly what it means that a trust makes its exact figures public."""
    return _show_release(session, desk, year, Entered())


@router.post(f"{CENSUS}/release")
def post_release(desk: Desk, year: int, entered: FormEntered, forms: Forms) -> Response:
    """Make a trust's own exact figures public."""
    status = _UNACCEPTABLE
    note = entered.text("note", longest=LONGEST_PARAGRAPH)
    if entered.raw("understood") != "yes":
        entered.refuse("understood", "Tick that everybody will be able to read these figures.")
    if not entered.faults:
        try:
            with forms.writing() as session:
                releases.release_own(
                    session,
                    ods_code=desk.ods_code,
                    year=year,
                    note=note or None,
                    precondition=_seen(entered),
                    caller=desk.caller,
                    now=desk.now,
                )
        except (RevisionStale, ActualsNotSignedOff) as error:
            status = _CONFLICT
            entered.refuse("", CHANGED if isinstance(error, RevisionStale) else str(error))
        else:
            return desk.lead_back(year, "released")
    with forms.reading() as session:
        return _show_release(session, desk, year, entered, status)


def _show_release(
    session: Session, desk: _Desk, year: int, entered: Entered, status: int = 200
) -> Response:
    trust, held = desk.find(session, year, Action.RELEASE_OWN)
    page = tell_release(trust, held, entered, seen=actuals.tag_of(held) or "")
    return render("release.html", status=status, page=page)


@router.get(WARNING)
def show_warning(desk: Desk, warning_id: str, session: ReadSession) -> Response:
    """Ask what a warning comes from."""
    return _show_warning(session, desk, _read_key(desk, warning_id))


@router.post(WARNING)
def post_warning(desk: Desk, warning_id: str, entered: FormEntered, forms: Forms) -> Response:
    """Store what a trust says to a warning."""
    key = _read_key(desk, warning_id)
    status = _UNACCEPTABLE
    text = entered.text(
        "explanation", longest=LONGEST_PASSAGE, empty="Say what the warning comes from."
    )
    if not entered.faults:
        try:
            with forms.writing() as session:
                explanations.put_explanation(
                    session,
                    ods_code=desk.ods_code,
                    warning_id=warning_id,
                    text=text,
                    precondition=_seen(entered),
                    caller=desk.caller,
                    now=desk.now,
                )
        except (RevisionStale, RevisionNotNamed):
            status = _CONFLICT
        else:
            return desk.lead_back(key.year, "explained")
    with forms.reading() as session:
        return _show_warning(session, desk, key, entered, status)


def _read_key(desk: _Desk, warning_id: str) -> WarningKey:
    try:
        return parse_warning_key(warning_id)
    except ValueError as error:
        raise WarningNotFound(desk.ods_code, warning_id) from error


def _show_warning(
    session: Session,
    desk: _Desk,
    key: WarningKey,
    entered: Entered | None = None,
    status: int = 200,
) -> Response:
    """Return the page of a warning that stays with the newest figures of a census.

    Raises:
        WarningNotFound: It does not.
    """
    trust, held = desk.find(session, key.year, Action.WRITE_FIGURES)
    is_there = (key.of, key.revision) == (Warned.ACTUALS, held.revision)
    if not is_there or key.ordinal >= len(held.cautions):
        raise WarningNotFound(desk.ods_code, str(key))
    said = held.explanations.get(key.ordinal)
    if entered is None:
        entered = Entered({"explanation": (said.text if said else "",)})
    if status == _CONFLICT:
        now = f" It says: “{said.text}”" if said else ""
        entered.refuse("", f"Somebody else has explained it since you opened this page.{now}")
    page = tell_warning(
        trust,
        key.year,
        held.cautions[key.ordinal],
        entered,
        seen=explanations.tag_of(said) or "",
        path=f"/trusts/{desk.ods_code}/warnings/{key}",
    )
    return render("warning.html", status=status, page=page)


def _seen(entered: Entered) -> Precondition:
    """Return that what the page showed has to be held still."""
    seen = entered.raw("seen")
    return Precondition(if_match=frozenset({seen})) if seen else Precondition()
