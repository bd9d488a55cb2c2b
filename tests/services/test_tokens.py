"""Making tokens, beside the command line: what does not fit together is refused."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from sqlmodel import Session

from app.domain.callers import COMMAND_LINE, Caller, Role
from app.domain.errors import Fault, TokenInvalid, UnacceptableToken
from app.services.callers import find_caller
from app.services.register import load_register
from app.services.tokens import create_token, list_tokens, revoke_token

NOW = datetime(2026, 11, 23, 9, tzinfo=UTC)


@pytest.fixture
def register(session: Session) -> Session:
    load_register(session, by=COMMAND_LINE, now=NOW)
    return session


@pytest.mark.parametrize(
    ("role", "codes", "fault"),
    [
        pytest.param(
            Role.ANONYMOUS,
            [],
            Fault(
                "/role",
                "role_without_token",
                "A token has one of the roles trust_data, trust, area, national.",
            ),
            id="a role that needs no token",
        ),
        pytest.param(
            Role.NATIONAL,
            ["R0A"],
            Fault(
                "/organisations",
                "organisations_unused",
                "A national token is for all organisations; name none.",
            ),
            id="national, for one trust",
        ),
        pytest.param(
            Role.TRUST,
            [],
            Fault(
                "/organisations",
                "organisations_missing",
                "Name the organisations that the trust token is for.",
            ),
            id="a trust's, for none",
        ),
        pytest.param(
            Role.TRUST,
            ["R0A", "R0B"],
            Fault(
                "/organisations",
                "one_trust_only",
                "A trust token is for one trust; its predecessors are included.",
            ),
            id="a trust's, for two",
        ),
        pytest.param(
            Role.TRUST_DATA,
            ["R0A", "RZZ"],
            Fault("/organisations/1", "unknown_code", "No organisation has the ODS code RZZ."),
            id="an unknown trust",
        ),
        pytest.param(
            Role.AREA,
            ["R0A"],
            Fault(
                "/organisations/0",
                "wrong_kind",
                "R0A is a trust; a token with the role area is for others.",
            ),
            id="an area's, for a trust",
        ),
    ],
)
def test_a_role_and_organisations_that_do_not_fit_make_no_token(
    register: Session, role: Role, codes: list[str], fault: Fault
) -> None:
    caller = Caller("check", role, frozenset(codes))

    with pytest.raises(UnacceptableToken) as refused:
        create_token(register, caller=caller, expires_at=None, by=COMMAND_LINE, now=NOW)

    assert refused.value.faults == (fault,)
    assert list_tokens(register) == []


def test_a_token_that_has_expired_already_is_not_made(register: Session) -> None:
    caller = Caller("check", Role.NATIONAL)

    with pytest.raises(UnacceptableToken) as refused:
        create_token(register, caller=caller, expires_at=NOW, by=COMMAND_LINE, now=NOW)

    assert [fault.code for fault in refused.value.faults] == ["in_the_past"]


def test_a_token_is_accepted_until_it_expires_or_is_revoked(register: Session) -> None:
    caller = Caller("check", Role.TRUST, frozenset({"R0A"}))
    later = NOW + timedelta(days=1)
    made = create_token(register, caller=caller, expires_at=later, by=COMMAND_LINE, now=NOW)

    found = find_caller(register, secret=made.secret, now=NOW)
    assert found == replace(caller, token_id=made.token.id)
    with pytest.raises(TokenInvalid, match="has expired"):
        find_caller(register, secret=made.secret, now=later)
    revoke_token(register, token_id=made.token.id, by=COMMAND_LINE, now=NOW)
    with pytest.raises(TokenInvalid, match="was revoked"):
        find_caller(register, secret=made.secret, now=NOW)
