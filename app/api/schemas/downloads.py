"""Bulk files that are offered."""

from typing import Self

from pydantic import Field

from app.api.schemas.base import BodyOut, Year
from app.services.downloads import Offer


class DownloadLinksOut(BodyOut):
    """Where the file is."""

    self: str = Field(examples=["/v1/downloads/2024"])


class DownloadOut(BodyOut):
    """A census of which something is public."""

    year: Year
    trusts: int = Field(description="How many trusts' figures are public.", examples=[202])
    links: DownloadLinksOut

    @classmethod
    def from_domain(cls, offer: Offer) -> Self:
        """Return the body that presents an offer."""
        links = DownloadLinksOut(self=f"/v1/downloads/{offer.year}")
        return cls(year=offer.year, trusts=offer.trusts, links=links)


class DownloadListOut(BodyOut):
    """Censuses of which something is public, oldest first."""

    items: list[DownloadOut]
    next: str | None = Field(description="Cursor of the next page; always null here.")
