"""Every threshold of a method decides alone what it is said to decide."""

from collections.abc import Mapping
from dataclasses import asdict, replace
from operator import attrgetter

import pytest

from app.domain.assessment import assess
from app.domain.codes import GoalOutlook, Outlook, PointsOutlook, Reason, WarningCode
from app.domain.methods import MEANINGS, METHOD_1, METHODS
from app.domain.progress import Progress
from tests.unit.domain.given import OWN_WORKFORCE, SETTINGS, target, worked_example

THRESHOLDS = {
    "horizon": 30,
    "min_censuses": 3,
    "min_people": 10,
    "indicative_below": 5,
    "overdispersed_above": 2.0,
    "likely_from": 0.8,
    "unlikely_below": 0.2,
    "closing_from": 0.5,
    "widening_to": 0.1,
    "parity_from": 0.5,
    "earliest_from": 0.1,
    "latest_from": 0.9,
    "points_level": 0.001,
    "scales_apart": 5,
}


def answer(**changes: float) -> Progress:
    """Return the progress of the worked example with some thresholds changed."""
    thresholds = replace(METHOD_1.thresholds, **changes)  # type: ignore[arg-type]
    method = replace(METHOD_1, thresholds=thresholds)
    held = worked_example(target("0.1800"))
    return assess(held, [OWN_WORKFORCE], replace(SETTINGS, method=method))[0]


def test_the_thresholds_of_the_first_method_are_those_that_are_documented() -> None:
    assert asdict(METHOD_1.thresholds) == THRESHOLDS


@pytest.mark.parametrize("version", METHODS)
def test_every_number_of_a_method_is_told_and_has_a_meaning(version: str) -> None:
    method = METHODS[version]

    assert method.numbers == asdict(method.constants) | asdict(method.thresholds)
    assert list(method.numbers) == list(MEANINGS)
    assert all(meaning.endswith((".", ").")) for meaning in MEANINGS.values())


@pytest.mark.parametrize(
    ("changes", "part", "usual", "changed"),
    [
        ({"horizon": 5}, "parity.outlook", Outlook.PROJECTED, Outlook.BEYOND_HORIZON),
        ({"min_censuses": 7}, "forecast_reason", None, Reason.TOO_FEW_YEARS),
        ({"min_censuses": 7}, "parity.outlook", Outlook.PROJECTED, Outlook.TOO_FEW_YEARS),
        ({"min_censuses": 7}, "goal_outlook_reason", None, Reason.TOO_FEW_YEARS),
        ({"min_people": 453}, "parity.outlook", Outlook.PROJECTED, Outlook.TOO_SMALL),
        ({"min_people": 453}, "goal_outlook_reason", None, Reason.TOO_SMALL),
        ({"likely_from": 0.2}, "goal_outlook.outlook", GoalOutlook.POSSIBLE, GoalOutlook.LIKELY),
        (
            {"unlikely_below": 0.3},
            "goal_outlook.outlook",
            GoalOutlook.POSSIBLE,
            GoalOutlook.UNLIKELY,
        ),
        ({"closing_from": 0.97}, "parity.outlook", Outlook.PROJECTED, Outlook.DEPENDS_ON_SCALE),
        ({"parity_from": 0.31}, "parity.year", 2033, 2030),
        ({"earliest_from": 0.14}, "parity.interval_80.earliest", 2028, 2029),
        ({"latest_from": 0.51}, "parity.interval_80.latest", None, 2034),
        (
            {"points_level": 0.004},
            "parity.on_points_scale.outlook",
            PointsOutlook.CLOSING,
            PointsOutlook.LEVEL,
        ),
    ],
)
def test_a_threshold_can_be_replaced_alone(
    changes: Mapping[str, float], part: str, usual: object, changed: object
) -> None:
    told = attrgetter(part)

    assert (told(answer()), told(answer(**changes))) == (usual, changed)


def test_how_far_widening_reaches_is_a_threshold() -> None:
    unclear = {"horizon": 5, "closing_from": 0.97}

    parities = [
        answer(**unclear, **changes).parity
        for changes in (
            {},
            {"widening_to": 0.97},
            {"points_level": 0.004},
            {"points_level": 0.004, "widening_to": 0.97},
        )
    ]

    assert [
        (parity.outlook, parity.on_log_odds_scale and parity.on_log_odds_scale.outlook)
        for parity in parities
        if parity is not None
    ] == [
        (Outlook.DEPENDS_ON_SCALE, Outlook.NO_CLEAR_DIRECTION),
        (Outlook.DEPENDS_ON_SCALE, Outlook.WIDENING),
        (Outlook.NO_CLEAR_DIRECTION, None),
        (Outlook.WIDENING, None),
    ]


@pytest.mark.parametrize(
    ("changes", "warnings"),
    [
        ({}, {WarningCode.SCALES_FAR_APART}),
        ({"scales_apart": 17}, set()),
        ({"indicative_below": 7}, {WarningCode.INDICATIVE, WarningCode.SCALES_FAR_APART}),
        (
            {"overdispersed_above": 0.4},
            {WarningCode.OVERDISPERSED, WarningCode.SCALES_FAR_APART},
        ),
    ],
)
def test_warnings_have_thresholds(
    changes: Mapping[str, float], warnings: set[WarningCode]
) -> None:
    assert {caution.code for caution in answer(**changes).warnings} == warnings
