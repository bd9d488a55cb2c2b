"""Rows to try the constraints of the tables with."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

from sqlalchemy import Table, insert
from sqlmodel import Session

from app.store.rows import Row

AT = datetime(2026, 11, 23, 9, tzinfo=UTC)

Values = dict[str, object]

REVISION: Values = {"ods_code": "ZZ901", "year": 2024, "revision": 1}
EDIT: Values = {
    "ods_code": "ZZ901",
    "target_id": "leadership-2022-2025",
    "version": 1,
    "edit": 1,
}
RECORDED: Values = {"recorded_at": AT, "recorded_by": "a test"}
PLAN: Values = {"ods_code": "ZZ901", "cycle": "2022-2025", "revision": 1}
PEOPLE: Values = {"white": 3, "bme": 2, "unknown": 1}

TABLE: Values = {"ods_code": "ZZ901", "year": 2024, "edition": 1, "part": "workforce"}

IN_2023: Values = {"starts": date(2023, 4, 1), "ends": date(2024, 3, 31)}

GOOD: dict[str, list[Values]] = {
    "change": [
        {
            "number": 1,
            "recorded_at": AT,
            "kind": "actuals",
            "ods_code": "ZZ901",
            "name": "2024",
        }
    ],
    "audit_entry": [
        {
            "number": 1,
            "form": 1,
            "recorded_at": AT,
            "event": "change",
            "caller_name": "a test",
            "caller_role": "national",
            "channel": "cli",
            "operation": "tests",
            "kind": "actuals",
            "ods_code": "ZZ901",
            "name": "2024",
            "change": 1,
            "thing": "actuals/ZZ901/2024",
            "after": "1" * 64,
            "previous": "0" * 64,
            "hash": "2" * 64,
        }
    ],
    "organisation": [
        {"ods_code": code, "kind": "trust", "synthetic": True, "revision": 1, **RECORDED}
        for code in ("ZZ901", "ZZ902")
    ],
    "organisation_revision": [{"ods_code": "ZZ901", "revision": 1, "content": "{}", **RECORDED}],
    "organisation_fact": [
        {"ods_code": "ZZ901", "attribute": "name", "ordinal": 0, "value": "A trust"}
    ],
    "organisation_alias": [{"ods_code": "ZZ901", "ordinal": 0, "name": "The trust"}],
    "succession": [
        {
            "predecessor": "ZZ902",
            "ordinal": 0,
            "successor": "ZZ901",
            "effective_date": date(2022, 4, 1),
            "kind": "merged",
            "confirmed": True,
            "known_from": AT,
        }
    ],
    "census": [{"year": 2024, "opens": date(2024, 4, 1)}],
    "census_revision": [
        {
            "year": 2024,
            "revision": 1,
            "opens": date(2024, 4, 1),
            "due": date(2024, 6, 30),
            **RECORDED,
        }
    ],
    "census_extension": [
        {
            "year": 2024,
            "revision": 1,
            "ods_code": "ZZ901",
            "due": date(2024, 7, 31),
            "reason": "New payroll",
        }
    ],
    "cycle": [
        {
            "code": "2022-2025",
            "starts": 2022,
            "ends": 2025,
            "ambition_year": 2028,
            "ambition_source": "A Model Employer",
        }
    ],
    "actuals_revision": [{**REVISION, "source": "Staff in post", **RECORDED}],
    "actuals_cover": [{**REVISION, "covered": "ZZ901"}],
    "actuals_warning": [{**REVISION, "ordinal": 0, "code": "small_base", "detail": "Small."}],
    "headcount": [{**REVISION, "staff_group": "clinical", "band": "8a", **PEOPLE}],
    "actuals_summary": [{**REVISION, "cells": "clinical 8a", "people": "3 2 1"}],
    "sign_off": [{**REVISION, "board_date": date(2024, 7, 25), "lead_role": "A role", **RECORDED}],
    "release": [
        {
            "ods_code": "ZZ901",
            "year": 2024,
            "edition": 1,
            "name": "First edition",
            "as_of": AT,
            "exact": True,
            **RECORDED,
        }
    ],
    "consent_revision": [{"ods_code": "ZZ901", "revision": 1, **RECORDED}],
    "consent_area": [{"ods_code": "ZZ901", "revision": 1, "area": "ZZ902"}],
    "disclosure": [{**TABLE, "released_as": "ZZ901", "threshold": 7, "base": 5}],
    "hidden_group": [{**TABLE, "group_name": "vsm", "layer": "row", "why": "primary"}],
    "explanation": [
        {
            "ods_code": "ZZ901",
            "warning_id": "actuals-2024-1-0",
            "edition": 1,
            "text": "A ward was opened",
            **RECORDED,
        }
    ],
    "board_revision": [{**REVISION, "source": "Board register", **RECORDED}],
    "board_warning": [{**REVISION, "ordinal": 0, "code": "large_board", "detail": "Large."}],
    "board_seat": [{**REVISION, "voting": True, "executive": True, **PEOPLE}],
    "board_summary": [{**REVISION, "cells": "VE", "people": "3 2 1"}],
    "indicator_revision": [{**REVISION, "source": "TRAC and ESR", **RECORDED}],
    "indicator_warning": [{**REVISION, "ordinal": 0, "code": "ratio_inverted", "detail": "So."}],
    "indicator_pool": [
        {
            **REVISION,
            **IN_2023,
            "indicator": 2,
            "staff_group": "clinical",
            "band": "8a",
            "ethnic_group": "bme",
            "pool": 200,
            "events": 20,
        }
    ],
    "indicator_survey": [
        {
            **REVISION,
            **IN_2023,
            "indicator": 5,
            "ethnic_group": "bme",
            "respondents": 512,
            "share": Decimal("0.2530"),
        }
    ],
    "target": [
        {
            "ods_code": "ZZ901",
            "target_id": "leadership-2022-2025",
            "cycle": "2022-2025",
            "measure": "leadership",
        }
    ],
    "target_version": [
        {
            **EDIT,
            "form": "share",
            "goal_share": Decimal("0.1800"),
            "rounding": "half_up",
            "provenance": "set_by_trust",
            **RECORDED,
        }
    ],
    "target_milestone": [{**EDIT, "year": 2023, "share": Decimal("0.1300")}],
    "target_move": [{**EDIT, "ordinal": 0, "state": "draft", **RECORDED}],
    "target_comment": [
        {
            "ods_code": "ZZ901",
            "target_id": "leadership-2022-2025",
            "ordinal": 1,
            "version": 1,
            "role": "area",
            "text": "Well done.",
            **RECORDED,
        }
    ],
    "action_plan": [{**PLAN, **RECORDED}],
    "action_plan_target": [{**PLAN, "target_id": "leadership-2022-2025"}],
    "action": [
        {
            **PLAN,
            "ordinal": 0,
            "action_id": "sponsors",
            "title": "Sponsors for every band 7",
            "measure": "leadership",
            "owner": "Chief People Officer",
            "due": date(2023, 9, 30),
            "status": "planned",
        }
    ],
    "plan_review": [
        {
            **PLAN,
            "after_years": 1,
            "comment": "On course.",
            "figures": "[]",
            "reviewed_at": AT,
            "reviewed_by": "a test",
        }
    ],
    "import_record": [
        {
            "id": "i0123456789ab",
            "kind": "actuals",
            "file_name": "staff.xlsx",
            "sha256": "0" * 64,
            "size": 1000,
            "row_count": 20,
            **RECORDED,
        }
    ],
    "import_item": [
        {
            "import_id": "i0123456789ab",
            "ods_code": "ZZ901",
            "name": "2024",
            "outcome": "new",
            "revision": 1,
            "cells_changed": 20,
        }
    ],
    "import_warning": [
        {
            "import_id": "i0123456789ab",
            "ordinal": 0,
            "code": "unknown_column",
            "detail": "A column was left out.",
        }
    ],
    "expert": [{"id": "x0123456789ab", "created_at": AT, "created_by": "a test"}],
    "expert_revision": [
        {
            "expert_id": "x0123456789ab",
            "revision": 1,
            "name": "An expert",
            "email": "expert@trust.example",
            "cohort": "2018",
            **RECORDED,
        }
    ],
    "expert_support": [
        {
            "expert_id": "x0123456789ab",
            "revision": 1,
            "ordinal": 0,
            "ods_code": "ZZ901",
            "starts": date(2019, 4, 1),
        }
    ],
    "token": [
        {
            "id": "0123456789ab",
            "hash": "0" * 64,
            "name": "a system",
            "role": "trust",
            "created_at": AT,
            "created_by": "a test",
        }
    ],
    "token_organisation": [{"token_id": "0123456789ab", "ods_code": "ZZ901"}],
    "kept_answer": [
        {"caller": "0123456789ab", "key": "once", "digest": "0" * 64, "recorded_at": AT}
    ],
    "page_session": [
        {
            "hash": "3" * 64,
            "token_id": "0123456789ab",
            "token_hash": "0" * 64,
            "created_at": AT,
            "last_seen_at": AT,
        }
    ],
    "token_withdrawal": [
        {
            "token_id": "0123456789ab",
            "ods_code": "ZZ902",
            "recorded_at": AT,
            "recorded_by": "a test",
        }
    ],
}
"""A row or two of every table that is not there from the beginning, parents first."""

CHECKS: dict[str, Values] = {
    "ck_ledger_only_one": {"id": 2},
    "ck_organisation_kind_known": {"kind": "hospital"},
    "ck_organisation_closed_not_before_opened": {
        "opened": date(2022, 4, 1),
        "closed": date(2022, 3, 31),
    },
    "ck_organisation_revision_counts": {"revision": 0},
    "ck_organisation_fact_attribute_known": {"attribute": "colour"},
    "ck_organisation_fact_ends_not_before_start": {
        "starts": date(2022, 4, 1),
        "ends": date(2022, 3, 31),
    },
    "ck_succession_kind_known": {"kind": "sold"},
    "ck_succession_not_of_itself": {"successor": "ZZ902"},
    "ck_census_not_before_the_first": {"year": 2014},
    "ck_census_revision_revision_counts": {"revision": 0},
    "ck_census_revision_due_not_before_opening": {"due": date(2024, 3, 31)},
    "ck_cycle_ends_after_start": {"ends": 2022},
    "ck_actuals_revision_revision_counts": {"revision": 0, "reason": "So"},
    "ck_actuals_revision_change_has_reason": {"revision": 2},
    "ck_change_number_counts": {"number": 0},
    "ck_release_edition_counts": {"edition": 0},
    "ck_release_of_what_was_known": {"as_of": datetime(2026, 11, 24, tzinfo=UTC)},
    "ck_consent_revision_revision_counts": {"revision": 0},
    "ck_disclosure_part_known": {"part": "agency"},
    "ck_disclosure_threshold_in_range": {"threshold": 4},
    "ck_disclosure_base_in_range": {"base": 0},
    "ck_hidden_group_layer_known": {"layer": "cell"},
    "ck_hidden_group_why_known": {"why": "tertiary"},
    "ck_explanation_edition_counts": {"edition": 0},
    "ck_headcount_not_negative": {"bme": -1},
    "ck_headcount_not_empty": {"white": 0, "bme": 0, "unknown": 0},
    "ck_headcount_staff_group_known": {"staff_group": "nurses"},
    "ck_headcount_band_of_staff_group": {"band": "consultant"},
    "ck_board_revision_revision_counts": {"revision": 0, "reason": "So"},
    "ck_board_revision_change_has_reason": {"revision": 2},
    "ck_board_seat_not_negative": {"unknown": -1},
    "ck_board_seat_not_empty": {"white": 0, "bme": 0, "unknown": 0},
    "ck_indicator_revision_revision_counts": {"revision": 0, "reason": "So"},
    "ck_indicator_revision_change_has_reason": {"revision": 2},
    "ck_indicator_pool_indicator_known": {"indicator": 5, "staff_group": "all", "band": "all"},
    "ck_indicator_pool_staff_group_known": {"staff_group": "nurses"},
    "ck_indicator_pool_band_of_staff_group": {"staff_group": "all"},
    "ck_indicator_pool_narrowed_indicator": {"indicator": 3},
    "ck_indicator_pool_ethnic_group_known": {"ethnic_group": "all"},
    "ck_indicator_pool_ends_not_before_start": {"ends": date(2023, 3, 31)},
    "ck_indicator_pool_not_empty": {"pool": 0, "events": 0},
    "ck_indicator_pool_events_of_pool": {"events": 201},
    "ck_indicator_survey_indicator_known": {"indicator": 4},
    "ck_indicator_survey_ethnic_group_known": {"ethnic_group": "all"},
    "ck_indicator_survey_ends_not_before_start": {"ends": date(2023, 3, 31)},
    "ck_indicator_survey_not_empty": {"respondents": 0},
    "ck_indicator_survey_share_in_range": {"share": Decimal("1.0001")},
    "ck_target_staff_group_known": {"staff_group": "medical"},
    "ck_target_version_version_counts": {"version": 0},
    "ck_target_version_edit_counts": {"edit": 0},
    "ck_target_version_form_known": {"form": "percentage", "goal_share": None},
    "ck_target_version_share_with_form": {"goal_share": None},
    "ck_target_version_headcount_with_form": {"goal_headcount": 60},
    "ck_target_version_reason_with_form": {"goal_reason": "So"},
    "ck_target_version_share_in_range": {"goal_share": Decimal("1.0001")},
    "ck_target_version_headcount_not_negative": {
        "form": "headcount",
        "goal_share": None,
        "goal_headcount": -1,
    },
    "ck_target_version_reference_in_range": {"reference_share": Decimal("-0.0001")},
    "ck_target_version_baseline_is_of_people": {
        "baseline_bme": 5,
        "baseline_total": 4,
        "workforce_bme": 5,
        "workforce_total": 9,
    },
    "ck_target_milestone_one_form": {"headcount": 60},
    "ck_target_milestone_share_in_range": {"share": Decimal("1.0001")},
    "ck_target_milestone_headcount_not_negative": {"share": None, "headcount": -1},
    "ck_target_move_state_known": {"state": "lost"},
    "ck_target_comment_version_counts": {"version": 0},
    "ck_target_comment_role_known": {"role": "trust"},
    "ck_action_plan_revision_counts": {"revision": 0},
    "ck_action_status_known": {"status": "forgotten"},
    "ck_action_one_aim": {"indicator": 2},
    "ck_action_indicator_known": {"measure": None, "indicator": 10},
    "ck_action_staff_group_known": {"staff_group": "medical"},
    "ck_plan_review_years_known": {"after_years": 2},
    "ck_expert_revision_revision_counts": {"revision": 0},
    "ck_expert_revision_known_or_erased": {"name": None},
    "ck_expert_support_ends_not_before_start": {"ends": date(2019, 3, 31)},
    "ck_audit_entry_number_counts": {"number": 0},
    "ck_audit_entry_event_known": {"event": "wish"},
    "ck_audit_entry_channel_known": {"channel": "pigeon"},
    "ck_audit_entry_digest_of_thing": {"after": None},
    "ck_audit_entry_redaction_has_reason": {"event": "redaction"},
    "ck_import_record_kind_known": {"kind": "photos"},
    "ck_import_record_has_content": {"row_count": 0},
    "ck_import_item_outcome_known": {"outcome": "lost"},
    "ck_import_item_revision_counts": {"revision": 0},
    "ck_import_item_not_negative": {"cells_changed": -1},
    "ck_token_role_known": {"role": "anonymous"},
    "ck_kept_answer_digest_whole": {"digest": "0123456789abcdef"},
    "ck_page_session_hashes_whole": {"hash": "0123456789abcdef"},
    "ck_page_session_seen_once_made": {"last_seen_at": AT - timedelta(minutes=1)},
    "ck_token_secret_or_subject": {"issuer": "https://issuer.example", "subject": "a client"},
    "ck_token_former_secret_ends": {"former_hash": "1" * 64},
}
"""What is wrong with a row, by the constraint that refuses it."""

UNIQUES: dict[str, Values] = {
    "uq_succession_predecessor_successor_effective_date": {"ordinal": 1},
    "uq_action_ods_code_cycle_revision_action_id": {"ordinal": 1},
    "uq_token_hash": {"id": "another"},
}
"""How a second row differs from the first, by the constraint that refuses it."""

STRANGE: Values = {
    "ods_code": "ZZ999",
    "predecessor": "ZZ999",
    "successor": "ZZ999",
    "covered": "ZZ999",
    "year": 2099,
    "revision": 99,
    "target_id": "nothing",
    "version": 99,
    "edit": 99,
    "cycle": "2099-2102",
    "expert_id": "nothing",
    "import_id": "nothing",
    "edition": 99,
    "part": "board",
    "token_id": "nothing",
    "area": "ZZ999",
}
"""A value that no parent has, by column."""

LEDGER: Values = {"id": 1, "changes": 0, "changed_at": AT}


def fill(session: Session, until: str | None = None, *, before: str | None = None) -> None:
    """Store the good rows of every table, or of those up to one; parents come first."""
    for table in Row.metadata.sorted_tables:
        if table.name == before:
            return
        if table.name in GOOD:
            session.execute(insert(table), GOOD[table.name])
        if table.name == until:
            return


def good(table: Table) -> Values:
    """Return the last good row of a table."""
    return LEDGER if table.name == "ledger" else GOOD[table.name][-1]
