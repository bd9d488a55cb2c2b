"""Reviews of plans tell who is short of a path and of a goal, and who is beyond it."""

from datetime import UTC, date, datetime

import pytest

from app.dashboard.views.plans import tell_plan
from app.domain.censuses import Cycle
from app.domain.codes import Position, Reason, TargetState, WarningCode
from app.domain.measures import Measure
from app.domain.organisations import Attribute, Dated, Kind, Organisation
from app.domain.plan_figures import CensusFigure, ReviewFigures, TargetFigures
from app.domain.plans import ActionPlan, PlanReview, PlanRevision
from app.domain.progress import SharePeople
from app.domain.records import Author, Record
from app.services.plans import ShownPlan

TRUST = Organisation("RGT", Kind.TRUST, facts={Attribute.NAME: (Dated("Trust of tests"),)})
CYCLE = Cycle("2022-2025", 2022, 2025, 2028, "A Model Employer")
RECORD = Record(datetime(2026, 11, 23, tzinfo=UTC), Author("EDI lead"))
CENSUS = CensusFigure(2024, 1, None, 69, 452, 0.152655, None, 0.18, None, 0.11, None)


def figures(
    census: CensusFigure | None, path: SharePeople | None, goal: SharePeople | None
) -> TargetFigures:
    """Return how a target stood."""
    return TargetFigures(
        target_id="leadership-2022-2025",
        version=1,
        state=TargetState.SUBMITTED,
        measure=Measure.LEADERSHIP,
        staff_group=None,
        census=census,
        census_reason=None if census else Reason.NO_ACTUALS,
        required=None,
        required_reason=None,
        to_path=path,
        to_path_reason=None,
        to_goal=goal,
        to_goal_reason=None,
        position=Position.AHEAD if census else None,
        position_reason=None,
    )


@pytest.mark.parametrize(
    ("target", "row"),
    [
        (
            figures(CENSUS, SharePeople(-0.01, -3), SharePeople(0.0, 0)),
            ("2024", "69 of 452", "15.3%", "3 people ahead", "nobody", "Ahead"),
        ),
        (
            figures(CENSUS, SharePeople(0.003, 1), SharePeople(0.03, 13)),
            ("2024", "69 of 452", "15.3%", "1 person", "13 people", "Ahead"),
        ),
        (figures(None, None, None), ("–", "not sent", "–", "–", "–", "–")),
    ],
)
def test_a_review_tells_how_far_each_target_is(
    target: TargetFigures, row: tuple[str, ...]
) -> None:
    plan = ActionPlan((target.target_id,), None, None, (), (PlanReview(1, "It works."),))
    reviewed = {1: ReviewFigures(RECORD, "1", (target,))}
    revision = PlanRevision("RGT", CYCLE.code, 1, plan, reviewed, {1: RECORD}, RECORD)
    shown = ShownPlan(revision, date(2026, 11, 23), has_figures=True, cautions=())

    page = tell_plan(
        TRUST, CYCLE, shown, targets={}, revisions=[revision], may_write=False,
        today=date(2026, 11, 23),
    )  # fmt: skip

    (review,) = page.reviews
    assert review.figures == [("Leadership (bands 8a to 9 and VSM)", *row)]
    assert review.signed == "EDI lead, 23 November 2026"
    assert [one.path for one in review.warnings] == (
        [f"/definitions/codes/warning/{WarningCode.UNKNOWN_ETHNICITY}"] if target.census else []
    )
    assert page.targets == ["leadership-2022-2025"]
    assert page.revisions == [("1", "23 November 2026", "EDI lead")]
