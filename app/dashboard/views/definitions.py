"""Measures, bands, ethnic categories and cycles as pages tell them."""

from collections.abc import Iterable, Mapping
from typing import Final

from app.dashboard.views.content import Definition, Entry, Listing, Section
from app.domain.bands import EthnicGroup, StaffGroup
from app.domain.censuses import Cycle
from app.domain.definitions import BAND_TITLES, BandDefinition, MeasureDefinition
from app.domain.ethnic_categories import EthnicCategory
from app.domain.indicator_definitions import IndicatorDefinition
from app.services.definitions import page_of

GROUPS: Final[Mapping[EthnicGroup, str]] = {
    EthnicGroup.WHITE: "White",
    EthnicGroup.BME: "BME",
    EthnicGroup.UNKNOWN: "Unknown",
}
"""What ethnic groups are called on pages."""

STAFF_GROUPS: Final[Mapping[StaffGroup, str]] = {
    StaffGroup.NON_CLINICAL: "non-clinical",
    StaffGroup.CLINICAL: "clinical",
    StaffGroup.MEDICAL: "medical",
}
"""What staff groups are called on pages."""

CODE_LISTS: Final[Mapping[str, str]] = {
    "national": "One of the 16+1 national categories.",
    "extended": "An extended code, which refines a national category.",
}
"""What is told of the lists that ethnic categories stand in."""


def list_measures(measures: Iterable[MeasureDefinition]) -> Listing:
    """Return the page that lists measures."""
    entries = [
        Entry(one.title, one.counted, one.measure, page_of("measures", one.measure))
        for one in measures
    ]
    sentence = (
        "A measure is a group of people whose BME share is followed: their part of everybody in"
        " the group, people of unknown ethnicity included."
    )
    return Listing("Measures", (sentence,), (Section(entries),), "/v1/measures")


def explain_measure(measure: MeasureDefinition) -> Definition:
    """Return the page of a measure."""
    bands = ", ".join(BAND_TITLES[band] for band in measure.bands)
    facts = {
        "Who is counted": measure.counted,
        "What it is held against": measure.held_against,
        "Narrowing": measure.narrowing,
        "Bands and grades": bands or "Board members are not counted by band.",
        "Name in data": measure.measure.value,
    }
    return Definition(
        title=measure.title,
        sentences=(),
        facts=facts,
        list_title="Measures",
        list_page=page_of("measures"),
        data=f"/v1/measures/{measure.measure}",
    )


def list_bands(bands: Iterable[BandDefinition]) -> Listing:
    """Return the page that lists bands and grades."""
    entries = [
        Entry(one.title, one.description, one.band, page_of("bands", one.band)) for one in bands
    ]
    sentence = (
        "Agenda for Change is the national pay system of NHS staff; medical staff have grades"
        " instead."
    )
    return Listing("Bands", (sentence,), (Section(entries),), "/v1/bands")


def explain_band(band: BandDefinition) -> Definition:
    """Return the page of a band or grade."""
    facts = {
        "Staff groups": " and ".join(STAFF_GROUPS[group] for group in band.staff_groups),
        "Name in data": band.band.value,
    }
    return Definition(
        title=band.title,
        sentences=(band.description,),
        facts=facts,
        list_title="Bands",
        list_page=page_of("bands"),
        data=f"/v1/bands/{band.band}",
    )


def list_indicators(indicators: Iterable[IndicatorDefinition]) -> Listing:
    """Return the page that lists the nine indicators."""
    entries = [
        Entry(
            name_indicator(one.number, one.title),
            one.counted,
            page=page_of("indicators", str(one.number)),
        )
        for one in indicators
    ]
    sentence = (
        "The Workforce Race Equality Standard (WRES) compares the experience of ethnic minority"
        " and of white staff in nine indicators, every year."
    )
    return Listing("Indicators", (sentence,), (Section(entries),))


def name_indicator(number: int, title: str) -> str:
    """Return what an indicator is called, its number first."""
    return f"{number}. {title}"


def explain_indicator(indicator: IndicatorDefinition) -> Definition:
    """Return the page of an indicator."""
    return Definition(
        title=f"Indicator {indicator.number}: {indicator.title}",
        sentences=(),
        facts={
            "What is counted": indicator.counted,
            "What is compared": indicator.compared,
            "Where it comes from": indicator.sent,
        },
        list_title="Indicators",
        list_page=page_of("indicators"),
    )


def list_ethnic_categories(categories: Iterable[EthnicCategory]) -> Listing:
    """Return the page that lists ethnic categories by the group that they count in."""
    listed = list(categories)
    sections = [
        Section(
            [
                Entry(
                    one.label,
                    CODE_LISTS[one.code_list],
                    one.code,
                    page_of("ethnic-categories", one.code),
                )
                for one in listed
                if one.group is group
            ],
            heading=f"Counted as {title if group is EthnicGroup.BME else title.lower()}",
        )
        for group, title in GROUPS.items()
    ]
    mapping = (
        "The categories of the NHS Data Dictionary are mapped to three groups when figures are"
        " sent, and the category is not kept."
    )
    caution = (
        "Unknown is not “not BME”. White includes Irish, Gypsy, Roma and Traveller staff. BME"
        " joins groups that differ."
    )
    return Listing("Ethnic categories", (mapping, caution), sections, "/v1/ethnic-categories")


def explain_ethnic_category(category: EthnicCategory) -> Definition:
    """Return the page of an ethnic category."""
    return Definition(
        title=category.label,
        sentences=(CODE_LISTS[category.code_list],),
        facts={"Counted as": GROUPS[category.group], "Code": category.code},
        list_title="Ethnic categories",
        list_page=page_of("ethnic-categories"),
        data=f"/v1/ethnic-categories/{category.code}",
    )


def list_cycles(cycles: Iterable[Cycle]) -> Listing:
    """Return the page that lists cycles."""
    entries = [
        Entry(
            one.code,
            f"From the census of 31 March {one.starts}, the baseline, to that of 31 March"
            f" {one.ends}, the goal. It serves the ambition for {one.ambition_year}:"
            f" {one.ambition_source}",
            page=page_of("cycles", one.code),
        )
        for one in cycles
    ]
    sentence = (
        "A cycle is the three years between two censuses for which trusts set targets. The"
        " ambition is leadership as diverse as the workforce."
    )
    return Listing("Cycles", (sentence,), (Section(entries),), "/v1/cycles")


def explain_cycle(cycle: Cycle) -> Definition:
    """Return the page of a cycle."""
    facts = {
        "Baseline": f"The census of 31 March {cycle.starts}",
        "Goal": f"The census of 31 March {cycle.ends}",
        "Ambition": f"Leadership as diverse as the workforce by {cycle.ambition_year}",
        "Where the ambition is stated": cycle.ambition_source,
    }
    return Definition(
        title=f"Cycle {cycle.code}",
        sentences=("The three years between two censuses for which trusts set targets.",),
        facts=facts,
        list_title="Cycles",
        list_page=page_of("cycles"),
        data=f"/v1/cycles/{cycle.code}",
    )
