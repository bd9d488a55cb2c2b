"""Many rows at once: the same rows as one by one."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal

from sqlalchemy import Engine, insert, select

from app.store import bulk
from app.store.engine import reading, writing
from app.store.revisions import insert_all
from app.store.rows import ChangeRow, OrganisationAliasRow, TargetMilestoneRow, table_of
from tests.store.rows_to_try import EDIT, Values, fill

CHANGE = table_of(ChangeRow)
ALIAS = table_of(OrganisationAliasRow)
MILESTONE = table_of(TargetMilestoneRow)
AT = datetime(2026, 11, 23, 9, 0, 0, 1, tzinfo=UTC)


def changes(number: int) -> list[Values]:
    return [
        {
            "number": n,
            "recorded_at": AT + timedelta(hours=n),
            "kind": "actuals",
            "ods_code": None if n % 2 else "ZZ901",
            "name": "a tab\tand a \\ and\na line" if n % 3 else None,
        }
        for n in range(1, number + 1)
    ]


def test_many_rows_are_stored_as_a_few_are(engine: Engine) -> None:
    many = changes(bulk.MANY)
    with writing(engine) as session:
        insert_all(session, [(CHANGE, many)])

    with reading(engine) as session:
        held = [row._asdict() for row in session.execute(select(CHANGE).order_by(CHANGE.c.number))]
    with writing(engine) as session:
        insert_all(
            session, [(CHANGE, [one | {"number": 10_000 + n} for n, one in enumerate(many[:9])])]
        )
    with reading(engine) as session:
        few = [
            row._asdict()
            for row in session.execute(
                select(CHANGE).where(CHANGE.c.number >= 10_000).order_by(CHANGE.c.number)
            )
        ]

    assert held == many
    assert [one | {"number": 0} for one in few] == [one | {"number": 0} for one in held[:9]]


def test_texts_and_numbers_are_kept_as_they_are(engine: Engine) -> None:
    rows: list[Values] = [
        {"ods_code": "ZZ901", "ordinal": n, "name": f"Name {n}"} for n in range(1, 20)
    ]
    with writing(engine) as session:
        fill(session, "organisation")
        bulk.insert_many(session, ALIAS, rows)

    with reading(engine) as session:
        held = session.execute(select(ALIAS).order_by(ALIAS.c.ordinal))
        assert [row._asdict() for row in held] == rows


def test_exact_shares_are_kept_exactly(engine: Engine) -> None:
    rows: list[Values] = [
        EDIT | {"year": 2030 + n, "share": Decimal(n).scaleb(-4), "headcount": None}
        for n in range(20)
    ]
    with writing(engine) as session:
        fill(session, "target_version")
        bulk.insert_many(session, MILESTONE, rows)
        session.execute(insert(MILESTONE), [EDIT | {"year": 2029, "share": Decimal("0.0007")}])

    with reading(engine) as session:
        shares = session.execute(select(MILESTONE.c.share).order_by(MILESTONE.c.year)).scalars()
        assert list(shares) == [Decimal("0.0007"), *(row["share"] for row in rows)]


def test_what_is_not_committed_is_not_there(engine: Engine) -> None:
    with writing(engine) as session:
        bulk.insert_many(session, CHANGE, changes(3))
        session.rollback()

    with reading(engine) as session:
        assert session.execute(select(CHANGE)).all() == []
