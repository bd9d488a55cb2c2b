"""Checking a database at the command line."""

import json

from sqlalchemy import Engine, text

from app.domain.checks import FindingCode
from app.store.engine import writing
from tests.cli.parity import Parity


def test_a_database_in_order_is_told_in_a_line(example: Parity) -> None:
    told = example.succeed("check")

    assert told.startswith("Nothing is wrong: 16 checks of ")
    assert json.loads(example.succeed("check", "--json")) == {"findings": []}


def test_what_is_wrong_is_told_with_what_to_do(example: Parity, engine: Engine) -> None:
    with writing(engine) as session:
        counted = session.scalar(text("UPDATE ledger SET changes = changes + 1 RETURNING changes"))
    detail = f"it counts {counted} changes, and the newest is {counted - 1}"
    code = FindingCode.CHANGES_MISSING

    audit = FindingCode.AUDIT_BROKEN
    entry = "ledger_changed: entry {}: The ledger's row is not that of the newest change."

    assert example("check") == 1
    lines = example.out.splitlines()
    assert lines[0] == f"PC-201 ledger: {detail}."
    assert lines[1].startswith(f"PC-601 audit_entry: {entry.format(counted)}")
    assert lines[2:] == ["", f"PC-201: {code.sentence}", f"PC-601: {audit.sentence}"]
    assert example("check", "--json") == 1
    first, second = json.loads(example.out)["findings"]
    assert first == {
        "id": "PC-201",
        "code": "pc_201",
        "where": "ledger",
        "detail": detail,
        "wrong": code.wrong,
        "remedy": code.remedy,
    }
    assert (second["id"], second["where"]) == ("PC-601", "audit_entry")
