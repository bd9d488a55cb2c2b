"""What happened to a trust's figures and targets, in the order in which it did."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Final, TypeVar

from app.domain.actuals import ActualsRevision, SignOff
from app.domain.boards import BoardRevision
from app.domain.codes import TargetState
from app.domain.indicators import IndicatorsRevision
from app.domain.releases import Correction, Release
from app.domain.target_moves import Move
from app.domain.targets import Target

Revision = ActualsRevision | BoardRevision | IndicatorsRevision


@dataclass(frozen=True, slots=True)
class Revised:
    """Figures of a census that were sent.

    Attributes:
        before: What they took the place of; None for the first of the census.
    """

    after: Revision
    before: Revision | None

    @property
    def at(self) -> datetime:
        """When."""
        return self.after.record.at


@dataclass(frozen=True, slots=True)
class SignedOff:
    """Headcounts that the board approved."""

    year: int
    revision: int
    sign_off: SignOff

    @property
    def at(self) -> datetime:
        """When."""
        return self.sign_off.record.at


@dataclass(frozen=True, slots=True)
class Released:
    """A census that became public: of all trusts, or the trust's own figures."""

    release: Release

    @property
    def at(self) -> datetime:
        """When."""
        return self.release.record.at


@dataclass(frozen=True, slots=True)
class Corrected:
    """A public note on what was corrected, for who may not read the revision itself."""

    correction: Correction

    @property
    def at(self) -> datetime:
        """When."""
        return self.correction.corrected_at


@dataclass(frozen=True, slots=True)
class TargetMoved:
    """A version of a target that came to a point in its life."""

    target: Target
    move: Move

    @property
    def at(self) -> datetime:
        """When."""
        return self.move.record.at


Event = Revised | SignedOff | Released | Corrected | TargetMoved

_R = TypeVar("_R", ActualsRevision, BoardRevision, IndicatorsRevision)

_UNSEEN: Final = frozenset({TargetState.DRAFT})
"""Points in the life of a version that only those see who may see drafts."""


def list_revised(revisions: Iterable[_R]) -> Iterator[Revised]:
    """Yield what was sent, given all revisions of a trust by census and oldest first."""
    before: _R | None = None
    for one in revisions:
        follows = before is not None and before.year == one.year
        yield Revised(one, before if follows else None)
        before = one


def list_signed_off(revisions: Iterable[ActualsRevision]) -> Iterator[SignedOff]:
    """Yield what the board approved."""
    for one in revisions:
        if one.sign_off is not None:
            yield SignedOff(one.year, one.revision, one.sign_off)


def list_moved(versions: Iterable[Target], *, with_drafts: bool) -> Iterator[TargetMoved]:
    """Yield what happened to versions of a target, as far as somebody may see it."""
    for target in versions:
        for move in target.version.moves:
            if with_drafts or move.state not in _UNSEEN:
                yield TargetMoved(target, move)
