"""Targets in outline: what a measure is held against, without who set it, when and why.

An answer about many trusts takes a thousand of them, and tells nothing else of each.
"""

from dataclasses import dataclass

from app.domain.censuses import Cycle
from app.domain.targets import Baseline, Path, Target, Terms, find_covers, find_path


@dataclass(frozen=True, slots=True)
class TargetOutline:
    """What a target asks for.

    Attributes:
        cycle: The three years that it is for.
        terms: What it says, as far as goal, milestones and reference.
        baseline: Where it starts; None if that is not known.
    """

    ods_code: str
    cycle: Cycle
    terms: Terms
    baseline: Baseline | None

    @property
    def covers(self) -> frozenset[str]:
        """The trusts whose staff its baseline counts; the trust itself where none is named."""
        return find_covers(self.ods_code, self.baseline)

    @property
    def path(self) -> Path | None:
        """The way from baseline to goal; None without a baseline or without a goal."""
        return find_path(self.terms, self.baseline, self.cycle)


Held = Target | TargetOutline
"""What a measure is held against, in full or in outline."""
