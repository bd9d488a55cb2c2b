import re
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import Engine

from app.domain.callers import COMMAND_LINE, Caller, Role
from app.services.tokens import create_token, find_caller
from app.store.engine import reading, writing
from tests.cli.parity import Parity
from tests.given import START, Given

SECRET = re.compile(r"parity_([0-9a-f]{12})_[-\w]{43}")

YESTERDAY, NEXT_WEEK = (datetime.now(UTC).date() + timedelta(days=days) for days in (-1, 7))


def create(parity: Parity, *options: str, role: str = "national", name: str = "check") -> str:
    return parity.succeed("tokens", "create", "--role", role, "--name", name, *options)


def masked(text: str) -> str:
    """Return a text without what depends on chance or on the day."""
    text = SECRET.sub("parity_SECRET", text).replace(NEXT_WEEK.isoformat(), "NEXT_WEEK")
    return re.sub(r"\b[0-9a-f]{12}\b", "0123456789ab", re.sub(r"\d{4}-\d\d-\d\d", "DAY", text))


def test_a_plain_token_is_printed_alone_and_works(parity: Parity, engine: Engine) -> None:
    told = create(parity, "--plain")

    assert SECRET.fullmatch(told.removesuffix("\n"))
    with reading(engine) as session:
        caller = find_caller(session, secret=told.strip(), now=START)
    token_id = told.split("_")[1]
    assert caller == Caller("check", Role.NATIONAL, token_id=token_id)


def test_a_token_is_shown_with_what_it_is_for(parity: Parity, given: Given) -> None:
    assert given

    told = create(
        *(parity, "--for", "ZZ901", "--for", "ZZ902", "--expires", NEXT_WEEK.isoformat()),
        role="trust_data",
        name="HR system",
    )

    assert masked(told) == (
        "Token 0123456789ab, trust_data for ZZ901, ZZ902, called “HR system” until"
        " NEXT_WEEK. It is shown this once:\n\n  parity_SECRET\n\n"
    )


def test_tokens_are_listed_with_their_state_and_never_a_secret(
    parity: Parity, given: Given, engine: Engine
) -> None:
    assert given
    create(parity)
    create(parity, "--for", "ZZ901", "--expires", NEXT_WEEK.isoformat(), role="trust", name="lead")
    told = create(parity, "--for", "QMF", role="area", name="ICB lead")
    revoked = SECRET.search(told)
    assert revoked is not None
    parity.succeed("tokens", "revoke", revoked[1])
    with writing(engine) as session:
        create_token(
            session,
            caller=Caller("too late", Role.NATIONAL),
            expires_at=datetime(2020, 2, 1, tzinfo=UTC),
            by=COMMAND_LINE,
            now=datetime(2020, 1, 1, tzinfo=UTC),
        )

    listed = parity.succeed("tokens", "list")

    assert not SECRET.search(listed)
    rows = [re.split(r"\s{3,}", line.strip()) for line in masked(listed).splitlines()]
    id_ = "0123456789ab"
    assert [row for row in rows if len(row) > 1] == [
        ["Id", "Name", "Role", "For", "Created", "By", "State"],
        [id_, "check", "national", "all", "DAY", "cli", "valid"],
        [id_, "lead", "trust", "ZZ901", "DAY", "cli", "valid until NEXT_WEEK"],
        [id_, "ICB lead", "area", "QMF", "DAY", "cli", "revoked DAY"],
        [id_, "too late", "national", "all", "DAY", "cli", "expired DAY"],
    ]


def test_a_revoked_token_is_told(parity: Parity) -> None:
    made = SECRET.match(create(parity, "--plain"))
    assert made is not None

    told = parity.succeed("tokens", "revoke", made[1])

    assert told == f"Revoked the token {made[1]}.\n"


def test_a_token_that_would_never_be_accepted_is_refused(parity: Parity) -> None:
    day = f"{YESTERDAY.isoformat()}T00:00:00+00:00"

    told = parity.fail(
        *("tokens", "create", "--role", "national", "--name", "x", "--expires"),
        YESTERDAY.isoformat(),
    )

    assert told == (
        "unacceptable_token: The token has 1 fault; nothing was stored.\n"
        f"  /expires_at in_the_past: {day} has passed; the token would never be accepted.\n"
    )


@pytest.mark.parametrize("name", [" ", "x" * 201, "bell\a"], ids=["blank", "long", "control"])
def test_a_name_that_cannot_be_kept_is_refused(name: str, parity: Parity) -> None:
    code = parity("tokens", "create", "--role", "national", "--name", name)

    assert code == 2
    assert parity.err.endswith(
        "Error: Invalid value for '--name': give 1 to 200 printable characters\n"
    )
