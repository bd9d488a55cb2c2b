"""What the service says when it starts: where it is, and what to try."""

import shlex
import shutil
import sys
from dataclasses import dataclass

from app.settings import Settings

EVERY_ADDRESS = {"0.0.0.0": "127.0.0.1", "::": "::1"}  # noqa: S104 — to be recognised
"""Hosts that stand for every address of the machine, with its own address."""

BOARD = (
    '{{"source": "Board register, 31 March {year}", "members": ['
    '{{"voting": true, "executive": true, "ethnic_group": "bme", "headcount": 1}}, '
    '{{"voting": true, "executive": true, "ethnic_group": "white", "headcount": 5}}, '
    '{{"voting": true, "executive": false, "ethnic_group": "bme", "headcount": 2}}, '
    '{{"voting": true, "executive": false, "ethnic_group": "white", "headcount": 6}}]}}'
)
"""A board to send in."""


@dataclass(frozen=True, slots=True)
class Start:
    """What the service starts with.

    Attributes:
        trust: Code of a trust to ask for; an invented one if there is any.
        is_demonstration: Whether it is invented and has figures.
        year: The newest census that is open.
        secret: A token that was made just now; None if none was.
    """

    trust: str
    is_demonstration: bool
    year: int
    secret: str | None


def address(settings: Settings) -> str:
    """Return the address at which this machine reaches the service."""
    host = EVERY_ADDRESS.get(settings.host, settings.host)
    return f"http://{f'[{host}]' if ':' in host else host}:{settings.port}"


def welcome(settings: Settings, start: Start) -> str:
    """Return what is printed before the service answers; its curl lines work as they stand."""
    at = address(settings)
    progress = f"{at}/v1/trusts/{start.trust}/progress/leadership"
    reads = [_curl(progress)] if start.is_demonstration else [_curl(f"{at}/v1/cycles")]
    reads.append(_curl(f"{at}/v1/organisations?kind=trust&limit=3"))
    token = '"Authorization: Bearer $TOKEN"'
    if start.secret is not None:
        token = shlex.quote(f"Authorization: Bearer {start.secret}")
    if start.is_demonstration:
        board = f"{at}/v1/trusts/{start.trust}/board/{start.year}"
        body = shlex.quote(BOARD.format(year=start.year))
        with_token = f"curl -X PUT -H {token} -H 'Content-Type: application/json' -d {body} {board}"
    else:
        with_token = f"curl -H {token} {progress}"
    return "\n".join(
        [
            f"Parity is at {at}",
            *([] if not start.is_demonstration else ["It holds invented trusts (synthetic)."]),
            "",
            *(f"  {line}" for line in reads),
            "",
            *_about_token(start.secret),
            "",
            f"  {with_token}",
            "",
        ]
    )


def _about_token(secret: str | None) -> list[str]:
    if secret is not None:
        return [
            f"The first token, for the national role; it is shown this once: {secret}",
        ]
    found = shutil.which("parity")
    program = "parity" if found else shlex.quote(sys.argv[0])
    return [
        "More takes a token, which this makes:",
        "",
        f"  TOKEN=$({program} tokens create --role national --name me --plain)",
    ]


def _curl(url: str) -> str:
    return f"curl {shlex.quote(url)}" if "&" in url or "?" in url else f"curl {url}"
