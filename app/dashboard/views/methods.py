"""Methods as pages tell them."""

from collections.abc import Iterable

from app.dashboard.views.content import Definition, Entry, Listing, Section
from app.domain.methods import COVERS, Method
from app.services.definitions import page_of


def list_methods(methods: Iterable[Method]) -> Listing:
    """Return the page that lists methods."""
    entries = [
        Entry(f"Method {one.version}", f"{one.title}.", page=page_of("methods", one.version))
        for one in methods
    ]
    sentence = (
        "An answer names the version of the method that it was computed with. What would change"
        " an answer makes a new version."
    )
    return Listing("Methods", (sentence,), (Section(entries),), "/v1/methods")


def explain_method(method: Method) -> Definition:
    """Return the page of a method, but for its tables."""
    return Definition(
        title=f"Method {method.version}",
        sentences=(f"{method.title}.",),
        facts={
            "Released": f"{method.released.day} {method.released:%B %Y}",
            "What the version covers": COVERS,
        },
        list_title="Methods",
        list_page=page_of("methods"),
        data=f"/v1/methods/{method.version}",
    )


def explain_formulas(method: Method) -> Definition:
    """Return the page of a method's formulas, but for the document itself."""
    return Definition(
        title=f"Formulas of method {method.version}",
        sentences=(f"{method.title}.",),
        list_title=f"Method {method.version}",
        list_page=page_of("methods", method.version),
        data=f"/v1/methods/{method.version}",
    )
