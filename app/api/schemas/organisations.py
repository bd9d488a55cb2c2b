"""Organisations as they are sent and shown."""

from collections.abc import Iterable
from typing import Annotated, Self

from pydantic import Field

from app.api.schemas.base import BodyIn, BodyOut, Day, Line, OdsCodeText
from app.domain.organisations import (
    Attribute,
    Kind,
    Organisation,
    Succession,
    SuccessionKind,
    TrustType,
)
from app.domain.register import Entry, Predecessor
from app.services.organisations import RegisterEntry

FirstDay = Annotated[
    Day | None, Field(description="First day; null if not known.", examples=["2017-10-01"])
]

LastDay = Annotated[
    Day | None, Field(description="Last day; null while it holds.", examples=["2026-03-31"])
]


class PredecessorIn(BodyIn):
    """An organisation that this one takes over from."""

    ods_code: OdsCodeText
    effective_date: Day = Field(
        description="First day of the new arrangement.", examples=["2024-10-01"]
    )
    kind: SuccessionKind


class OrganisationIn(BodyIn):
    """An organisation as the register should have it."""

    kind: Kind = Field(examples=["trust"])
    name: Line = Field(
        description="Its name.", examples=["Example Hospitals NHS Trust (demonstration)"]
    )
    type: TrustType | None = Field(default=None, description="Of a trust.", examples=["acute"])
    icb: OdsCodeText | None = Field(
        default=None, description="Integrated care board of a trust.", examples=["QMF"]
    )
    region: OdsCodeText | None = Field(
        default=None, description="Region of a trust or board.", examples=["Y56"]
    )
    opened: FirstDay = None
    closed: LastDay = None
    aliases: Annotated[list[Line], Field(max_length=50)] = Field(
        default_factory=list, description="Other names.", examples=[["Example Trust"]]
    )
    effective_from: Day | None = Field(
        default=None,
        description="First day of a changed name, type, ICB or region, whose old value ends the"
        " day before; left out, the newest value is corrected.",
        examples=["2026-04-01"],
    )
    predecessors: Annotated[list[PredecessorIn], Field(max_length=50)] | None = Field(
        default=None, description="Left out, the succession stays as it is; none is removed."
    )

    def to_entry(self, ods_code: str) -> Entry:
        """Return what the service takes."""
        return Entry(
            ods_code=ods_code,
            kind=self.kind,
            name=self.name,
            type=self.type,
            icb=self.icb,
            region=self.region,
            opened=self.opened,
            closed=self.closed,
            aliases=tuple(self.aliases),
            effective_from=self.effective_from,
            predecessors=None
            if self.predecessors is None
            else tuple(
                Predecessor(one.ods_code, one.effective_date, one.kind)
                for one in self.predecessors
            ),
        )


class DatedOut(BodyOut):
    """A value that holds from a day to a day, both included."""

    value: str
    starts: FirstDay
    ends: LastDay


class SuccessionOut(BodyOut):
    """A successor taking over from a predecessor."""

    predecessor: OdsCodeText
    successor: OdsCodeText | None = Field(description="Null where it is not known.")
    effective_date: Day = Field(description="First day of the new arrangement.")
    kind: SuccessionKind
    confirmed: bool = Field(description="Whether it was read in ODS data.")


class LinksOut(BodyOut):
    """Where to go on; only a trust has more than the first.

    `{year}` stands for that of a census (a URI template, RFC 6570).
    """

    self: str = Field(examples=["/v1/organisations/ZZ001"])
    actuals: str | None = Field(examples=["/v1/trusts/ZZ001/actuals"])
    board: str | None = Field(examples=["/v1/trusts/ZZ001/board/{year}"])
    indicators: str | None = Field(examples=["/v1/trusts/ZZ001/indicators/{year}"])
    wres: str | None = Field(examples=["/v1/trusts/ZZ001/wres/{year}"])
    targets: str | None = Field(examples=["/v1/trusts/ZZ001/targets"])
    progress: str | None = Field(examples=["/v1/trusts/ZZ001/progress"])
    action_plans: str | None = Field(examples=["/v1/trusts/ZZ001/action-plans"])
    peers: str | None = Field(examples=["/v1/trusts/ZZ001/peers"])
    experts: str | None = Field(examples=["/v1/trusts/ZZ001/experts"])


class SummaryOut(BodyOut):
    """An organisation by its newest values."""

    ods_code: OdsCodeText
    kind: Kind
    name: str = Field(examples=["Manchester University NHS Foundation Trust"])
    type: TrustType | None
    region: OdsCodeText | None
    icb: OdsCodeText | None
    opened: FirstDay
    closed: LastDay
    synthetic: bool = Field(description="Whether it is invented.")
    links: LinksOut

    @staticmethod
    def facts(organisation: Organisation) -> dict[str, object]:
        """Return the members that every view of an organisation has."""
        code = organisation.ods_code
        trust = f"/v1/trusts/{code}" if organisation.kind is Kind.TRUST else None
        return {
            "ods_code": code,
            "kind": organisation.kind,
            "name": organisation.name,
            "type": organisation.newest(Attribute.TYPE),
            "region": organisation.newest(Attribute.REGION),
            "icb": organisation.newest(Attribute.ICB),
            "opened": organisation.opened,
            "closed": organisation.closed,
            "synthetic": organisation.is_synthetic,
            "links": LinksOut(
                self=f"/v1/organisations/{code}",
                actuals=trust and f"{trust}/actuals",
                board=trust and f"{trust}/board/{{year}}",
                indicators=trust and f"{trust}/indicators/{{year}}",
                wres=trust and f"{trust}/wres/{{year}}",
                targets=trust and f"{trust}/targets",
                progress=trust and f"{trust}/progress",
                action_plans=trust and f"{trust}/action-plans",
                peers=trust and f"{trust}/peers",
                experts=trust and f"{trust}/experts",
            ),
        }

    @classmethod
    def from_domain(cls, organisation: Organisation) -> Self:
        """Return the body that presents an organisation among others."""
        return cls.model_validate(cls.facts(organisation))


class OrganisationOut(SummaryOut):
    """An organisation with its dated values and its succession both ways."""

    names: list[DatedOut]
    types: list[DatedOut]
    icbs: list[DatedOut]
    regions: list[DatedOut]
    aliases: list[str]
    predecessors: list[SuccessionOut]
    successors: list[SuccessionOut]

    @classmethod
    def from_entry(cls, entry: RegisterEntry) -> Self:
        """Return the body that presents an entry of the register."""
        organisation = entry.organisation
        dated = {
            name: [DatedOut.model_validate(one) for one in organisation.facts.get(attribute, ())]
            for name, attribute in (
                ("names", Attribute.NAME),
                ("types", Attribute.TYPE),
                ("icbs", Attribute.ICB),
                ("regions", Attribute.REGION),
            )
        }
        return cls.model_validate(
            cls.facts(organisation)
            | dated
            | {
                "aliases": list(organisation.aliases),
                "predecessors": _successions(entry.predecessors),
                "successors": _successions(entry.successors),
            }
        )


def _successions(successions: Iterable[Succession]) -> list[SuccessionOut]:
    return [SuccessionOut.model_validate(one) for one in successions]


class OrganisationListOut(BodyOut):
    """Organisations in the order of their codes."""

    items: list[SummaryOut]
    next: str | None = Field(description="Cursor of the next page; null at the end.")
