"""Erasing WRES experts on the command line: for good, and off the disk."""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import Engine, make_url, text
from typer.testing import CliRunner, Result

from app.cli import commands
from app.domain.experts import Expert, Person, Support
from app.store.engine import build_engine, reading
from tests.cli.experts import ANOTHER, LONG_AGO, NOBODY, NOT_FOUND, PERSON, held, recorded
from tests.cli.parity import Parity
from tests.given import Given

QUESTION = "Erase An Expert, cohort 2018? This cannot be undone [y/N]: "


@pytest.fixture
def parity(parity: Parity, given: Given) -> Parity:
    """The command line on a database with the register."""
    assert given
    return parity


@pytest.fixture
def sqlite_engine(sqlite_url: str) -> Iterator[Engine]:
    """An engine for a SQLite database with the register."""
    engine = build_engine(sqlite_url)
    Given(engine).register()
    yield engine
    engine.dispose()


def _erased(expert_id: str) -> str:
    return f"Erased the expert {expert_id}; cohort and trusts are kept.\n"


def _of_operator(parity: Parity) -> str:
    """Return what is said of the traces that the database leaves to its operator."""
    if parity.url.startswith("sqlite"):
        return ""
    return (
        "PostgreSQL keeps former rows until VACUUM, and longer in its log and in backups: removing"
        " them is the operator's.\n"
    )


def answer(parity: Parity, text: str, *arguments: str) -> Result:
    """Run a command and answer what it asks."""
    return CliRunner().invoke(
        commands, arguments, input=text, env={"PARITY_DATABASE_URL": parity.url}
    )


def test_an_expert_is_erased_after_a_question(parity: Parity, engine: Engine) -> None:
    expert_id = recorded(engine, Support("RZ1", LONG_AGO))

    result = answer(parity, "y\n", "experts", "erase", expert_id)

    assert (result.exit_code, result.stdout) == (
        0,
        f"{QUESTION}y\n{_erased(expert_id)}{_of_operator(parity)}",
    )
    today = datetime.now(UTC).date()
    assert held(engine, expert_id) == Expert(None, "2018", (Support("RZ1", LONG_AGO, today),))


@pytest.mark.parametrize("text", ["n\n", "\n", ""])
def test_an_expert_is_not_erased_without_a_yes(
    parity: Parity, engine: Engine, given: Given, text: str
) -> None:
    expert_id = recorded(engine)
    before = given.read_database()

    result = answer(parity, text, "experts", "erase", expert_id)

    assert result.exit_code == 1
    assert result.stdout.startswith(QUESTION)
    assert given.read_database() == before


def test_an_expert_is_erased_without_a_question(
    parity: Parity, engine: Engine, given: Given
) -> None:
    expert_id = recorded(engine, Support("RZ1", LONG_AGO))
    before = given.read_database()

    told = parity.succeed("experts", "erase", expert_id, "--yes")

    assert told == _erased(expert_id) + _of_operator(parity)
    kept = given.read_database()
    for word in (PERSON.name, PERSON.email):
        assert (word in before, word in kept) == (True, False)


def test_erasing_once_more_is_told(parity: Parity, engine: Engine, given: Given) -> None:
    expert_id = recorded(engine)
    parity("experts", "erase", expert_id, "--yes")
    before = given.read_database()

    told = parity.succeed("experts", "erase", expert_id)

    assert told == f"The expert {expert_id} was erased before.\n{_of_operator(parity)}"
    assert given.read_database() == before


@pytest.mark.parametrize("options", [(), ("--yes",)])
def test_an_expert_who_is_not_there_is_told(parity: Parity, options: tuple[str, ...]) -> None:
    assert parity.fail("experts", "erase", NOBODY, *options) == NOT_FOUND


def test_an_email_stands_for_everyone_who_is_or_was_recorded_with_it(
    parity: Parity, engine: Engine, given: Given
) -> None:
    renamed = recorded(engine, person=PERSON)
    parity.succeed(
        *("experts", "put", renamed, str(_written(parity, ANOTHER)), "--revision", "1"),
    )
    second = recorded(engine, person=PERSON)
    third = recorded(engine, person=Person("A Third", "third@trust.example"))

    result = answer(parity, "y\n", "experts", "erase", PERSON.email.upper())

    question = "Erase Another Expert, cohort 2018; An Expert, cohort 2018? This cannot be undone"
    assert result.exit_code == 0, result.output
    assert result.stdout == (
        f"{question} [y/N]: y\n{_erased(renamed)}{_erased(second)}{_of_operator(parity)}"
    )
    kept = given.read_database()
    assert [one.email in kept for one in (PERSON, ANOTHER)] == [False, False]
    assert held(engine, third).person is not None


def test_an_email_that_nobody_has_is_told(parity: Parity, engine: Engine) -> None:
    recorded(engine)

    told = parity.fail("experts", "erase", "no@one.example", "--yes")

    assert told == "No WRES expert is recorded with this e-mail.\n"


def test_what_is_not_off_the_disk_yet_is_told_and_cleared_by_erasing_again(
    sqlite_url: str, sqlite_engine: Engine, tmp_path: Path
) -> None:
    parity = Parity(sqlite_url, tmp_path)
    expert_id = recorded(sqlite_engine, Support("RZ1", LONG_AGO))
    database = Path(make_url(sqlite_url).database or "")

    def on_disk() -> list[bool]:
        kept = b"".join(one.read_bytes() for one in database.parent.glob(f"{database.name}*"))
        return [word.encode() in kept for word in (PERSON.name, PERSON.email)]

    erase = ("experts", "erase", expert_id, "--yes")
    with reading(sqlite_engine) as session:
        session.execute(text("SELECT count(*) FROM expert"))
        told = [(parity(*erase), parity.out, parity.err, on_disk()) for _ in range(2)]
    after = parity.succeed(*erase), on_disk()

    before = f"The expert {expert_id} was erased before.\n"
    again = (
        "It is not off the disk yet: somebody is reading the database. Run"
        f" `parity experts erase {expert_id}` again.\n"
    )
    assert told == [
        (1, _erased(expert_id), again, [True, True]),
        (1, before, again, [True, True]),
    ]
    assert after == (before, [False, False])


def _written(parity: Parity, person: Person) -> Path:
    body = {"name": person.name, "email": person.email, "cohort": "2018", "supports": []}
    return parity.write("expert.json", body)
