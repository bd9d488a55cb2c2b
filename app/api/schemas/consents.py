"""Consents as they are sent and shown."""

from typing import Annotated, Self

from pydantic import Field

from app.api.schemas.base import BodyIn, BodyOut, Instant, OdsCodeText
from app.domain.consents import Consent, ConsentRevision, Consents

Areas = Annotated[
    list[OdsCodeText],
    Field(
        max_length=100,
        description="ODS codes of integrated care boards and regions; none to consent to nobody.",
        examples=[["QMF", "Y56"]],
    ),
]


class ConsentsIn(BodyIn):
    """The areas that a trust consents to; those left out may read no more."""

    areas: Areas


class ConsentOut(BodyOut):
    """A trust's consent to one area."""

    area: OdsCodeText = Field(examples=["QMF"])
    since: Instant = Field(description="From when it has held without a break.")
    given_by: str = Field(examples=["Chief People Officer"])
    supplied_by: str | None = Field(
        description="`national` when the national team stored it on behalf of the trust."
    )

    @classmethod
    def from_domain(cls, consent: Consent) -> Self:
        """Return the body that presents a consent."""
        return cls(
            area=consent.area,
            since=consent.since.at,
            given_by=consent.since.author.name,
            supplied_by=consent.since.author.supplied_by,
        )


class ConsentRevisionOut(BodyOut):
    """All that a trust consented to from an instant on."""

    revision: int = Field(description="1 for the first.", examples=[1])
    areas: Areas
    recorded_at: Instant
    recorded_by: str = Field(examples=["Chief People Officer"])
    supplied_by: str | None = Field(
        description="`national` when the national team stored it on behalf of the trust."
    )

    @classmethod
    def from_domain(cls, revision: ConsentRevision) -> Self:
        """Return the body that presents a revision."""
        return cls(
            revision=revision.revision,
            areas=list(revision.areas),
            recorded_at=revision.record.at,
            recorded_by=revision.record.author.name,
            supplied_by=revision.record.author.supplied_by,
        )


class ConsentsOut(BodyOut):
    """Which areas may read a trust's exact figures while it lies in them."""

    ods_code: OdsCodeText
    revision: int = Field(description="0 while the trust has never said anything.", examples=[1])
    consents: list[ConsentOut]
    history: list[ConsentRevisionOut] = Field(description="Every revision, oldest first.")

    @classmethod
    def from_domain(cls, held: Consents) -> Self:
        """Return the body that presents a trust's consents."""
        return cls(
            ods_code=held.ods_code,
            revision=held.revision,
            consents=[ConsentOut.from_domain(one) for one in held.given],
            history=[ConsentRevisionOut.from_domain(one) for one in held.history],
        )
