"""Whether a caller may do what it asks for."""

from sqlmodel import Session

from app.domain.audit import Reading
from app.domain.callers import MAY, OPEN_TO_ALL, Action, Caller, Role
from app.domain.errors import NotAllowed, SyntheticBesideReal, TokenInvalid
from app.domain.organisations import Attribute, Kind, Organisation, find_ancestors
from app.domain.records import Author
from app.store import actuals, boards, indicators, organisations, readings

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
    needed = MAY[action]
    if caller.role is Role.ANONYMOUS:
        if action not in OPEN_TO_ALL:
            raise TokenInvalid("Changing anything takes a bearer token.")
        raise TokenInvalid("This takes a bearer token: figures of real trusts are not public yet.")
    raise NotAllowed(role=caller.role.value, needed=[role.value for role in needed])


def may(session: Session, caller: Caller, action: Action, organisation: Organisation) -> bool:
    """Return whether a caller may do something with an organisation.

    Whoever may read exact figures that are not its own is noted: they count as read.
    """
    if organisation.is_synthetic and action in OPEN_TO_ALL:
        return True
    is_allowed = caller.role in MAY[action] and reaches(session, caller, organisation)
    if is_allowed and action in EXACT:
        note_reading(session, caller, organisation.ods_code)
    return is_allowed


def note_reading(session: Session, caller: Caller, ods_code: str) -> None:
    """Note that a caller reads exact figures, unless they are those of its own trusts.

    Args:
        session: Whoever opened it records the notes.
        caller: Who reads.
        ods_code: Of a trust, or of the area whose trusts are added up or listed.
    """
    if caller.role in OF_OTHERS:
        readings.note(session, Reading(caller, ods_code))


def require_role(caller: Caller, action: Action) -> None:
    """Refuse a caller whose role does not allow something that is no organisation's own.

    Raises:
        TokenInvalid: The caller has no token.
        NotAllowed: The caller's role does not allow it.
    """
    if caller.role is Role.ANONYMOUS:
        raise TokenInvalid("This takes a bearer token.")
    if caller.role not in MAY[action]:
        raise NotAllowed(role=caller.role.value, needed=[role.value for role in MAY[action]])


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
    """Return whether an organisation is among those that a caller is for, as of today.

    A trust's callers reach its predecessors, an area's the trusts that lie in it.
    """
    code, codes = organisation.ods_code, caller.organisations
    if caller.role is Role.NATIONAL or code in codes:
        return True
    if caller.role is Role.TRUST_DATA:
        return False
    if caller.role is Role.AREA:
        places = {organisation.newest(Attribute.ICB), organisation.newest(Attribute.REGION)}
        return organisation.kind is Kind.TRUST and bool(places & codes)
    return code in list_own_codes(session, caller)


def list_own_codes(session: Session, caller: Caller) -> frozenset[str]:
    """Return the codes of a trust's caller: the trust's, and those of its predecessors."""
    known = [one.succession for one in organisations.list_successions(session)]
    own = caller.organisations
    return own.union(*(find_ancestors(code, known) for code in own))
