import re
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import Engine

from app.domain.callers import COMMAND_LINE, Caller, Role
from app.domain.errors import TokenInvalid
from app.services.callers import find_caller, record_use
from app.services.tokens import create_token
from app.store.engine import reading, writing
from tests.cli.parity import Parity
from tests.given import START, Given
from tests.origins import ORIGIN

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
    assert caller == Caller("check", Role.NATIONAL, token_id=told.split("_")[1])


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
    with writing(engine, ORIGIN) as session:
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
        ["Id", "Name", "Role", "For", "Created", "By", "Last used", "State"],
        [id_, "check", "national", "all", "DAY", "cli", "never", "valid"],
        [id_, "lead", "trust", "ZZ901", "DAY", "cli", "never", "until NEXT_WEEK"],
        [id_, "ICB lead", "area", "QMF", "DAY", "cli", "never", "revoked DAY"],
        [id_, "too late", "national", "all", "DAY", "cli", "never", "expired DAY"],
    ]


def test_a_token_is_rotated_and_the_secret_before_is_good_for_a_while(
    parity: Parity, engine: Engine
) -> None:
    before = create(parity, "--plain").strip()
    token_id = before.split("_")[1]

    told = parity.succeed("tokens", "rotate", token_id, "--expires", NEXT_WEEK.isoformat())
    listed = parity.succeed("tokens", "list")

    after = SECRET.search(told)
    assert after is not None
    assert re.sub(r"\d\d:\d\d", "TIME", masked(told)) == (
        "Token 0123456789ab, national, called “check” until NEXT_WEEK. It is shown this once:\n\n"
        "  parity_SECRET\n\n"
        "The secret before is good until DAY TIME UTC.\n"
    )
    assert "the secret before until" in " ".join(listed.split())
    with reading(engine) as session:
        for secret in (before, after[0]):
            assert find_caller(session, secret=secret, now=datetime.now(UTC)).name == "check"


def test_a_secret_that_got_out_is_replaced_at_once(parity: Parity, engine: Engine) -> None:
    before = create(parity, "--plain").strip()

    told = parity.succeed("tokens", "rotate", before.split("_")[1], "--overlap", "0", "--plain")

    assert SECRET.fullmatch(told.strip())
    with reading(engine) as session, pytest.raises(TokenInvalid):
        find_caller(session, secret=before, now=datetime.now(UTC))


def test_the_last_use_of_a_token_is_listed(parity: Parity, engine: Engine) -> None:
    token_id = create(parity, "--plain").split("_")[1]
    with writing(engine) as session:
        record_use(session, token_id=token_id, at=datetime(2026, 11, 23, 9, tzinfo=UTC))

    assert " 2026-11-23 " in parity.succeed("tokens", "list")


def test_a_subject_of_signed_tokens_is_registered(
    parity: Parity, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PARITY_JWT_ISSUER", "https://issuer.example")
    monkeypatch.setenv("PARITY_JWT_AUDIENCE", "parity")
    monkeypatch.setenv("PARITY_JWT_JWKS_URL", "https://issuer.example/jwks.json")

    told = create(parity, "--subject", "a client")
    listed = parity.succeed("tokens", "list")

    assert masked(told) == (
        "Token 0123456789ab, national, called “check”. It stands for what https://issuer.example"
        " signs for a client.\n"
    )
    assert "valid, signed for a client" in " ".join(listed.split())


def test_a_subject_needs_an_issuer(parity: Parity) -> None:
    told = parity.fail(
        "tokens", "create", "--role", "national", "--name", "x", "--subject", "a client"
    )

    assert told == (
        "unacceptable_token: The token has 1 fault; nothing was stored.\n"
        "  /subject no_issuer: This service accepts no signed tokens; its operator sets"
        " PARITY_JWT_ISSUER.\n"
    )


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
