"""Signing in as a browser does, for tests of pages and of their forms."""

from httpx2 import Response

from app.domain.callers import Role
from tests.api.setting import Service
from tests.dashboard.reading import Page, read_page

SIGN_IN = "/sign-in"


def fields_of(page: Page) -> dict[str, str]:
    """Return the names and values of what the forms of a page send beside what is entered."""
    return {
        str(one["name"]): one.get("value") or "" for tag, one in page.elements if tag == "input"
    }


def word_of(service: Service, path: str = SIGN_IN) -> str:
    """Return the word that the forms of a page send back."""
    return fields_of(read_page(service.client.get(path)))["csrf"]


def enter(service: Service, secret: str, leads_to: str = "") -> Response:
    """Enter a token as a browser would; return the answer to the form itself."""
    page = read_page(service.client.get(SIGN_IN, params={"next": leads_to} if leads_to else {}))
    return service.client.post(
        SIGN_IN, data={**fields_of(page), "token": secret}, follow_redirects=False
    )


def secret_of(service: Service, role: Role, *codes: str) -> str:
    """Return the secret of a new token."""
    return service.bearer(role, *codes)["Authorization"].removeprefix("Bearer ")


def signed_in(service: Service, role: Role, *codes: str) -> str:
    """Let the browser of a service be that of somebody who has signed in; return the token."""
    secret = secret_of(service, role, *codes)
    service.client.cookies.clear()
    response = enter(service, secret)
    assert response.status_code == 303, response.text
    return secret


def sign_out(service: Service) -> Response:
    """Press the button that every page of a session has; return the answer to the form itself."""
    return service.client.post(
        "/sign-out", data={"csrf": word_of(service)}, follow_redirects=False
    )


def session_of(service: Service) -> str | None:
    """Return the secret of the session that the browser of a service holds; None without one."""
    return service.client.cookies.get("parity")


def hold(service: Service, secret: str) -> None:
    """Let the browser of a service hold the secret of a session."""
    service.client.cookies.set("parity", secret, "localhost.local", "/")
