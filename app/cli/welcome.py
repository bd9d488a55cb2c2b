"""What the service says when it starts: where it is, and what to try."""

import shlex
from dataclasses import dataclass

from app.settings import Settings

EVERY_ADDRESS = {"0.0.0.0": "127.0.0.1", "::": "::1"}  # noqa: S104 — to be recognised
"""Hosts that stand for every address of the machine, with its own address."""

BOARD = (
    '{"source": "Board register, 31 March YEAR", "members": ['
    '{"voting": true, "executive": true, "ethnic_group": "bme", "headcount": 1}, '
    '{"voting": true, "executive": true, "ethnic_group": "white", "headcount": 5}, '
    '{"voting": true, "executive": false, "ethnic_group": "bme", "headcount": 2}, '
    '{"voting": true, "executive": false, "ethnic_group": "white", "headcount": 6}]}'
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


def welcome(settings: Settings, start: Start, *, program: str) -> str:
    """Return what is printed before the service answers; its curl lines work as they stand.

    Args:
        settings: Where the service listens.
        start: What it starts with.
        program: How this command was called.
    """
    at = address(settings)
    progress = f"{at}/v1/trusts/{start.trust}/progress/leadership"
    lines = [f"Parity is at {at}", ""]
    is_open = start.is_demonstration and settings.invented_figures == "open"
    if start.is_demonstration:
        lines += ["It holds invented trusts (synthetic).", ""]
    if is_open:
        lines += [f"  curl {progress}"]
    lines += [f"  curl '{at}/v1/organisations?kind=trust&limit=3'"]
    if not start.is_demonstration:
        lines += [f"  curl {at}/v1/cycles"]
    lines += ["", *_about_token(start.secret, program), ""]
    authorised = '"Authorization: Bearer $TOKEN"'
    if start.secret is not None:
        authorised = f"'Authorization: Bearer {start.secret}'"
    if not is_open:
        lines += [f"  curl -H {authorised} {progress}"]
    if start.is_demonstration:
        lines += [_send_board(at, start, authorised)]
    return "\n".join([*lines, ""])


def _about_token(secret: str | None, program: str) -> list[str]:
    if secret is not None:
        return ["A first token, with the national role; it is shown this once:", "", f"  {secret}"]
    return [
        "The rest takes a token, which this makes:",
        "",
        f"  TOKEN=$({shlex.quote(program)} tokens create --role national --name me --plain)",
    ]


def _send_board(at: str, start: Start, authorised: str) -> str:
    url = f"{at}/v1/trusts/{start.trust}/board/{start.year}"
    body = BOARD.replace("YEAR", str(start.year))
    json = "'Content-Type: application/json'"
    return f"  curl -X PUT -H {authorised} -H {json} -d '{body}' {url}"
