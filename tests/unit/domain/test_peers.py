"""The peers of a trust: which they are, in which order, and where it stands among them."""

from collections.abc import Mapping, Sequence
from math import log, sqrt
from statistics import pstdev

import numpy as np
import pytest
from statsmodels.stats.proportion import confint_proportions_2indep

from app.domain.benchmarks import Participant, RankInterval, Standing, Tally, Turnout, assemble
from app.domain.codes import Reason
from app.domain.measures import Measure
from app.domain.organisations import TrustType
from app.domain.peers import PeerGroup, Scales, TrustFigure, group_peers
from tests.unit.domain.comparing import AS_OF, OCCASION, tally, trust

OWN = trust("ZZ001", 20, 200)

WORKFORCES = {
    "ZZ001": tally(200, 1000),
    "ZZ002": tally(220, 1100),
    "ZZ003": tally(1600, 4000),
    "ZZ004": tally(201, 1001),
    "ZZ005": tally(150, 900),
}


def group(
    others: Sequence[Participant],
    *,
    own: Participant = OWN,
    workforces: Mapping[str, Tally] = WORKFORCES,
    number: int = 10,
) -> PeerGroup:
    """Return the peers of a trust among others."""
    field = assemble([own, *others], expected=9, own=own.ods_code)
    return group_peers(own, field, workforces, OCCASION, number)


def test_the_trust_itself_is_told_and_is_no_peer() -> None:
    found = group([])

    assert (found.ods_code, found.measure, found.staff_group) == (
        "ZZ001", Measure.LEADERSHIP, None,
    )  # fmt: skip
    assert (found.year, found.as_of, found.method, found.synthetic) == (2024, AS_OF, "1", True)
    assert found.trusts == Turnout(9, 1, counted_elsewhere=0, without_people=0, compared=1)
    assert type(found.own) is TrustFigure
    assert (found.own.workforce.bme, found.own.workforce.total) == (200, 1000)
    assert (found.own.people.bme, found.own.people.total) == (20, 200)
    assert found.peers == ()
    assert found.scales == Scales(0.0, 0.0)
    assert found.standing == Standing(1, RankInterval(1, 1), 1)


def test_trusts_of_the_same_type_come_first_then_the_nearest() -> None:
    others = [
        trust("ZZ002", 1, 50),
        trust("ZZ003", 1, 50),
        trust("ZZ004", 1, 50, trust_type=TrustType.COMMUNITY),
        trust("ZZ005", 1, 50, trust_type=None),
    ]

    found = group(others)

    assert [(one.ods_code, one.likeness.same_type) for one in found.peers] == [
        ("ZZ002", True), ("ZZ003", True), ("ZZ004", False), ("ZZ005", False),
    ]  # fmt: skip
    assert found.peers[3].type_reason is Reason.NOT_IN_REGISTER


def test_two_trusts_without_a_type_are_not_of_the_same_type() -> None:
    own = trust("ZZ001", 20, 200, trust_type=None)

    found = group([trust("ZZ002", 1, 50, trust_type=None)], own=own)

    assert [one.likeness.same_type for one in found.peers] == [False]


def test_a_distance_shows_its_parts_and_what_they_were_divided_by() -> None:
    found = group([trust("ZZ002", 1, 50), trust("ZZ003", 1, 50)])

    logs = [log(size) for size in (1000, 1100, 4000)]
    shares = [0.2, 0.2, 0.4]
    size_sd, share_sd = pstdev(logs), pstdev(shares)
    assert found.scales is not None
    assert (found.scales.log_size_sd, found.scales.share_sd) == pytest.approx((size_sd, share_sd))
    near, far = (one.likeness for one in found.peers)
    assert (near.size_ratio, near.share_difference) == (1.1, 0.0)
    assert near.distance == pytest.approx(log(1.1) / size_sd)
    assert (far.size_ratio, far.share_difference) == (4.0, 0.2)
    assert far.distance == pytest.approx(sqrt((log(4) / size_sd) ** 2 + (0.2 / share_sd) ** 2))


def test_trusts_at_the_same_distance_come_in_the_order_of_their_codes() -> None:
    workforces = {"ZZ001": tally(5, 50), "ZZ002": tally(9, 90), "ZZ003": tally(9, 90)}

    found = group([trust("ZZ003", 1, 50), trust("ZZ002", 1, 50)], workforces=workforces)

    assert [one.ods_code for one in found.peers] == ["ZZ002", "ZZ003"]


def test_no_more_peers_are_given_than_are_wanted_but_all_count_for_the_scales() -> None:
    others = [trust("ZZ002", 1, 50), trust("ZZ003", 1, 50)]

    found = group(others, number=1)

    assert [one.ods_code for one in found.peers] == ["ZZ002"]
    assert found.scales == group(others).scales
    assert found.standing is not None
    assert found.standing.of == 2


def test_a_difference_is_positive_when_the_trust_is_short_of_its_peer() -> None:
    found = group([trust("ZZ002", 30, 200)])

    difference = found.peers[0].difference
    assert difference is not None
    assert difference.share == 0.05
    wanted = confint_proportions_2indep(30, 200, 20, 200, method="newcomb")
    interval = difference.interval_95
    assert (interval.lower, interval.upper) == pytest.approx(wanted)


def test_a_trust_stands_among_itself_and_its_peers() -> None:
    others = [trust("ZZ002", 2_900, 5_000), trust("ZZ003", 1, 5_000), trust("ZZ004", 21, 200)]

    found = group(others)

    assert found.standing == Standing(3, RankInterval(2, 3), 4)
    assert found.standing_reason is None


def test_a_trust_with_nobody_in_the_measure_has_peers_but_no_rank() -> None:
    own = trust("ZZ001", 0, 0)

    found = group([trust("ZZ002", 30, 200)], own=own)

    assert found.own.people.share_reason is Reason.NO_PEOPLE
    assert (found.standing, found.standing_reason) == (None, Reason.NO_PEOPLE)
    (peer,) = found.peers
    assert (peer.difference, peer.difference_reason) == (None, Reason.NO_PEOPLE)
    assert np.isfinite(peer.likeness.distance)
    assert found.warnings == ()


def test_a_trust_without_a_workforce_has_nothing_to_measure_distances_from() -> None:
    own = trust("ZZ001", 0, 0)

    found = group(
        [trust("ZZ002", 30, 200)], own=own, workforces=WORKFORCES | {"ZZ001": tally(0, 0)}
    )

    assert found.peers == ()
    assert (found.scales, found.scales_reason) == (None, Reason.NO_PEOPLE)
    assert found.own.workforce.share_reason is Reason.NO_PEOPLE


def test_small_groups_among_those_shown_come_with_a_warning() -> None:
    others = [trust("ZZ002", 1, 50), trust("ZZ003", 1, 5)]

    assert [one.code for one in group(others).warnings] == ["small_groups"]
    assert group(others, number=1).warnings == ()
