"""Whatever anybody tries in whatever order, and whatever figures arrive meanwhile."""

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import replace
from itertools import product
from string import ascii_uppercase

from fastapi import FastAPI
from hypothesis import Phase, settings
from hypothesis import given as generated
from hypothesis import strategies as st
from hypothesis.stateful import run_state_machine_as_test
from sqlmodel import Session

from app.domain.callers import COMMAND_LINE
from app.domain.codes import TargetState
from app.domain.errors import DomainError
from app.domain.measures import Measure
from app.domain.organisations import Attribute, Dated, Kind, Organisation
from app.domain.preconditions import WHATEVER
from app.domain.targets import Baseline, Goal, GoalForm, Path, Terms
from app.services.register import add_organisations
from app.services.target_drafts import TargetDraft, draft_target, draft_version
from app.services.target_moves import Decision, decide, submit_target
from app.services.target_views import View
from app.services.targets import list_versions
from app.store import targets
from app.store.engine import reading, writing
from tests.api.target_machine import (
    ALLOWED,
    DECISIONS,
    DRAFT,
    ID,
    RETURNED,
    REVIEWED,
    SUBMITTED,
    SUPERSEDED,
    WITHDRAWN,
    TargetLife,
)
from tests.examples import examples
from tests.given import START, Given
from tests.origins import ORIGIN

EXAMPLES = {"sqlite": examples(5), "postgresql": examples(2)}
"""Lives, or paths, that are tried on a database of each kind."""

STEPS = 30

VIEW = View(START)

PHASES = (Phase.generate,)
"""A life takes a while on a real database: what fails is told as it is, not made smaller first."""

WAYS = {
    DRAFT: (),
    SUBMITTED: (SUBMITTED,),
    REVIEWED: (SUBMITTED, REVIEWED),
    RETURNED: (SUBMITTED, RETURNED),
    SUPERSEDED: (SUBMITTED, SUPERSEDED),
    WITHDRAWN: (WITHDRAWN,),
}
"""How a draft comes to be in each state."""

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


class Lives:
    """Targets of trusts of their own, of which the first version lives through states."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._codes = new_codes()
        self._code = ""

    def begin(self, way: tuple[TargetState, ...]) -> None:
        """Let a trust draft a target, and its first version come to be in a state."""
        self._code = next(self._codes)
        trust = Organisation(self._code, Kind.TRUST, facts={Attribute.NAME: (Dated("A trust"),)})
        add_organisations(self._session, [trust], by=COMMAND_LINE, now=START)
        terms = Terms(Goal(GoalForm.HEADCOUNT, headcount=30))
        stated = Baseline(2022, 10, 100, 200, 1000, source="A report")
        draft = TargetDraft(Measure.LEADERSHIP, None, "2022-2025", terms, stated)
        draft_target(
            self._session, ods_code=self._code, draft=draft, caller=COMMAND_LINE, view=VIEW
        )
        for state in way:
            self._move(state)

    def becomes(self, wanted: TargetState) -> bool:
        """Return whether anything makes the version move to a state; take it back at once."""
        before = self._states()
        with self._session.begin_nested() as attempt:
            with suppress(DomainError):
                self._move(wanted)
            after = self._states()
            attempt.rollback()
        assert after[: len(before)] == before
        assert after[len(before) :] in ([], [wanted])
        return after != before

    def _move(self, wanted: TargetState) -> None:
        if wanted in DECISIONS.values():
            decide(
                self._session,
                ods_code=self._code,
                id_=ID,
                decision=Decision(1, wanted, "So"),
                precondition=WHATEVER,
                caller=COMMAND_LINE,
                view=VIEW,
            )
            return
        if wanted is SUPERSEDED:
            draft_version(
                self._session,
                ods_code=self._code,
                id_=ID,
                change=lambda held: replace(held, change_reason="Anew"),
                precondition=WHATEVER,
                caller=COMMAND_LINE,
                view=VIEW,
            )
        submit_target(
            self._session,
            ods_code=self._code,
            id_=ID,
            precondition=WHATEVER,
            caller=COMMAND_LINE,
            view=VIEW,
        )

    def _states(self) -> list[TargetState]:
        first = targets.get(self._session, self._code, ID).get(1)
        return [move.state for move in first.version.moves]


def test_the_services_make_the_moves_of_the_table_and_no_other(app: FastAPI, given: Given) -> None:
    assert given
    made = set()
    with writing(app.state.engine, ORIGIN) as session:
        lives = Lives(session)
        for state, way in WAYS.items():
            lives.begin(way)
            made |= {
                (state, wanted) for wanted in set(TargetState) - {DRAFT} if lives.becomes(wanted)
            }

    assert made == ALLOWED


def test_no_sequence_of_moves_reaches_a_state_that_the_table_does_not_allow(
    database: str, app: FastAPI, given: Given
) -> None:
    class OnDatabase(TargetLife):
        engine = app.state.engine

    OnDatabase.given, OnDatabase.codes = given, new_codes()

    run_state_machine_as_test(
        OnDatabase,
        settings=settings(
            max_examples=EXAMPLES[database], stateful_step_count=STEPS, phases=PHASES
        ),
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
                view=VIEW,
            )
        return shown.target.path, shown.target.version

    @settings(max_examples=3 * EXAMPLES[database], phases=PHASES)
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
