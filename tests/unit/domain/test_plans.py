from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.codes import ActionStatus
from app.domain.plans import EMPTY, ActionAim, ActionPlan, PlanChanges, PlanReview, compare
from tests.unit.domain.given import LEADERSHIP
from tests.unit.domain.plans import DUE, FIRST, PANELS, PLAN, SECOND, SPONSORS, renamed

UNCHANGED = PlanChanges(
    actions_added=(),
    actions_removed=(),
    actions_changed=(),
    actions_reordered=False,
    targets_added=(),
    targets_removed=(),
    reviews_added=(),
    reviews_changed=(),
    publication_changed=False,
)


@pytest.mark.parametrize("indicator", [1, 9])
def test_an_action_aims_at_one_of_the_nine_indicators(indicator: int) -> None:
    assert ActionAim(indicator=indicator).indicator == indicator


@pytest.mark.parametrize(
    ("aim", "why"),
    [
        ((None, None), "an action aims at either a measure or an indicator"),
        ((LEADERSHIP, 2), "an action aims at either a measure or an indicator"),
        ((None, 0), "there is no indicator 0"),
        ((None, 10), "there is no indicator 10"),
    ],
)
def test_an_action_aims_at_one_thing_that_there_is(aim: tuple[None, int | None], why: str) -> None:
    with pytest.raises(ValueError, match=why):
        ActionAim(*aim)


@pytest.mark.parametrize(
    ("status", "is_open"),
    [
        (ActionStatus.PLANNED, True),
        (ActionStatus.IN_PROGRESS, True),
        (ActionStatus.EMBEDDED, False),
        (ActionStatus.STOPPED, False),
    ],
)
def test_an_action_is_overdue_from_the_day_after_it_was_due_while_something_is_left_to_do(
    status: ActionStatus,
    is_open: bool,  # noqa: FBT001 - one of a test's parameters
) -> None:
    action = replace(SPONSORS, status=status)
    days = [DUE + timedelta(days=days) for days in (-1, 0, 1, 54)]

    assert [action.is_overdue(day) for day in days] == [False, False, is_open, is_open]
    assert [action.days_overdue(day) for day in days] == [0, 0, is_open * 1, is_open * 54]


@given(due=st.dates(), day=st.dates(), status=st.sampled_from(ActionStatus))
def test_days_overdue_are_counted_exactly_while_an_action_is_overdue(
    due: date, day: date, status: ActionStatus
) -> None:
    action = replace(SPONSORS, due=due, status=status)

    days = action.days_overdue(day)

    assert (days > 0) is action.is_overdue(day)
    assert days in {0, (day - due).days}


@pytest.mark.parametrize(
    ("statuses", "overdue"),
    [
        ((), 0),
        (("embedded", "stopped"), 0),
        (("embedded", "planned"), 1),
        (("in_progress", "planned", "stopped"), 2),
    ],
)
def test_a_plan_counts_its_overdue_actions(statuses: tuple[str, ...], overdue: int) -> None:
    actions = tuple(replace(SPONSORS, status=ActionStatus(status)) for status in statuses)
    plan = replace(PLAN, actions=actions)

    assert plan.count_overdue(DUE + timedelta(days=1)) == overdue
    assert plan.count_overdue(DUE) == 0


def test_the_order_of_targets_and_reviews_says_nothing_and_that_of_actions_does() -> None:
    plan = replace(PLAN, targets=("b", "a"), reviews=(SECOND, FIRST))
    other = replace(PLAN, targets=("a", "b"), reviews=(FIRST, SECOND))

    assert plan.in_order() == other == other.in_order()
    assert replace(PLAN, actions=(PANELS, SPONSORS)).in_order().actions == (PANELS, SPONSORS)


@pytest.mark.parametrize(
    ("after", "changes"),
    [
        pytest.param({}, {}, id="nothing"),
        pytest.param(
            {"actions": (PANELS, *renamed("ambassadors"))},
            {"actions_added": ("ambassadors",), "actions_removed": ("sponsors",)},
            id="another action",
        ),
        pytest.param(
            {"actions": (replace(SPONSORS, status=ActionStatus.EMBEDDED), PANELS)},
            {"actions_changed": ("sponsors",)},
            id="an action that says something else",
        ),
        pytest.param(
            {"actions": (PANELS, *renamed("ambassadors"), SPONSORS)},
            {"actions_added": ("ambassadors",), "actions_reordered": True},
            id="another order",
        ),
        pytest.param(
            {"targets": ("board-2022-2025",)},
            {
                "targets_added": ("board-2022-2025",),
                "targets_removed": ("leadership-2022-2025",),
            },
            id="another target",
        ),
        pytest.param(
            {"reviews": (PlanReview(1, "Sponsors do not work."), SECOND)},
            {"reviews_added": (3,), "reviews_changed": (1,)},
            id="reviews",
        ),
        pytest.param(
            {"published_url": None}, {"publication_changed": True}, id="published elsewhere"
        ),
        pytest.param(
            {"published_on": date(2022, 10, 1)},
            {"publication_changed": True},
            id="published on another day",
        ),
    ],
)
def test_a_revision_says_what_it_changed(
    after: dict[str, object], changes: dict[str, object]
) -> None:
    found = compare(PLAN, replace(PLAN, **after))  # type: ignore[arg-type] # any of its members

    assert found == replace(UNCHANGED, **changes)  # type: ignore[arg-type] # likewise


def test_the_first_revision_adds_everything() -> None:
    assert compare(EMPTY, PLAN) == replace(
        UNCHANGED,
        actions_added=("sponsors", "mixed-panels"),
        targets_added=("leadership-2022-2025",),
        reviews_added=(1,),
        publication_changed=True,
    )


PLANS = st.builds(
    lambda ids, targets, reviews: replace(
        EMPTY,
        actions=renamed(*ids),
        targets=tuple(targets),
        reviews=tuple(PlanReview(years, said) for years, said in reviews.items()),
    ).in_order(),
    st.lists(st.sampled_from("abcd"), unique=True),
    st.lists(st.sampled_from("xyz"), unique=True),
    st.dictionaries(st.sampled_from([1, 3]), st.sampled_from(["Good.", "Bad."])),
)


@given(PLANS, PLANS)
def test_plans_differ_exactly_when_something_is_said_to_have_changed(
    before: ActionPlan, after: ActionPlan
) -> None:
    found, back = compare(before, after), compare(after, before)

    added, removed = set(found.actions_added), set(found.actions_removed)
    assert {one.id for one in after.actions} == (
        {one.id for one in before.actions} - removed | added
    )
    assert (found.actions_added, found.actions_removed) == (
        back.actions_removed,
        back.actions_added,
    )
    said = {one.after_years for one in before.reviews} - {one.after_years for one in after.reviews}
    assert (found == UNCHANGED and not said) is (before == after)
