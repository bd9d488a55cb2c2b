"""The register as it was known at an instant."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

from sqlmodel import Session

from app.domain.organisations import Attribute, Dated, Kind, Organisation
from app.store import organisations, register
from app.store.register import KnownOrganisation

AT = datetime(2026, 11, 23, 9, tzinfo=UTC)
LATER, LAST = AT + timedelta(days=1), AT + timedelta(days=2)
WANTED = (Attribute.NAME, Attribute.TYPE)

NAMED = {
    Attribute.NAME: (Dated("A trust"),),
    Attribute.TYPE: (
        Dated("community", None, date(2020, 3, 31)),
        Dated("acute", date(2020, 4, 1)),
    ),
}
TRUST = Organisation("ZZ901", Kind.TRUST, date(2000, 4, 1), None, NAMED)
CLOSED = replace(TRUST, closed=date(2024, 3, 31))


def store(session: Session, organisation: Organisation, revision: int, at: datetime) -> None:
    """Store an entry of the register."""
    entries = {organisation.ods_code: (organisation, revision)}
    organisations.replace_all(session, entries, at=at, by="cli")


def test_the_first_entry_of_a_trust_counts_from_the_beginning(session: Session) -> None:
    store(session, TRUST, 1, AT)

    long_before = datetime(2020, 1, 1, tzinfo=UTC)

    assert register.list_known_trusts(session, WANTED, synthetic=True, as_of=long_before) == {
        "ZZ901": KnownOrganisation(TRUST, None)
    }


def test_a_later_entry_counts_from_when_it_was_recorded(session: Session) -> None:
    store(session, TRUST, 1, AT)
    store(session, CLOSED, 2, LATER)

    before = register.list_known_trusts(session, WANTED, synthetic=True, as_of=AT)
    since = register.list_known_trusts(session, WANTED, synthetic=True, as_of=LATER)
    now = register.list_known_trusts(session, WANTED, synthetic=True)

    assert before == {"ZZ901": KnownOrganisation(TRUST, None)}
    assert since == now == {"ZZ901": KnownOrganisation(CLOSED, LATER)}


def test_an_entry_that_changes_nothing_that_is_wanted_is_no_change(session: Session) -> None:
    store(session, TRUST, 1, AT)
    store(session, CLOSED, 2, LATER)
    store(session, replace(CLOSED, aliases=("Another name",)), 3, LAST)

    assert register.list_known_trusts(session, WANTED, synthetic=True) == {
        "ZZ901": KnownOrganisation(CLOSED, LATER)
    }


def test_only_trusts_of_the_one_sort_are_listed(session: Session) -> None:
    real = replace(TRUST, ods_code="RZ1")
    for one in (TRUST, real, replace(TRUST, ods_code="QAA", kind=Kind.ICB)):
        store(session, one, 1, AT)

    assert list(register.list_known_trusts(session, WANTED, synthetic=True)) == ["ZZ901"]
    assert register.list_known_trusts(session, WANTED, synthetic=False) == {
        "RZ1": KnownOrganisation(real, None)
    }


def test_a_trust_without_a_type_has_none(session: Session) -> None:
    untyped = replace(TRUST, facts={Attribute.NAME: NAMED[Attribute.NAME]})
    store(session, untyped, 1, AT)

    known = register.list_known_trusts(session, WANTED, synthetic=True)["ZZ901"].organisation

    assert known.facts == {Attribute.NAME: NAMED[Attribute.NAME], Attribute.TYPE: ()}


def test_areas_are_listed_with_where_they_lie(session: Session) -> None:
    named: tuple[Dated, ...] = (Dated("An area"),)
    board = {Attribute.NAME: named, Attribute.REGION: (Dated("Y56"),)}
    icb = Organisation("QAA", Kind.ICB, None, None, board)
    region = Organisation("Y56", Kind.REGION, None, None, {Attribute.NAME: named})
    for one in (TRUST, icb, region):
        store(session, one, 1, AT)

    assert register.list_known_areas(session) == {
        "QAA": KnownOrganisation(icb, None),
        "Y56": KnownOrganisation(
            replace(region, facts={Attribute.NAME: named, Attribute.REGION: ()}), None
        ),
    }
