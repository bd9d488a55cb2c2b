"""Tokens as they are asked for and shown."""

from datetime import datetime, timedelta
from typing import Annotated, Self

from pydantic import Field

from app.api.schemas.base import BodyIn, BodyOut, Instant, Line, OdsCodeText, is_none
from app.domain.callers import Caller, Role
from app.domain.tokens import (
    LONGEST_LIFE,
    LONGEST_OVERLAP_HOURS,
    LONGEST_SUBJECT,
    USUAL_LIFE,
    USUAL_OVERLAP_HOURS,
    Token,
    TokenState,
)
from app.services.tokens import Wanted

_LATER = "2027-11-23T09:00:00Z"


class TokenIn(BodyIn):
    """A token that is asked for."""

    name: Line = Field(
        description="The role of a person, or a system; recorded with every change.",
        examples=["HR system"],
    )
    role: Role = Field(examples=["trust_data"])
    organisations: Annotated[list[OdsCodeText], Field(max_length=500)] = Field(
        default_factory=list,
        description="Whom the token is for: trusts that consent, or one trust, or boards and"
        " regions; none for a national one.",
        examples=[["ZZ001"]],
    )
    expires_at: Instant | None = Field(
        default=None,
        description=f"From then on it is refused; {USUAL_LIFE.days} days from now if left out,"
        f" {LONGEST_LIFE.days} at most.",
        examples=[_LATER],
    )
    subject: str | None = Field(
        default=None,
        min_length=1,
        max_length=LONGEST_SUBJECT,
        description="Of whom signed tokens take the place of a secret, as their issuer's `sub`"
        " has it; for the national team.",
        examples=["3d1f0a6c-52be-4f0e-9b1c-0a8d2c7e6f10"],
    )

    def to_wanted(self, now: datetime) -> Wanted:
        """Return what the service takes at an instant."""
        return Wanted(
            caller=Caller(self.name, self.role, frozenset(self.organisations)),
            expires_at=self.expires_at or now + USUAL_LIFE,
            latest=now + LONGEST_LIFE,
            named=tuple(self.organisations),
        )


class RotationIn(BodyIn):
    """A new secret that is asked for."""

    overlap_hours: int = Field(
        default=USUAL_OVERLAP_HOURS,
        strict=True,
        ge=0,
        le=LONGEST_OVERLAP_HOURS,
        description="How long the secret before stays good; 0 to end it at once.",
        examples=[USUAL_OVERLAP_HOURS],
    )
    expires_at: Instant | None = Field(
        default=None,
        description="From then on the token is refused, whichever its secret;"
        f" {LONGEST_LIFE.days} days from now at most. Left out, that stays as it is.",
        examples=[_LATER],
    )

    @property
    def overlap(self) -> timedelta:
        """How long the secret before stays good."""
        return timedelta(hours=self.overlap_hours)


class WithdrawalOut(BodyOut):
    """A trust's consent to a token for several, taken back."""

    ods_code: OdsCodeText
    at: Instant
    by: str = Field(description="Who took it back.", examples=["ZZ002 workforce lead"])


class TokenOut(BodyOut):
    """A token, without its secret; a trust is shown itself alone of those that it is for."""

    id: str = Field(examples=["0123456789ab"])
    name: str = Field(examples=["HR system"])
    role: Role
    organisations: list[OdsCodeText] = Field(description="Empty for all.", examples=[["ZZ001"]])
    withdrawn: list[WithdrawalOut] = Field(description="Trusts that it was for.")
    state: TokenState = Field(examples=["valid"])
    issuer: str | None = Field(
        exclude_if=is_none,
        description="Who signs the tokens that it stands for; present only then.",
        examples=["https://issuer.example"],
    )
    subject: str | None = Field(
        exclude_if=is_none,
        description="Whom they speak of; present only then.",
        examples=["3d1f0a6c-52be-4f0e-9b1c-0a8d2c7e6f10"],
    )
    created_at: Instant
    created_by: str = Field(examples=["national team"])
    expires_at: Instant | None = Field(description="Null for never.")
    revoked_at: Instant | None = Field(
        exclude_if=is_none, description="When it was taken back; present only then."
    )
    former_secret_until: Instant | None = Field(
        exclude_if=is_none,
        description="Until when the secret before the last rotation is good; present only after"
        " one with an overlap.",
    )
    last_used_at: Instant | None = Field(
        description="When it was used, to the hour; null if it never was."
    )

    @classmethod
    def from_domain(cls, token: Token, now: datetime) -> Self:
        """Return the body that presents a token at an instant."""
        return cls.model_validate(_members(token, now))


class NewTokenOut(TokenOut):
    """A token with its secret, which is not kept and cannot be shown again."""

    secret: str | None = Field(
        exclude_if=is_none,
        description="What the caller sends as a bearer token; absent where signed tokens take"
        " its place.",
        examples=["parity_0123456789ab_3yK5cO0Xk4q1mZ7vTn2bJ8sWd6gRf9hLpQxEaUiYcBo"],
    )

    @classmethod
    def from_new(cls, token: Token, secret: str | None, now: datetime) -> Self:
        """Return the body that presents a token with its new secret, if it has one."""
        return cls.model_validate({**_members(token, now), "secret": secret})


def _members(token: Token, now: datetime) -> dict[str, object]:
    return {
        "id": token.id,
        "name": token.caller.name,
        "role": token.caller.role,
        "organisations": sorted(token.caller.organisations),
        "withdrawn": [WithdrawalOut.model_validate(one) for one in token.withdrawn],
        "state": token.state_at(now),
        "issuer": token.subject.issuer if token.subject else None,
        "subject": token.subject.name if token.subject else None,
        "created_at": token.created_at,
        "created_by": token.created_by,
        "expires_at": token.expires_at,
        "revoked_at": token.revoked_at,
        "former_secret_until": token.former_until,
        "last_used_at": token.last_used_at,
    }


class TokenListOut(BodyOut):
    """Tokens, oldest first."""

    items: list[TokenOut]
    next: str | None = Field(description="Cursor of the next page; null at the end.")
