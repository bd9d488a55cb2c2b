"""What targets over HTTP are held against."""

import pytest

from tests.api import targets
from tests.api.setting import Body, Service, goal, staff
from tests.api.targets import PROGRESS, draft

service = targets.service


def test_a_goal_above_the_reference_is_accepted_with_a_warning(service: Service) -> None:
    _, made = draft(service, goal("0.2100"))

    assert [warning["code"] for warning in made["warnings"]] == ["goal_above_reference"]
    assert all(warning["detail"].endswith(".") for warning in made["warnings"])


@pytest.mark.parametrize(
    ("members", "reference"),
    [
        pytest.param({}, {"kind": "own_workforce"}, id="default"),
        pytest.param({"parity_reference": None}, {"kind": "own_workforce"}, id="null"),
        pytest.param(
            {"parity_reference": {"kind": "own_workforce_at_baseline"}},
            {"kind": "own_workforce_at_baseline"},
            id="at baseline",
        ),
        pytest.param(
            {"parity_reference": {"kind": "own_medical_workforce"}},
            {"kind": "own_medical_workforce"},
            id="medical",
        ),
        pytest.param(
            {"parity_reference": {"kind": "own_staff_group"}, "staff_group": "clinical"},
            {"kind": "own_staff_group"},
            id="staff group",
        ),
        pytest.param(
            {"parity_reference": {"kind": "fixed", "share": "0.2", "source": "Census 2021"}},
            {"kind": "fixed", "share": "0.2000", "source": "Census 2021"},
            id="fixed",
        ),
        pytest.param(
            {"measure": "workforce", "goal_share": "0.2500"}, {"kind": None}, id="workforce"
        ),
    ],
)
def test_a_target_keeps_its_reference(service: Service, members: Body, reference: Body) -> None:
    path, made = draft(service, goal(**members))

    expected = {"share": None, "source": None} | reference
    assert made["parity_reference"] == expected
    assert service.get(path).json()["parity_reference"] == expected


def test_consultants_are_held_against_the_medical_workforce(service: Service) -> None:
    cells = {
        ("medical", "consultant"): (60, 40, 0),
        ("medical", "trainee"): (40, 60, 0),
        ("clinical", "5"): (700, 100, 0),
    }
    service.actuals(2022, staff(cells, reason="Counted anew"))

    _, made = draft(service, goal("0.5001", measure="consultants"))

    assert made["parity_reference"]["kind"] == "own_medical_workforce"
    assert [warning["code"] for warning in made["warnings"]] == ["goal_above_reference"]


def test_progress_takes_the_reference_of_the_target(service: Service) -> None:
    fixed = {"kind": "fixed", "share": "0.2500", "source": "Census 2021"}
    service.target(goal(parity_reference=fixed))

    parity = service.get(PROGRESS).json()["parity"]

    assert (parity["reference"], parity["reference_share"]) == ("fixed", 0.25)
