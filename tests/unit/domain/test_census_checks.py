from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.census_checks import Surroundings, find_census_faults, find_cycle_faults
from app.domain.censuses import Census, Cycle, Extension
from app.domain.errors import Fault
from app.domain.organisations import Kind, Organisation

OPENS, DUE, PUBLISHED = date(2024, 4, 1), date(2024, 6, 30), date(2025, 3, 18)

CENSUS = Census(2024, OPENS, DUE, PUBLISHED)

NAMED = {
    "ZZ901": Organisation("ZZ901", Kind.TRUST),
    "ZZ902": Organisation("ZZ902", Kind.TRUST, closed=date(2024, 3, 30)),
    "ZZ903": Organisation("ZZ903", Kind.TRUST, opened=date(2024, 4, 1)),
    "QMF": Organisation("QMF", Kind.ICB),
}

KNOWN = Surroundings(2026, NAMED, None, date(2026, 11, 23))

CYCLE = Cycle("2028-2031", 2028, 2031, 2031, "Another plan")


def extension(ods_code: str = "ZZ901", due: date = date(2024, 7, 31)) -> Extension:
    return Extension(ods_code, due, "New payroll")


def pairs(faults: list[Fault]) -> list[tuple[str, str]]:
    return [(fault.pointer, fault.code) for fault in faults]


@pytest.mark.parametrize(
    "census",
    [
        pytest.param(CENSUS, id="all dates"),
        pytest.param(Census(2024, OPENS), id="only an opening"),
        pytest.param(Census(2024, date(2024, 3, 31)), id="it opens on its day"),
        pytest.param(Census(2024, OPENS, OPENS), id="due on the day it opens"),
        pytest.param(Census(2024, OPENS, published=OPENS), id="published on the day it opens"),
        pytest.param(replace(CENSUS, published=KNOWN.today), id="published today"),
        pytest.param(replace(CENSUS, extensions=(extension(due=DUE),)), id="an extension of none"),
        pytest.param(Census(2015, date(2015, 4, 1)), id="the first census"),
        pytest.param(Census(2027, date(2027, 4, 1)), id="the next census"),
    ],
)
def test_a_census_without_faults(census: Census) -> None:
    assert find_census_faults(census, KNOWN) == []


@pytest.mark.parametrize(
    ("census", "fault"),
    [
        (
            Census(2014, date(2014, 4, 1)),
            Fault(
                "{year}",
                "before_first_census",
                "There was no census in 2014; the first was in 2015.",
            ),
        ),
        (
            Census(2028, date(2028, 4, 1)),
            Fault(
                "{year}",
                "year_not_next",
                "Censuses follow each other; the next one to enter is 2027, not 2028.",
            ),
        ),
        (
            replace(CENSUS, opens=date(2024, 3, 30)),
            Fault(
                "/opens",
                "opens_before_census",
                "The census is on 2024-03-31; it opens on that day or later.",
            ),
        ),
        (
            replace(CENSUS, due=date(2024, 3, 31)),
            Fault(
                "/due",
                "due_before_opening",
                "The census opens on 2024-04-01; it is due on that day or later.",
            ),
        ),
        (
            replace(CENSUS, due=None, extensions=(extension(),)),
            Fault(
                "/due",
                "due_missing",
                "An extension gives more time than others have; say when the census is due.",
            ),
        ),
        (
            replace(CENSUS, published=date(2026, 11, 24)),
            Fault(
                "/published",
                "published_in_future",
                "2026-11-24 has not come; leave it null until the figures are out.",
            ),
        ),
        (
            replace(CENSUS, published=date(2024, 3, 31)),
            Fault(
                "/published",
                "published_before_opening",
                "The census opens on 2024-04-01; its figures come out on that day or later.",
            ),
        ),
        (
            replace(CENSUS, extensions=(extension("ZZ999"),)),
            Fault("/extensions/0/ods_code", "trust_not_found", "No trust has the ODS code ZZ999."),
        ),
        (
            replace(CENSUS, extensions=(extension("QMF"),)),
            Fault("/extensions/0/ods_code", "trust_not_found", "No trust has the ODS code QMF."),
        ),
        (
            replace(CENSUS, extensions=(extension("ZZ902"),)),
            Fault(
                "/extensions/0/ods_code",
                "trust_not_open",
                "ZZ902 was not open on 2024-03-31, so nothing of its own is due.",
            ),
        ),
        (
            replace(CENSUS, extensions=(extension("ZZ903"),)),
            Fault(
                "/extensions/0/ods_code",
                "trust_not_open",
                "ZZ903 was not open on 2024-03-31, so nothing of its own is due.",
            ),
        ),
        (
            replace(CENSUS, extensions=(extension(), extension(due=date(2024, 8, 1)))),
            Fault(
                "/extensions/1/ods_code",
                "duplicate_trust",
                "ZZ901 stands at /extensions/0 already; name it once.",
            ),
        ),
        (
            replace(CENSUS, extensions=(extension(due=date(2024, 6, 29)),)),
            Fault(
                "/extensions/0/due",
                "extension_before_due",
                "The census is due on 2024-06-30; an extension ends on that day or later.",
            ),
        ),
    ],
    ids=lambda value: value.code if isinstance(value, Fault) else "",
)
def test_a_fault_says_what_would_be_right(census: Census, fault: Fault) -> None:
    assert find_census_faults(census, KNOWN) == [fault]


def test_the_first_census_to_enter_is_that_of_2015() -> None:
    nothing = replace(KNOWN, newest=None)

    assert find_census_faults(Census(2015, date(2015, 4, 1)), nothing) == []
    assert pairs(find_census_faults(Census(2016, date(2016, 4, 1)), nothing)) == [
        ("{year}", "year_not_next")
    ]


@pytest.mark.parametrize(("opens", "faults"), [(date(2024, 5, 2), 0), (date(2024, 5, 3), 1)])
def test_a_census_cannot_open_after_its_first_figures_came(opens: date, faults: int) -> None:
    known = replace(KNOWN, first_sent=date(2024, 5, 2))

    assert (
        find_census_faults(Census(2024, opens), known)
        == [
            Fault(
                "/opens",
                "opens_after_figures",
                "Figures of this census are held since 2024-05-02; it opens by then.",
            )
        ][:faults]
    )


def test_all_faults_are_listed_in_the_order_of_the_body() -> None:
    census = Census(
        2030,
        date(2030, 3, 1),
        date(2030, 2, 1),
        date(2030, 1, 1),
        (extension("ZZ999", date(2029, 1, 1)), extension("ZZ999")),
    )

    assert pairs(find_census_faults(census, KNOWN)) == [
        ("{year}", "year_not_next"),
        ("/opens", "opens_before_census"),
        ("/due", "due_before_opening"),
        ("/published", "published_in_future"),
        ("/published", "published_before_opening"),
        ("/extensions/0/ods_code", "trust_not_found"),
        ("/extensions/0/due", "extension_before_due"),
        ("/extensions/1/ods_code", "trust_not_found"),
        ("/extensions/1/ods_code", "duplicate_trust"),
        ("/extensions/1/due", "extension_before_due"),
    ]


DAYS = st.integers(0, 400).map(lambda days: date(2024, 3, 1) + timedelta(days=days))


@given(DAYS, st.none() | DAYS, st.none() | DAYS, st.lists(DAYS, max_size=1))
def test_dates_without_faults_come_one_after_the_other(
    opens: date, due: date | None, published: date | None, extended: list[date]
) -> None:
    extensions = tuple(extension(due=day) for day in extended)
    census = Census(2024, opens, due, published, extensions)

    in_order = (
        census.day <= opens
        and (due is None or opens <= due)
        and (published is None or opens <= published <= KNOWN.today)
        and all(due is not None and due <= day for day in extended)
    )
    assert (find_census_faults(census, KNOWN) == []) is in_order


def test_a_cycle_without_faults() -> None:
    assert find_cycle_faults(CYCLE) == []
    assert find_cycle_faults(Cycle("2015-2018", 2015, 2018, 2015, "The first there can be")) == []


@pytest.mark.parametrize(
    ("cycle", "faults"),
    [
        (
            replace(CYCLE, code="2028-2032"),
            [
                Fault(
                    "{code}", "code_mismatch", "A cycle from 2028 to 2031 has the code 2028-2031."
                )
            ],
        ),
        (
            Cycle("2028-2032", 2028, 2032, 2032, "Too long"),
            [
                Fault(
                    "/ends",
                    "not_three_years",
                    "A cycle takes 3 years: one that starts in 2028 ends in 2031.",
                )
            ],
        ),
        (
            Cycle("2014-2017", 2014, 2017, 2028, "Too early"),
            [
                Fault(
                    "/starts",
                    "before_first_census",
                    "There was no census in 2014; the first was in 2015.",
                )
            ],
        ),
        (
            replace(CYCLE, ambition_year=2027),
            [
                Fault(
                    "/ambition_year",
                    "ambition_over",
                    "The ambition of 2027 was over when the cycle started; give 2028 or later.",
                )
            ],
        ),
    ],
)
def test_a_fault_of_a_cycle_says_what_would_be_right(cycle: Cycle, faults: list[Fault]) -> None:
    assert find_cycle_faults(cycle) == faults


def test_all_faults_of_a_cycle_are_listed_in_the_order_of_the_body() -> None:
    cycle = Cycle("2010-2013", 2010, 2012, 2009, "Nothing fits")

    assert pairs(find_cycle_faults(cycle)) == [
        ("{code}", "code_mismatch"),
        ("/starts", "before_first_census"),
        ("/ends", "before_first_census"),
        ("/ends", "not_three_years"),
        ("/ambition_year", "ambition_over"),
    ]
