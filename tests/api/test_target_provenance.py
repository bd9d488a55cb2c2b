"""Targets that rest on a proposal, and say so for as long as they are what was proposed."""

from decimal import Decimal

import pytest

from app.domain.callers import COMMAND_LINE
from app.domain.measures import Measure
from app.domain.targets import Basis, Goal, GoalForm, Milestone, ProposalMethod, Terms
from app.services.target_drafts import TargetDraft, draft_target
from app.services.target_views import View
from app.store.engine import writing
from tests.api import targets
from tests.api.setting import Body, Service
from tests.api.targets import ONE, tag

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
    with writing(service.app.state.engine) as session:
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
        pytest.param({"goal_share": "0.1900"}, ("set_by_trust", None), id="its goal"),
        pytest.param({"milestones": None}, ("set_by_trust", None), id="its milestones"),
        pytest.param({"goal_headcount": 78}, ("set_by_trust", None), id="its form"),
    ],
)
def test_a_changed_goal_is_no_longer_the_proposed_one(
    proposed: Service, change: Body, expected: tuple[str, Body | None]
) -> None:
    proposed.done("PATCH", ONE, change, tag(proposed, ONE))

    assert provenance(proposed) == expected


def test_a_further_version_is_the_trusts_own(proposed: Service) -> None:
    proposed.done("POST", f"{ONE}/submit")
    body = {"goal_share": "0.2000", "change_reason": "Raised"}
    proposed.done("POST", f"{ONE}/versions", body)
    proposed.done("POST", f"{ONE}/submit")

    assert provenance(proposed) == ("set_by_trust", None)
    first = proposed.get(ONE, version=1).json()
    assert (first["provenance"], first["proposal"]) == PROPOSED
