from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.errors import Fault
from app.domain.plan_checks import Surroundings, find_owner_faults, find_plan_faults, find_repeats
from tests.unit.domain.given import cycle
from tests.unit.domain.plans import FIRST, PLAN, SECOND, SPONSORS, renamed

AROUND = Surroundings(
    cycle=cycle(2022),
    targets={"leadership-2022-2025": "2022-2025", "leadership-2019-2022": "2019-2022"},
    in_force={"leadership-2022-2025"},
    reviewed=(),
    today=date(2026, 11, 23),
)

TOO_EARLY = "1 year after the census of 2022-03-31 is 2023-03-31; review the plan from then on."


def test_a_plan_without_fault_has_none() -> None:
    assert list(find_plan_faults(PLAN, AROUND)) == []


def test_an_empty_plan_has_no_fault() -> None:
    plan = replace(PLAN, targets=(), actions=(), reviews=(), published_url=None, published_on=None)

    assert list(find_plan_faults(plan, AROUND)) == []


def test_every_fault_is_told_at_once() -> None:
    plan = replace(
        PLAN,
        targets=("leadership-2022-2025", "board-2022-2025", "leadership-2022-2025"),
        published_url="ftp://trust.example/plan",
        published_on=date(2026, 11, 24),
        actions=(
            SPONSORS,
            replace(SPONSORS, due=date(2022, 3, 30), owner="a.lead@trust.example"),
        ),
        reviews=(SECOND, SECOND),
    )

    found = [
        (one.pointer, one.code)
        for one in find_plan_faults(plan, replace(AROUND, reviewed=[1], today=date(2025, 3, 30)))
    ]

    assert found == [
        ("/targets/1", "unknown_target"),
        ("/published_url", "not_a_web_address"),
        ("/published_on", "in_the_future"),
        ("/targets/2", "duplicate_target"),
        ("/actions/1/id", "duplicate_action"),
        ("/reviews/1/after_years", "duplicate_review"),
        ("/actions/1/owner", "owner_is_an_address"),
        ("/actions/1/due", "due_out_of_range"),
        ("/reviews/0/after_years", "too_early"),
        ("/reviews/1/after_years", "too_early"),
        ("/reviews", "review_missing"),
    ]


def test_targets_are_the_trusts_own_of_that_cycle() -> None:
    plan = replace(PLAN, targets=("board-2022-2025", "leadership-2019-2022"))

    found = find_plan_faults(plan, replace(AROUND, reviewed=[1]))

    assert list(found) == [
        Fault("/targets/0", "unknown_target", "The trust has no target board-2022-2025."),
        Fault(
            "/targets/1",
            "target_of_another_cycle",
            "leadership-2019-2022 is a target for the cycle 2019-2022; this plan is for"
            " 2022-2025.",
        ),
    ]


@pytest.mark.parametrize(
    ("targets", "reviewed", "places"),
    [
        pytest.param((), (), [0, 1], id="no target"),
        pytest.param(("board-2022-2025",), (), [0, 1], id="a draft"),
        pytest.param(("board-2022-2025",), (1,), [1], id="a new review beside a stored one"),
        pytest.param((), (1, 3), [], id="stored ones only"),
        pytest.param(("board-2022-2025", "leadership-2022-2025"), (), [], id="one in force"),
    ],
)
def test_a_new_review_takes_a_target_in_force(
    targets: tuple[str, ...], reviewed: tuple[int, ...], places: list[int]
) -> None:
    known = {**AROUND.targets, "board-2022-2025": "2022-2025"}
    plan = replace(PLAN, targets=targets, reviews=(FIRST, SECOND))

    found = find_plan_faults(plan, replace(AROUND, targets=known, reviewed=reviewed))

    detail = (
        "No target that the plan serves is in force, so the review would stay without figures;"
        " submit a target, let the plan serve it, then review the plan."
    )
    assert list(found) == [
        Fault(f"/reviews/{place}", "no_target_in_force", detail) for place in places
    ]


def test_what_stands_twice_is_sent_once() -> None:
    found = find_repeats(
        targets=["a", None, "a"], actions=["b", "b", None, "b"], reviews=[3, 1, None, None, 1]
    )

    assert list(found) == [
        Fault("/targets/2", "duplicate_target", "The same stands at /targets/0; send it once."),
        Fault(
            "/actions/1/id",
            "duplicate_action",
            "The same stands at /actions/0/id; send it once.",
        ),
        Fault(
            "/actions/3/id",
            "duplicate_action",
            "The same stands at /actions/0/id; send it once.",
        ),
        Fault(
            "/reviews/4/after_years",
            "duplicate_review",
            "The same stands at /reviews/1/after_years; send it once.",
        ),
    ]


@given(st.lists(st.sampled_from(["a", "b", "c", None])))
def test_each_repeat_is_told_once(ids: list[str | None]) -> None:
    found = list(find_repeats(targets=[], actions=ids, reviews=[]))

    sound = [one for one in ids if one is not None]
    assert len(found) == len(sound) - len(set(sound))


def test_an_owner_is_a_role_and_an_address_is_not_repeated() -> None:
    found = find_owner_faults(["Chief People Officer", "a.lead@trust.example", None])

    assert list(found) == [
        Fault(
            "/actions/1/owner",
            "owner_is_an_address",
            "An owner is a role, such as Chief People Officer; a person's address does not"
            " belong here.",
        )
    ]


@pytest.mark.parametrize(
    "url",
    [
        "https://trust.example",
        "http://trust.example/board/papers?year=2022#plan",
        "HTTPS://TRUST.EXAMPLE/PLAN",
        "https://[2001:db8::1]/plan",
        "https://trust.example/@plan",
    ],
)
def test_a_plan_is_published_on_the_web(url: str) -> None:
    assert list(find_plan_faults(replace(PLAN, published_url=url), AROUND)) == []


@pytest.mark.parametrize(
    "url",
    [
        "trust.example/plan",
        "ftp://trust.example/plan",
        "javascript:alert(1)",
        "mailto:lead@trust.example",
        "https://",
        "https:///plan",
        "https://trust.example/a plan",
        "https://user:secret@trust.example/plan",
        "https://[trust.example/plan",
    ],
)
def test_another_address_is_refused(url: str) -> None:
    assert list(find_plan_faults(replace(PLAN, published_url=url), AROUND)) == [
        Fault(
            "/published_url",
            "not_a_web_address",
            "Send an address as a browser takes it, from https:// or http:// on.",
        )
    ]


@pytest.mark.parametrize(
    ("day", "faults"),
    [
        (date(2026, 11, 23), []),
        (
            date(2026, 11, 24),
            [
                Fault(
                    "/published_on",
                    "in_the_future",
                    "2026-11-24 has not come; leave it out until then.",
                )
            ],
        ),
    ],
)
def test_a_plan_is_published_by_today(day: date, faults: list[Fault]) -> None:
    assert list(find_plan_faults(replace(PLAN, published_on=day), AROUND)) == faults


@pytest.mark.parametrize(
    ("due", "is_fine"),
    [
        (date(2022, 3, 30), False),
        (date(2022, 3, 31), True),
        (date(2035, 3, 31), True),
        (date(2035, 4, 1), False),
    ],
)
def test_an_action_falls_due_in_reach_of_its_cycle(
    due: date,
    is_fine: bool,  # noqa: FBT001 - one of a test's parameters
) -> None:
    (action,) = renamed("one")
    plan = replace(PLAN, actions=(replace(action, due=due),))

    assert list(find_plan_faults(plan, AROUND)) == (
        []
        if is_fine
        else [
            Fault(
                "/actions/0/due",
                "due_out_of_range",
                f"{due} is out of reach of the cycle 2022-2025; give a day from 2022-03-31, its"
                " first census, to 2035-03-31, 10 years after its last.",
            )
        ]
    )


@pytest.mark.parametrize(
    ("today", "faults"),
    [
        (date(2023, 3, 30), [Fault("/reviews/0/after_years", "too_early", TOO_EARLY)]),
        (date(2023, 3, 31), []),
    ],
)
def test_a_review_waits_for_its_time(today: date, faults: list[Fault]) -> None:
    around = replace(AROUND, today=today)

    assert list(find_plan_faults(PLAN, around)) == faults


def test_a_review_that_is_stored_is_not_left_out() -> None:
    plan = replace(PLAN, reviews=())
    around = replace(AROUND, reviewed=[3, 1])

    assert list(find_plan_faults(plan, around)) == [
        Fault(
            "/reviews",
            "review_missing",
            f"The review after {years} is stored and stays; send it too, with the same comment or"
            " another.",
        )
        for years in ("1 year", "3 years")
    ]


def test_a_review_may_be_added_to_one_that_is_stored() -> None:
    plan = replace(PLAN, reviews=(SECOND, FIRST))

    assert list(find_plan_faults(plan, replace(AROUND, reviewed=[1]))) == []
