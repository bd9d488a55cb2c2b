"""Filling in forms of pages as a browser does."""

from collections.abc import Iterator

from httpx2 import Response

from tests.api.setting import Service
from tests.dashboard.reading import Page, read_page
from tests.dashboard.signing import fields_of


def open_page(service: Service, path: str) -> Page:
    """Return a page that is there."""
    response = service.client.get(path)
    assert response.status_code == 200, response.text
    return read_page(response)


def fill_in(service: Service, path: str, action: str | None = None, **entered: str) -> Response:
    """Open a page, enter something into its form, and send that; return the answer itself.

    Args:
        service: The service.
        path: Of the page.
        action: Where the form is sent; None for where the page is.
        entered: By the name of the field.
    """
    fields = fields_of(open_page(service, path))
    return service.client.post(
        action or path.partition("?")[0], data={**fields, **entered}, follow_redirects=False
    )


def led_to(service: Service, response: Response) -> Page:
    """Return the page that a form leads to."""
    assert response.status_code == 303, response.text
    return open_page(service, response.headers["location"])


def faults_of(page: Page) -> dict[str, str]:
    """Return what is wrong, by field; it is told in the summary and beside each field."""
    assert page.texts["title"][0].startswith("Error: ")
    links = zip(page.texts["a"], _targets(page), strict=True)
    found = {to[1:]: said for said, to in links if to.startswith("#") and to != "#content"}
    for said in found.values():
        assert any(said in text for text in page.texts["p"] if text.startswith("Error: ")), said
    return found


def _targets(page: Page) -> Iterator[str]:
    for tag, attributes in page.elements:
        if tag == "a":
            yield attributes.get("href") or ""


def terms_of(page: Page) -> dict[str, str]:
    """Return what the lists of facts of a page say."""
    return dict(zip(page.texts["dt"], page.texts["dd"], strict=True))
