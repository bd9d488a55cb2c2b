"""What of a trust's targets a caller sees."""

from dataclasses import dataclass, replace
from typing import Self

from sqlmodel import Session

from app.domain.callers import Action, Caller
from app.domain.codes import Reason
from app.domain.errors import TargetNotFound
from app.domain.holdings import Holdings
from app.domain.organisations import Organisation
from app.domain.target_versions import Versions
from app.services.access import may
from app.services.target_views import ShownTarget, View, show


@dataclass(frozen=True, slots=True)
class Eyes:
    """What of a trust's targets a caller sees.

    Attributes:
        has_drafts: Whether the caller may see drafts. Who may not sees what was submitted.
        has_figures: Whether the caller may read the trust's exact figures. Who may not sees
            baselines, and no later counts.
    """

    has_drafts: bool
    has_figures: bool

    @classmethod
    def of(cls, session: Session, caller: Caller, trust: Organisation) -> Self:
        """Return what a caller sees who may read the trust's targets."""
        return cls(
            has_drafts=may(session, caller, Action.READ_DRAFTS, trust),
            has_figures=may(session, caller, Action.READ_FIGURES, trust),
        )

    def look_at(self, held: Versions) -> Versions | None:
        """Return the versions that are seen; None when there are none."""
        seen = held.all if self.has_drafts else held.submitted
        return Versions(seen) if seen else None

    def require(self, held: Versions) -> Versions:
        """Return the versions that are seen.

        Raises:
            TargetNotFound: There are none.
        """
        seen = self.look_at(held)
        if seen is None:
            raise TargetNotFound(held.newest.ods_code, held.newest.id)
        return seen

    def show(
        self, holdings: Holdings, held: Versions, view: View, number: int | None
    ) -> ShownTarget:
        """Return a version as it is shown; raise `TargetVersionNotFound` if there is none."""
        shown = show(holdings, held, view, number=number)
        if self.has_figures:
            return shown
        return replace(shown, attainability=Reason.SUPPRESSED, rebasing=())
