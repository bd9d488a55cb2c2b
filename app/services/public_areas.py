"""Reporting areas to whoever may not read all of their trusts' figures exactly."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session

from app.domain.area_series import (
    AreaSeries,
    analyse_publicly,
    list_public_series,
    tell_turnouts,
)
from app.domain.area_units import Unit, gather
from app.domain.areas import Boundaries, RowsOf
from app.domain.callers import Caller
from app.domain.holdings import BEFORE_ALL
from app.domain.organisations import Organisation
from app.domain.public_areas import (
    PublicAreaReport,
    PublicRow,
    make_public_rows,
    show_exactly,
    tell_public_progress,
)
from app.domain.public_progress import list_series
from app.domain.sights import Sight, list_groups
from app.services.area_register import AreaRegister
from app.services.area_scenes import AreaInquiry, AreaScene, set_scene
from app.services.compact_rows import Asked, find_newest_move, list_rows
from app.services.public_view import PublicView, read_view


@dataclass(frozen=True, slots=True)
class _Shown:
    """An area's trusts as a caller sees them."""

    session: Session
    scene: AreaScene
    view: PublicView
    asked: Asked

    def look_at(self, units: Sequence[Unit]) -> Sight:
        """Return what is seen of each measure of units, and of what it is held against."""
        return self.view.look_at(units, list_groups(self.asked.questions))

    def sum_up(self, areas: Sequence[Organisation], seen: Sight) -> tuple[AreaSeries, Sight]:
        """Return the sums of areas, and what is seen of them.

        A measure is counted from headcounts or from boards, what it is held against always from
        headcounts.
        """
        series = self.scene.analyse(areas, self.asked)
        of_board = [one.scope.is_of_board for one in self.asked.questions]
        sums = seen.of_sums_by_kind(
            series.sums.staff, series.sums.board, [*of_board, *([False] * len(of_board))]
        )
        return analyse_publicly(series, sums, self.asked.method), sums

    def list_rows(self, units: Sequence[Unit]) -> Iterator[PublicRow]:
        """Yield a line for each trust and measure: as everybody sees it, or exactly."""
        readable = [unit for unit in units if unit.code in self.view.exact]
        exact = list_rows(self.session, readable, self.view.sent, self.asked)
        others = [unit for unit in units if unit.code not in self.view.exact]
        public = make_public_rows(
            [unit.trust for unit in others],
            list_series(
                gather(others, self.view.sent),
                self.asked.questions,
                self.look_at(others),
                self.asked.method,
            )
            if others
            else [],
        )
        by_trust = {unit.code: index for index, unit in enumerate(units)}
        rows = [*map(show_exactly, exact), *public]
        yield from sorted(rows, key=lambda row: by_trust[row.ods_code])


def report_public_area(
    session: Session,
    *,
    register: AreaRegister,
    area: Organisation,
    inquiry: AreaInquiry,
    asked: Asked,
    exact: frozenset[str],
    synthetic: bool,
) -> PublicAreaReport:
    """Add up what the trusts of an area show, and tell of each of them in a line.

    A sum is told if every part of it is: exactly to the caller, or to everybody.

    Args:
        session: A reading session.
        register: The register as known at the instant asked for.
        area: The area.
        inquiry: How it is asked for.
        asked: What is asked of each trust.
        exact: The trusts whose figures the caller may read exactly.
        synthetic: Whether the trusts are invented.
    """
