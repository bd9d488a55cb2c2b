import re
from datetime import UTC, date, datetime

import pytest
from sqlalchemy import Engine
from typer.testing import CliRunner, Result

from app.cli import commands
from app.domain.callers import COMMAND_LINE
from app.domain.experts import Expert, Person, Support
from app.domain.preconditions import WHATEVER
from app.services.experts import ExpertSubmission, get_expert, post_expert, put_expert
from app.store.engine import reading, writing
from tests.bodies import JSON, fault, malformed, refused
from tests.cli.parity import Parity, as_told
from tests.given import SETUP, START, Given

PERSON = Person("An Expert", "an.expert@trust.example")

NOBODY = "x000000000000"

NOT_FOUND = f"expert_not_found: There is no WRES expert {NOBODY}.\n"

LONG_AGO = date(2019, 4, 1)

QUESTION = "Erase An Expert, cohort 2018? This cannot be undone [y/N]: "


@pytest.fixture
def parity(parity: Parity, given: Given) -> Parity:
    """The command line on a database with the register."""
    assert given
    return parity


def body(**changes: object) -> JSON:
    support = {"ods_code": "RZ1", "starts": "2019-04-01"}
    return {
        "name": PERSON.name,
        "email": PERSON.email,
        "cohort": "2018",
        "supports": [support],
        **changes,
    }


def recorded(engine: Engine, *supports: Support, cohort: str = "2018") -> str:
    """Record an expert, and once more with the supports; return the identifier."""
    submission = ExpertSubmission(PERSON, cohort, supports)
    with writing(engine) as session:
        empty = ExpertSubmission(PERSON, cohort, ())
        made = post_expert(session, submission=empty, caller=COMMAND_LINE, now=SETUP)
        put_expert(
            session,
            expert_id=made.id,
            submission=submission,
            precondition=WHATEVER,
            caller=COMMAND_LINE,
            now=SETUP,
        )
    return made.id


def held(engine: Engine, expert_id: str) -> Expert:
    with reading(engine) as session:
        return get_expert(session, expert_id=expert_id, caller=COMMAND_LINE, now=START).expert


def answer(parity: Parity, text: str, *arguments: str) -> Result:
    """Run a command and answer what it asks."""
    return CliRunner().invoke(
        commands, arguments, input=text, env={"PARITY_DATABASE_URL": parity.url}
    )


def cells(table: str) -> list[list[str]]:
    """Return the cells of a table's lines, its rule left out."""
    lines = [re.split(r"\s{2,}", line.strip()) for line in table.splitlines()]
    return [line for line in lines if len(line) > 1]


# Adding


def test_an_expert_is_recorded_from_a_file(parity: Parity, engine: Engine) -> None:
    told = parity.succeed("experts", "add", str(parity.write("expert.json", body())))

    found = re.fullmatch(r"Recorded the expert (x[0-9a-f]{12})\.\n", told)
    assert found is not None
    assert held(engine, found[1]) == Expert(PERSON, "2018", (Support("RZ1", LONG_AGO),))


def test_a_malformed_file_is_refused_with_every_fault(parity: Parity, given: Given) -> None:
    before = given.count_rows()
    file = parity.write("expert.json", {"name": "An Expert", "email": "an expert"})

    told = parity.fail("experts", "add", str(file))

    detail = (
        "Send an address of at most 254 characters, without spaces, with one @ and a dot after it."
    )
    assert told == as_told(
        malformed(
            fault("/email", "not_an_email", detail),
            fault("/cohort", "missing", "This member is required."),
        )
    )
    assert given.count_rows() == before


def test_an_expert_of_an_unknown_trust_is_refused(parity: Parity) -> None:
    sent = body(supports=[{"ods_code": "RZ9", "starts": "2019-04-01"}])

    told = parity.fail("experts", "add", str(parity.write("expert.json", sent)))

    detail = "No organisation has the ODS code RZ9."
    assert told == as_told(
        refused("expert", fault("/supports/0/ods_code", "unknown_code", detail))
    )


# Listing


def test_experts_are_listed_with_the_trusts_that_they_support(
    parity: Parity, engine: Engine
) -> None:
    over = Support("RZ0", LONG_AGO, date(2024, 3, 31))
    first = recorded(engine, over, Support("RZ1", date(2024, 4, 1)))
    second = recorded(engine, cohort="2020")
    parity.succeed("experts", "erase", second, "--yes")

    listed = parity.succeed("experts", "list")

    head, *lines = cells(listed)
    assert head == ["Id", "Name", "E-mail", "Cohort", "Supports"]
    who = [PERSON.name, PERSON.email]
    assert lines[0][:5] == [first, *who, "2018", lines[0][4]]
    assert lines[-1] == [second, "erased", "erased", "2020", "none"]
    text = " ".join(listed.split())
    assert "RZ0 2019-04-01 to" in text
    assert "RZ1 since" in text


def test_only_who_supports_a_trust_today_is_listed(parity: Parity, engine: Engine) -> None:
    today = datetime.now(UTC).date()
    current = recorded(engine, Support("RZ1", today))
    recorded(engine, Support("RZ1", LONG_AGO, LONG_AGO))
    recorded(engine, Support("RZ2", LONG_AGO))

    listed = parity.succeed("experts", "list", "--trust", "RZ1")

    assert [line[0] for line in cells(listed)] == ["Id", current]


# Erasing


def test_an_expert_is_erased_after_a_question(parity: Parity, engine: Engine) -> None:
    expert_id = recorded(engine, Support("RZ1", LONG_AGO))

    result = answer(parity, "y\n", "experts", "erase", expert_id)

    assert (result.exit_code, result.stdout) == (
        0,
        f"{QUESTION}y\nErased the expert {expert_id}; cohort and trusts are kept.\n",
    )
    assert held(engine, expert_id) == Expert(None, "2018", (Support("RZ1", LONG_AGO),))


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

    assert told == f"Erased the expert {expert_id}; cohort and trusts are kept.\n"
    kept = given.read_database()
    for word in (PERSON.name, PERSON.email):
        assert (word in before, word in kept) == (True, False)


def test_erasing_once_more_is_told(parity: Parity, engine: Engine, given: Given) -> None:
    expert_id = recorded(engine)
    parity.succeed("experts", "erase", expert_id, "--yes")
    before = given.read_database()

    told = parity.succeed("experts", "erase", expert_id)

    assert told == f"The expert {expert_id} was erased before.\n"
    assert given.read_database() == before


@pytest.mark.parametrize("options", [(), ("--yes",)])
def test_an_expert_who_is_not_there_is_told(parity: Parity, options: tuple[str, ...]) -> None:
    assert parity.fail("experts", "erase", NOBODY, *options) == NOT_FOUND
