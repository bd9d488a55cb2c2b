"""The life of one target, tried in any order by anybody, beside a model of what may happen."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from decimal import Decimal
from itertools import pairwise

from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule
from sqlalchemy import Engine, func, select
from sqlmodel import Session

from app.domain.callers import ANONYMOUS, Caller, Role
from app.domain.codes import TargetState
from app.domain.errors import (
    DomainError,
    NotAllowed,
    RevisionNotNamed,
    RevisionStale,
    TargetAlreadySet,
    TargetDraftOpen,
    TargetMoveNotAllowed,
    TargetNotDraft,
    TargetVersionNotFound,
    TokenInvalid,
    UnacceptableTarget,
)
from app.domain.measures import Measure
from app.domain.preconditions import WHATEVER, Precondition
from app.domain.target_comments import gather
from app.domain.targets import Goal, GoalForm, Milestone, Target, Terms
from app.services.target_comments import add_comment
from app.services.target_drafts import TargetDraft, change_draft, draft_target, draft_version
from app.services.target_moves import Decision, decide, submit_target
from app.services.target_views import View
from app.services.targets import get_target
from app.store import target_comments, targets
from app.store.engine import reading, writing
from app.store.rows import Row
from tests.given import START, Given
from tests.origins import ORIGIN

ID = "leadership-2022-2025"

TEAM = 100
"""Leaders, of whom some are BME."""

DRAFT, SUBMITTED, REVIEWED, RETURNED, SUPERSEDED, WITHDRAWN = TargetState

ALLOWED = {
    (DRAFT, SUBMITTED),
    (DRAFT, WITHDRAWN),
    (SUBMITTED, REVIEWED),
    (SUBMITTED, RETURNED),
    (SUBMITTED, SUPERSEDED),
    (SUBMITTED, WITHDRAWN),
    (REVIEWED, SUPERSEDED),
    (REVIEWED, WITHDRAWN),
    (RETURNED, REVIEWED),
    (RETURNED, SUPERSEDED),
    (RETURNED, WITHDRAWN),
}
"""Every step of a version's life, as the specification has it."""

COUNTS = frozenset({SUBMITTED, REVIEWED, RETURNED})
"""States in which a version is in force."""

DECISIONS = {"review": REVIEWED, "return": RETURNED, "withdraw": WITHDRAWN}

_SETS, _REVIEWS = ("trust", "national"), ("national",)

MAY = {
    "submit": _SETS,
    "version": _SETS,
    "review": _REVIEWS,
    "return": _REVIEWS,
    "withdraw": _SETS,
    "comment": ("area", "national"),
    "draft": _SETS,
    "change": _SETS,
}
"""What can be done with a target, and who may do it; what comes first is tried most."""

ANYBODY = ("trust", "national", "area", "other trust", "trust_data", "no")

ROWS = select(
    *(
        select(func.count()).select_from(table).scalar_subquery().label(name)
        for name, table in Row.metadata.tables.items()
    ),
    Row.metadata.tables["ledger"].c.changes,
)
"""How many rows each table has, and how many changes the ledger counts, in one question."""

Errors = set[type[DomainError]]


@dataclass(frozen=True)
class Attempt:
    """Something that somebody tries.

    Attributes:
        number: The version that is named, where one is; perhaps none.
        tag: What the caller says is held.
        goal: People of a hundred, whatever the form.
        is_bent: Whether all of it is due in the first year.
    """

    what: str
    who: str
    number: int = 1
    tag: str = "held"
    goal: int = 30
    form: GoalForm = GoalForm.SHARE
    is_bent: bool = False

    @property
    def terms(self) -> Terms:
        """What a draft would say."""
        is_share = self.form is GoalForm.SHARE
        share, people = (Decimal(self.goal) / 100, None) if is_share else (None, self.goal)
        milestones = (Milestone(2023, share, people),) if self.is_bent else ()
        return Terms(Goal(self.form, share=share, headcount=people), milestones)


attempts = st.builds(
    Attempt,
    what=st.sampled_from(sorted(MAY)),
    who=st.sampled_from(ANYBODY),
    tag=st.sampled_from(["any", "held", "none", "stale"]),
    goal=st.sampled_from([5, 15, 30]),
    form=st.sampled_from([GoalForm.SHARE, GoalForm.HEADCOUNT]),
    is_bent=st.booleans(),
)


@dataclass
class Modelled:
    """A version as the model has it."""

    states: list[TargetState]
    terms: Terms
    goal: int


class TargetLife(RuleBasedStateMachine):
    """One target of one trust on a real database."""

    engine: Engine
    given: Given
    codes: Iterator[str]

    @initialize()
    def begin(self) -> None:
        """Enter a trust that sends the census of the baseline and drafts a target."""
        self.now: datetime = START
        self.versions: list[Modelled] = []
        self.frozen: dict[int, Target] = {}
        self.said = 0
        self.code = next(self.codes)
        self.given.trust(self.code)
        self.callers = {
            "trust": Caller("trust", Role.TRUST, frozenset({self.code})),
            "other trust": Caller("other", Role.TRUST, frozenset({"RZ1"})),
            "trust_data": Caller("system", Role.TRUST_DATA, frozenset({self.code})),
            "area": Caller("area", Role.AREA, frozenset({"Y56"})),
            "national": Caller("national", Role.NATIONAL),
            "no": ANONYMOUS,
        }
        self._send(2022, 10)
        self._try(Attempt("draft", "trust"))

    # What is done.

    # One rule, since of several some are left out of each run, and a life needs all.
    @rule(
        kind=st.sampled_from(["possible", "not now", "possible", "not now", "any", "figures"]),
        chance=st.integers(0, 255),
        attempt=attempts,
    )
    def go_on(self, kind: str, chance: int, attempt: Attempt) -> None:
        """Let somebody take a step that is possible or is not now, try anything, or send."""
        if kind == "figures":
            self.now += timedelta(hours=chance)
            self._send((2022, 2022, 2023)[chance % 3], (0, 10, 20)[chance // 3 % 3])
        elif kind == "any":
            self._try(replace(attempt, number=chance % (len(self.versions) + 1) + 1))
        else:
            steps = self._list_steps(attempt, is_possible=kind == "possible")
            self._try(steps[chance % len(steps)])

    def _list_steps(self, attempt: Attempt, *, is_possible: bool) -> list[Attempt]:
        """Return the steps of those who may that succeed, or that the state alone refuses."""
        newest = len(self.versions)
        steps = [
            replace(attempt, what=what, who=may[0], number=number, tag="held", goal=goal)
            for what, may in MAY.items()
            for number in (range(1, newest + 1) if what in DECISIONS else [newest])
            for goal in ((15, 30) if what == "version" else [30])
        ]
        return [one for one in steps if _is_of_state(self._foresee(one), is_possible=is_possible)]

    # What holds throughout.

    @invariant()
    def what_is_held_is_what_was_allowed(self) -> None:
        """See that lives, frozen versions and comments are those of the model."""
        with reading(self.engine) as session:
            held = targets.find(session, self.code, ID)
            said = target_comments.list_of(session, self.code, ID)
        found = held.all if held else ()
        self._compare_lives([[move.state for move in one.version.moves] for one in found])
        for number, then in self.frozen.items():
            now = found[number - 1]
            moves = now.version.moves[: len(then.version.moves)]
            assert replace(now, version=replace(now.version, moves=moves)) == then
            assert now.path == then.path
        assert len(gather(held, said) if held else said) == self.said

    def _compare_lives(self, lives: list[list[TargetState]]) -> None:
        assert lives == [one.states for one in self.versions]
        for states in lives:
            assert states[0] is DRAFT
            assert set(pairwise(states)) <= ALLOWED
        assert sum(states[-1] in COUNTS for states in lives) <= 1
        assert all(states[-1] is not DRAFT for states in lives[:-1])

    # What is to be expected.

    @property
    def _open(self) -> Modelled | None:
        """The version that is a draft."""
        is_open = self.versions and self.versions[-1].states[-1] is DRAFT
        return self.versions[-1] if is_open else None

    def _foresee(self, one: Attempt) -> Errors:
        """Return every reason for which an attempt can be refused; none if it succeeds."""
        errors: Errors = set()
        if one.who not in MAY[one.what]:
            errors.add(TokenInvalid if one.who == "no" else NotAllowed)
        if one.what == "draft":
            errors |= {TargetAlreadySet} if self.versions else set()
            return errors | self._unfit(one.goal)
        if one.what in {"change", "version", "submit"}:
            return errors | self._foresee_of_draft(one)
        if one.number > len(self.versions):
            return errors | {TargetVersionNotFound} | _stale(one)
        if one.what == "comment":
            return errors
        state = self.versions[one.number - 1].states[-1]
        is_allowed = (state, DECISIONS[one.what]) in ALLOWED
        return errors | _stale(one) | (set() if is_allowed else {TargetMoveNotAllowed})

    def _foresee_of_draft(self, one: Attempt) -> Errors:
        draft = self._open
        if one.what == "version":
            errors: Errors = set() if draft is None else {TargetDraftOpen}
            return errors | self._unfit(one.goal) | _stale(one)
        if draft is None:
            return {TargetNotDraft}
        if one.what == "submit":
            return self._unfit(draft.goal) | _stale(one, needed=True)
        # The same again changes nothing, whatever its precondition.
        is_same = draft.terms == one.terms
        return set() if is_same else self._unfit(one.goal) | _stale(one, needed=True)

    def _unfit(self, goal: int) -> Errors:
        """Return how a goal is refused that is below the baseline."""
        return {UnacceptableTarget} if goal < self.bme else set()

    # How it is done.

    def _try(self, one: Attempt) -> None:
        """See that an attempt succeeds, or is refused for a reason and stores nothing."""
        errors = self._foresee(one)
        before = self._count_rows() if errors else None
        condition = self._precondition(one)
        told: DomainError | None = None
        try:
            with writing(self.engine, ORIGIN) as session:
                self._call(session, one, condition)
        except DomainError as error:
            told = error
        if told is None:
            assert not errors, f"{one} was done in spite of {errors}"
            self._follow(one)
        else:
            assert type(told) in errors, f"{one} met {told!r} where {errors} could be"
            assert self._count_rows() == before

    def _call(self, session: Session, one: Attempt, condition: Precondition) -> None:
        code, caller, view = self.code, self.callers[one.who], View(self.now)
        if one.what == "draft":
            draft = TargetDraft(Measure.LEADERSHIP, None, "2022-2025", one.terms)
            draft_target(session, ods_code=code, draft=draft, caller=caller, view=view)
        elif one.what == "comment":
            add_comment(
                session,
                ods_code=code,
                id_=ID,
                version=one.number,
                text="How?",
                caller=caller,
                view=view,
            )
        elif one.what == "submit":
            submit_target(
                session, ods_code=code, id_=ID, precondition=condition, caller=caller, view=view
            )
        elif one.what in DECISIONS:
            decide(
                session,
                ods_code=code,
                id_=ID,
                decision=Decision(one.number, DECISIONS[one.what], "So"),
                precondition=condition,
                caller=caller,
                view=view,
            )
        else:
            is_change = one.what == "change"
            reason = None if is_change else "Another"
            act = change_draft if is_change else draft_version
            act(
                session,
                ods_code=code,
                id_=ID,
                change=lambda held: replace(
                    held, terms=one.terms, change_reason=reason or held.change_reason
                ),
                precondition=condition,
                caller=caller,
                view=view,
            )

    def _count_rows(self) -> tuple[object, ...]:
        with reading(self.engine) as session:
            return tuple(session.execute(ROWS).one())

    def _precondition(self, one: Attempt) -> Precondition:
        if one.tag == "none" or not self.versions:
            return Precondition()
        if one.tag == "any":
            return WHATEVER
        if one.tag == "stale":
            return Precondition(frozenset({'"stale"'}))
        with reading(self.engine) as session:
            shown = get_target(
                session,
                ods_code=self.code,
                id_=ID,
                caller=self.callers["national"],
                view=View(self.now),
            )
        return Precondition(frozenset({shown.tag}))

    def _follow(self, one: Attempt) -> None:
        """Let the model do what was done."""
        if one.what in {"draft", "version"}:
            self.versions.append(Modelled([DRAFT], one.terms, one.goal))
        elif one.what == "change":
            self.versions[-1].terms, self.versions[-1].goal = one.terms, one.goal
        elif one.what == "submit":
            for version in self.versions:
                if version.states[-1] in COUNTS:
                    version.states.append(SUPERSEDED)
            self.versions[-1].states.append(SUBMITTED)
            with reading(self.engine) as session:
                self.frozen[len(self.versions)] = targets.get(session, self.code, ID).newest
        elif one.what in DECISIONS:
            self.versions[one.number - 1].states.append(DECISIONS[one.what])
        self.said += one.what in {"comment", *DECISIONS}

    def _send(self, year: int, bme: int) -> None:
        if year == 2022:
            self.bme = bme
        people = {("clinical", "8a"): (TEAM - bme, bme, 0), ("clinical", "5"): (50, 50, 0)}
        self.given.actuals(self.code, year, people, at=self.now)


def _is_of_state(errors: Errors, *, is_possible: bool) -> bool:
    state = {TargetAlreadySet, TargetDraftOpen, TargetMoveNotAllowed, TargetNotDraft}
    return not errors if is_possible else bool(errors) and errors <= state


def _stale(one: Attempt, *, needed: bool = False) -> Errors:
    """Return how a precondition is refused."""
    if one.tag == "stale":
        return {RevisionStale}
    return {RevisionNotNamed} if needed and one.tag == "none" else set()
