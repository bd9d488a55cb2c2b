"""The JSON of an answer about an area is that of its body, to the byte."""

import pytest
from fastapi import FastAPI

from app.api.area_bodies import as_area_json
from app.api.schemas.areas import AreaOut
from app.domain.areas import RowsOf
from app.domain.bands import StaffGroup
from app.domain.callers import COMMAND_LINE
from app.domain.measures import Measure
from app.services.area_scenes import AreaInquiry
from app.services.areas import report_area
from app.store.engine import reading
from tests.given import START, Given

CLINICAL = StaffGroup.CLINICAL


@pytest.mark.parametrize(
    "inquiry",
    [
        AreaInquiry(),
        AreaInquiry(staff_group=CLINICAL),
        AreaInquiry(rows=RowsOf.AREA),
        AreaInquiry(sums_only=True),
    ],
    ids=["trusts", "narrowed", "areas", "sums only"],
)
def test_rows_that_are_written_without_bodies_say_what_bodies_do(
    inquiry: AreaInquiry, app: FastAPI, given: Given
) -> None:
    for year in range(2021, 2026):
        given.actuals("ZZ901", year, {("clinical", "8a"): (53 - year % 5, 7 + year % 5, 1)})
        given.actuals("ZZ902", year, {("clinical", "5"): (50, 10, 0)})
    for cycle in ("2022-2025", "2025-2028"):
        given.target("ZZ901", Measure.LEADERSHIP, cycle, goal_share="0.3333")
    given.target("ZZ902", Measure.WORKFORCE, "2025-2028", goal_share="0.2500")
    with reading(app.state.engine) as session:
        report = report_area(session, code="ENG", inquiry=inquiry, caller=COMMAND_LINE, now=START)

    body = AreaOut.from_domain(report, inquiry.rows)

    assert as_area_json(report, inquiry.rows) == body.model_dump_json().encode()
