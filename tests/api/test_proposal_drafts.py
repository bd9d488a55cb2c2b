"""Proposals that are taken over as drafts of targets."""

from datetime import timedelta

import pytest

from app.domain.callers import Role
from tests.api import targets
from tests.api.proposals import PROPOSALS, STRATEGY, begin, by_strategy
from tests.api.setting import START, Body, Service, goal, leaders_and_rest
from tests.api.targets import (
    BY_NATIONAL,
    ONE,
    STATED,
    TARGETS,
    WHOLE,
    WORKFORCE,
    beside,
    life,
    move,
    shown,
    tag,
)

service = targets.service

PROPOSED: Body = {
    "form": "headcount",
    "goal_share": None,
    "goal_headcount": 65,
    "milestones": [
        {"year": 2023, "share": 0.12761, "headcount": 55},
        {"year": 2024, "share": 0.139211, "headcount": 60},
        {"year": 2025, "share": 0.150812, "headcount": 65},
    ],
    "board_approved_on": None,
    "rationale": None,
    "provenance": "proposed",
    "proposal": {"method": "strategy", "inputs": by_strategy(30, 400, "0.2")},
}
"""A fifth of 400 people are 80, five a year more than the 30 of 2018: 65 in 2025."""

TAKEN: Body = shown(
    PROPOSED,
    # 18 more than 47, of 431.
    need={"share": 0.013921, "people": 6.0},
    takes={"people_needed": 18, "arithmetic_share_needed": 0.240162},
)
"""The strategy's proposal, as it is shown when it is the first draft."""


def by_national(minutes: int) -> Body:
    """Return who did something, some minutes after the beginning."""
    at = START + timedelta(minutes=minutes)
    return BY_NATIONAL | {"at": f"{at:%Y-%m-%dT%H:%M:%SZ}"}


def test_a_proposal_becomes_the_draft_of_a_target(service: Service) -> None:
    begin(service)

    response = service.send("POST", PROPOSALS, STRATEGY)

    assert (response.status_code, response.json()) == (201, TAKEN)
    assert response.headers["Location"] == ONE
    held = service.get(ONE)
    assert (held.json(), held.headers["ETag"]) == (TAKEN, response.headers["ETag"])


def test_what_is_taken_over_is_what_was_proposed(service: Service) -> None:
    begin(service)
    asked = {"cycle": "2022-2025", "measure": "leadership"}
    proposed = service.get(PROPOSALS, **asked, method="strategy").json()["items"][0]["proposal"]

    draft = service.done("POST", PROPOSALS, STRATEGY).json()

    assert (draft["goal_headcount"], draft["proposal"]["inputs"]) == (
        proposed["goal_headcount"],
        proposed["inputs"],
    )
    assert [(m["year"], m["headcount"]) for m in draft["milestones"][:-1]] == [
        (m["year"], m["goal_headcount"]) for m in proposed["milestones"]
    ]


def test_a_draft_keeps_the_assumptions_that_it_rests_on(service: Service) -> None:
    body = {
        **STRATEGY,
        "method": "appointments",
        "turnover": 0.5,
        "bme_share_of_appointments": 0.25,
    }

    draft = service.done("POST", PROPOSALS, body).json()

    assert (draft["goal_headcount"], draft["proposal"]) == (
        100,
        {
            "method": "appointments",
            "inputs": {
                "bme": 47,
                "total": 431,
                "turnover": "0.5",
                "bme_share_of_appointments": "0.25",
                "rounding": "half_up",
            },
        },
    )


def test_another_span_of_the_strategy_may_be_taken_over(service: Service) -> None:
    begin(service)
    body = {**STRATEGY, "baseline_year": 2022, "horizon": 2025}

    draft = service.done("POST", PROPOSALS, body).json()

    # 1110 of 5480 are BME; of 431 people 87.3.
    inputs = by_strategy(47, 431, "111/548", baseline_year=2022, horizon=2025)
    assert draft["goal_headcount"] == 87
    assert draft["proposal"] == {"method": "strategy", "inputs": inputs}


def test_a_narrowed_measure_is_taken_over(service: Service) -> None:
    body = {**STRATEGY, "method": "appointments", "staff_group": "clinical"}

    response = service.done("POST", PROPOSALS, body)

    assert response.headers["Location"] == f"{TARGETS}/leadership-clinical-2022-2025"
    assert response.json()["staff_group"] == "clinical"


def test_who_is_at_the_reference_takes_over_to_maintain(service: Service) -> None:
    begin(service)
    service.actuals(2022, leaders_and_rest((90, 431), WORKFORCE, reason="Some were missed"))

    draft = service.done("POST", PROPOSALS, STRATEGY).json()

    assert (draft["form"], draft["provenance"]) == ("maintain", "proposed")


# Where a goal comes from.


def test_a_goal_that_was_set_by_the_trust_stays_so(service: Service) -> None:
    begin(service)
    service.done("POST", PROPOSALS, STRATEGY)
    trust = service.bearer(Role.TRUST, "ZZ901")
    service.done("PATCH", ONE, {"goal_headcount": 66}, trust | tag(service, ONE))

    changed = service.done("PATCH", ONE, {"goal_headcount": 65}, trust | tag(service, ONE)).json()

    assert (changed["provenance"], changed["proposal"]) == ("set_by_trust", None)


def test_a_proposal_keeps_its_provenance_when_it_is_submitted(service: Service) -> None:
    begin(service)
    service.done("POST", PROPOSALS, STRATEGY)
    service.clock.forward(minutes=1)

    submitted = service.done("POST", f"{ONE}/submit").json()

    moves = (move("draft", BY_NATIONAL), move("submitted", by_national(1)))
    whole = shown(
        PROPOSED | life(*moves),
        need={"share": 0.013921, "people": 6.0},
        takes={"people_needed": 18, "arithmetic_share_needed": 0.240162},
    )
    assert submitted == whole
    assert service.get(ONE).json() == whole


def test_what_is_known_later_leaves_what_a_draft_rests_on(service: Service) -> None:
    begin(service)
    service.done("POST", PROPOSALS, STRATEGY)
    service.actuals(2018, leaders_and_rest((31, 400), (200, 1000), reason="One was missed"))

    draft = service.get(ONE).json()

    assert draft == TAKEN


# Further versions.


def test_a_proposal_becomes_a_further_version_of_a_submitted_target(service: Service) -> None:
    begin(service)
    own = {"kind": "own_workforce_at_baseline", "share": None, "source": None}
    service.target(WHOLE | {"parity_reference": own})
    first = service.get(ONE).json()
    service.clock.forward(minutes=5)

    response = service.send("POST", PROPOSALS, STRATEGY)

    second = shown(
        PROPOSED
        | {
            "version": 2,
            "change_reason": "The strategy's arithmetic was taken over.",
            "parity_reference": own,
        }
        | life(move("draft", by_national(5))),
        need={"share": 0.013921, "people": 6.0},
        takes={"people_needed": 18, "arithmetic_share_needed": 0.240162},
    )
    assert (response.status_code, response.json()) == (201, beside(second, first, second))
    assert response.headers["Location"] == f"{ONE}?version=2"
    assert service.get(ONE).json() == beside(first, first, second)


def test_a_proposal_takes_the_place_of_a_version_that_stated_its_baseline(
    service: Service,
) -> None:
    service.target(goal(cycle="2019-2022", baseline=STATED))
    service.actuals(2019, leaders_and_rest((15, 150), (300, 1100)))
    body = {**STRATEGY, "method": "appointments", "cycle": "2019-2022"}

    draft = service.done("POST", PROPOSALS, body).json()

    # 0.88 · 15 + 0.12 · 150 · 3/11 = 18.11; then 20.84 and 23.25.
    assert (draft["version"], draft["goal_headcount"]) == (2, 23)
    assert draft["baseline"] == {
        "year": 2019,
        "bme": 15,
        "total": 150,
        "share": 0.1,
        "workforce_bme": 300,
        "workforce_total": 1100,
        "revision": 1,
        "covers": ["ZZ901"],
        "source": None,
    }


def test_the_reason_of_a_further_version_says_which_method_was_taken_over(
    service: Service,
) -> None:
    service.target(WHOLE)

    draft = service.done("POST", PROPOSALS, {**STRATEGY, "method": "appointments"}).json()

    assert draft["change_reason"] == "The goal is what a share of appointments would reach."


def test_a_withdrawn_target_is_taken_up_again_in_a_further_version(service: Service) -> None:
    begin(service)
    service.target(WHOLE)
    service.done("POST", f"{ONE}/withdraw", {"version": 1, "comment": "Too low"})

    draft = service.done("POST", PROPOSALS, STRATEGY).json()

    assert [(one["version"], one["state"]) for one in draft["versions"]] == [
        (1, "withdrawn"),
        (2, "draft"),
    ]
    assert draft["provenance"] == "proposed"


# A reference of the target's own.


FIXED: Body = {"kind": "fixed", "share": "0.7500", "source": "Census 2021"}


@pytest.mark.parametrize("method", ["strategy", "appointments", "rebased"])
@pytest.mark.parametrize(
    ("share", "counts", "form"),
    [
        pytest.param("0.7500", ((40, 50), (35, 50)), "headcount", id="below a high one"),
        pytest.param("0.7500", ((40, 50), (38, 50)), "maintain", id="above a high one"),
        pytest.param("0.0500", ((2, 20), (3, 20)), "maintain", id="above a low one"),
    ],
)
def test_what_is_proposed_under_a_reference_of_its_own_can_be_submitted(
    service: Service,
    method: str,
    share: str,
    counts: tuple[tuple[int, int], tuple[int, int]],
    form: str,
) -> None:
    begin(service)
    before, now = counts
    service.actuals(2022, leaders_and_rest(before, WORKFORCE, reason="Others"))
    own = FIXED | {"share": share}
    service.target(goal(goal_share=None, goal="maintain", parity_reference=own))
    service.clock.forward(minutes=1)
    service.actuals(2022, leaders_and_rest(now, WORKFORCE, reason="Some were missed"))
    asked = {"cycle": "2022-2025", "measure": "leadership"}

    (told,) = service.get(PROPOSALS, **asked, method=method).json()["items"]
    draft = service.done("POST", PROPOSALS, {**STRATEGY, "method": method}).json()
    submitted = service.done("POST", f"{ONE}/submit").json()

    assert told["proposal"]["form"] == draft["form"] == submitted["form"] == form
    assert submitted["parity_reference"] == own


def test_a_draft_that_was_given_up_leaves_its_reference_behind(service: Service) -> None:
    begin(service)
    service.actuals(2022, leaders_and_rest((40, 50), WORKFORCE, reason="Others"))
    service.clock.forward(minutes=1)
    service.done("POST", TARGETS, goal(goal_share="0.9500", parity_reference=FIXED))
    service.clock.forward(minutes=1)
    changed = FIXED | {"share": "0.9000"}
    service.done("PATCH", ONE, {"parity_reference": changed}, tag(service, ONE))
    asked = {"cycle": "2022-2025", "measure": "leadership", "method": "strategy"}

    (told,) = service.get(PROPOSALS, **asked).json()["items"]
    (then,) = service.get(PROPOSALS, **asked, as_of=told["as_of"]).json()["items"]
    service.done("POST", f"{ONE}/withdraw", {"version": 1, "comment": "Too high"})
    draft = service.done("POST", PROPOSALS, STRATEGY).json()

    assert (told["as_of"], told["proposal"]["form"]) == ("2026-11-23T09:02:00Z", "headcount")
    assert then == told
    assert draft["parity_reference"] == changed
