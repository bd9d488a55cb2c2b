from collections.abc import Mapping
from dataclasses import replace
from datetime import date

import pytest

from app.domain.assessment import assess
from app.domain.codes import Caution, WarningCode
from app.domain.counts import Count
from app.domain.holdings import Holdings
from app.domain.organisations import SuccessionKind
from app.domain.series import Continuity
from app.domain.target_versions import Versions
from tests.unit.domain.given import (
    OWN_WORKFORCE,
    SETTINGS,
    holdings,
    leaders_among,
    lineage,
    merger,
    people,
    sent,
    target,
    team,
    worked_example,
)

OTHERS = people(200, 1000)
ON_1_APRIL = date(2023, 4, 1)


def cautions(held: Holdings) -> tuple[Caution, ...]:
    return assess(held, [OWN_WORKFORCE], SETTINGS)[0].warnings


def codes(held: Holdings) -> list[str]:
    return [caution.code.value for caution in cautions(held)]


def leaders(counts: Mapping[int, Count]) -> Holdings:
    return leaders_among(counts, dict.fromkeys(counts, OTHERS))


def steady(years: range, count: Count) -> Holdings:
    return leaders(dict.fromkeys(years, count))


LARGE = people(20, 100)


def test_the_worked_example_warns_that_the_scales_are_far_apart() -> None:
    assert cautions(worked_example()) == (
        Caution(
            WarningCode.SCALES_FAR_APART,
            "In log-odds parity is projected for 2033, on the scale of percentage points the"
            " lines cross in 2050.",
        ),
    )


@pytest.mark.parametrize(("number", "is_warned"), [(2, False), (3, True), (4, True), (5, False)])
def test_three_or_four_censuses_are_indicative(number: int, *, is_warned: bool) -> None:
    found = codes(steady(range(2025 - number, 2025), LARGE))

    assert found == ["indicative"] * is_warned


@pytest.mark.parametrize(
    ("shares", "is_warned"),
    [
        pytest.param([100, 400, 100, 400, 100, 400], True, id="six wild censuses"),
        pytest.param([100, 400, 100, 400, 100], False, id="five wild censuses"),
        pytest.param([100, 110, 120, 130, 140, 150], False, id="six tame censuses"),
    ],
)
def test_steps_that_vary_more_than_twice_as_much_are_told(
    shares: list[int], *, is_warned: bool
) -> None:
    found = codes(leaders({2019 + i: people(x, 1000) for i, x in enumerate(shares)}))

    assert ("overdispersed" in found) is is_warned


@pytest.mark.parametrize(("total", "is_warned"), [(49, True), (50, False)])
def test_a_small_base_is_fewer_than_fifty(total: int, *, is_warned: bool) -> None:
    found = codes(steady(range(2020, 2025), people(10, total)))

    assert ("small_base" in found) is is_warned


def test_a_group_of_nobody_is_not_said_to_move_with_one_person() -> None:
    found = cautions(steady(range(2020, 2025), people(0, 0)))

    assert [one.detail for one in found] == [
        "There was nobody in the group in 2024, so it has no share."
    ]


@pytest.mark.parametrize(("unknown", "is_warned"), [(10, False), (11, True)])
def test_more_than_a_tenth_of_unknown_ethnicity_is_told(unknown: int, *, is_warned: bool) -> None:
    found = codes(steady(range(2020, 2025), people(10, 100, unknown)))

    assert ("unknown_ethnicity" in found) is is_warned


@pytest.mark.parametrize(
    ("unknown", "is_warned"),
    [
        pytest.param([5, 5, 9], True, id="up"),
        pytest.param([9, 5, 6], True, id="down"),
        pytest.param([5, 9, 5], True, id="up and down"),
        pytest.param([5, 7, 6], False, id="a little"),
        pytest.param([30, 33, 30], False, id="exactly 3 points"),
    ],
)
def test_an_unknown_share_that_moved_by_more_than_3_points_over_the_series_is_told(
    unknown: list[int], *, is_warned: bool
) -> None:
    found = codes(leaders({2022 + i: people(20, 100, one) for i, one in enumerate(unknown)}))

    assert ("unknown_share_shift" in found) is is_warned


def test_a_census_that_is_not_signed_off_is_provisional() -> None:
    returns = [sent(year, team(LARGE, OTHERS)) for year in range(2020, 2024)]
    last = sent(2024, team(LARGE, OTHERS), is_signed=False)

    assert cautions(holdings(*returns, last)) == (
        Caution(
            WarningCode.PROVISIONAL, "The census of 2024 has not been signed off by the board."
        ),
    )


def test_a_merger_inside_the_series_is_told() -> None:
    family = lineage(merger("ZZ002", ON_1_APRIL), merger("ZZ003", date(2019, 4, 1)))
    returns = [sent(year, team(LARGE, OTHERS)) for year in range(2020, 2026)]
    returns += [sent(year, team(LARGE, OTHERS), by="ZZ002") for year in range(2020, 2024)]

    assert cautions(holdings(*returns, of=family)) == (
        Caution(WarningCode.MERGER_IN_SERIES, "The series crosses mergers: ZZ002 (2023-04-01)."),
    )


@pytest.mark.parametrize(
    ("continuity", "told"),
    [(Continuity.COMBINED, []), (Continuity.AS_REPORTED, [WarningCode.MERGER_IN_SERIES])],
)
def test_a_predecessor_whom_a_return_covers_ahead_of_the_merger_is_told(
    continuity: Continuity, told: list[WarningCode]
) -> None:
    family = lineage(merger("ZZ002", date(2024, 4, 1)))
    staff = team(people(10, 100), people(200, 900))
    ours = [sent(2022, staff), sent(2023, staff)]
    both = sent(2024, staff, covers=["ZZ001", "ZZ002"])
    theirs = [sent(year, staff, by="ZZ002") for year in (2022, 2023)]
    held = holdings(*ours, *theirs, both, of=family, continuity=continuity)

    found = [one for one in cautions(held) if one.code is WarningCode.MERGER_IN_SERIES]

    assert [one.code for one in found] == told
    assert all("ZZ002 (2024-04-01)" in one.detail for one in found)


def test_what_came_by_a_split_is_told() -> None:
    splits = [
        merger("ZZ002", ON_1_APRIL, kind=SuccessionKind.SPLIT),
        merger("ZZ003", date(2019, 4, 1), kind=SuccessionKind.SPLIT),
    ]
    returns = [sent(year, team(LARGE, OTHERS)) for year in range(2020, 2026)]

    assert cautions(holdings(*returns, of=lineage(*splits))) == (
        Caution(
            WarningCode.SPLIT_LEFT_OUT,
            "What came from ZZ002 on 2023-04-01 is not in the censuses before that day: its"
            " counts cannot be divided.",
        ),
    )


def test_missing_and_incomplete_censuses_inside_the_series_are_told() -> None:
    family = lineage(merger("ZZ002", ON_1_APRIL))
    returns = [sent(year, team(LARGE, OTHERS)) for year in (2018, 2019, 2020, 2021, 2024, 2025)]
    returns += [sent(year, team(LARGE, OTHERS), by="ZZ002") for year in (2018, 2019, 2020, 2022)]

    found = {one.code: one.detail for one in cautions(holdings(*returns, of=family))}

    assert set(found) == {
        WarningCode.MERGER_IN_SERIES,
        WarningCode.INCOMPLETE_RETURNS,
        WarningCode.MISSING_CENSUS,
    }
    assert found[WarningCode.INCOMPLETE_RETURNS].endswith(": 2021, 2022.")
    assert found[WarningCode.MISSING_CENSUS] == "Nothing was sent for 2023."


@pytest.mark.parametrize(
    ("years", "incomplete"),
    [
        pytest.param([2023], "2023", id="none is complete"),
        pytest.param([2021, 2023], "2021, 2023", id="none of two is complete"),
        pytest.param([2021, 2023, 2024, 2025], "2021, 2023", id="before the first complete one"),
    ],
)
def test_incomplete_censuses_are_all_told_also_before_the_series(
    years: list[int], incomplete: str
) -> None:
    family = lineage(merger("ZZ002", ON_1_APRIL))
    returns = [sent(year, team(LARGE, OTHERS)) for year in years]

    assert cautions(holdings(*returns, of=family)) == (
        Caution(
            WarningCode.INCOMPLETE_RETURNS,
            f"Left out, because not every organisation then open has sent them: {incomplete}.",
        ),
    )


def test_as_reported_no_census_is_incomplete() -> None:
    family = lineage(merger("ZZ002", ON_1_APRIL))
    returns = [sent(year, team(LARGE, OTHERS)) for year in (2022, 2023)]

    assert codes(holdings(*returns, of=family, continuity=Continuity.AS_REPORTED)) == []


def test_a_corrected_baseline_is_told_for_the_target_shown() -> None:
    held = leaders({year: LARGE for year in range(2020, 2025)})  # noqa: C420
    kept = target("0.3000", bme=20, total=100, workforce=(220, 1100))
    corrected = target("0.3000", bme=19, total=100, workforce=(220, 1100))

    assert codes(replace(held, versions=(Versions((kept,)),))) == []
    assert cautions(replace(held, versions=(Versions((corrected,)),))) == (
        Caution(
            WarningCode.BASELINE_REVISED,
            "The census of 2022 was corrected after the target leadership-2022-2025 was"
            " submitted; its path stays as it was.",
        ),
    )


def test_a_stated_baseline_is_told_to_be_otherwise_than_the_actuals_that_came() -> None:
    held = leaders({year: LARGE for year in range(2020, 2025)})  # noqa: C420
    stated = target("0.3000", bme=19, total=100, workforce=(220, 1100), source="A report")

    assert cautions(replace(held, versions=(Versions((stated,)),))) == (
        Caution(
            WarningCode.BASELINE_REVISED,
            "Actuals for 2022 say otherwise than the baseline that the target"
            " leadership-2022-2025 states; its path stays as it was.",
        ),
    )


def test_a_changed_perimeter_is_told() -> None:
    returns = [sent(year, team(LARGE, OTHERS)) for year in range(2020, 2025)]
    family = lineage(merger("ZZ002", ON_1_APRIL))
    aim = target("0.3000", bme=20, total=100, workforce=(220, 1100))

    found = assess(
        holdings(*returns, of=family, targets=[aim], continuity=Continuity.AS_REPORTED),
        [OWN_WORKFORCE],
        replace(SETTINGS, continuity=Continuity.AS_REPORTED),
    )[0]

    assert found.warnings == (
        Caution(WarningCode.MERGER_IN_SERIES, "The series crosses mergers: ZZ002 (2023-04-01)."),
        Caution(
            WarningCode.PERIMETER_CHANGED,
            "Other trusts have become part of this one since the baseline of"
            " leadership-2022-2025; position against it cannot be told until it is re-based.",
        ),
    )


def test_people_whom_a_merger_added_to_the_past_are_no_correction() -> None:
    returns = [sent(year, team(LARGE, OTHERS)) for year in range(2021, 2026)]
    returns += [sent(year, team(LARGE, OTHERS), by="ZZ002") for year in (2021, 2022, 2023)]
    aim = target("0.3000", bme=20, total=100, workforce=(220, 1100))
    family = lineage(merger("ZZ002", ON_1_APRIL))

    assert codes(holdings(*returns, of=family, targets=[aim])) == [
        "merger_in_series",
        "perimeter_changed",
    ]


def test_nothing_sent_is_nothing_to_warn_of() -> None:
    aim = target("0.3000")

    assert cautions(holdings(targets=[aim])) == ()


def test_warnings_stand_in_the_order_of_their_list() -> None:
    counts = {2020: people(1, 20), 2022: people(3, 20, 5), 2024: people(2, 20, 9)}
    found = codes(leaders(counts))

    assert found == [
        "indicative",
        "small_base",
        "unknown_ethnicity",
        "unknown_share_shift",
        "missing_census",
    ]
