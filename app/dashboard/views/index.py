"""The page that leads to every definition, and the one that stands where none is."""

from collections.abc import Sequence
from typing import Final

from app.dashboard.views.content import Definition, Entry, Listing, Section
from app.services.definitions import page_of

INDEX: Final = Listing(
    title="Definitions",
    sentences=("What the figures and the codes of this service mean.",),
    sections=(
        Section(
            (
                Entry(
                    "Measures",
                    "The groups of people whose BME share is followed, and what each is held"
                    " against.",
                    page=page_of("measures"),
                ),
                Entry(
                    "Bands",
                    "Pay bands and medical grades, and which of them count as leadership.",
                    page=page_of("bands"),
                ),
                Entry(
                    "Indicators",
                    "The nine indicators of the Workforce Race Equality Standard (WRES).",
                    page=page_of("indicators"),
                ),
                Entry(
                    "Ethnic categories",
                    "The categories of the NHS Data Dictionary, and the group each counts in.",
                    page=page_of("ethnic-categories"),
                ),
                Entry(
                    "Cycles",
                    "The three years for which targets are set, and the ambition they serve.",
                    page=page_of("cycles"),
                ),
                Entry(
                    "Codes",
                    "Every reason, warning, outlook, status and fault that an answer can carry.",
                    page=page_of("codes"),
                ),
                Entry(
                    "Methods",
                    "How trends, forecasts and parity are computed, and how well that did.",
                    page=page_of("methods"),
                ),
            )
        ),
    ),
)
"""The page that leads to every definition."""


HOME: Final = Definition(
    title="Race equality targets and progress of NHS trusts",
    sentences=(
        (
            "Every NHS trust in England sets targets for ethnic minority people in its leadership,"
            " and counts its people every 31 March."
        ),
        "See where a trust stands, how far it is from its goal, and when parity is projected.",
    ),
    list_title="England",
    list_page="/england",
)
"""The first page."""

ACCESSIBILITY: Final = Definition(
    title="Accessibility statement",
    sentences=(
        "This service aims to meet the Web Content Accessibility Guidelines 2.2 at level AA.",
        (
            "Every page works without scripts, with a keyboard alone and at 400% zoom."
            " Under every chart stands a table with the same numbers."
            " Colour is never all that tells two things apart."
        ),
        (
            "On small screens each row of a wide table is a block of its own."
            " A few tables about methods are moved sideways inside their own frame."
        ),
        (
            "Pages are tested in Chromium with axe-core."
            " They have not been tested with every screen reader, nor audited from outside."
        ),
    ),
    list_title="England",
    list_page="/england",
)
"""How far everybody can use the pages."""


def tell_absence(sentence: str) -> Definition:
    """Return the page that stands where none is."""
    return Definition(
        title="Page not found",
        sentences=(sentence,),
        list_title="England",
        list_page="/england",
    )


def tell_refusal(sentence: str) -> Definition:
    """Return the page that stands where the reader may not see one."""
    return Definition(
        title="You cannot see this page",
        sentences=(sentence,),
        list_title="England",
        list_page="/england",
    )


def tell_misunderstanding(sentences: Sequence[str]) -> Definition:
    """Return the page that stands where an address asks for what there is not."""
    return Definition(
        title="This address is not understood",
        sentences=sentences,
        list_title="England",
        list_page="/england",
    )
