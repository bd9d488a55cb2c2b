"""Commenting on targets: the national team and the areas to their trusts."""

from sqlmodel import Session

from app.domain.callers import Action, Caller
from app.domain.changes import Change, ChangeKind
from app.domain.records import Author, Record
from app.domain.target_comments import Comment, gather
from app.services.access import authorise
from app.services.instants import refuse_future
from app.services.target_eyes import Eyes
from app.services.target_views import View
from app.store import ledger, organisations, target_comments, targets


def add_comment(
    session: Session,
    *,
    ods_code: str,
    id_: str,
    version: int,
    text: str,
    caller: Caller,
    view: View,
) -> Comment:
    """Store a comment on a version of a target; it changes nothing else.

    Raises:
        TrustNotFound: No trust has the code.
        TokenInvalid: The caller has no token.
        NotAllowed: The caller may not comment on the trust's targets.
        TargetNotFound: The trust has no such target.
        TargetVersionNotFound: The target has no such version.
    """
    ledger.take_turn(session)
    trust = organisations.get_registered_trust(session, ods_code)
    authorise(session, caller, Action.COMMENT, trust.organisation)
    eyes = Eyes.of(session, caller, trust.organisation)
    eyes.require(targets.get(session, ods_code, id_)).get(version)
    at = ledger.stamp(session, view.now, Change(ChangeKind.COMMENT, ods_code, id_))
    record = Record(at, Author(caller.name))
    comment = Comment(version, caller.role, text, record)
    target_comments.add(session, ods_code, id_, comment)
    return comment


def list_comments(
    session: Session, *, ods_code: str, id_: str, caller: Caller, view: View
) -> list[Comment]:
    """Return what was said about a target by an instant, decisions included, oldest first.

    Raises:
        TrustNotFound: No trust has the code.
        TokenInvalid: The caller has no token, and the trust is real.
        NotAllowed: The caller may not read the trust's targets.
        TargetNotFound: The trust had no such target.
        UnacceptableQuestion: The instant has not come.
    """
    trust = organisations.get_registered_trust(session, ods_code)
    authorise(session, caller, Action.READ_TARGETS, trust.organisation)
    refuse_future(view.as_of, view.now)
    eyes = Eyes.of(session, caller, trust.organisation)
    held = eyes.require(targets.get(session, ods_code, id_, as_of=view.as_of))
    said = target_comments.list_of(session, ods_code, id_, as_of=view.as_of)
    return gather(held, said)
