"""Every change is entered, and nothing can be changed behind it unseen."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import Engine, text

from app.domain.audit import AuditEvent, Channel, Head, Origin, Reading
from app.domain.audit_checks import AuditFinding, AuditFindingCode
from app.domain.callers import COMMAND_LINE, Caller, Role
from app.domain.changes import Change, ChangeKind
from app.domain.measures import Measure
from app.services.audit import export_audit, find_head, list_audit, verify_audit, verify_lines
from app.services.callers import find_caller
from app.services.redaction import redact
from app.services.tokens import create_token
from app.store import ledger, readings
from app.store.audit import AuditFilter
from app.store.contents import LEFT_OUT, PARTS
from app.store.engine import reading, writing
from app.store.rows import Row
from tests.given import SETUP, START, Given
from tests.origins import ORIGIN
from tests.services.tampering import behind_the_triggers

Code = AuditFindingCode

NATIONAL = Caller("national caller", Role.NATIONAL, token_id="a1b2c3")  # noqa: S106 — names it


@pytest.fixture
def filled(engine: Engine) -> Engine:
    """A database in which a little of most things is held."""
    given = Given(engine)
    given.register()
    given.actuals("ZZ901", 2022)
    given.actuals("ZZ901", 2024)
    given.actuals("ZZ901", 2024, {("clinical", "8a"): (300, 70, 0)})
    given.board("ZZ901", 2024)
    given.indicators("ZZ901", 2024)
    given.target("ZZ901", Measure.LEADERSHIP, "2022-2025", goal_share="0.2000")
    given.token("national")
    return engine


def findings(engine: Engine, expected: Head | None = None) -> list[AuditFinding]:
    with reading(engine) as session:
        return list(verify_audit(session, expected=expected).findings)


def newest(engine: Engine) -> Mapping[str, object]:
    with reading(engine) as session:
        page = list_audit(session, wanted=AuditFilter(), before=None, limit=1, caller=COMMAND_LINE)
    return {**page.items[0].members()}


def test_every_table_is_of_some_thing_or_left_out_with_a_reason() -> None:
    watched = [part.table.name for parts in PARTS.values() for part in parts]

    assert len(watched) == len(set(watched))
    assert {*watched, *LEFT_OUT} == set(Row.metadata.tables)


def test_what_the_service_stores_holds(filled: Engine) -> None:
    assert findings(filled) == []


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE hidden_group SET why = 'secondary' WHERE group_name = '8a'",
        "DELETE FROM hidden_group WHERE group_name = '8a'",
        "UPDATE disclosure SET base = 10 WHERE part = 'workforce'",
    ],
)
def test_what_an_edition_hides_is_held_by_the_audit(engine: Engine, statement: str) -> None:
    given = Given(engine)
    given.register()
    given.actuals("RZ1", 2024, {("clinical", "8a"): (90, 3, 0), ("clinical", "5"): (90, 60, 0)})
    given.released(2023)
    given.released(2024)
    before = findings(engine)

    with behind_the_triggers(engine) as session:
        session.execute(text(statement))
        found = verify_audit(session, expected=None).findings

    assert before == []
    assert [(one.code, one.what) for one in found] == [(Code.STORED_CHANGED, "release/ENG/2024")]


def test_an_entry_tells_who_did_what_and_from_where(engine: Engine) -> None:
    given = Given(engine)
    given.register()
    caller = Caller("RZ1 team", Role.TRUST_DATA, frozenset({"RZ1"}), token_id="0a1b2c")  # noqa: S106 — names it
    origin = Origin(caller, Channel.HTTP, "put_actuals", "192.0.2.7", "request-1")
    change = Change(ChangeKind.ACTUALS, "RZ1", "2024")
    with writing(engine, origin) as session:
        ledger.stamp(session, START, change)

    told = newest(engine)

    assert told == {**told} | {
        "form": 1,
        "recorded_at": "2026-11-23T09:00:00.000000+00:00",
        "event": "change",
        "caller_name": "RZ1 team",
        "caller_role": "trust_data",
        "token_id": "0a1b2c",
        "channel": "http",
        "address": "192.0.2.7",
        "operation": "put_actuals",
        "request_id": "request-1",
        "kind": "actuals",
        "ods_code": "RZ1",
        "name": "2024",
        "thing": "actuals/RZ1/2024",
        "reason": None,
        "before": None,
    }


def test_a_change_builds_on_what_was_entered_before(filled: Engine) -> None:
    wanted = AuditFilter(ods_code="ZZ901", kind=ChangeKind.ACTUALS)
    with reading(filled) as session:
        page = list_audit(session, wanted=wanted, before=None, limit=9, caller=COMMAND_LINE)

    second, first, other = page.items
    assert (other.name, first.name, second.name) == ("2022", "2024", "2024")
    assert (first.before, second.before) == (None, first.after)
    assert second.after not in {first.after, other.after}


def test_a_change_without_an_origin_is_not_stored(engine: Engine) -> None:
    with pytest.raises(LookupError), writing(engine) as session:
        ledger.stamp(session, START, Change(ChangeKind.REGISTER))

    with reading(engine) as session:
        assert ledger.count_changes(session) == 0


def test_what_is_rolled_back_is_not_entered(engine: Engine) -> None:
    with writing(engine, ORIGIN) as session:
        ledger.stamp(session, START, Change(ChangeKind.REGISTER))
        session.rollback()

    with reading(engine) as session:
        assert find_head(session).count == 0


def test_a_caller_is_known_by_its_token(engine: Engine) -> None:
    with writing(engine, ORIGIN) as session:
        made = create_token(
            session,
            caller=Caller("team", Role.NATIONAL),
            expires_at=None,
            by=COMMAND_LINE,
            now=SETUP,
        )

    with reading(engine) as session:
        known = find_caller(session, secret=made.secret, now=START)

    assert known == Caller("team", Role.NATIONAL, token_id=made.token.id)


def test_an_export_is_verified_alone(filled: Engine) -> None:
    with reading(filled) as session:
        lines, head = list(export_audit(session)), find_head(session)

    assert verify_lines(lines, expected=head).findings == []
    cut = verify_lines(lines[:-1], expected=head)
    assert cut.findings == [AuditFinding(Code.TAIL_DIFFERS, head.count)]
    without = verify_lines(lines[:3] + lines[4:]).findings
    assert AuditFinding(Code.ENTRY_MISSING, 4) in without
    changed = lines[2].replace('"tests"', '"someone"')
    assert verify_lines([*lines[:2], changed]).findings == [AuditFinding(Code.ENTRY_CHANGED, 3)]


@pytest.mark.parametrize("line", ["", "[]", "{}", '{"kind": "actuals"}', "null"])
def test_a_line_that_is_no_entry_is_refused(line: str) -> None:
    with pytest.raises(ValueError, match=r"line|Expecting"):
        verify_lines([line])


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_entries_that_cannot_be_read_are_named_and_are_no_gap(filled: Engine) -> None:
    with writing(filled) as session:
        session.execute(text("DROP TRIGGER audit_entry_refuses_update"))
        for spoilt in ("recorded_at = 'soon' WHERE number = 3", "number = 'x' WHERE number = 5"):
            session.execute(text(f"UPDATE audit_entry SET {spoilt}"))  # noqa: S608 — ours
        session.commit()

    found = [one for one in findings(filled) if one.code.startswith("entry_")]

    assert found == [
        AuditFinding(Code.ENTRY_UNREADABLE, 3),
        AuditFinding(Code.ENTRY_UNREADABLE, what="entry 'x'"),
        AuditFinding(Code.ENTRY_MISSING, 5),
    ]


def test_a_head_is_kept_elsewhere_and_given_back(filled: Engine) -> None:
    with reading(filled) as session:
        head = find_head(session)

    assert Head.parse(str(head)) == head
    assert findings(filled, head) == []
    later = replace(head, count=head.count + 1)
    assert findings(filled, later) == [AuditFinding(Code.TAIL_DIFFERS, later.count)]
    assert findings(filled, Head(0, "0" * 64)) == []
    with pytest.raises(ValueError, match="NUMBER:HASH"):
        Head.parse("7:abc")


def test_a_redacted_text_leaves_a_tombstone_and_an_entry(filled: Engine) -> None:
    thing = Change(ChangeKind.INDICATORS, "ZZ901", "2024")
    with writing(filled, ORIGIN) as session:
        count = redact(
            session, thing=thing, member="source", number=1, reason="A name.", now=START
        )

    told = newest(filled)
    assert count == 1
    assert (told["event"], told["thing"], told["reason"]) == (
        AuditEvent.REDACTION,
        "indicators/ZZ901/2024",
        "A name.",
    )
    assert "[redacted 2026-11-23]" in Given(filled).read_database()
    assert "ESR and TRAC" not in Given(filled).read_database()
    assert findings(filled) == []
    with writing(filled, ORIGIN) as session:
        again = redact(
            session, thing=thing, member="source", number=None, reason="Again.", now=START
        )
    assert again == 0
    assert newest(filled) == told


def test_a_process_forgets_readings_before_it_knows_too_many() -> None:
    one, two, three = (Reading(NATIONAL, code) for code in ("RZ0", "RZ1", "RZ2"))
    known = {one: START}

    readings.keep_in_mind(known, {two: SETUP}, most=2)
    both = dict(known)
    readings.keep_in_mind(known, {three: SETUP}, most=2)

    assert both == {one: START, two: SETUP}
    assert known == {three: SETUP}


def test_a_reading_is_recorded_once_an_hour_whichever_process_looks(filled: Engine) -> None:
    one = Reading(NATIONAL, "RZ1")
    origin = Origin(COMMAND_LINE, Channel.HTTP, "get_actuals", "192.0.2.7")
    with reading(filled) as session:
        before = find_head(session).count

    for minutes in (0, 59, 61):
        now = START + timedelta(minutes=minutes)
        readings.record(filled, [one], origin, now)
        assert readings.find_unknown(filled, [one], now) == []

    told = newest(filled)
    assert told["number"] == before + 2
    assert (told["event"], told["ods_code"], told["caller_name"], told["token_id"]) == (
        "reading", "RZ1", "national caller", "a1b2c3",
    )  # fmt: skip
    assert findings(filled) == []
