"""Checking a database at the command line."""

import json

from sqlalchemy import Engine, text

from app.domain.checks import FindingCode
from app.store.engine import writing
from tests.cli.parity import Parity


def test_a_database_in_order_is_told_in_a_line(example: Parity) -> None:
    told = example.succeed("check")

    assert told.startswith("Nothing is wrong: 14 checks of ")
    assert json.loads(example.succeed("check", "--json")) == {"findings": []}


def test_what_is_wrong_is_told_with_what_to_do(example: Parity, engine: Engine) -> None:
    with writing(engine) as session:
        counted = session.scalar(text("UPDATE ledger SET changes = changes + 1 RETURNING changes"))
    detail = f"it counts {counted} changes, and the newest is {counted - 1}"
    code = FindingCode.CHANGES_MISSING

    assert example("check") == 1
    assert example.out == f"PC-201 ledger: {detail}.\n\nPC-201: {code.sentence}\n"
    assert example("check", "--json") == 1
    assert json.loads(example.out) == {
        "findings": [
            {
                "id": "PC-201",
                "code": "pc_201",
                "where": "ledger",
                "detail": detail,
                "wrong": code.wrong,
                "remedy": code.remedy,
            }
        ]
    }
