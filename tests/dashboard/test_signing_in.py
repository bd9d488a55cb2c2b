"""People sign in with a token, and pages then act as its caller, for a while."""

import pytest

from app.domain.callers import Role
from tests.api.setting import Service
from tests.dashboard.reading import read_page
from tests.dashboard.signing import SIGN_IN, signed_in, word_of

START = "/definitions"


@pytest.fixture(autouse=True)
def _another_browser(service: Service) -> None:
    service.client.cookies.clear()


def test_who_enters_a_token_is_signed_in_and_out_again(service: Service) -> None:
    signed_in(service, Role.TRUST, "R0A")

    page = read_page(service.client.get(SIGN_IN))
    assert page.texts["h1"] == ["You are signed in"]
    left = service.client.post(
        "/sign-out", data={"csrf": word_of(service)}, follow_redirects=False
    )
    assert (left.status_code, left.headers["location"]) == (303, "/signed-out")
    assert read_page(service.client.get(SIGN_IN)).texts["h1"] == ["Sign in"]
