"""The pages that belong together, as the list at their head names them."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from app.domain.organisations import Organisation

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


def trail_of(trust: Organisation, above: str = "") -> Sequence[tuple[str, str]]:
    """Return what leads back from a page of a trust.

    Args:
        trust: The trust.
        above: What the path of the page above adds to the trust's; empty for the trust itself.
    """
    path = f"/trusts/{trust.ods_code}"
    titles = {added: title for title, added in TRUST_PAGES}
    steps = ((trust.name, path),)
    return (*steps, (titles[above], f"{path}{above}")) if above else steps


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
