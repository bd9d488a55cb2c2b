"""In whatever order trusts merge and whoever sends, each person is counted once or not at all."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.actuals import ActualsRevision
from app.domain.boards import BoardRevision
from app.domain.censuses import census_day
from app.domain.counts import Count
from app.domain.organisations import Kind, Organisation, Succession, SuccessionKind
from app.domain.series import (
    Continuity,
    Head,
    History,
    Lineage,
    covers_of,
    join_actuals,
    join_boards,
    join_heads,
)
from tests.unit.domain.given import CLINICAL_5, NOW, seated, sent

YEARS = (2020, 2021, 2022)

DAYS = [
    date(year, month, day)
    for year in (2019, 2020, 2021, 2022)
    for month, day in ((3, 30), (3, 31), (4, 1), (10, 1))
]
"""Days around census days, on which trusts open and merge."""

STRAY = 10**6
"""Persons of a return that should never be added."""

COMBINED, AS_REPORTED = Continuity.COMBINED, Continuity.AS_REPORTED

PERSONS = {f"ZZ00{index}": 10**index for index in range(6)}
"""Persons of each trust's own; which trusts are in a sum shows in its digits."""

ROOT = "ZZ000"


@dataclass(frozen=True)
class World:
    """Trusts that became part of one another, all of them in the end of the first."""

    into: Mapping[str, tuple[str, date]]
    opened: Mapping[str, date | None]

    @property
    def lineage(self) -> Lineage:
        mergers = [
            Succession(code, successor, on, SuccessionKind.MERGED)
            for code, (successor, on) in self.into.items()
        ]
        return Lineage.find(
            Organisation(ROOT, Kind.TRUST, self.opened[ROOT]), mergers, self.opened
        )

    def with_staff_in(self, year: int) -> set[str]:
        """Return the trusts that were open at a census and no part of another."""
        day = census_day(year)
        return {
            code
            for code, opened in self.opened.items()
            if (opened is None or opened <= day)
            and (code not in self.into or day < self.into[code][1])
        }

    def became_part_of(self, code: str) -> set[str]:
        """Return the trusts that are part of one in the end."""
        direct = {one for one, (successor, _) in self.into.items() if successor == code}
        return direct | {deep for one in direct for deep in self.became_part_of(one)}

    def speaks_for(self, code: str, year: int) -> set[str]:
        """Return whom a trust that names nobody else counts."""
        there = self.with_staff_in(year)
        return {code} if code in there else self.became_part_of(code) & there


@st.composite
def worlds(draw: st.DrawFn) -> World:
    codes = list(PERSONS)[: draw(st.integers(1, len(PERSONS)))]
    days = st.sampled_from(DAYS)
    into = {
        code: (draw(st.sampled_from(codes[:place])), draw(days))
        for place, code in enumerate(codes)
        if place
    }
    return World(into, {code: draw(st.none() | days) for code in codes})


Returned = Mapping[tuple[str, int], frozenset[str]]
"""Whose people a return counts, by sender and census; nobody's if they are another's."""


@st.composite
def returned(draw: st.DrawFn, world: World, *, may_cover: bool) -> Returned:
    found = {}
    for year in YEARS:
        there = world.with_staff_in(year)
        for code in world.opened:
            if not draw(st.booleans()):
                continue
            family = sorted(there & {code, *world.became_part_of(code)})
            whose = world.speaks_for(code, year)
            if may_cover and family and draw(st.booleans()):
                whose = set(draw(st.lists(st.sampled_from(family), min_size=1, unique=True)))
            found[code, year] = frozenset(whose)
    return found


@st.composite
def worlds_with_returns(draw: st.DrawFn, *, may_cover: bool) -> tuple[World, Returned]:
    world = draw(worlds())
    return world, draw(returned(world, may_cover=may_cover))


def persons(whose: frozenset[str]) -> int:
    return sum(PERSONS[code] for code in whose) or STRAY


def headcounts(world: World, made: Returned) -> list[ActualsRevision]:
    """Return returns that name whom they cover, unless it is whom they speak for anyway."""
    found = []
    for (code, year), whose in made.items():
        covers = () if whose == world.speaks_for(code, year) else sorted(whose)
        staff = {CLINICAL_5: Count(persons(whose))}
        found.append(sent(year, staff, by=code, covers=covers))
    return found


def boards(made: Returned) -> list[BoardRevision]:
    return [
        seated(year, {(True, True): Count(persons(whose))}, by=code)
        for (code, year), whose in made.items()
    ]


def staff_totals(history: History) -> dict[int, int]:
    return {
        year: Count.sum(one.headcounts.values()).total for year, one in history.censuses.items()
    }


def seat_totals(history: History) -> dict[int, int]:
    return {year: Count.sum(one.seats.values()).total for year, one in history.censuses.items()}


def check(world: World, made: Returned, history: History, totals: Mapping[int, int]) -> None:
    """See that each census has everybody once, and that those without have not everybody."""
    for year in {year for _, year in made}:
        there = world.with_staff_in(year)
        if not there:
            assert totals.get(year) == (STRAY if (ROOT, year) in made else None)
            assert year not in history.incomplete
        elif year in totals:
            assert totals[year] == persons(frozenset(there))
            assert there <= set(history.censuses[year].covers)
        else:
            assert year in history.incomplete


@given(worlds_with_returns(may_cover=True))
def test_a_combined_census_counts_everybody_then_there_once(made: tuple[World, Returned]) -> None:
    world, whose = made

    history = join_actuals(world.lineage, headcounts(world, whose), COMBINED)

    check(world, whose, history, staff_totals(history))


@given(worlds_with_returns(may_cover=False))
def test_a_combined_board_has_every_board_then_there_once(made: tuple[World, Returned]) -> None:
    world, whose = made

    history = join_boards(world.lineage, boards(whose), COMBINED)

    check(world, whose, history, seat_totals(history))


@given(worlds())
def test_a_census_that_every_trust_has_sent_for_itself_is_combined(world: World) -> None:
    made = {
        (code, year): frozenset({code}) for year in YEARS for code in world.with_staff_in(year)
    }

    history = join_actuals(world.lineage, headcounts(world, made), COMBINED)

    assert staff_totals(history) == {
        year: persons(frozenset(there)) for year in YEARS if (there := world.with_staff_in(year))
    }


@given(worlds_with_returns(may_cover=True), st.sampled_from(Continuity))
def test_sums_over_areas_take_the_same_returns(
    made: tuple[World, Returned], continuity: Continuity
) -> None:
    world, whose = made
    returns = headcounts(world, whose)
    heads = [Head(one.ods_code, one.year, 1, covers_of(one), NOW) for one in returns]

    history = join_actuals(world.lineage, returns, continuity)

    parts = {
        year: [(part.ods_code, joined.covers_of(part)) for part in joined.actuals]
        for year, joined in history.censuses.items()
    }
    assert parts == {
        year: [(head.ods_code, head.covers) for head in chosen]
        for year, chosen in join_heads(world.lineage, heads, continuity).items()
    }


# By hand: one trust that opens on a day, of which two become part on that day.

APRIL = date(2021, 4, 1)


def family(*, on: date = APRIL) -> Lineage:
    mergers = {"ZZ001": (ROOT, on), "ZZ002": (ROOT, on)}
    return World(mergers, {ROOT: on, "ZZ001": None, "ZZ002": None}).lineage


def board(size: int, by: str, year: int = 2021) -> BoardRevision:
    return seated(year, {(True, True): Count(size)}, by=by)


@pytest.mark.parametrize("continuity", Continuity)
def test_a_board_sent_by_a_successor_is_that_of_its_predecessors(continuity: Continuity) -> None:
    own = board(20, ROOT)

    history = join_boards(family(), [own], continuity)

    joined = history.censuses[2021]
    assert (joined.boards, joined.covers, history.incomplete) == ((own,), ("ZZ001", "ZZ002"), ())
    assert joined.covers_of(own) == ("ZZ001", "ZZ002")


def test_a_predecessors_late_board_is_not_added_to_that_of_the_successor() -> None:
    history = join_boards(family(), [board(9, "ZZ002"), board(20, ROOT)], COMBINED)

    assert seat_totals(history) == {2021: 20}


def test_predecessors_boards_are_added_where_the_successor_has_sent_none() -> None:
    one = join_boards(family(), [board(9, "ZZ001")], COMBINED)
    both = join_boards(family(), [board(9, "ZZ001"), board(8, "ZZ002")], COMBINED)

    assert (seat_totals(one), one.incomplete) == ({}, (2021,))
    assert (seat_totals(both), both.incomplete) == ({2021: 17}, ())


@pytest.mark.parametrize(
    ("on", "expected"),
    [
        pytest.param(date(2021, 3, 31), 20, id="the successor opened on the census day"),
        pytest.param(APRIL, 20, id="it opened the day after and speaks for both"),
    ],
)
def test_the_board_of_a_census_day_is_that_of_who_was_open(on: date, expected: int) -> None:
    stray = [board(9, "ZZ001"), board(8, "ZZ002")]

    history = join_boards(family(on=on), [board(20, ROOT), *stray], COMBINED)

    assert seat_totals(history) == {2021: expected}


def test_a_return_of_a_trust_that_had_become_part_of_another_is_not_added() -> None:
    # It was sent before anybody knew of the merger.
    lineage = World({"ZZ001": (ROOT, date(2020, 10, 1))}, {ROOT: None, "ZZ001": None}).lineage
    ours, theirs = ({CLINICAL_5: Count(size)} for size in (100, 30))

    history = join_actuals(lineage, [sent(2021, ours, by=ROOT), sent(2021, theirs, by="ZZ001")],
                           COMBINED)  # fmt: skip
    alone = join_actuals(lineage, [sent(2021, theirs, by="ZZ001")], COMBINED)

    assert (staff_totals(history), history.incomplete) == ({2021: 100}, ())
    assert (staff_totals(alone), alone.incomplete) == ({}, (2021,))


def test_in_a_chain_a_later_successor_takes_over_what_the_earlier_one_sent() -> None:
    chain = World(
        {"ZZ001": (ROOT, date(2022, 4, 1)), "ZZ002": ("ZZ001", APRIL), "ZZ003": ("ZZ001", APRIL)},
        {ROOT: None, "ZZ001": APRIL, "ZZ002": None, "ZZ003": None},
    ).lineage
    seats = [board(12, ROOT), board(20, "ZZ001"), board(9, "ZZ003"), board(12, ROOT, 2022)]

    history = join_boards(chain, [*seats, board(11, "ZZ001", 2022)], COMBINED)

    assert seat_totals(history) == {2021: 32, 2022: 23}
    assert history.censuses[2021].covers == (ROOT, "ZZ002", "ZZ003")


def test_who_was_there_and_covers_nobody_who_was_counts_nobody() -> None:
    # Whom it covers turned out to have become part of a third trust before the census.
    into = {"ZZ001": (ROOT, APRIL), "ZZ002": ("ZZ001", date(2020, 10, 1))}
    lineage = World(into, {ROOT: None, "ZZ001": None, "ZZ002": None}).lineage
    staff = {CLINICAL_5: Count(30)}

    history = join_actuals(lineage, [sent(2021, staff, by=ROOT, covers=["ZZ002"])], COMBINED)

    assert (history.censuses, history.incomplete) == ({}, (2021,))
