"""Targets that rest on a proposal, and say so for as long as they are what was proposed."""

from decimal import Decimal

import pytest

from app.domain.callers import COMMAND_LINE, Role
from app.domain.measures import Measure
from app.domain.targets import Basis, Goal, GoalForm, Milestone, ProposalMethod, Terms
from app.services.target_drafts import TargetDraft, draft_target
from app.services.target_views import View
from app.store.engine import writing
from tests.api import targets
from tests.api.setting import Body, Service, goal
from tests.api.targets import ONE, TARGETS, tag
from tests.origins import ORIGIN

service = targets.service

INPUTS: dict[str, object] = {"baseline": 2022, "share": "0.2026", "path": [58, 68, 78]}


@pytest.fixture
def proposed(service: Service) -> Service:
    """A service in which a trust has a draft that was proposed."""
    terms = Terms(
        Goal(GoalForm.SHARE, share=Decimal("0.1800")),
        (Milestone(2023, share=Decimal("0.1300")),),
        basis=Basis(ProposalMethod.STRATEGY, INPUTS),
    )
    with writing(service.app.state.engine, ORIGIN) as session:
        draft_target(
            session,
            ods_code="ZZ901",
            draft=TargetDraft(Measure.LEADERSHIP, None, "2022-2025", terms),
            caller=COMMAND_LINE,
            view=View(service.clock.now),
        )
    return service


def provenance(service: Service) -> tuple[str, Body | None]:
    """Return where the target comes from, and what it rests on."""
    body = service.get(ONE).json()
    return body["provenance"], body["proposal"]


def by_trust(service: Service) -> dict[str, str]:
    """Return the header of the trust itself; all else is sent by the national team."""
    return service.bearer(Role.TRUST, "ZZ901")


OWN, NATIONAL = ("set_by_trust", None), ("national", None)

PROPOSED = ("proposed", {"method": "strategy", "inputs": INPUTS})


def test_a_proposed_target_shows_its_method_and_inputs(proposed: Service) -> None:
    assert provenance(proposed) == PROPOSED


def test_a_proposed_target_stays_so_when_it_is_submitted(proposed: Service) -> None:
    proposed.done("POST", f"{ONE}/submit")

    assert provenance(proposed) == PROPOSED


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        pytest.param({"rationale": "As proposed"}, PROPOSED, id="its rationale"),
        pytest.param(
            {"goal_share": "0.1800", "milestones": [{"year": 2023, "goal_share": "0.1300"}]},
            PROPOSED,
            id="nothing",
        ),
        pytest.param({"goal_share": "0.1900"}, OWN, id="its goal"),
        pytest.param({"milestones": None}, OWN, id="its milestones"),
        pytest.param({"goal_headcount": 78}, OWN, id="its form"),
    ],
)
def test_a_changed_goal_is_no_longer_the_proposed_one(
    proposed: Service, change: Body, expected: tuple[str, Body | None]
) -> None:
    proposed.done("PATCH", ONE, change, by_trust(proposed) | tag(proposed, ONE))

    assert provenance(proposed) == expected


def test_a_further_version_is_the_trusts_own(proposed: Service) -> None:
    trust = by_trust(proposed)
    proposed.done("POST", f"{ONE}/submit")
    body = {"goal_share": "0.2000", "change_reason": "Raised"}
    proposed.done("POST", f"{ONE}/versions", body, trust)
    proposed.done("POST", f"{ONE}/submit", headers=trust)

    assert provenance(proposed) == OWN
    first = proposed.get(ONE, version=1).json()
    assert (first["provenance"], first["proposal"]) == PROPOSED


# What the national team sets on behalf of a trust.


def test_a_target_that_the_national_team_set_stays_so_when_it_is_submitted(
    service: Service,
) -> None:
    service.done("POST", TARGETS, goal())
    drafted = provenance(service)
    service.done("POST", f"{ONE}/submit", headers=by_trust(service))

    assert (drafted, provenance(service)) == (NATIONAL, NATIONAL)


def test_a_target_that_the_trust_set_stays_so_whoever_submits_it(service: Service) -> None:
    service.done("POST", TARGETS, goal(), by_trust(service))
    drafted = provenance(service)
    service.done("POST", f"{ONE}/submit")

    assert (drafted, provenance(service)) == (OWN, OWN)


@pytest.mark.parametrize(
    ("change", "is_another"),
    [
        pytest.param({"goal_share": "0.1900"}, True, id="its goal"),
        pytest.param({"milestones": [{"year": 2023, "goal_share": "0.1300"}]}, True, id="its way"),
        pytest.param({"goal_share": "0.1800"}, False, id="nothing"),
        pytest.param({"rationale": "As agreed"}, False, id="its rationale"),
    ],
)
def test_a_goal_is_whose_who_set_it_last(
    service: Service, change: Body, *, is_another: bool
) -> None:
    trust = by_trust(service)
    service.done("POST", TARGETS, goal(), trust)
    service.done("PATCH", ONE, change, tag(service, ONE))
    by_national = provenance(service)
    service.done("PATCH", ONE, {"goal_share": "0.1850"}, trust | tag(service, ONE))

    assert by_national == (NATIONAL if is_another else OWN)
    assert provenance(service) == OWN


def test_a_proposal_that_the_national_team_takes_over_was_proposed_until_it_is_changed(
    proposed: Service,
) -> None:
    proposed.done("PATCH", ONE, {"goal_share": "0.1900"}, tag(proposed, ONE))

    assert provenance(proposed) == NATIONAL


def test_each_version_says_who_set_it(service: Service) -> None:
    service.done("POST", TARGETS, goal(), by_trust(service))
    service.done("POST", f"{ONE}/submit", headers=by_trust(service))
    body = {"goal_share": "0.1800", "change_reason": "As the regulator asks"}
    service.done("POST", f"{ONE}/versions", body)
    service.done("POST", f"{ONE}/submit")

    told = service.get(f"{ONE}/versions").json()["items"]

    assert [(one["version"], one["provenance"]) for one in told] == [
        (1, "set_by_trust"),
        (2, "national"),
    ]
