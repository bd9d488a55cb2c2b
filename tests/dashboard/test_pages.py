"""What holds for every page: it is reached by links, can be read by everybody and runs nothing."""

import re
from collections.abc import Iterator

import pytest

from app.dashboard.assets import asset
from tests.api.setting import Service, read
from tests.dashboard.reading import Page, read_page

START = "/definitions"

LANDMARKS = ("header", "main", "footer")


@pytest.fixture(scope="module")
def pages(service: Service) -> dict[str, Page]:
    """Every page that links lead to, by its path."""
    found: dict[str, Page] = {}
    ahead = [START]
    while ahead:
        path = ahead.pop()
        if path in found or not path.startswith("/definitions"):
            continue
        response = service.get(path)
        assert response.status_code == 200, path
        found[path] = read_page(response)
        ahead.extend(found[path].links())
    return found


def test_links_lead_to_every_page(service: Service, pages: dict[str, Page]) -> None:
    listed = {
        one["page"]
        for path in ("measures", "bands", "ethnic-categories", "cycles", "codes", "methods")
        for one in read(service.get(f"/v1/{path}"))["items"]
    }
    lists = {"", "/measures", "/bands", "/ethnic-categories", "/cycles", "/codes", "/methods"}
    rest = {"/methods/1/formulas", "/indicators", *(f"/indicators/{one}" for one in range(1, 10))}

    assert set(pages) == listed | {f"{START}{path}" for path in lists | rest}


def test_every_link_is_answered(service: Service, pages: dict[str, Page]) -> None:
    targets = {link for page in pages.values() for link in page.links()} - {"#content"}

    assert [link for link in targets if not link.startswith("/")] == []
    assert [link for link in targets - set(pages) if service.get(link).status_code != 200] == []


def test_every_page_says_what_it_is(pages: dict[str, Page]) -> None:
    titles = [page.texts["title"] for page in pages.values()]

    for page in pages.values():
        assert page.only("html") == {"lang": "en-GB"}
        (heading,), (title,) = page.texts["h1"], page.texts["title"]
        assert heading
        assert title == f"{heading} – Parity"
    # A code can be of several kinds.
    assert len(titles) > len({title for (title,) in titles}) > len(titles) * 0.9


def test_every_page_has_landmarks_and_a_way_past_the_top(pages: dict[str, Page]) -> None:
    for page in pages.values():
        tags = [tag for tag, _ in page.elements]
        assert [tag for tag in tags if tag in LANDMARKS] == list(LANDMARKS)
        assert page.only("main")["id"] == "content"
        first = next(one for tag, one in page.elements if tag == "a")
        assert first == {"class": "nhsuk-skip-link", "href": "#content"}
        names = [one["aria-label"] for tag, one in page.elements if tag == "nav"]
        assert len(names) == len(set(names))


def test_headings_follow_each_other(pages: dict[str, Page]) -> None:
    for page in pages.values():
        levels = [tag for tag, _ in page.elements if tag in {"h1", "h2", "h3", "h4"}]
        assert levels[0] == "h1"
        assert set(levels[1:]) <= {"h2"}


def test_no_page_runs_or_loads_anything_but_the_files_of_the_service(
    pages: dict[str, Page],
) -> None:
    for page in pages.values():
        assert not {"style", "img", "iframe", "object"} & set(page.texts)
        assert page.texts["script"] == [""]
        for tag, attributes in page.elements:
            assert not any(name == "style" or name.startswith("on") for name in attributes), tag
        sheets = [one["href"] for _, one in page.elements if one.get("rel") == "stylesheet"]
        assert sheets == [asset("nhsuk/nhsuk.css"), asset("parity.css")]
        assert page.only("script") == {"type": "module", "src": asset("parity.js")}


def test_a_browser_is_told_to_load_nothing_else(service: Service) -> None:
    for path in (START, f"{START}/nothing"):
        policy = service.get(path).headers["content-security-policy"]
        assert policy == (
            "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self';"
            " connect-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
        )


@pytest.mark.parametrize("name", ["parity.css", "nhsuk/nhsuk.css"])
def test_a_style_sheet_loads_nothing_but_the_files_of_the_service(
    service: Service, name: str
) -> None:
    response = service.client.get(asset(name))

    assert response.status_code == 200
    assert response.headers["content-type"] == "text/css; charset=utf-8"
    assert response.headers["cache-control"] == "public, max-age=31536000, immutable"
    loaded = set(re.findall(r"url\(([^)]*)\)", response.text))
    assert all(service.get(f"/static/nhsuk/{one}").status_code == 200 for one in loaded)
    assert "@import" not in response.text
    assert "//" not in response.text


def test_a_file_without_its_version_is_asked_for_again(service: Service) -> None:
    response = service.get("/static/parity.js")

    assert response.headers["cache-control"] == "no-cache"


def test_a_page_explains_bme_once(pages: dict[str, Page]) -> None:
    for page in pages.values():
        assert page.text.count("Black and minority ethnic") == 1


def test_every_table_has_a_caption_and_headings(pages: dict[str, Page]) -> None:
    tables = 0
    for page in pages.values():
        number = len(page.texts.get("table", []))
        tables += number
        assert len(page.texts.get("caption", [])) == number
        assert all(one.get("scope") in {"col", "row"} for t, one in page.elements if t == "th")
    assert tables == 8


def paths_of_codes(service: Service) -> Iterator[tuple[str, str]]:
    for one in read(service.get("/v1/codes"))["items"]:
        yield one["page"], one["sentence"]


def test_every_code_has_a_page_with_its_sentence(service: Service, pages: dict[str, Page]) -> None:
    for path, sentence in paths_of_codes(service):
        assert sentence in pages[path].text


@pytest.mark.parametrize(
    ("path", "sentence"),
    [
        ("/nothing", "There is no page /definitions/nothing."),
        ("/measures/x/y", "There is no page /definitions/measures/x/y."),
        ("/measures/nothing", "There is no measure nothing."),
        ("/bands/8e", "There is no band 8e."),
        ("/indicators/10", "There is no indicator 10."),
        ("/ethnic-categories/nothing", "There is no ethnic category nothing."),
        ("/cycles/1999-2002", "There is no cycle 1999-2002."),
        ("/codes/outlook/nothing", "There is no code nothing of the kind outlook."),
        ("/methods/0", "There is no method 0."),
        ("/methods/0/formulas", "There is no method 0."),
        ("/measures/<b>&amp;", "There is no measure <b>&amp;."),
    ],
)
def test_where_no_page_is_a_page_says_so(service: Service, path: str, sentence: str) -> None:
    response = service.get(START + path)

    page = read_page(response)
    assert response.status_code == 404
    assert page.texts["h1"] == ["Page not found"]
    assert sentence in page.text
    assert "/england" in page.links()


@pytest.mark.parametrize(
    ("path", "target"),
    [("/", START), ("/measures/", f"{START}/measures"), ("//measures//", f"{START}//measures")],
)
def test_a_slash_too_many_leads_on(service: Service, path: str, target: str) -> None:
    response = service.client.get(START + path, follow_redirects=False)

    assert response.status_code == 307
    assert response.headers["location"] == target


def test_pages_are_told_again_only_when_they_change(service: Service) -> None:
    first = service.get(START)

    again = service.client.get(START, headers={"If-None-Match": first.headers["ETag"]})

    assert (again.status_code, again.content) == (304, b"")


def test_pages_are_no_part_of_the_description_of_the_api(service: Service) -> None:
    paths = read(service.get("/openapi.json"))["paths"]

    assert not [path for path in paths if path.startswith("/definitions")]
