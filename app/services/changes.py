"""What changed since a caller last looked."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlmodel import Session

from app.domain.callers import Action, Caller, Role
from app.domain.changes import OPEN, ChangeKind, Entry, View
from app.domain.organisations import Kind
from app.domain.permissions import RIGHTS, Reach
from app.services.access import has_consent, is_open_to_all, list_own_codes, reaches
from app.store import consents, ledger, organisations

_TOLD_WITH: Mapping[ChangeKind, Action] = {
    ChangeKind.ACTUALS: Action.READ_FIGURES,
    ChangeKind.SIGN_OFF: Action.READ_FIGURES,
    ChangeKind.BOARD: Action.READ_FIGURES,
    ChangeKind.INDICATORS: Action.READ_FIGURES,
    ChangeKind.EXPLANATION: Action.READ_FIGURES,
    ChangeKind.TARGET: Action.READ_DRAFTS,  # drafts are among them
    ChangeKind.COMMENT: Action.READ_DRAFTS,
    ChangeKind.ACTION_PLAN: Action.READ_PLANS,
    ChangeKind.CONSENT: Action.READ_CONSENTS,
    ChangeKind.IMPORT: Action.READ_IMPORTS,  # those of one trust; of several, nobody's own
}
"""What has to be allowed for a change of an organisation to be told; others are national."""


@dataclass(frozen=True, slots=True)
class Changes:
    """Changes in the order in which they were stored.

    Attributes:
        items: Those that the caller may know of.
        reached: Number from which to go on, now or later.
        has_more: Whether there are more already.
    """

    items: Sequence[Entry]
    reached: int
    has_more: bool


def list_changes(session: Session, *, after: int, limit: int, caller: Caller) -> Changes:
    """Return what changed after a number, as far as a caller may know of it.

    Whoever goes on from `reached` each time misses nothing and gets nothing twice, however many
    writers there are: numbers follow the order of commits.

    Args:
        session: A reading session.
        after: Number of the last change that is known; 0 to begin.
        limit: How many at most.
        caller: Who asks.
    """
    newest = ledger.count_changes(session)
    found = ledger.list_changes(session, _view_of(session, caller), after=after, limit=limit + 1)
    items = found[:limit]
    has_more = len(found) > limit
    return Changes(items, items[-1].number if has_more else max(after, newest), has_more)


def _view_of(session: Session, caller: Caller) -> View | None:
    """Return what a caller may know of; None for everything."""
    if caller.role is Role.NATIONAL:
        return None
    own = _own_codes(session, caller)
    return View(
        of_all=OPEN,
        of_invented=frozenset(
            k for k, action in _TOLD_WITH.items() if is_open_to_all(caller, action, synthetic=True)
        ),
        of_own=_told_with(caller, Reach.OWN, Reach.AREA),
        own=own,
        of_consenting=_told_with(caller, Reach.CONSENTED),
        consenting=_consenting(session, caller, own),
    )


def _told_with(caller: Caller, *reaches_so_far: Reach) -> frozenset[ChangeKind]:
    """Return the kinds with which a caller's role reaches so far."""
    return frozenset(
        kind
        for kind, action in _TOLD_WITH.items()
        if RIGHTS[action].of(caller.role) in reaches_so_far
    )


def _own_codes(session: Session, caller: Caller) -> frozenset[str]:
    """Return the codes of the trusts that a caller is for."""
    match caller.role:
        case Role.TRUST:
            return list_own_codes(session, caller)
        case Role.AREA:
            registered = organisations.list_all(session)
            return frozenset(
                code
                for code, one in registered.items()
                if one.organisation.kind is Kind.TRUST
                and reaches(session, caller, one.organisation)
            )
        case _:
            return caller.organisations


def _consenting(session: Session, caller: Caller, own: frozenset[str]) -> frozenset[str]:
    """Return those of an area caller's trusts that consent to its reading their figures."""
    if caller.role is not Role.AREA:
        return frozenset()
    trusts = organisations.list_some(session, own & consents.list_trusts(session))
    return frozenset(
        code for code, one in trusts.items() if has_consent(session, caller, one.organisation)
    )
