"""The figures of a review as the JSON that is kept of them."""

import json
from dataclasses import asdict
from typing import Any

from app.domain.bands import StaffGroup
from app.domain.codes import Position, Reason, TargetState
from app.domain.measures import Measure
from app.domain.plan_figures import CensusFigure, PathFigure, ReviewFigures, TargetFigures
from app.domain.progress import SharePeople, Source
from app.domain.records import Record


def encode(figures: ReviewFigures) -> str:
    """Return what is kept of figures; who took them, and when, is kept beside it."""
    kept = {"method": figures.method, "targets": [asdict(one) for one in figures.targets]}
    return json.dumps(kept, sort_keys=True, allow_nan=False)


def decode(kept: str, record: Record) -> ReviewFigures:
    """Return the figures that were kept."""
    told = json.loads(kept)
    return ReviewFigures(record, told["method"], tuple(_of_target(one) for one in told["targets"]))


def _of_target(told: dict[str, Any]) -> TargetFigures:
    census, required = told["census"], told["required"]
    to_path, to_goal = told["to_path"], told["to_goal"]
    return TargetFigures(
        target_id=told["target_id"],
        version=told["version"],
        state=TargetState(told["state"]),
        measure=Measure(told["measure"]),
        staff_group=StaffGroup(told["staff_group"]) if told["staff_group"] else None,
        census=_census(census) if census else None,
        census_reason=_reason(told["census_reason"]),
        required=PathFigure(**required) if required else None,
        required_reason=_reason(told["required_reason"]),
        to_path=SharePeople(**to_path) if to_path else None,
        to_path_reason=_reason(told["to_path_reason"]),
        to_goal=SharePeople(**to_goal) if to_goal else None,
        to_goal_reason=_reason(told["to_goal_reason"]),
        position=Position(told["position"]) if told["position"] else None,
        position_reason=_reason(told["position_reason"]),
    )


def _census(told: dict[str, Any]) -> CensusFigure:
    sources = told["sources"]
    return CensusFigure(
        year=told["year"],
        revision=told["revision"],
        sources=None if sources is None else tuple(Source(**one) for one in sources),
        bme=told["bme"],
        total=told["total"],
        share=told["share"],
        share_reason=_reason(told["share_reason"]),
        share_of_known=told.get("share_of_known"),
        share_of_known_reason=_reason(told.get("share_of_known_reason", Reason.NOT_KEPT)),
        unknown_share=told.get("unknown_share"),
        unknown_share_reason=_reason(told.get("unknown_share_reason", Reason.NOT_KEPT)),
    )


def _reason(code: str | None) -> Reason | None:
    return None if code is None else Reason(code)
