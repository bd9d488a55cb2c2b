from datetime import date

import pytest

from app.domain.codes import ActualsState
from app.domain.counts import Count
from app.domain.organisations import Kind, Organisation, SuccessionKind
from app.domain.series import Continuity, History, Joined, covers_of, join_actuals, join_boards
from tests.unit.domain.given import (
    CLINICAL_5,
    CLINICAL_8A,
    lineage,
    merger,
    seated,
    sent,
    team,
)

COMBINED, AS_REPORTED = Continuity.COMBINED, Continuity.AS_REPORTED
ONE, TWO, THREE = (team(Count(n), Count(10 * n)) for n in (1, 2, 3))
IN_OCTOBER = date(2023, 10, 1)
ON_1_APRIL = date(2024, 4, 1)
NEW_IN_APRIL = Organisation("ZZ001", Kind.TRUST, opened=ON_1_APRIL)


def totals(history: History) -> dict[int, int]:
    return {
        year: Count.sum(joined.headcounts.values()).total
        for year, joined in history.censuses.items()
    }


# Lineage.


def test_a_lineage_names_the_trust_first_and_leaves_splits_out() -> None:
    split = merger("ZZ004", IN_OCTOBER, kind=SuccessionKind.SPLIT)
    unknown = merger("ZZ005", IN_OCTOBER, into="ZZ002", kind=SuccessionKind.UNKNOWN)
    elsewhere = merger("ZZ007", IN_OCTOBER, into="ZZ006", kind=SuccessionKind.SPLIT)
    third = merger("ZZ003", IN_OCTOBER, into="ZZ002")

    family = lineage(split, unknown, elsewhere, third, merger("ZZ002", ON_1_APRIL))

    assert family.codes == ("ZZ001", "ZZ002", "ZZ003")
    assert family.left_out == (split, unknown)


@pytest.mark.parametrize(
    ("day", "sending", "within"),
    [
        (date(2023, 3, 31), {"ZZ001", "ZZ002", "ZZ003"}, set()),
        (date(2023, 9, 30), {"ZZ001", "ZZ002", "ZZ003"}, set()),
        (IN_OCTOBER, {"ZZ001", "ZZ003"}, {"ZZ002"}),
        (date(2024, 3, 31), {"ZZ001", "ZZ003"}, {"ZZ002"}),
        (ON_1_APRIL, {"ZZ001"}, {"ZZ002", "ZZ003"}),
    ],
)
def test_a_trust_is_part_of_its_successor_from_the_first_day_on(
    day: date, sending: set[str], within: set[str]
) -> None:
    family = lineage(merger("ZZ002", IN_OCTOBER), merger("ZZ003", ON_1_APRIL))

    assert family.sending_on(day) == sending
    assert family.predecessors_within(["ZZ001"], day) == within


@pytest.mark.parametrize(
    ("covers", "day", "within"),
    [
        pytest.param({"ZZ001"}, date(2023, 9, 30), set(), id="before either merger"),
        pytest.param({"ZZ001"}, IN_OCTOBER, set(), id="what another took over"),
        pytest.param({"ZZ001", "ZZ002"}, date(2023, 9, 30), {"ZZ002"}, id="named itself"),
        pytest.param({"ZZ002"}, IN_OCTOBER, {"ZZ002", "ZZ003"}, id="brought along"),
        pytest.param({"ZZ003"}, ON_1_APRIL, {"ZZ003"}, id="named, but not who took it over"),
        pytest.param({"ZZ001"}, ON_1_APRIL, {"ZZ002", "ZZ003"}, id="brought along by another"),
        pytest.param({"ZZ001", "ZZ009"}, ON_1_APRIL, {"ZZ002", "ZZ003", "ZZ009"}, id="a stranger"),
        pytest.param(set(), ON_1_APRIL, set(), id="nobody"),
    ],
)
def test_a_trust_brings_along_whom_it_has_taken_over(
    covers: set[str], day: date, within: set[str]
) -> None:
    family = lineage(merger("ZZ003", IN_OCTOBER, into="ZZ002"), merger("ZZ002", ON_1_APRIL))

    assert family.predecessors_within(covers, day) == within


def test_trusts_that_join_one_another_on_the_same_day_all_come_along() -> None:
    family = lineage(
        merger("ZZ004", ON_1_APRIL, into="ZZ003"),
        merger("ZZ003", ON_1_APRIL, into="ZZ002"),
        merger("ZZ002", ON_1_APRIL),
    )

    assert family.predecessors_within(["ZZ001"], ON_1_APRIL) == {"ZZ002", "ZZ003", "ZZ004"}


def test_a_trust_sends_nothing_before_it_opened() -> None:
    family = lineage(
        merger("ZZ002", date(2025, 4, 1)),
        merger("ZZ003", date(2025, 4, 1)),
        trust=NEW_IN_APRIL,
        opened={"ZZ002": date(2022, 1, 1), "ZZ003": None},
    )

    assert family.sending_on(date(2021, 3, 31)) == {"ZZ003"}
    assert family.sending_on(date(2022, 3, 31)) == {"ZZ002", "ZZ003"}
    assert family.sending_on(date(2025, 3, 31)) == {"ZZ001", "ZZ002", "ZZ003"}


def test_mergers_lie_after_one_day_and_up_to_another() -> None:
    first, second = merger("ZZ002", IN_OCTOBER), merger("ZZ003", ON_1_APRIL)
    family = lineage(first, second)

    assert family.mergers_between(date(2023, 3, 31), ON_1_APRIL) == (first, second)
    assert family.mergers_between(IN_OCTOBER, date(2024, 3, 31)) == ()


# Combined, and as reported.


def test_a_history_without_mergers_is_what_the_trust_sent() -> None:
    one, two = sent(2024, TWO), sent(2023, ONE)

    history = join_actuals(lineage(), [one, two], COMBINED)

    assert history == History(
        {
            2023: Joined(2023, ("ZZ001",), actuals=(two,)),
            2024: Joined(2024, ("ZZ001",), actuals=(one,)),
        },
        (),
    )


@pytest.mark.parametrize(
    ("on", "combined"),
    [
        pytest.param(IN_OCTOBER, {2022: 33, 2023: 33, 2024: 33}, id="mid-year"),
        pytest.param(
            date(2023, 4, 1), {2022: 33, 2023: 33, 2024: 33}, id="the day after a census"
        ),
        pytest.param(date(2023, 3, 31), {2022: 33, 2023: 11, 2024: 33}, id="on a census day"),
    ],
)
def test_combined_counts_include_a_predecessor_until_it_became_part(
    on: date, combined: dict[int, int]
) -> None:
    returns = [sent(year, ONE) for year in (2022, 2023)]
    returns += [sent(year, TWO, by="ZZ002") for year in (2022, 2023) if date(year, 3, 31) < on]
    returns += [sent(2024, THREE)]

    family = lineage(merger("ZZ002", on))

    assert totals(join_actuals(family, returns, COMBINED)) == combined
    assert totals(join_actuals(family, returns, AS_REPORTED)) == {2022: 11, 2023: 11, 2024: 33}


def test_after_a_merger_on_1_april_the_successor_may_send_the_census_of_its_predecessors() -> None:
    family = lineage(merger("ZZ002", ON_1_APRIL), merger("ZZ003", ON_1_APRIL), trust=NEW_IN_APRIL)
    both = sent(2024, THREE, covers=["ZZ002", "ZZ003"])

    history = join_actuals(family, [both], COMBINED)

    assert history == History({2024: Joined(2024, ("ZZ002", "ZZ003"), actuals=(both,))}, ())


def test_nobody_is_counted_twice_when_predecessor_and_successor_send_the_same_staff() -> None:
    own = sent(2024, THREE, covers=["ZZ001", "ZZ002"])
    again = sent(2024, TWO, by="ZZ002")

    history = join_actuals(lineage(merger("ZZ002", ON_1_APRIL)), [again, own], COMBINED)

    assert history == History({2024: Joined(2024, ("ZZ001", "ZZ002"), actuals=(own,))}, ())


@pytest.mark.parametrize(
    ("small", "large"),
    [
        pytest.param("ZZ003", "ZZ002", id="the return of both comes first"),
        pytest.param("ZZ002", "ZZ003", id="the return of both comes second"),
    ],
)
def test_a_predecessors_return_may_cover_another_whatever_their_codes(
    small: str, large: str
) -> None:
    family = lineage(merger("ZZ002", ON_1_APRIL), merger("ZZ003", ON_1_APRIL), trust=NEW_IN_APRIL)
    one = sent(2024, ONE, by=small)
    both = sent(2024, THREE, by=large, covers=["ZZ002", "ZZ003"])

    history = join_actuals(family, [one, both], COMBINED)

    assert history == History({2024: Joined(2024, ("ZZ002", "ZZ003"), actuals=(both,))}, ())


def test_a_census_that_some_have_not_sent_is_incomplete() -> None:
    family = lineage(merger("ZZ002", ON_1_APRIL))

    history = join_actuals(
        family, [sent(2022, ONE), sent(2023, TWO, by="ZZ002"), sent(2025, THREE)], COMBINED
    )

    assert totals(history) == {2025: 33}
    assert history.incomplete == (2022, 2023)


def test_what_came_by_a_split_is_not_added_and_not_waited_for() -> None:
    family = lineage(merger("ZZ002", ON_1_APRIL, kind=SuccessionKind.SPLIT))

    history = join_actuals(family, [sent(2023, ONE), sent(2023, TWO, by="ZZ002")], COMBINED)

    assert totals(history) == {2023: 11}
    assert history.incomplete == ()


def test_as_reported_leaves_out_what_predecessors_sent() -> None:
    family = lineage(merger("ZZ002", ON_1_APRIL), trust=NEW_IN_APRIL)

    history = join_actuals(family, [sent(2023, TWO, by="ZZ002"), sent(2025, ONE)], AS_REPORTED)

    assert totals(history) == {2025: 11}
    assert history.incomplete == ()


# What a joined census says.


def test_parts_add_up_band_by_band() -> None:
    one, two = sent(2023, ONE, revision=4), sent(2023, TWO, by="ZZ002", is_signed=False)
    joined = Joined(2023, ("ZZ001", "ZZ002"), actuals=(one, two))

    assert joined.headcounts == {CLINICAL_8A: Count(3), CLINICAL_5: Count(30)}
    assert joined.parts == (one, two)
    assert joined.revision_of("ZZ001") == 4
    assert joined.revision_of("ZZ009") is None
    assert joined.state is ActualsState.PROVISIONAL


def test_a_census_is_signed_off_when_every_part_is() -> None:
    parts = (sent(2023, ONE), sent(2023, TWO, by="ZZ002"))

    assert Joined(2023, (), actuals=parts).state is ActualsState.SIGNED_OFF
    assert Joined(2023, ()).state is ActualsState.PROVISIONAL


def test_boards_are_joined_likewise_and_cover_their_own_trust() -> None:
    own = seated(2023, {(True, True): Count(3, 1)})
    other = seated(2023, {(True, True): Count(2), (False, True): Count(0, 1)}, by="ZZ002")

    history = join_boards(lineage(merger("ZZ002", ON_1_APRIL)), [other, own], COMBINED)

    joined = Joined(2023, ("ZZ001", "ZZ002"), boards=(own, other))
    assert history == History({2023: joined}, ())
    assert joined.seats == {(True, True): Count(5, 1), (False, True): Count(0, 1)}
    assert covers_of(own) == ("ZZ001",)
