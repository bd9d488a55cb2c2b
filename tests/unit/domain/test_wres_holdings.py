"""What of a trust's returns goes into the nine indicators of a census."""

from datetime import date

import pytest

from app.domain.boards import Seats
from app.domain.codes import Caution, Reason, WarningCode
from app.domain.counts import Count
from app.domain.indicators import Indicators, IndicatorsRevision
from app.domain.organisations import Kind, Organisation, Succession, SuccessionKind
from app.domain.progress import Source
from app.domain.series import Continuity, Lineage, join_actuals, join_boards
from app.domain.wres import Sources
from app.domain.wres_holdings import SentIndicators, TrustReturns, choose_apart
from tests.unit.domain.given import CLINICAL_5, RECORD, lineage, merger, seated, sent

COMBINED, AS_REPORTED = Continuity.COMBINED, Continuity.AS_REPORTED

IN_OCTOBER = date(2023, 10, 1)

NEW = Organisation("ZZ001", Kind.TRUST, opened=date(2024, 4, 1))

STAFF = {CLINICAL_5: Count(8, 2)}

SEATS: Seats = {(True, True): Count(4, 1)}

CAUTION = Caution(WarningCode.RATIO_INVERTED, "So.")

TOLD = Indicators("ESR", None)


def told(year: int, by: str = "ZZ001") -> IndicatorsRevision:
    return IndicatorsRevision(by, year, 1, TOLD, RECORD, (CAUTION,))


def returns(
    *held: IndicatorsRevision,
    of: Lineage | None = None,
    continuity: Continuity = COMBINED,
    staff: tuple[tuple[int, str], ...] = (),
) -> TrustReturns:
    """Return what a trust has sent: indicators, and headcounts with a board of given years."""
    family = of or lineage()
    indicators: dict[int, dict[str, IndicatorsRevision]] = {}
    for one in held:
        indicators.setdefault(one.year, {})[one.ods_code] = one
    return TrustReturns(
        family,
        continuity,
        join_actuals(family, [sent(year, STAFF, by=by) for year, by in staff], continuity),
        join_boards(family, [seated(year, SEATS, by=by) for year, by in staff], continuity),
        indicators,
    )


def split(on: date) -> Succession:
    return merger("ZZ004", on, kind=SuccessionKind.SPLIT)


def test_what_was_not_sent_is_told_so() -> None:
    held = returns(staff=((2023, "ZZ001"),))

    holding = held.hold(2024)

    assert (holding.headcounts, holding.seats, holding.absent) == (Reason.NOT_SENT,) * 3
    assert (holding.expected, holding.staff_trusts, holding.board_trusts) == (1, 0, 0)
    assert (held.holds(2023), held.holds(2024)) == (True, False)
    assert held.name_sources(2024) == Sources()
    assert held.find_cautions(2024) == ()


def test_a_trusts_own_returns_are_told_with_their_sources_and_warnings() -> None:
    held = returns(told(2024), staff=((2024, "ZZ001"),))

    holding = held.hold(2024)

    assert (holding.headcounts, holding.seats) == (STAFF, SEATS)
    assert holding.sent == (SentIndicators(TOLD, 1),)
    assert held.name_sources(2024) == Sources(*[(Source("ZZ001", 1),)] * 3)
    assert held.find_cautions(2024) == (CAUTION,)


def test_indicators_alone_are_something() -> None:
    assert returns(told(2024)).holds(2024)


def test_predecessors_are_added_before_the_merger() -> None:
    family = lineage(merger("ZZ002", IN_OCTOBER))
    both = ((2023, "ZZ001"), (2023, "ZZ002"), (2024, "ZZ001"))
    held = returns(told(2023), told(2023, "ZZ002"), told(2024), of=family, staff=both)

    before, after = held.hold(2023), held.hold(2024)

    assert before.headcounts == {CLINICAL_5: Count(16, 4)}
    assert (before.expected, before.staff_trusts, before.board_trusts) == (2, 2, 2)
    assert before.sent == (SentIndicators(TOLD), SentIndicators(TOLD))
    assert (after.expected, after.sent) == (1, (SentIndicators(TOLD),))
    assert [one.code for one in held.find_cautions(2024)] == [
        WarningCode.MERGER_IN_SERIES,
        WarningCode.RATIO_INVERTED,
    ]
    assert held.find_cautions(2024)[0].detail == (
        "ZZ002 became part of the trust on 2023-10-01; the figures of the year before include its."
    )


def test_as_reported_nothing_is_added() -> None:
    family = lineage(merger("ZZ002", IN_OCTOBER))
    held = returns(told(2023), told(2023, "ZZ002"), of=family, continuity=AS_REPORTED)

    holding = held.hold(2023)

    assert (holding.expected, holding.sent) == (1, (SentIndicators(TOLD),))
    assert returns(told(2023, "ZZ002"), of=family, continuity=AS_REPORTED).hold(2023).absent is (
        Reason.NOT_SENT
    )
    assert held.find_cautions(2024) == (
        Caution(
            WarningCode.MERGER_IN_SERIES,
            "ZZ002 became part of the trust on 2023-10-01; the figures of the year before are"
            " without its.",
        ),
    )


def test_as_reported_a_merger_is_told_beside_a_year_before_only() -> None:
    family = lineage(merger("ZZ002", IN_OCTOBER))

    assert returns(told(2022), of=family, continuity=AS_REPORTED).find_cautions(2024) == ()


@pytest.mark.parametrize("by", ["ZZ001", "ZZ002"])
def test_a_combined_census_of_which_a_part_is_missing_is_not_told(by: str) -> None:
    family = lineage(merger("ZZ002", IN_OCTOBER))
    held = returns(told(2023, by), of=family, staff=((2023, by),))

    holding = held.hold(2023)

    assert (holding.headcounts, holding.seats, holding.absent) == (Reason.INCOMPLETE_RETURNS,) * 3
    assert holding.sent == ()
    assert held.holds(2023)
    assert held.find_cautions(2023) == (
        Caution(
            WarningCode.INCOMPLETE_RETURNS,
            "Not every organisation then open has sent everything for 2023.",
        ),
    )


def test_a_trust_that_was_not_open_speaks_for_all_its_predecessors() -> None:
    on = date(2024, 4, 1)
    family = lineage(merger("ZZ002", on), merger("ZZ003", on), trust=NEW)

    holding = returns(told(2024), of=family).hold(2024)

    assert (holding.expected, holding.sent) == (2, (SentIndicators(TOLD, 2),))


def test_in_a_chain_each_speaks_for_its_own_predecessors() -> None:
    on = date(2024, 4, 1)
    middle = {"ZZ002": on, "ZZ003": None, "ZZ004": None, "ZZ005": None}
    family = lineage(
        merger("ZZ002", date(2025, 4, 1)),
        merger("ZZ003", on, into="ZZ002"),
        merger("ZZ004", on, into="ZZ002"),
        merger("ZZ005", date(2023, 10, 1)),
        opened=middle,
    )
    sent_too_late = told(2024, "ZZ005")

    held = returns(told(2024), told(2024, "ZZ002"), sent_too_late, of=family)

    assert held.hold(2024).sent == (SentIndicators(TOLD, 1), SentIndicators(TOLD, 2))
    assert held.name_sources(2024).indicators == (Source("ZZ001", 1), Source("ZZ002", 1))


@pytest.mark.parametrize("continuity", Continuity)
def test_what_a_return_covers_ahead_of_a_merger_is_in_the_year_before(
    continuity: Continuity,
) -> None:
    family = lineage(merger("ZZ002", date(2024, 4, 1)), trust=NEW)
    held = returns(of=family, staff=((2024, "ZZ001"),), continuity=continuity)

    assert held.find_cautions(2025)[0].detail == (
        "ZZ002 became part of the trust on 2024-04-01; the figures of the year before include its."
    )


def test_a_trust_that_came_of_a_split_speaks_for_itself() -> None:
    family = lineage(split(date(2024, 4, 1)), trust=NEW)

    holding = returns(told(2024), of=family).hold(2024)

    assert (holding.expected, holding.sent) == (0, (SentIndicators(TOLD, 1),))


def test_what_came_by_a_split_is_warned_of() -> None:
    held = returns(told(2024), of=lineage(split(IN_OCTOBER), split(date(2020, 1, 1))))

    assert held.find_cautions(2024)[0] == Caution(
        WarningCode.SPLIT_LEFT_OUT,
        "What came from ZZ004 on 2023-10-01 is not in the figures of the year before: its counts"
        " cannot be divided.",
    )
    assert len(held.find_cautions(2024)) == 2


# Of all trusts.


def test_nobody_is_counted_twice() -> None:
    covers = {
        "ZZ001": {"ZZ001"},
        "ZZ002": {"ZZ002"},
        "ZZ003": {"ZZ002", "ZZ004"},
        "ZZ005": {"ZZ004"},
        "ZZ006": set[str](),
    }

    assert choose_apart(covers) == {"ZZ003": 2, "ZZ001": 1}
