"""Kept answers under attack: after every kind of change, each caller reads what is true by then.

Two processes that keep answers, and one that keeps none, on the same database: whatever is
stored between two reads, all three answer alike, and nobody is given what another was.
"""

from collections.abc import Sequence
from contextlib import ExitStack
from itertools import product
from random import Random
from typing import Final

from fastapi import FastAPI

from app.domain.callers import Role
from tests.api.answering import answering, list_changes, list_requests, send, told
from tests.api.conftest import Start
from tests.api.permitted import CALLERS, Request, prepare
from tests.api.setting import Clock
from tests.examples import examples
from tests.given import Given

READS_EACH: Final = 2
"""Reads that are kept before each change, and asked for again after it."""

Read = tuple[Request, Role]


def test_every_change_is_in_the_next_answer_of_every_process_to_every_caller(
    app: FastAPI, start: Start
) -> None:
    url, clock, chance = app.state.settings.database_url, Clock(), Random(20261128)  # noqa: S311 — chooses what to read
    with ExitStack() as stack:
        plain = stack.enter_context(answering(url, clock, warm_megabytes=0))
        first, second = (
            stack.enter_context(answering(url, clock, warm_megabytes=8)) for _ in range(2)
        )
        ids = prepare(first.app, first, start.national)  # type: ignore[arg-type] # it is ours
        given = Given(first.app.state.engine)  # type: ignore[attr-defined]
        callers = {
            role: {} if role is Role.ANONYMOUS else given.token(role.value, *codes)
            for role, codes in CALLERS.items()
        }
        reads = [one for one in list_requests(ids) if one.method == "GET"]

        def compare(asked: Sequence[Read]) -> list[str]:
            """Return the reads that are not answered alike."""
            return [
                f"{role} {one.path}"
                for one, role in asked
                if any(
                    told(send(client, one, callers[role])) != told(send(plain, one, callers[role]))
                    for client in (first, second)
                )
            ]

        faults, done = [], 0
        for number, change in enumerate(list_changes(ids)):
            asked = chance.choices(list(product(reads, Role)), k=examples(READS_EACH))
            faults += compare(asked)
            done += send((first, second)[number % 2], change, start.national).is_success
            faults += compare(asked)

    assert faults == []
    assert done > len(list_changes(ids)) * 3 // 4
