"""The keys of an issuer: fetched when they are wanted, and no more often than is polite."""

from collections.abc import Iterator
from datetime import timedelta
from threading import Thread

import pytest

from app.domain.errors import IssuerUnavailable
from app.services.issuer_keys import FRESH, KEPT, PAUSE, IssuerKeys
from tests.given import START
from tests.issuers import Issuer, ec_key, running_issuer

FIRST, SECOND = ec_key("first"), ec_key("second")
SECOND_LATER = timedelta(seconds=1)


@pytest.fixture
def issuer() -> Iterator[Issuer]:
    with running_issuer() as issuer:
        issuer.serve(FIRST)
        yield issuer


@pytest.fixture
def keys(issuer: Issuer) -> IssuerKeys:
    """Keys that were fetched at the start."""
    keys = IssuerKeys(issuer.url)
    keys.refresh("first", START)
    return keys


def names(keys: IssuerKeys, kid: str | None, after: timedelta) -> list[str | None]:
    """Return which keys are found after a time, once the issuer was asked if that was due."""
    keys.refresh(kid, START + after)
    return [key.kid for key in keys.find(kid, START + after)]


def test_keys_are_fetched_once_and_used_for_a_while(issuer: Issuer, keys: IssuerKeys) -> None:
    assert names(keys, "first", FRESH - SECOND_LATER) == ["first"]
    assert names(keys, None, FRESH - SECOND_LATER) == ["first"]
    assert issuer.asked == 1

    assert names(keys, "first", FRESH) == ["first"]
    assert issuer.asked == 2


def test_a_new_key_is_found_as_soon_as_a_token_names_it(issuer: Issuer, keys: IssuerKeys) -> None:
    issuer.serve(FIRST, SECOND)

    assert names(keys, "second", PAUSE) == ["second"]
    assert names(keys, "first", PAUSE) == ["first"]
    assert issuer.asked == 2


def test_a_key_that_the_issuer_takes_back_is_soon_refused(
    issuer: Issuer, keys: IssuerKeys
) -> None:
    issuer.serve(SECOND)

    assert names(keys, "first", FRESH - SECOND_LATER) == ["first"]
    assert names(keys, "first", FRESH) == []


def test_a_flood_of_unknown_keys_does_not_reach_the_issuer(
    issuer: Issuer, keys: IssuerKeys
) -> None:
    for second in range(60):
        assert names(keys, f"unknown {second}", timedelta(seconds=second)) == []

    assert issuer.asked == 2


def test_while_the_issuer_is_down_its_keys_stay_for_a_day(
    issuer: Issuer, keys: IssuerKeys, caplog: pytest.LogCaptureFixture
) -> None:
    issuer.content = None

    assert names(keys, "first", KEPT - SECOND_LATER) == ["first"]
    with pytest.raises(IssuerUnavailable):
        names(keys, "first", KEPT)
    (warning,) = {record.getMessage() for record in caplog.records if record.name != "httpx"}
    assert warning == (
        f"the keys that are held stay in use: {issuer.url} was not fetched: tried once, last time"
        " the server answered 503."
    )
    issuer.serve(FIRST)
    assert names(keys, "first", KEPT + PAUSE) == ["first"]


def test_an_issuer_that_fails_is_left_alone_for_a_while(issuer: Issuer) -> None:
    issuer.content = b"no keys"
    keys = IssuerKeys(issuer.url)

    for second in range(int(PAUSE.total_seconds()) + 1):
        with pytest.raises(IssuerUnavailable):
            names(keys, "first", timedelta(seconds=second))

    assert issuer.asked == 2


def test_a_clock_that_is_set_back_makes_no_key_good_for_longer(
    issuer: Issuer, keys: IssuerKeys
) -> None:
    issuer.serve(SECOND)

    assert names(keys, "first", -SECOND_LATER) == ["first"]
    assert issuer.asked == 1
    assert names(keys, "first", -PAUSE) == []
    assert issuer.asked == 2


def test_while_one_asks_for_newer_keys_the_others_go_on_with_those_held(
    issuer: Issuer, keys: IssuerKeys
) -> None:
    issuer.gate.clear()
    issuer.is_asked.clear()
    thread = Thread(target=keys.refresh, args=("first", START + FRESH))
    thread.start()
    assert issuer.is_asked.wait(30)

    due = [keys.are_due(kid, START + FRESH) for kid in ("first", "second")]
    found = [key.kid for key in keys.find("first", START + FRESH)]
    issuer.gate.set()
    thread.join()

    assert due == [False, True]
    assert found == ["first"]
    assert not keys.are_due("second", START + FRESH)
