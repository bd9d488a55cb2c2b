"""Entries of the register, as tests start from them."""

from datetime import date

from app.domain.organisations import Attribute, Dated, Kind, Organisation, TrustType


def trust_entry(
    ods_code: str,
    *,
    name: str | None = None,
    opened: date | None = None,
    closed: date | None = None,
    trust_type: TrustType = TrustType.ACUTE,
    icb: str = "QMF",
    region: str = "Y56",
    aliases: tuple[str, ...] = (),
) -> Organisation:
    """Return an entry of a trust, in North East London unless it is said otherwise."""
    return organisation_entry(
        ods_code,
        Kind.TRUST,
        name or f"Trust {ods_code} (demonstration)",
        opened=opened,
        closed=closed,
        trust_type=trust_type,
        icb=icb,
        region=region,
        aliases=aliases,
    )


def organisation_entry(
    ods_code: str,
    kind: Kind,
    name: str,
    *,
    opened: date | None = None,
    closed: date | None = None,
    trust_type: TrustType | None = None,
    icb: str | None = None,
    region: str | None = None,
    aliases: tuple[str, ...] = (),
) -> Organisation:
    """Return an entry whose facts have always held."""
    values = {
        Attribute.NAME: name,
        Attribute.TYPE: trust_type,
        Attribute.ICB: icb,
        Attribute.REGION: region,
    }
    facts: dict[Attribute, tuple[Dated, ...]] = {
        attribute: (Dated(str(value)),) for attribute, value in values.items() if value is not None
    }
    return Organisation(ods_code, kind, opened, closed, facts, aliases)
