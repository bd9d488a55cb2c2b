"""Trying a method on the demonstration set."""

from datetime import UTC, datetime

from app.demonstration.values import CENSUS_YEARS, DemonstrationSet
from app.domain.actuals import Actuals, ActualsRevision
from app.domain.backtest import HELD_OUT, Backtest, Basis, back_test
from app.domain.boards import Board, BoardRevision
from app.domain.codes import Evidence
from app.domain.measures import Measure, Scope, default_reference
from app.domain.methods import get_method
from app.domain.organisations import Organisation
from app.domain.panels import Censuses, Question, build_panel
from app.domain.records import Record
from app.domain.series import Continuity, Lineage, join_actuals, join_boards
from app.services.demonstration import AUTHOR, SOURCE, make_demonstration

QUESTIONS = tuple(Question(Scope(one), default_reference(one)) for one in Measure)
"""Every measure, held against its default reference."""

RECORD = Record(datetime(CENSUS_YEARS[-1], 6, 30, tzinfo=UTC), AUTHOR)
"""When everything was sent, which a back-test does not depend on."""


def run_backtest(*, version: str | None) -> Backtest:
    """Try a version of the method, or the newest, on the demonstration set generated anew.

    Raises:
        MethodNotFound: No method has the version.
    """
    method = get_method(version)
    demonstration = make_demonstration()
    trusts = [one for one in demonstration.organisations if one.closed is None]
    panel = build_panel(_censuses(demonstration, trusts), QUESTIONS)
    basis = Basis(
        evidence=Evidence.SIMULATED,
        sha256=demonstration.digest(),
        trusts=len(trusts),
        measures=len(QUESTIONS),
        first_census=CENSUS_YEARS[0],
        last_census=CENSUS_YEARS[-1],
        held_out=HELD_OUT,
    )
    return Backtest(method.version, basis, back_test(panel, method))


def _censuses(demonstration: DemonstrationSet, trusts: list[Organisation]) -> Censuses:
    """Return the censuses of open trusts, their predecessors' counts added in."""
    opened = {one.ods_code: one.opened for one in demonstration.organisations}
    censuses = Censuses.empty(len(trusts), CENSUS_YEARS)
    for place, trust in enumerate(trusts):
        lineage = Lineage.find(trust, demonstration.successions, opened)
        staff = join_actuals(lineage, _actuals(demonstration, lineage), Continuity.COMBINED)
        seats = join_boards(lineage, _boards(demonstration, lineage), Continuity.COMBINED)
        for at, year in enumerate(CENSUS_YEARS):
            if year in staff.censuses:
                censuses.put_staff(place, at, staff.censuses[year].headcounts)
            if year in seats.censuses:
                censuses.put_board(place, at, seats.censuses[year].seats)
    return censuses


def _actuals(demonstration: DemonstrationSet, lineage: Lineage) -> list[ActualsRevision]:
    return [
        ActualsRevision(code, year, 1, Actuals(SOURCE, (code,), None, sent.headcounts), RECORD)
        for code in lineage.codes
        for year, sent in demonstration.returns.get(code, {}).items()
    ]


def _boards(demonstration: DemonstrationSet, lineage: Lineage) -> list[BoardRevision]:
    return [
        BoardRevision(code, year, 1, Board(SOURCE, sent.board), RECORD)
        for code in lineage.codes
        for year, sent in demonstration.returns.get(code, {}).items()
    ]
