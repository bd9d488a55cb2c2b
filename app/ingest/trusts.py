"""The trusts of the register, put together from the files that each know a part.

`trusts.csv` has the open ones with names and types, the two ODS files have dates and places,
`care_trusts.csv` has what the ODS keeps in another file, and `mergers.csv` says which trusts
closed. Where they differ: the last day of a closed trust is the day before its succession,
and an older or different name in an ODS file is an alias, since the files do not say from
when to when it was used.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from app.domain.organisations import (
    Attribute,
    Dated,
    Kind,
    Organisation,
    Succession,
    SuccessionKind,
    TrustType,
)
from app.ingest.areas import ICBS_BEGAN, ICBS_REDRAWN
from app.ingest.names import is_same_name
from app.ingest.ods_file import OdsTrust, parse_ods_file
from app.ingest.reference_files import read_reference, read_rows
from app.ingest.spans import DAY, join_spans

TYPES = {
    "Acute and Acute & Community Trusts": TrustType.ACUTE,
    "Acute Specialist Trusts": TrustType.SPECIALIST,
    "Ambulance Trusts": TrustType.AMBULANCE,
    "Community Trusts": TrustType.COMMUNITY,
    "Mental Health & Learning Disability and Mental Health, Learning Disability & Community"
    " Trusts": TrustType.MENTAL_HEALTH,
    "Online / Digital": TrustType.ONLINE,
}
"""The type that each heading of `trusts.csv` stands for."""


@dataclass(frozen=True, slots=True)
class _Sources:
    """What the files say of each trust, by code: before and since the ICBs were redrawn."""

    before: Mapping[str, OdsTrust]
    since: Mapping[str, OdsTrust]


def read_trusts(
    successions: Iterable[Succession], icb_successions: Iterable[Succession]
) -> tuple[Organisation, ...]:
    """Return the open trusts, then the closed ones that a succession names.

    A closed trust keeps the ICB in which its area lies now, so that sums by today's
    boundaries can count it; its type is not known.
    """
    sources = _read_sources(icb_successions)
    closed = {s.predecessor: s.effective_date - DAY for s in successions}
    return tuple(
        [_build_open(row, sources) for row in read_rows("trusts.csv")]
        + [_build_closed(code, last_day, sources) for code, last_day in closed.items()]
    )


def _read_sources(icb_successions: Iterable[Succession]) -> _Sources:
    followed_by = {
        s.predecessor: s.successor for s in icb_successions if s.kind is not SuccessionKind.SPLIT
    }
    before = {**_read_ods("ods_etr_2025-07.csv"), **dict(_read_care_trusts({}))}
    since = {**_read_ods("ods_etr.csv"), **dict(_read_care_trusts(followed_by))}
    return _Sources(before, since)


def _read_ods(name: str) -> dict[str, OdsTrust]:
    file = parse_ods_file(name, read_reference(name))
    return {trust.ods_code: trust for trust in file.trusts}


def _read_care_trusts(
    followed_by: Mapping[str, str | None],
) -> Iterator[tuple[str, OdsTrust]]:
    for row, cells in enumerate(read_rows("care_trusts.csv"), start=2):
        code, icb = cells["code"], followed_by.get(cells["icb"], cells["icb"])
        yield code, OdsTrust(row, code, cells["name"], cells["region"], icb, None, None)


def _build_open(row: dict[str, str], sources: _Sources) -> Organisation:
    code, name = row["ods_code"], row["name"]
    facts = {
        Attribute.NAME: (Dated(name),),
        Attribute.TYPE: (Dated(TYPES[row["type"]].value),),
        **_find_places(code, sources),
    }
    names = [name, *filter(None, row["alt_names"].split(";"))]
    for known in (sources.since, sources.before):
        if code in known and not any(is_same_name(known[code].name, other) for other in names):
            names.append(known[code].name)
    return Organisation(
        code,
        Kind.TRUST,
        opened=sources.since[code].opened,
        facts=facts,
        aliases=tuple(names[1:]),
    )


def _build_closed(code: str, last_day: date, sources: _Sources) -> Organisation:
    source = sources.since[code]
    return Organisation(
        code,
        Kind.TRUST,
        opened=source.opened,
        closed=last_day,
        facts={Attribute.NAME: (Dated(source.name),), **_find_places(code, sources)},
    )


def _find_places(code: str, sources: _Sources) -> dict[Attribute, tuple[Dated, ...]]:
    """Return a trust's ICBs, which are dated, and its region, which has not changed."""
    before, since = sources.before.get(code), sources.since[code]
    icbs = []
    if before and before.icb:
        icbs.append(Dated(before.icb, ICBS_BEGAN, ICBS_REDRAWN - DAY))
    if since.icb:
        icbs.append(Dated(since.icb, ICBS_REDRAWN))
    regions = (Dated(since.region),) if since.region else ()
    places = {Attribute.ICB: join_spans(icbs), Attribute.REGION: regions}
    return {attribute: spans for attribute, spans in places.items() if spans}
