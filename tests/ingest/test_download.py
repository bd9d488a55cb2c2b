"""A file is fetched carefully, from a server that misbehaves."""

from collections.abc import Iterator
from hashlib import sha256

import pytest

from app.domain.errors import DownloadFailed
from app.ingest.download import Fetched, Terms, fetch
from tests.ingest.misbehaving import CONTENT, Misbehaving, misbehaving_server

DIGEST = sha256(CONTENT).hexdigest()

LOCAL = Terms(allow_http=True, most_bytes=100_000, seconds=5)


@pytest.fixture
def server() -> Iterator[str]:
    with misbehaving_server() as address:
        yield address


@pytest.mark.parametrize(
    ("path", "name"),
    [
        ("/good/etr.csv?token=secret", "etr.csv"),
        ("/good/", "good"),
        ("/good/%2e%2e", "download"),
        ("/good/a%00b%20c.csv", "a_b_c.csv"),
        ("/redirects/etr.csv", "etr.csv"),
    ],
)
def test_a_file_is_fetched_with_its_name_and_its_hash(server: str, path: str, name: str) -> None:
    assert fetch(f"{server}{path}", LOCAL) == Fetched(name, CONTENT, DIGEST)


def test_a_failure_that_passes_is_outlasted(server: str) -> None:
    pauses: list[float] = []

    found = fetch(f"{server}/fails-twice", LOCAL, wait=pauses.append)

    assert found.content == CONTENT
    assert pauses == [1.0, 2.0]
    assert len(Misbehaving.asked) == 3


@pytest.mark.parametrize(
    ("path", "why"),
    [
        ("fails", "tried 4 times, last time the server answered 500"),
        ("hangs-up", "tried 4 times, last time the connection failed (RemoteProtocolError)"),
        ("unnamed", "tried 4 times, last time a..b has no address"),
        ("nowhere", "tried 4 times, last time the connection failed (RemoteProtocolError)"),
        ("stops-early", "tried 4 times, last time the connection failed (RemoteProtocolError)"),
    ],
)
def test_a_failure_that_stays_is_told_after_four_tries(server: str, path: str, why: str) -> None:
    pauses: list[float] = []

    with pytest.raises(DownloadFailed) as failed:
        fetch(f"{server}/{path}", LOCAL, wait=pauses.append)

    assert str(failed.value) == f"{server}/{path} was not fetched: {why}."
    assert pauses == [1.0, 2.0, 4.0]
    assert len(Misbehaving.asked) == 4


@pytest.mark.parametrize(
    ("path", "why"),
    [
        ("missing", "the server answered 404"),
        ("says-too-much", "it has more than 100,000 bytes"),
        ("sends-too-much", "it has more than 100,000 bytes"),
        ("bomb", "it has more than 100,000 bytes"),
        ("circles", "it redirects more than 5 times"),
        ("inside", "it redirects to 10.0.0.1, inside a private network"),
        ("metadata", "it redirects to 169.254.169.254, inside a private network"),
        ("by-name", "it redirects to localhost, inside a private network"),
        ("to-a-file", "only https is fetched, not file"),
    ],
)
def test_what_is_not_to_be_had_is_told_at_once(server: str, path: str, why: str) -> None:
    with pytest.raises(DownloadFailed) as failed:
        fetch(f"{server}/{path}?key=secret#there", LOCAL)

    assert str(failed.value) == f"{server}/{path} was not fetched: {why}."
    assert Misbehaving.asked == [f"/{path}?key=secret"] + ["/circles"] * (
        5 if path == "circles" else 0
    )


@pytest.mark.parametrize("path", ["says-nothing", "drips"])
def test_a_server_that_keeps_us_waiting_is_left(server: str, path: str) -> None:
    with pytest.raises(DownloadFailed) as failed:
        fetch(f"{server}/{path}", Terms(allow_http=True, seconds=0.2, attempts=1))

    assert str(failed.value) == (
        f"{server}/{path} was not fetched: tried once, last time it took more than 0.2 seconds."
    )


def test_another_file_than_the_one_that_is_known_is_refused(server: str) -> None:
    right = Terms(allow_http=True, sha256=DIGEST.upper())
    wrong = Terms(allow_http=True, sha256="0" * 64)

    assert fetch(f"{server}/good", right).content == CONTENT
    with pytest.raises(DownloadFailed) as failed:
        fetch(f"{server}/good", wrong)

    assert str(failed.value) == (
        f"{server}/good was not fetched: its SHA-256 is {DIGEST}, not {'0' * 64}."
    )


@pytest.mark.parametrize(
    ("url", "shown", "why"),
    [
        (
            "http://example.org/a.csv",
            "http://example.org/a.csv",
            "only https is fetched, not http",
        ),
        (
            "ftp://user:password@example.org/a.csv",
            "ftp://example.org/a.csv",
            "only https is fetched, not ftp",
        ),
        ("etr.csv", "etr.csv", "only https is fetched, not no scheme"),
        ("https:///etr.csv", "https:///etr.csv", "only https is fetched, not https"),
        ("http://a:port", "http://a:port", "it is no address of a file"),
        ("https://a..b/etr.csv", "https://a..b/etr.csv", "it is no address of a file"),
    ],
)
def test_only_https_is_fetched_unless_told_otherwise(url: str, shown: str, why: str) -> None:
    with pytest.raises(DownloadFailed) as failed:
        fetch(url)

    assert str(failed.value) == f"{shown} was not fetched: {why}."
