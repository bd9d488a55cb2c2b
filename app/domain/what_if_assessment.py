"""A what-if put together: one measure of a trust, its progress, and what is supposed.

Source:
    docs/methods/1.md, sections 2 to 4.
"""

from collections.abc import Mapping
from fractions import Fraction
from typing import TypeVar

from app.domain.aims import Aim, find_aim
from app.domain.attainability import POSITIVE_ACTION
from app.domain.codes import Caution, Reason, WarningCode
from app.domain.counts import Count
from app.domain.expected_teams import ExpectedTeam, Scenario, expect_teams
from app.domain.gaps import goal_outlook
from app.domain.holdings import Holdings
from app.domain.measures import Scope
from app.domain.methods import Method, Thresholds, get_method
from app.domain.progress import ActualFigure, Appointments, Progress
from app.domain.reference_shares import ReferenceShares, expect_reference
from app.domain.what_if import (
    Expectation,
    ExpectedGoal,
    ExpectedParity,
    Required,
    ScenarioFigure,
    Start,
    Supposition,
    WhatIf,
)

Part = TypeVar("Part")

USUAL_HORIZON = 10
"""Years that a path is told for, unless the goal's census is later."""

CONFIDENCE = 0.80
"""Confidence of the interval around an expected number of people."""

ABOUT_THE_TREND = frozenset(
    {WarningCode.INDICATIVE, WarningCode.OVERDISPERSED, WarningCode.SCALES_FAR_APART}
)
"""Warnings about the measure's own trend, in whose place a supposition stands."""


_Teams = Mapping[int, ExpectedTeam]


def assess_what_if(holdings: Holdings, progress: Progress, suppose: Supposition) -> WhatIf:
    """Return what would become of a measure if every year were as supposed.

    Args:
        holdings: What is known of the trust.
        progress: Of the measure, from the same holdings.
        suppose: What is supposed.
    """
    latest = progress.actuals[-1] if progress.actuals else None
    method = get_method(progress.method)
    aim = find_aim(holdings, progress)
    share = _choose_share(suppose, aim)
    horizon = suppose.horizon or _usual_horizon(aim, method)
    teams = _expect(latest, suppose, share, _years_ahead(aim, method))
    reference = _find_reference(holdings, progress, latest, method)
    appointments, appointments_reason = _split(_find_appointments(suppose, aim))
    path, path_reason = _split(_tell_path(teams, aim, horizon))
    goal, goal_reason = _split(_tell_goal(teams, aim, method.thresholds))
    parity, parity_reason = _split(_tell_parity(teams, reference))
    return WhatIf(
        ods_code=progress.ods_code,
        measure=progress.measure,
        staff_group=progress.staff_group,
        continuity=progress.continuity,
        as_of=progress.as_of,
        method=progress.method,
        synthetic=progress.synthetic,
        start=None if latest is None else Start.of(latest),
        start_reason=Reason.NO_ACTUALS if latest is None else None,
        scenario=_show_scenario(suppose, share, horizon),
        appointments=appointments,
        appointments_reason=appointments_reason,
        path=path,
        path_reason=path_reason,
        goal=goal,
        goal_reason=goal_reason,
        parity=parity,
        parity_reason=parity_reason,
        guidance=POSITIVE_ACTION,
        warnings=_cautions(progress, _split(reference)[0] if parity else None),
    )


def _choose_share(suppose: Supposition, aim: Aim | Reason) -> Fraction | Reason:
    """Return the share of appointments as supposed, else the one that the goal needs.

    A goal that needs more than all of them gets all, and one that needs less than none, none.
    """
    if suppose.bme_share is not None:
        return suppose.bme_share
    if isinstance(aim, Reason):
        return aim
    needed = aim.share_needed(suppose.turnover, suppose.growth)
    return min(max(needed, Fraction(0)), Fraction(1))


def _usual_horizon(aim: Aim | Reason, method: Method) -> int:
    ahead = 0 if isinstance(aim, Reason) else aim.years
    return min(max(USUAL_HORIZON, ahead), method.thresholds.horizon)


def _years_ahead(aim: Aim | Reason, method: Method) -> int:
    """Return for how many years a team is expected: to the horizon, and to the goal."""
    horizon = method.thresholds.horizon
    return horizon if isinstance(aim, Reason) else max(horizon, aim.years)


def _find_appointments(suppose: Supposition, aim: Aim | Reason) -> Appointments | Reason:
    """Return what the goal takes under what is supposed, or why it cannot be said."""
    if isinstance(aim, Reason):
        return aim
    return aim.attainability(suppose.turnover, suppose.growth)


def _expect(
    latest: ActualFigure | None,
    suppose: Supposition,
    share: Fraction | Reason,
    years: int,
) -> _Teams | Reason:
    """Return the team by census year, the last census first, or why none can be expected."""
    if latest is None:
        return Reason.NO_ACTUALS
    if not latest.total:
        return Reason.NO_PEOPLE
    if isinstance(share, Reason):
        return share
    scenario = Scenario(suppose.turnover, share, suppose.growth)
    teams = expect_teams(_count(latest), scenario, years)
    return {latest.year + ahead: team for ahead, team in enumerate(teams)}


def _find_reference(
    holdings: Holdings, progress: Progress, latest: ActualFigure | None, method: Method
) -> ReferenceShares | Reason:
    """Return what the measure is held against from its last census on, or why it is not."""
    parity = progress.parity
    if parity is None or latest is None:
        return progress.parity_reason or Reason.NO_ACTUALS
    scope = Scope(progress.measure, progress.staff_group)
    years = range(latest.year, latest.year + method.thresholds.horizon + 1)
    return expect_reference(parity, scope, holdings.staff, method, years)


def _tell_path(
    teams: _Teams | Reason, aim: Aim | Reason, horizon: int
) -> tuple[Expectation, ...] | Reason:
    """Return the team at each census to the horizon."""
    if isinstance(teams, Reason):
        return teams
    _, *ahead = teams
    return tuple(_tell_team(year, teams[year], aim) for year in ahead[:horizon])


def _tell_team(year: int, team: ExpectedTeam, aim: Aim | Reason) -> Expectation:
    """Return the team at one census, beside what is required of it in the target's cycle."""
    required = None
    if not isinstance(aim, Reason) and year in aim.target.cycle.census_years:
        share, people = aim.required(year, team.total)
        required = Required(float(share), people)
    return Expectation(
        year=year,
        bme=float(team.bme),
        total=float(team.total),
        share=float(team.share),
        standard_deviation=team.standard_deviation,
        interval_80=team.interval(CONFIDENCE),
        required=required,
    )


def _tell_goal(
    teams: _Teams | Reason, aim: Aim | Reason, limits: Thresholds
) -> ExpectedGoal | Reason:
    """Return the goal and how probable it is to be reached, or why there is none."""
    if isinstance(teams, Reason):
        return teams
    if isinstance(aim, Reason):
        return aim
    version, year = aim.target.version, aim.year
    team = teams[year]
    share, people = aim.required(year, team.total)
    probability = None if aim.count.total < limits.min_people else team.probability_of(people)
    reason = Reason.TOO_SMALL if probability is None else None
    return ExpectedGoal(
        target_id=aim.target.id,
        version=version.version,
        form=version.terms.goal.form,
        year=year,
        share=float(share),
        people=people,
        expected_bme=float(team.bme),
        probability=probability,
        probability_reason=reason,
        outlook=None if probability is None else goal_outlook(probability, limits),
        outlook_reason=reason,
    )


def _tell_parity(
    teams: _Teams | Reason, reference: ReferenceShares | Reason
) -> ExpectedParity | Reason:
    """Return the first census at or above the reference, or why there is none."""
    if isinstance(reference, Reason):
        return reference
    if isinstance(teams, Reason):
        return teams
    # Both round alike, so what is exactly at the reference stays so.
    reached = (y for y, share in reference.by_year.items() if float(teams[y].share) >= share)
    year = next(reached, None)
    if year == min(teams):
        return ExpectedParity(reference.kind, None, Reason.AT_OR_ABOVE_REFERENCE)
    return ExpectedParity(reference.kind, year, Reason.LATER_OR_NEVER if year is None else None)


def _cautions(progress: Progress, reference: ReferenceShares | None) -> tuple[Caution, ...]:
    """Return the warnings about the reference, and about the people and their history."""
    caution = reference.caution if reference else None
    found = [one for one in progress.warnings if one.code not in ABOUT_THE_TREND]
    return (caution, *found) if caution else tuple(found)


def _show_scenario(suppose: Supposition, share: Fraction | Reason, horizon: int) -> ScenarioFigure:
    chosen, reason = _split(share)
    return ScenarioFigure(
        turnover=float(suppose.turnover),
        bme_share_of_appointments=None if chosen is None else float(chosen),
        bme_share_of_appointments_reason=reason,
        growth=float(suppose.growth),
        horizon=horizon,
    )


def _count(figure: ActualFigure) -> Count:
    return Count(figure.white, figure.bme, figure.unknown)


def _split(part: Part | Reason) -> tuple[Part | None, Reason | None]:
    """Return a part beside the reason why it is null."""
    return (None, part) if isinstance(part, Reason) else (part, None)
