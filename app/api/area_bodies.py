"""An answer about an area as JSON, with thousands of rows.

What it says is `AreaOut`'s to tell. Its rows are written without bodies in between, which for all
of England take longer to make than the JSON does.
"""

from dataclasses import replace
from enum import StrEnum
from functools import cache
from typing import Final

from pydantic_core import to_json

from app.api.schemas.areas import AreaOut
from app.api.schemas.base import six_places
from app.domain.areas import AreaReport, CompactRow, RowsOf
from app.domain.codes import Reason

_COUNTED: Final = ("year", "bme", "white", "unknown", "total")
_NO_ROWS: Final = b"[]}"
"""With what an answer without rows ends, since they come last."""


def as_area_json(report: AreaReport, rows_of: RowsOf) -> bytes:
    """Return the JSON of `AreaOut.from_domain`, to the byte."""
    frame = AreaOut.from_domain(replace(report, rows=[]), rows_of)
    body = frame.__pydantic_serializer__.to_json(frame)
    return body.removesuffix(_NO_ROWS) + to_json([_tell(row) for row in report.rows]) + b"}"


def _tell(row: CompactRow) -> dict[str, object]:
    """Return the members of a row in the order that `CompactRowOut` has them in."""
    told: dict[str, object] = {
        "kind": _word(row.kind),
        "ods_code": row.ods_code,
        "name": row.name,
        "measure": _word(row.measure),
        "staff_group": _word(row.staff_group),
    }
    nobody, no_goal, no_chance = row.actuals_reason, row.goal_reason, row.probability_reason
    for name in _COUNTED:
        _put(told, name, getattr(row, name), nobody)
    _put(told, "share", _share(row.share), row.share_reason)
    _put(told, "goal_year", row.goal_year, no_goal)
    _put(told, "goal_share", _share(row.goal_share), no_goal)
    _put(told, "goal_people", row.goal_people, no_goal)
    _put(told, "people_to_goal", row.people_to_goal, row.people_to_goal_reason)
    _put(told, "position", _word(row.position), row.position_reason)
    _put(told, "probability", _share(row.probability), no_chance)
    _put(told, "goal_outlook", _word(row.goal_outlook), no_chance)
    _put(told, "outlook", _word(row.outlook), row.outlook_reason)
    told["parity_year"] = row.parity_year
    return told


def _put(told: dict[str, object], name: str, value: object, reason: Reason | None) -> None:
    told[name] = value
    if reason is not None:
        told[f"{name}_reason"] = _word(reason)


def _share(value: float | None) -> float | None:
    return None if value is None else six_places(value)


@cache
def _word(code: StrEnum | None) -> str | None:
    # A plain text, since codes are asked what they are called each time that they are written.
    return None if code is None else code.value
