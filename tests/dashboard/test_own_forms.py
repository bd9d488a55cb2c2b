"""Forms are taken from pages of their own session, and from nowhere else."""

import pytest
from httpx2 import Response

from app.domain.callers import Role
from tests.api.setting import Service
from tests.dashboard.reading import read_page
from tests.dashboard.signing import (
    SIGN_IN,
    fields_of,
    secret_of,
    session_of,
    signed_in,
    word_of,
)

NOT_TAKEN = "The form was not taken"
NO_COOKIE = "Your browser did not keep the form's cookie"
NOT_SIGNED_IN = "You are not signed in"


@pytest.fixture(autouse=True)
def _another_browser(service: Service) -> None:
    service.client.cookies.clear()


def leave(service: Service, headers: dict[str, str] | None = None, **fields: str) -> Response:
    return service.client.post(
        "/sign-out", data=fields, headers=headers or {}, follow_redirects=False
    )


def is_signed_in(service: Service) -> bool:
    return "Sign out" in service.client.get("/definitions").text


def refusal_of(response: Response) -> str:
    page = read_page(response)
    assert response.status_code == 403
    assert response.headers["cache-control"] == "no-store"
    return page.texts["h1"][0]


@pytest.mark.parametrize("word", [None, "", "0" * 64, "é", "x"])
def test_a_form_without_the_word_of_its_session_is_not_taken(
    service: Service, word: str | None
) -> None:
    signed_in(service, Role.NATIONAL)

    response = leave(service) if word is None else leave(service, csrf=word)

    assert refusal_of(response) == NOT_TAKEN
    assert is_signed_in(service)


def test_a_form_with_the_word_of_another_session_is_not_taken(service: Service) -> None:
    signed_in(service, Role.NATIONAL)
    word = word_of(service)
    signed_in(service, Role.NATIONAL)

    assert refusal_of(leave(service, csrf=word)) == NOT_TAKEN
    assert is_signed_in(service)


def test_a_file_is_no_word(service: Service) -> None:
    signed_in(service, Role.NATIONAL)
    word = word_of(service)

    response = service.client.post("/sign-out", files={"csrf": ("csrf", word.encode())})

    assert refusal_of(response) == NOT_TAKEN
    assert is_signed_in(service)


def test_a_word_in_an_encoding_that_makes_no_text_of_it_is_none(service: Service) -> None:
    signed_in(service, Role.NATIONAL)
    part = 'Content-Disposition: form-data; name="csrf"\r\n\r\n\\ud800'
    media_type = "multipart/form-data; boundary=x; charset=unicode_escape"

    response = service.client.post(
        "/sign-out", content=f"--x\r\n{part}\r\n--x--\r\n", headers={"Content-Type": media_type}
    )

    assert refusal_of(response) == NOT_TAKEN


@pytest.mark.parametrize(
    "headers",
    [
        pytest.param({"Sec-Fetch-Site": "cross-site"}, id="another site"),
        pytest.param({"Sec-Fetch-Site": "same-site"}, id="a neighbour"),
        pytest.param({"Origin": "https://evil.example"}, id="another origin"),
        pytest.param({"Origin": "http://localhost:3000"}, id="another port"),
        pytest.param({"Origin": "http://localhost.evil.example"}, id="one that looks like ours"),
        pytest.param({"Origin": "http://[localhost"}, id="one that is none"),
        pytest.param({"Origin": "null"}, id="an origin that is not told"),
        pytest.param({"Origin": ""}, id="an empty one"),
        pytest.param(
            {"Sec-Fetch-Site": "cross-site", "Origin": "http://localhost"}, id="both, at odds"
        ),
    ],
)
def test_a_form_from_elsewhere_is_not_taken_though_it_has_the_word(
    service: Service, headers: dict[str, str]
) -> None:
    signed_in(service, Role.NATIONAL)

    assert refusal_of(leave(service, headers, csrf=word_of(service))) == NOT_TAKEN
    assert is_signed_in(service)


@pytest.mark.parametrize(
    "headers",
    [
        pytest.param({}, id="by a browser that tells nothing"),
        pytest.param({"Origin": "http://localhost"}, id="by an older browser"),
        pytest.param({"Sec-Fetch-Site": "same-origin", "Origin": "http://localhost"}, id="ours"),
        pytest.param({"Sec-Fetch-Site": "none"}, id="sent again by its user"),
    ],
)
def test_a_form_of_ours_is_taken(service: Service, headers: dict[str, str]) -> None:
    signed_in(service, Role.NATIONAL)

    assert leave(service, headers, csrf=word_of(service)).status_code == 303
    assert not is_signed_in(service)


def test_a_form_of_nobody_is_refused_before_it_is_read(service: Service) -> None:
    response = service.client.post("/sign-out", content=b"\0", headers={"Content-Type": "x/y"})

    assert refusal_of(response) == NOT_SIGNED_IN


def test_nobody_can_be_signed_in_by_another_site(service: Service) -> None:
    secret = secret_of(service, Role.NATIONAL)
    fields = {"token": secret}

    without_page = service.client.post(SIGN_IN, data=fields, follow_redirects=False)
    fields |= fields_of(read_page(service.client.get(SIGN_IN)))
    from_elsewhere = service.client.post(
        SIGN_IN,
        data=fields,
        headers={"Sec-Fetch-Site": "cross-site"},
        follow_redirects=False,
    )
    wrong_word = service.client.post(
        SIGN_IN, data={**fields, "csrf": "0" * 64}, follow_redirects=False
    )

    assert [refusal_of(one) for one in (from_elsewhere, wrong_word)] == [NOT_TAKEN] * 2
    assert refusal_of(without_page) == NO_COOKIE
    assert session_of(service) is None


def test_browsers_are_let_tell_pages_of_ours_where_a_form_comes_from(service: Service) -> None:
    headers = [service.client.get(one).headers for one in (SIGN_IN, "/definitions", "/v1/bands")]

    assert [one["referrer-policy"] for one in headers] == [
        "same-origin",
        "same-origin",
        "no-referrer",
    ]
