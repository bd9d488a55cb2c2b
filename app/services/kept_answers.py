"""Doing a request once, however often it is sent."""

from datetime import datetime

from sqlmodel import Session

from app.domain.errors import AnswerNotKept, IdempotencyKeyReused
from app.domain.kept_answers import KEPT_FOR, Claim
from app.store import kept_answers, ledger


def recall_answer(session: Session, *, claim: Claim, now: datetime) -> str | None:
    """Return what was answered to a request before; None if it is to be done.

    Waits for the change that is under way, which may be the same request; the next one waits
    for this. So of two that come at once one is done, and the other finds its answer.

    Raises:
        IdempotencyKeyReused: The key named another request.
        AnswerNotKept: The request was done, and its answer held a secret, or a text that was
            taken out since.
    """
    ledger.take_turn(session)
    kept_answers.remove_until(session, now - KEPT_FOR)
    held = kept_answers.find(session, claim)
    if held is None:
        return None
    if held.digest != claim.digest:
        raise IdempotencyKeyReused(claim.key)
    if held.content is None:
        raise AnswerNotKept(claim.key)
    return held.content


def keep_answer(session: Session, *, claim: Claim, content: str | None, now: datetime) -> None:
    """Keep an answer beside the change that it tells of, so that both are stored or neither.

    Args:
        session: In the transaction of the change.
        claim: What the caller calls the request by.
        content: The answer; None for one that holds a secret.
        now: The clock's instant.
    """
    kept_answers.add(session, claim, content, now)


def holds_old_answers(session: Session, *, now: datetime) -> bool:
    """Return whether answers are held that are not to be kept any longer."""
    return kept_answers.has_any_until(session, now - KEPT_FOR)


def forget_old_answers(session: Session, *, now: datetime) -> None:
    """Remove the answers that are not to be kept any longer."""
    ledger.take_turn(session)
    kept_answers.remove_until(session, now - KEPT_FOR)
