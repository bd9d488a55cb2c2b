"""Every constraint of the tables, violated once; and the two types of our own."""

import shutil
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta, timezone
from decimal import Decimal

import pytest
from sqlalchemy import (
    CheckConstraint,
    Engine,
    ForeignKeyConstraint,
    Insert,
    PrimaryKeyConstraint,
    Table,
    UniqueConstraint,
    Update,
    delete,
    insert,
    select,
    text,
    update,
)
from sqlalchemy.exc import IntegrityError
from sqlmodel import Session, col

from app.store.engine import build_engine, writing
from app.store.rows import ActualsRevisionRow, OrganisationRow, Row, TargetVersionRow, TokenRow
from tests.postgres import Server

AT = datetime(2026, 11, 23, 9, tzinfo=UTC)

Values = dict[str, object]

REVISION: Values = {"ods_code": "ZZ901", "year": 2024, "revision": 1}
EDIT: Values = {
    "ods_code": "ZZ901",
    "target_id": "leadership-2022-2025",
    "version": 1,
    "edit": 1,
}
RECORDED: Values = {"recorded_at": AT, "recorded_by": "a test"}
PEOPLE: Values = {"white": 3, "bme": 2, "unknown": 1}

GOOD: dict[str, list[Values]] = {
    "organisation": [
        {"ods_code": code, "kind": "trust", "synthetic": True, "revision": 1, **RECORDED}
        for code in ("ZZ901", "ZZ902")
    ],
    "organisation_revision": [{"ods_code": "ZZ901", "revision": 1, "content": "{}", **RECORDED}],
    "organisation_fact": [
        {"ods_code": "ZZ901", "attribute": "name", "ordinal": 0, "value": "A trust"}
    ],
    "organisation_alias": [{"ods_code": "ZZ901", "ordinal": 0, "name": "The trust"}],
    "succession": [
        {
            "predecessor": "ZZ902",
            "ordinal": 0,
            "successor": "ZZ901",
            "effective_date": date(2022, 4, 1),
            "kind": "merged",
            "confirmed": True,
            "known_from": AT,
        }
    ],
    "census": [{"year": 2024, "opens": date(2024, 4, 1)}],
    "cycle": [
        {
            "code": "2022-2025",
            "starts": 2022,
            "ends": 2025,
            "ambition_year": 2028,
            "ambition_source": "A Model Employer",
        }
    ],
    "actuals_revision": [{**REVISION, "source": "Staff in post", **RECORDED}],
    "actuals_cover": [{**REVISION, "covered": "ZZ901"}],
    "actuals_warning": [{**REVISION, "ordinal": 0, "code": "small_base", "detail": "Small."}],
    "headcount": [{**REVISION, "staff_group": "clinical", "band": "8a", **PEOPLE}],
    "sign_off": [{**REVISION, "board_date": date(2024, 7, 25), "lead_role": "A role", **RECORDED}],
    "board_revision": [{**REVISION, "source": "Board register", **RECORDED}],
    "board_warning": [{**REVISION, "ordinal": 0, "code": "large_board", "detail": "Large."}],
    "board_seat": [{**REVISION, "voting": True, "executive": True, **PEOPLE}],
    "target": [
        {
            "ods_code": "ZZ901",
            "target_id": "leadership-2022-2025",
            "cycle": "2022-2025",
            "measure": "leadership",
        }
    ],
    "target_version": [
        {
            **EDIT,
            "form": "share",
            "goal_share": Decimal("0.1800"),
            "rounding": "half_up",
            "provenance": "set_by_trust",
            **RECORDED,
        }
    ],
    "target_milestone": [{**EDIT, "year": 2023, "share": Decimal("0.1300")}],
    "target_move": [{**EDIT, "ordinal": 0, "state": "draft", **RECORDED}],
    "token": [
        {
            "id": "0123456789ab",
            "hash": "0" * 64,
            "name": "a system",
            "role": "trust",
            "created_at": AT,
            "created_by": "a test",
        }
    ],
    "token_organisation": [{"token_id": "0123456789ab", "ods_code": "ZZ901"}],
}
"""A row or two of every table that is not there from the beginning, parents first."""

CHECKS: dict[str, Values] = {
    "ck_ledger_only_one": {"id": 2},
    "ck_organisation_kind_known": {"kind": "hospital"},
    "ck_organisation_closed_not_before_opened": {
        "opened": date(2022, 4, 1),
        "closed": date(2022, 3, 31),
    },
    "ck_organisation_revision_counts": {"revision": 0},
    "ck_organisation_fact_attribute_known": {"attribute": "colour"},
    "ck_organisation_fact_ends_not_before_start": {
        "starts": date(2022, 4, 1),
        "ends": date(2022, 3, 31),
    },
    "ck_succession_kind_known": {"kind": "sold"},
    "ck_succession_not_of_itself": {"successor": "ZZ902"},
    "ck_census_not_before_the_first": {"year": 2014},
    "ck_cycle_ends_after_start": {"ends": 2022},
    "ck_actuals_revision_revision_counts": {"revision": 0, "reason": "So"},
    "ck_actuals_revision_change_has_reason": {"revision": 2},
    "ck_headcount_not_negative": {"bme": -1},
    "ck_headcount_not_empty": {"white": 0, "bme": 0, "unknown": 0},
    "ck_headcount_staff_group_known": {"staff_group": "nurses"},
    "ck_headcount_band_of_staff_group": {"band": "consultant"},
    "ck_board_revision_revision_counts": {"revision": 0, "reason": "So"},
    "ck_board_revision_change_has_reason": {"revision": 2},
    "ck_board_seat_not_negative": {"unknown": -1},
    "ck_board_seat_not_empty": {"white": 0, "bme": 0, "unknown": 0},
    "ck_target_staff_group_known": {"staff_group": "medical"},
    "ck_target_version_version_counts": {"version": 0},
    "ck_target_version_edit_counts": {"edit": 0},
    "ck_target_version_form_known": {"form": "percentage", "goal_share": None},
    "ck_target_version_share_with_form": {"goal_share": None},
    "ck_target_version_headcount_with_form": {"goal_headcount": 60},
    "ck_target_version_reason_with_form": {"goal_reason": "So"},
    "ck_target_version_share_in_range": {"goal_share": Decimal("1.0001")},
    "ck_target_version_headcount_not_negative": {
        "form": "headcount",
        "goal_share": None,
        "goal_headcount": -1,
    },
    "ck_target_version_reference_in_range": {"reference_share": Decimal("-0.0001")},
    "ck_target_version_baseline_is_of_people": {
        "baseline_bme": 5,
        "baseline_total": 4,
        "workforce_bme": 5,
        "workforce_total": 9,
    },
    "ck_target_milestone_one_form": {"headcount": 60},
    "ck_target_milestone_share_in_range": {"share": Decimal("1.0001")},
    "ck_target_milestone_headcount_not_negative": {"share": None, "headcount": -1},
    "ck_target_move_state_known": {"state": "lost"},
    "ck_token_role_known": {"role": "anonymous"},
}
"""What is wrong with a row, by the constraint that refuses it."""

UNIQUES: dict[str, Values] = {
    "uq_succession_predecessor_successor_effective_date": {"ordinal": 1},
    "uq_token_hash": {"id": "another"},
}
"""How a second row differs from the first, by the constraint that refuses it."""

STRANGE: Values = {
    "ods_code": "ZZ999",
    "predecessor": "ZZ999",
    "successor": "ZZ999",
    "covered": "ZZ999",
    "year": 2099,
    "revision": 99,
    "target_id": "nothing",
    "version": 99,
    "edit": 99,
    "cycle": "2099-2102",
    "token_id": "nothing",
}
"""A value that no parent has, by column."""

LEDGER: Values = {"id": 1, "changes": 0, "changed_at": AT}


def constraints(kind: type) -> list[tuple[Table, str]]:
    """Return the tables' constraints of a kind, by name."""
    return [
        (table, str(constraint.name))
        for table in Row.metadata.sorted_tables
        for constraint in sorted(table.constraints, key=lambda one: str(one.name))
        if isinstance(constraint, kind)
    ]


def parameters(kind: type) -> list[object]:
    return [pytest.param(table, name, id=name) for table, name in constraints(kind)]


@pytest.fixture(scope="module", params=("sqlite", "postgresql"))
def shared(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Engine]:
    """One database of each kind for all tests: none commits what it stores."""
    if request.param == "sqlite":
        template = request.getfixturevalue("sqlite_template")
        engine = build_engine(
            f"sqlite:///{shutil.copy(template, tmp_path_factory.mktemp('rows'))}"
        )
        yield engine
        engine.dispose()
        return
    server: Server = request.getfixturevalue("postgresql_server")
    name: str = next(request.getfixturevalue("postgresql_names"))
    template = request.getfixturevalue("postgresql_template")
    engine = build_engine(server.create(name, template=template))
    yield engine
    engine.dispose()
    server.drop(name)


@pytest.fixture
def session(shared: Engine) -> Iterator[Session]:
    with writing(shared) as session:
        yield session
        session.rollback()


def fill(session: Session, until: str | None = None) -> None:
    """Store the good rows of every table, or of those up to one; parents come first."""
    for table in Row.metadata.sorted_tables:
        if table.name in GOOD:
            session.execute(insert(table), GOOD[table.name])
        if table.name == until:
            return


@pytest.fixture
def held(session: Session) -> Session:
    """A session in which every table has a good row."""
    fill(session)
    return session


def good(table: Table) -> Values:
    """Return the last good row of a table."""
    return LEDGER if table.name == "ledger" else GOOD[table.name][-1]


def refuse(session: Session, statement: Insert | Update, table: Table, name: str) -> None:
    """See that a statement is refused, and that the database names the constraint if it can."""
    with pytest.raises(IntegrityError) as caught:
        session.execute(statement)

    diagnosis = getattr(caught.value.orig, "diag", None)
    said = str(caught.value.orig) if diagnosis is None else diagnosis.constraint_name
    assert said in {name, _in_words_of_sqlite(table, name)}


def _in_words_of_sqlite(table: Table, name: str) -> str:
    """Return how SQLite speaks of a constraint: of a key by its columns, of a foreign one not."""
    constraint = next(one for one in table.constraints if one.name == name)
    if isinstance(constraint, CheckConstraint):
        return f"CHECK constraint failed: {name}"
    if isinstance(constraint, ForeignKeyConstraint):
        return "FOREIGN KEY constraint failed"
    assert isinstance(constraint, UniqueConstraint | PrimaryKeyConstraint)
    columns = (f"{table.name}.{column.name}" for column in constraint.columns)
    return f"UNIQUE constraint failed: {', '.join(columns)}"


def change(table: Table, values: Values) -> Update:
    """Return the statement that changes the good row of a table."""
    row = good(table)
    return (
        update(table)
        .where(*(column == row[column.name] for column in table.primary_key.columns))
        .values(values)
    )


def test_every_table_is_tried() -> None:
    assert set(GOOD) | {"ledger"} == {table.name for table in Row.metadata.sorted_tables}
    assert set(CHECKS) == {name for _, name in constraints(CheckConstraint)}
    assert set(UNIQUES) == {name for _, name in constraints(UniqueConstraint)}


@pytest.mark.parametrize(("table", "name"), parameters(CheckConstraint))
def test_a_row_that_contradicts_itself_is_refused(
    session: Session, table: Table, name: str
) -> None:
    fill(session, until=table.name)

    refuse(session, change(table, CHECKS[name]), table, name)


@pytest.mark.parametrize(("table", "name"), parameters(UniqueConstraint))
def test_what_may_stand_once_is_refused_twice(session: Session, table: Table, name: str) -> None:
    fill(session, until=table.name)

    refuse(session, insert(table).values(good(table) | UNIQUES[name]), table, name)


@pytest.mark.parametrize(("table", "name"), parameters(PrimaryKeyConstraint))
def test_a_key_stands_once(session: Session, table: Table, name: str) -> None:
    fill(session, until=table.name)
    unlike: dict[str, Values] = {
        "succession": {"effective_date": date(2023, 4, 1)},
        "token": {"hash": "1" * 64},
    }
    row = good(table) | unlike.get(table.name, {})

    refuse(session, insert(table).values(row), table, name)


@pytest.mark.parametrize(("table", "name"), parameters(ForeignKeyConstraint))
def test_a_row_of_a_parent_that_is_not_there_is_refused(
    session: Session, table: Table, name: str
) -> None:
    fill(session, until=table.name)
    constraint = next(one for one in table.constraints if one.name == name)
    assert isinstance(constraint, ForeignKeyConstraint)
    # Only the first columns of a key are in a row's other foreign keys.
    column = list(constraint.columns)[-1].name

    refuse(session, change(table, {column: STRANGE[column]}), table, name)


def test_a_parent_of_rows_cannot_go(held: Session) -> None:
    with pytest.raises(IntegrityError):
        held.execute(delete(OrganisationRow).where(col(OrganisationRow.ods_code) == "ZZ901"))


@pytest.mark.parametrize(
    "instant",
    [
        pytest.param(AT, id="whole"),
        pytest.param(AT.replace(microsecond=123_456), id="with microseconds"),
        pytest.param(AT.astimezone(timezone(timedelta(hours=-5))), id="elsewhere"),
        pytest.param(datetime(2026, 7, 1, tzinfo=timezone(timedelta(hours=1))), id="in summer"),
    ],
)
def test_an_instant_comes_back_in_utc(held: Session, instant: datetime) -> None:
    held.execute(update(ActualsRevisionRow).values(recorded_at=instant))

    found = held.execute(select(col(ActualsRevisionRow.recorded_at))).scalar_one()

    assert (found, found.tzinfo) == (instant, UTC)


def test_instants_compare_in_the_database(held: Session) -> None:
    later = (AT + timedelta(microseconds=1)).astimezone(timezone(timedelta(hours=9)))
    query = select(col(ActualsRevisionRow.year))
    recorded = col(ActualsRevisionRow.recorded_at)

    assert held.execute(query.where(recorded <= AT)).all()
    assert held.execute(query.where(recorded < later)).all()
    assert not held.execute(query.where(recorded >= later)).all()


def test_a_missing_instant_stays_missing(held: Session) -> None:
    assert held.execute(select(col(TokenRow.expires_at))).scalar_one() is None


@pytest.mark.parametrize("share", ["0.0000", "0.0001", "0.1800", "0.2900", "0.5799", "1.0000"])
def test_a_share_comes_back_exactly(held: Session, share: str) -> None:
    held.execute(update(TargetVersionRow).values(goal_share=Decimal(share)))

    found = held.execute(select(col(TargetVersionRow.goal_share))).scalar_one()

    assert (found, str(found)) == (Decimal(share), share)


def test_a_share_is_kept_in_ten_thousandths(held: Session) -> None:
    held.execute(update(TargetVersionRow).values(goal_share=Decimal("0.18")))

    found = held.execute(text("SELECT goal_share, reference_share FROM target_version")).one()

    assert tuple(found) == (1800, None)
    assert held.execute(select(col(TargetVersionRow.reference_share))).scalar_one() is None
