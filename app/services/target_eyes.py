"""What of a trust's targets a caller sees."""

from dataclasses import dataclass, replace
from typing import Self

from app.domain.callers import MAY, Action, Caller
from app.domain.codes import Reason
from app.domain.errors import TargetNotFound
from app.domain.holdings import Holdings
from app.domain.organisations import Organisation
from app.domain.target_versions import Versions
from app.services.access import is_open_to_all
from app.services.target_views import ShownTarget, View, show


@dataclass(frozen=True, slots=True)
class Eyes:
    """What of a trust's targets a caller sees.

    Attributes:
        has_figures: Whether the caller may read the trust's exact figures. Who may not sees
            what was submitted, with its baseline, and neither drafts nor later counts.
    """

    has_figures: bool

    @classmethod
    def of(cls, caller: Caller, trust: Organisation) -> Self:
        """Return what a caller sees who may read the trust's targets."""
        may = caller.role in MAY[Action.READ_FIGURES]
        return cls(
            may or is_open_to_all(caller, Action.READ_FIGURES, synthetic=trust.is_synthetic)
        )

    def look_at(self, held: Versions) -> Versions | None:
        """Return the versions that are seen; None when there are none."""
        seen = held.all if self.has_figures else held.submitted
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
