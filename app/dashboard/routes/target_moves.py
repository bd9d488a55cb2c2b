"""Routes of what is done with a target: submitted, reviewed, returned, withdrawn, talked about."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Annotated, Final

from fastapi import APIRouter, Depends, Form, Response
from fastapi.responses import RedirectResponse
from sqlmodel import Session

from app.dashboard.deps import FormEntered, Forms, Now, PageCaller
from app.dashboard.routes.targets import PREFIX, TargetId, Wanted, render_target
from app.dashboard.routing import SEE_OTHER, PageRoute
from app.dashboard.views.target_words import place_faults
from app.domain.codes import TargetState
from app.domain.errors import (
    RevisionStale,
    TargetMoveNotAllowed,
    TargetNotDraft,
    UnacceptableTarget,
)
from app.domain.preconditions import Precondition
from app.domain.texts import LONGEST_PASSAGE
from app.services.target_comments import add_comment
from app.services.target_moves import Decision, decide, submit_target
from app.services.target_views import View

router = APIRouter(
    prefix=f"{PREFIX}/{{target_id}}", route_class=PageRoute, include_in_schema=False
)

MEANWHILE: Final = (
    "Somebody has changed this target since you opened its page, so nothing was done. See what it"
    " says now, then decide again."
)
"""What is said where a form builds on what is held no more."""

_UNACCEPTABLE, _CONFLICT = 422, 409


@dataclass(frozen=True, slots=True)
class _Desk:
    """What a form about a target is taken with."""

    ods_code: str
    target_id: TargetId
    version: Annotated[int, Form(ge=1, le=10_000)]
    entered: FormEntered
    caller: PageCaller
    now: Now
    forms: Forms

    @property
    def wanted(self) -> Wanted:
        """Which version it is about."""
        return Wanted(self.ods_code, self.target_id, self.version)

    @property
    def precondition(self) -> Precondition:
        """What the reader has seen."""
        return Precondition(frozenset({self.entered.raw("tag")}))

    def text(self, name: str, empty: str = "") -> str:
        """Return what was written into a field; where that may not be, it is told."""
        return self.entered.text(name, longest=LONGEST_PASSAGE, empty=empty)

    def do(self, act: Callable[[Session], object], done: str) -> Response:
        """Do something in a transaction, and lead to the page that says so."""
        try:
            with self.forms.writing() as session:
                act(session)
        except UnacceptableTarget as error:
            for one in place_faults(error.faults, ()):
                self.entered.refuse("", one.sentence)
            return self.refuse()
        except (RevisionStale, TargetMoveNotAllowed, TargetNotDraft):
            self.entered.refuse("", MEANWHILE)
            return self.refuse(_CONFLICT)
        query = f"version={self.version}&done={done}"
        path = f"/trusts/{self.ods_code}/targets/{self.target_id}?{query}"
        return RedirectResponse(path, SEE_OTHER)

    def refuse(self, status: int = _UNACCEPTABLE) -> Response:
        """Return the page with what was entered and what was wrong with it."""
        with self.forms.reading() as session:
            return render_target(
                session,
                self.wanted,
                caller=self.caller,
                now=self.now,
                entered=self.entered,
                status=status,
            )

    def decide(self, state: TargetState, comment: str) -> Response:
        """Let a version become something."""
        number = self.version

        def act(session: Session) -> object:
            return decide(
                session,
                ods_code=self.ods_code,
                id_=self.target_id,
                decision=Decision(number, state, comment or None),
                precondition=self.precondition,
                caller=self.caller,
                view=View(self.now),
            )

        return self.do(act, state.value)


Desk = Annotated[_Desk, Depends()]


@router.post("/submit")
def post_submission(desk: Desk) -> Response:
    """Put a draft in force."""

    def act(session: Session) -> object:
        return submit_target(
            session,
            ods_code=desk.ods_code,
            id_=desk.target_id,
            precondition=desk.precondition,
            caller=desk.caller,
            view=View(desk.now),
        )

    return desk.do(act, TargetState.SUBMITTED.value)


@router.post("/withdraw")
def post_withdrawal(desk: Desk) -> Response:
    """Take a version back, for a reason."""
    comment = desk.text("withdrawal", "Say why the target is withdrawn.")
    return desk.decide(TargetState.WITHDRAWN, comment) if comment else desk.refuse()


@router.post("/decide")
def post_decision(desk: Desk) -> Response:
    """Mark a version as reviewed, or return it to the trust with a comment."""
    decision = desk.entered.choice(
        "decision", _DECISIONS, otherwise="Choose what the target becomes."
    )
    is_returned = decision == TargetState.RETURNED
    needed = "Say what the trust should think of again." if is_returned else ""
    comment = desk.text("decision_comment", needed)
    return desk.refuse() if desk.entered.faults else desk.decide(TargetState(decision), comment)


_DECISIONS: Final = (TargetState.REVIEWED, TargetState.RETURNED)


@router.post("/comments")
def post_comment(desk: Desk) -> Response:
    """Say something about a version."""
    text = desk.text("comment", "Write your comment.")
    if not text:
        return desk.refuse()

    def act(session: Session) -> object:
        return add_comment(
            session,
            ods_code=desk.ods_code,
            id_=desk.target_id,
            version=desk.version,
            text=text,
            caller=desk.caller,
            view=View(desk.now),
        )

    return desk.do(act, "commented")
