"""What a caller sees of many trusts' figures: exactly, as they were released, or not at all."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session

from app.domain.area_units import Sent, Unit
from app.domain.callers import Action, Caller, Role
from app.domain.organisations import Organisation
from app.domain.releases import Release, Revisions, find_published
from app.domain.sights import CellGroup, Decisions, Sight, look_at
from app.services.access import is_open_to_all, list_own_codes, may
from app.services.area_scenes import list_sendings
from app.services.public_decisions import read_decisions
from app.store import areas, releases


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

    @property
    def is_empty(self) -> bool:
        """Whether nothing is seen of anybody."""
        return not self.sent.staff and not self.sent.boards

    def look_at(self, units: Sequence[Unit], groups: Sequence[CellGroup]) -> Sight:
        """Return what the caller sees of groups of people in trusts."""
        return look_at(units, self.sent.years, groups, staff=self.staff, boards=self.boards)


def list_readable(
    session: Session, caller: Caller, trusts: Iterable[Organisation]
) -> frozenset[str]:
    """Return the codes of the trusts whose figures a caller may read exactly."""
    action = Action.READ_FIGURES
    if caller.role is not Role.TRUST:
        return frozenset(one.ods_code for one in trusts if may(session, caller, action, one))
    own = list_own_codes(session, caller)
    return frozenset(
        one.ods_code
        for one in trusts
        if one.ods_code in own or is_open_to_all(caller, action, synthetic=one.is_synthetic)
    )


def read_view(
    session: Session, codes: Collection[str], *, exact: frozenset[str], as_of: datetime | None
) -> PublicView:
    """Return what a caller sees of some trusts, as of an instant.

    What a trust has released of its own is of its headcounts; its board is public in the
    editions of all trusts only.

    Args:
        session: A reading session.
        codes: Of the trusts.
        exact: Those whose figures the caller may read exactly.
        as_of: None for now.
    """
    made = releases.list_covering(session, codes, as_of=as_of)
    of_all = [one for one in made if not one.is_exact]
    staff, boards = (areas.list_revisions(session, codes, of_board=kind) for kind in (False, True))
    public_staff = find_published(_without(staff, exact), made)
    public_boards = find_published(_without(boards, exact), of_all)
    sent = areas.read_chosen(
        session,
        codes,
        _choose(staff, exact, as_of) | {key: one.revision for key, one in public_staff.items()},
        _choose(boards, exact, as_of) | {key: one.revision for key, one in public_boards.items()},
    )
    used: dict[int, Release] = {
        id(one.release): one.release for one in (*public_staff.values(), *public_boards.values())
    }
    own = (one for one in (*sent.staff.values(), *sent.boards.values()) if one.ods_code in exact)
    return PublicView(
        sent=sent,
        staff=read_decisions(session, sent, public_staff, of_board=False),
        boards=read_decisions(session, sent, public_boards, of_board=True),
        exact=exact,
        changes=(*(one.record.at for one in used.values()), *list_sendings(own)),
    )


def _without(revisions: Revisions, codes: frozenset[str]) -> Revisions:
    return {key: sent for key, sent in revisions.items() if key[0] not in codes}


def _choose(
    revisions: Revisions, codes: frozenset[str], as_of: datetime | None
) -> dict[tuple[str, int], int]:
    """Return the revisions of some trusts that count at an instant."""
    return {
        key: known[-1]
        for key, sent in revisions.items()
        if key[0] in codes
        and (known := [number for number, at in sent if as_of is None or at <= as_of])
    }
