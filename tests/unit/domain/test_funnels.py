"""The funnel of all trusts: its middle, its limits, and where each trust lies in it."""

from math import sqrt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.benchmarks import Participant, assemble, rank
from app.domain.codes import FunnelPosition, Reason
from app.domain.funnels import CURVE, Centre, Dispersion, Funnel, Limits, draw_funnel, locate
from app.domain.measures import Measure
from app.domain.progress import Interval
from app.stats.funnel import fit_funnel
from tests.unit.domain.comparing import AS_OF, OCCASION, trust

LIMITS = Limits(100, Interval(0.1, 0.3), Interval(0.05, 0.4))

COUNTS = ((12, 100), (30, 200), (13, 90), (20, 150), (16, 120), (42, 300), (97, 700), (11, 80),
          (61, 400), (45, 310), (70, 505), (22, 160), (14, 99), (120, 850), (33, 220), (19, 140),
          (50, 700), (30, 300), (58, 250), (320, 1000))  # fmt: skip
"""BME people and all people of some trusts."""

TRUSTS = [trust(f"ZZ{number:03}", *count) for number, count in enumerate(COUNTS)]


@st.composite
def several(draw: st.DrawFn) -> list[Participant]:
    """Draw trusts that have sent, some without people."""
    sizes = draw(st.lists(st.integers(0, 3000), min_size=1, max_size=20))
    return [
        trust(f"ZZ{number:03}", draw(st.integers(0, size)), size)
        for number, size in enumerate(sizes)
    ]


def draw_of(participants: list[Participant]) -> Funnel:
    """Return the funnel of invented trusts."""
    return draw_funnel(assemble(participants, expected=99), OCCASION, synthetic=True)


@pytest.mark.parametrize(
    ("share", "position"),
    [
        (0.41, FunnelPosition.ABOVE_998),
        (0.4, FunnelPosition.ABOVE_95),
        (0.31, FunnelPosition.ABOVE_95),
        (0.3, FunnelPosition.INSIDE),
        (0.2, FunnelPosition.INSIDE),
        (0.1, FunnelPosition.INSIDE),
        (0.09, FunnelPosition.BELOW_95),
        (0.05, FunnelPosition.BELOW_95),
        (0.04, FunnelPosition.BELOW_998),
    ],
)
def test_a_share_on_a_limit_is_within_it(share: float, position: FunnelPosition) -> None:
    assert locate(share, LIMITS) is position


def test_the_funnel_is_that_of_the_counts() -> None:
    fitted = fit_funnel(*zip(*COUNTS, strict=True))

    funnel = draw_of(TRUSTS)

    assert (funnel.measure, funnel.staff_group, funnel.year) == (Measure.LEADERSHIP, None, 2024)
    assert (funnel.as_of, funnel.method, funnel.synthetic) == (AS_OF, "1", True)
    assert funnel.trusts.expected == 99
    assert funnel.centre == Centre(1083, 6674, 1083 / 6674, 1083 / 6674, None, 0.0)
    assert funnel.dispersion == Dispersion(
        fitted.dispersion, sqrt(fitted.between_variance), applied=True
    )


def test_a_trust_lies_among_its_own_limits() -> None:
    inner, outer = (fit_funnel(*zip(*COUNTS, strict=True)).limits([100], confidence=confidence)
                    for confidence in (0.95, 0.998))  # fmt: skip

    points = draw_of(TRUSTS).points

    first = points[0]
    assert (first.ods_code, first.bme, first.total, first.share) == ("ZZ000", 12, 100, 0.12)
    assert first.limits_95 == Interval(float(inner.lower[0]), float(inner.upper[0]))
    assert first.limits_998 == Interval(float(outer.lower[0]), float(outer.upper[0]))
    assert [one.position.value for one in points[-5:]] == [
        "inside", "below_998", "below_95", "above_95", "above_998",
    ]  # fmt: skip
    assert {one.position.value for one in points[:-4]} == {"inside"}
    assert [one.standing for one in points] == rank([one.people.count for one in TRUSTS])


@given(several())
def test_everybody_is_in_the_middle_and_each_trust_in_the_curve(sent: list[Participant]) -> None:
    funnel = draw_of(sent)

    points = funnel.points
    assert [point.ods_code for point in points] == [
        one.ods_code for one in sent if one.people.count.total
    ]
    if not points:
        return
    assert funnel.centre is not None
    assert funnel.centre.bme == sum(point.bme for point in points)
    assert funnel.centre.total == sum(point.total for point in points)
    sizes = [limits.total for limits in funnel.curve]
    assert sizes == sorted(set(sizes))
    assert len(sizes) <= CURVE
    assert sizes[0] == min(point.total for point in points)
    assert sizes[-1] == max(point.total for point in points)


@given(several(), st.integers(1, 50))
def test_a_trust_at_the_middle_is_inside(sent: list[Participant], times: int) -> None:
    whole = [one.people.count for one in sent if one.people.count.total]
    bme = sum(count.bme for count in whole) * times
    total = sum(count.total for count in whole) * times
    middle = trust("ZZ900", bme, total)

    point = draw_of([*sent, middle]).points[-1:]

    assert [one.position for one in point if total] == [FunnelPosition.INSIDE][: bool(total)]


def test_without_anybody_there_is_no_funnel() -> None:
    funnel = draw_of([trust("ZZ001", 0, 0)])

    assert (funnel.centre, funnel.centre_reason) == (None, Reason.NO_PEOPLE)
    assert (funnel.dispersion, funnel.dispersion_reason) == (None, Reason.NO_PEOPLE)
    assert (funnel.curve, funnel.points, funnel.warnings) == ((), (), ())


def test_small_groups_come_with_a_warning() -> None:
    funnel = draw_of([trust("ZZ001", 1, 5), trust("ZZ002", 10, 50)])

    assert [one.code for one in funnel.warnings] == ["small_groups"]
