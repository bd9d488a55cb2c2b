"""The shipped register against the files' own totals, and whole organisations from it."""

import csv
from collections import Counter
from datetime import date
from pathlib import Path

import pytest

from app.domain.organisations import (
    Attribute,
    Dated,
    Kind,
    Organisation,
    TrustType,
    find_ancestors,
)
from app.ingest.register import read_register

REFERENCE = Path(__file__).parents[2] / "app" / "ingest" / "reference"
TODAY = date(2026, 8, 22)
ORGANISATIONS = {o.ods_code: o for o in read_register().organisations}
OPEN_TRUSTS = [o for o in ORGANISATIONS.values() if o.kind is Kind.TRUST and o.closed is None]
CLOSED_TRUSTS = [o for o in ORGANISATIONS.values() if o.kind is Kind.TRUST and o.closed]


def rows(name: str) -> list[dict[str, str]]:
    with (REFERENCE / name).open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def test_the_register_holds_each_organisation_once() -> None:
    organisations = read_register().organisations

    assert len({o.ods_code for o in organisations}) == len(organisations) == 299
    assert Counter((o.kind, o.is_open_on(TODAY)) for o in organisations) == {
        (Kind.ENGLAND, True): 1,
        (Kind.REGION, True): 7,
        (Kind.ICB, True): 36,
        (Kind.ICB, False): 12,
        (Kind.TRUST, True): 202,
        (Kind.TRUST, False): 41,
    }


def test_an_organisation_comes_after_what_it_belongs_to() -> None:
    order = {code: number for number, code in enumerate(ORGANISATIONS)}

    for organisation in ORGANISATIONS.values():
        for attribute in (Attribute.ICB, Attribute.REGION):
            for place in organisation.facts.get(attribute, ()):
                assert order[place.value] < order[organisation.ods_code]


def test_the_open_trusts_are_those_of_the_file_under_their_names() -> None:
    assert {o.ods_code: o.name for o in OPEN_TRUSTS} == {
        row["ods_code"]: row["name"] for row in rows("trusts.csv")
    }


def test_trusts_are_of_six_types() -> None:
    assert Counter(o.newest(Attribute.TYPE) for o in OPEN_TRUSTS) == {
        TrustType.ACUTE: 120,
        TrustType.MENTAL_HEALTH: 47,
        TrustType.SPECIALIST: 13,
        TrustType.COMMUNITY: 11,
        TrustType.AMBULANCE: 10,
        TrustType.ONLINE: 1,
    }


def test_trusts_are_in_the_regions_that_the_file_names() -> None:
    regions = {o.ods_code: o.name for o in ORGANISATIONS.values() if o.kind is Kind.REGION}
    found = {o.ods_code: regions.get(o.newest(Attribute.REGION) or "") for o in OPEN_TRUSTS}

    assert found == {
        row["ods_code"]: None if row["region"] == "National" else row["region"]
        for row in rows("trusts.csv")
    }
    assert Counter(found.values()) == {
        "Midlands": 40,
        "North East and Yorkshire": 33,
        "London": 31,
        "North West": 30,
        "South East": 28,
        "East of England": 21,
        "South West": 18,
        None: 1,
    }


def test_every_open_trust_but_the_online_one_is_in_an_open_icb_of_its_region() -> None:
    for trust in OPEN_TRUSTS:
        code = trust.value_on(Attribute.ICB, TODAY)
        if code is None:
            assert trust.ods_code == "K0N6A"
            continue

        icb = ORGANISATIONS[code]

        assert icb.kind is Kind.ICB
        assert icb.is_open_on(TODAY)
        assert icb.newest(Attribute.REGION) == trust.newest(Attribute.REGION)


def test_an_icb_of_a_trust_is_open_for_as_long_as_the_trust_is_in_it() -> None:
    for trust in OPEN_TRUSTS + CLOSED_TRUSTS:
        for span in trust.facts.get(Attribute.ICB, ()):
            icb = ORGANISATIONS[span.value]

            assert span.starts is not None
            assert icb.is_open_on(span.starts)
            assert icb.is_open_on(span.ends or TODAY)


def test_no_trust_was_in_an_icb_before_there_were_any() -> None:
    assert not any(o.value_on(Attribute.ICB, date(2022, 6, 30)) for o in ORGANISATIONS.values())


def test_trusts_were_in_the_42_former_icbs_until_march_2026() -> None:
    found = {o.value_on(Attribute.ICB, date(2026, 3, 31)) for o in OPEN_TRUSTS} - {None}

    assert len(found) == 42


def test_closed_trusts_are_those_that_a_merger_names() -> None:
    assert {o.ods_code for o in CLOSED_TRUSTS} == {
        row["predecessor_code"] for row in rows("mergers.csv")
    }
    assert not any(Attribute.TYPE in o.facts for o in CLOSED_TRUSTS)
    assert {o.name.rpartition(" NHS ")[2] for o in CLOSED_TRUSTS} == {"Trust", "Foundation Trust"}


@pytest.mark.parametrize("ods_code", ["RQF", "RT4", "RYT", "R0C", "R1G", "Q99"])
def test_what_is_welsh_or_long_closed_is_not_in_the_register(ods_code: str) -> None:
    assert ods_code not in ORGANISATIONS


def test_the_mergers_in_the_list_of_trusts_are_among_the_successions() -> None:
    held = {(s.predecessor, s.successor) for s in read_register().successions}
    listed = {
        (predecessor, row["ods_code"])
        for row in rows("trusts.csv")
        for predecessor in row["predecessor_codes"].split(";")
        if predecessor
    }

    assert listed
    assert listed <= held


def test_what_came_to_manchester_by_the_split_is_not_followed() -> None:
    assert set(find_ancestors("R0A", read_register().successions)) == {"RM2", "RW3"}


def trust(ods_code: str, name: str, **others: object) -> Organisation:
    """Return a trust whose name, type and region have not changed."""
    facts: dict[Attribute, tuple[Dated, ...]] = {Attribute.NAME: (Dated(name),)}
    for attribute in (Attribute.TYPE, Attribute.ICB, Attribute.REGION):
        value = others.get(attribute.value)
        if isinstance(value, str):
            facts[attribute] = (Dated(value),)
        elif isinstance(value, tuple):
            facts[attribute] = value
    opened, closed = others.get("opened"), others.get("closed")
    aliases = others.get("aliases", ())
    assert opened is None or isinstance(opened, date)
    assert closed is None or isinstance(closed, date)
    assert isinstance(aliases, tuple)
    return Organisation(ods_code, Kind.TRUST, opened, closed, facts, aliases)


BEFORE = (date(2022, 7, 1), date(2026, 3, 31))
SINCE = date(2026, 4, 1)


@pytest.mark.parametrize(
    "expected",
    [
        pytest.param(
            trust(
                "G6V2S",
                "North London NHS Foundation Trust",
                opened=date(2024, 11, 1),
                type="mental_health",
                region="Y56",
                icb=(Dated("QMJ", *BEFORE), Dated("Z9B2Z", SINCE)),
                aliases=(
                    "North London FT",
                    "North London Mental Health Foundation Trust",
                    "Tavistock and Portman NHS Foundation Trust",
                    "Tavistock and Portman",
                    "Tavistock",
                ),
            ),
            id="its ICB was redrawn",
        ),
        pytest.param(
            trust(
                "R0A",
                "Manchester University NHS Foundation Trust",
                opened=date(2017, 10, 1),
                type="acute",
                region="Y62",
                icb=(Dated("QOP", BEFORE[0]),),
                aliases=("Manchester University", "MFT"),
            ),
            id="its ICB went on",
        ),
        pytest.param(
            trust(
                "RPG",
                "Oxleas NHS Foundation Trust",
                opened=date(1994, 4, 1),
                type="mental_health",
                region="Y56",
                icb=(Dated("QKK", BEFORE[0]),),
                aliases=("Oxleas",),
            ),
            id="the ODS file has the place of its postal address",
        ),
        pytest.param(
            trust("K0N6A", "The Online NHS Trust", opened=date(2026, 6, 1), type="online"),
            id="it serves all England",
        ),
        pytest.param(
            trust(
                "TAD",
                "Bradford District Care NHS Foundation Trust",
                type="mental_health",
                region="Y63",
                icb=(Dated("QWO", BEFORE[0]),),
                aliases=("Bradford District Care",),
            ),
            id="a care trust, whose first day is not known",
        ),
        pytest.param(
            trust(
                "RRF",
                "Wrightington, Wigan and Leigh Teaching Hospitals NHS Foundation Trust",
                opened=date(2001, 4, 1),
                type="acute",
                region="Y62",
                icb=(Dated("QOP", BEFORE[0]),),
                aliases=(
                    "Wrightington, Wigan and Leigh Teaching Hospitals",
                    "Wrightington Wigan Leigh",
                    "WWL",
                    "Wrightington, Wigan and Leigh NHS Foundation Trust",
                ),
            ),
            id="the name in the older ODS file is an alias",
        ),
        pytest.param(
            trust(
                "RR1",
                "Heart of England NHS Foundation Trust",
                opened=date(1996, 4, 1),
                closed=date(2018, 3, 31),
                region="Y60",
                icb=(Dated("QHL", SINCE),),
            ),
            id="closed the day before its merger, and its area now in an ICB",
        ),
        pytest.param(
            trust(
                "TAF",
                "Camden and Islington NHS Foundation Trust",
                closed=date(2024, 10, 31),
                region="Y56",
                icb=(Dated("QMJ", *BEFORE), Dated("Z9B2Z", SINCE)),
            ),
            id="a closed care trust",
        ),
    ],
)
def test_a_trust_is_held_whole(expected: Organisation) -> None:
    assert ORGANISATIONS[expected.ods_code] == expected


def test_areas_are_held_whole() -> None:
    assert [ORGANISATIONS[code] for code in ("ENG", "Y56", "D7T5G", "QE1", "QNQ")] == [
        Organisation("ENG", Kind.ENGLAND, facts={Attribute.NAME: (Dated("England"),)}),
        Organisation("Y56", Kind.REGION, facts={Attribute.NAME: (Dated("London"),)}),
        Organisation(
            "D7T5G",
            Kind.ICB,
            opened=date(2026, 4, 1),
            facts={Attribute.NAME: (Dated("Essex ICB"),), Attribute.REGION: (Dated("Y61"),)},
            aliases=("NHS Essex",),
        ),
        Organisation(
            "QE1",
            Kind.ICB,
            opened=date(2022, 7, 1),
            facts={
                Attribute.NAME: (Dated("Lancashire and South Cumbria ICB"),),
                Attribute.REGION: (Dated("Y62"),),
            },
        ),
        Organisation(
            "QNQ",
            Kind.ICB,
            opened=date(2022, 7, 1),
            closed=date(2026, 3, 31),
            facts={
                Attribute.NAME: (Dated("NHS Frimley ICB"),),
                Attribute.REGION: (Dated("Y59"),),
            },
        ),
    ]
