"""The warnings that go with a series: what a reader should know about its figures."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction

from app.domain.actuals import UNKNOWN_SHARE_LIMIT, UNKNOWN_SHIFT_LIMIT
from app.domain.censuses import census_day
from app.domain.codes import ActualsState, Caution, WarningCode
from app.domain.holdings import Holdings
from app.domain.organisations import Succession
from app.domain.parity import are_scales_far_apart
from app.domain.perimeter import has_perimeter_changed, is_baseline_revised
from app.domain.progress import ActualFigure
from app.domain.series import History, Lineage
from app.domain.targets import Target
from app.domain.trends import Analysis

SMALL_BASE = 50
"""People below which one person moves the share visibly."""


@dataclass(frozen=True, slots=True)
class Told:
    """What an answer tells of one series.

    Attributes:
        history: The censuses that the measure is counted in.
        staff: Those of headcounts.
        figures: The measure at each census.
        targets: The closing and the current target, where there are such.
    """

    lineage: Lineage
    history: History
    staff: History
    figures: Sequence[ActualFigure]
    targets: tuple[Target, ...]


def find_series_cautions(told: Told, analysis: Analysis, index: int) -> tuple[Caution, ...]:
    """Return the warnings about one series, in the order of their codes' list."""
    found = [
        *about_fit(analysis, index),
        *about_people(told.figures),
        *_about_state(told.figures),
        *_about_history(told.lineage, told.history, told.figures),
        *_about_targets(told),
        *about_scales(analysis, index),
    ]
    return sort_cautions(found)


def sort_cautions(found: Iterable[Caution]) -> tuple[Caution, ...]:
    """Return warnings in the order of their codes' list."""
    order = list(WarningCode)
    return tuple(sorted(found, key=lambda caution: order.index(caution.code)))


def about_fit(analysis: Analysis, index: int) -> Iterator[Caution]:
    """Yield the warnings about the walk of one series."""
    method, censuses = analysis.method, int(analysis.walks.censuses[index])
    limits = method.thresholds
    dispersion = float(analysis.walks.dispersion[index])
    if limits.min_censuses <= censuses < limits.indicative_below:
        yield Caution(
            WarningCode.INDICATIVE,
            f"Only {censuses} censuses stand behind the forecast; take it as an indication.",
        )
    is_judged = censuses >= method.constants.dispersion_from
    if is_judged and dispersion > limits.overdispersed_above:
        yield Caution(
            WarningCode.OVERDISPERSED,
            f"The yearly steps vary {dispersion:.1f} times as much as expected; all bands were"
            " widened accordingly.",
        )


def about_people(figures: Sequence[ActualFigure]) -> Iterator[Caution]:
    """Yield the warnings about how many people there are, and of unknown ethnicity."""
    if not figures:
        return
    last = figures[-1]
    if last.total < SMALL_BASE:
        yield Caution(
            WarningCode.SMALL_BASE,
            f"The group had {last.total} people in {last.year}; one person moves the share"
            " visibly."
            if last.total
            else f"There was nobody in the group in {last.year}, so it has no share.",
        )
    if last.unknown > UNKNOWN_SHARE_LIMIT * last.total:
        yield Caution(
            WarningCode.UNKNOWN_ETHNICITY,
            f"The ethnicity of {last.unknown} of {last.total} people is not known in"
            f" {last.year}; unknown is not “not BME”.",
        )
    shares = [Fraction(f.unknown, f.total) for f in figures if f.total]
    if shares and max(shares) - min(shares) > UNKNOWN_SHIFT_LIMIT:
        yield Caution(
            WarningCode.UNKNOWN_SHARE_SHIFT,
            f"The share of people of unknown ethnicity ranged from {float(min(shares)):.1%}"
            f" to {float(max(shares)):.1%} over the series.",
        )


def _about_state(figures: Sequence[ActualFigure]) -> Iterator[Caution]:
    last = figures[-1] if figures else None
    if last is not None and last.state is ActualsState.PROVISIONAL:
        yield Caution(
            WarningCode.PROVISIONAL,
            f"The census of {last.year} has not been signed off by the board.",
        )


def _about_history(
    lineage: Lineage, history: History, figures: Sequence[ActualFigure]
) -> Iterator[Caution]:
    if history.incomplete:
        years = ", ".join(map(str, history.incomplete))
        yield Caution(
            WarningCode.INCOMPLETE_RETURNS,
            f"Left out, because not every organisation then open has sent them: {years}.",
        )
    if not figures:
        return
    first, last = figures[0].year, figures[-1].year
    span = (census_day(first), census_day(last))
    came = {*lineage.mergers_between(*span), *_find_sent_ahead(lineage, history, figures)}
    mergers = sorted(came, key=lambda s: (s.effective_date, s.predecessor))
    if mergers:
        names = ", ".join(f"{s.predecessor} ({s.effective_date.isoformat()})" for s in mergers)
        yield Caution(WarningCode.MERGER_IN_SERIES, f"The series crosses mergers: {names}.")
    left_out = [s for s in lineage.left_out if span[0] < s.effective_date <= span[1]]
    for one in left_out:
        yield Caution(
            WarningCode.SPLIT_LEFT_OUT,
            f"What came from {one.predecessor} on {one.effective_date.isoformat()} is not in the"
            " censuses before that day: its counts cannot be divided.",
        )
    held = {figure.year for figure in figures}
    missing = [y for y in range(first, last) if y not in held and y not in history.incomplete]
    if missing:
        years = ", ".join(map(str, missing))
        yield Caution(WarningCode.MISSING_CENSUS, f"Nothing was sent for {years}.")


def _find_sent_ahead(
    lineage: Lineage, history: History, figures: Sequence[ActualFigure]
) -> Iterator[Succession]:
    """Yield the mergers whose people some of a series' censuses count and others leave out.

    A return can cover a predecessor that only became part of the trust after its census.
    """
    for succession in lineage.ancestors.values():
        code = succession.predecessor
        counted = {
            code in lineage.predecessors_within(history.censuses[one.year].covers, day)
            for one in figures
            if code in lineage.sending_on(day := census_day(one.year))
        }
        if len(counted) > 1:
            yield succession


def _about_targets(told: Told) -> Iterator[Caution]:
    latest = told.history.censuses[told.figures[-1].year] if told.figures else None
    for target in told.targets:
        if is_baseline_revised(target, told.history, told.staff):
            yield _revised(target)
        if latest is not None and has_perimeter_changed(told.lineage, target, latest):
            yield _of_others(target)


def find_rebasing_cautions(holdings: Holdings, target: Target) -> tuple[Caution, ...]:
    """Return the warnings about a target that a re-based version ends; none while it is none."""
    if not target.version.is_in_force:
        return ()
    history, found = holdings.history(target.scope), []
    if is_baseline_revised(target, history, holdings.staff):
        found.append(_revised(target))
    latest = history.censuses.get(max(history.censuses, default=0))
    if latest is not None and has_perimeter_changed(holdings.lineage, target, latest):
        found.append(_of_others(target))
    return tuple(found)


def _revised(target: Target) -> Caution:
    baseline, year = target.version.baseline, target.cycle.starts
    is_stated = baseline is not None and baseline.is_stated
    happened = (
        f"Actuals for {year} say otherwise than the baseline that the target {target.id} states"
        if is_stated
        else f"The census of {year} was corrected after the target {target.id} was submitted"
    )
    return Caution(WarningCode.BASELINE_REVISED, f"{happened}; its path stays as it was.")


def _of_others(target: Target) -> Caution:
    return Caution(
        WarningCode.PERIMETER_CHANGED,
        f"Other trusts have become part of this one since the baseline of {target.id}; position"
        " against it cannot be told until it is re-based.",
    )


def about_scales(analysis: Analysis, index: int) -> Iterator[Caution]:
    """Yield the warning that the two scales' years are far apart, if they are."""
    years = are_scales_far_apart(analysis, index)
    if years is not None:
        yield Caution(
            WarningCode.SCALES_FAR_APART,
            f"In log-odds parity is projected for {years[0]}, on the scale of percentage points"
            f" the lines cross in {years[1]}.",
        )
