"""Routes of pages: who reads is known, forms are ours, and errors are pages too."""

from collections.abc import Callable, Coroutine, Sequence
from typing import Any, ClassVar, Final
from urllib.parse import urlencode

from fastapi import Request, Response
from fastapi.exceptions import RequestValidationError
from fastapi.responses import HTMLResponse, RedirectResponse
from fastapi.routing import APIRoute
from starlette.datastructures import MutableHeaders

from app.dashboard.own_forms import (
    MOST_FIELD_BYTES,
    SAFE,
    SIGN_IN,
    SIGNED_OUT,
    STRAY,
    StrayForm,
    require_own_form,
)
from app.dashboard.rendering import render
from app.dashboard.views.content import Definition
from app.dashboard.views.index import tell_absence, tell_misunderstanding, tell_refusal
from app.dashboard.visitors import Visitor, identify, welcomed
from app.domain.errors import (
    DomainError,
    NotAllowed,
    NotFound,
    TokenInvalid,
    UnacceptableQuestion,
)

SEE_OTHER: Final = 303
"""The status that leads from a form to a page."""

_FORBIDDEN, _NOT_FOUND, _UNPROCESSABLE = 403, 404, 422

Answer = Callable[[Request], Coroutine[Any, Any, Response]]


class PageRoute(APIRoute):
    """A route that knows who reads, and whose refusals are pages too.

    A form is looked at before anything else is: without the word of its session it changes
    nothing, so that no route can forget to ask for it.
    """

    without_word: ClassVar[Definition] = SIGNED_OUT
    """The page that answers a form where none is taken."""

    most_field_bytes: ClassVar[int] = MOST_FIELD_BYTES
    """Bytes that a field of a form may have, files aside."""

    def get_route_handler(self) -> Answer:
        """Return what answers a request."""
        show = super().get_route_handler()

        async def answer(request: Request) -> Response:
            visitor = await identify(request)
            try:
                with welcomed(visitor):
                    response = await self._answer(request, visitor, show)
            finally:
                await request.close()  # files of a form that no route has looked at
            _protect(response.headers, visitor)
            return response

        return answer

    def form_word_of(self, request: Request, visitor: Visitor) -> str | None:
        """Return the word that forms sent here have to bring; None where none is taken."""
        del request
        return visitor.form_word

    async def _answer(self, request: Request, visitor: Visitor, show: Answer) -> Response:
        try:
            if request.method not in SAFE:
                word = self.form_word_of(request, visitor)
                await require_own_form(request, word, most_field_bytes=self.most_field_bytes)
            return await show(request)
        except StrayForm:
            page = STRAY if self.form_word_of(request, visitor) else self.without_word
            return render("definition.html", status=_FORBIDDEN, page=page)
        except TokenInvalid:
            return ask_to_sign_in(request)
        except (NotFound, NotAllowed, UnacceptableQuestion, RequestValidationError) as error:
            return _explain(error)


def _explain(error: DomainError | RequestValidationError) -> HTMLResponse:
    """Return the page that says why there is not the one that was asked for."""
    match error:
        case NotFound():
            return explain_absence(str(error))
        case UnacceptableQuestion():
            return explain_misunderstanding([fault.detail for fault in error.faults])
        case RequestValidationError():
            faults = [f"{one['loc'][-1]}: {one['msg']}." for one in error.errors()]
            return explain_misunderstanding(faults)
        case _:
            return render("definition.html", status=_FORBIDDEN, page=tell_refusal(str(error)))


def explain_absence(sentence: str) -> HTMLResponse:
    """Return the page that stands where none is."""
    return render("definition.html", status=_NOT_FOUND, page=tell_absence(sentence))


def explain_misunderstanding(sentences: Sequence[str]) -> HTMLResponse:
    """Return the page that stands where an address asks for what there is not."""
    page = tell_misunderstanding(sentences)
    return render("definition.html", status=_UNPROCESSABLE, page=page)


def ask_to_sign_in(request: Request) -> Response:
    """Return the answer to somebody who is to sign in first, and is led back afterwards."""
    query = f"?{request.url.query}" if request.url.query else ""
    asked = urlencode({"next": request.url.path + query})
    return RedirectResponse(f"{SIGN_IN}?{asked}", SEE_OTHER)


def _protect(headers: MutableHeaders, visitor: Visitor) -> None:
    """Keep what somebody who is signed in sees from everybody else."""
    if visitor.signed_in is not None:
        headers["Cache-Control"] = "no-store"
    headers.add_vary_header("Cookie")
    # Without a referrer a browser would not say either which of our pages a form comes from.
    headers["Referrer-Policy"] = "same-origin"
