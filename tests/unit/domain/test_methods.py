"""Methods beside each other: what was answered with one stays, whatever comes after it."""

from collections.abc import Mapping
from dataclasses import asdict, replace
from datetime import date
from fractions import Fraction

import numpy as np
import pytest
from numpy.typing import ArrayLike

from app.domain.assessment import assess
from app.domain.errors import MethodNotFound
from app.domain.measures import ReferenceKind
from app.domain.methods import LATEST, METHOD_1, METHODS, Formulas, Method, get_method
from app.domain.panels import Question
from app.domain.progress import Progress
from app.stats.closing import Closings, compare_walks, compare_with_share
from app.stats.normal import Floats
from app.stats.walk import Constants, Forecast, Walks, fit_walks, forecast
from tests.unit.domain.given import LEADERSHIP, OWN_WORKFORCE, SETTINGS, target, worked_example

SECOND = replace(
    METHOD_1,
    version="2",
    title="A walk that forgets its drift sooner",
    released=date(2027, 11, 1),
    constants=replace(METHOD_1.constants, damping=0.5),
)

A_FIFTH = Question(LEADERSHIP, ReferenceKind.FIXED, Fraction(1, 5))

BOTH: Mapping[str, Method] = {**METHODS, SECOND.version: SECOND}


def answer(method: Method, question: Question = OWN_WORKFORCE) -> Progress:
    """Return the progress of the worked example with a target."""
    held = worked_example(target("0.1800"))
    return assess(held, [question], replace(SETTINGS, method=method))[0]


def test_the_first_method_is_the_one_that_is_documented() -> None:
    assert (METHOD_1.version, METHOD_1.title, METHOD_1.released) == (
        "1",
        "Damped random walk in log-odds",
        date(2026, 11, 23),
    )
    assert asdict(METHOD_1.constants) == {
        "turnover": 0.12,
        "process_sd": 0.05,
        "drift_prior_sd": 0.15,
        "damping": 0.95,
        "dispersion_from": 6,
    }


def test_every_method_is_registered_under_its_version_and_the_newest_comes_last() -> None:
    released = [method.released for method in METHODS.values()]

    assert {version: method.version for version, method in METHODS.items()} == {"1": "1"}
    assert released == sorted(released)
    assert get_method(None) is LATEST is [*METHODS.values()][-1]


def test_a_version_is_got_from_those_that_are_registered() -> None:
    assert get_method("1") is get_method("1", BOTH) is METHOD_1
    assert get_method("2", BOTH) is get_method(None, BOTH) is SECOND


@pytest.mark.parametrize("version", ["2", "", "01", "one"])
def test_another_version_is_not_found(version: str) -> None:
    with pytest.raises(MethodNotFound) as refused:
        get_method(version)

    assert str(refused.value) == f"There is no method {version}."
    assert refused.value.facts == {"version": version}


def test_an_old_answer_stays_to_the_last_digit_when_a_second_method_comes() -> None:
    before = answer(get_method(None))

    newest = answer(get_method(None, BOTH))
    old = answer(get_method("1", BOTH))

    assert repr(old) == repr(before)
    assert newest.method == "2"
    for part in ("goal_outlook", "forecast", "parity"):
        assert getattr(newest, part) != getattr(old, part), part
    for part in ("actuals", "current_target", "gap", "trend", "appointments"):
        assert getattr(newest, part) == getattr(old, part), part


def without_drift(
    years: ArrayLike, bme: ArrayLike, total: ArrayLike, constants: Constants
) -> Walks:
    walks = fit_walks(years, bme, total, constants)
    return replace(walks, drift=np.zeros_like(walks.drift))


def of_constant_variance(walks: Walks, horizons: ArrayLike, constants: Constants) -> Forecast:
    prediction = forecast(walks, horizons, constants)
    return Forecast(prediction.centre, np.full_like(prediction.variance, 0.01))


def a_step_nearer(measure: Walks, reference: Walks) -> Closings:
    closings = compare_walks(measure, reference)
    return replace(closings, barrier=closings.barrier / 2)


def a_share_nearer(measure: Walks, share: ArrayLike, people: ArrayLike) -> Closings:
    closings = compare_with_share(measure, share, people)
    return replace(closings, barrier=closings.barrier / 2)


def without_reach(closings: Closings, horizons: ArrayLike, constants: Constants) -> Floats:
    return Closings.scores(closings, horizons, replace(constants, damping=0.01))


FORMULAS = METHOD_1.formulas


@pytest.mark.parametrize(
    ("formulas", "question", "changed"),
    [
        pytest.param(
            replace(FORMULAS, fit=without_drift),
            OWN_WORKFORCE,
            ["goal_outlook", "forecast", "trend", "parity"],
            id="fit",
        ),
        pytest.param(
            replace(FORMULAS, forecast=of_constant_variance),
            OWN_WORKFORCE,
            ["goal_outlook", "forecast"],
            id="forecast",
        ),
        pytest.param(
            replace(FORMULAS, compare=a_step_nearer), OWN_WORKFORCE, ["parity"], id="compare"
        ),
        pytest.param(
            replace(FORMULAS, compare=a_step_nearer), A_FIFTH, [], id="compare, with a share"
        ),
        pytest.param(
            replace(FORMULAS, compare_with_share=a_share_nearer),
            A_FIFTH,
            ["parity"],
            id="compare with a share",
        ),
        pytest.param(
            replace(FORMULAS, scores=without_reach), OWN_WORKFORCE, ["parity"], id="scores"
        ),
    ],
)
def test_a_formula_can_be_replaced_alone(
    formulas: Formulas, question: Question, changed: list[str]
) -> None:
    old = answer(METHOD_1, question)

    new = answer(replace(METHOD_1, formulas=formulas), question)

    parts = ("actuals", "gap", "goal_outlook", "forecast", "trend", "parity", "appointments")
    assert [part for part in parts if getattr(new, part) != getattr(old, part)] == changed
