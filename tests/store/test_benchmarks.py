"""What comparing trusts reads: the register as it was known, and everybody's newest figures."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

from sqlalchemy import Engine
from sqlmodel import Session

from app.domain.benchmarks import Tally
from app.domain.counts import Count
from app.domain.measures import Measure, Scope
from app.domain.organisations import Attribute, Dated, Kind, Organisation
from app.store import benchmarks, organisations
from app.store.benchmarks import KnownTrust, Sent
from app.store.engine import reading
from tests.given import Given

AT = datetime(2026, 11, 23, 9, tzinfo=UTC)
LATER, LAST = AT + timedelta(days=1), AT + timedelta(days=2)

NAMED = {
    Attribute.NAME: (Dated("A trust"),),
    Attribute.TYPE: (
        Dated("community", None, date(2020, 3, 31)),
        Dated("acute", date(2020, 4, 1)),
    ),
}
TRUST = Organisation("ZZ901", Kind.TRUST, date(2000, 4, 1), None, NAMED)
CLOSED = replace(TRUST, closed=date(2024, 3, 31))

LEADERSHIP, WORKFORCE = Scope(Measure.LEADERSHIP), Scope(Measure.WORKFORCE)
BOARD, VOTING = Scope(Measure.BOARD), Scope(Measure.BOARD_VOTING)


def store(session: Session, organisation: Organisation, revision: int, at: datetime) -> None:
    """Store an entry of the register."""
    entries = {organisation.ods_code: (organisation, revision)}
    organisations.replace_all(session, entries, at=at, by="cli")


def test_the_first_entry_of_a_trust_counts_from_the_beginning(session: Session) -> None:
    store(session, TRUST, 1, AT)

    long_before = datetime(2020, 1, 1, tzinfo=UTC)

    assert benchmarks.list_trusts(session, synthetic=True, as_of=long_before) == {
        "ZZ901": KnownTrust(TRUST, None)
    }


def test_a_later_entry_counts_from_when_it_was_recorded(session: Session) -> None:
    store(session, TRUST, 1, AT)
    store(session, CLOSED, 2, LATER)

    before = benchmarks.list_trusts(session, synthetic=True, as_of=AT)
    since = benchmarks.list_trusts(session, synthetic=True, as_of=LATER)
    now = benchmarks.list_trusts(session, synthetic=True)

    assert before == {"ZZ901": KnownTrust(TRUST, None)}
    assert since == now == {"ZZ901": KnownTrust(CLOSED, LATER)}


def test_an_entry_that_changes_nothing_that_is_compared_is_no_change(session: Session) -> None:
    store(session, TRUST, 1, AT)
    store(session, CLOSED, 2, LATER)
    store(session, replace(CLOSED, aliases=("Another name",)), 3, LAST)

    assert benchmarks.list_trusts(session, synthetic=True) == {"ZZ901": KnownTrust(CLOSED, LATER)}


def test_only_trusts_of_the_one_sort_are_listed(session: Session) -> None:
    real = replace(TRUST, ods_code="RZ1")
    for one in (TRUST, real, replace(TRUST, ods_code="QAA", kind=Kind.ICB)):
        store(session, one, 1, AT)

    assert list(benchmarks.list_trusts(session, synthetic=True)) == ["ZZ901"]
    assert benchmarks.list_trusts(session, synthetic=False) == {"RZ1": KnownTrust(real, None)}


def test_a_trust_without_a_type_has_none(session: Session) -> None:
    untyped = replace(TRUST, facts={Attribute.NAME: NAMED[Attribute.NAME]})
    store(session, untyped, 1, AT)

    known = benchmarks.list_trusts(session, synthetic=True)["ZZ901"].organisation

    assert known.facts == {Attribute.NAME: NAMED[Attribute.NAME], Attribute.TYPE: ()}


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
