import inspect
import re
from collections.abc import Iterator
from datetime import UTC, date, datetime

import pytest

from app.domain import errors
from app.domain.codes import StorageReason
from app.domain.errors import DomainError, Fault, Faulty
from app.domain.file_codes import UnreadableCode

FAULTS = [
    Fault("/totals/bme", "total_disagrees", "Two, not three."),
    Fault("?as_of", "early", "No."),
]
LISTED = [
    {"pointer": "/totals/bme", "code": "total_disagrees", "detail": "Two, not three."},
    {"pointer": "?as_of", "code": "early", "detail": "No."},
]

CASES = [
    (errors.OrganisationNotFound("ZZ9"), "organisation_not_found",
     "No organisation has the ODS code ZZ9.", {"ods_code": "ZZ9"}),
    (errors.TrustNotFound("ZZ9"), "trust_not_found",
     "No trust has the ODS code ZZ9.", {"ods_code": "ZZ9"}),
    (errors.AreaNotFound("QZZ"), "area_not_found",
     "No integrated care board or region has the ODS code QZZ.", {"ods_code": "QZZ"}),
    (errors.CensusNotFound(2014), "census_not_found",
     "There is no census of 2014 in the register.", {"year": 2014}),
    (errors.CycleNotFound("2031-2034"), "cycle_not_found",
     "There is no cycle 2031-2034.", {"cycle": "2031-2034"}),
    (errors.ActualsNotFound("ZZ001", 2024), "actuals_not_found",
     "No actuals of ZZ001 for the census of 2024 are held.",
     {"ods_code": "ZZ001", "year": 2024}),
    (errors.DownloadNotFound(2024), "download_not_found",
     "Nothing of the census of 2024 is public.", {"year": 2024}),
    (errors.ActualsRevisionNotFound("ZZ001", 2024, 3, newest=2), "actuals_revision_not_found",
     "The actuals of ZZ001 for 2024 have no revision 3; the newest is 2.",
     {"ods_code": "ZZ001", "year": 2024, "revision": 3, "newest": 2}),
    (errors.WarningNotFound("ZZ001", "actuals-2024-1-0"), "warning_not_found",
     "The figures of ZZ001 carry no warning actuals-2024-1-0.",
     {"ods_code": "ZZ001", "warning_id": "actuals-2024-1-0"}),
    (errors.BoardNotFound("ZZ001", 2024), "board_not_found",
     "No board of ZZ001 for the census of 2024 is held.", {"ods_code": "ZZ001", "year": 2024}),
    (errors.IndicatorsNotFound("ZZ001", 2024), "indicators_not_found",
     "No indicators of ZZ001 for the census of 2024 are held.",
     {"ods_code": "ZZ001", "year": 2024}),
    (errors.ReturnsNotFound(ods_code="ZZ001"), "returns_not_found",
     "No figures of ZZ001 for any census are held.", {"ods_code": "ZZ001"}),
    (errors.ReturnsNotFound(year=2024), "returns_not_found",
     "No figures of any trust for the census of 2024 are held.", {"year": 2024}),
    (errors.TargetNotFound("ZZ001", "t"), "target_not_found",
     "ZZ001 has no target t.", {"ods_code": "ZZ001", "target_id": "t"}),
    (errors.TargetVersionNotFound("ZZ001", "t", 3), "target_version_not_found",
     "The target t of ZZ001 has no version 3.",
     {"ods_code": "ZZ001", "target_id": "t", "version": 3}),
    (errors.ActionPlanNotFound("ZZ001", "2025-2028"), "action_plan_not_found",
     "ZZ001 has no action plan for the cycle 2025-2028.",
     {"ods_code": "ZZ001", "cycle": "2025-2028"}),
    (errors.ExpertNotFound("x1"), "expert_not_found",
     "There is no WRES expert x1.", {"expert_id": "x1"}),
    (errors.MethodNotFound("9"), "method_not_found", "There is no method 9.", {"version": "9"}),
    (errors.TokenNotFound("t"), "token_not_found",
     "There is no token t.", {"token_id": "t"}),
    (errors.MeasureNotFound("m"), "measure_not_found",
     "There is no measure m.", {"measure": "m"}),
    (errors.BandNotFound("8e"), "band_not_found", "There is no band 8e.", {"band": "8e"}),
    (errors.EthnicCategoryNotFound("!"), "ethnic_category_not_found",
     "There is no ethnic category !.", {"category": "!"}),
    (errors.CodeNotFound("fault", "x"), "code_not_found",
     "There is no code x of the kind fault.", {"kind": "fault", "code": "x"}),
    (errors.TargetAlreadySet("ZZ001", "t"), "target_already_set",
     "ZZ001 already has the target t; change the draft, or add a version once it is submitted.",
     {"ods_code": "ZZ001", "target_id": "t"}),
    (errors.TargetNotDraft("ZZ001", "t", "submitted"), "target_not_draft",
     "The target t of ZZ001 is submitted; only a draft can be changed or submitted.",
     {"ods_code": "ZZ001", "target_id": "t", "state": "submitted"}),
    (errors.TargetDraftOpen("ZZ001", "t", 2), "target_draft_open",
     ("Version 2 of the target t of ZZ001 is a draft; change it, submit it or withdraw it before"
     " another one is begun."), {"ods_code": "ZZ001", "target_id": "t", "version": 2}),
    (errors.TargetMoveNotAllowed(
        "t", 1, state="returned", wanted="returned", allowed=["reviewed", "withdrawn"]
     ), "target_move_not_allowed",
     ("Version 1 of the target t is returned and cannot become returned; it can become reviewed"
     " or withdrawn."),
     {"target_id": "t", "version": 1, "state": "returned", "allowed": ["reviewed", "withdrawn"]}),
    (errors.TargetMoveNotAllowed("t", 1, state="withdrawn", wanted="reviewed", allowed=[]),
     "target_move_not_allowed",
     ("Version 1 of the target t is withdrawn and cannot become reviewed; it stays so for"
     " good."), {"target_id": "t", "version": 1, "state": "withdrawn", "allowed": []}),
    (errors.CycleFixed("2025-2028"), "cycle_fixed",
     ("The cycle 2025-2028 is there with other particulars; targets refer to it, so it stays."
     " Add a cycle between other censuses instead."), {"cycle": "2025-2028"}),
    (errors.ExpertErased("x1"), "expert_erased",
     "The WRES expert x1 was erased; record a new one.", {"expert_id": "x1"}),
    (errors.AlreadySignedOff("ZZ001", 2024, 2), "already_signed_off",
     ("Revision 2 of the actuals of ZZ001 for 2024 is already signed off; a correction is a new"
     " revision, signed off anew."), {"ods_code": "ZZ001", "year": 2024, "revision": 2}),
    (errors.ActualsNotSignedOff("ZZ001", 2024, 2), "actuals_not_signed_off",
     ("Revision 2 of the actuals of ZZ001 for 2024 is not signed off; let the board approve it"
     " first."), {"ods_code": "ZZ001", "year": 2024, "revision": 2}),
    (errors.AnswerNotKept("one"), "answer_not_kept",
     ("The request one was done, and its answer is not kept: it held a secret, which is shown"
     " once, or a text that was taken out since. If a secret was lost, take back what was made,"
     " and make it anew with another key."), {"key": "one"}),
    (errors.IdempotencyKeyReused("one"), "idempotency_key_reused",
     ("The key one named another request in the last 24 hours; send that one again as it was, or"
     " this one with a key of its own."), {"key": "one"}),
    (errors.SyntheticBesideReal(held="real"), "synthetic_beside_real",
     ("This database holds real figures; invented and real figures may not stand beside each"
     " other. Use another database."), {"held": "real"}),
    (errors.RevisionStale(held=None), "revision_stale",
     "The precondition does not hold: nothing is held. Read it again, then repeat the change.",
     {"held": None}),
    (errors.RevisionStale(held='"2"'), "revision_stale",
     ('The precondition does not hold: what is held is "2". Read it again, then repeat the'
     " change."), {"held": '"2"'}),
    (errors.ChangedMeanwhile(held='"1"'), "changed_meanwhile",
     ('Nothing was held when this request arrived; another one has stored "1" since. Read it,'
     " then decide."), {"held": '"1"'}),
    (errors.RevisionNotNamed(held='"1"'), "revision_not_named",
     'To change what is held, send its ETag in If-Match: "1".', {"held": '"1"'}),
    (errors.TokenInvalid("The token has expired."), "token_invalid",
     "The token has expired.", {}),
    (errors.IssuerUnavailable(retry_after_s=30), "issuer_unavailable",
     "The keys of the issuer of signed tokens cannot be had now; nothing was looked at.", {}),
    (errors.TokenEnded("t", "revoked"), "token_ended",
     "The token t is revoked; make a new one.", {"token_id": "t", "state": "revoked"}),
    (errors.TokenWithoutSecret("t"), "token_without_secret",
     "The token t stands for signed tokens; their issuer rotates its keys.", {"token_id": "t"}),
    (errors.NotAllowed(role="area", needed=["trust", "national"]), "not_allowed",
     ("A token with the role area may not do this; it takes one with the role national or trust"
     " for this organisation."), {"role": "area", "roles_that_may": ["national", "trust"]}),
    (errors.InvalidRequest(FAULTS), "invalid_request",
     "The request has 2 faults; nothing was stored.", {"errors": LISTED}),
    (errors.UnacceptableActuals(FAULTS[:1]), "unacceptable_actuals",
     "The actuals have 1 fault; nothing was stored.", {"errors": LISTED[:1]}),
    (errors.UnacceptableBoard(FAULTS), "unacceptable_board",
     "The board has 2 faults; nothing was stored.", {"errors": LISTED}),
    (errors.UnacceptableIndicators(FAULTS), "unacceptable_indicators",
     "The indicators have 2 faults; nothing was stored.", {"errors": LISTED}),
    (errors.UnacceptableTarget(FAULTS), "unacceptable_target",
     "The target has 2 faults; nothing was stored.", {"errors": LISTED}),
    (errors.UnacceptableActionPlan(FAULTS), "unacceptable_action_plan",
     "The action plan has 2 faults; nothing was stored.", {"errors": LISTED}),
    (errors.UnacceptableCensus(FAULTS), "unacceptable_census",
     "The census has 2 faults; nothing was stored.", {"errors": LISTED}),
    (errors.UnacceptableCycle(FAULTS), "unacceptable_cycle",
     "The cycle has 2 faults; nothing was stored.", {"errors": LISTED}),
    (errors.UnacceptableExpert(FAULTS), "unacceptable_expert",
     "The expert has 2 faults; nothing was stored.", {"errors": LISTED}),
    (errors.UnacceptableConsents(FAULTS), "unacceptable_consents",
     "The consents have 2 faults; nothing was stored.", {"errors": LISTED}),
    (errors.UnacceptableRelease(FAULTS), "unacceptable_release",
     "The release has 2 faults; nothing was stored.", {"errors": LISTED}),
    (errors.ImportNotFound("i1"), "import_not_found",
     "There is no import i1.", {"import_id": "i1"}),
    (errors.UnacceptableImport("a.csv", FAULTS, [("note_left_out", "A note.")]),
     "unacceptable_import", "a.csv has 2 faults; nothing was stored.",
     {
         "errors": LISTED,
         "file": "a.csv",
         "faults": 2,
         "warnings": [{"code": "note_left_out", "detail": "A note."}],
     }),
    (errors.UnacceptableSignOff(FAULTS), "unacceptable_sign_off",
     "The sign-off has 2 faults; nothing was stored.", {"errors": LISTED}),
    (errors.UnacceptableOrganisation(FAULTS), "unacceptable_organisation",
     "The organisation has 2 faults; nothing was stored.", {"errors": LISTED}),
    (errors.UnacceptableToken(FAULTS), "unacceptable_token",
     "The token has 2 faults; nothing was stored.", {"errors": LISTED}),
    (errors.UnacceptableStaffList(FAULTS), "unacceptable_staff_list",
     "The staff list has 2 faults; nothing was stored.", {"errors": LISTED}),
    (errors.UnacceptableQuestion(FAULTS), "unacceptable_question",
     "Two, not three. No.", {"errors": LISTED}),
    (errors.MeasureCannotBeNarrowed("board", "clinical"), "measure_cannot_be_narrowed",
     ("board cannot be narrowed to clinical: the workforce, consultants and the board stay"
     " whole, and other measures are clinical or non_clinical."),
     {
         "measure": "board",
         "staff_group": "clinical",
         "errors": [
             {
                 "pointer": "?staff_group",
                 "code": "measure_cannot_be_narrowed",
                 "detail": (
                     "board cannot be narrowed to clinical: the workforce, consultants and the"
                     " board stay whole, and other measures are clinical or non_clinical."
                 ),
             }
         ],
     }),
    (errors.RegisterFileRefused("trusts.csv", ["row 2", "row 3"]), "register_file_refused",
     "trusts.csv was not taken, it has 2 fault(s): row 2; row 3",
     {"file": "trusts.csv", "errors": ["row 2", "row 3"]}),
    (errors.DownloadFailed("https://example.org/etr.csv", "it is too slow"), "download_failed",
     "https://example.org/etr.csv was not fetched: it is too slow.",
     {"url": "https://example.org/etr.csv"}),
    (errors.ArchiveRefused("a.zip", "it is damaged"), "archive_refused",
     "a.zip was not stored: it is damaged.", {"file": "a.zip"}),
    (errors.FileNotWritten("a.zip", "it is there already"), "file_not_written",
     "a.zip was not written: it is there already.", {"file": "a.zip"}),
    (errors.StorageUnavailable(StorageReason.FULL, "disk is full"), "storage_unavailable",
     "The disk of the database is full. Nothing was stored; send the same request again later.",
     {"reason": "full"}),
    (errors.OutcomeUnknown(StorageReason.FAILING, "disk I/O error"), "outcome_unknown",
     ("The disk of the database fails. That was while the change was being committed, so all of it"
     " is stored or nothing; read what is held before sending it again."), {"reason": "failing"}),
    (errors.UnreadableFile("a.csv", UnreadableCode.OPEN_QUOTE, "It is in row 2."),
     "unreadable_file",
     "a.csv was not read. A quotation mark is opened and never closed. It is in row 2.",
     {"file": "a.csv", "reason": "open_quote"}),
]  # fmt: skip


def test_of_very_many_faults_the_first_are_listed_and_all_are_counted() -> None:
    error = errors.UnacceptableImport("a.csv", FAULTS * 600)

    assert str(error) == (
        "a.csv has 1,200 faults, of which the first 200 are listed; nothing was stored."
    )
    assert error.facts["faults"] == 1200
    assert error.facts["errors"] == LISTED * 100


def test_a_fault_of_a_file_is_listed_with_its_place() -> None:
    place = errors.Place("Staff", 12, "C", "BME", "12.5%")
    fault = Fault("/file/Staff!C12", "percentage_for_number", "No.", place)

    assert fault.as_dict() == {
        "pointer": "/file/Staff!C12",
        "code": "percentage_for_number",
        "detail": "No.",
        "place": {
            "sheet": "Staff",
            "row": 12,
            "column": "C",
            "heading": "BME",
            "value": "12.5%",
        },
    }


def leaves(of: type[DomainError] = DomainError) -> Iterator[type[DomainError]]:
    for kind in of.__subclasses__():
        if kind.__module__ != errors.__name__:
            continue
        if "code" in vars(kind):
            yield kind
        yield from leaves(kind)


@pytest.mark.parametrize(
    ("error", "code", "detail", "facts"), [pytest.param(*case, id=case[1]) for case in CASES]
)
def test_an_error_says_what_happened(
    error: DomainError, code: str, detail: str, facts: dict[str, object]
) -> None:
    assert (error.code, str(error), error.facts) == (code, detail, facts)


def test_every_error_is_told_above() -> None:
    assert {type(error) for error, *_ in CASES} == set(leaves())


def test_codes_and_titles_name_one_situation_each() -> None:
    kinds = list(leaves())

    assert len({kind.code for kind in kinds}) == len({kind.title for kind in kinds}) == len(kinds)
    for kind in kinds:
        assert re.fullmatch(r"[a-z]+(_[a-z]+)*", kind.code)
        assert inspect.getdoc(kind)


def test_the_tree_at_the_top_of_the_module_is_the_tree() -> None:
    drawn = re.findall(r"[├└]── (\w+)", errors.__doc__ or "")
    branches = {base.__name__ for base in DomainError.__subclasses__()
                if base.__module__ == errors.__name__}  # fmt: skip

    assert len(drawn) == len(set(drawn))
    assert set(drawn) == branches | {kind.__name__ for kind in leaves()}
    assert issubclass(errors.UnacceptableActuals, Faulty)


def test_a_kind_of_error_is_found_by_its_name_in_addresses() -> None:
    assert errors.name_of(errors.TrustNotFound) == "trust-not-found"
    assert errors.find_kind("trust-not-found") is errors.TrustNotFound
    assert errors.find_kind("trust_not_found") is None
    assert errors.sentence_of(errors.TrustNotFound) == "No trust has the ODS code."


def test_every_fault_is_kept_in_order() -> None:
    assert errors.UnacceptableActuals(FAULTS).faults == tuple(FAULTS)


def test_a_refused_file_shows_twenty_faults_and_counts_them_all() -> None:
    error = errors.RegisterFileRefused("trusts.csv", [f"row {n}" for n in range(25)])

    assert "25 fault(s)" in str(error)
    assert str(error).endswith("row 19")


def test_nobody_knows_the_future_yet() -> None:
    later, now = datetime(2027, 1, 1, tzinfo=UTC), datetime(2026, 1, 1, tzinfo=UTC)

    assert errors.as_of_in_future(later, now) == Fault(
        "?as_of",
        "as_of_in_future",
        "as_of is 2027-01-01T00:00:00+00:00, but it is 2026-01-01T00:00:00+00:00: nobody knows"
        " yet.",
    )


def test_a_census_is_not_open_before_its_day_or_not_at_all() -> None:
    assert errors.census_not_open(2027, date(2027, 4, 1)) == (
        "The census of 2027 opens on 2027-04-01."
    )
    assert errors.census_not_open(2014, None) == (
        "There is no census of 2014; censuses run from 2015 to the newest one open."
    )
