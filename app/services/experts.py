"""Recording WRES experts, erasing them, and finding who supports which trust."""

import secrets
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime

from sqlmodel import Session

from app.domain.callers import Action, Caller, Role
from app.domain.changes import Change, ChangeKind
from app.domain.errors import ExpertErased, ExpertNotFound, UnacceptableExpert
from app.domain.experts import (
    Expert,
    ExpertRevision,
    Person,
    Support,
    find_email_faults,
    find_support_faults,
    find_trust_faults,
)
from app.domain.preconditions import Precondition
from app.domain.records import Author, Record
from app.services.access import authorise, list_own_codes, require_role
from app.store import experts, kept_answers, ledger, organisations

_PREFIX = "x"
_ID_BYTES = 6


@dataclass(frozen=True, slots=True)
class ExpertSubmission:
    """An expert as a caller records one.

    Attributes:
        supports: In the order in which they were sent, to which faults point.
    """

    person: Person
    cohort: str
    supports: tuple[Support, ...]


@dataclass(frozen=True, slots=True)
class Filter:
    """Which experts are wanted; None for any.

    Attributes:
        trust: ODS code of a trust that they support, on the day if one is given.
        on: A day on which they support a trust.
        cohort: The programme's intake.
    """

    trust: str | None = None
    on: date | None = None
    cohort: str | None = None

    def admits(self, expert: Expert) -> bool:
        """Return whether an expert is wanted."""
        if self.cohort not in {None, expert.cohort}:
            return False
        if self.trust is None and self.on is None:
            return True
        return any(
            self.trust in {None, one.ods_code} and (self.on is None or one.holds_on(self.on))
            for one in expert.supports
        )


def tag_of(revision: ExpertRevision) -> str:
    """Return the entity tag of an expert as the national team sees it."""
    erased = "-erased" if revision.erased_at else ""
    return f'"{revision.revision}{erased}"'


def key_of(revision: ExpertRevision) -> str:
    """Return the key by which lists of experts are ordered, and go on after a page."""
    return f"{revision.created_at:%Y-%m-%dT%H:%M:%S.%f}"


def list_experts(
    session: Session,
    *,
    wanted: Filter,
    after: str | None,
    limit: int | None,
    caller: Caller,
    now: datetime,
) -> list[ExpertRevision]:
    """Return the experts that are wanted and that the caller may know of, oldest first.

    Args:
        session: A reading session.
        wanted: Which ones.
        after: Only those after this key.
        limit: How many at most; None for all.
        caller: A trust's sees who supports or supported it, and of that nothing else.
        now: The instant.

    Raises:
        TokenInvalid: The caller has no token.
        NotAllowed: The caller may not know of experts.
    """
    require_role(caller, Action.READ_EXPERTS)
    found = [
        one
        for one in _as_seen(session, experts.list_all(session), caller, now)
        if (after is None or key_of(one) > after) and wanted.admits(one.expert)
    ]
    return found[:limit]


def list_experts_of_trust(
    session: Session,
    *,
    ods_code: str,
    on: date | None,
    after: str | None,
    limit: int,
    caller: Caller,
    now: datetime,
) -> list[ExpertRevision]:
    """Return who supports a trust on a day, today if none is given; oldest first.

    Raises:
        TokenInvalid: The caller has no token.
        NotAllowed: The caller may not know of the trust's experts.
        TrustNotFound: No trust has the code.
    """
    require_role(caller, Action.READ_EXPERTS)
    trust = organisations.get_trust(session, ods_code)
    authorise(session, caller, Action.READ_EXPERTS, trust)
    wanted = Filter(trust=ods_code, on=on or now.date())
    return list_experts(session, wanted=wanted, after=after, limit=limit, caller=caller, now=now)


def get_expert(
    session: Session, *, expert_id: str, caller: Caller, now: datetime
) -> ExpertRevision:
    """Return an expert as the caller may know one.

    Raises:
        TokenInvalid: The caller has no token.
        NotAllowed: The caller may not know of experts.
        ExpertNotFound: There is none that the caller may know of.
    """
    require_role(caller, Action.READ_EXPERTS)
    seen = _as_seen(session, [experts.get(session, expert_id)], caller, now)
    if not seen:
        raise ExpertNotFound(expert_id)
    return seen[0]


def find_experts_by_email(session: Session, *, email: str, caller: Caller) -> list[ExpertRevision]:
    """Return who has, or had in any revision, an e-mail, in capitals or not; oldest first.

    Raises:
        TokenInvalid: The caller has no token.
        NotAllowed: The caller may not record experts.
    """
    require_role(caller, Action.WRITE_EXPERTS)
    return experts.find_by_email(session, email)


def post_expert(
    session: Session, *, submission: ExpertSubmission, caller: Caller, now: datetime
) -> ExpertRevision:
    """Record a new expert.

    Raises:
        TokenInvalid: The caller has no token.
        NotAllowed: The caller may not record experts.
        UnacceptableExpert: It has faults, all of which are listed.
    """
    require_role(caller, Action.WRITE_EXPERTS)
    ledger.take_turn(session)
    expert = _checked(session, submission)
    id_ = f"{_PREFIX}{secrets.token_hex(_ID_BYTES)}"
    at = ledger.stamp(session, now, Change(ChangeKind.EXPERT, name=id_))
    made = ExpertRevision(
        id=id_,
        revision=1,
        expert=expert,
        record=Record(at, Author(caller.name)),
        created_at=at,
    )
    experts.add(session, made)
    return made


def put_expert(
    session: Session,
    *,
    expert_id: str,
    submission: ExpertSubmission,
    precondition: Precondition,
    caller: Caller,
    now: datetime,
) -> ExpertRevision:
    """Store what an expert is now as a new revision; the same again changes nothing.

    Raises:
        TokenInvalid: The caller has no token.
        NotAllowed: The caller may not record experts.
        ExpertNotFound: There is no such expert.
        ExpertErased: The person was erased.
        UnacceptableExpert: It has faults, all of which are listed.
        RevisionStale: The caller names another revision than the one held.
        RevisionNotNamed: The caller names none.
    """
    require_role(caller, Action.WRITE_EXPERTS)
    ledger.take_turn(session)
    held = experts.get(session, expert_id)
    if held.erased_at is not None:
        raise ExpertErased(expert_id)
    expert = _checked(session, submission, held)
    if expert == held.expert:
        return held
    tag = tag_of(held)
    replace(precondition, seen=tag).check(tag)
    at = ledger.stamp(session, now, Change(ChangeKind.EXPERT, name=expert_id))
    record = Record(at, Author(caller.name))
    changed = replace(held, revision=held.revision + 1, expert=expert, record=record)
    experts.revise(session, changed)
    return changed


def erase_expert(
    session: Session,
    *,
    expert_id: str,
    precondition: Precondition,
    caller: Caller,
    now: datetime,
) -> None:
    """Take name and e-mail out of every revision of an expert; once erased, it stays so.

    Cohort and supports stay, so that counts stay as they were; what is still supported has the
    day of the erasure as its last.

    Raises:
        TokenInvalid: The caller has no token.
        NotAllowed: The caller may not erase experts.
        ExpertNotFound: There is no such expert.
        RevisionStale: The caller names another revision than the one held.
    """
    require_role(caller, Action.WRITE_EXPERTS)
    ledger.take_turn(session)
    held = experts.get(session, expert_id)
    if held.erased_at is not None:
        return
    precondition.check_if_given(tag_of(held))
    at = ledger.stamp(session, now, Change(ChangeKind.EXPERT, name=expert_id))
    experts.erase(session, expert_id, at=at, by=caller.name)
    kept_answers.forget_with(session, [expert_id])


def _as_seen(
    session: Session, found: Iterable[ExpertRevision], caller: Caller, now: datetime
) -> list[ExpertRevision]:
    """Return experts as a caller may know them."""
    if caller.role is Role.NATIONAL:
        return list(found)
    codes, today = list_own_codes(session, caller), now.date()
    seen = (one.seen_from(codes, today) for one in found)
    return [one for one in seen if one is not None]


def _checked(
    session: Session, submission: ExpertSubmission, held: ExpertRevision | None = None
) -> Expert:
    """Return the expert that was sent, new or in place of the one held, if it has no faults."""
    person, sent = submission.person, submission.supports
    found = organisations.list_some(session, [one.ods_code for one in sent])
    register = {code: one.organisation for code, one in found.items()}
    before = held.expert.person if held else None
    is_kept = before is not None and before.has_email(person.email)
    # Whoever keeps an e-mail is not asked about it: two may share one from earlier releases.
    others = [] if is_kept else experts.list_all(session)
    faults = [
        *find_email_faults(person, others),
        *find_support_faults(sent),
        *find_trust_faults(sent, register),
    ]
    if faults:
        raise UnacceptableExpert(faults)
    return Expert(person, submission.cohort, sent)
