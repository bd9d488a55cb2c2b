"""The pages that belong together, as the list at their head names them."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

TRUST_PAGES: Final = (
    ("Where it stands", ""),
    ("Targets", "/targets"),
    ("Actuals", "/actuals"),
    ("Nine indicators", "/indicators"),
    ("Action plans", "/action-plans"),
    ("History", "/history"),
    ("Board page", "/board-page"),
)
"""Pages of a trust: what each is called, and what its path adds to the trust's."""


@dataclass(frozen=True, slots=True)
class Step:
    """A page in a list of those that belong together.

    Attributes:
        path: Where it is; None for the page on which the list stands.
    """

    title: str
    path: str | None


def list_trust_pages(ods_code: str, current: str = "") -> Sequence[Step]:
    """Return the pages of a trust.

    Args:
        ods_code: The trust.
        current: What the path of the page on which the list stands adds to the trust's.
    """
    return [
        Step(title, None if added == current else f"/trusts/{ods_code}{added}")
        for title, added in TRUST_PAGES
    ]
