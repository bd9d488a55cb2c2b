"""Routes of the pages that explain figures and codes."""

from fastapi import APIRouter, Response
from fastapi.responses import RedirectResponse

from app.dashboard.deps import ReadSession
from app.dashboard.rendering import render
from app.dashboard.routing import PageRoute, explain_absence
from app.dashboard.views.codes import explain_code, explain_problem, list_codes
from app.dashboard.views.definitions import (
    explain_band,
    explain_cycle,
    explain_ethnic_category,
    explain_indicator,
    explain_measure,
    list_bands,
    list_cycles,
    list_ethnic_categories,
    list_indicators,
    list_measures,
)
from app.dashboard.views.index import INDEX
from app.dashboard.views.methods import explain_formulas, explain_method, list_methods
from app.domain.backtest import EVENTS, WAYS
from app.domain.errors import find_kind
from app.domain.methods import MEANINGS
from app.services import censuses, definitions, methods
from app.services.definitions import PAGES, page_of

router = APIRouter(route_class=PageRoute, include_in_schema=False)


@router.get("/definitions")
def show_definitions() -> Response:
    """Lead to every definition."""
    return render("list.html", page=INDEX)


@router.get("/definitions/measures")
def show_measures() -> Response:
    """List measures."""
    return render("list.html", page=list_measures(definitions.list_measures()))


@router.get("/definitions/measures/{measure}")
def show_measure(measure: str) -> Response:
    """Explain a measure."""
    found = definitions.get_measure(measure=measure)
    return render("definition.html", page=explain_measure(found))


@router.get("/definitions/bands")
def show_bands() -> Response:
    """List bands and grades."""
    return render("list.html", page=list_bands(definitions.list_bands()))


@router.get("/definitions/bands/{band}")
def show_band(band: str) -> Response:
    """Explain a band or grade."""
    found = definitions.get_band(band=band)
    return render("definition.html", page=explain_band(found))


@router.get("/definitions/indicators")
def show_indicators() -> Response:
    """List the nine indicators."""
    return render("list.html", page=list_indicators(definitions.list_indicators()))


@router.get("/definitions/indicators/{number}")
def show_indicator(number: str) -> Response:
    """Explain an indicator."""
    for one in definitions.list_indicators():
        if str(one.number) == number:
            return render("definition.html", page=explain_indicator(one))
    return explain_absence(f"There is no indicator {number}.")


@router.get("/definitions/ethnic-categories")
def show_ethnic_categories() -> Response:
    """List ethnic categories."""
    found = definitions.list_ethnic_categories().all
    return render("list.html", page=list_ethnic_categories(found))


@router.get("/definitions/ethnic-categories/{code}")
def show_ethnic_category(code: str) -> Response:
    """Explain an ethnic category."""
    found = definitions.get_ethnic_category(code=code)
    return render("definition.html", page=explain_ethnic_category(found))


@router.get("/definitions/cycles")
def show_cycles(session: ReadSession) -> Response:
    """List cycles."""
    return render("list.html", page=list_cycles(censuses.list_cycles(session)))


@router.get("/definitions/cycles/{code}")
def show_cycle(code: str, session: ReadSession) -> Response:
    """Explain a cycle."""
    found = censuses.get_cycle(session, code=code)
    return render("definition.html", page=explain_cycle(found))


@router.get("/definitions/codes")
def show_codes() -> Response:
    """List codes by kind."""
    return render("list.html", page=list_codes(definitions.list_code_kinds()))


@router.get("/definitions/codes/{kind}/{code}")
def show_code(kind: str, code: str) -> Response:
    """Explain a code."""
    found = definitions.get_code(kind=kind, code=code)
    return render("definition.html", page=explain_code(found, definitions.list_code_kinds()))


@router.get("/problems/{kind}")
def show_problem(kind: str) -> Response:
    """Explain a kind of problem to whoever prefers a page."""
    error = find_kind(kind)
    if error is None:
        response = explain_absence(f"No problem is called {kind}.")
        response.headers["Vary"] = "Accept"
        return response
    return render("definition.html", page=explain_problem(error))


@router.get("/definitions/methods")
def show_methods() -> Response:
    """List methods."""
    return render("list.html", page=list_methods(methods.list_methods()))


@router.get("/definitions/methods/{version}")
def show_method(version: str) -> Response:
    """Explain a method: its constants, and how it did."""
    method = methods.get_method(version=version)
    return render(
        "method.html",
        page=explain_method(method),
        method=method,
        meanings=MEANINGS,
        backtest=methods.get_backtest(version=version),
        formulas=page_of("methods", version, "formulas"),
        ways=WAYS,
        events=EVENTS,
    )


@router.get("/definitions/methods/{version}/formulas")
def show_formulas(version: str) -> Response:
    """Tell the formulas of a method, with their sources and limits."""
    method = methods.get_method(version=version)
    # What reads Markdown is loaded with the first page that is written in it.
    from app.dashboard.markdown import render_document  # noqa: PLC0415

    document = render_document(methods.get_page(version=version))
    return render("document.html", page=explain_formulas(method), document=document)


@router.get("/definitions/{rest:path}")
def show_nothing(rest: str) -> Response:
    """Lead from an address with a slash too many to the page, or say that there is none."""
    path = f"{PAGES}/{rest}"
    if path.endswith("/"):
        return RedirectResponse(path.rstrip("/"))
    return explain_absence(f"There is no page {path}.")
