"""Finding the targets that wait for a review."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlmodel import Session

from app.domain.callers import Action, Caller
from app.domain.organisations import Organisation
from app.domain.return_facts import SeenTarget
from app.services.access import require_role
from app.services.target_views import View
from app.store import censuses, organisations, returns


@dataclass(frozen=True, slots=True)
class Waiting:
    """A submitted target that nobody has reviewed or returned; it is in force all the same.

    Attributes:
        days: For which it has waited.
    """

    trust: Organisation
    target: SeenTarget
    days: int


def list_waiting(session: Session, *, caller: Caller, view: View) -> Sequence[Waiting]:
    """Return the targets of all trusts that wait for a review, those that waited longest first.

    Raises:
        TokenInvalid: The caller has no token.
        NotAllowed: The caller does not review targets.
    """
    require_role(caller, Action.REVIEW_TARGETS)
    cycles = censuses.list_cycles(session)
    held = returns.list_targets(session, cycles, with_drafts=False, as_of=view.as_of)
    waiting = [
        (code, one, days)
        for code, seen in held.items()
        for one in seen
        if (days := one.days_waiting(view.day)) is not None
    ]
    trusts = organisations.list_some(session, {code for code, _, _ in waiting})
    found = [Waiting(trusts[code].organisation, one, days) for code, one, days in waiting]
    return sorted(found, key=lambda one: (-one.days, one.trust.name, one.target.id))
