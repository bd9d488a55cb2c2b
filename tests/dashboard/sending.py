"""Sending in figures on pages as a browser does."""

from collections.abc import Mapping

from httpx2 import Response

from app.domain.callers import Role
from tests.api.setting import Service
from tests.dashboard.filling import passages_of
from tests.dashboard.reading import Page, read_page
from tests.dashboard.signing import fields_of, signed_in

COUNTS = (
    "Year,Staff group,Band,White,BME,Unknown\n2024,clinical,8a,340,61,0\n2024,clinical,5,80,20,0\n"
)
"""Headcounts of a census."""

SAID = {"source": "ESR staff in post", "expected_workforce": "501", "expected_bme": "81"}
"""What is said beside them."""


def begin(service: Service, code: str) -> str:
    """Enter a trust, and sign in as its lead; return the path of the page for files."""
    service.trust(code)
    signed_in(service, Role.TRUST, code)
    return f"/trusts/{code}/actuals/send"


def send(
    service: Service,
    path: str,
    content: str | bytes | None,
    *,
    name: str = "staff.csv",
    **entered: str,
) -> Response:
    """Open the page with the form for a file, fill it in and send it; as below."""
    page = read_page(service.client.get(path))
    return send_from(page, service, path, content, name=name, **entered)


def send_from(
    page: Page,
    service: Service,
    path: str,
    content: str | bytes | None,
    *,
    name: str = "staff.csv",
    **entered: str,
) -> Response:
    """Fill in a form for a file and send it.

    Args:
        page: The page with the form, and what stands in it.
        service: The service.
        path: Where the form is sent.
        content: Of the file; None where none is chosen.
        name: Of the file.
        entered: What is entered.
    """
    fields = {**fields_of(page), **passages_of(page), "kind": "actuals", **entered}
    del fields["file"]
    # A browser names no file where none is chosen, and sends the part all the same.
    sent = ("", b"") if content is None else (name, content)
    return service.client.post(path, data=fields, files={"file": sent}, follow_redirects=False)


def confirm(service: Service, preview: Response, **changes: str) -> Response:
    """Press the button below a preview."""
    page = read_page(preview)
    (path,) = [one["action"] for tag, one in page.elements if tag == "form" and is_sending(one)]
    fields = {**fields_of(page), **changes}
    return service.client.post(str(path), data=fields, follow_redirects=False)


def is_sending(form: Mapping[str, str | None]) -> bool:
    """Return whether a form sends figures, and does not sign out."""
    return "data-sending" in form
