"""Hostile inputs by category, each with its whole answer; nothing is stored for any of them.

They go over a line of their own to the server of `parity serve`, byte by byte. What that server
answers by itself is told as it is: 400 in plain text, and the end of the line.
"""

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

import pytest
from fastapi import FastAPI

from tests.api.conftest import DATABASES, Start
from tests.api.hostile import (
    cells,
    credentials,
    files,
    framing,
    headers,
    ids,
    json_texts,
    keys,
    lookalikes,
    methods,
    numbers,
    orders,
    paths,
    places,
    preconditions,
    questions,
)
from tests.api.hostile.cases import Hostile
from tests.api.hostile.service import Target, attacked
from tests.apps import borrowed_app
from tests.given import Clock
from tests.postgres import Server

CATEGORIES: Mapping[str, Sequence[Hostile]] = {
    "ids of others": ids.CASES,
    "orders for others": orders.CASES,
    "credentials": credentials.CASES,
    "framing": framing.CASES,
    "headers": headers.CASES,
    "paths": paths.CASES,
    "questions": questions.CASES,
    "methods": methods.CASES,
    "preconditions": preconditions.CASES,
    "keys": keys.CASES,
    "numbers": numbers.CASES,
    "places": places.CASES,
    "JSON": json_texts.CASES,
    "look-alikes": lookalikes.CASES,
    "cells": cells.CASES,
    "files": files.CASES,
}


BEFORE_ANY_DATABASE = ("framing", "headers", "paths", "methods", "keys", "cells", "files")
"""What is refused before a database is asked, so that one kind is enough."""


BY_NAME = {f"{name}: {one.id}": one for name, cases in CATEGORIES.items() for one in cases}
"""Every input by its category and by what is hostile about it."""

EARLY = {
    name: one for name, one in BY_NAME.items() if name.partition(":")[0] in BEFORE_ANY_DATABASE
}

LATE = {name: one for name, one in BY_NAME.items() if name not in EARLY}


@pytest.fixture(scope="module", params=DATABASES)
def app(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[FastAPI]:
    """The service on one database of each kind for all of them."""
    start: Start = request.getfixturevalue(f"{request.param}_start")
    if request.param == "sqlite":
        copy = tmp_path_factory.mktemp("hostile") / "parity.sqlite3"
        copy.write_bytes(Path(start.template).read_bytes())
        with borrowed_app(f"sqlite:///{copy}", clock=Clock()) as app:
            yield app
        return
    server: Server = request.getfixturevalue("postgresql_server")
    name = next(request.getfixturevalue("postgresql_names"))
    with borrowed_app(server.create(name, template=start.template), clock=Clock()) as app:
        yield app
    server.drop(name)


@pytest.fixture(scope="module")
def target(app: FastAPI) -> Iterator[Target]:
    with attacked(app) as target:
        yield target


def test_there_are_some_hundreds_in_all_and_some_of_each_category() -> None:
    numbers_of = {name: len(cases) for name, cases in CATEGORIES.items()}

    assert min(numbers_of.values()) >= 5
    assert sum(numbers_of.values()) >= 400
    assert len(BY_NAME) == sum(numbers_of.values())


def assert_answered(target: Target, case: Hostile) -> None:
    """See that a hostile input gets its whole answer, and that nothing is stored for it."""
    answers = target.send(case.sent if isinstance(case.sent, bytes) else case.sent())

    assert answers == tuple(target.expect(one) for one in case.answers)
    assert target.given.count_rows() == target.held


@pytest.mark.parametrize("case", LATE.values(), ids=LATE)
def test_what_is_hostile_gets_its_answer_and_changes_nothing(
    target: Target, case: Hostile
) -> None:
    assert_answered(target, case)


@pytest.mark.parametrize("app", ["sqlite"], indirect=True)
@pytest.mark.parametrize("case", EARLY.values(), ids=EARLY)
def test_what_is_hostile_gets_its_answer_before_a_database_is_asked(
    target: Target, case: Hostile
) -> None:
    assert_answered(target, case)
