"""What a caller sees of many trusts' figures: exactly, as they were released, or not at all."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session

from app.domain.area_units import Sent
from app.domain.callers import Action, Caller, Role
from app.domain.organisations import Organisation
from app.domain.sights import Decisions
from app.services.access import is_open_to_all, list_own_codes, may


@dataclass(frozen=True, slots=True)
class PublicView:
    """What a caller sees of some trusts.

    Attributes:
        sent: What they have sent, exactly; it is not for the caller as it is.
        staff: What is hidden of returns of headcounts.
        boards: What is hidden of boards.
        exact: The trusts whose figures the caller may read exactly.
        changes: The instants of what the view depends on.
    """

    sent: Sent
    staff: Decisions
    boards: Decisions
    exact: frozenset[str]
    changes: tuple[datetime, ...]


def list_readable(
    session: Session, caller: Caller, trusts: Iterable[Organisation]
) -> frozenset[str]:
    """Return the codes of the trusts whose figures a caller may read exactly."""
    action = Action.READ_FIGURES
    if caller.role is Role.TRUST:
        own = list_own_codes(session, caller)
        return frozenset(
            one.ods_code
            for one in trusts
            if one.ods_code in own or is_open_to_all(caller, action, synthetic=one.is_synthetic)
        )
    return frozenset(one.ods_code for one in trusts if may(session, caller, action, one))
