"""Consenting to areas that want to read a trust's exact figures, and looking it up."""

from dataclasses import dataclass, replace
from datetime import datetime

from sqlmodel import Session

from app.domain.callers import Action, Caller
from app.domain.changes import Change, ChangeKind
from app.domain.consents import ConsentRevision, Consents, find_consent_faults
from app.domain.errors import UnacceptableConsents
from app.domain.preconditions import Precondition
from app.domain.records import Record
from app.services.access import author_of, authorise
from app.store import consents, ledger, organisations


@dataclass(frozen=True, slots=True)
class StoredConsents:
    """What is held after a write.

    Attributes:
        is_new: Whether the trust had never said anything before.
    """

    consents: Consents
    is_new: bool


def tag_of(held: Consents) -> str:
    """Return the entity tag of a trust's consents, of none too."""
    return f'"{held.revision}"'


def get_consents(session: Session, *, ods_code: str, caller: Caller) -> Consents:
    """Return what a trust consents to, and ever consented to.

    Raises:
        TrustNotFound: No trust has the code.
        TokenInvalid: The caller has no token.
        NotAllowed: The caller may not know of the trust's consents.
    """
    trust = organisations.get_trust(session, ods_code)
    authorise(session, caller, Action.READ_CONSENTS, trust)
    return _read(session, ods_code)


def put_consents(
    session: Session,
    *,
    ods_code: str,
    areas: tuple[str, ...],
    precondition: Precondition,
    caller: Caller,
    now: datetime,
) -> StoredConsents:
    """Store which areas a trust consents to from now on; the same again changes nothing.

    Raises:
        TrustNotFound: No trust has the code.
        TokenInvalid: The caller has no token.
        NotAllowed: The caller may not consent for the trust.
        UnacceptableConsents: A code is no area's, or named twice.
        RevisionStale: The caller names another revision than the one held.
        RevisionNotNamed: The caller names none, and one is held.
    """
    ledger.take_turn(session)
    trust = organisations.get_trust(session, ods_code)
    authorise(session, caller, Action.GIVE_CONSENT, trust)
    registered = organisations.list_some(session, areas)
    known = {code: one.organisation for code, one in registered.items()}
    faults = find_consent_faults(areas, known)
    if faults:
        raise UnacceptableConsents(faults)
    held, wanted = _read(session, ods_code), tuple(sorted(areas))
    if held.areas == wanted:
        return StoredConsents(held, is_new=False)
    # Before the first revision there is an answer with a tag, but nothing that has to be named.
    if held.revision or precondition.if_match is not None:
        tag = tag_of(held)
        replace(precondition, seen=tag).check(tag)
    at = ledger.stamp(session, now, Change(ChangeKind.CONSENT, ods_code))
    record = Record(at, author_of(caller))
    made = ConsentRevision(ods_code, held.revision + 1, wanted, record)
    consents.add(session, made)
    return StoredConsents(Consents.of(ods_code, [*held.history, made]), is_new=not held.revision)


def _read(session: Session, ods_code: str) -> Consents:
    return Consents.of(ods_code, consents.list_revisions(session, ods_code))
