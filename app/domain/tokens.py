"""Callers' tokens: what each is for, and until when it is good."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from app.domain.callers import Caller
from app.domain.coded import Coded

USUAL_LIFE: Final = timedelta(days=400)
"""How long a token made over HTTP is good unless told otherwise: a return comes once a year, and
the token that sent one should still send the next."""

LONGEST_LIFE: Final = timedelta(days=800)
"""How long one may be good at most: two returns, after which nobody remembers who has it."""

USUAL_OVERLAP_HOURS: Final = 24
"""Hours that a former secret stays good unless told otherwise: a day to bring the new one out."""

LONGEST_OVERLAP_HOURS: Final = 168
"""Hours that it may stay good at most: a week."""

LONGEST_SUBJECT: Final = 255
"""Characters of what an issuer calls an application (OpenID Connect Core, section 2)."""

USE_INTERVAL: Final = timedelta(hours=1)
"""How often the use of a token is recorded at most."""


class TokenState(Coded):
    """Whether a token is good."""

    VALID = ("valid", "The token is accepted.")
    EXPIRED = ("expired", "The day from which the token is refused has come.")
    REVOKED = ("revoked", "The token was taken back, for good.")


@dataclass(frozen=True, slots=True)
class Subject:
    """Whom another's signed token speaks of.

    Attributes:
        issuer: Who signs, as the token's `iss` has it.
        name: What the issuer calls the application, as the token's `sub` has it.
    """

    issuer: str
    name: str


@dataclass(frozen=True, slots=True)
class Withdrawal:
    """A trust's consent to a token for several, taken back."""

    ods_code: str
    at: datetime
    by: str


@dataclass(frozen=True, slots=True)
class Token:
    """A bearer token, without its secret; or what signed tokens of one subject may do.

    Attributes:
        id: The part of the token by which it is named; not secret.
        caller: Who calls with it; of its organisations only those that consent.
        expires_at: From then on it is refused; None for never.
        revoked_at: When it was taken back; None while it holds.
        subject: Whose signed tokens it stands for; None where it has a secret of its own.
        former_until: Until when the secret before the last rotation is good; None where it is not.
        last_used_at: When it was used, to the hour; None where it never was.
        withdrawn: Consents that were taken back, by ODS code.
    """

    id: str
    caller: Caller
    created_at: datetime
    created_by: str
    expires_at: datetime | None = None
    revoked_at: datetime | None = None
    subject: Subject | None = None
    former_until: datetime | None = None
    last_used_at: datetime | None = None
    withdrawn: tuple[Withdrawal, ...] = ()

    def state_at(self, now: datetime) -> TokenState:
        """Return whether the token is good at an instant, and why not."""
        if self.revoked_at is not None:
            return TokenState.REVOKED
        if self.expires_at is not None and now >= self.expires_at:
            return TokenState.EXPIRED
        return TokenState.VALID

    def is_valid_at(self, now: datetime) -> bool:
        """Return whether the token is accepted at an instant."""
        return self.state_at(now) is TokenState.VALID

    def takes_former_at(self, now: datetime) -> bool:
        """Return whether the secret before the last rotation is still good at an instant."""
        return self.former_until is not None and now < self.former_until

    @property
    def next_use_due(self) -> datetime | None:
        """From when on a use is to be recorded; None for from the start."""
        return None if self.last_used_at is None else self.last_used_at + USE_INTERVAL

    def is_use_due_at(self, now: datetime) -> bool:
        """Return whether a use at an instant is to be recorded."""
        return self.next_use_due is None or now >= self.next_use_due
