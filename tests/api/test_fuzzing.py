"""Requests made from the description are answered as it says; `make fuzz` sends many more."""

from pathlib import Path

import pytest

from app.domain.callers import Role
from tests.apps import borrowed_app, listening
from tests.fuzzing import Run, fuzz, make_token
from tests.kept import Kept, demonstration

FEWEST = 20
"""Requests that are sent to each."""


@pytest.mark.parametrize(
    ("kind", "role", "tags"),
    [
        ("sqlite", Role.NATIONAL, ("targets", "experts")),
        ("postgresql", Role.TRUST, ("actuals", "organisations")),
    ],
)
def test_requests_made_from_the_description_are_answered_as_it_says(
    kept: Kept, tmp_path: Path, kind: str, role: Role, tags: tuple[str, ...]
) -> None:
    codes = ("ZZ001",) if role is Role.TRUST else ()
    options = tuple(word for tag in tags for word in ("--include-tag", tag))
    with kept.copy(kind, demonstration, tmp_path) as url:
        headers = make_token(url, role, *codes)
        with borrowed_app(url) as app, listening(app) as address:
            run = Run("examples,stateful", 1, options)
            outcome = fuzz(address, headers, run, tmp_path)

    assert outcome.failures == 0, outcome.told
    assert outcome.requests >= FEWEST
