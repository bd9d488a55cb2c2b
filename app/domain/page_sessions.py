"""Sessions of people who signed in on a page: what each stands on, and how long it lasts."""

import hashlib
import hmac
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

LONGEST_SESSION: Final = timedelta(hours=12)
"""How long a session lasts however busy it is: a working day.

Source: OWASP Session Management Cheat Sheet, absolute timeout; NIST SP 800-63B-4, section 2.2.3.
"""

VISIT_INTERVAL: Final = timedelta(minutes=1)
"""How often a visit is recorded at most."""

_FORMS: Final = b"forms of a page session"
"""What keeps the word of a session's forms apart from whatever else may be made of its secret."""


@dataclass(frozen=True, slots=True)
class PageSession:
    """Somebody signed in, without the secret that the browser holds.

    Attributes:
        token_id: Names the token that was entered.
        token_hash: SHA-256 of the secret that was entered, in hexadecimal.
        last_seen_at: When a page was last asked for, to the minute.
        ended_at: When it was signed out; None while it was not.
    """

    token_id: str
    token_hash: str
    created_at: datetime
    last_seen_at: datetime
    ended_at: datetime | None = None

    def is_open_at(self, now: datetime, *, idle: timedelta) -> bool:
        """Return whether it goes on at an instant, whatever became of its token.

        Args:
            now: The instant.
            idle: How long it outlasts the last visit.
        """
        return (
            self.ended_at is None
            and now < self.last_seen_at + idle
            and now < self.created_at + LONGEST_SESSION
        )

    def is_visit_due_at(self, now: datetime) -> bool:
        """Return whether a visit at an instant is to be recorded."""
        return now - self.last_seen_at >= VISIT_INTERVAL


def form_word_of(secret: str) -> str:
    """Return the word that every form of a session sends back, in hexadecimal.

    Only pages of the session hold it, and nobody can work it out without the session's secret,
    nor the secret from it.

    Source: OWASP Cross-Site Request Forgery Prevention Cheat Sheet, HMAC-based token pattern.
    """
    return hmac.new(secret.encode(), _FORMS, hashlib.sha256).hexdigest()
