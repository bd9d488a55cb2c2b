"""What looks odd and is in order, and what nothing but a look at the database itself finds."""

from datetime import date

import pytest
from sqlalchemy import Engine, text

from app.domain.checks import Finding, FindingCode
from app.services.checks import check_all
from app.store import check_structure, guards, ledger, schema
from app.store.engine import build_engine, reading, writing
from tests.given import Given
from tests.services.breaking import break_

BEFORE_CHANGES = "5b1c8e6f20d7"
"""The last revision of the database that does not keep its changes."""


def test_figures_of_nobody_are_in_order(engine: Engine) -> None:
    given = Given(engine)
    given.register()
    given.actuals("ZZ901", 2023, {("clinical", "8a"): (0, 0, 0)})
    given.board("ZZ901", 2023, {(True, True): (0, 0, 0)})
    given.indicators("ZZ901", 2023, {2: ((0, 0), (0, 0))})

    with reading(engine) as session:
        assert list(check_all(session)) == []


def test_changes_that_an_older_release_did_not_keep_are_not_missed(engine: Engine) -> None:
    given = Given(engine)
    given.register()
    given.indicators("ZZ901", 2023)
    given.actuals("ZZ901", 2023)
    with reading(engine) as session:
        told = [*ledger.read_changes(session)]

    schema.downgrade(engine, BEFORE_CHANGES)  # which has no indicators either
    schema.upgrade(engine)
    given.board("ZZ901", 2023)

    with reading(engine) as session:
        after = [*ledger.read_changes(session)]
        assert list(check_all(session)) == []
    assert after[-1][0] == told[-1][0] + 1
    assert len(after) < after[-1][0]
    assert after[-2] == told[-1]


def test_exactly_the_triggers_that_are_made_are_known(engine: Engine) -> None:
    with reading(engine) as session:
        assert guards.enabled(session) == guards.expected(engine.dialect.name)


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_what_cannot_be_read_is_found_and_nothing_else_looked_at(engine: Engine) -> None:
    given = Given(engine)
    given.register()
    for year in (2022, 2023):
        given.actuals("ZZ902", year)
    given.signed_off("ZZ902", 2023, on=date(2023, 7, 1))
    with writing(engine) as session:
        break_(
            session,
            "UPDATE headcount SET bme = 'sixty' WHERE year = 2022 AND band = '8a'",
            "UPDATE ledger SET changed_at = 'soon', changes = 1",
            "UPDATE sign_off SET board_date = 2023, lead_role = X'FF' WHERE year = 2023",
        )
        found = list(check_all(session))

    assert found == [
        Finding(FindingCode.MISTYPED, where, f"of another type: {columns}")
        for where, columns in (
            ("ledger 1", "changed_at"),
            ("headcount ZZ902 2022 1 clinical 8a", "bme"),
            ("sign_off ZZ902 2023 1", "board_date, lead_role"),
        )
    ]


def test_a_damaged_file_is_found(sqlite_url: str) -> None:
    engine = build_engine(sqlite_url)
    Given(engine).register()
    with writing(engine) as session:
        session.execute(text("PRAGMA writable_schema = ON"))
        session.execute(
            text(
                "UPDATE sqlite_master SET rootpage = (SELECT rootpage FROM sqlite_master"
                " WHERE name = 'ix_expert_support_ods_code')"
                " WHERE name = 'ix_import_record_sha256'"
            )
        )
    engine.dispose()

    engine = build_engine(sqlite_url)
    with reading(engine) as session:
        found = list(check_structure.find_damage(session))
    engine.dispose()

    assert found
    assert {one.code for one in found} == {FindingCode.DAMAGED}
