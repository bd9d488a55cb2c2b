"""What comparing trusts reads: everybody's newest figures."""

from datetime import UTC, datetime, timedelta

from sqlalchemy import Engine

from app.domain.benchmarks import Tally
from app.domain.counts import Count
from app.domain.measures import Measure, Scope
from app.store import benchmarks
from app.store.benchmarks import Sent
from app.store.engine import reading
from tests.given import Given

AT = datetime(2026, 11, 23, 9, tzinfo=UTC)
LATER, LAST = AT + timedelta(days=1), AT + timedelta(days=2)

LEADERSHIP, WORKFORCE = Scope(Measure.LEADERSHIP), Scope(Measure.WORKFORCE)
BOARD, VOTING = Scope(Measure.BOARD), Scope(Measure.BOARD_VOTING)


def test_the_newest_revision_at_an_instant_is_counted(engine: Engine) -> None:
    given = Given(engine)
    given.register()
    rest = {("clinical", "5"): (40, 4, 4)}
    given.actuals("ZZ901", 2024, {("clinical", "8a"): (3, 2, 1), **rest}, at=AT)
    given.actuals("ZZ901", 2024, {("non_clinical", "vsm"): (5, 5, 0), **rest}, at=LATER)
    given.actuals("ZZ902", 2024, rest, at=LATER)
    codes = ["ZZ901", "ZZ902", "ZZ903"]

    with reading(engine) as session:
        then = benchmarks.tally(session, codes, 2024, LEADERSHIP, as_of=AT)
        now = benchmarks.tally(session, codes, 2024, LEADERSHIP)
        everybody = benchmarks.tally(session, ["ZZ901"], 2024, WORKFORCE)

    soon = LATER + timedelta(microseconds=1)
    assert then == {"ZZ901": Sent(Tally(1, Count(3, 2, 1)), AT)}
    assert now == {
        "ZZ901": Sent(Tally(2, Count(5, 5, 0)), LATER),
        "ZZ902": Sent(Tally(1, Count()), soon),
    }
    assert everybody == {"ZZ901": Sent(Tally(2, Count(45, 9, 4)), LATER)}


def test_the_newest_census_is_that_of_what_the_measure_counts(engine: Engine) -> None:
    given = Given(engine)
    given.register()
    given.actuals("ZZ901", 2023, at=AT)
    given.actuals("ZZ902", 2024, at=LATER)
    given.board("ZZ901", 2025, {(True, False): (1, 2, 3), (False, True): (9, 9, 9)})
    codes = ["ZZ901", "ZZ902"]

    with reading(engine) as session:
        years = [
            benchmarks.find_newest_year(session, codes, LEADERSHIP),
            benchmarks.find_newest_year(session, codes, LEADERSHIP, as_of=AT),
            benchmarks.find_newest_year(session, ["ZZ901"], LEADERSHIP),
            benchmarks.find_newest_year(session, codes, BOARD),
            benchmarks.find_newest_year(session, ["ZZ903"], BOARD),
        ]
        seats = benchmarks.tally(session, codes, 2025, VOTING)

    assert years == [2024, 2023, 2023, 2025, None]
    assert [sent.tally for sent in seats.values()] == [Tally(1, Count(1, 2, 3))]


def test_whom_returns_cover_is_that_of_the_newest_revision(engine: Engine) -> None:
    given = Given(engine)
    given.register()
    given.actuals("ZZ905", 2024, covers=("ZZ903",), at=AT)
    given.actuals("ZZ905", 2024, covers=("ZZ903", "ZZ904"), at=LATER)
    given.actuals("ZZ901", 2024, at=LAST)
    codes = ["ZZ901", "ZZ905"]

    with reading(engine) as session:
        now = benchmarks.list_covers(session, codes, 2024)
        then = benchmarks.list_covers(session, codes, 2024, as_of=AT)

    assert now == {"ZZ901": ("ZZ901",), "ZZ905": ("ZZ903", "ZZ904")}
    assert then == {"ZZ905": ("ZZ903",)}
