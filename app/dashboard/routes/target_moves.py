"""Routes of what is done with a target: submitted, reviewed, returned, withdrawn, talked about."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Annotated, Final

from fastapi import APIRouter, Depends, Form, Response
from fastapi.responses import RedirectResponse
from pydantic import BaseModel, Field
from sqlmodel import Session

from app.dashboard.deps import Forms, Now, PageCaller
from app.dashboard.entered_texts import EnteredText, find_text_faults, read_text
from app.dashboard.routes.targets import PREFIX, TargetId, Wanted, render_target
from app.dashboard.routing import SEE_OTHER, PageRoute
from app.dashboard.views.content import FieldFault
from app.dashboard.views.target import Entered
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


class MoveEntries(BaseModel):
    """What the forms of a target's page send: texts, empty where nothing was entered."""

    version: Annotated[int, Field(ge=1, le=10_000)]
    tag: EnteredText = ""
    decision: EnteredText = ""
    decision_comment: EnteredText = ""
    withdrawal: EnteredText = ""
    comment: EnteredText = ""


Sent = Annotated[MoveEntries, Form()]


@dataclass(frozen=True, slots=True)
class _Desk:
    """What a form about a target is taken with."""

    ods_code: str
    target_id: TargetId
    entries: Sent
    caller: PageCaller
    now: Now
    forms: Forms

    @property
    def wanted(self) -> Wanted:
        """Which version it is about."""
        return Wanted(self.ods_code, self.target_id, self.entries.version)

    @property
    def precondition(self) -> Precondition:
        """What the reader has seen."""
        return Precondition(frozenset({self.entries.tag}))

    def text(self, name: str, needed: str | None, faults: list[FieldFault]) -> str | None:
        """Return what was written into a field; None, and maybe a fault, if nothing was."""
        entered: str = getattr(self.entries, name)
        text = read_text(entered)
        faults.extend(
            FieldFault(name, one) for one in find_text_faults(text, LONGEST_PASSAGE, needed)
        )
        return text or None

    def do(self, act: Callable[[Session], object], done: str) -> Response:
        """Do something in a transaction, and lead to the page that says so."""
        try:
            with self.forms.writing() as session:
                act(session)
        except UnacceptableTarget as error:
            sentences = [one.sentence for one in place_faults(error.faults, ())]
            return self.refuse([FieldFault("", one) for one in sentences])
        except (RevisionStale, TargetMoveNotAllowed, TargetNotDraft):
            return self.refuse([FieldFault("", MEANWHILE)], _CONFLICT)
        query = f"version={self.entries.version}&done={done}"
        path = f"/trusts/{self.ods_code}/targets/{self.target_id}?{query}"
        return RedirectResponse(path, SEE_OTHER)

    def refuse(self, faults: list[FieldFault], status: int = _UNACCEPTABLE) -> Response:
        """Return the page with what was entered and what was wrong with it."""
        entered = Entered(faults, self.entries.decision, self.entries.model_dump())
        with self.forms.reading() as session:
            return render_target(
                session,
                self.wanted,
                caller=self.caller,
                now=self.now,
                entered=entered,
                status=status,
            )

    def decide(self, state: TargetState, comment: str | None) -> Response:
        """Let a version become something."""
        number = self.entries.version

        def act(session: Session) -> object:
            return decide(
                session,
                ods_code=self.ods_code,
                id_=self.target_id,
                decision=Decision(number, state, comment),
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
    faults: list[FieldFault] = []
    comment = desk.text("withdrawal", "Say why the target is withdrawn.", faults)
    return desk.refuse(faults) if faults else desk.decide(TargetState.WITHDRAWN, comment)


@router.post("/decide")
def post_decision(desk: Desk) -> Response:
    """Mark a version as reviewed, or return it to the trust with a comment."""
    faults: list[FieldFault] = []
    state = _DECISIONS.get(desk.entries.decision)
    if state is None:
        faults.append(FieldFault("decision", "Choose what the target becomes."))
    needed = "Say what the trust should think of again."
    is_returned = state is TargetState.RETURNED
    comment = desk.text("decision_comment", needed if is_returned else None, faults)
    return desk.refuse(faults) if faults or state is None else desk.decide(state, comment)


_DECISIONS: Final = {one.value: one for one in (TargetState.REVIEWED, TargetState.RETURNED)}


@router.post("/comments")
def post_comment(desk: Desk) -> Response:
    """Say something about a version."""
    faults: list[FieldFault] = []
    text = desk.text("comment", "Write your comment.", faults)
    if faults or text is None:
        return desk.refuse(faults)

    def act(session: Session) -> object:
        return add_comment(
            session,
            ods_code=desk.ods_code,
            id_=desk.target_id,
            version=desk.entries.version,
            text=text,
            caller=desk.caller,
            view=View(desk.now),
        )

    return desk.do(act, "commented")
