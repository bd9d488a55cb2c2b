"""Trusts beside each other at one census: who takes part, and how their shares stand.

Source:
    docs/methods/1.md, section 7.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from app.domain.actuals import UNKNOWN_SHARE_LIMIT
from app.domain.codes import Caution, Reason, WarningCode
from app.domain.counts import Count
from app.domain.measures import Scope
from app.domain.methods import Method
from app.domain.organisations import TrustType
from app.domain.progress import Interval
from app.stats.intervals import wilson_intervals
from app.stats.ranks import rank_shares

SMALL_GROUP = 10
"""People below which limits and intervals of a group are rough."""


@dataclass(frozen=True, slots=True)
class Occasion:
    """What is compared, and as of when.

    Attributes:
        scope: The measure.
        year: Of the census.
        as_of: The instant that the answer names.
        method: What the answer is computed with, and names.
    """

    scope: Scope
    year: int
    as_of: datetime
    method: Method


@dataclass(frozen=True, slots=True)
class Tally:
    """Persons that a return counts.

    Attributes:
        revision: Of the return.
    """

    revision: int
    count: Count


@dataclass(frozen=True, slots=True)
class Participant:
    """A trust that has sent the census that trusts are compared at.

    Attributes:
        type: On the day of the census; None where the register does not say.
        covers: ODS codes of the trusts whose people its return counts.
        people: Those of the measure.
    """

    ods_code: str
    name: str
    type: TrustType | None
    covers: tuple[str, ...]
    people: Tally

    @property
    def type_reason(self) -> Reason | None:
        """Why there is no type."""
        return None if self.type else Reason.NOT_IN_REGISTER


@dataclass(frozen=True, slots=True)
class Turnout:
    """How many trusts take part, of how many.

    Attributes:
        expected: Trusts that were open on the day of the census.
        reported: Those of them whose own return is held.
        counted_elsewhere: Of these, trusts whose people another one's return counts too; left
            out, so that nobody is counted twice.
        without_people: Of the others, trusts with nobody in the measure; left out.
        compared: The rest.
    """

    expected: int
    reported: int
    counted_elsewhere: int
    without_people: int
    compared: int


@dataclass(frozen=True, slots=True)
class Field:
    """The trusts that can be compared at a census.

    Attributes:
        participants: Those with people in the measure, in the order of their codes.
        turnout: How many they are, of how many.
    """

    participants: tuple[Participant, ...]
    turnout: Turnout


@dataclass(frozen=True, slots=True)
class GroupFigure:
    """A group of people of a trust, with its share.

    Attributes:
        revision: Of the return that counts them.
    """

    revision: int
    bme: int
    total: int
    share: float | None
    share_reason: Reason | None
    share_of_known: float | None
    share_of_known_reason: Reason | None
    unknown_share: float | None
    unknown_share_reason: Reason | None
    interval_95: Interval | None
    interval_95_reason: Reason | None


@dataclass(frozen=True, slots=True)
class RankInterval:
    """Ranks that a trust could as well have; both ends belong to it."""

    lower: int
    upper: int


@dataclass(frozen=True, slots=True)
class Standing:
    """The rank of a share, which never goes without its interval.

    Attributes:
        rank: 1 for the highest share; trusts with equal shares all have the best of their ranks.
        interval_95: For this trust's rank by itself.
        of: Trusts that are ranked.
    """

    rank: int
    interval_95: RankInterval
    of: int


def assemble(
    participants: Iterable[Participant], *, expected: int, own: str | None = None
) -> Field:
    """Return the trusts that can be compared, so that nobody is counted twice.

    Of returns that count the same people the one that covers most trusts takes part, for the
    others are within it; but the trust from which one looks always does.

    Args:
        participants: Every trust that has sent the census.
        expected: Trusts from which it is expected.
        own: ODS code of the trust from which one looks; None when it is no trust's view.
    """
    sent = sorted(participants, key=lambda p: (p.ods_code != own, -len(p.covers), p.ods_code))
    apart: list[Participant] = []
    covered: set[str] = set()
    for one in sent:
        if covered.isdisjoint(one.covers):
            apart.append(one)
            covered.update(one.covers)
    with_people = sorted((p for p in apart if p.people.count.total), key=lambda p: p.ods_code)
    turnout = Turnout(
        expected=expected,
        reported=len(sent),
        counted_elsewhere=len(sent) - len(apart),
        without_people=len(apart) - len(with_people),
        compared=len(with_people),
    )
    return Field(tuple(with_people), turnout)


def show(tallies: Sequence[Tally]) -> list[GroupFigure]:
    """Return groups of people with their shares and Wilson intervals."""
    intervals = find_intervals([tally.count for tally in tallies])
    return [_figure(tally, one) for tally, one in zip(tallies, intervals, strict=True)]


def find_intervals(counts: Sequence[Count]) -> list[Interval]:
    """Return the Wilson intervals of shares at 95 %; not a number where there is nobody."""
    limits = wilson_intervals([count.bme for count in counts], [count.total for count in counts])
    return [Interval(float(lower), float(upper)) for lower, upper in zip(*limits, strict=True)]


def _figure(tally: Tally, interval: Interval) -> GroupFigure:
    """Return a group of people; the interval counts only where there are any."""
    count = tally.count
    nobody = None if count.total else Reason.NO_PEOPLE
    return GroupFigure(
        revision=tally.revision,
        bme=count.bme,
        total=count.total,
        share=None if count.share is None else float(count.share),
        share_reason=nobody,
        share_of_known=None if count.share_of_known is None else float(count.share_of_known),
        share_of_known_reason=None if count.known else Reason.NO_PEOPLE,
        unknown_share=None if count.unknown_share is None else float(count.unknown_share),
        unknown_share_reason=nobody,
        interval_95=None if nobody else interval,
        interval_95_reason=nobody,
    )


def rank(counts: Sequence[Count]) -> list[Standing]:
    """Return how each of some groups with people stands among them."""
    ranks = rank_shares([count.bme for count in counts], [count.total for count in counts])
    return [
        Standing(int(place), RankInterval(int(lower), int(upper)), len(counts))
        for place, lower, upper in zip(*ranks, strict=True)
    ]


def find_small_groups(counts: Iterable[Count]) -> tuple[Caution, ...]:
    """Return the warning that some of the groups compared are small, if any is."""
    number = sum(count.total < SMALL_GROUP for count in counts)
    if not number:
        return ()
    trusts = "1 trust has" if number == 1 else f"{number} trusts have"
    detail = f"{trusts} fewer than {SMALL_GROUP} people in the measure; such limits are rough."
    return (Caution(WarningCode.SMALL_GROUPS, detail),)


def find_unknown_ethnicity(trusts: Iterable[Sequence[Count]]) -> tuple[Caution, ...]:
    """Return the warning that the ethnicity of many is not known in some trusts, if it is so.

    Args:
        trusts: The groups of people that are shown of each.
    """
    number = sum(any(_is_much_unknown(count) for count in counts) for counts in trusts)
    if not number:
        return ()
    among = "1 trust" if number == 1 else f"{number} trusts"
    detail = (
        f"In {among} the ethnicity of more than one person in ten is not known; unknown is not"
        " “not BME”."
    )
    return (Caution(WarningCode.UNKNOWN_ETHNICITY, detail),)


def _is_much_unknown(count: Count) -> bool:
    share = count.unknown_share
    return share is not None and share > UNKNOWN_SHARE_LIMIT
