"""Filling in forms of pages as a browser does."""

from collections.abc import Iterator

from httpx2 import Response

from tests.api.setting import Service
from tests.dashboard.reading import Page, read_page
from tests.dashboard.signing import fields_of


def open_page(service: Service, path: str, status: int = 200) -> Page:
    """Return a page, which is answered with a status."""
    response = service.client.get(path)
    assert response.status_code == status, response.text
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


def send_form(
    service: Service, path: str, shown: Page, **entered: str | list[str]
) -> tuple[int, Page]:
    """Send the form of a page with what stands in it and what is entered.

    Returns:
        The status, and the page that is answered or led to.
    """
    fields = {**fields_of(shown), **passages_of(shown), **entered}
    response = service.client.post(path, data=fields, follow_redirects=False)
    if response.status_code != 303:
        return response.status_code, read_page(response)
    return 303, open_page(service, response.headers["location"])


def passages_of(page: Page) -> dict[str, str]:
    """Return what stands in the larger fields of a page, by their names."""
    names = [str(one["name"]) for tag, one in page.elements if tag == "textarea"]
    return dict(zip(names, page.texts.get("textarea", ()), strict=True))


def problems_of(page: Page) -> list[str]:
    """Return the fields that the summary at the head of a form leads to, in its order."""
    told, inside = [], False
    for tag, one in page.elements:
        inside = inside or one.get("class") == "nhsuk-error-summary"
        if inside and tag == "a" and str(one["href"]).startswith("#"):
            told.append(str(one["href"])[1:])
        inside = inside and tag in {"div", "h2", "ul", "li", "a"}
    return told


def rows_of(page: Page) -> list[str]:
    """Return the rows of every table, their heads too."""
    return page.texts["tr"]
