"""What a caller sees of many trusts' figures: exactly, as they were released, or not at all."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session

from app.domain.area_units import Sent, Unit
from app.domain.callers import Action, Caller, Role
from app.domain.organisations import Organisation
from app.domain.published_groups import TREES, Part
from app.domain.releases import Published, Revisions, find_published
from app.domain.sights import CellGroup, Hidden, Sight, look_at, needed_names
from app.services.access import is_open_to_all, list_own_codes, may
from app.services.area_scenes import list_sendings
from app.store import areas, disclosures, releases


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
    staff: Hidden
    boards: Hidden
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
    session: Session,
    codes: Collection[str],
    groups: Sequence[CellGroup],
    *,
    exact: frozenset[str],
    as_of: datetime | None,
) -> PublicView:
    """Return what a caller sees of some trusts, as of an instant.

    What a trust has released of its own is of its headcounts; its board is public in the
    editions of all trusts only.

    Args:
        session: A reading session.
        codes: Of the trusts.
        groups: The groups of people that are looked at.
        exact: Those whose figures the caller may read exactly.
        as_of: None for now.
    """
    made = releases.list_covering(session, codes, as_of=as_of)
    of_all = [one for one in made if not one.is_exact]
    staff, boards = (areas.list_revisions(session, codes, of_board=kind) for kind in (False, True))
    public = [
        _control(session, find_published(_without(sent, exact), those), part, groups)
        for sent, those, part in (
            (staff, made, Part.WORKFORCE),
            (boards, of_all, Part.BOARD),
        )
    ]
    sent = areas.read_chosen(
        session,
        codes,
        *(
            _choose(revisions, exact, as_of) | one.revisions
            for revisions, one in zip((staff, boards), public, strict=True)
        ),
    )
    own = (one for one in (*sent.staff.values(), *sent.boards.values()) if one.ods_code in exact)
    return PublicView(
        sent=sent,
        staff=public[0].hidden,
        boards=public[1].hidden,
        exact=exact,
        changes=(*(at for one in public for at in one.changes), *list_sendings(own)),
    )


@dataclass(frozen=True, slots=True)
class _Public:
    """What everybody may read of a table of trusts.

    Attributes:
        revisions: Those that are public, by trust and census.
        changes: The instants of the releases that hold them.
    """

    revisions: dict[tuple[str, int], int]
    hidden: Hidden
    changes: frozenset[datetime]


def _control(
    session: Session,
    published: Mapping[tuple[str, int], Published],
    part: Part,
    groups: Sequence[CellGroup],
) -> _Public:
    """Return what is public, with what is hidden of it.

    What is public not exactly but was never decided about is not public.
    """
    editions = {
        key: one.release.edition for key, one in published.items() if not one.release.is_exact
    }
    names = needed_names(TREES[part], groups)
    hidden = disclosures.read_hidden(session, part, editions, names)
    shown = {
        key: one for key, one in published.items() if one.release.is_exact or key in hidden.places
    }
    return _Public(
        revisions={key: one.revision for key, one in shown.items()},
        hidden=hidden,
        changes=frozenset(one.release.record.at for one in shown.values()),
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
