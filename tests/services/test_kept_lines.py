"""Lines of trusts that are kept: what they are kept by, and that they are those made anew."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal
from itertools import pairwise

import pytest
from sqlalchemy import Engine

from app.domain.area_units import Unit
from app.domain.areas import AreaReport, CompactRow
from app.domain.callers import COMMAND_LINE
from app.domain.censuses import Cycle
from app.domain.codes import Reason
from app.domain.compact_rows import make_row
from app.domain.measures import Measure, ReferenceKind, Scope
from app.domain.methods import METHOD_1
from app.domain.organisations import Attribute, Dated, Kind, Organisation, SuccessionKind
from app.domain.panels import Censuses
from app.domain.questions import AskedReference
from app.domain.series import Head, Lineage
from app.domain.targets import Milestone
from app.services import compact_rows
from app.services.area_scenes import AreaInquiry
from app.services.areas import report_area
from app.services.kept_lines import KeptLines, Lines, list_keys
from app.store import summaries
from app.store.area_targets import InForce
from app.store.engine import reading
from tests.given import START, Given
from tests.unit.domain.given import merger

LEADERSHIP, BOARD = Scope(Measure.LEADERSHIP), Scope(Measure.BOARD)


def line(code: str, scope: Scope = LEADERSHIP) -> CompactRow:
    """Return the line of a trust that has sent nothing."""
    trust = Organisation(code, Kind.TRUST, facts={Attribute.NAME: (Dated(code),)})
    none = Reason.NO_ACTUALS
    return make_row(trust, scope, None, goal=none, chance=none, outlook=none)


class Maker:
    """Makes lines of trusts, and remembers of which it was asked to."""

    def __init__(self) -> None:
        self.made: list[str] = []

    def of(self, *codes: str, number: int = 1) -> Callable[[Sequence[int]], list[Lines]]:
        """Return what makes lines of some trusts, so many of each."""

        def make(those: Sequence[int]) -> list[Lines]:
            self.made.extend(codes[at] for at in those)
            return [[line(codes[at])] * number for at in those]

        return make


def test_lines_that_are_kept_are_not_made_again() -> None:
    kept, maker = KeptLines(), Maker()

    first = kept.list_lines(["a", "b"], maker.of("ZZ001", "ZZ002"))
    again = kept.list_lines(["a", "c", "b"], maker.of("ZZ001", "ZZ003", "ZZ002"))

    assert first == [line("ZZ001"), line("ZZ002")]
    assert again == [line("ZZ001"), line("ZZ003"), line("ZZ002")]
    assert maker.made == ["ZZ001", "ZZ002", "ZZ003"]


def test_what_was_asked_for_longest_ago_is_forgotten_first() -> None:
    kept, maker = KeptLines(most=4), Maker()
    kept.list_lines(["a", "b"], maker.of("ZZ001", "ZZ002", number=2))
    kept.list_lines(["a"], maker.of("ZZ001", number=2))

    kept.list_lines(["c"], maker.of("ZZ003", number=2))
    kept.list_lines(["a", "c"], maker.of("ZZ001", "ZZ003", number=2))
    kept.list_lines(["b"], maker.of("ZZ002", number=2))

    assert maker.made == ["ZZ001", "ZZ002", "ZZ003", "ZZ002"]


def test_lines_that_another_thread_made_meanwhile_count_once() -> None:
    kept, maker = KeptLines(most=4), Maker()

    def make(those: Sequence[int]) -> list[Lines]:
        kept.list_lines(["a"], maker.of("ZZ001", number=2))
        return maker.of("ZZ001", number=2)(those)

    kept.list_lines(["a"], make)
    kept.list_lines(["b"], maker.of("ZZ002", number=2))
    kept.list_lines(["a"], maker.of("ZZ001", number=2))

    assert maker.made == ["ZZ001", "ZZ001", "ZZ002"]


CYCLE = Cycle("2022-2025", 2022, 2025, 2028, "Strategy")
TARGET = InForce("ZZ001", CYCLE, ("share", None, 1800), (Milestone(2023, Decimal("0.1700")),))
TRUST = Organisation("ZZ001", Kind.TRUST, facts={Attribute.NAME: (Dated("A trust"),)})
SENT = Head("ZZ001", 2024, 1, ("ZZ001",), datetime(2024, 6, 1, tzinfo=UTC))
UNIT = Unit(Lineage(TRUST, {}, {}, ()), {2024: (SENT,)}, {2024: (SENT,)})
ASKED = (AskedReference(), METHOD_1)


def sent(counted: int = 0, **changed: bool) -> Censuses:
    """Return the one census of the trust."""
    censuses = Censuses.empty(1, [2024])
    censuses.counts[0, 0, 0, 1] = counted
    for name, held in changed.items():
        getattr(censuses, name)[:] = held
    return censuses


def key(
    unit: Unit = UNIT,
    censuses: Censuses | None = None,
    target: InForce | None = TARGET,
    scopes: Sequence[Scope] = (LEADERSHIP, BOARD),
    asked: Sequence[object] = ASKED,
    *,
    of: Scope = LEADERSHIP,
) -> object:
    """Return by what the lines of the trust are kept."""
    in_force = {} if target is None else {("ZZ001", of): [target]}
    (found,) = list_keys([unit], censuses or sent(), in_force, scopes, *asked)
    return found


NAMED = replace(TRUST, facts={Attribute.NAME: (Dated("Another name"),)})
OTHERS = SENT._replace(covers=("ZZ001", "ZZ002"))
PREDECESSOR = SENT._replace(ods_code="ZZ002", covers=("ZZ002",))
MERGER = merger("ZZ002", date(2024, 4, 1), kind=SuccessionKind.MERGED)
FIXED = AskedReference(ReferenceKind.FIXED, Decimal("0.2"))


@pytest.mark.parametrize(
    "other",
    [
        pytest.param(key(replace(UNIT, lineage=Lineage(NAMED, {}, {}, ()))), id="name"),
        pytest.param(key(censuses=sent(counted=1)), id="people"),
        pytest.param(key(censuses=sent(has_staff=True)), id="headcounts are held"),
        pytest.param(key(censuses=sent(has_board=True)), id="a board is held"),
        pytest.param(key(censuses=Censuses.empty(1, [2025])), id="census"),
        pytest.param(key(replace(UNIT, staff={2024: (OTHERS,)})), id="whom headcounts cover"),
        pytest.param(key(replace(UNIT, boards={2024: (OTHERS,)})), id="whom a board covers"),
        pytest.param(key(replace(UNIT, staff={2024: (SENT, PREDECESSOR)})), id="parts"),
        pytest.param(
            key(replace(UNIT, lineage=Lineage(TRUST, {"ZZ002": MERGER}, {}, ()))), id="lineage"
        ),
        pytest.param(key(target=None), id="no target"),
        pytest.param(key(of=BOARD), id="measure of the target"),
        pytest.param(key(target=TARGET._replace(told=("share", None, 1900))), id="goal"),
        pytest.param(key(target=TARGET._replace(milestones=())), id="milestones"),
        pytest.param(key(target=TARGET._replace(cycle=replace(CYCLE, ends=2026))), id="cycle"),
        pytest.param(key(scopes=(BOARD, LEADERSHIP)), id="measures"),
        pytest.param(key(asked=(FIXED, METHOD_1)), id="reference"),
        pytest.param(
            key(
                asked=(
                    ASKED[0],
                    replace(METHOD_1, constants=replace(METHOD_1.constants, damping=0.5)),
                )
            ),
            id="method",
        ),
    ],
)
def test_lines_are_kept_by_all_that_they_are_made_of(other: object) -> None:
    assert key() == key()
    assert other != key()
    assert hash(other) != hash(key())


def test_lines_are_the_same_when_a_trust_is_signed_off_or_sends_the_same_again() -> None:
    signed = SENT._replace(revision=2, signed_at=datetime(2024, 7, 1, tzinfo=UTC))

    assert key(replace(UNIT, staff={2024: (signed,)})) == key()


def test_lines_are_the_same_in_whichever_order_targets_are_read() -> None:
    later = replace(CYCLE, code="2025-2028", starts=2025, ends=2028)
    both = [TARGET, TARGET._replace(cycle=later, told=("share", None, 2000))]

    one, other = (
        [*list_keys([UNIT], sent(), {("ZZ001", LEADERSHIP): several}, [LEADERSHIP], *ASKED)]
        for several in (both, both[::-1])
    )

    assert one == other


CHANGES: Sequence[Callable[[Given], object]] = (
    lambda given: given.actuals("ZZ902", 2025),
    lambda given: given.target("ZZ902", Measure.LEADERSHIP, "2025-2028", goal_share="0.3000"),
    lambda given: given.actuals("ZZ902", 2025, {("clinical", "8a"): (50, 12, 1)}),
    lambda given: given.board("ZZ901", 2025),
    lambda given: given.actuals("ZZ905", 2025, {("clinical", "8a"): (90, 30, 1)}),
    lambda given: given.actuals("ZZ903", 2023, {("clinical", "8a"): (40, 9, 1)}),
    lambda given: given.actuals("ZZ904", 2023, {("clinical", "8a"): (30, 9, 1)}),
    lambda given: given.target("ZZ905", Measure.LEADERSHIP, "2025-2028", goal_share="0.4000"),
    lambda given: given.merger("ZZ901", "ZZ902", on=date(2026, 4, 1)),
)
"""What trusts send, and what becomes of them, one after the other."""

CHANGE_LINES = [True, True, True, True, False, False, True, True]
"""Whether each but the first changes a line: an older census alone makes no trend."""


def test_after_every_change_the_lines_are_those_made_anew(
    engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    given = Given(engine)
    given.register()

    def report() -> AreaReport:
        with reading(engine) as session:
            return report_area(
                session, code="ENG", inquiry=AreaInquiry(), caller=COMMAND_LINE, now=START
            )

    kept, reported = KeptLines(), []
    for change in CHANGES:
        change(given)
        monkeypatch.setattr(compact_rows, "_KEPT", kept)
        reported.append(report())
        monkeypatch.setattr(compact_rows, "_KEPT", KeptLines())
        summaries.unpack.cache_clear()
        assert reported[-1] == report()

    lines = [each.rows for each in reported]
    assert [before != after for before, after in pairwise(lines)] == CHANGE_LINES
