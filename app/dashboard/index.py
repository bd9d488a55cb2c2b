"""The page that leads to every definition, and the one that stands where none is."""

from typing import Final

from app.dashboard.content import Definition, Entry, Listing, Section
from app.services.definitions import PAGES, page_of

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


def explain_absence(sentence: str) -> Definition:
    """Return the page that stands where none is."""
    return Definition(
        title="Page not found",
        sentences=(sentence,),
        list_title="Definitions",
        list_page=PAGES,
    )
