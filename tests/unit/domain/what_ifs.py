"""A what-if, what it is asked of, and the parts of its answer."""

from fractions import Fraction

from app.domain.holdings import Holdings
from app.domain.panels import Question
from app.domain.what_if import Expectation, ExpectedGoal, Supposition, WhatIf
from app.domain.what_if_assessment import assess_what_if
from tests.unit.domain.answers import one
from tests.unit.domain.given import OWN_WORKFORCE, leaders_among, people, target

GOAL = target("0.1800")


def supposing(
    bme_share: str | None = "0.5",
    *,
    turnover: str = "0.12",
    growth: str = "0",
    horizon: int | None = None,
) -> Supposition:
    """Return what is supposed; no share of appointments for the one that the goal needs."""
    share = None if bme_share is None else Fraction(bme_share)
    return Supposition(Fraction(turnover), share, Fraction(growth), horizon)


def ask(held: Holdings, suppose: Supposition, question: Question = OWN_WORKFORCE) -> WhatIf:
    """Return the answer to a what-if."""
    return assess_what_if(held, one(held, question), suppose)


def goal_of(found: WhatIf) -> ExpectedGoal:
    """Return the goal of an answer that has one."""
    assert found.goal is not None
    return found.goal


def path_of(found: WhatIf) -> tuple[Expectation, ...]:
    """Return the path of an answer that has one."""
    assert found.path is not None
    return found.path


def leaders(bme: int, total: int) -> Holdings:
    """Return leaders who are the same in each of three censuses, beside others."""
    years = (2022, 2023, 2024)
    return leaders_among(
        dict.fromkeys(years, people(bme, total)), dict.fromkeys(years, people(200, 1000)), GOAL
    )
