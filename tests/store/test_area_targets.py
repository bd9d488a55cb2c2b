"""Targets in force of many trusts: the same as when each trust's are read by themselves."""

from datetime import date
from decimal import Decimal

from sqlmodel import Session

from app.domain.bands import StaffGroup
from app.domain.callers import COMMAND_LINE
from app.domain.codes import TargetState
from app.domain.measures import Measure, ReferenceKind, Scope
from app.domain.organisations import Attribute, Dated, Kind, Organisation
from app.domain.target_outlines import TargetOutline
from app.domain.targets import Goal, GoalForm, Milestone, ParityReference, Terms
from app.ingest.censuses import read_cycles
from app.services.register import add_organisations
from app.store import area_targets, censuses, targets
from tests.store.test_targets import AT, later, moved, submitted, successor, target

LEADERSHIP, CLINICAL = Scope(Measure.LEADERSHIP), Scope(Measure.VSM, StaffGroup.CLINICAL)

DETAILED = Terms(
    Goal(GoalForm.HEADCOUNT, headcount=80),
    milestones=(Milestone(2023, headcount=50), Milestone(2024, headcount=66)),
    reference=ParityReference(ReferenceKind.FIXED, Decimal("0.2000"), "Census 2021"),
    board_approved_on=date(2022, 5, 26),
)


def store(session: Session) -> None:
    """Store two trusts with targets in several states."""
    censuses.add_missing_cycles(session, read_cycles())
    trusts = [
        Organisation(code, Kind.TRUST, facts={Attribute.NAME: (Dated(code),)})
        for code in ("ZZ901", "ZZ902")
    ]
    add_organisations(session, trusts, by=COMMAND_LINE, now=AT)
    first = submitted(target(DETAILED))
    targets.add(session, first)
    replaced = submitted(target(code="ZZ902"))
    targets.add(session, replaced)
    second = submitted(successor(replaced, 2, later(2)), later(3))
    targets.add_move(session, moved(replaced, TargetState.SUPERSEDED, later(3)))
    targets.add_versions(session, [second])
    targets.add_move(session, moved(second, TargetState.REVIEWED, later(4)))
    targets.add(session, target(code="ZZ902", cycle="2025-2028"))
    withdrawn = submitted(target(code="ZZ902", measure=Measure.BAND_9))
    targets.add(session, withdrawn)
    targets.add_move(session, moved(withdrawn, TargetState.WITHDRAWN, later(5)))
    for group in StaffGroup.CLINICAL, StaffGroup.NON_CLINICAL:
        one = submitted(target(code="ZZ902", measure=Measure.VSM, staff_group=group))
        targets.add(session, one)


def test_targets_in_force_are_those_that_each_trust_has(session: Session) -> None:
    store(session)
    scopes = [LEADERSHIP, Scope(Measure.BAND_9), CLINICAL]

    for as_of in (AT, later(1).at, later(3).at, later(4).at, None):
        found = area_targets.list_in_force(session, ["ZZ901", "ZZ902"], scopes, as_of=as_of)

        expected = {
            (one.in_force.ods_code, one.in_force.scope): TargetOutline(
                one.in_force.ods_code,
                one.in_force.cycle,
                Terms(
                    one.in_force.terms.goal,
                    one.in_force.terms.milestones,
                    one.in_force.terms.reference,
                ),
                one.in_force.baseline,
            )
            for code in ("ZZ901", "ZZ902")
            for one in targets.list_of(session, code, as_of=as_of)
            if one.in_force is not None and one.in_force.scope in scopes
        }
        assert {key: one.make() for key, (one,) in found.items()} == expected


def test_the_newest_move_is_of_what_was_submitted(session: Session) -> None:
    store(session)
    both, leadership = ["ZZ901", "ZZ902"], [Measure.LEADERSHIP]

    def newest(codes: list[str], measures: list[Measure], days: int | None = None) -> object:
        as_of = None if days is None else later(days).at
        return area_targets.find_newest_change(session, codes, measures, as_of=as_of)

    assert newest(both, leadership) == later(4).at
    assert newest(both, leadership, 3) == later(3).at
    assert newest(["ZZ901"], leadership) == later(1).at
    assert newest(["ZZ901"], [*Measure]) == later(1).at
    assert newest(both, [*Measure]) == later(5).at
    assert newest(both, [*Measure], 4) == later(4).at
    assert newest(both, [Measure.BAND_9]) == later(5).at
    assert newest(both, leadership, 0) is None
    assert newest(both, [Measure.BOARD]) is None
