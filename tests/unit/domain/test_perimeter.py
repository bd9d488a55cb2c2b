from dataclasses import replace
from datetime import date

import pytest

from app.domain.counts import Count
from app.domain.measures import Measure, Scope
from app.domain.perimeter import find_baseline, has_perimeter_changed, is_baseline_revised
from app.domain.series import Continuity, History, Lineage, join_actuals, join_boards
from app.domain.targets import Baseline
from tests.unit.domain.given import (
    CONSULTANT,
    LEADERSHIP,
    lineage,
    merger,
    people,
    seated,
    sent,
    target,
    team,
)

ON_1_APRIL = date(2023, 4, 1)
MERGED = lineage(merger("ZZ002", ON_1_APRIL))
OWN = sent(2022, team(people(10, 100), people(200, 900)), revision=3)
THEIRS = sent(2022, team(people(30, 100), people(100, 400)), by="ZZ002")


def staff(*, of: Lineage = MERGED, continuity: Continuity = Continuity.COMBINED) -> History:
    return join_actuals(of, [OWN, THEIRS], continuity)


def test_a_baseline_comes_from_all_whose_counts_are_combined() -> None:
    history = staff()

    assert find_baseline(history, history, LEADERSHIP, 2022, "ZZ001") == Baseline(
        2022, 40, 200, 340, 1500, revision=3, covers=("ZZ001", "ZZ002")
    )


def test_a_baseline_of_predecessors_alone_names_no_revision_of_the_trusts_own() -> None:
    history = join_actuals(lineage(), [OWN], Continuity.COMBINED)

    baseline = find_baseline(history, history, LEADERSHIP, 2022, "ZZ009")

    assert baseline == Baseline(2022, 10, 100, 210, 1000, covers=("ZZ001",))


def test_a_baseline_of_a_board_comes_with_the_workforce() -> None:
    board = seated(2022, {(True, True): Count(3, 1), (False, False): Count(4)}, revision=2)
    boards = join_boards(lineage(), [board], Continuity.COMBINED)
    workforce = join_actuals(lineage(), [OWN], Continuity.COMBINED)

    scope = Scope(Measure.BOARD_VOTING)
    assert find_baseline(boards, workforce, scope, 2022, "ZZ001") == Baseline(
        2022, 1, 4, 210, 1000, revision=2, covers=("ZZ001",)
    )
    assert find_baseline(boards, History({}, ()), scope, 2022, "ZZ001") is None


def test_there_is_no_baseline_without_actuals() -> None:
    history = staff()

    assert find_baseline(history, history, LEADERSHIP, 2021, "ZZ001") is None


@pytest.mark.parametrize(
    ("covers", "last_year", "has_changed"),
    [
        pytest.param(("ZZ001",), 2022, False, id="at the baseline"),
        pytest.param(("ZZ001",), 2024, True, id="a census after the merger"),
        pytest.param(("ZZ001", "ZZ002"), 2024, False, id="the baseline covers both"),
    ],
)
def test_the_perimeter_changes_when_a_trust_becomes_part_that_the_baseline_left_out(
    covers: tuple[str, ...], last_year: int, *, has_changed: bool
) -> None:
    aim = target("0.2000", covers=covers)

    assert has_perimeter_changed(MERGED, aim, last_year) is has_changed


def test_without_a_baseline_no_perimeter_has_changed_and_none_is_revised() -> None:
    draft = target("0.2000").with_baseline(None)
    history = staff()

    assert not has_perimeter_changed(MERGED, draft, 2024)
    assert not is_baseline_revised(draft, history, history, "ZZ001")


@pytest.mark.parametrize(
    ("baseline", "is_revised"),
    [
        pytest.param(Baseline(2022, 10, 100, 210, 1000), False, id="as frozen"),
        pytest.param(Baseline(2022, 10, 100, 210, 1000, revision=1), False, id="same people"),
        pytest.param(Baseline(2022, 11, 100, 210, 1000), True, id="other people"),
        pytest.param(Baseline(2022, 10, 100, 211, 1000), True, id="another workforce"),
        pytest.param(Baseline(2022, 11, 100, 210, 1000, source="paper"), False, id="stated"),
        pytest.param(Baseline(2021, 11, 100, 210, 1000), False, id="no actuals held"),
    ],
)
def test_a_baseline_is_revised_when_its_census_has_other_people(
    baseline: Baseline, *, is_revised: bool
) -> None:
    aim = target("0.2000").with_baseline(baseline)
    history = join_actuals(lineage(), [OWN], Continuity.COMBINED)

    assert is_baseline_revised(aim, history, history, "ZZ001") is is_revised


def test_a_merger_revises_no_baseline() -> None:
    own = target("0.2000", bme=10, total=100, workforce=(210, 1000), covers=("ZZ001",))
    history = staff()

    assert not is_baseline_revised(own, history, history, "ZZ001")


def test_a_combined_baseline_is_not_revised_when_asked_for_as_reported() -> None:
    combined = target(
        "0.2000", bme=40, total=200, workforce=(340, 1500), covers=("ZZ001", "ZZ002")
    )
    history = staff(continuity=Continuity.AS_REPORTED)

    assert not is_baseline_revised(combined, history, history, "ZZ001")


def test_a_narrowed_or_medical_measure_has_a_baseline_of_its_own() -> None:
    history = join_actuals(
        lineage(), [replace(OWN, actuals=replace(OWN.actuals, headcounts={
            **OWN.actuals.headcounts, CONSULTANT: people(5, 20)}))], Continuity.COMBINED
    )  # fmt: skip

    baseline = find_baseline(history, history, Scope(Measure.CONSULTANTS), 2022, "ZZ001")

    assert baseline == Baseline(2022, 5, 20, 215, 1020, revision=3, covers=("ZZ001",))
