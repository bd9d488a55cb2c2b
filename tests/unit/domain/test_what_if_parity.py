"""When a team as supposed would be at parity, and with what."""

from fractions import Fraction

import pytest

from app.domain.codes import Caution, Reason, WarningCode
from app.domain.holdings import Holdings
from app.domain.measures import Measure, ReferenceKind, Scope
from app.domain.panels import Question
from app.domain.what_if import ExpectedParity
from tests.unit.domain.given import (
    CLINICAL_5,
    LEADERSHIP,
    WORKFORCE,
    YEARS,
    holdings,
    leaders_among,
    people,
    seated,
    sent,
    worked_example,
)
from tests.unit.domain.what_ifs import GOAL, ask, leaders, path_of, supposing
from tests.unit.stats import oracle
from tests.unit.stats.oracle import Census


def workforce_median(year: int) -> float:
    """Return the median of the workforce's own forecast, by the second implementation."""
    series = [Census(y, *counts) for y, counts in zip(YEARS, WORKFORCE, strict=True)]
    return oracle.expit(oracle.predict(oracle.fit(series), year - 2024)[0])


@pytest.mark.parametrize("bme_share", ["0.45", "0.5", "0.7", "1"])
def test_parity_is_at_the_first_census_at_or_above_the_forecast_of_the_workforce(
    bme_share: str,
) -> None:
    found = ask(worked_example(GOAL), supposing(bme_share, horizon=30))

    first = next(p.year for p in path_of(found) if p.share >= workforce_median(p.year))
    assert found.parity == ExpectedParity(ReferenceKind.OWN_WORKFORCE, first, None)


FIXED = Question(LEADERSHIP, ReferenceKind.FIXED, Fraction(1, 5))


@pytest.mark.parametrize(
    ("bme", "bme_share", "year", "reason"),
    [
        pytest.param(20, "0", None, Reason.AT_OR_ABOVE_REFERENCE, id="exactly there"),
        pytest.param(19, "0.4", 2025, None, id="reached"),
        pytest.param(10, "0.25", 2027, None, id="reached later"),
        pytest.param(10, "0.2", None, Reason.LATER_OR_NEVER, id="never quite"),
        pytest.param(19, "0", None, Reason.LATER_OR_NEVER, id="ever farther"),
    ],
)
def test_parity_with_a_fixed_share(
    bme: int, bme_share: str, year: int | None, reason: Reason | None
) -> None:
    found = ask(leaders(bme, 100), supposing(bme_share, turnover="0.4"), FIXED)

    assert found.parity == ExpectedParity(ReferenceKind.FIXED, year, reason)


@pytest.mark.parametrize(
    ("question", "reason"),
    [
        pytest.param(
            Question(Scope(Measure.WORKFORCE), None), Reason.IS_THE_REFERENCE, id="workforce"
        ),
        pytest.param(
            Question(LEADERSHIP, ReferenceKind.OWN_MEDICAL_WORKFORCE), Reason.NO_PEOPLE,
            id="nobody in the reference",
        ),
    ],
)  # fmt: skip
def test_parity_that_cannot_be_told_says_why(question: Question, reason: Reason) -> None:
    found = ask(worked_example(), supposing(), question)

    assert (found.parity, found.parity_reason) == (None, reason)
    assert found.path is not None


def censuses(number: int) -> Holdings:
    """Return the last so many censuses of the worked example."""
    counts = {year: people(69, 452) for year in [*YEARS][-number:]}
    return leaders_among(counts, dict.fromkeys(counts, people(1271, 5279)))


def test_two_censuses_have_a_path_but_no_forecast_to_hold_it_against() -> None:
    found = ask(censuses(2), supposing())

    assert (found.parity, found.parity_reason) == (None, Reason.TOO_FEW_YEARS)
    assert len(path_of(found)) == 10
    assert found.warnings == ()


@pytest.mark.parametrize("number", [3, 4])
def test_a_forecast_of_the_reference_from_few_censuses_is_only_indicative(number: int) -> None:
    found = ask(censuses(number), supposing())

    assert found.parity == ExpectedParity(ReferenceKind.OWN_WORKFORCE, 2027, None)
    assert found.warnings == (
        Caution(
            WarningCode.INDICATIVE,
            f"Only {number} censuses stand behind the forecast of the reference; take the year of"
            " parity as an indication.",
        ),
    )


def test_a_fixed_share_is_not_indicative() -> None:
    assert ask(censuses(3), supposing(), FIXED).warnings == ()


BOARD = Question(Scope(Measure.BOARD), ReferenceKind.OWN_WORKFORCE)


@pytest.mark.parametrize(
    ("board_years", "found_year"),
    [
        pytest.param((2021, 2022), 2023, id="the workforce was counted later"),
        pytest.param((2023, 2024), 2025, id="the workforce was counted before"),
    ],
)
def test_a_board_is_held_against_the_workforce_of_another_last_census(
    board_years: tuple[int, int], found_year: int
) -> None:
    held = holdings(
        *(sent(year, {CLINICAL_5: people(200, 1000)}) for year in (2021, 2022, 2023)),
        *(seated(year, {(True, True): people(2, 11)}) for year in board_years),
    )

    found = ask(held, supposing("1", turnover="0.1"), BOARD)

    assert found.parity == ExpectedParity(ReferenceKind.OWN_WORKFORCE, found_year, None)
