from dataclasses import replace
from datetime import date

import pytest

from app.domain.counts import Count
from app.domain.measures import Measure, Scope
from app.domain.organisations import Kind, Organisation
from app.domain.perimeter import (
    find_baseline,
    has_perimeter_changed,
    is_baseline_revised,
    list_covered,
)
from app.domain.series import (
    Continuity,
    History,
    Joined,
    Lineage,
    join_actuals,
    join_boards,
)
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
TODAY = date(2026, 11, 23)
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


def test_a_narrowed_or_medical_measure_has_a_baseline_of_its_own() -> None:
    history = join_actuals(
        lineage(), [replace(OWN, actuals=replace(OWN.actuals, headcounts={
            **OWN.actuals.headcounts, CONSULTANT: people(5, 20)}))], Continuity.COMBINED
    )  # fmt: skip

    baseline = find_baseline(history, history, Scope(Measure.CONSULTANTS), 2022, "ZZ001")

    assert baseline == Baseline(2022, 5, 20, 215, 1020, revision=3, covers=("ZZ001",))


# The perimeter.

OPENED = Organisation("ZZ001", Kind.TRUST, opened=ON_1_APRIL)
"""A trust that two others became."""


@pytest.mark.parametrize(
    ("baseline", "latest", "has_changed"),
    [
        pytest.param(["ZZ001"], Joined(2022, ("ZZ001",)), False, id="at the baseline"),
        pytest.param(["ZZ001"], Joined(2022, ("ZZ001", "ZZ002")), False, id="there, of both"),
        pytest.param(["ZZ001"], Joined(2021, ("ZZ001", "ZZ002")), False, id="before it"),
        pytest.param(["ZZ001"], Joined(2023, ("ZZ001",)), False, id="on the eve, of its own"),
        pytest.param(["ZZ001"], Joined(2023, ("ZZ001", "ZZ002")), True, id="on the eve, of both"),
        pytest.param(["ZZ001"], Joined(2024, ("ZZ001",)), True, id="a census after the merger"),
        pytest.param([], Joined(2023, ("ZZ001",)), False, id="stated, on the eve"),
        pytest.param([], Joined(2024, ("ZZ001",)), True, id="stated, after the merger"),
        pytest.param(["ZZ001", "ZZ002"], Joined(2024, ("ZZ001",)), False, id="it covered both"),
        pytest.param(
            ["ZZ001", "ZZ002"], Joined(2023, ("ZZ001", "ZZ002")), False, id="both did, and do"
        ),
        pytest.param(
            ["ZZ001", "ZZ002"], Joined(2023, ("ZZ001",)), True, id="one of both, as reported"
        ),
        pytest.param(["ZZ002"], Joined(2024, ("ZZ001",)), False, id="it covered the other"),
    ],
)
def test_the_perimeter_changes_when_a_census_covers_other_trusts_than_the_baseline(
    baseline: list[str], latest: Joined, *, has_changed: bool
) -> None:
    aim = target("0.2000", covers=tuple(baseline))

    assert has_perimeter_changed(MERGED, aim, latest) is has_changed


@pytest.mark.parametrize(
    ("baseline", "has_changed"),
    [(("ZZ002", "ZZ003"), False), (("ZZ002",), True), (("ZZ003",), True)],
)
def test_a_trust_that_others_became_covers_what_they_did(
    baseline: tuple[str, ...], *, has_changed: bool
) -> None:
    family = lineage(merger("ZZ002", ON_1_APRIL), merger("ZZ003", ON_1_APRIL), trust=OPENED)
    aim = target("0.2000", covers=baseline)

    assert has_perimeter_changed(family, aim, Joined(2024, ("ZZ001",))) is has_changed


@pytest.mark.parametrize("covers", [(), ("ZZ001",), ("ZZ001", "ZZ002")])
def test_a_merger_before_the_baseline_is_in_it_even_where_it_was_stated(
    covers: tuple[str, ...],
) -> None:
    family = lineage(merger("ZZ002", date(2021, 4, 1)))
    aim = target("0.2000", covers=covers)

    assert not has_perimeter_changed(family, aim, Joined(2024, ("ZZ001",)))


def test_a_predecessors_own_merger_is_no_change_for_who_counted_both() -> None:
    family = lineage(merger("ZZ003", date(2022, 10, 1), into="ZZ002"), merger("ZZ002", ON_1_APRIL))
    of_all = target("0.2000", covers=("ZZ001", "ZZ002", "ZZ003"))
    of_two = target("0.2000", covers=("ZZ001", "ZZ002"))

    for latest in (Joined(2023, ("ZZ001", "ZZ002")), Joined(2024, ("ZZ001",))):
        assert not has_perimeter_changed(family, of_all, latest)
        assert has_perimeter_changed(family, of_two, latest)


def test_without_a_baseline_no_perimeter_has_changed_and_none_is_revised() -> None:
    draft = target("0.2000").with_baseline(None)
    history = staff()

    assert not has_perimeter_changed(MERGED, draft, Joined(2024, ("ZZ001",)))
    assert not is_baseline_revised(draft, history, history)


@pytest.mark.parametrize(
    ("day", "covered"),
    [(date(2023, 3, 31), ("ZZ001",)), (ON_1_APRIL, ("ZZ001", "ZZ002"))],
)
def test_a_stated_baseline_covers_who_is_one_trust_by_then(
    day: date, covered: tuple[str, ...]
) -> None:
    assert list_covered(MERGED, 2022, day) == covered


def test_a_stated_baseline_names_those_who_had_staff_of_their_own_at_its_census() -> None:
    before, after = merger("ZZ002", date(2021, 4, 1)), merger("ZZ003", ON_1_APRIL)
    of_others = lineage(after, merger("ZZ004", ON_1_APRIL), trust=OPENED)

    assert list_covered(lineage(before, after), 2022, TODAY) == ("ZZ001", "ZZ003")
    assert list_covered(of_others, 2022, TODAY) == ("ZZ003", "ZZ004")
    assert list_covered(lineage(trust=OPENED), 2022, TODAY) == ("ZZ001",)


def test_once_a_stated_baseline_covers_both_the_perimeter_is_as_it_was() -> None:
    stated = target("0.2000", covers=list_covered(MERGED, 2022, TODAY), source="A report")

    assert not has_perimeter_changed(MERGED, stated, Joined(2024, ("ZZ001",)))


# Corrections.

OF_OWN = Baseline(2022, 10, 100, 210, 1000, covers=("ZZ001",))
OF_BOTH = Baseline(2022, 40, 200, 340, 1500, covers=("ZZ001", "ZZ002"))


@pytest.mark.parametrize(
    ("baseline", "is_revised"),
    [
        pytest.param(OF_OWN, False, id="as frozen"),
        pytest.param(replace(OF_OWN, revision=1), False, id="same people"),
        pytest.param(replace(OF_OWN, bme=11), True, id="other people"),
        pytest.param(replace(OF_OWN, total=101), True, id="a larger team"),
        pytest.param(replace(OF_OWN, workforce_bme=211), True, id="another workforce"),
        pytest.param(replace(OF_OWN, workforce_total=1001), True, id="a larger workforce"),
        pytest.param(replace(OF_OWN, source="paper"), False, id="stated as it is"),
        pytest.param(replace(OF_OWN, bme=11, source="paper"), True, id="stated otherwise"),
        pytest.param(replace(OF_OWN, bme=11, covers=()), True, id="of nobody who is named"),
        pytest.param(replace(OF_OWN, bme=11, year=2021), False, id="no actuals held"),
        pytest.param(replace(OF_BOTH, bme=11), False, id="of others too"),
    ],
)
def test_a_baseline_is_revised_when_its_census_has_other_people(
    baseline: Baseline, *, is_revised: bool
) -> None:
    aim = target("0.2000").with_baseline(baseline)
    history = join_actuals(lineage(), [OWN], Continuity.COMBINED)

    assert is_baseline_revised(aim, history, history) is is_revised


@pytest.mark.parametrize(
    ("baseline", "is_revised"),
    [
        pytest.param(OF_OWN, False, id="its own people are as they were"),
        pytest.param(replace(OF_OWN, bme=11), True, id="its own people were corrected"),
        pytest.param(OF_BOTH, False, id="both are as they were"),
        pytest.param(replace(OF_BOTH, bme=41), True, id="one of both was corrected"),
        pytest.param(replace(OF_OWN, covers=("ZZ003",)), False, id="those covered sent nothing"),
    ],
)
def test_a_merger_revises_no_baseline_but_a_correction_does(
    baseline: Baseline, *, is_revised: bool
) -> None:
    history = staff()

    aim = target("0.2000").with_baseline(baseline)

    assert is_baseline_revised(aim, history, history) is is_revised


@pytest.mark.parametrize("bme", [40, 41])
def test_a_combined_baseline_is_not_revised_when_asked_for_as_reported(bme: int) -> None:
    combined = target("0.2000").with_baseline(replace(OF_BOTH, bme=bme))
    history = staff(continuity=Continuity.AS_REPORTED)

    assert not is_baseline_revised(combined, history, history)


@pytest.mark.parametrize(
    ("baseline", "is_revised"),
    [
        pytest.param(OF_BOTH, False, id="of both, as they were"),
        pytest.param(replace(OF_BOTH, total=199), True, id="of both, corrected"),
        pytest.param(OF_OWN, False, id="of one, who cannot be told apart"),
    ],
)
def test_one_return_of_both_is_held_against_a_baseline_of_both_only(
    baseline: Baseline, *, is_revised: bool
) -> None:
    both = sent(2022, team(people(40, 200), people(300, 1300)), covers=["ZZ001", "ZZ002"])
    history = join_actuals(MERGED, [both], Continuity.COMBINED)

    aim = target("0.2000").with_baseline(baseline)

    assert is_baseline_revised(aim, history, history) is is_revised


@pytest.mark.parametrize(
    ("baseline", "is_revised"),
    [
        pytest.param(Baseline(2022, 1, 4, 210, 1000, covers=("ZZ001",)), False, id="as frozen"),
        pytest.param(Baseline(2022, 2, 4, 210, 1000, covers=("ZZ001",)), True, id="the board"),
        pytest.param(Baseline(2022, 1, 4, 209, 1000, covers=("ZZ001",)), True, id="the workforce"),
    ],
)
def test_the_baseline_of_a_board_is_revised_with_the_board_or_the_workforce(
    baseline: Baseline, *, is_revised: bool
) -> None:
    board = seated(2022, {(True, True): Count(3, 1), (False, False): Count(4)}, revision=2)
    boards = join_boards(lineage(), [board], Continuity.COMBINED)
    workforce = join_actuals(lineage(), [OWN], Continuity.COMBINED)

    aim = target("0.4000", scope=Scope(Measure.BOARD_VOTING)).with_baseline(baseline)

    assert is_baseline_revised(aim, boards, workforce) is is_revised
    assert not is_baseline_revised(aim, boards, History({}, ()))


@pytest.mark.parametrize("continuity", Continuity)
def test_a_board_sent_for_predecessors_is_a_baseline_of_theirs(continuity: Continuity) -> None:
    new = Organisation("ZZ001", Kind.TRUST, opened=ON_1_APRIL)
    family = lineage(merger("ZZ002", ON_1_APRIL), merger("ZZ003", ON_1_APRIL), trust=new)
    workforce = sent(2023, team(people(10, 100), people(200, 900)), covers=("ZZ002", "ZZ003"))
    staff = join_actuals(family, [workforce], continuity)
    first, corrected, next_year = (
        seated(year, {(True, True): Count(8, bme)})
        for year, bme in ((2023, 1), (2023, 2), (2024, 2))
    )
    before = join_boards(family, [first, next_year], continuity)
    after = join_boards(family, [corrected], continuity)

    baseline = find_baseline(before, staff, Scope(Measure.BOARD), 2023, "ZZ001")

    assert baseline == Baseline(2023, 1, 9, 210, 1000, revision=1, covers=("ZZ002", "ZZ003"))
    of_board = target("0.2000", starts=2023, scope=Scope(Measure.BOARD))
    own = replace(of_board, version=replace(of_board.version, baseline=baseline))
    assert not has_perimeter_changed(family, own, before.censuses[2024])
    assert not is_baseline_revised(own, before, staff)
    assert is_baseline_revised(own, after, staff)
