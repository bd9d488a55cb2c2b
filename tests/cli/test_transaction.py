import os
import subprocess
import sys
from pathlib import Path

import pytest
from sqlalchemy import Engine, text

from app.cli.transaction import find_origin
from app.domain.audit import Channel, Origin
from app.domain.callers import COMMAND_LINE
from app.store.engine import build_engine, writing
from tests.cli.parity import Parity
from tests.given import Given
from tests.origins import ORIGIN

OF_ANOTHER_RELEASE = (
    "The database is at the revision beef, which this release does not know; it belongs to"
    " another release.\n"
)
NOT_CURRENT = (
    "The database does not have the schema that this release needs; run `parity db upgrade`.\n"
)

NAMELESS = 4_000_000_000
"""An account that no system has a name for."""

REFUSED = """\
PARITY_DATABSE_URL is not a setting; the nearest one is PARITY_DATABASE_URL.
PARITY_PORT must be a whole number from 1 to 65535.
"""


@pytest.mark.parametrize("command", [("tokens", "list"), ("register", "load")])
def test_a_database_without_the_schema_is_refused(
    command: tuple[str, ...], fresh_parity: Parity
) -> None:
    assert fresh_parity.fail(*command) == NOT_CURRENT


def test_a_database_of_another_release_is_refused(parity: Parity, engine: Engine) -> None:
    with writing(engine, ORIGIN) as session:
        session.execute(text("UPDATE alembic_version SET version_num = 'beef'"))

    assert parity.fail("tokens", "list") == OF_ANOTHER_RELEASE


def test_a_database_of_another_program_is_refused(fresh_parity: Parity) -> None:
    engine = build_engine(fresh_parity.url)
    with writing(engine) as session:
        session.execute(text("CREATE TABLE song (id INTEGER)"))
    engine.dispose()

    assert fresh_parity.fail("tokens", "list") == (
        "The database holds tables of another program and none of Parity's; name another one in"
        " PARITY_DATABASE_URL.\n"
    )


def test_whoever_has_no_name_on_the_system_is_told_by_number(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    for name in ("LOGNAME", "USER", "LNAME", "USERNAME"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr(os, "getuid", lambda: NAMELESS)

    assert find_origin() == Origin(COMMAND_LINE, Channel.CLI, "parity", f"uid {NAMELESS}")


def test_an_error_is_told_by_its_code_and_sentence(parity: Parity) -> None:
    told = parity.fail("tokens", "revoke", "0123456789ab")

    assert told == "token_not_found: There is no token 0123456789ab.\n"


def test_an_error_is_told_with_every_fault(parity: Parity, given: Given) -> None:
    assert given

    told = parity.fail(
        *("tokens", "create", "--role", "trust", "--name", "x", "--for", "ZZ999", "--for", "QMF"),
    )

    assert told == (
        "unacceptable_token: The token has 3 faults; nothing was stored.\n"
        "  /organisations one_trust_only: A trust token is for one trust; its predecessors are"
        " included.\n"
        "  /organisations/0 unknown_code: No organisation has the ODS code ZZ999.\n"
        "  /organisations/1 wrong_kind: QMF is a icb; a token with the role trust is for others.\n"
    )


def test_a_command_that_fails_changes_nothing(parity: Parity, given: Given) -> None:
    before = given.count_rows()

    parity.fail("tokens", "create", "--role", "national", "--name", "x", "--for", "ZZ901")

    assert given.count_rows() == before


def test_a_database_that_does_not_answer_is_told_without_its_password(tmp_path: Path) -> None:
    parity = Parity("postgresql://parity:geheim@127.0.0.1:1/parity", tmp_path)

    told = parity.fail("tokens", "list")

    assert told.startswith("The database does not answer: connection failed: ")
    assert len(told.splitlines()) == 1
    assert "geheim" not in told


@pytest.mark.parametrize("command", [["tokens", "list"], ["serve"]], ids=" ".join)
def test_wrong_settings_are_told_all_at_once(command: list[str], tmp_path: Path) -> None:
    run = subprocess.run(
        [Path(sys.executable).with_name("parity"), *command],
        capture_output=True,
        check=False,
        cwd=tmp_path,
        env={"PARITY_DATABSE_URL": "sqlite:///x", "PARITY_PORT": "http"},
        text=True,
    )

    assert (run.returncode, run.stdout, run.stderr) == (2, "", REFUSED)
