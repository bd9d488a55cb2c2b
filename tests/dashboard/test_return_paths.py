"""After signing in one is led to a page of ours, or nowhere."""

from urllib.parse import urlsplit

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from app.dashboard.return_paths import own_path

OTHERWISE = "/definitions"

ELSEWHERE = [
    "//evil.example",
    "///evil.example",
    "/\\evil.example",
    "\\\\evil.example",
    "/\t/evil.example",
    "/\n/evil.example",
    "\t//evil.example",
    " //evil.example",
    "https://evil.example",
    "https:/evil.example",
    "javascript:alert(1)",
    "data:text/html,x",
    "evil.example",
    "@evil.example",
    "/x\r\nSet-Cookie: parity=1",
    "/x\u2028y",
    "/é",
    "",
    "/" + "x" * 2001,
]


@pytest.mark.parametrize("asked", ELSEWHERE)
def test_nobody_is_led_elsewhere(asked: str) -> None:
    assert own_path(asked, OTHERWISE) == OTHERWISE


@pytest.mark.parametrize(
    "asked",
    ["/", "/trusts/R0A?measure=board&x=%2F%2Fevil.example#top", "/x//y", "/?next=//evil.example"],
)
def test_pages_of_ours_are_led_back_to(asked: str) -> None:
    assert own_path(asked, OTHERWISE) == asked


def as_browsers_read(address: str) -> str:
    """Return an address as the URL Standard prepares it: trimmed, and with slashes alone."""
    kept = "".join(one for one in address if one not in "\t\n\r").strip(
        "".join(map(chr, range(33)))
    )
    return kept.replace("\\", "/")


@given(st.text("/\\:@?#.a\t\n\r \x00é", max_size=12))
@example("/%09/evil.example")
def test_a_browser_never_leaves_for_what_is_let_through(asked: str) -> None:
    led_to = own_path(asked, OTHERWISE)

    prepared = as_browsers_read(led_to)
    assert prepared == led_to
    assert not prepared.startswith("//")
    assert urlsplit(prepared)[:2] == ("", "")
