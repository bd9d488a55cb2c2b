"""Progress as everybody may read it: released censuses only, under disclosure control.

Nothing is told that is computed from a hidden count but the outlook of groups large enough that
it says nothing about a person. Everything else comes from counts as they are shown, rounded.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from fractions import Fraction
from typing import Final

import numpy as np

from app.domain.bands import StaffGroup
from app.domain.codes import Outlook, Reason
from app.domain.counts import Count
from app.domain.disclosure import PublicCounts, Rules, Suppression
from app.domain.groups import Bools, Group, Panel
from app.domain.measures import Measure, ReferenceKind
from app.domain.methods import Method
from app.domain.organisations import Organisation
from app.domain.panels import Question, count_at
from app.domain.parity import find_outlook
from app.domain.progress import Interval, OtherOutlook
from app.domain.series import Continuity
from app.domain.sights import SEEN, Sight
from app.domain.trends import Analysis, analyse
from app.stats.intervals import wilson_intervals

LARGE_GROUP: Final = 100
"""Persons from which the outlook of a group is told to everybody."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PublicFigure:
    """The people of a measure at one census, rounded or hidden.

    Attributes:
        suppressed: Why `bme` and `total`, and all else, are hidden; None where they are shown.
        split_suppressed: Why `white` and `unknown` are hidden; None where they are shown.
        share: Of rounded counts, as are all shares and the interval.
    """

    year: int
    bme: int | None
    white: int | None
    unknown: int | None
    total: int | None
    suppressed: Suppression | None
    split_suppressed: Suppression | None
    share: float | None
    share_reason: Reason | None
    share_of_known: float | None
    share_of_known_reason: Reason | None
    unknown_share: float | None
    unknown_share_reason: Reason | None
    interval_95: Interval | None
    interval_95_reason: Reason | None


@dataclass(frozen=True, slots=True)
class PublicParity:
    """Whether and when the measure's share meets its reference.

    Attributes:
        census: The last census that both have.
        reference_share: Of rounded counts.
        gap: The reference's share less the measure's; positive when short.
        probability_closing: To a whole percent.
    """

    census: int
    reference: ReferenceKind
    reference_share: float | None
    reference_share_reason: Reason | None
    gap: float | None
    gap_reason: Reason | None
    outlook: Outlook
    year: int | None
    probability_closing: float | None
    probability_closing_reason: Reason | None


@dataclass(frozen=True, slots=True)
class PublicProgress:
    """Where a measure of a trust stands, as everybody may read it."""

    ods_code: str
    measure: Measure
    staff_group: StaffGroup | None
    continuity: Continuity
    as_of: datetime
    method: str
    synthetic: bool
    actuals: tuple[PublicFigure, ...]
    parity: PublicParity | None
    parity_reason: Reason | None


@dataclass(frozen=True, slots=True)
class PublicSeries:
    """One measure of a trust, or an area, and what is seen of it.

    Attributes:
        panel: Every census of all series.
        analysis: Of those censuses that the trend uses.
        row: Of the series in the panel.
        sight: What is seen of the measures, then of what they are held against, of all series.
        whose: The trust, or area, by index.
        place: The measure, likewise.
        number: How many measures each has.
    """

    panel: Panel
    analysis: Analysis
    question: Question
    sight: Sight
    whose: int
    place: int
    number: int

    @property
    def row(self) -> int:
        """Its row among the series."""
        return self.whose * self.number + self.place

    def count(self, at: int) -> PublicCounts | None:
        """Return the people of the measure at a census, by index; None where none is held."""
        return self._show(self.panel.measure, self.place, at)

    def reference(self, at: int) -> PublicCounts | None:
        """Return the people that it is held against, likewise."""
        return self._show(self.panel.reference, self.number + self.place, at)

    def shows_all(self) -> bool:
        """Return whether both are shown at every census that the trend uses."""
        used = self.analysis.panel
        return not any(
            (self.sight.rows[self.whose, column] != SEEN)[np.isfinite(group.total[self.row])].any()
            for group, column in (
                (used.measure, self.place),
                (used.reference, self.number + self.place),
            )
        )

    def _show(self, group: Group, column: int, at: int) -> PublicCounts | None:
        held = count_at(group, self.row, at)
        if held is None:
            return None
        why, why_split = (
            told(self.whose, column, at) for told in (self.sight.why_row, self.sight.why_split)
        )
        return show_counts(held, int(self.sight.bases[self.whose, column, at]), why, why_split)


def list_series(
    panel: Panel, questions: Sequence[Question], sight: Sight, method: Method
) -> list[PublicSeries]:
    """Return the measures of trusts, or areas, as everybody sees them, trust by trust.

    Args:
        panel: Their censuses, series by series.
        questions: The measures, each with what it is held against.
        sight: What is seen of the measures, then of what they are held against.
        method: What trends are computed with.
    """
    analysis = analyse(conceal_splits(panel, sight, len(questions)), method)
    return read_series(panel, analysis, questions, sight)


def read_series(
    panel: Panel, analysis: Analysis, questions: Sequence[Question], sight: Sight
) -> list[PublicSeries]:
    """Return the series of an analysis that depends on nothing that is hidden."""
    number = len(questions)
    return [
        PublicSeries(panel, analysis, question, sight, whose, place, number)
        for whose in range(len(sight.rows))
        for place, question in enumerate(questions)
    ]


def show_counts(
    count: Count, base: int, why: Suppression | None, why_split: Suppression | None
) -> PublicCounts:
    """Return counts as they are shown: hidden for a reason, or rounded to a base."""
    show = Rules(base=base).rounded
    return PublicCounts(
        bme=None if why else show(count.bme),
        total=None if why else show(count.total),
        suppressed=why,
        white=None if why_split else show(count.white),
        unknown=None if why_split else show(count.unknown),
        split_suppressed=why_split,
    )


def tell_figures(series: PublicSeries) -> tuple[PublicFigure, ...]:
    """Return the people of a measure at each census that is held."""
    shown = ((int(year), series.count(at)) for at, year in enumerate(series.panel.years))
    held = [(year, counts) for year, counts in shown if counts is not None]
    if not held:
        return ()
    pairs = [(counts.bme or 0, counts.total or 0) for _, counts in held]
    lower, upper = wilson_intervals(*np.array(pairs).T)
    return tuple(
        make_figure(year, counts, Interval(float(low), float(high)) if counts.total else None)
        for (year, counts), low, high in zip(held, lower, upper, strict=True)
    )


def make_figure(year: int, counts: PublicCounts, interval: Interval | None) -> PublicFigure:
    """Return counts with all that is computed from them."""
    nobody = Reason.NO_PEOPLE if counts.suppressed is None else Reason.SUPPRESSED
    unsplit = Reason.NO_PEOPLE if counts.split_suppressed is None else Reason.SUPPRESSED
    share, of_known, unknown = counts.share, counts.share_of_known, counts.unknown_share
    return PublicFigure(
        year=year,
        bme=counts.bme,
        white=counts.white,
        unknown=counts.unknown,
        total=counts.total,
        suppressed=counts.suppressed,
        split_suppressed=counts.split_suppressed,
        share=_float(share),
        share_reason=nobody if share is None else None,
        share_of_known=_float(of_known),
        share_of_known_reason=unsplit if of_known is None else None,
        unknown_share=_float(unknown),
        unknown_share_reason=unsplit if unknown is None else None,
        interval_95=interval,
        interval_95_reason=nobody if interval is None else None,
    )


def conceal_splits(panel: Panel, sight: Sight, number: int) -> Panel:
    """Return a panel without the people of unknown ethnicity of series that hide some of them.

    Where they are hidden, nothing may depend on them, so such series are analysed as if there
    were none.

    Args:
        panel: The censuses that a trend uses, series by series.
        sight: What is seen of the measures, then of what they are held against.
        number: How many measures each trust, or area, has.
    """
    is_hidden = (sight.splits != SEEN).transpose(1, 0, 2)
    measure, reference = (
        np.swapaxes(one, 0, 1).reshape(panel.measure.total.shape)
        for one in (is_hidden[:number], is_hidden[number:])
    )
    hides = (measure & np.isfinite(panel.measure.total)).any(axis=1)
    hides |= (reference & np.isfinite(panel.reference.total)).any(axis=1)
    return replace(
        panel,
        measure=_without_unknown(panel.measure, hides),
        reference=_without_unknown(panel.reference, hides),
    )


def tell_outlook(series: PublicSeries) -> OtherOutlook | Reason:
    """Return the outlook for parity with its year, if it has one, or why neither is told.

    It is told of a group of at least 100 people, if that group and what it is held against are
    shown at every census that the trend uses: it is a function of what is shown.
    """
    told = find_outlook(series.analysis, series.row, series.question)
    if isinstance(told, Reason):
        return told
    last = int(series.analysis.everybody.last[series.row])
    held = count_at(series.panel.measure, series.row, last)
    is_large = held is not None and held.total >= LARGE_GROUP
    return told if is_large and series.shows_all() else Reason.SUPPRESSED


def tell_parity(series: PublicSeries) -> PublicParity | Reason:
    """Return where a measure stands beside its reference, or why that is not told."""
    told, question = tell_outlook(series), series.question
    if isinstance(told, Reason) or question.reference is None:
        return told if isinstance(told, Reason) else question.without
    here, row = series.analysis.everybody, series.row
    last = int(here.last[row])
    counts, group = series.count(last), series.reference(last)
    share = question.fixed or (group.share if group else None)
    own = counts.share if counts else None
    gap = None if share is None or own is None else share - own
    enough = here.censuses[row] >= series.analysis.method.thresholds.min_censuses
    return PublicParity(
        census=int(series.panel.years[last]),
        reference=question.reference,
        reference_share=_float(share),
        reference_share_reason=Reason.NO_PEOPLE if share is None else None,
        gap=_float(gap),
        gap_reason=Reason.NO_PEOPLE if gap is None else None,
        outlook=told.outlook,
        year=told.year,
        probability_closing=round(float(here.closing[row]), 2) if enough else None,
        probability_closing_reason=None if enough else Reason.TOO_FEW_YEARS,
    )


def _without_unknown(group: Group, hides: Bools) -> Group:
    return replace(group, unknown=np.where(hides[:, None], 0 * group.unknown, group.unknown))


def _float(share: Fraction | None) -> float | None:
    return None if share is None else float(share)


def tell_public_progress(
    trust: Organisation, series: Sequence[PublicSeries], continuity: Continuity, as_of: datetime
) -> list[PublicProgress]:
    """Return where each measure of a trust stands, as everybody may read it."""
    told = [(one, tell_parity(one)) for one in series]
    return [
        PublicProgress(
            ods_code=trust.ods_code,
            measure=one.question.scope.measure,
            staff_group=one.question.scope.staff_group,
            continuity=continuity,
            as_of=as_of,
            method=one.analysis.method.version,
            synthetic=trust.is_synthetic,
            actuals=tell_figures(one),
            parity=None if isinstance(parity, Reason) else parity,
            parity_reason=parity if isinstance(parity, Reason) else None,
        )
        for one, parity in told
    ]
