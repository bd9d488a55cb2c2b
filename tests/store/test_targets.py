"""Targets in the database: what is stored comes back, as of any instant."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest
from sqlmodel import Session

from app.domain.bands import StaffGroup
from app.domain.callers import COMMAND_LINE
from app.domain.censuses import Cycle
from app.domain.codes import TargetState
from app.domain.errors import TargetNotFound
from app.domain.measures import Measure, ReferenceKind, Scope
from app.domain.organisations import Attribute, Dated, Kind, Organisation
from app.domain.records import Author, Record
from app.domain.target_moves import Move
from app.domain.target_versions import Versions
from app.domain.targets import (
    Baseline,
    Basis,
    Goal,
    GoalForm,
    Milestone,
    ParityReference,
    ProposalMethod,
    Target,
    TargetVersion,
    Terms,
    target_id,
)
from app.ingest.censuses import read_cycles
from app.services.register import add_organisations
from app.store import censuses, targets

AT = datetime(2026, 11, 23, 9, tzinfo=UTC)
TICK = timedelta(microseconds=1)

CYCLES: dict[str, Cycle] = {cycle.code: cycle for cycle in read_cycles()}

SHARE = Terms(Goal(GoalForm.SHARE, share=Decimal("0.1800")))

BASELINE = Baseline(2022, 47, 431, 1110, 5480, revision=1, covers=("ZZ901", "ZZ902"))


def target(
    terms: Terms = SHARE,
    *,
    code: str = "ZZ901",
    measure: Measure = Measure.LEADERSHIP,
    staff_group: StaffGroup | None = None,
    cycle: str = "2022-2025",
    baseline: Baseline | None = None,
) -> Target:
    scope = Scope(measure, staff_group)
    created = Record(AT, Author("a trust", None))
    version = TargetVersion(1, terms, baseline, (Move(TargetState.DRAFT, created),))
    return Target(code, target_id(scope, CYCLES[cycle]), scope, CYCLES[cycle], version)


def later(days: int, reason: str | None = None) -> Record:
    """Return the record of what somebody does some days later."""
    return Record(AT + timedelta(days=days), Author("a lead", "national"), reason)


def edited(draft: Target, terms: Terms) -> Target:
    version = replace(draft.version, terms=terms, edit=draft.version.edit + 1)
    return replace(draft, version=version)


def moved(held: Target, state: TargetState, record: Record) -> Target:
    return replace(held, version=held.version.moved(state, record))


def submitted(draft: Target, record: Record | None = None) -> Target:
    version = replace(draft.version, baseline=BASELINE, edit=draft.version.edit + 1)
    return moved(replace(draft, version=version), TargetState.SUBMITTED, record or later(1))


def successor(held: Target, number: int, record: Record, reason: str = "Raised") -> Target:
    """Return the draft of a further version."""
    moves = (Move(TargetState.DRAFT, record),)
    version = TargetVersion(number, SHARE, None, moves, reason=reason)
    return replace(held, version=version)


def alone(*held: Target) -> list[Versions]:
    """Return targets that have one version each."""
    return [Versions((one,)) for one in held]


def submit(session: Session, held: Target, record: Record) -> None:
    """Store the submission of a draft, as the service does."""
    targets.add_edit(session, held, record)
    targets.add_move(session, held)


@pytest.fixture
def register(session: Session) -> Session:
    """A session in which two trusts and the cycles are stored."""
    censuses.add_missing_cycles(session, read_cycles())
    names: dict[Attribute, tuple[Dated, ...]] = {Attribute.NAME: (Dated("A trust"),)}
    trusts = [Organisation(code, Kind.TRUST, facts=names) for code in ("ZZ901", "ZZ902")]
    add_organisations(session, trusts, by=COMMAND_LINE, now=AT)
    return session


@pytest.mark.parametrize(
    "terms",
    [
        pytest.param(SHARE, id="share"),
        pytest.param(Terms(Goal(GoalForm.SHARE, share=Decimal("0.0001"))), id="a small share"),
        pytest.param(Terms(Goal(GoalForm.SHARE, share=Decimal("1.0000"))), id="everybody"),
        pytest.param(Terms(Goal(GoalForm.HEADCOUNT, headcount=60)), id="headcount"),
        pytest.param(Terms(Goal(GoalForm.HEADCOUNT, headcount=0)), id="nobody"),
        pytest.param(Terms(Goal(GoalForm.MAINTAIN)), id="maintain"),
        pytest.param(Terms(Goal(GoalForm.MAINTAIN), is_national=True), id="on behalf"),
        pytest.param(Terms(Goal(GoalForm.NO_TARGET_NEEDED, reason="So")), id="none needed"),
        pytest.param(
            Terms(
                Goal(GoalForm.HEADCOUNT, headcount=60),
                (Milestone(2023, headcount=50), Milestone(2024, headcount=55)),
                ParityReference(ReferenceKind.FIXED, Decimal("0.2500"), "Census 2021"),
                date(2022, 5, 26),
                "A reason",
                Basis(
                    ProposalMethod.STRATEGY,
                    {"baseline": 2018, "share": "0.212", "path": [14, 16], "wording": "né à"},
                ),
            ),
            id="everything",
        ),
    ],
)
def test_what_is_added_comes_back(register: Session, terms: Terms) -> None:
    added = target(terms)

    targets.add(register, added)

    assert targets.get(register, "ZZ901", added.id) == Versions((added,))
    assert targets.list_of(register, "ZZ901") == alone(added)


@pytest.mark.parametrize(
    "baseline",
    [
        pytest.param(BASELINE, id="of actuals"),
        pytest.param(replace(BASELINE, revision=None), id="of predecessors"),
        pytest.param(Baseline(2022, 1, 2, 3, 4, source="A report"), id="stated"),
        pytest.param(Baseline(2022, 0, 0, 0, 0, source="A report"), id="of nobody"),
    ],
)
def test_a_baseline_comes_back(register: Session, baseline: Baseline) -> None:
    added = target(baseline=baseline)

    targets.add(register, added)

    assert targets.get(register, "ZZ901", added.id) == Versions((added,))


def test_only_submitted_targets_are_in_force(register: Session) -> None:
    draft, other = target(), submitted(target(staff_group=StaffGroup.CLINICAL))

    targets.add_many(register, [draft, other])

    found = targets.list_of(register, "ZZ901")
    assert found == alone(*sorted([other, draft], key=lambda one: one.id))
    assert [one.in_force for one in found] == [None, other]


def test_a_draft_keeps_every_edit_with_its_milestones(register: Session) -> None:
    first = target(
        replace(SHARE, milestones=(Milestone(2023, share=Decimal("0.1300")),)), baseline=BASELINE
    )
    other = (Milestone(2024, share=Decimal("0.1500")),)
    second = edited(first, replace(SHARE, milestones=other, rationale="Another"))
    third = edited(second, Terms(Goal(GoalForm.HEADCOUNT, headcount=60)))
    targets.add(register, first)

    targets.add_edit(register, second, later(1))
    targets.add_edit(register, third, later(2))

    def known(at: datetime) -> Target | None:
        found = targets.find(register, "ZZ901", first.id, as_of=at)
        assert targets.list_of(register, "ZZ901", as_of=at) == ([found] if found else [])
        return found.newest if found else None

    assert [known(AT - TICK), known(AT), known(later(1).at - TICK)] == [None, first, first]
    assert [known(later(1).at), known(later(2).at - TICK)] == [second, second]
    assert known(later(2).at) == third
    assert targets.get(register, "ZZ901", first.id) == Versions((third,))
    assert targets.list_of(register, "ZZ901") == alone(third)


def test_an_edit_of_one_target_leaves_the_others_theirs(register: Session) -> None:
    one, other, alike = target(), target(measure=Measure.VSM), target(code="ZZ902")
    targets.add_many(register, [one, other, alike])
    changed = edited(one, replace(SHARE, rationale="Another"))

    targets.add_edit(register, changed, later(1))

    assert targets.list_of(register, "ZZ901") == alone(changed, other)
    assert targets.list_of(register, "ZZ902") == alone(alike)


def test_what_was_submitted_is_the_last_edit(register: Session) -> None:
    milestones = (Milestone(2023, share=Decimal("0.1300")),)
    first = target()
    second = edited(first, replace(SHARE, milestones=milestones))
    last = submitted(second, later(2))
    targets.add(register, first)
    targets.add_edit(register, second, later(1))
    submit(register, last, later(2))

    found = [
        targets.get(register, "ZZ901", first.id, as_of=at).newest
        for at in (AT, later(1).at, later(2).at - TICK, later(2).at)
    ]

    assert found == [first, second, second, last]
    assert targets.get(register, "ZZ901", first.id) == Versions((last,))


def test_a_target_is_a_draft_until_the_instant_of_its_submission(register: Session) -> None:
    draft = target(baseline=BASELINE)
    targets.add(register, draft)
    sent = submitted(draft, later(1))
    submit(register, sent, later(1))

    def known(at: datetime) -> list[tuple[Target, Target | None]]:
        found = targets.list_of(register, "ZZ901", as_of=at)
        return [(one.shown, one.in_force) for one in found]

    assert targets.get(register, "ZZ901", draft.id) == Versions((sent,))
    assert [known(AT - TICK), known(AT)] == [[], [(draft, None)]]
    assert [known(later(1).at - TICK), known(later(1).at)] == [[(draft, None)], [(sent, sent)]]


def test_every_version_is_known_from_when_it_was_drafted_with_its_moves_until_then(
    register: Session,
) -> None:
    draft = target(baseline=BASELINE)
    first = submitted(draft, later(1))
    further = successor(first, 2, later(2))
    returned = moved(first, TargetState.RETURNED, later(3, "Think again"))
    second = submitted(further, later(4))
    superseded = moved(returned, TargetState.SUPERSEDED, later(4))
    targets.add(register, draft)
    submit(register, first, later(1))
    targets.add_versions(register, [further])
    targets.add_move(register, returned)
    submit(register, second, later(4))
    targets.add_move(register, superseded)

    found = [
        targets.get(register, "ZZ901", draft.id, as_of=AT + timedelta(days=days)).all
        for days in range(5)
    ]

    assert found == [
        (draft,),
        (first,),
        (first, further),
        (returned, further),
        (superseded, second),
    ]
    assert targets.get(register, "ZZ901", draft.id).all == (superseded, second)


def test_targets_of_several_trusts_come_in_order_of_codes_and_identifiers(
    register: Session,
) -> None:
    one, other, third = target(code="ZZ902"), target(measure=Measure.VSM), target()
    targets.add_many(register, [one, other, third])

    found = targets.list_of_many(register, ["ZZ902", "ZZ901", "ZZ999"], as_of=AT)

    assert found == alone(third, other, one)
    assert targets.list_of_many(register, ["ZZ901"]) == alone(third, other)
    assert targets.list_of_many(register, ["ZZ901", "ZZ902"], as_of=AT - TICK) == []
    assert targets.list_of_many(register, []) == []


def test_trusts_have_targets_of_their_own(register: Session) -> None:
    own, other = target(), target(code="ZZ902")
    targets.add_many(register, [own, other])

    assert targets.list_of(register, "ZZ901") == alone(own)
    assert targets.list_of(register, "ZZ902") == alone(other)


def test_cycles_have_targets_of_their_own(register: Session) -> None:
    both = [target(cycle="2019-2022"), target(cycle="2022-2025")]
    targets.add_many(register, both)

    assert targets.list_of(register, "ZZ901") == alone(*both)


def test_nothing_is_added_at_once(register: Session) -> None:
    targets.add_many(register, [])

    assert targets.list_of(register, "ZZ901") == []


@pytest.mark.parametrize("code", ["ZZ901", "ZZ902"])
def test_a_target_that_is_not_there_is_not_found(register: Session, code: str) -> None:
    targets.add(register, target(code="ZZ902", measure=Measure.VSM))

    assert targets.find(register, code, "leadership-2022-2025") is None
    with pytest.raises(TargetNotFound) as caught:
        targets.get(register, code, "leadership-2022-2025")

    assert caught.value.facts == {"ods_code": code, "target_id": "leadership-2022-2025"}
