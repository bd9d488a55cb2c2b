"""WRES experts in the database: the newest revision counts, and erasing reaches every one."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import Table, select
from sqlalchemy.exc import IntegrityError
from sqlmodel import Session

from app.domain.callers import COMMAND_LINE
from app.domain.errors import ExpertNotFound
from app.domain.experts import Expert, ExpertRevision, Person, Support
from app.domain.organisations import Kind, Organisation
from app.domain.records import Author, Record
from app.services.register import add_organisations
from app.store import experts
from app.store.rows import ExpertRevisionRow, ExpertRow, ExpertSupportRow, table_of

AT = datetime(2026, 11, 23, 9, tzinfo=UTC)
DAY = timedelta(days=1)
RECORD = Record(AT, Author("a team"))

SPRING = date(2019, 4, 1)

FIRST = ExpertRevision(
    "xffffffffffff",
    1,
    Expert(
        Person("First Expert", "first@trust.example"),
        "2018",
        (Support("ZZ901", SPRING, date(2021, 3, 31)), Support("ZZ902", SPRING)),
    ),
    RECORD,
    created_at=AT,
)

SECOND = ExpertRevision(
    "x000000000000",
    1,
    Expert(Person("Second Expert", "second@trust.example"), "2020", (Support("ZZ902", SPRING),)),
    Record(AT + DAY, Author("another team")),
    created_at=AT + DAY,
)

REVISED = replace(
    FIRST,
    revision=2,
    expert=Expert(Person("First Expert", "new@trust.example"), "2018", ()),
    record=Record(AT + 2 * DAY, Author("another team")),
)

TABLES = [table_of(row) for row in (ExpertRow, ExpertRevisionRow, ExpertSupportRow)]


def _rows(session: Session, table: Table) -> list[dict[str, object]]:
    query = select(table).order_by(*table.primary_key.columns)
    return [dict(row) for row in session.execute(query).mappings()]


@pytest.fixture
def register(session: Session) -> Session:
    """A session in which two trusts are stored."""
    trusts = [Organisation(code, Kind.TRUST) for code in ("ZZ901", "ZZ902")]
    add_organisations(session, trusts, by=COMMAND_LINE, now=AT)
    return session


@pytest.fixture
def kept(register: Session) -> Session:
    """A session in which two experts are stored."""
    for one in (SECOND, FIRST):
        experts.add(register, one)
    return register


def test_what_is_stored_comes_back(kept: Session) -> None:
    found = [experts.get(kept, one.id) for one in (FIRST, SECOND)]

    assert found == [FIRST, SECOND]


def test_no_expert_is_held_at_first(session: Session) -> None:
    assert experts.list_all(session) == []
    assert experts.count_by_trust(session, on=SPRING) == {}


def test_experts_are_listed_in_the_order_in_which_they_were_recorded(kept: Session) -> None:
    assert experts.list_all(kept) == [FIRST, SECOND]


def test_an_expert_who_is_not_there_is_told(kept: Session) -> None:
    with pytest.raises(ExpertNotFound) as caught:
        experts.get(kept, "x1")

    assert caught.value.facts == {"expert_id": "x1"}


def test_the_newest_revision_counts_and_the_others_stay(kept: Session) -> None:
    experts.revise(kept, REVISED)

    assert experts.get(kept, FIRST.id) == REVISED
    assert experts.list_all(kept) == [REVISED, SECOND]
    table = table_of(ExpertRevisionRow).c
    rows = kept.execute(
        select(table.revision, table.email).where(table.expert_id == FIRST.id).order_by(*table)
    )
    assert [tuple(row) for row in rows] == [(1, "first@trust.example"), (2, "new@trust.example")]


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        (date(2019, 3, 31), {}),
        (date(2019, 4, 1), {"ZZ901": 1, "ZZ902": 2}),
        (date(2021, 3, 31), {"ZZ901": 1, "ZZ902": 2}),
        (date(2021, 4, 1), {"ZZ902": 2}),
    ],
)
def test_experts_are_counted_by_the_supports_of_a_day(
    kept: Session, day: date, expected: dict[str, int]
) -> None:
    assert experts.count_by_trust(kept, on=day) == expected


def test_experts_are_counted_by_their_newest_revisions(kept: Session) -> None:
    experts.revise(kept, REVISED)

    assert experts.count_by_trust(kept, on=SPRING) == {"ZZ902": 1}


def test_erasing_takes_the_person_out_of_every_revision_and_nothing_else(kept: Session) -> None:
    experts.revise(kept, REVISED)
    before = [_rows(kept, table) for table in TABLES]

    experts.erase(kept, FIRST.id, at=AT + 3 * DAY, by="a team")

    person = replace(REVISED.expert, person=None)
    assert experts.get(kept, FIRST.id) == replace(REVISED, expert=person, erased_at=AT + 3 * DAY)
    assert experts.get(kept, SECOND.id) == SECOND
    heads, revisions, supports = before
    erased = {"erased_at": AT + 3 * DAY, "erased_by": "a team"}
    nobody = {"name": None, "email": None}
    assert [_rows(kept, table) for table in TABLES] == [
        [row | erased if row["id"] == FIRST.id else row for row in heads],
        [row | nobody if row["expert_id"] == FIRST.id else row for row in revisions],
        supports,
    ]


def test_those_erased_are_counted_until_that_day(kept: Session) -> None:
    days = [SPRING, date(2026, 11, 24), date(2026, 11, 25)]
    before = [experts.count_by_trust(kept, on=day) for day in days]

    experts.erase(kept, SECOND.id, at=AT + DAY, by="a team")

    after = [experts.count_by_trust(kept, on=day) for day in days]
    assert before == [{"ZZ901": 1, "ZZ902": 2}, {"ZZ902": 2}, {"ZZ902": 2}]
    assert after == [*before[:2], {"ZZ902": 1}]


def test_experts_are_found_by_an_email_of_any_revision(kept: Session) -> None:
    experts.revise(kept, REVISED)
    person = Person("Third Expert", "groß@trust.example")
    third = replace(
        FIRST, id="x1", expert=replace(FIRST.expert, person=person), created_at=AT + 2 * DAY
    )
    experts.add(kept, third)
    asked = ("First@Trust.Example", "new@trust.example", "GROSS@TRUST.EXAMPLE", "no@one.example")

    found = [experts.find_by_email(kept, email) for email in asked]

    assert found == [[REVISED], [REVISED], [third], []]


def test_a_support_is_of_an_organisation_of_the_register(register: Session) -> None:
    stranger = replace(SECOND, expert=Expert(None, "2018", (Support("ZZ999", SPRING),)))

    with pytest.raises(IntegrityError):
        experts.add(register, stranger)
