"""People sign in with a token, and pages then act as its caller, for a while."""

import logging
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from app.domain.callers import Role
from app.domain.page_sessions import form_word_of
from tests.api.setting import KINDS, START, Registered, Service, problem_of, read
from tests.dashboard.reading import Page, read_page
from tests.dashboard.signing import (
    SIGN_IN,
    enter,
    fields_of,
    hold,
    secret_of,
    session_of,
    sign_out,
    signed_in,
)

REFUSED = (
    "This token is not accepted. See that you copied all of it, and nothing else; if you did, ask"
    " whoever gave it to you for a new one."
)
SIGNED = (
    "This is a signed token, which is for applications. Enter a token that begins with parity_."
)
UNKNOWN = "parity_0123456789ab_" + "x" * 43


@pytest.fixture(params=KINDS)
def fresh(
    request: pytest.FixtureRequest, registered: Registered, tmp_path: Path
) -> Iterator[Service]:
    """A service of its own, whose clock may be moved, on each kind of database."""
    with registered.service(request.param, tmp_path) as service:
        yield service


@pytest.fixture(autouse=True)
def _another_browser(service: Service) -> None:
    service.client.cookies.clear()


def account_of(service: Service) -> Page:
    return read_page(service.client.get(SIGN_IN))


def is_signed_in(service: Service) -> bool:
    return account_of(service).texts["h1"] == ["You are signed in"]


def fault_of(page: Page) -> str:
    """Return what was wrong, which is told at the top and beside the field."""
    (title,) = page.texts["title"]
    targets = [attributes["href"] for tag, attributes in page.elements if tag == "a"]
    (top,) = [said for said, to in zip(page.texts["a"], targets, strict=True) if to == "#token"]
    assert title.startswith("Error: ")
    assert f"Error: {top}" in page.texts["p"]
    return top


def test_who_enters_a_token_is_told_who_they_are(service: Service) -> None:
    secret = signed_in(service, Role.TRUST, "R0A")

    page = account_of(service)
    assert page.texts["h1"] == ["You are signed in"]
    assert dict(zip(page.texts["dt"], page.texts["dd"], strict=True)) == {
        "Name": "trust of the test",
        "Role": "A trust, which also sets targets, plans and signs off for itself.",
        "For": "R0A",
        "Token": secret.split("_")[1],
    }
    assert (
        "You will be signed out when you have opened no page for 30 minutes, and after 12 hours in"
        " any case." in page.texts["p"]
    )


def test_every_page_says_who_is_signed_in_and_lets_them_out(service: Service) -> None:
    before = read_page(service.client.get("/definitions"))
    signed_in(service, Role.NATIONAL)

    page = read_page(service.client.get("/definitions/measures"))
    absence = read_page(service.client.get("/definitions/nothing"))

    assert "Sign in" in before.texts["a"]
    assert "button" not in before.texts
    for one in (page, absence):
        assert "national of the test" in one.texts["a"]
        assert one.texts["button"] == ["Sign out"]


def test_who_signs_out_is_signed_out_in_every_browser_with_the_cookie(fresh: Service) -> None:
    signed_in(fresh, Role.NATIONAL)
    held = session_of(fresh)

    response = sign_out(fresh)

    assert (response.status_code, response.headers["location"]) == (303, "/signed-out")
    assert session_of(fresh) is None
    assert read_page(fresh.client.get("/signed-out")).texts["h1"] == ["You are signed out"]
    hold(fresh, str(held))
    assert not is_signed_in(fresh)


def test_a_session_ends_when_nobody_opens_a_page(fresh: Service) -> None:
    signed_in(fresh, Role.NATIONAL)

    states = []
    for minutes in (29, 29, 30):
        fresh.clock.forward(minutes=minutes)
        states.append(is_signed_in(fresh))

    assert states == [True, True, False]


def test_whoever_comes_back_too_late_is_told_why_they_are_asked_again(fresh: Service) -> None:
    signed_in(fresh, Role.NATIONAL)
    fresh.clock.forward(minutes=30)

    late, again = account_of(fresh), account_of(fresh)

    ended = "Your session has ended. Sign in again to go on."
    assert [ended in page.texts["p"] for page in (late, again)] == [True, False]


def test_a_session_ends_at_the_end_of_the_day(fresh: Service) -> None:
    signed_in(fresh, Role.NATIONAL)

    states = []
    for _ in range(36):
        fresh.clock.forward(minutes=20)
        states.append(is_signed_in(fresh))

    assert states == [True] * 35 + [False]


def test_a_session_ends_at_once_when_its_token_is_taken_back(fresh: Service) -> None:
    secret = signed_in(fresh, Role.TRUST, "R0A")
    assert is_signed_in(fresh)

    fresh.done("DELETE", f"/v1/tokens/{secret.split('_')[1]}")

    assert not is_signed_in(fresh)


def test_a_session_ends_at_once_when_its_token_is_rotated(fresh: Service) -> None:
    secret = signed_in(fresh, Role.TRUST, "R0A")

    path = f"/v1/tokens/{secret.split('_')[1]}/rotation"
    new = fresh.done("POST", path, {"overlap_hours": 24}).json()["secret"]

    assert not is_signed_in(fresh)
    assert fault_of(read_page(enter(fresh, secret))) == REFUSED
    assert enter(fresh, new).status_code == 303


def test_pages_are_a_use_of_the_token(fresh: Service) -> None:
    secret = signed_in(fresh, Role.TRUST, "R0A")
    fresh.clock.forward(minutes=5)

    fresh.client.get("/definitions")

    told = fresh.send("GET", f"/v1/tokens/{secret.split('_')[1]}").json()
    assert told["last_used_at"] == f"{START + timedelta(minutes=5):%Y-%m-%dT%H:%M:%SZ}"


@pytest.mark.parametrize(
    ("secret", "fault"),
    [
        ("", "Enter your token."),
        (" \n", "Enter your token."),
        (UNKNOWN, REFUSED),
        ("open sesame", REFUSED),
        ("x" * 100_000, REFUSED),
        ("ключ", REFUSED),
        (
            "eyJhbGciOiJFUzI1NiJ9.eyJzdWIiOiJhIn0.c2ln",
            SIGNED,
        ),
    ],
)
def test_what_signs_nobody_in_is_said_in_a_sentence(
    service: Service, secret: str, fault: str
) -> None:
    response = enter(service, secret)

    page = read_page(response)
    assert response.status_code == 422
    assert fault_of(page) == fault
    assert session_of(service) is None
    assert secret.strip() == "" or secret not in response.text


def test_of_a_token_that_is_not_good_nothing_is_told(
    fresh: Service, caplog: pytest.LogCaptureFixture
) -> None:
    secret = secret_of(fresh, Role.TRUST, "R0A")
    fresh.done("DELETE", f"/v1/tokens/{secret.split('_')[1]}")

    with caplog.at_level(logging.INFO, logger="parity.dashboard"):
        answers = [enter(fresh, one).text for one in (secret, UNKNOWN)]

    assert answers[0] == answers[1]
    told = [one.getMessage() for one in caplog.records if one.name == "parity.dashboard"]
    assert told == [
        "refused to sign somebody in: The bearer token was revoked.",
        "refused to sign somebody in: The bearer token is unknown.",
    ]


def test_spaces_around_a_token_do_no_harm(service: Service) -> None:
    assert enter(service, f"  {secret_of(service, Role.NATIONAL)}\n").status_code == 303


def test_an_encoding_that_makes_no_text_of_it_does_no_harm(service: Service) -> None:
    word = fields_of(account_of(service))["csrf"]
    lines = [
        part
        for name, value in (("csrf", word), ("token", r"\ud800"))
        for part in ("--x", f'Content-Disposition: form-data; name="{name}"', "", value)
    ]
    media_type = "multipart/form-data; boundary=x; charset=unicode_escape"

    response = service.client.post(
        SIGN_IN, content="\r\n".join([*lines, "--x--", ""]), headers={"Content-Type": media_type}
    )

    assert response.status_code == 422
    assert fault_of(read_page(response)) == REFUSED


def test_whoever_signs_in_is_led_back(service: Service) -> None:
    path = "/definitions/measures?x=1&y=2"

    response = enter(service, secret_of(service, Role.NATIONAL), path)

    assert (response.status_code, response.headers["location"]) == (303, path)


@pytest.mark.parametrize("path", ["//evil.example", "/\\evil.example", "https://evil.example"])
def test_nobody_who_signs_in_is_led_elsewhere(service: Service, path: str) -> None:
    fields = {**fields_of(account_of(service)), "next": path}
    shown = read_page(service.client.get(SIGN_IN, params={"next": path}))
    assert fields_of(shown)["next"] == "/"

    response = service.client.post(
        SIGN_IN,
        data={**fields, "token": secret_of(service, Role.NATIONAL)},
        follow_redirects=False,
    )

    assert response.headers["location"] == "/"


def test_who_signs_in_gets_a_new_secret_whatever_the_browser_held(service: Service) -> None:
    planted = "x" * 43
    hold(service, planted)
    secret = secret_of(service, Role.NATIONAL)

    enter(service, secret)

    held = session_of(service)
    assert held not in {planted, None}
    assert is_signed_in(service)
    hold(service, planted)
    assert not is_signed_in(service)


def test_who_signs_in_again_leaves_the_session_before(service: Service) -> None:
    secret = secret_of(service, Role.NATIONAL)
    shown = fields_of(account_of(service))
    word_cookie = str(service.client.cookies.get("parity-sign-in"))
    enter(service, secret)
    first = session_of(service)
    service.client.cookies.set("parity-sign-in", word_cookie, "localhost.local", "/")

    # The form was still open in another tab.
    response = service.client.post(
        SIGN_IN, data={**shown, "token": secret}, follow_redirects=False
    )

    assert response.status_code == 303
    assert session_of(service) not in {first, None}
    hold(service, str(first))
    assert not is_signed_in(service)


def set_by(service: Service, base: str) -> dict[str, str]:
    """Return the cookies that signing in sets at an address, by name, with their attributes."""
    client = TestClient(service.app, base)
    made = client.get(SIGN_IN)
    form = {**fields_of(read_page(made)), "token": secret_of(service, Role.NATIONAL)}
    done = client.post(SIGN_IN, data=form, follow_redirects=False)
    assert done.status_code == 303
    lines = [*made.headers.get_list("set-cookie"), *done.headers.get_list("set-cookie")]
    return {
        name: attributes
        for name, _, rest in (line.partition("=") for line in lines)
        for value, _, attributes in [rest.partition("; ")]
        if value.strip('"')
    }


def test_by_tls_the_cookie_is_of_this_host_alone(service: Service) -> None:
    assert set_by(service, "https://parity.example") == {
        "__Host-parity": "HttpOnly; Path=/; SameSite=lax; Secure",
        "__Host-parity-sign-in": "HttpOnly; Path=/; SameSite=lax; Secure",
    }


@pytest.mark.parametrize("base", ["http://localhost", "http://127.0.0.1:8000", "http://[::1]"])
def test_on_one_machine_people_sign_in_without_tls(service: Service, base: str) -> None:
    assert set_by(service, base) == {
        "parity": "HttpOnly; Path=/; SameSite=lax",
        "parity-sign-in": "HttpOnly; Path=/; SameSite=lax",
    }


def test_where_a_token_could_be_read_on_the_way_nobody_signs_in(service: Service) -> None:
    client = TestClient(service.app, "http://parity.example")
    shown = client.get(SIGN_IN)
    client.cookies.set("parity-sign-in", "x" * 43)
    form = {"csrf": form_word_of("x" * 43), "token": secret_of(service, Role.NATIONAL)}

    posted = client.post(SIGN_IN, data=form, follow_redirects=False)

    for response in (shown, posted):
        page = read_page(response)
        assert response.status_code == 403
        assert "form" not in page.texts
        assert "has to name the proxy in PARITY_TRUSTED_PROXIES" in page.text
    assert not posted.headers.get_list("set-cookie")


def test_pages_of_those_who_signed_in_are_kept_by_nobody(service: Service) -> None:
    before = service.client.get("/definitions")
    signed_in(service, Role.NATIONAL)

    after = service.client.get("/definitions")

    assert [one.headers["cache-control"] for one in (before, after)] == [
        "private, no-cache",
        "no-store",
    ]
    assert [one.headers["vary"] for one in (before, after)] == [
        "Cookie, Accept, Authorization"
    ] * 2
    assert service.client.get(SIGN_IN).headers["cache-control"] == "no-store"
    service.client.cookies.clear()
    assert service.client.get(SIGN_IN).headers["cache-control"] == "no-store"


def test_a_session_is_nobody_to_the_api(service: Service) -> None:
    signed_in(service, Role.NATIONAL)

    read_only = service.client.get("/v1/tokens")
    written = service.client.post("/v1/tokens", json={"name": "mine", "role": "national"})

    assert (
        problem_of(read_only)["type"] == problem_of(written)["type"] == "/problems/token-invalid"
    )
    assert read_only.headers["www-authenticate"] == "Bearer"
    assert read(service.client.get("/v1/measures"))


def test_a_token_in_a_header_is_nobody_to_pages(service: Service) -> None:
    page = read_page(service.client.get(SIGN_IN, headers=service.headers))

    assert page.texts["h1"] == ["Sign in"]
