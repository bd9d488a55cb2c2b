"""What is wrong with a token that is asked for."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime

from app.domain.callers import TOKEN_ROLES, Role
from app.domain.errors import Fault
from app.domain.organisations import Kind
from app.domain.tokens import LONGEST_SUBJECT


def find_role_faults(
    role: Role, codes: Sequence[str], kinds: Mapping[str, Kind]
) -> Iterator[Fault]:
    """Yield how a role and its organisations do not fit.

    Args:
        role: Of who would call.
        codes: ODS codes of the organisations, as they were named.
        kinds: What they are; those not in the register are left out.
    """
    if role not in TOKEN_ROLES:
        listed = ", ".join(role.value for role in TOKEN_ROLES)
        yield Fault("/role", "role_without_token", f"A token has one of the roles {listed}.")
        return
    if role is Role.NATIONAL and codes:
        detail = "A national token is for all organisations; name none."
        yield Fault("/organisations", "organisations_unused", detail)
    if role is not Role.NATIONAL and not codes:
        detail = f"Name the organisations that the {role} token is for."
        yield Fault("/organisations", "organisations_missing", detail)
    if role is Role.TRUST and len(set(codes)) > 1:
        detail = "A trust token is for one trust; its predecessors are included."
        yield Fault("/organisations", "one_trust_only", detail)
    yield from _find_code_faults(role, codes, kinds)


def _find_code_faults(
    role: Role, codes: Sequence[str], kinds: Mapping[str, Kind]
) -> Iterator[Fault]:
    allowed = {Kind.ICB, Kind.REGION} if role is Role.AREA else {Kind.TRUST}
    for index, code in enumerate(codes):
        at = f"/organisations/{index}"
        if code not in kinds:
            yield Fault(at, "unknown_code", f"No organisation has the ODS code {code}.")
        elif kinds[code] not in allowed:
            detail = f"{code} is a {kinds[code]}; a token with the role {role} is for others."
            yield Fault(at, "wrong_kind", detail)


def find_expiry_faults(
    expires_at: datetime | None, *, now: datetime, latest: datetime | None
) -> Iterator[Fault]:
    """Yield what is wrong with the instant from which a token would be refused.

    Args:
        expires_at: It; None for never.
        now: The instant.
        latest: When it has to have ended; None where it need not.
    """
    if expires_at is not None and expires_at <= now:
        detail = f"{expires_at.isoformat()} has passed; the token would never be accepted."
        yield Fault("/expires_at", "in_the_past", detail)
    if latest is not None and expires_at is not None and expires_at > latest:
        detail = f"Name an instant until {latest.isoformat()}; a token is renewed by rotating it."
        yield Fault("/expires_at", "expires_too_late", detail)


def find_subject_faults(subject: str, issuer: str | None) -> Iterator[Fault]:
    """Yield what is wrong with a subject whose signed tokens are to be accepted.

    Args:
        subject: What the issuer calls it.
        issuer: Whose signed tokens are accepted; None if nobody's are.
    """
    if issuer is None:
        detail = "This service accepts no signed tokens; its operator sets PARITY_JWT_ISSUER."
        yield Fault("/subject", "no_issuer", detail)
    if not (subject.isprintable() and 0 < len(subject) <= LONGEST_SUBJECT):
        detail = f"Send 1 to {LONGEST_SUBJECT} printable characters, as the issuer's `sub` has it."
        yield Fault("/subject", "not_a_subject", detail)
