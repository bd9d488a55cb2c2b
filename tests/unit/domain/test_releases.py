"""Which release holds a revision."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.records import Author, Record
from app.domain.releases import Release, find_holding

START = datetime(2026, 11, 1, tzinfo=UTC)


def at(day: int) -> datetime:
    return START + timedelta(days=day)


def release(code: str, year: int, edition: int, day: int) -> Release:
    return Release(
        code,
        year,
        edition,
        "An edition",
        None,
        at(day),
        code != "ENG",
        Record(at(day), Author("a")),
    )


@given(
    st.lists(st.integers(0, 30), min_size=1, unique=True),
    st.lists(st.tuples(st.sampled_from(["ENG", "ZZ1", "ZZ2"]), st.integers(0, 30))),
)
def test_a_release_holds_the_newest_revision_of_its_instant_and_no_other(
    revisions: list[int], made: list[tuple[str, int]]
) -> None:
    recorded = sorted(revisions)
    releases = [release(code, 2024, 1, day) for code, day in sorted(made, key=lambda m: m[1])]

    held = {
        day: find_holding(releases, "ZZ1", 2024, at(day), at(following) if following else None)
        for day, following in zip(recorded, [*recorded[1:], None], strict=True)
    }

    wanted: dict[int, Release | None] = dict.fromkeys(recorded)
    for one in releases:
        counted = [day for day in recorded if at(day) <= one.as_of]
        if one.ods_code in {"ENG", "ZZ1"} and counted:
            wanted[counted[-1]] = one
    assert held == wanted


@pytest.mark.parametrize(("code", "year"), [("ZZ2", 2024), ("ZZ1", 2023)])
def test_a_release_of_something_else_holds_nothing(code: str, year: int) -> None:
    assert find_holding([release(code, year, 1, 9)], "ZZ1", 2024, at(1), None) is None
