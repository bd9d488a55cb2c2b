"""Opening pages and sending their forms, as a browser does."""

from tests.api.setting import Service
from tests.dashboard.reading import Page, read_page
from tests.dashboard.signing import fields_of


def open_page(service: Service, path: str, status: int = 200) -> Page:
    """Return a page, which is answered with a status."""
    response = service.client.get(path)
    assert response.status_code == status, response.text
    return read_page(response)


def fill_in(
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
