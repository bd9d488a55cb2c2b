import json
import re
from datetime import UTC, date, datetime

import pytest
from sqlalchemy import Engine

from app.domain.experts import Expert, Person, Support
from tests.bodies import JSON, fault, malformed, refused
from tests.cli.experts import ANOTHER, LONG_AGO, NOBODY, NOT_FOUND, PERSON, held, recorded
from tests.cli.parity import Parity, as_told
from tests.given import Given


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
    second = recorded(engine, person=ANOTHER, cohort="2020")
    parity("experts", "erase", second, "--yes")

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
    recorded(engine, Support("RZ1", LONG_AGO, LONG_AGO), person=ANOTHER)
    recorded(engine, Support("RZ2", LONG_AGO), person=Person("A Third", "third@trust.example"))

    listed = parity.succeed("experts", "list", "--trust", "RZ1")

    assert [line[0] for line in cells(listed)] == ["Id", current]


def test_the_trusts_that_nobody_supports_are_listed(parity: Parity, engine: Engine) -> None:
    recorded(engine, Support("RZ1", LONG_AGO), Support("RZ2", LONG_AGO, LONG_AGO))

    listed = parity.succeed("experts", "list", "--without")

    assert cells(listed) == [
        ["Trust", "Name", "Region", "ICB"],
        ["RZ2", "Second Example NHS Trust", "Y63", "QHM"],
    ]


def test_a_trust_and_those_without_are_not_asked_for_together(parity: Parity) -> None:
    assert parity("experts", "list", "--without", "--trust", "RZ1") == 2
    assert "--trust and --without do not go together" in parity.err


# Changing


def test_an_expert_is_shown_as_it_is_put_back(parity: Parity, engine: Engine) -> None:
    expert_id = recorded(engine, Support("RZ1", LONG_AGO))

    code = parity("experts", "show", expert_id)

    assert (code, json.loads(parity.out)) == (
        0,
        body(supports=[{"ods_code": "RZ1", "starts": "2019-04-01", "ends": None}]),
    )
    assert parity.err == "Revision 2; store a change of it with --revision 2.\n"


def test_a_support_is_ended_by_putting_the_expert(parity: Parity, engine: Engine) -> None:
    expert_id = recorded(engine, Support("RZ1", LONG_AGO))
    last = {"ods_code": "RZ1", "starts": "2019-04-01", "ends": "2021-03-31"}
    file = str(parity.write("expert.json", body(supports=[last])))
    put = ("experts", "put", expert_id, file)

    told = parity.succeed(*put, "--revision", "2")
    again = parity.succeed(*put)

    assert told == f"Stored: revision 3 of the expert {expert_id}.\n"
    assert again == f"Nothing to change: revision 3 of the expert {expert_id} says the same.\n"
    ended = Support("RZ1", LONG_AGO, date(2021, 3, 31))
    assert held(engine, expert_id) == Expert(PERSON, "2018", (ended,))


@pytest.mark.parametrize(
    ("options", "code"),
    [((), "revision_not_named"), (("--revision", "1"), "revision_stale")],
)
def test_a_change_names_the_revision_that_it_builds_on(
    parity: Parity, engine: Engine, given: Given, options: tuple[str, ...], code: str
) -> None:
    expert_id = recorded(engine, Support("RZ1", LONG_AGO))
    file = str(parity.write("expert.json", body(cohort="2020")))
    before = given.read_database()

    told = parity.fail("experts", "put", expert_id, file, *options)

    assert told == (
        f"{code}: Revision 2 is held. Read it with `parity experts show {expert_id}`, then repeat"
        " the change with --revision 2.\n"
    )
    assert given.read_database() == before


def test_a_second_record_of_an_expert_is_refused(parity: Parity, engine: Engine) -> None:
    expert_id = recorded(engine)
    file = parity.write("expert.json", body(email=PERSON.email.upper()))

    told = parity.fail("experts", "add", str(file))

    detail = f"The expert {expert_id} has this e-mail; change that record instead."
    assert told == as_told(refused("expert", fault("/email", "duplicate_email", detail)))


def test_an_expert_who_was_erased_or_never_was_is_not_shown(
    parity: Parity, engine: Engine
) -> None:
    expert_id = recorded(engine)
    parity("experts", "erase", expert_id, "--yes")

    assert parity.fail("experts", "show", NOBODY) == NOT_FOUND
    assert parity.fail("experts", "show", expert_id) == (
        f"expert_erased: The WRES expert {expert_id} was erased; record a new one.\n"
    )
