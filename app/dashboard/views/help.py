"""How to read the figures, in plain words, with one example that runs through all of them.

The example is the worked one of method 1 (`docs/methods/1.md`); a test compares it with what the
method computes.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from app.charts.words import first_upper
from app.dashboard.views.tables import Cell, Row, Table
from app.dashboard.views.words import say_outlook
from app.domain.codes import Outlook
from app.services.definitions import page_of

HELP: Final = "/help"
"""The address of the page."""


Words = Sequence[tuple[str, str]]
"""Words of a table or a chart, each with where it is explained."""


@dataclass(frozen=True, slots=True)
class Meanings:
    """Where the words of each kind of table are explained."""

    of_lines: Words = (
        ("census", "/help#census"),
        ("BME share", "/help#share"),
        ("people to parity", "/help#gap"),
        ("outlook", "/help#outlook"),
        ("parity projected", "/help#parity-year"),
        ("hidden", "/help#hidden"),
    )
    of_censuses: Words = (
        ("BME share", "/help#share"),
        ("unknown", "/definitions/ethnic-categories"),
        ("95% interval", "/help#interval"),
        ("hidden", "/help#hidden"),
    )
    of_charts: Words = (
        ("BME share", "/help#share"),
        ("forecast", "/help#forecast"),
        ("95% interval", "/help#interval"),
        ("parity", "/help#parity-year"),
        ("hidden", "/help#hidden"),
    )
    of_indicators: Words = (
        ("the nine indicators", "/definitions/indicators"),
        ("95% interval", "/help#interval"),
        ("hidden", "/help#hidden"),
        ("not sent", "/definitions/codes/reason/not_sent"),
    )


@dataclass(frozen=True, slots=True)
class Term:
    """A word that figures are told in.

    Attributes:
        id: What leads to it in the page.
        meaning: What it means.
        example: What it is in the example.
        link: Where more is told: what that is called, and its page.
    """

    id: str
    title: str
    meaning: str
    example: str | None = None
    link: tuple[str, str] | None = None


@dataclass(frozen=True, slots=True)
class HelpPage:
    """The page that says how to read the figures.

    Attributes:
        headings: Of the figures of the example.
        example: A row each census.
        outlooks: Every outlook, with the page of its code.
    """

    title: str
    sentences: Sequence[str]
    headings: Sequence[str]
    example: Sequence[Sequence[str]]
    terms: Sequence[Term]
    outlooks: Table
    data: str | None = None


EXAMPLE: Final = (
    ("2019", 31, 402, 912, 5210),
    ("2020", 34, 410, 960, 5300),
    ("2021", 38, 418, 1022, 5395),
    ("2022", 47, 431, 1110, 5480),
    ("2023", 57, 440, 1225, 5602),
    ("2024", 69, 452, 1340, 5731),
)
"""Census; BME and all leaders; BME and all people of the workforce."""

_TERMS: Final = (
    Term(
        "census",
        "Census",
        "Every trust counts its people once a year, on 31 March. A year on these pages is that"
        " day. People are counted as heads, not as full-time posts; bank and agency staff are"
        " not counted.",
        "Six censuses, from 31 March 2019 to 31 March 2024.",
    ),
    Term(
        "share",
        "BME share",
        "How many of a group are BME, in percent of everybody in the group. People whose"
        " ethnicity is not known count as part of everybody: unknown is not “not BME”. Where"
        " many are unknown, the share is too low, and the page says so.",
        "In 2024, 69 of 452 leaders were BME: 15.3%. Of the workforce it was 1,340 of 5,731, or"
        " 23.4%.",
        ("Measures: which groups there are", page_of("measures")),
    ),
    Term(
        "gap",
        "Gap in people, and people to parity",
        "How many more BME people a group needs, its size unchanged, to reach a goal or to"
        " match the workforce. A share of a person is rounded up. It is arithmetic and no"
        " quota: people are appointed on merit.",
        "To match 23.4%, 106 of 452 leaders would be BME. There are 69, so the gap is 37 people.",
    ),
    Term(
        "interval",
        "95% interval",
        "Everybody is counted, so the count itself is exact. But with a few leavers and a few"
        " appointments another year could have come out otherwise, by chance alone. The"
        " interval says how far. Two figures whose intervals overlap widely may differ by"
        " nothing but chance. Small groups have wide intervals.",
        "15.3% of 452 leaders has an interval from 12.2% to 18.9%.",
    ),
    Term(
        "forecast",
        "Forecast",
        "What the share would be if things went on as they have: the middle of what is"
        " likely, and a range that it falls into four times in five (80%). The range widens"
        " with every year. A forecast is no target, and it can be wrong.",
        "For 2027: 21.3%, in four cases of five between 17.8% and 25.2%. A goal of 18% for 2027"
        " would be reached with a chance of 88%.",
        ("Methods: how it is computed, and how well that did", page_of("methods")),
    ),
    Term(
        "outlook",
        "Outlook for parity",
        "Where the gap is going, in a word or two. A board should ask for the outlook before it"
        " asks for the year: many gaps have no year that could be told honestly.",
        "The gap is closing (with a chance of 96%), so parity is projected.",
    ),
    Term(
        "parity-year",
        "Parity, and the year for which it is projected",
        "There is parity when a group's share has reached that of the people it is held"
        " against, which is the trust's own workforce unless the page says otherwise. The"
        " workforce's share moves too. The projected year is the first census with an even"
        " chance of parity: it may come earlier or later, so read the range with it.",
        "An even chance at the census of 31 March 2033; one in ten by 2028; still uncertain in"
        " 2054.",
    ),
    Term(
        "hidden",
        "Hidden, or suppressed",
        "A small count could tell who somebody is, so it is not shown to everybody, nor is"
        " anything from which it could be worked out. Other counts are rounded to the nearest"
        " 5. “Hidden” is never none: where there is nobody, the page says so. Who signs in for"
        " a trust sees its own figures exactly.",
        None,
        ("The code for it", page_of("codes", "reason", "suppressed")),
    ),
)


def tell_help() -> HelpPage:
    """Return the page."""
    return HelpPage(
        title="How to read these figures",
        sentences=(
            "For who leads on equality or sits on a board. No statistics are needed.",
            "The example is an invented trust. The same six censuses run through all of it.",
        ),
        headings=("Census", "BME leaders", "All leaders", "BME staff", "All staff"),
        example=[
            (year, *(f"{number:,}" for number in numbers)) for year, *numbers in reversed(EXAMPLE)
        ],
        terms=_TERMS,
        outlooks=Table(
            "Every outlook there is",
            ("Outlook", "What it means"),
            [
                Row(
                    Cell(say_outlook(one), page_of("codes", "outlook", one)),
                    [Cell(first_upper(one.sentence))],
                )
                for one in Outlook
            ],
        ),
    )
