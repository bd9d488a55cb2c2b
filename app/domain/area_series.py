"""The measures of areas as series: the sums of their trusts' counts, analysed in one step."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from app.domain.area_sums import COMPLETE, Sums, are_complete
from app.domain.area_units import Unit
from app.domain.areas import CompactRow, Counted, Turnout
from app.domain.codes import Reason
from app.domain.compact_rows import find_latest, make_row
from app.domain.counts import Count
from app.domain.groups import Bools, Panel
from app.domain.methods import Method
from app.domain.organisations import Organisation
from app.domain.panels import Censuses, Question, build_panel, count_at
from app.domain.parity import find_outlook
from app.domain.public_progress import conceal_splits
from app.domain.sights import Sight
from app.domain.trends import Analysis, analyse


@dataclass(frozen=True, slots=True)
class AreaSeries:
    """The series of A areas and Q measures, area by area.

    Attributes:
        units: The trusts that are added up.
        alone: People of each unit in each measure, series unit by unit.
        shown: The sums of every census that anybody reported.
        analysis: Of those that trusts with 95 % of the people reported.
        is_complete: Which these are, shape (A · Q, m).
        is_signed: Whether each unit's headcounts were signed off, shape (U, m).
    """

    areas: Sequence[Organisation]
    questions: Sequence[Question]
    units: Sequence[Unit]
    sums: Sums
    alone: Panel
    shown: Panel
    analysis: Analysis
    is_complete: Bools
    is_signed: Bools

    @property
    def years(self) -> list[int]:
        """The census years."""
        return [int(year) for year in self.shown.years]


def analyse_areas(
    areas: Sequence[Organisation],
    questions: Sequence[Question],
    *,
    units: Sequence[Unit],
    censuses: Censuses,
    sums: Sums,
    method: Method,
) -> AreaSeries:
    """Analyse every measure of every area.

    Args:
        areas: The areas.
        questions: The measures, each with what it is held against.
        units: The trusts that are added up.
        censuses: Of each of them.
        sums: What they come to, area by area.
        method: What the trend is computed with.
    """
    alone, shown = build_panel(censuses, questions), build_panel(sums.censuses, questions)
    of_board = [question.scope.is_of_board for question in questions]
    is_complete = are_complete(sums, alone.measure, of_board)
    references = are_complete(sums, alone.reference, [False] * len(questions))
    used = replace(
        shown,
        measure=shown.measure.where(is_complete),
        reference=shown.reference.where(references),
    )
    return AreaSeries(
        areas=areas,
        questions=questions,
        units=units,
        sums=sums,
        alone=alone,
        shown=shown,
        analysis=analyse(used, method),
        is_complete=is_complete,
        is_signed=_are_signed(units, [int(year) for year in shown.years]),
    )


def analyse_publicly(series: AreaSeries, sight: Sight, method: Method) -> AreaSeries:
    """Return the series with an analysis that depends on nothing that is hidden.

    Of how many people a trust has that did not report nothing may be told, so the trend uses the
    censuses that 95 % of the trusts reported.

    Args:
        series: As whoever may read everything has them.
        sight: What is seen of the sums of the measures, then of what they are held against.
        method: What the trend is computed with.
    """
    of_board = [question.scope.is_of_board for question in series.questions]
    is_complete, references = (
        _are_complete_by_trusts(series.sums, kinds)
        for kinds in (of_board, [False] * len(of_board))
    )
    used = replace(
        series.shown,
        measure=series.shown.measure.where(is_complete),
        reference=series.shown.reference.where(references),
    )
    concealed = conceal_splits(used, sight, len(series.questions))
    return replace(series, analysis=analyse(concealed, method), is_complete=is_complete)


@dataclass(frozen=True, slots=True)
class Place:
    """One measure of one area among the series."""

    series: AreaSeries
    area: int
    question: int

    @property
    def row(self) -> int:
        """Its row among the series."""
        return self.area * len(self.series.questions) + self.question

    @property
    def asked(self) -> Question:
        """What is asked."""
        return self.series.questions[self.question]

    @property
    def of_board(self) -> bool:
        """Whether board members are counted."""
        return self.asked.scope.is_of_board

    def counted(self, at: int) -> Bools:
        """Return which units are in the sum of a census, by index."""
        inside = self.series.sums.counted(of_board=self.of_board)[self.area, :, at]
        return np.asarray(inside)

    def count(self, at: int, units: Bools) -> Count:
        """Return the people of some units at a census that all of them reported."""
        if units.any() and (units == self.counted(at)).all():
            people = count_at(self.series.shown.measure, self.row, at)
            return people or Count()
        rows = np.flatnonzero(units) * len(self.series.questions) + self.question
        group = self.series.alone.measure
        bme, total, unknown = (
            int(values[rows, at].sum()) for values in (group.bme, group.total, group.unknown)
        )
        return Count(total - bme - unknown, bme, unknown)


def tell_turnouts(series: AreaSeries, area: int) -> tuple[Turnout, ...]:
    """Return who of an area, given by index, reported each census that anybody reported."""
    sums, found = series.sums, []
    for at, year in enumerate(series.years):
        for counted in Counted:
            of_board = counted is Counted.BOARD
            due = sums.expected[area, :, at]
            came = sums.reported(of_board=of_board)[area, :, at]
            if sums.counted(of_board=of_board)[area, :, at].any():
                codes = (_codes(series.units, one) for one in (came, due & ~came))
                found.append(Turnout(year, counted, *codes))
    return tuple(found)


def make_area_rows(series: AreaSeries) -> list[CompactRow]:
    """Return a line for each area and measure, area by area.

    A line shows the latest census that the trend uses, or the latest of all without one.
    """
    used, shown = (find_latest(p.measure) for p in (series.analysis.panel, series.shown))
    lines = []
    for row, (last, newest) in enumerate(zip(used, shown, strict=True)):
        area, question = divmod(row, len(series.questions))
        held = last or newest
        none = Reason.AREA_SETS_NO_TARGETS
        lines.append(
            make_row(
                series.areas[area],
                series.questions[question].scope,
                None if held is None else (series.years[held[0]], held[1]),
                goal=none,
                chance=none,
                outlook=find_outlook(series.analysis, row, series.questions[question]),
            )
        )
    return lines


def _are_complete_by_trusts(sums: Sums, of_board: Sequence[bool]) -> Bools:
    """Return which censuses of each area were reported by 95 % of its trusts, series by series."""
    by_kind = {}
    for kind in {*of_board}:
        reported = sums.reported(of_board=kind).sum(axis=1)
        is_counted = sums.counted(of_board=kind).any(axis=1)
        by_kind[kind] = (100 * reported >= COMPLETE * sums.expected.sum(axis=1)) & is_counted
    found = np.stack([by_kind[kind] for kind in of_board], axis=1)  # (A, Q, m)
    return np.asarray(found.reshape(-1, found.shape[2]))


def _are_signed(units: Sequence[Unit], years: Sequence[int]) -> Bools:
    """Return whether all returns of each unit's headcounts were signed off, and there are any."""
    signed = np.zeros((len(units), len(years)), dtype=np.bool_)
    at = {year: index for index, year in enumerate(years)}
    for index, unit in enumerate(units):
        for year, parts in unit.staff.items():
            signed[index, at[year]] = None not in [part.signed_at for part in parts]
    return signed


def _codes(units: Sequence[Unit], chosen: Bools) -> tuple[str, ...]:
    return tuple(sorted(units[index].code for index in np.flatnonzero(chosen).tolist()))
