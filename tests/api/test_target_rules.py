"""Whatever anybody tries in whatever order, and whatever figures arrive meanwhile."""

from collections.abc import Iterator
from itertools import product
from string import ascii_uppercase

from fastapi import FastAPI
from hypothesis import given as generated
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import run_state_machine_as_test

from app.domain.callers import COMMAND_LINE
from app.domain.measures import Measure
from app.domain.targets import Path
from app.services.target_views import View
from app.services.targets import list_versions
from app.store.engine import reading
from tests.api.target_machine import TargetLife
from tests.given import START, Given

EXAMPLES = {"sqlite": 10, "postgresql": 4}
"""Lives, or paths, that are tried on a database of each kind."""

STEPS = 30

counts = st.tuples(st.integers(0, 300), st.integers(0, 100), st.integers(0, 50))
"""White, BME and unknown people."""

corrections = st.lists(
    st.tuples(st.sampled_from([2019, 2022, 2023, 2024, 2025]), counts, counts),
    min_size=1,
    max_size=4,
)
"""Censuses that arrive: a year, the leaders and the others."""


def new_codes() -> Iterator[str]:
    """Return codes of invented trusts, each of which is used once."""
    return ("ZZ" + "".join(letters) for letters in product(ascii_uppercase, repeat=3))


def test_no_sequence_of_moves_reaches_a_state_that_the_table_does_not_allow(
    database: str, app: FastAPI, given: Given
) -> None:
    class OnDatabase(TargetLife):
        engine = app.state.engine

    OnDatabase.given, OnDatabase.codes = given, new_codes()

    run_state_machine_as_test(
        OnDatabase, settings=settings(max_examples=EXAMPLES[database], stateful_step_count=STEPS)
    )


def test_a_path_in_force_stays_whatever_figures_arrive_later(
    database: str, app: FastAPI, given: Given
) -> None:
    codes = new_codes()

    def path_of(code: str) -> tuple[Path | None, object]:
        with reading(app.state.engine) as session:
            (shown,) = list_versions(
                session,
                ods_code=code,
                id_="leadership-2022-2025",
                caller=COMMAND_LINE,
                view=View(START),
            )
        return shown.target.path, shown.target.version

    @settings(max_examples=3 * EXAMPLES[database])
    @generated(leaders=counts, share=st.integers(0, 100), arriving=corrections)
    def try_it(
        leaders: tuple[int, int, int],
        share: int,
        arriving: list[tuple[int, tuple[int, int, int], tuple[int, int, int]]],
    ) -> None:
        code, (white, bme, unknown) = next(codes), leaders
        total = white + bme + unknown + 1
        given.trust(code)
        given.actuals(code, 2022, _staff((white + 1, bme, unknown), (1, 1, 0)))
        goal = max(share, -(-100 * bme // total))
        given.target(code, Measure.LEADERSHIP, "2022-2025", goal_share=f"{goal / 100:.2f}")
        before = path_of(code)

        for year, some, others in arriving:
            given.actuals(code, year, _staff(some, others), at=START)

        assert before[0] is not None
        assert path_of(code) == before

    try_it()


def _staff(
    leaders: tuple[int, int, int], others: tuple[int, int, int]
) -> dict[tuple[str, str], tuple[int, int, int]]:
    """Return headcounts of leaders and others, of whom there is somebody."""
    white, bme, unknown = others
    return {("clinical", "8a"): leaders, ("clinical", "5"): (white + 1, bme, unknown)}
