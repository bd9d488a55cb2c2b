"""The audit and redactions on the command line."""

import getpass

import pytest
from sqlalchemy import Engine, text

from app.store.engine import writing
from tests.cli.parity import Parity
from tests.given import Given


@pytest.fixture
def parity(parity: Parity, given: Given) -> Parity:
    """The command line on a database with a small register and a census."""
    given.actuals("RZ1", 2024)
    return parity


def tampered(engine: Engine) -> None:
    with writing(engine) as session:
        session.execute(text("UPDATE headcount SET bme = bme + 1"))


def test_the_chain_is_verified_exported_and_verified_again(
    parity: Parity, engine: Engine, tmp_path_factory: pytest.TempPathFactory
) -> None:
    file = tmp_path_factory.mktemp("kept") / "audit.jsonl"

    head = parity.succeed("audit", "head").strip()
    parity.succeed("audit", "export", str(file))
    printed = parity.succeed("audit", "export")
    told = [
        parity.succeed("audit", "verify", "--expect", head),
        parity.succeed("audit", "verify", "--expect", head, "--file", str(file)),
    ]

    count = head.partition(":")[0]
    assert told == [f"{count} entries hold; the head is {head}.\n"] * 2
    assert file.read_text(encoding="utf-8") == printed
    tampered(engine)
    assert parity.fail("audit", "verify") == (
        f"stored_changed: entry {count}, actuals/RZ1/2024: What is stored is not what was"
        " entered. Compare it with a backup from before.\n"
    )


def test_what_is_no_export_or_no_head_is_refused(parity: Parity) -> None:
    file = parity.write("audit.jsonl", {"number": 1})

    assert "is no export of the audit: a line has not" in parity.fail(
        "audit", "verify", "--file", str(file)
    )
    assert parity("audit", "verify", "--expect", "7") == 2
    assert "NUMBER:HASH" in parity.err


def test_entries_are_listed(parity: Parity) -> None:
    parity.succeed("tokens", "create", "--role", "national", "--name", "team")

    listed = parity.succeed("audit", "list", "--limit", "2")
    none = parity.succeed(
        "audit", "list", "--for", "RZ2", "--since", "2026-01-01", "--kind", "board"
    )

    first, second = (line.split() for line in listed.splitlines() if " change " in line)
    assert int(first[0]) == int(second[0]) + 1
    assert "There are older ones" in listed
    assert " change " not in none


def test_reading_exact_figures_of_a_real_trust_is_recorded(parity: Parity) -> None:
    parity.succeed("actuals", "compare", "RZ1", "2024", "1")

    listed = parity.succeed("audit", "export").splitlines()[-1]
    assert '"event":"reading"' in listed
    assert '"ods_code":"RZ1"' in listed
    assert f'"address":"{getpass.getuser()}"' in listed


def test_a_text_is_redacted(parity: Parity, engine: Engine) -> None:
    thing = ("redact", "actuals/RZ1/2024", "source", "--reason", "It names a person.")

    told = [parity.succeed(*thing, "--number", "1"), parity.succeed(*thing)]

    assert told[0].startswith("Redacted source in 1 place.\nBackups, exports and copies")
    assert told[1].startswith("There is no such text, or it was redacted before.\n")
    with engine.connect() as connection:
        (source,) = connection.execute(text("SELECT source FROM actuals_revision")).scalars()
    assert source.startswith("[redacted 20")
    assert '"event":"redaction"' in parity.succeed("audit", "export")
    parity.succeed("audit", "verify")


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("actuals/RZ1/2024", "bme"), "use one of source, notes, reason, correction_note"),
        (("token/a1b2", "name"), "a token has no texts"),
        (("photos/1", "notes"), "actuals/RZ1/2024"),
        (("actuals", "notes"), "actuals/RZ1/2024"),
    ],
)
def test_what_is_no_text_is_not_redacted(
    parity: Parity, arguments: tuple[str, str], told: str
) -> None:
    assert parity("redact", *arguments, "--reason", "x") == 2
    assert told in " ".join(parity.err.split())


def test_a_text_of_what_is_nobodys_is_redacted(parity: Parity, engine: Engine) -> None:
    with engine.connect() as connection:
        held = connection.execute(text("SELECT name FROM change WHERE kind = 'import'")).all()

    told = parity.succeed("redact", "census/2024", "reason", "--reason", "It names a person.")

    assert held == []
    assert told.startswith("There is no such text, or it was redacted before.\n")


def test_a_reason_is_given(parity: Parity) -> None:
    assert parity("redact", "import/i_1", "reason", "--reason", " ") == 2
    assert "give 1 to 1000 characters" in parity.err
