"""Targets as they are shown: with their versions, warnings and what they would take."""

from dataclasses import dataclass, replace
from datetime import date, datetime
from decimal import Decimal
from fractions import Fraction

from app.domain.attainability import USUAL_TURNOVER
from app.domain.cautions import find_rebasing_cautions
from app.domain.codes import Caution, Reason, TargetState
from app.domain.holdings import Holdings
from app.domain.methods import LATEST
from app.domain.perimeter import find_baseline, list_covered
from app.domain.series import Joined
from app.domain.target_checks import (
    find_path_cautions,
    find_reference_share,
    find_target_cautions,
)
from app.domain.target_needs import Attainability, attain
from app.domain.target_versions import Versions
from app.domain.targets import Baseline, Target


@dataclass(frozen=True, slots=True)
class View:
    """From when, and how, targets are looked at.

    Attributes:
        as_of: None for now.
        now: The instant of asking.
        turnover: Share of staff who leave in a year, strictly between 0 and 1.
    """

    now: datetime
    as_of: datetime | None = None
    turnover: Decimal = USUAL_TURNOVER

    @property
    def day(self) -> date:
        """The day on which days are counted."""
        return (self.as_of or self.now).date()


@dataclass(frozen=True, slots=True)
class ShownTarget:
    """A version of a target with the warnings about it, which are no refusal.

    Attributes:
        versions: All versions; a draft with the baseline that it would have.
        cautions: The warnings about what it says.
        rebasing: Those that later figures give rise to, and that a re-based version ends.
        attainability: What it would take, or why that cannot be said.
        day: On which days are counted.
    """

    target: Target
    versions: Versions
    cautions: tuple[Caution, ...]
    rebasing: tuple[Caution, ...]
    attainability: Attainability | Reason
    day: date

    @property
    def warnings(self) -> tuple[Caution, ...]:
        """All warnings, those about figures first."""
        return (*self.rebasing, *self.cautions)

    @property
    def waiting_since(self) -> datetime | None:
        """The instant from which the version has waited for a review; None if it does not."""
        version = self.target.version
        submitted = version.submitted
        is_waiting = version.state is TargetState.SUBMITTED and submitted
        return submitted.at if is_waiting and submitted else None

    @property
    def days_waiting(self) -> int | None:
        """Days that it has waited; None if it does not."""
        since = self.waiting_since
        # A clock may stand a little before the instant of the newest change.
        return None if since is None else max(0, (self.day - since.date()).days)

    @property
    def tag(self) -> str:
        """The entity tag of what is held of the target, in all of its versions."""
        return tag_of(self.versions)


def tag_of(versions: Versions) -> str:
    """Return the entity tag of a target.

    It names each version's state and edit, and of a draft the baseline, which moves with the
    actuals.
    """
    parts = []
    for target in versions.all:
        version, baseline = target.version, target.version.baseline
        part = f"{version.version}-{version.state}-{version.edit}"
        if version.state is TargetState.DRAFT and baseline is not None:
            part += f"-{_counts(baseline)}"
        parts.append(part)
    return f'"{"_".join(parts)}"'


def _counts(baseline: Baseline) -> str:
    counts = (baseline.bme, baseline.total, baseline.workforce_bme, baseline.workforce_total)
    return ".".join(map(str, counts))


@dataclass(frozen=True, slots=True)
class Start:
    """What a target starts from, by the actuals held.

    Attributes:
        baseline: None when the census is not held.
        staff: The headcounts of that census.
    """

    baseline: Baseline | None
    staff: Joined | None


def find_start(holdings: Holdings, target: Target) -> Start:
    """Return where a target would start by the actuals held."""
    year = target.cycle.starts
    history = holdings.history(target.scope)
    return Start(
        find_baseline(history, holdings.staff, target.scope, year, target.ods_code),
        holdings.staff.censuses.get(year),
    )


def find_frozen(holdings: Holdings, target: Target, day: date) -> Baseline | None:
    """Return the baseline that a draft would have if it was submitted on a day.

    A stated one covers all who are one trust by then, unless it says so itself.
    """
    start, stated = find_start(holdings, target).baseline, target.version.baseline
    if start is not None or stated is None:
        return start
    usual = list_covered(holdings.lineage, stated.year, day)
    return replace(stated, covers=tuple(sorted(stated.covers)) or usual)


def show(holdings: Holdings, versions: Versions, view: View, *, number: int | None) -> ShownTarget:
    """Return one version of a target as it is shown.

    Args:
        holdings: What is held of the trust that set it.
        versions: The target.
        view: From when it is looked at.
        number: Of the version; None for the one in force, else the newest.

    Raises:
        TargetVersionNotFound: The target has no such version.
    """
    current = with_draft_baseline(holdings, versions, view.day)
    target = current.shown if number is None else current.get(number)
    terms, baseline = target.version.terms, target.version.baseline
    reference: Fraction | None = None
    if baseline is not None:
        # What a submitted version was held against must not move with later figures.
        is_draft = target.version.state is TargetState.DRAFT
        staff = find_start(holdings, target).staff if is_draft else None
        reference = find_reference_share(target.scope, terms.reference, baseline, staff)
    return ShownTarget(
        target=target,
        versions=current,
        cautions=(
            *find_target_cautions(terms.goal, baseline, reference),
            *find_path_cautions(target),
        ),
        rebasing=find_rebasing_cautions(holdings, target),
        attainability=attain(holdings, target, Fraction(view.turnover), LATEST),
        day=view.day,
    )


def with_draft_baseline(holdings: Holdings, versions: Versions, day: date) -> Versions:
    """Return the versions, the draft with the baseline that it would have on a day."""
    draft = versions.draft
    if draft is None:
        return versions
    baseline = find_frozen(holdings, draft, day)
    return Versions((*versions.all[:-1], draft.with_baseline(baseline)))
