"""Progress of trusts that merged."""

from dataclasses import replace

import pytest

from app.domain.actuals import ActualsRevision
from app.domain.codes import Reason
from app.domain.organisations import Kind, Organisation
from app.domain.progress import Source
from app.domain.series import Continuity
from tests.unit.domain.answers import BOTH, ON_1_APRIL, one
from tests.unit.domain.given import holdings, lineage, merger, people, sent, target, team

OURS = [sent(y, team(people(10 + i, 100), people(200, 900))) for i, y in enumerate((2022, 2023))]
THEIRS = [sent(y, team(people(30, 100), people(50, 400)), by="ZZ002") for y in (2022, 2023, 2024)]
OURS_2024 = sent(2024, team(people(12, 100), people(200, 900)), is_signed=False)
MERGED_2025 = sent(2025, team(people(45, 200), people(260, 1300)), revision=2)


def test_a_combined_series_adds_predecessors_and_names_their_revisions() -> None:
    held = holdings(*OURS, OURS_2024, *THEIRS, MERGED_2025, of=BOTH)

    figures = one(held).actuals

    both = (Source("ZZ001", 1), Source("ZZ002", 1))
    assert [(f.year, f.bme, f.total, f.revision, f.sources, f.state.value) for f in figures] == [
        (2022, 40, 200, 1, both, "signed_off"),
        (2023, 41, 200, 1, both, "signed_off"),
        (2024, 42, 200, 1, both, "provisional"),
        (2025, 45, 200, 2, None, "signed_off"),
    ]


def test_a_series_as_reported_is_the_trusts_own() -> None:
    reported = Continuity.AS_REPORTED
    held = holdings(*OURS, OURS_2024, *THEIRS, MERGED_2025, of=BOTH, continuity=reported)

    progress = one(held, continuity=reported)

    assert progress.continuity is reported
    assert [(f.year, f.bme, f.total, f.sources) for f in progress.actuals] == [
        (2022, 10, 100, None),
        (2023, 11, 100, None),
        (2024, 12, 100, None),
        (2025, 45, 200, None),
    ]


def test_a_census_of_predecessors_alone_has_no_revision_of_the_trusts_own() -> None:
    new = lineage(
        merger("ZZ002", ON_1_APRIL), trust=Organisation("ZZ001", Kind.TRUST, opened=ON_1_APRIL)
    )

    (told,) = one(holdings(THEIRS[-1], of=new)).actuals

    assert (told.revision, told.sources) == (None, (Source("ZZ002", 1),))


def test_position_against_a_baseline_from_before_a_merger_is_not_told() -> None:
    aim = target("0.3000", bme=10, total=100, workforce=(210, 1000))

    progress = one(
        holdings(*OURS, OURS_2024, *THEIRS, MERGED_2025, of=BOTH,
                 targets=[replace(aim, cycle=replace(aim.cycle, ends=2026))])
    )  # fmt: skip

    changed = Reason.PERIMETER_CHANGED
    assert (progress.gap, progress.gap_reason) == (None, changed)
    assert (progress.goal_outlook, progress.goal_outlook_reason) == (None, changed)
    assert (progress.appointments, progress.appointments_reason) == (None, changed)
    assert "perimeter_changed" in [warning.code.value for warning in progress.warnings]


def test_a_closing_target_from_before_a_merger_has_no_verdict() -> None:
    aim = target("0.3000", bme=10, total=100, workforce=(210, 1000))

    progress = one(holdings(*OURS, OURS_2024, *THEIRS, MERGED_2025, of=BOTH, targets=[aim]))

    assert progress.closing_target is not None
    assert (progress.closing_target.verdict, progress.closing_target.verdict_reason) == (
        None,
        Reason.PERIMETER_CHANGED,
    )


@pytest.mark.parametrize(
    "returns",
    [
        pytest.param([OURS_2024, THEIRS[-1]], id="each has sent its own"),
        pytest.param(
            [sent(2024, team(people(42, 200), people(250, 1300)), covers=["ZZ001", "ZZ002"])],
            id="the successor has sent both",
        ),
    ],
)
def test_the_census_on_the_eve_of_a_merger_is_not_held_against_one_trusts_baseline(
    returns: list[ActualsRevision],
) -> None:
    aim = target("0.3000", bme=10, total=100, workforce=(210, 1000))

    progress = one(holdings(*OURS, *THEIRS[:2], *returns, of=BOTH, targets=[aim]))

    assert progress.actuals[-1].total == 200
    assert (progress.gap, progress.gap_reason) == (None, Reason.PERIMETER_CHANGED)


def test_a_baseline_that_covers_both_is_held_against_both() -> None:
    aim = target("0.3000", bme=40, total=200, workforce=(290, 1500), covers=("ZZ001", "ZZ002"))

    progress = one(holdings(*OURS, OURS_2024, *THEIRS, MERGED_2025, of=BOTH, targets=[aim]))

    assert progress.gap is not None
    assert progress.gap.to_goal.people == 15
    assert progress.closing_target is not None
    assert progress.closing_target.verdict is not None
