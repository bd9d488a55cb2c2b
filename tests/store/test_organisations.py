"""The register in the database: its newest entry, what it was, and who followed whom."""

import json
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import select
from sqlmodel import Session

from app.domain.errors import OrganisationNotFound, TrustNotFound
from app.domain.organisations import (
    Attribute,
    Dated,
    Kind,
    Organisation,
    Succession,
    SuccessionKind,
)
from app.store import organisations
from app.store.organisations import Known, Life, Registered
from app.store.rows import OrganisationRevisionRow, OrganisationRow, table_of

AT = datetime(2026, 11, 23, 9, tzinfo=UTC)
TICK = timedelta(microseconds=1)
SPRING, LAST = date(2022, 4, 1), date(2022, 3, 31)
MIDNIGHT = datetime(2022, 4, 1, tzinfo=UTC)

TRUST = Organisation(
    "ZZ901",
    Kind.TRUST,
    facts={
        Attribute.NAME: (Dated("Old", None, LAST), Dated("Tŷ Newydd", SPRING)),
        Attribute.ICB: (Dated("QAA", SPRING, date(2024, 3, 31)),),
    },
    aliases=("The trust", "A trust"),
)
REAL = Organisation("RZ1", Kind.TRUST, date(1990, 4, 1), LAST)
ICB = Organisation("QAA", Kind.ICB, facts={Attribute.NAME: (Dated("An ICB"),)})

MERGED = Succession("RZ1", "ZZ901", SPRING, SuccessionKind.MERGED)
SPLIT = Succession("RZ1", "ZZ902", SPRING, SuccessionKind.SPLIT, confirmed=False)
VANISHED = Succession("ZZ902", None, date(2020, 4, 1), SuccessionKind.UNKNOWN)


def at(days: int) -> datetime:
    return AT + timedelta(days=days)


def store(
    session: Session, *several: Organisation, revision: int = 1, on: datetime = AT, by: str = "cli"
) -> None:
    """Store organisations in one revision."""
    entries = {one.ods_code: (one, revision) for one in several}
    organisations.replace_all(session, entries, at=on, by=by)


def revisions(session: Session) -> list[tuple[object, ...]]:
    """Return every entry that the register ever had, its content read."""
    row = table_of(OrganisationRevisionRow).c
    return [
        (
            one.ods_code, one.revision, one.opened, one.closed, json.loads(one.content),
            one.recorded_at, one.recorded_by,
        )
        for one in session.execute(select(*row).order_by(row.ods_code, row.revision))
    ]  # fmt: skip


@pytest.fixture
def register(session: Session) -> Session:
    """A session in which two trusts and an ICB are stored."""
    store(session, TRUST, REAL, ICB)
    return session


# Entries.


def test_what_is_stored_comes_back(register: Session) -> None:
    want = {one.ods_code: Registered(one, 1, AT) for one in (ICB, REAL, TRUST)}

    found = organisations.list_all(register)

    assert found == want
    assert list(found) == ["QAA", "RZ1", "ZZ901"]
    assert {code: organisations.find(register, code) for code in want} == want
    assert {code: organisations.get(register, code) for code in want} == want
    assert organisations.list_some(register, ["ZZ901", "QAA", "QAA", "ZZ999"]) == {
        code: want[code] for code in ("QAA", "ZZ901")
    }
    assert organisations.list_some(register, []) == {}


def test_trusts_are_organisations_of_that_kind(register: Session) -> None:
    assert organisations.get_trust(register, "RZ1") == REAL
    assert organisations.get_registered_trust(register, "RZ1") == Registered(REAL, 1, AT)
    for code in ("QAA", "ZZ999"):
        with pytest.raises(TrustNotFound) as caught:
            organisations.get_trust(register, code)
        assert caught.value.facts == {"ods_code": code}


def test_an_organisation_that_is_not_there_is_not_found(register: Session) -> None:
    assert organisations.find(register, "ZZ999") is None
    with pytest.raises(OrganisationNotFound) as caught:
        organisations.get(register, "ZZ999")

    assert caught.value.facts == {"ods_code": "ZZ999"}


def test_codes_say_which_organisations_are_invented(register: Session) -> None:
    row = table_of(OrganisationRow).c

    found = register.execute(select(row.ods_code, row.synthetic).order_by(row.ods_code))

    assert [tuple(one) for one in found] == [("QAA", False), ("RZ1", False), ("ZZ901", True)]


def test_an_entry_takes_the_place_of_the_one_before_beside_new_ones(register: Session) -> None:
    changed = replace(
        TRUST,
        opened=date(2001, 1, 1),
        closed=date(2026, 3, 31),
        facts={Attribute.NAME: (Dated("Another"),)},
        aliases=("Alias",),
    )
    new = Organisation("ZZ902", Kind.TRUST, aliases=("New",))

    organisations.replace_all(
        register, {"ZZ901": (changed, 2), "ZZ902": (new, 1)}, at=at(1), by="a person"
    )

    assert organisations.list_all(register) == {
        "QAA": Registered(ICB, 1, AT),
        "RZ1": Registered(REAL, 1, AT),
        "ZZ901": Registered(changed, 2, at(1)),
        "ZZ902": Registered(new, 1, at(1)),
    }


def test_every_entry_that_the_register_had_is_kept(session: Session) -> None:
    changed = replace(TRUST, closed=date(2026, 3, 31), facts={}, aliases=())
    store(session, TRUST)

    store(session, changed, revision=2, on=at(1), by="a person")

    facts = {
        "name": [["Old", None, "2022-03-31"], ["Tŷ Newydd", "2022-04-01", None]],
        "icb": [["QAA", "2022-04-01", "2024-03-31"]],
    }
    first = {"kind": "trust", "facts": facts, "aliases": ["The trust", "A trust"]}
    second = {"kind": "trust", "facts": {}, "aliases": []}
    assert revisions(session) == [
        ("ZZ901", 1, None, None, first, AT, "cli"),
        ("ZZ901", 2, None, date(2026, 3, 31), second, at(1), "a person"),
    ]


def test_nothing_is_stored_at_once(register: Session) -> None:
    before = organisations.list_all(register), revisions(register)

    organisations.replace_all(register, {}, at=at(1), by="cli")

    assert (organisations.list_all(register), revisions(register)) == before


# Lives.


@pytest.fixture
def lives(register: Session) -> Session:
    """A session in which a trust's dates change on the second and the fourth day."""
    opened = replace(TRUST, opened=SPRING)
    for revision, day, one in (
        (2, 1, replace(TRUST, aliases=())),
        (3, 2, opened),
        (4, 3, replace(opened, aliases=("Another",))),
        (5, 4, replace(opened, closed=date(2026, 3, 31))),
    ):
        store(register, one, revision=revision, on=at(day))
    return register


@pytest.mark.parametrize(
    ("as_of", "life"),
    [
        pytest.param(AT - timedelta(days=999), Life(None, None, None), id="before all"),
        pytest.param(AT, Life(None, None, None), id="first"),
        pytest.param(at(1), Life(None, None, None), id="another change"),
        pytest.param(at(2) - TICK, Life(None, None, None), id="just before"),
        pytest.param(at(2), Life(SPRING, None, at(2)), id="opened"),
        pytest.param(at(3), Life(SPRING, None, at(2)), id="another change since"),
        pytest.param(at(4) - TICK, Life(SPRING, None, at(2)), id="just before again"),
        pytest.param(at(4), Life(SPRING, date(2026, 3, 31), at(4)), id="closed"),
        pytest.param(None, Life(SPRING, date(2026, 3, 31), at(4)), id="now"),
    ],
)
def test_a_life_is_what_was_known_at_an_instant(
    lives: Session, as_of: datetime | None, life: Life
) -> None:
    want = {"RZ1": Life(REAL.opened, REAL.closed, None), "ZZ901": life}

    assert organisations.list_lives(lives, ["ZZ901", "RZ1", "ZZ999"], as_of=as_of) == want
    assert organisations.list_lives(lives, [], as_of=as_of) == {}


# Successions.


@pytest.fixture
def followed(register: Session) -> Session:
    """A session with a third trust, for successions."""
    store(register, Organisation("ZZ902", Kind.TRUST))
    return register


def test_successions_come_back_in_order_of_their_first_day(followed: Session) -> None:
    added = organisations.add_successions(followed, [MERGED, SPLIT, VANISHED], known_from=None)

    assert added == 3
    assert organisations.list_successions(followed) == (
        Known(VANISHED, datetime(2020, 4, 1, tzinfo=UTC)),
        Known(MERGED, MIDNIGHT),
        Known(SPLIT, MIDNIGHT),
    )


def test_a_succession_is_known_from_an_instant(followed: Session) -> None:
    organisations.add_successions(followed, [VANISHED], known_from=None)

    assert organisations.add_successions(followed, [VANISHED, MERGED], known_from=AT) == 1
    assert organisations.add_successions(followed, [SPLIT, MERGED], known_from=at(1)) == 1
    assert organisations.add_successions(followed, [SPLIT, MERGED], known_from=at(2)) == 0

    known = (
        Known(VANISHED, datetime(2020, 4, 1, tzinfo=UTC)), Known(MERGED, AT), Known(SPLIT, at(1)),
    )  # fmt: skip
    assert organisations.list_successions(followed) == known
    assert [
        organisations.list_successions(followed, as_of=as_of)
        for as_of in (datetime(2020, 3, 31, tzinfo=UTC), AT - TICK, AT, at(1) - TICK, at(1))
    ] == [(), known[:1], known[:2], known[:2], known]


def test_no_succession_is_added_at_once(followed: Session) -> None:
    assert organisations.add_successions(followed, [], known_from=AT) == 0
    assert organisations.list_successions(followed) == ()
