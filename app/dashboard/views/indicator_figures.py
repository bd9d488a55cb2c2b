"""Figures of the nine indicators as pages write them: lines under each other, and a sentence."""

from collections.abc import Iterator, Mapping
from typing import Final

from app.charts.words import percent, rounded
from app.dashboard.views.words import (
    say_interval,
    say_missing,
    say_points,
    say_points_between,
    say_ratio,
    say_ratios_between,
)
from app.domain.codes import Reason
from app.domain.indicator_figures import (
    WHITE_MINUS_BME,
    DifferenceFigure,
    PoolIndicatorFigure,
    RateFigure,
    SurveyFigure,
)
from app.domain.indicators import POOL_INDICATORS, SURVEY_INDICATORS, Period
from app.domain.likelihoods import BME_OVER_WHITE, Likelihood
from app.domain.measures import Measure
from app.domain.public_progress import PublicFigure
from app.domain.public_wres import PublicNine
from app.domain.wres import BoardFigure, NineFigures, PeopleFigure, SeatsFigure

Nine = NineFigures | PublicNine
People = PeopleFigure | PublicFigure
Lines = Mapping[str, str]
"""What is told, by what it is called."""

INTERVAL: Final = "95% interval"

SEATS: Final[Mapping[Measure, str]] = {
    Measure.BOARD: "Whole board",
    Measure.BOARD_VOTING: "Voting members",
    Measure.BOARD_EXECUTIVE: "Executive members",
}
"""What the parts of a board are called."""

_READINGS: Final[Mapping[int, str]] = {
    2: "Once shortlisted, white people were {} times as likely to be appointed as BME people",
    3: "BME staff were {} times as likely as white staff to enter the formal disciplinary process",
    4: "White staff were {} times as likely as BME staff to take part in non-mandatory training",
}


def tell_indicator(nine: Nine, number: int) -> Lines | Reason:
    """Return the lines of an indicator, or why there are none."""
    if number in POOL_INDICATORS:
        pools = nine.pools[number]
        return pools if isinstance(pools, Reason) else dict(_pools(pools, number))
    if number in SURVEY_INDICATORS:
        survey = nine.surveys[number]
        return survey if isinstance(survey, Reason) else dict(_survey(survey, number))
    if isinstance(nine, PublicNine):
        return _public(nine, {Measure.WORKFORCE: "Workforce"} if number == 1 else SEATS)
    if number == 1:
        return nine.staff if isinstance(nine.staff, Reason) else _staff(nine.staff.workforce)
    return nine.board if isinstance(nine.board, Reason) else dict(_board(nine.board))


def tell_headline(nine: Nine, number: int) -> str:
    """Return the one figure that stands for an indicator in a row of all nine."""
    lines = tell_indicator(nine, number)
    if isinstance(lines, Reason):
        return say_missing(lines)
    if number == 1:
        return _without_counts(next(iter(lines.values())))
    if isinstance(nine, PublicNine) and number not in {*POOL_INDICATORS, *SURVEY_INDICATORS}:
        return f"board {_without_counts(lines[SEATS[Measure.BOARD]])}"
    named = (_comparison(number), f"{SEATS[Measure.BOARD]} minus workforce")
    return next(lines[name] for name in named if name in lines)


def _without_counts(share: str) -> str:
    return share.partition(" (")[0]


def read_indicator(nine: Nine, number: int) -> str | None:
    """Return what an indicator comes to as a sentence; None where nothing is told."""
    if number in POOL_INDICATORS:
        return _read_pools(nine.pools[number], number)
    if number in SURVEY_INDICATORS:
        return _read_survey(nine.surveys[number])
    if isinstance(nine, PublicNine) or number == 1:
        return None
    return _read_board(nine.board)


def find_basis(nine: Nine, number: int) -> tuple[Period | None, int | None]:
    """Return the period that an indicator is of, and how many trusts it counts, where told."""
    if number in POOL_INDICATORS:
        pools = nine.pools[number]
        return (None, None) if isinstance(pools, Reason) else (pools.period, pools.whole.trusts)
    if number in SURVEY_INDICATORS:
        survey = nine.surveys[number]
        return (None, None) if isinstance(survey, Reason) else (survey.period, survey.trusts)
    if isinstance(nine, PublicNine):
        return None, None
    counted = nine.staff if number == 1 else nine.board
    return None, None if isinstance(counted, Reason) else counted.trusts


def _comparison(number: int) -> str:
    """Return what the comparison of two ethnic groups is called."""
    if number in SURVEY_INDICATORS:
        return "White minus BME" if number in WHITE_MINUS_BME else "BME minus white"
    return "BME over white" if number in BME_OVER_WHITE else "White over BME"


def _share(people: People) -> str:
    """Return a share with the counts behind it."""
    if people.share is None or people.total is None:
        return say_missing(people.share_reason)
    return f"{percent(rounded(people.share))} ({people.bme:,} of {people.total:,})"


def _staff(people: PeopleFigure) -> Lines:
    interval = people.interval_95
    return {
        "Workforce": _share(people),
        **({INTERVAL: say_interval(interval)} if interval else {}),
    }


def _public(nine: PublicNine, measures: Mapping[Measure, str]) -> Lines | Reason:
    lines = {
        title: _share(nine.people[measure])
        for measure, title in measures.items()
        if measure in nine.people
    }
    return lines or (Reason.NOT_SENT if nine.people else Reason.NOT_PUBLISHED)


def _pools(figure: PoolIndicatorFigure, number: int) -> Iterator[tuple[str, str]]:
    whole = figure.whole
    yield "White", _rate(whole.white)
    yield "BME", _rate(whole.bme)
    if whole.unknown.pool:
        yield "Unknown", _rate(whole.unknown)
    found = whole.likelihood
    if isinstance(found, Reason):
        yield _comparison(number), say_missing(found)
        return
    yield _comparison(number), say_ratio(found.ratio)
    yield INTERVAL, say_ratios_between(found.interval_95)


def _rate(rate: RateFigure) -> str:
    if rate.rate is None:
        return say_missing(rate.rate_reason)
    return f"{percent(rounded(rate.rate))} ({rate.events:,} of {rate.pool:,})"


def _survey(figure: SurveyFigure, number: int) -> Iterator[tuple[str, str]]:
    for title, answers in (("White", figure.white), ("BME", figure.bme)):
        if answers.share is None:
            yield title, say_missing(answers.share_reason)
        else:
            yield title, f"{percent(rounded(answers.share))} of {answers.respondents:,}"
    yield from _difference(_comparison(number), figure.difference, INTERVAL)


def _board(board: BoardFigure) -> Iterator[tuple[str, str]]:
    parts = zip(SEATS.values(), (board.board, board.voting, board.executive), strict=True)
    for title, seats in parts:
        yield title, _share(seats.people)
        name = f"{title} minus workforce"
        yield from _difference(name, seats.difference, f"{name}, {INTERVAL}")


def _difference(
    name: str, difference: DifferenceFigure | Reason, interval: str
) -> Iterator[tuple[str, str]]:
    if isinstance(difference, Reason):
        yield name, say_missing(difference)
        return
    yield name, say_points(difference.share)
    yield interval, say_points_between(difference.interval_95)


def _read_pools(figure: PoolIndicatorFigure | Reason, number: int) -> str | None:
    if isinstance(figure, Reason) or isinstance(figure.whole.likelihood, Reason):
        return None
    found: Likelihood = figure.whole.likelihood
    said = (
        f"{_READINGS[number].format(say_ratio(found.ratio))} ({INTERVAL}"
        f" {say_ratios_between(found.interval_95)})."
    )
    if found.interval_95.lower <= 1 <= found.interval_95.upper:
        said += " Chance alone could explain this."
    if found.adjusted:
        said += " It happened to nobody in one group, so half a person was added to each count."
    return said


def _read_survey(figure: SurveyFigure | Reason) -> str | None:
    if isinstance(figure, Reason) or isinstance(figure.difference, Reason):
        return None
    white, bme = (percent(rounded(one.share or 0)) for one in (figure.white, figure.bme))
    return f"{bme} of BME and {white} of white respondents said so{_tail(figure.difference)}"


def _read_board(board: BoardFigure | Reason) -> str | None:
    if isinstance(board, Reason) or isinstance(board.board.difference, Reason):
        return None
    seats: SeatsFigure = board.board
    share = percent(rounded(seats.people.share or 0))
    count = f"{seats.people.bme:,} of {seats.people.total:,} board members were BME"
    return f"{count}, {share}{_tail(board.board.difference, ', against the workforce')}"


def _tail(difference: DifferenceFigure, against: str = "") -> str:
    interval = difference.interval_95
    said = (
        f"{against}: a difference of {say_points(difference.share)} ({INTERVAL}"
        f" {say_points_between(interval)})."
    )
    chance = interval.lower <= 0 <= interval.upper
    return f"{said} Chance alone could explain this." if chance else said
