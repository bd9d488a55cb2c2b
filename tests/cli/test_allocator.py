import os
import sys

import pytest

from app.cli.allocator import give_memory_back

NAMES = {"MALLOC_ARENA_MAX", "MALLOC_MMAP_THRESHOLD_", "MALLOC_TRIM_THRESHOLD_"}


@pytest.fixture
def environment(monkeypatch: pytest.MonkeyPatch) -> dict[str, str]:
    """An environment in which nothing is said about the allocator."""
    told = {name: value for name, value in os.environ.items() if name not in NAMES}
    monkeypatch.setattr(os, "environ", told)
    return told


@pytest.mark.skipif(sys.platform != "linux", reason="the allocator is glibc's")
def test_processes_that_are_started_are_told_of_the_allocator(environment: dict[str, str]) -> None:
    give_memory_back()

    assert {name: environment[name] for name in NAMES} == {
        "MALLOC_ARENA_MAX": "2",
        "MALLOC_MMAP_THRESHOLD_": "131072",
        "MALLOC_TRIM_THRESHOLD_": "131072",
    }


def test_what_the_operator_says_of_the_allocator_stands(environment: dict[str, str]) -> None:
    said = dict.fromkeys(NAMES, "4096")
    environment.update(said)

    give_memory_back()

    assert {name: environment[name] for name in NAMES} == said


def test_other_systems_have_another_allocator(
    environment: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "platform", "darwin")

    give_memory_back()

    assert NAMES.isdisjoint(environment)
