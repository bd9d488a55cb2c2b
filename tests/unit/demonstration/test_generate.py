from collections import Counter
from datetime import date
from decimal import Decimal
from fractions import Fraction
from statistics import mean, median

import pytest

from app.demonstration.generate import MISSED_CENSUS, generate
from app.demonstration.names import ENDING
from app.demonstration.values import (
    CENSUS_YEARS,
    CYCLES,
    Notable,
    PublishedShares,
    RegisterProfile,
    Return,
)
from app.domain.actuals import sum_pairs
from app.domain.bands import ALLOWED_PAIRS
from app.domain.censuses import census_day
from app.domain.counts import Count
from app.domain.measures import Measure, Scope
from app.domain.organisations import Attribute, Kind, SuccessionKind
from app.domain.targets import GoalForm
from tests.unit.demonstration.profile import PUBLISHED, demonstration, read_profile, rows

DIGEST = "fdfe900692a226e2d91eb127265a0b1c23d3487a2a7af70610dc923b44166c91"

SET = demonstration()
OPEN = [each for each in SET.organisations if each.closed is None]
MERGED = {code for each in SET.successions for code in (each.predecessor, each.successor) if code}


def count(sent: Return, measure: Measure) -> Count:
    if measure is Measure.BOARD:
        return Count.sum(sent.board.values())
    return sum_pairs(sent.headcounts, Scope(measure).pairs())


def share(sent: Return, measure: Measure) -> float:
    return float(count(sent, measure).share or 0)


def national(measure: Measure, year: int) -> Count:
    return Count.sum(
        count(years[year], measure) for years in SET.returns.values() if year in years
    )


def notable(case: Notable) -> dict[int, Return]:
    return SET.returns[SET.notable[case]]


PUBLISHED_POINTS = [
    pytest.param(measure, year, share, id=f"{measure}-{year}")
    for measure, series in {
        Measure.WORKFORCE: PUBLISHED.workforce,
        Measure.VSM: PUBLISHED.vsm,
        Measure.LEADERSHIP: PUBLISHED.leadership,
        Measure.BOARD: PUBLISHED.board,
    }.items()
    for year, share in series.items()
]


@pytest.mark.parametrize(("measure", "year", "published"), PUBLISHED_POINTS)
def test_the_returns_come_to_a_published_national_share(
    measure: Measure, year: int, published: Decimal
) -> None:
    come_to = national(measure, year).share

    assert come_to is not None
    assert abs(come_to - Fraction(published)) < Fraction(1, 1000)


@pytest.mark.parametrize("year", [2016, 2018, 2020, 2021, 2022, 2023, 2024])
@pytest.mark.parametrize("measure", [Measure.WORKFORCE, Measure.VSM])
def test_the_published_shares_are_those_of_the_shipped_file(measure: Measure, year: int) -> None:
    header, *published = rows("national_wres_published.csv")
    printed = {
        Decimal(row[header.index("value")]) / 100
        for row in published
        if row[:2] == [str(year), f"bme_{measure}"]
    }
    series = PUBLISHED.workforce if measure is Measure.WORKFORCE else PUBLISHED.vsm

    assert not printed or series[year] in printed


def test_the_workforce_of_2017_agrees_with_its_rounded_figure() -> None:
    come_to = national(Measure.WORKFORCE, 2017).share

    assert come_to is not None
    assert abs(come_to - Fraction(18, 100)) < Fraction(5, 1000)


def test_the_nation_grows_from_1_2_to_1_5_million() -> None:
    sizes = [national(Measure.WORKFORCE, year).total for year in (2016, 2025)]

    assert sizes == pytest.approx([1_200_000, 1_500_000], rel=0.03)


@pytest.mark.parametrize("year", CENSUS_YEARS)
def test_consultants_are_from_30_to_40_percent_bme(year: int) -> None:
    assert 0.30 < float(national(Measure.CONSULTANTS, year).share or 0) < 0.40


def test_the_open_trusts_have_the_mix_of_the_register() -> None:
    register = Counter((each.type.value, each.region, each.icb) for each in read_profile().trusts)
    mix = Counter(
        tuple(each.newest(a) for a in (Attribute.TYPE, Attribute.REGION, Attribute.ICB))
        for each in OPEN
    )

    assert len(OPEN) == 202
    assert mix == register


def test_fifteen_trusts_close_and_some_open_on_the_way() -> None:
    opened = [each for each in OPEN if each.opened and each.opened > census_day(2016)]

    assert len(SET.organisations) - len(OPEN) == 15
    assert len(opened) == 5


def test_codes_are_reserved_ones_in_order() -> None:
    codes = [each.ods_code for each in SET.organisations]

    assert codes == [f"ZZ{number:03d}" for number in range(1, len(codes) + 1)]
    assert codes[-1] < "ZZ800"
    assert all(each.is_synthetic and each.kind is Kind.TRUST for each in SET.organisations)


def test_names_are_invented_and_all_different() -> None:
    names = [each.name for each in SET.organisations]
    real = " ".join(" ".join(row[:3]) for row in rows("trusts.csv")).casefold()
    closed = " ".join(row[1] for row in rows("ods_etr.csv")).casefold()

    assert len(set(names)) == len(names)
    assert all(name.endswith(ENDING) for name in names)
    assert not [name for name in names if name.split()[0].casefold() in real + closed]


def test_every_kind_of_succession_occurs() -> None:
    kinds = {each.kind for each in SET.successions}
    dates = [each.effective_date for each in SET.successions]

    assert kinds == set(SuccessionKind)
    assert dates == sorted(dates)
    assert {(day.month, day.day) for day in dates} > {(4, 1), (10, 1)}


def test_a_trust_sends_every_census_on_which_it_is_open_but_one() -> None:
    for each in SET.organisations:
        expected = [year for year in CENSUS_YEARS if each.is_open_on(census_day(year))]
        if each.ods_code == SET.notable[Notable.MISSING_CENSUS]:
            expected.remove(MISSED_CENSUS)
        assert list(SET.returns.get(each.ods_code, {})) == expected


def test_a_successor_holds_its_predecessors_staff_from_the_next_census() -> None:
    joined = [
        each
        for each in SET.successions
        if each.kind in {SuccessionKind.ACQUIRED, SuccessionKind.MERGED}
    ]
    for each in joined:
        assert each.successor
        last = max(SET.returns[each.predecessor])
        before = Count.sum(
            count(SET.returns[code][last], Measure.WORKFORCE)
            for code in {
                each.successor,
                *(s.predecessor for s in joined if s.successor == each.successor),
            }
            if last in SET.returns[code]
        )
        after = count(SET.returns[each.successor][last + 1], Measure.WORKFORCE)
        assert census_day(last) < each.effective_date <= census_day(last + 1)
        assert after.total == pytest.approx(before.total, rel=0.08)


def test_a_split_trust_goes_to_both_successors() -> None:
    code = SET.notable[Notable.SPLIT]
    last = max(SET.returns[code])
    successors = [each.successor for each in SET.successions if each.predecessor == code]

    gained = sum(
        count(SET.returns[each or ""][last + 1], Measure.WORKFORCE).total
        - count(SET.returns[each or ""][last], Measure.WORKFORCE).total
        for each in successors
    )

    assert len(set(successors)) == 2
    assert gained == pytest.approx(
        count(SET.returns[code][last], Measure.WORKFORCE).total, rel=0.25
    )


def test_one_trust_closes_without_a_known_successor() -> None:
    (closing,) = [each for each in SET.successions if each.successor is None]

    assert closing.predecessor == SET.notable[Notable.CLOSED_UNKNOWN]
    assert closing.kind is SuccessionKind.UNKNOWN


def test_one_trust_opens_without_a_predecessor() -> None:
    code = SET.notable[Notable.OPENED_PLAINLY]

    assert min(notable(Notable.OPENED_PLAINLY)) > CENSUS_YEARS[0]
    assert code not in MERGED


def test_the_online_trust_has_no_census_yet() -> None:
    (online,) = [each for each in OPEN if each.newest(Attribute.TYPE) == "online"]

    assert online.opened == date(2026, 6, 1)
    assert online.ods_code not in SET.returns


def test_one_trust_is_above_parity_in_leadership_throughout() -> None:
    for sent in notable(Notable.ABOVE_PARITY).values():
        assert share(sent, Measure.LEADERSHIP) > share(sent, Measure.WORKFORCE)


def test_one_trust_has_exactly_nine_leaders() -> None:
    leaders = [
        count(sent, Measure.LEADERSHIP).total for sent in notable(Notable.NINE_LEADERS).values()
    ]

    assert leaders == [9] * len(CENSUS_YEARS)


def test_one_trust_does_not_know_the_ethnicity_of_15_percent() -> None:
    for sent in notable(Notable.HIGH_UNKNOWN).values():
        unknown = count(sent, Measure.WORKFORCE).unknown_share
        assert float(unknown or 0) == pytest.approx(0.15, abs=0.015)


@pytest.mark.parametrize("year", CENSUS_YEARS)
def test_most_trusts_do_not_know_the_ethnicity_of_2_to_6_percent(year: int) -> None:
    unknown = [
        float(count(years[year], Measure.WORKFORCE).unknown_share or 0)
        for years in SET.returns.values()
        if year in years
    ]

    assert 0.03 < median(unknown) < 0.045
    assert sum(0.02 <= each <= 0.06 for each in unknown) > 0.8 * len(unknown)


def test_one_trust_misses_a_census_in_the_middle() -> None:
    years = list(notable(Notable.MISSING_CENSUS))

    assert years == [year for year in CENSUS_YEARS if year != MISSED_CENSUS]


@pytest.mark.parametrize("year", CENSUS_YEARS)
def test_london_and_the_south_west_differ_tenfold(year: int) -> None:
    lowest = share(notable(Notable.LOWEST_SHARE)[year], Measure.WORKFORCE)
    highest = share(notable(Notable.HIGHEST_SHARE)[year], Measure.WORKFORCE)

    assert highest > 10 * lowest
    assert 0.5 < highest < 0.65


def test_trusts_have_from_900_to_25_000_staff() -> None:
    sizes = [
        count(sent, Measure.WORKFORCE).total
        for years in SET.returns.values()
        for sent in years.values()
    ]

    assert 850 < min(sizes) < 950
    assert 22_000 < max(sizes) < 25_500


def test_boards_have_from_10_to_18_members() -> None:
    for years in SET.returns.values():
        for sent in years.values():
            assert 10 <= count(sent, Measure.BOARD).total <= 18


def test_ambulance_and_community_trusts_have_few_medical_staff_and_acute_ones_trainees() -> None:
    for each in SET.organisations:
        for sent in SET.returns.get(each.ods_code, {}).values():
            workforce = count(sent, Measure.WORKFORCE).total
            medical = sum(c.total for (g, _), c in sent.headcounts.items() if g == "medical")
            match each.newest(Attribute.TYPE):
                case "ambulance":
                    assert medical < 0.005 * workforce
                case "community":
                    assert medical < 0.03 * workforce
                case "acute":
                    assert any(band == "trainee" for _, band in sent.headcounts)


def test_headcounts_are_in_allowed_pairs_and_never_empty() -> None:
    for years in SET.returns.values():
        for sent in years.values():
            assert set(sent.headcounts) <= set(ALLOWED_PAIRS)
            assert all(each.total for each in (*sent.headcounts.values(), *sent.board.values()))


def test_most_staff_stay_from_census_to_census() -> None:
    for code, years in SET.returns.items():
        if code in MERGED:
            continue
        for year in set(years) & {each - 1 for each in years}:
            before, after = (count(years[y], Measure.WORKFORCE) for y in (year, year + 1))
            assert after.total == pytest.approx(before.total, rel=0.12)
            assert after.white > 0.75 * before.white
            assert 0.75 * before.bme - 10 < after.bme < before.bme + 0.12 * before.total


@pytest.mark.parametrize("measure", [Measure.LEADERSHIP, Measure.BAND_8A, Measure.BOARD])
def test_yearly_steps_are_those_of_persistent_staff_not_of_new_draws(measure: Measure) -> None:
    squares = []
    for code, years in SET.returns.items():
        for year in set(years) & {each - 1 for each in years}:
            before, after = (count(years[y], measure) for y in (year, year + 1))
            p = float(before.share or 0)
            if code not in MERGED and before.bme:
                drawn_anew = p * (1 - p) * (1 / before.total + 1 / after.total)
                squares.append((float(after.share or 0) - p) ** 2 / drawn_anew)

    assert 0.05 < mean(squares) < 0.4


def test_every_trust_has_a_leadership_goal_for_each_baseline_that_it_sent() -> None:
    with_goal = {key[:2] for key in SET.targets if key[2] is Measure.LEADERSHIP}

    assert with_goal == {
        (code, cycle)
        for code, years in SET.returns.items()
        for cycle, year in CYCLES.items()
        if year in years
    }


def test_goals_are_never_below_the_baseline() -> None:
    for (code, cycle, measure), goal in SET.targets.items():
        sent = SET.returns[code][CYCLES[cycle]]
        group, workforce = count(sent, measure), count(sent, Measure.WORKFORCE)
        assert group.share is not None
        assert workforce.share is not None
        match goal.form:
            case GoalForm.SHARE:
                assert goal.share is not None
                assert goal.share.as_tuple().exponent == -4
                assert group.share <= Fraction(goal.share) <= max(workforce.share, group.share)
            case GoalForm.HEADCOUNT:
                assert goal.headcount is not None
                assert group.bme <= goal.headcount <= group.total
            case _:
                assert group.share >= workforce.share


def test_goals_come_in_every_form_and_for_many_measures() -> None:
    forms = Counter(goal.form for goal in SET.targets.values())

    assert set(forms) == set(GoalForm)
    assert forms.most_common(1)[0][0] is GoalForm.SHARE
    assert len({measure for _, _, measure in SET.targets}) == 7


def test_the_set_is_the_same_on_every_machine() -> None:
    assert SET.digest() == DIGEST


def test_the_set_does_not_depend_on_the_order_of_the_register() -> None:
    backwards = RegisterProfile(read_profile().trusts[::-1])

    assert generate(backwards, PUBLISHED).digest() == DIGEST


def test_another_seed_gives_another_set_with_the_same_national_shares() -> None:
    other = generate(read_profile(), PUBLISHED, seed=7)

    assert other.digest() != DIGEST
    assert Count.sum(
        count(years[2024], Measure.WORKFORCE) for years in other.returns.values() if 2024 in years
    ).share == pytest.approx(0.286, abs=0.0001)


def test_a_register_without_a_needed_trust_is_refused() -> None:
    few = RegisterProfile(read_profile().trusts[:5])

    with pytest.raises(ValueError, match="too few"):
        generate(few, PUBLISHED)


def test_published_shares_need_two_years() -> None:
    two = {2016: Decimal("0.1"), 2017: Decimal("0.2")}

    with pytest.raises(ValueError, match="vsm needs the shares of at least two years"):
        PublishedShares(workforce=two, vsm={2016: Decimal("0.1")}, leadership=two, board=two)
