"""Whether a caller may do what it asks for."""

from sqlmodel import Session

from app.domain.audit import Reading
from app.domain.callers import Action, Caller, Role
from app.domain.errors import NotAllowed, SyntheticBesideReal, TokenInvalid
from app.domain.organisations import Attribute, Kind, Organisation, find_ancestors
from app.domain.permissions import (
    RIGHTS,
    Operation,
    Reach,
    list_roles,
    role_may,
)
from app.domain.records import Author
from app.store import actuals, boards, consents, indicators, organisations, readings

EXACT = frozenset({Action.READ_FIGURES, Action.BENCHMARK})
"""What shows exact figures of an organisation."""

OF_OTHERS = frozenset({Role.NATIONAL, Role.AREA})
"""Roles that read figures of organisations that are not their own."""


def authorise(
    session: Session, caller: Caller, action: Action, organisation: Organisation
) -> None:
    """Refuse a caller who may not do something with an organisation.

    The answer is the same whether or not anything is held.

    Raises:
        TokenInvalid: The caller has no token, and it takes one.
        NotAllowed: The caller's role, or its organisations, do not allow it.
    """
    if may(session, caller, action, organisation):
        return
    if caller.role is Role.ANONYMOUS and RIGHTS[action].opens_invented:
        raise TokenInvalid("This takes a bearer token: figures of real trusts are not public yet.")
    raise _refusal_of(caller, action)


def may(session: Session, caller: Caller, action: Action, organisation: Organisation) -> bool:
    """Return whether a caller may do something with an organisation.

    Whoever may read exact figures that are not its own is noted: they count as read.
    """
    if is_open_to_all(caller, action, synthetic=organisation.is_synthetic):
        return True
    is_allowed = _has_right(session, caller, action, organisation)
    if is_allowed and action in EXACT:
        note_reading(session, caller, organisation.ods_code)
    return is_allowed


def _has_right(
    session: Session, caller: Caller, action: Action, organisation: Organisation
) -> bool:
    match RIGHTS[action].of(caller.role):
        case Reach.ALL:
            return True
        case Reach.OWN | Reach.AREA:
            return reaches(session, caller, organisation)
        case Reach.CONSENTED:
            return has_consent(session, caller, organisation)
        case _:
            return False


def note_reading(session: Session, caller: Caller, ods_code: str) -> None:
    """Note that a caller reads exact figures, unless they are those of its own trusts.

    Args:
        session: Whoever opened it records the notes.
        caller: Who reads.
        ods_code: Of a trust, or of the area whose trusts are added up or listed.
    """
    if caller.role in OF_OTHERS:
        readings.note(session, Reading(caller, ods_code))


def is_open_to_all(caller: Caller, action: Action, *, synthetic: bool) -> bool:
    """Return whether a caller may do something whatever its role is.

    Args:
        caller: Who asks.
        action: What it wants to do.
        synthetic: Whether the trusts are invented.
    """
    return synthetic and caller.sees_invented and RIGHTS[action].opens_invented


def require_role(caller: Caller, action: Action, *, synthetic: bool = False) -> None:
    """Refuse a caller whose role does not allow something that is no organisation's own.

    Args:
        caller: Who asks.
        action: What it wants to do.
        synthetic: Whether it is about invented trusts.

    Raises:
        TokenInvalid: The caller has no token.
        NotAllowed: The caller's role does not allow it.
    """
    if is_open_to_all(caller, action, synthetic=synthetic) or role_may(caller.role, action):
        return
    raise _refusal_of(caller, action)


def require_admission(caller: Caller, operation: Operation) -> None:
    """Refuse a caller who can reach nothing with an operation, whatever it sends.

    Raises:
        TokenInvalid: The caller has no token.
        NotAllowed: The caller's role does not allow it.
    """
    if operation.action is not None and not operation.admits(caller):
        raise _refusal_of(caller, operation.action)


def _refusal_of(caller: Caller, action: Action) -> TokenInvalid | NotAllowed:
    """Return how a caller is refused who may not do something."""
    if caller.role is Role.ANONYMOUS:
        return TokenInvalid("This takes a bearer token.")
    needed = [role.value for role in list_roles(action)]
    return NotAllowed(role=caller.role.value, needed=needed)


def author_of(caller: Caller) -> Author:
    """Return how a caller's changes are recorded; the national team's as supplied by it."""
    supplied_by = Role.NATIONAL.value if caller.role is Role.NATIONAL else None
    return Author(caller.name, supplied_by)


def refuse_mixture(session: Session, organisation: Organisation) -> None:
    """Refuse figures of a trust where figures of the other sort, invented or real, are held.

    Raises:
        SyntheticBesideReal: They are.
    """
    refuse_beside_others(session, synthetic=organisation.is_synthetic)


def refuse_beside_others(session: Session, *, synthetic: bool) -> None:
    """Refuse figures of one sort, invented or real, where those of the other are held.

    Raises:
        SyntheticBesideReal: They are.
    """
    others = not synthetic
    if holds_figures(session, synthetic=others):
        raise SyntheticBesideReal(held="invented" if others else "real")


def holds_figures(session: Session, *, synthetic: bool) -> bool:
    """Return whether figures of any invented, or of any real, trust are held."""
    stores = (actuals, boards, indicators)
    return any(store.holds_any(session, synthetic=synthetic) for store in stores)


def reaches(session: Session, caller: Caller, organisation: Organisation) -> bool:
    """Return whether an organisation is among those that a caller is for, on its day.

    A trust's callers reach its predecessors, an area's the trusts that lie in it.
    """
    code, codes = organisation.ods_code, caller.organisations
    if caller.role is Role.NATIONAL or code in codes:
        return True
    if caller.role is Role.TRUST_DATA:
        return False
    if caller.role is Role.AREA:
        return bool(list_areas(caller, organisation))
    return code in list_own_codes(session, caller)


def list_areas(caller: Caller, trust: Organisation) -> frozenset[str]:
    """Return those of an area caller's areas in which a trust lies on the caller's day."""
    if trust.kind is not Kind.TRUST:
        return frozenset()
    places = (_place(trust, one, caller) for one in (Attribute.ICB, Attribute.REGION))
    return caller.organisations.intersection(one for one in places if one is not None)


def _place(trust: Organisation, attribute: Attribute, caller: Caller) -> str | None:
    if caller.day is None:
        return trust.newest(attribute)
    return trust.value_on(attribute, caller.day)


def has_consent(session: Session, caller: Caller, trust: Organisation) -> bool:
    """Return whether a trust lies in one of an area caller's areas and consents to that one."""
    areas = list_areas(caller, trust)
    return bool(areas) and not areas.isdisjoint(consents.list_codes(session, trust.ods_code))


def list_own_codes(session: Session, caller: Caller) -> frozenset[str]:
    """Return the codes of a trust's caller: the trust's, and those of its predecessors.

    What takes effect after the caller's day does not count yet.
    """
    known = [
        one.succession
        for one in organisations.list_successions(session)
        if caller.day is None or one.succession.effective_date <= caller.day
    ]
    own = caller.organisations
    return own.union(*(find_ancestors(code, known) for code in own))
