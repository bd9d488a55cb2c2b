"""The figures of an action plan's review: how each of its targets stood on that day."""

from collections.abc import Collection
from dataclasses import dataclass, replace
from fractions import Fraction

from app.domain.actuals import UNKNOWN_SHARE_LIMIT
from app.domain.assessment import Settings, assess
from app.domain.attainability import USUAL_TURNOVER
from app.domain.bands import StaffGroup
from app.domain.codes import Caution, Position, Reason, TargetState, WarningCode
from app.domain.holdings import Holdings
from app.domain.measures import Measure
from app.domain.methods import Method
from app.domain.panels import Question
from app.domain.progress import ActualFigure, Progress, SharePeople, Source
from app.domain.records import Record
from app.domain.series import Continuity
from app.domain.targets import Path, Target


@dataclass(frozen=True, slots=True)
class CensusFigure:
    """The people of a measure at the newest census of that day.

    Attributes:
        revision: The trust's own; None where the census is made of predecessors' alone.
        sources: All revisions, where the census is not just the trust's own.
    """

    year: int
    revision: int | None
    sources: tuple[Source, ...] | None
    bme: int
    total: int
    share: float | None
    share_reason: Reason | None
    share_of_known: float | None
    share_of_known_reason: Reason | None
    unknown_share: float | None
    unknown_share_reason: Reason | None


@dataclass(frozen=True, slots=True)
class PathFigure:
    """What a path asked for at a census, its people at the team's size."""

    share: float
    people: int


@dataclass(frozen=True, slots=True)
class TargetFigures:
    """How one target stood: each part, or why it could not be said.

    Attributes:
        version: The one in force, else the newest.
        required: What the path asked for at the census.
    """

    target_id: str
    version: int
    state: TargetState
    measure: Measure
    staff_group: StaffGroup | None
    census: CensusFigure | None
    census_reason: Reason | None
    required: PathFigure | None
    required_reason: Reason | None
    to_path: SharePeople | None
    to_path_reason: Reason | None
    to_goal: SharePeople | None
    to_goal_reason: Reason | None
    position: Position | None
    position_reason: Reason | None

    @property
    def warnings(self) -> tuple[Caution, ...]:
        """What a reader should know about the figures."""
        census = self.census
        if census is None or (census.unknown_share or 0) <= float(UNKNOWN_SHARE_LIMIT):
            return ()
        detail = (
            f"The ethnicity of {census.unknown_share:.1%} of the people was not known at the"
            f" census of {census.year}; unknown is not “not BME”."
        )
        return (Caution(WarningCode.UNKNOWN_ETHNICITY, detail),)


@dataclass(frozen=True, slots=True)
class ReviewFigures:
    """The figures of a review, frozen when it was first stored.

    Attributes:
        record: Who stored the review, and when: the instant as of which the figures are.
        method: Version of the method that they were computed with.
        targets: Those of the plan on that day, in order of identifiers.
    """

    record: Record
    method: str
    targets: tuple[TargetFigures, ...]


def take_figures(
    holdings: Holdings, target_ids: Collection[str], record: Record, method: Method
) -> ReviewFigures:
    """Return how targets stand at the newest census.

    Args:
        holdings: What is known of the trust as of the instant of the review.
        target_ids: The targets of the plan, at most one of a measure.
        record: Of the review.
        method: What the figures are computed with, and name.
    """
    served = tuple(one for one in holdings.versions if one.newest.id in target_ids)
    # A target of another cycle would otherwise take the place of the plan's own.
    found = assess(
        replace(holdings, versions=served),
        [Question(one.newest.scope, None) for one in served],
        Settings(Continuity.COMBINED, record.at, Fraction(USUAL_TURNOVER), 1, method),
    )
    figures = (_figures(one.shown, told) for one, told in zip(served, found, strict=True))
    return ReviewFigures(record, method.version, tuple(figures))


def _figures(target: Target, progress: Progress) -> TargetFigures:
    gap, why, path = progress.gap, progress.gap_reason, target.path
    to_path = gap.to_path if gap else None
    not_on_path = gap.to_path_reason if gap else why
    census = _census(progress.actuals[-1]) if progress.actuals else None
    return TargetFigures(
        target_id=target.id,
        version=target.version.version,
        state=target.version.state,
        measure=target.scope.measure,
        staff_group=target.scope.staff_group,
        census=census,
        census_reason=None if census else Reason.NO_ACTUALS,
        required=_required(path, census) if path and census and to_path else None,
        required_reason=not_on_path,
        to_path=to_path,
        to_path_reason=not_on_path,
        to_goal=gap.to_goal if gap else None,
        to_goal_reason=why,
        position=gap.position if gap else None,
        position_reason=gap.position_reason if gap else why,
    )


def _census(figure: ActualFigure) -> CensusFigure:
    return CensusFigure(
        year=figure.year,
        revision=figure.revision,
        sources=figure.sources,
        bme=figure.bme,
        total=figure.total,
        share=figure.share,
        share_reason=figure.share_reason,
        share_of_known=figure.share_of_known,
        share_of_known_reason=figure.share_of_known_reason,
        unknown_share=figure.unknown_share,
        unknown_share_reason=figure.unknown_share_reason,
    )


def _required(path: Path, census: CensusFigure) -> PathFigure:
    share, people = path.required(census.year, census.total)
    return PathFigure(float(share), people)
