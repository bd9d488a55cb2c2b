"""Codes and kinds of problems as pages tell them."""

from collections.abc import Iterable

from app.dashboard.views.content import Definition, Entry, Listing, Section
from app.domain.codebook import Code, CodeKind
from app.domain.errors import DomainError, name_of, sentence_of
from app.services.definitions import page_of


def list_codes(kinds: Iterable[CodeKind]) -> Listing:
    """Return the page that lists codes by kind."""
    sections = [
        Section(
            [
                Entry(one.code, one.sentence, page=page_of("codes", one.kind, one.code))
                for one in kind.codes
            ],
            heading=kind.title,
            sentence=kind.sentence,
        )
        for kind in kinds
    ]
    sentence = (
        "Answers say in codes why something is missing, what to be careful about, how things"
        " stand, and what was wrong with a request. A code never changes its meaning."
    )
    return Listing("Codes", (sentence,), sections, "/v1/codes")


def explain_code(code: Code, kinds: Iterable[CodeKind]) -> Definition:
    """Return the page of a code of one of the kinds."""
    kind = next(one for one in kinds if one.name == code.kind)
    return Definition(
        title=code.code,
        sentences=(code.sentence,),
        facts={"Kind": kind.title, "What such codes tell": kind.sentence},
        list_title="Codes",
        list_page=page_of("codes"),
        data=f"/v1/codes/{code.kind}/{code.code}",
    )


def explain_problem(error: type[DomainError]) -> Definition:
    """Return the page of a kind of problem."""
    return Definition(
        title=error.title,
        sentences=(sentence_of(error), sentence_of(error.__mro__[1])),
        facts={"Type in a problem": f"/problems/{name_of(error)}", "Code": error.code},
        list_title="Codes",
        list_page=page_of("codes"),
        data=f"/v1/codes/problem/{error.code}",
    )
