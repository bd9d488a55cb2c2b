"""A target in all of its versions."""

from dataclasses import dataclass
from datetime import datetime

from app.domain.codes import TargetState
from app.domain.errors import TargetVersionNotFound
from app.domain.targets import ParityReference, Target


@dataclass(frozen=True, slots=True)
class Versions:
    """A target in all of its versions, as known at an instant.

    At most one is in force, and at most one, the newest, is a draft.

    Attributes:
        all: At least one, oldest first.
    """

    all: tuple[Target, ...]

    @property
    def newest(self) -> Target:
        """The version with the highest number."""
        return self.all[-1]

    @property
    def in_force(self) -> Target | None:
        """The version that counts; None when there is none."""
        return next((one for one in reversed(self.all) if one.version.is_in_force), None)

    @property
    def draft(self) -> Target | None:
        """The version that is being drafted; None when there is none."""
        return self.newest if self.newest.version.state is TargetState.DRAFT else None

    @property
    def shown(self) -> Target:
        """The version that a reader wants: the one in force, else the newest."""
        return self.in_force or self.newest

    @property
    def reference(self) -> ParityReference | None:
        """What a further version is held against, unless told otherwise; None as in terms."""
        return self.shown.version.terms.reference

    @property
    def submitted(self) -> tuple[Target, ...]:
        """The versions that were in force at some time, oldest first."""
        return tuple(one for one in self.all if one.version.submitted)

    def get(self, version: int) -> Target:
        """Return one of the versions.

        Raises:
            TargetVersionNotFound: There is none of the number.
        """
        for one in self.all:
            if one.version.version == version:
                return one
        raise TargetVersionNotFound(self.newest.ods_code, self.newest.id, version)

    @property
    def changed_at(self) -> datetime | None:
        """The instant of the newest move but drafting; None while nothing was submitted."""
        moves = (
            move.record.at
            for one in self.submitted
            for move in one.version.moves
            if move.state is not TargetState.DRAFT
        )
        return max(moves, default=None)
