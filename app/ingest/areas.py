"""England, its regions and its integrated care boards (ICBs)."""

from datetime import date

from app.domain.organisations import Attribute, Dated, Kind, Organisation
from app.ingest.reference_files import read_rows

ENGLAND = Organisation("ENG", Kind.ENGLAND, facts={Attribute.NAME: (Dated("England"),)})
"""England as a whole; the ODS has no code for it, so the service gives it one."""

REGIONS = {
    "Y56": "London",
    "Y58": "South West",
    "Y59": "South East",
    "Y60": "Midlands",
    "Y61": "East of England",
    "Y62": "North West",
    "Y63": "North East and Yorkshire",
}
"""The seven NHS England regions: names by ODS code."""

ICBS_BEGAN = date(2022, 7, 1)
"""The day on which the first ICBs were set up; before it there were none."""

ICBS_REDRAWN = date(2026, 4, 1)
"""The first day of the 36 ICBs that there are where there had been 42."""


def build_regions() -> tuple[Organisation, ...]:
    """Return the regions, in the order of their codes."""
    return tuple(
        Organisation(code, Kind.REGION, facts={Attribute.NAME: (Dated(name),)})
        for code, name in REGIONS.items()
    )


def read_icbs() -> tuple[Organisation, ...]:
    """Return the ICBs that are open, then those that closed.

    One that closed lay in the region of the ICBs that followed it.
    """
    codes = {name: code for code, name in REGIONS.items()}
    rows = read_rows("icbs.csv")
    region_of_former = {
        code: codes[row["region"]] for row in rows for code in row["predecessor_codes"].split(";")
    }
    newest = [_build_icb(row, codes[row["region"]]) for row in rows]
    former = [
        Organisation(
            row["code"],
            Kind.ICB,
            opened=ICBS_BEGAN,
            closed=date.fromisoformat(row["closed"]),
            facts=_undated(row["name"], region_of_former[row["code"]]),
        )
        for row in read_rows("former_icbs.csv")
    ]
    return (*newest, *former)


def _build_icb(row: dict[str, str], region: str) -> Organisation:
    began = row["merger_date"]
    return Organisation(
        row["ods_code"],
        Kind.ICB,
        opened=date.fromisoformat(began) if began else ICBS_BEGAN,
        facts=_undated(row["name"], region),
        aliases=tuple(filter(None, row["alt_names"].split(";"))),
    )


def _undated(name: str, region: str) -> dict[Attribute, tuple[Dated, ...]]:
    return {Attribute.NAME: (Dated(name),), Attribute.REGION: (Dated(region),)}
