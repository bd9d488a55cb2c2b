"""Facts in domain words, from which the tests of the domain start."""

from collections.abc import Iterable, Mapping
from datetime import UTC, date, datetime
from decimal import Decimal
from fractions import Fraction

from app.domain.actuals import Actuals, ActualsRevision, Headcounts, SignOff
from app.domain.assessment import Settings
from app.domain.bands import Band, StaffGroup
from app.domain.boards import Board, BoardRevision, Seats
from app.domain.censuses import Cycle
from app.domain.codes import TargetState
from app.domain.counts import Count
from app.domain.holdings import Holdings
from app.domain.measures import Measure, ReferenceKind, Scope
from app.domain.methods import METHOD_1
from app.domain.organisations import Kind, Organisation, Succession, SuccessionKind
from app.domain.panels import Question
from app.domain.records import Author, Record
from app.domain.series import Continuity, Lineage, join_actuals, join_boards
from app.domain.target_moves import Move
from app.domain.target_versions import Versions
from app.domain.targets import (
    Baseline,
    Goal,
    GoalForm,
    Milestone,
    Target,
    TargetVersion,
    Terms,
    target_id,
)

NOW = datetime(2026, 11, 23, 9, tzinfo=UTC)
RECORD = Record(NOW, Author("test"))
SIGN_OFF = SignOff(date(2025, 7, 1), "Chief People Officer", RECORD)
SETTINGS = Settings(Continuity.COMBINED, NOW, Fraction(12, 100), 30, METHOD_1)

CLINICAL_8A = (StaffGroup.CLINICAL, Band.BAND_8A)
CLINICAL_5 = (StaffGroup.CLINICAL, Band.BAND_5)
CONSULTANT = (StaffGroup.MEDICAL, Band.CONSULTANT)
TRAINEE = (StaffGroup.MEDICAL, Band.TRAINEE)

LEADERSHIP = Scope(Measure.LEADERSHIP)
OWN_WORKFORCE = Question(LEADERSHIP, ReferenceKind.OWN_WORKFORCE)

TRUST = Organisation("ZZ001", Kind.TRUST)

YEARS = range(2019, 2025)
LEADERS = ((31, 402), (34, 410), (38, 418), (47, 431), (57, 440), (69, 452))
WORKFORCE = ((912, 5210), (960, 5300), (1022, 5395), (1110, 5480), (1225, 5602), (1340, 5731))


def cycle(starts: int) -> Cycle:
    """Return a cycle of three years."""
    return Cycle(f"{starts}-{starts + 3}", starts, starts + 3, 2028, "A Model Employer")


def people(bme: int, total: int, unknown: int = 0) -> Count:
    """Return BME people of a total, everybody else white."""
    return Count(total - bme - unknown, bme, unknown)


def sent(
    year: int,
    headcounts: Headcounts,
    *,
    by: str = "ZZ001",
    covers: Iterable[str] = (),
    revision: int = 1,
    is_signed: bool = True,
) -> ActualsRevision:
    """Return a return of headcounts."""
    return ActualsRevision(
        by,
        year,
        revision,
        Actuals("ESR", tuple(covers) or (by,), None, headcounts),
        RECORD,
        sign_off=SIGN_OFF if is_signed else None,
    )


def seated(year: int, seats: Seats, *, by: str = "ZZ001", revision: int = 1) -> BoardRevision:
    """Return a return of the board."""
    return BoardRevision(by, year, revision, Board("Company secretary", seats), RECORD)


def team(leaders: Count, others: Count) -> Headcounts:
    """Return leaders in band 8a, and others in band 5."""
    return {CLINICAL_8A: leaders, CLINICAL_5: others}


def lineage(
    *successions: Succession,
    trust: Organisation = TRUST,
    opened: Mapping[str, date | None] | None = None,
) -> Lineage:
    """Return the lineage of a trust."""
    return Lineage.find(trust, successions, opened or {})


def merger(
    predecessor: str,
    on: date,
    *,
    into: str = "ZZ001",
    kind: SuccessionKind = SuccessionKind.MERGED,
) -> Succession:
    """Return a merger from its first day."""
    return Succession(predecessor, into, on, kind)


def holdings(
    *returns: ActualsRevision | BoardRevision,
    of: Lineage | None = None,
    targets: Iterable[Target] = (),
    continuity: Continuity = Continuity.COMBINED,
) -> Holdings:
    """Return what is held of a trust."""
    family = of or lineage()
    staff = [one for one in returns if isinstance(one, ActualsRevision)]
    boards = [one for one in returns if isinstance(one, BoardRevision)]
    return Holdings(
        family,
        join_actuals(family, staff, continuity),
        join_boards(family, boards, continuity),
        tuple(Versions((one,)) for one in targets),
    )


def leaders_among(
    leaders: Mapping[int, Count], others: Mapping[int, Count], *targets: Target
) -> Holdings:
    """Return a trust of leaders and others, signed off."""
    return holdings(
        *(sent(year, team(count, others[year])) for year, count in leaders.items()),
        targets=targets,
    )


def worked_example(*targets: Target) -> Holdings:
    """Return the worked example of the method, seven leaders of 2024 of unknown ethnicity."""
    leaders = {
        year: people(*counts, unknown=7 if year == 2024 else 0)
        for year, counts in zip(YEARS, LEADERS, strict=True)
    }
    others = {
        year: people(big_x - x, big_n - n)
        for year, (x, n), (big_x, big_n) in zip(YEARS, LEADERS, WORKFORCE, strict=True)
    }
    return leaders_among(leaders, others, *targets)


def target(
    goal: Goal | str | int,
    *,
    starts: int = 2022,
    bme: int = 47,
    total: int = 431,
    workforce: tuple[int, int] = (1110, 5480),
    covers: tuple[str, ...] = ("ZZ001",),
    milestones: tuple[Milestone, ...] = (),
    scope: Scope = LEADERSHIP,
    source: str | None = None,
) -> Target:
    """Return a submitted target: a share as a string, a headcount as an integer, or a goal."""
    if isinstance(goal, str):
        goal = Goal(GoalForm.SHARE, share=Decimal(goal))
    elif isinstance(goal, int):
        goal = Goal(GoalForm.HEADCOUNT, headcount=goal)
    baseline = Baseline(
        starts, bme, total, *workforce, revision=1 if source is None else None, covers=covers,
        source=source,
    )  # fmt: skip
    moves = (Move(TargetState.DRAFT, RECORD), Move(TargetState.SUBMITTED, RECORD))
    version = TargetVersion(1, Terms(goal, milestones), baseline, moves)
    return Target("ZZ001", target_id(scope, cycle(starts)), scope, cycle(starts), version)
