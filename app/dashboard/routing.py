"""Routes whose errors are pages too."""

from collections.abc import Callable, Coroutine
from typing import Any

from fastapi import Request, Response
from fastapi.exceptions import RequestValidationError
from fastapi.responses import HTMLResponse
from fastapi.routing import APIRoute

from app.dashboard.index import tell_absence, tell_misunderstanding, tell_refusal
from app.dashboard.rendering import render
from app.domain.errors import NotAllowed, NotFound, TokenInvalid, UnacceptableQuestion


class PageRoute(APIRoute):
    """A route that answers with a page where it cannot show the one that is asked for."""

    def get_route_handler(self) -> Callable[[Request], Coroutine[Any, Any, Response]]:
        """Return what answers a request."""
        show = super().get_route_handler()

        async def show_or_explain(request: Request) -> Response:
            try:
                return await show(request)
            except NotFound as error:
                return explain_absence(str(error))
            except (TokenInvalid, NotAllowed) as error:
                return render("definition.html", status=403, page=tell_refusal(str(error)))
            except UnacceptableQuestion as error:
                faults = [fault.detail for fault in error.faults]
                return render("definition.html", status=422, page=tell_misunderstanding(faults))
            except RequestValidationError as error:
                faults = [f"{one['loc'][-1]}: {one['msg']}." for one in error.errors()]
                return render("definition.html", status=422, page=tell_misunderstanding(faults))

        return show_or_explain


def explain_absence(sentence: str) -> HTMLResponse:
    """Return the page that stands where none is."""
    return render("definition.html", status=404, page=tell_absence(sentence))
