"""Action plans in the database: what is stored comes back, as of any instant."""

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given as generated
from hypothesis import strategies as st
from sqlalchemy import Engine, event, update
from sqlalchemy.exc import IntegrityError
from sqlmodel import Session

from app.domain.bands import StaffGroup
from app.domain.codes import ActionStatus, Position, Reason, TargetState
from app.domain.measures import Measure, Scope
from app.domain.plan_figures import CensusFigure, PathFigure, ReviewFigures, TargetFigures
from app.domain.plans import (
    EMPTY,
    ActionAim,
    ActionPlan,
    PlanAction,
    PlanReview,
    PlanRevision,
    PlanSummary,
)
from app.domain.progress import SharePeople, Source
from app.domain.records import Author, Record
from app.store import plans, schema
from app.store.engine import reading, writing
from app.store.plan_figures import decode, encode
from app.store.rows import PlanReviewRow, table_of
from tests.given import Given

AT = datetime(2026, 11, 23, 9, tzinfo=UTC)
TICK = timedelta(microseconds=1)
CYCLE = "2022-2025"

SPONSORS = PlanAction(
    id="sponsors",
    title="A sponsor for every BME member of staff in band 7",
    aim=ActionAim(Scope(Measure.LEADERSHIP, StaffGroup.NON_CLINICAL)),
    owner="Chief People Officer",
    due=date(2023, 9, 30),
    status=ActionStatus.IN_PROGRESS,
    notes="Forty sponsors have been found.",
)

PANELS = replace(SPONSORS, id="mixed-panels", aim=ActionAim(indicator=2), notes=None)

AMBASSADORS = replace(SPONSORS, id="ambassadors", aim=ActionAim(Scope(Measure.BOARD)))

TAKEN = ReviewFigures(
    Record(AT, Author("a lead", "national")),
    "1",
    (
        TargetFigures(
            target_id="leadership-2022-2025",
            version=2,
            state=TargetState.REVIEWED,
            measure=Measure.LEADERSHIP,
            staff_group=None,
            census=CensusFigure(
                2024,
                1,
                (Source("ZZ901", 1), Source("ZZ902", 3)),
                1,
                3,
                1 / 3,
                None,
                0.5,
                None,
                1 / 3,
                None,
            ),
            census_reason=None,
            required=PathFigure(0.1 + 0.2, 2),
            required_reason=None,
            to_path=SharePeople(-1 / 30, 1),
            to_path_reason=None,
            to_goal=SharePeople(2 / 3, 2),
            to_goal_reason=None,
            position=Position.BEHIND,
            position_reason=None,
        ),
        TargetFigures(
            target_id="vsm-clinical-2022-2025",
            version=1,
            state=TargetState.DRAFT,
            measure=Measure.VSM,
            staff_group=StaffGroup.CLINICAL,
            census=CensusFigure(2024, None, None, 0, 0, *(None, Reason.NO_PEOPLE) * 3),
            census_reason=None,
            required=None,
            required_reason=Reason.NO_TARGET,
            to_path=None,
            to_path_reason=Reason.NO_TARGET,
            to_goal=None,
            to_goal_reason=Reason.NO_TARGET,
            position=None,
            position_reason=Reason.NO_TARGET,
        ),
        TargetFigures(
            target_id="band-9-2022-2025",
            version=1,
            state=TargetState.SUBMITTED,
            measure=Measure.BAND_9,
            staff_group=None,
            census=None,
            census_reason=Reason.NO_ACTUALS,
            required=None,
            required_reason=Reason.NO_ACTUALS,
            to_path=None,
            to_path_reason=Reason.NO_ACTUALS,
            to_goal=None,
            to_goal_reason=Reason.NO_ACTUALS,
            position=None,
            position_reason=Reason.NO_ACTUALS,
        ),
    ),
)

PLAN = ActionPlan(
    targets=("leadership-2022-2025", "workforce-2022-2025"),
    published_url="https://trust.example/action-plan",
    published_on=date(2022, 9, 30),
    actions=(SPONSORS, PANELS, AMBASSADORS),
    reviews=(PlanReview(1, "Sponsors work."),),
)


@pytest.fixture
def given(engine: Engine) -> Given:
    """Facts to start from: two targets of ZZ901."""
    given = Given(engine)
    given.register()
    given.actuals("ZZ901", 2022)
    for measure in (Measure.LEADERSHIP, Measure.WORKFORCE):
        given.target("ZZ901", measure, CYCLE, goal_share="0.1800")
    return given


@pytest.fixture
def session(engine: Engine, given: Given) -> Iterator[Session]:
    """A session that may write, opened when the facts are stored."""
    assert given
    with writing(engine) as session:
        yield session
        session.rollback()


def revision(
    number: int = 1, plan: ActionPlan = PLAN, *, code: str = "ZZ901", cycle: str = CYCLE
) -> PlanRevision:
    """Return a revision that was stored a day after the one before it."""
    at = AT + timedelta(days=number - 1)
    figures = {one.after_years: TAKEN for one in plan.reviews}
    record = Record(at, Author("ZZ901 EDI lead"))
    comments = {one.after_years: Record(at, Author("a team", "national")) for one in plan.reviews}
    return PlanRevision(code, cycle, number, plan, figures, comments, record)


BARE = replace(EMPTY, actions=(PANELS,))


def test_a_plan_comes_back_as_it_was_stored(session: Session) -> None:
    plans.add(session, revision())

    assert plans.find(session, "ZZ901", CYCLE) == revision()


def test_a_comment_of_an_earlier_release_is_signed_as_the_review_is(session: Session) -> None:
    plans.add(session, revision())
    unsigned = ("commented_at", "commented_by", "comment_supplied_by")
    session.execute(update(table_of(PlanReviewRow)).values(dict.fromkeys(unsigned)))

    found = plans.find(session, "ZZ901", CYCLE)

    assert found == replace(revision(), comments={1: TAKEN.record})


def test_comments_that_are_held_are_signed_by_the_revision_that_worded_them(
    engine: Engine, given: Given
) -> None:
    assert given
    worded = ("Good.", "Better.", "Better.", "Good.", "Good.")
    with writing(engine) as session:
        for number, comment in enumerate(worded, start=1):
            plan = replace(PLAN, reviews=(PlanReview(1, comment), PlanReview(3, "On course.")))
            plans.add(session, revision(number, plan))
    schema.downgrade(engine, "e47b90f3d52c")

    schema.upgrade(engine)

    with reading(engine) as session:
        found = plans.list_revisions(session, "ZZ901", CYCLE)
    records = [revision(number).record for number in (1, 2, 4)]
    first, second, third = records
    assert [one.comments[1] for one in found] == [first, second, second, third, third]
    assert [one.comments[3] for one in found] == [first] * 5


def test_an_empty_plan_comes_back_empty(session: Session) -> None:
    plans.add(session, revision(plan=EMPTY))

    assert plans.find(session, "ZZ901", CYCLE) == revision(plan=EMPTY)


def test_a_plan_that_is_not_held_is_not_found(session: Session) -> None:
    plans.add(session, revision())

    assert plans.find(session, "ZZ901", "2025-2028") is None
    assert plans.find(session, "ZZ902", CYCLE) is None
    assert plans.list_of(session, "ZZ902") == []


def test_the_newest_revision_counts_and_the_others_stay(session: Session) -> None:
    for one in (revision(), revision(2, BARE)):
        plans.add(session, one)

    assert plans.find(session, "ZZ901", CYCLE) == revision(2, BARE)
    assert plans.list_revisions(session, "ZZ901", CYCLE) == [revision(), revision(2, BARE)]


def test_a_revision_is_never_stored_over(session: Session) -> None:
    plans.add(session, revision())

    with pytest.raises(IntegrityError):
        plans.add(session, revision(1, BARE))


def test_a_plan_is_read_as_of_an_instant(session: Session) -> None:
    for one in (revision(), revision(2, BARE)):
        plans.add(session, one)
    second = revision(2).record.at

    instants = (AT - TICK, AT, second - TICK, second)
    found = [plans.find(session, "ZZ901", CYCLE, as_of=at) for at in instants]
    listed = [plans.list_of(session, "ZZ901", as_of=at) for at in instants]
    history = [plans.list_revisions(session, "ZZ901", CYCLE, as_of=at) for at in instants]

    assert found == [None, revision(), revision(), revision(2, BARE)]
    assert listed == [[], [revision()], [revision()], [revision(2, BARE)]]
    assert [len(one) for one in history] == [0, 1, 1, 2]


def test_the_plans_of_a_trust_are_listed_by_cycle(session: Session) -> None:
    later, other = revision(plan=BARE, cycle="2025-2028"), revision(plan=BARE, code="ZZ902")
    for one in (later, revision(), other):
        plans.add(session, one)

    assert plans.list_of(session, "ZZ901") == [revision(), later]


def test_plans_are_summed_up_by_trust(session: Session) -> None:
    both = replace(PLAN, reviews=(PlanReview(1, "Good."), PlanReview(3, "Better.")))
    for one in (
        revision(),
        revision(2, both),
        revision(plan=EMPTY, code="ZZ902"),
        revision(plan=BARE, code="ZZ903", cycle="2025-2028"),
    ):
        plans.add(session, one)

    now = plans.summaries(session, cycle=CYCLE)
    then = plans.summaries(session, cycle=CYCLE, as_of=AT)

    empty = PlanSummary(1, None, (), 0)
    assert now == {"ZZ901": PlanSummary(2, date(2022, 9, 30), (1, 3), 3), "ZZ902": empty}
    assert then == {"ZZ901": PlanSummary(1, date(2022, 9, 30), (1,), 3), "ZZ902": empty}
    assert plans.summaries(session, cycle=CYCLE, as_of=AT - TICK) == {}


def test_all_plans_are_summed_up_in_two_queries(session: Session) -> None:
    for code in ("ZZ901", "ZZ902", "ZZ903"):
        plans.add(session, revision(plan=BARE, code=code))
    asked: list[str] = []
    engine = session.get_bind()

    @event.listens_for(engine, "before_cursor_execute")
    def note(*arguments: object) -> None:
        asked.append(str(arguments[2]))

    plans.summaries(session, cycle=CYCLE)

    event.remove(engine, "before_cursor_execute", note)
    assert len(asked) == 2


SHARES = st.floats(-1, 1) | st.fractions(-1, 1).map(float)


@generated(st.lists(st.tuples(SHARES, st.integers(0, 10_000)), max_size=3))
def test_figures_keep_every_digit(distances: list[tuple[float, int]]) -> None:
    figures = replace(
        TAKEN,
        targets=tuple(
            replace(TAKEN.targets[0], to_path=SharePeople(share, people))
            for share, people in distances
        ),
    )

    assert decode(encode(figures), TAKEN.record) == figures


def test_what_an_earlier_release_did_not_keep_of_figures_has_a_reason() -> None:
    told = json.loads(encode(TAKEN))
    names = ("share_of_known", "unknown_share")
    for figures in told["targets"]:
        for name in names if figures["census"] else ():
            del figures["census"][name], figures["census"][f"{name}_reason"]

    decoded = decode(json.dumps(told), TAKEN.record)

    def without(census: CensusFigure) -> CensusFigure:
        return replace(
            census,
            share_of_known=None,
            share_of_known_reason=Reason.NOT_KEPT,
            unknown_share=None,
            unknown_share_reason=Reason.NOT_KEPT,
        )

    assert decoded.targets == tuple(
        replace(one, census=without(one.census)) if one.census else one for one in TAKEN.targets
    )
