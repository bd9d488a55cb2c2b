"""Checks of everything that is held: each thing that is broken is found, and nothing else."""

from collections.abc import Iterable, Iterator
from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import Engine, event, text
from sqlmodel import Session
from starlette.testclient import TestClient

from app.domain.checks import Finding, FindingCode
from app.domain.measures import Measure
from app.services.checks import CHECKS, Check, check_all
from app.store import check_structure
from app.store.engine import build_engine, reading, writing
from tests.api.imports import LONG, SOURCE, TOTALS, send
from tests.apps import borrowed_app
from tests.given import Given
from tests.postgres import Server
from tests.services.breaking import break_

CENSUS = {("clinical", "8a"): (340, 61, 0), ("clinical", "5"): (2_000, 700, 0)}
UNKNOWN = {("clinical", "8a"): (300, 61, 60), ("clinical", "5"): (2_000, 600, 400)}
BEFORE_AUDIT = CHECKS[:-1]  # the audit misses whatever is changed behind the triggers
OF_ROWS = BEFORE_AUDIT[2:]  # those before them are of the database itself, and take longer

TARGET = "/v1/trusts/ZZ901/targets/leadership-2022-2025"
FIRST, SECOND = (f"target_version ZZ901 leadership-2022-2025 {one}" for one in (1, 2))


def fill(url: str) -> None:
    """Store something of everything that is checked, through the service."""
    with borrowed_app(url) as app, TestClient(app) as client:
        given = Given(app.state.engine)
        given.register()
        national = given.token("national")
        for year in (2022, 2023):
            given.actuals("ZZ901", year, CENSUS)
            given.board("ZZ901", year)
        given.actuals("ZZ901", 2023, UNKNOWN)
        given.actuals("ZZ902", 2022, CENSUS)
        given.signed_off("ZZ901", 2023, on=date(2023, 7, 1))
        given.indicators("ZZ901", 2023)
        given.target("ZZ901", Measure.LEADERSHIP, "2022-2025", goal_share="0.1800")
        further = {
            "goal_share": "0.2000",
            "milestones": [{"year": 2023, "goal_share": "0.1600"}],
            "change_reason": "Raised",
        }
        for method, path, body in (
            ("POST", f"{TARGET}/versions", further),
            ("POST", f"{TARGET}/submit", None),
            ("POST", f"{TARGET}/comments", {"version": 1, "text": "How?"}),
            ("PUT", "/v1/trusts/ZZ901/warnings/actuals-2023-2-0", {"explanation": "A payroll"}),
            ("POST", "/v1/trusts/ZZ901/actuals/2023/release", {}),
        ):
            tag = client.get(TARGET, headers=national).headers["etag"]
            headers = national | ({"If-Match": tag} if path.startswith(TARGET) else {})
            done = client.request(method, path, json=body, headers=headers)
            assert done.is_success, done.text
        assert send(client, LONG, national, **SOURCE, **TOTALS).status_code == 201
        given.actuals("ZZ901", 2022, UNKNOWN)  # later than what was frozen, so no fault of it


@pytest.fixture(scope="module")
def sqlite_held(sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory) -> str:
    file = tmp_path_factory.mktemp("held") / "parity.sqlite3"
    file.write_bytes(sqlite_template.read_bytes())
    fill(f"sqlite:///{file}")
    return f"sqlite:///{file}"


@pytest.fixture(scope="module")
def postgresql_held(
    postgresql_server: Server, postgresql_names: Iterator[str], postgresql_template: str
) -> Iterator[str]:
    name = next(postgresql_names)
    url = postgresql_server.create(name, template=postgresql_template)
    fill(url)
    yield url
    postgresql_server.drop(name)


@pytest.fixture(scope="module", params=("sqlite", "postgresql"))
def held(request: pytest.FixtureRequest) -> Iterator[Engine]:
    """An engine on which nothing but triggers keeps a row from being broken."""
    engine = build_engine(request.getfixturevalue(f"{request.param}_held"))
    if request.param == "sqlite":

        @event.listens_for(engine, "connect")
        def enforce_nothing(connection: object, _entry: object) -> None:
            for pragma in ("foreign_keys = OFF", "ignore_check_constraints = ON"):
                connection.execute(f"PRAGMA {pragma}")  # type: ignore[attr-defined]

    yield engine
    engine.dispose()


@pytest.fixture
def session(held: Engine) -> Iterator[Session]:
    """A session whose changes are rolled back."""
    with writing(held) as session:
        yield session
        session.rollback()


def told(
    session: Session, checks: Iterable[Check] = BEFORE_AUDIT
) -> list[tuple[FindingCode, str]]:
    return [(one.code, one.where) for one in check_all(session, checks)]


def test_what_the_service_has_stored_is_in_order(held: Engine) -> None:
    with reading(held) as session:
        assert list(check_all(session)) == []
        assert check_structure.count_rows(session) > 100


@pytest.mark.parametrize(
    ("statements", "expected"),
    [
        (
            ("INSERT INTO organisation_alias VALUES ('ZZ999', 0, 'A name')"),
            [(FindingCode.ORPHAN, "organisation_alias ZZ999 0")],
        ),
        (
            ("UPDATE ledger SET changes = changes + 1"),
            [(FindingCode.CHANGES_MISSING, "ledger")],
        ),
        (
            ("UPDATE change SET number = 999 WHERE number = (SELECT max(number) FROM change)"),
            [(FindingCode.CHANGES_MISSING, "change 999"), (FindingCode.CHANGES_MISSING, "ledger")],
        ),
        (
            ("UPDATE ledger SET changed_at = '2000-01-01 00:00:00'"),
            [(FindingCode.INSTANTS_BACK, "ledger")],
        ),
        (
            ("UPDATE board_revision SET recorded_at = '2000-01-01 00:00:00' WHERE year = 2023; "
             "UPDATE board_revision SET revision = 2 WHERE year = 2023; "
             "UPDATE board_seat SET revision = 2 WHERE year = 2023; "
             "UPDATE board_summary SET revision = 2 WHERE year = 2023"),
            [(FindingCode.CHAIN_BROKEN, "board_revision ZZ901 2023 2")],
        ),
        (
            ("UPDATE actuals_revision SET recorded_at = '2000-01-01 00:00:00'"
             " WHERE year = 2023 AND revision = 2"),
            [(FindingCode.INSTANTS_BACK, "actuals_revision ZZ901 2023 2")],
        ),
        (
            ("UPDATE explanation SET edition = 2"),
            [(FindingCode.CHAIN_BROKEN, "explanation ZZ901 actuals-2023-2-0 2")],
        ),
        (
            ("UPDATE change SET kind = 'register' WHERE kind = 'explanation'"),
            [(FindingCode.NOT_ENTERED, "explanation ZZ901 actuals-2023-2-0")],
        ),
        (
            ("UPDATE change SET kind = 'board', name = '2015', ods_code = 'ZZ901'"
             " WHERE kind = 'import'"),
            [(FindingCode.ENTERED_ONLY, "change board ZZ901 2015")],
        ),
        (
            ("DELETE FROM actuals_cover WHERE year = 2023 AND revision = 1"),
            [(FindingCode.COVERS_NOBODY, "actuals_revision ZZ901 2023 1")],
        ),
        (
            ("UPDATE target_version SET baseline_bme = 60 WHERE version = 1 AND edit = 2"),
            [(FindingCode.BASELINE_MOVED, FIRST)],
        ),
        (
            ("UPDATE headcount SET bme = 62, white = 339 WHERE ods_code = 'ZZ901'"
             " AND year = 2022 AND band = '8a'"),
            [
                (FindingCode.SUMMARY_UNTRUE, "actuals_summary ZZ901 2022 1"),
                (FindingCode.SUMMARY_UNTRUE, "actuals_summary ZZ901 2022 2"),
                (FindingCode.BASELINE_MOVED, FIRST),
                (FindingCode.BASELINE_MOVED, SECOND),
            ],
        ),
        (
            ("UPDATE actuals_summary SET people = '1 2 3' WHERE year = 2023 AND revision = 1"),
            [(FindingCode.SUMMARY_UNTRUE, "actuals_summary ZZ901 2023 1")],
        ),
        (
            ("UPDATE board_summary SET cells = '' WHERE year = 2022; "
             "UPDATE board_summary SET people = '' WHERE year = 2022"),
            [(FindingCode.SUMMARY_UNTRUE, "board_summary ZZ901 2022 1")],
        ),
        (
            ("UPDATE target_version SET baseline_bme = NULL WHERE version = 1 AND edit = 2"),
            [(FindingCode.PATH_BROKEN, FIRST)],
        ),
        (
            ("UPDATE target_version SET baseline_bme = 0, baseline_total = 0,"
             " baseline_source = 'x'"
             " WHERE version = 1 AND edit = 2"),
            [(FindingCode.PATH_BROKEN, FIRST)],
        ),
        (
            ("UPDATE target_milestone SET year = 2030"),
            [(FindingCode.PATH_BROKEN, SECOND)],
        ),
        (
            ("UPDATE target SET measure = 'nobody'"),
            [(FindingCode.UNKNOWN_CODE, "target measure"),
             (FindingCode.PATH_BROKEN, "target_version")],
        ),
        (
            ("UPDATE organisation SET synthetic = (1 = 0) WHERE ods_code = 'ZZ902'"),
            [(FindingCode.INVENTED_BESIDE_REAL, "database")],
        ),
        (
            ("UPDATE target_move SET state = 'reviewed' WHERE version = 2 AND ordinal = 0"),
            [(FindingCode.MOVE_NOT_ALLOWED, SECOND), (FindingCode.MOVE_NOT_ALLOWED, SECOND)],
        ),
        (
            ("DELETE FROM target_move WHERE version = 2"),
            [(FindingCode.MOVE_NOT_ALLOWED, SECOND)],
        ),
        (
            ("DELETE FROM target_move WHERE state = 'superseded'"),
            [(FindingCode.NOT_ONE_IN_FORCE, FIRST)],
        ),
        (
            ("UPDATE target_move SET recorded_at = '2031-01-01 00:00:00'"
             " WHERE state = 'superseded'"),
            [(FindingCode.NOT_ONE_IN_FORCE, FIRST)],
        ),
        (
            ("UPDATE target_version SET recorded_at = '2031-01-01 00:00:00'"
             " WHERE version = 2 AND edit = 2"),
            [(FindingCode.EDITED_AFTERWARDS, SECOND)],
        ),
        (
            ("DELETE FROM actuals_warning WHERE year = 2023 AND revision = 2"),
            [(FindingCode.REFERS_TO_NOTHING, "explanation ZZ901 actuals-2023-2-0")],
        ),
        (
            ("UPDATE explanation SET warning_id = 'x'; "
             "UPDATE change SET name = 'x' WHERE kind = 'explanation'"),
            [(FindingCode.REFERS_TO_NOTHING, "explanation ZZ901 x")],
        ),
        (
            ("UPDATE target_comment SET version = 9"),
            [(FindingCode.REFERS_TO_NOTHING,
              "comment on target_version ZZ901 leadership-2022-2025 9")],
        ),
        (
            ("UPDATE import_record SET id = 'a'; "
             "UPDATE import_item SET import_id = 'a'; "
             "UPDATE import_warning SET import_id = 'a'; "
             "UPDATE import_item SET revision = 9"),
            [(FindingCode.REFERS_TO_NOTHING, "import_item a ZZ901 2024 9")],
        ),
        (
            ("UPDATE sign_off SET recorded_at = '2000-01-01 00:00:00'"),
            [(FindingCode.BEFORE_ITS_TIME, "sign_off ZZ901 2023 2")],
        ),
        (
            ("UPDATE release SET as_of = '2000-01-01 00:00:00'"),
            [(FindingCode.BEFORE_ITS_TIME, "release ZZ901 2023 1")],
        ),
        (
            ("UPDATE actuals_warning SET code = 'nothing'"),
            [
                (FindingCode.UNKNOWN_CODE, "actuals_warning code"),
                (FindingCode.PATH_BROKEN, "target_version"),
            ],
        ),
    ],
    ids=lambda one: one[0][0].value if isinstance(one, list) else "",
)  # fmt: skip
def test_what_is_broken_behind_the_triggers_is_found(
    session: Session, statements: str, expected: list[tuple[FindingCode, str]]
) -> None:
    break_(session, *statements.split("; "))

    assert told(session, OF_ROWS) == expected


@pytest.mark.parametrize(
    ("statement", "thing"),
    [
        ("UPDATE headcount SET white = white + 1 WHERE year = 2023 AND revision = 1",
         "actuals/ZZ901/2023"),
        ("DELETE FROM board_seat WHERE year = 2023", "board/ZZ901/2023"),
        ("DELETE FROM indicator_pool", "indicators/ZZ901/2023"),
    ],
)  # fmt: skip
def test_what_is_not_as_the_audit_has_it_is_found(
    session: Session, statement: str, thing: str
) -> None:
    break_(session, statement)

    found = [one for one in check_all(session) if one.code is FindingCode.AUDIT_BROKEN]

    assert [one.where for one in found] == ["audit_entry"]
    assert thing in found[0].detail


def test_a_row_that_breaks_a_rule_is_found(session: Session) -> None:
    expected = [
        (FindingCode.RULE_BROKEN, "headcount ZZ901 2023 1 clinical 8a"),
        (FindingCode.SUMMARY_UNTRUE, "actuals_summary ZZ901 2023 1"),
    ]
    if session.get_bind().dialect.name == "postgresql":
        session.execute(text("ALTER TABLE headcount DROP CONSTRAINT ck_headcount_not_negative"))
        expected.insert(0, (FindingCode.STRUCTURE, "headcount"))
    session.execute(
        text(
            "UPDATE headcount SET unknown = -1 WHERE year = 2023 AND revision = 1 AND band = '8a'"
        )
    )

    assert told(session) == expected


def test_an_empty_value_that_may_not_be_is_found(postgresql_held: str) -> None:
    engine = build_engine(postgresql_held)
    with writing(engine) as session:
        session.execute(text("ALTER TABLE sign_off ALTER COLUMN lead_role DROP NOT NULL"))
        session.execute(text("UPDATE sign_off SET lead_role = NULL"))
        found = list(check_all(session, BEFORE_AUDIT))
        session.rollback()
    engine.dispose()

    where = "sign_off ZZ901 2023 2"
    assert found == [Finding(FindingCode.RULE_BROKEN, where, "lead_role is empty")]


@pytest.mark.parametrize(
    ("statement", "where", "detail"),
    [
        ("DROP INDEX ix_expert_support_ods_code", "expert_support",
         "ix_expert_support_ods_code is not there"),
        ("ALTER TABLE import_record DROP COLUMN correction_note", "import_record",
         "the column correction_note is not there"),
        ("DROP TABLE organisation_alias", "organisation_alias", "the table is not there"),
    ],
)  # fmt: skip
def test_what_the_migrations_made_is_missed(
    session: Session, statement: str, where: str, detail: str
) -> None:
    if "TABLE import_record" in statement and session.get_bind().dialect.name == "sqlite":
        break_(session, statement)
    else:
        session.execute(text(statement))

    assert list(check_all(session)) == [Finding(FindingCode.STRUCTURE, where, detail)]


def test_a_guard_that_is_gone_is_missed(session: Session) -> None:
    on_table = "" if session.get_bind().dialect.name == "sqlite" else " ON target_move"
    session.execute(text(f"DROP TRIGGER target_move_refuses_leap{on_table}"))

    detail = "the trigger target_move_refuses_leap is not on"
    assert list(check_all(session)) == [Finding(FindingCode.STRUCTURE, "target_move", detail)]


def test_what_is_switched_off_on_postgresql_is_missed(postgresql_held: str) -> None:
    engine = build_engine(postgresql_held)
    with writing(engine) as session:
        session.execute(text("ALTER TABLE sign_off DISABLE TRIGGER ALL"))
        session.execute(text("ALTER TABLE release DISABLE TRIGGER release_refuses_update"))
        found = list(check_all(session, BEFORE_AUDIT))
        session.rollback()
    engine.dispose()

    code = FindingCode.STRUCTURE
    key = "fk_sign_off_ods_code_year_revision"
    assert found == [
        Finding(code, "release", "the trigger release_refuses_update is not on"),
        Finding(code, "sign_off", f"{key} is not enforced"),
    ]


def test_of_very_many_findings_the_first_are_told(session: Session) -> None:
    many = (Finding(FindingCode.ORPHAN, str(number), "x") for number in range(1_000))

    assert len(list(check_all(session, [lambda _session: many]))) == 100
