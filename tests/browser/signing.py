"""Signing in with a browser, with tokens that are good in the service that it looks at."""

from sqlalchemy import Engine

from app.domain.callers import COMMAND_LINE, Caller, Role
from app.services.tokens import create_token
from app.store.engine import writing
from tests.browser.chromium import Reader
from tests.kept import LOADED
from tests.origins import ORIGIN

EVERY_ROLE = {
    Role.TRUST_DATA: ("ZZ001",),
    Role.TRUST: ("ZZ001",),
    Role.AREA: ("Y56",),
    Role.NATIONAL: (),
}
"""For whom each role calls, unless a test says otherwise: a trust of London, and London."""


class Tokens:
    """Makes tokens in the database of a service: one for each role and its organisations."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._made: dict[tuple[Role, tuple[str, ...]], str] = {}

    def of(self, role: Role, *codes: str) -> str:
        """Return the secret of a token.

        Args:
            role: Of whoever calls with it.
            codes: For whom; none for those of `EVERY_ROLE`.
        """
        wanted = (role, codes or EVERY_ROLE[role])
        if wanted not in self._made:
            self._made[wanted] = self._make(*wanted)
        return self._made[wanted]

    def _make(self, role: Role, codes: tuple[str, ...]) -> str:
        with writing(self._engine, ORIGIN) as session:
            made = create_token(
                session,
                caller=Caller(f"{role} in a browser", role, frozenset(codes)),
                expires_at=None,
                by=COMMAND_LINE,
                now=LOADED,
            )
        return made.secret


def sign_in(reader: Reader, secret: str) -> None:
    """Sign in as a person does: enter a token on the page for it."""
    page = reader.visit("/sign-in")
    page.get_by_label("Token").fill(secret)
    page.get_by_role("button", name="Sign in").click()
    page.get_by_role("button", name="Sign out").wait_for()
