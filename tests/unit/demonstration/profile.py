"""The real register and the published shares, as the demonstration set takes them."""

import csv
from decimal import Decimal
from functools import cache
from pathlib import Path

from app.demonstration.generate import generate
from app.demonstration.values import (
    DemonstrationSet,
    PublishedShares,
    RegisterProfile,
    TrustProfile,
)
from app.domain.organisations import TrustType

REFERENCE = Path(__file__).parents[3] / "app" / "ingest" / "reference"

TYPES = {
    "Acute Specialist Trusts": TrustType.SPECIALIST,
    "Acute and Acute & Community Trusts": TrustType.ACUTE,
    "Ambulance Trusts": TrustType.AMBULANCE,
    "Community Trusts": TrustType.COMMUNITY,
    "Online / Digital": TrustType.ONLINE,
}

REGIONS = {
    "London": "Y56",
    "South West": "Y58",
    "South East": "Y59",
    "Midlands": "Y60",
    "East of England": "Y61",
    "North West": "Y62",
    "North East and Yorkshire": "Y63",
}


def rows(name: str) -> list[list[str]]:
    with (REFERENCE / name).open(encoding="utf-8-sig", newline="") as file:
        return list(csv.reader(file))


@cache
def read_profile() -> RegisterProfile:
    header, *trusts = rows("trusts.csv")
    code, kind, region = (header.index(name) for name in ("ods_code", "type", "region"))
    now = {row[0]: row[3] for row in rows("ods_etr.csv")}
    now |= {row[0]: row[3] for row in rows("care_trusts.csv")[1:]}
    former = {row[0]: row[3] for row in rows("ods_etr_2025-07.csv")}
    return RegisterProfile(
        tuple(
            TrustProfile(
                type=TYPES.get(row[kind], TrustType.MENTAL_HEALTH),
                region=REGIONS.get(row[region]),
                icb=now.get(row[code]) if row[region] in REGIONS else None,
                former_icb=former.get(row[code]),
            )
            for row in trusts
        )
    )


PUBLISHED = PublishedShares(
    workforce={
        2016: Decimal("0.177"),
        2018: Decimal("0.191"),
        2020: Decimal("0.210"),
        2021: Decimal("0.224"),
        2022: Decimal("0.242"),
        2023: Decimal("0.264"),
        2024: Decimal("0.286"),
    },
    vsm={
        2017: Decimal("0.057"),
        2018: Decimal("0.069"),
        2020: Decimal("0.068"),
        2021: Decimal("0.092"),
        2022: Decimal("0.103"),
        2023: Decimal("0.112"),
        2024: Decimal("0.127"),
    },
    leadership={2016: Decimal("0.097"), 2018: Decimal("0.112")},
    board={
        2017: Decimal("0.070"),
        2018: Decimal("0.074"),
        2019: Decimal("0.084"),
        2021: Decimal("0.126"),
        2022: Decimal("0.132"),
        2024: Decimal("0.165"),
    },
)


@cache
def demonstration() -> DemonstrationSet:
    return generate(read_profile(), PUBLISHED)
