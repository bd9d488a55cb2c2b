"""What can go wrong, in the words of the domain.

    DomainError
    ├── NotFound
    │   ├── OrganisationNotFound
    │   ├── TrustNotFound
    │   ├── AreaNotFound
    │   ├── CensusNotFound
    │   ├── CycleNotFound
    │   ├── ActualsNotFound
    │   ├── DownloadNotFound
    │   ├── ActualsRevisionNotFound
    │   ├── BoardNotFound
    │   ├── WarningNotFound
    │   ├── IndicatorsNotFound
    │   ├── ReturnsNotFound
    │   ├── TargetNotFound
    │   ├── MethodNotFound
    │   ├── TargetVersionNotFound
    │   ├── ActionPlanNotFound
    │   ├── ExpertNotFound
    │   ├── TokenNotFound
    │   ├── ImportNotFound
    │   ├── MeasureNotFound
    │   ├── BandNotFound
    │   ├── EthnicCategoryNotFound
    │   └── CodeNotFound
    ├── Conflict
    │   ├── TargetAlreadySet
    │   ├── TargetNotDraft
    │   ├── TargetDraftOpen
    │   ├── TargetMoveNotAllowed
    │   ├── CycleFixed
    │   ├── ExpertErased
    │   ├── AlreadySignedOff
    │   ├── ActualsNotSignedOff
    │   ├── AnswerNotKept
    │   ├── TokenEnded
    │   ├── TokenWithoutSecret
    │   └── SyntheticBesideReal
    ├── PreconditionFailed
    │   ├── RevisionStale
    │   └── ChangedMeanwhile
    ├── PreconditionRequired
    │   └── RevisionNotNamed
    ├── Unauthenticated
    │   └── TokenInvalid
    ├── Forbidden
    │   └── NotAllowed
    ├── Unavailable
    │   ├── StorageUnavailable
    │   ├── OutcomeUnknown
    │   └── IssuerUnavailable
    └── Unacceptable
        ├── InvalidRequest
        ├── IdempotencyKeyReused
        ├── UnacceptableActuals
        ├── UnacceptableBoard
        ├── UnacceptableIndicators
        ├── UnacceptableTarget
        ├── UnacceptableActionPlan
        ├── UnacceptableCensus
        ├── UnacceptableCycle
        ├── UnacceptableExpert
        ├── UnacceptableSignOff
        ├── UnacceptableImport
        ├── UnacceptableRelease
        ├── UnacceptableConsents
        ├── UnacceptableOrganisation
        ├── UnacceptableToken
        ├── UnacceptableStaffList
        ├── UnacceptableQuestion
        ├── MeasureCannotBeNarrowed
        ├── RegisterFileRefused
        ├── DownloadFailed
        ├── ArchiveRefused
        ├── FileNotWritten
        └── UnreadableFile

Nothing here knows about HTTP. `app.api.problems` gives each branch a status and turns a
leaf into problem details; `app.cli` prints the leaf's code and message.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass
from datetime import date, datetime
from typing import ClassVar, Final

from app.domain.codes import StorageReason
from app.domain.file_codes import UnreadableCode

MOST_FAULTS: Final = 200
"""Faults of a file that are listed; of the others the number is told."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where in a file something stands.

    Attributes:
        sheet: Name of the sheet; None in a CSV file.
        row: As the file counts it, from 1; None for the whole sheet.
        column: Its letter, as spreadsheets name it; None for the whole row.
        heading: What the column is headed; None where it has no heading.
        value: What the cell shows; None where it is empty, and for the whole row.
    """

    sheet: str | None
    row: int | None = None
    column: str | None = None
    heading: str | None = None
    value: str | None = None


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing that is wrong with what was sent.

    Attributes:
        pointer: JSON pointer (RFC 6901) into the body, or `?name` for a query parameter.
        code: Stable name of the kind of fault.
        detail: What is wrong, and what would be right.
        place: Where it stands in a file; None where no file was sent.
    """

    pointer: str
    code: str
    detail: str
    place: Place | None = None

    def as_dict(self) -> dict[str, object]:
        """Return the fault for machines; its place only if it has one."""
        return {
            name: value
            for name, value in asdict(self).items()
            if name != "place" or value is not None
        }


class DomainError(Exception):
    """An error that a caller can cause and we can explain.

    Attributes:
        code: Stable public name of the error; once released it does not change.
        title: What this kind of error means, the same for every occurrence.
        facts: The values this occurrence is about, for machines.
    """

    code: ClassVar[str]
    title: ClassVar[str]

    def __init__(self, detail: str, **facts: object) -> None:
        super().__init__(detail)
        self.facts = facts


class NotFound(DomainError):
    """What the caller names does not exist."""


class OrganisationNotFound(NotFound):
    """No organisation has the ODS code."""

    code = "organisation_not_found"
    title = "Organisation not found"

    def __init__(self, ods_code: str) -> None:
        super().__init__(f"No organisation has the ODS code {ods_code}.", ods_code=ods_code)


class TrustNotFound(NotFound):
    """No trust has the ODS code."""

    code = "trust_not_found"
    title = "Trust not found"

    def __init__(self, ods_code: str) -> None:
        super().__init__(f"No trust has the ODS code {ods_code}.", ods_code=ods_code)


class AreaNotFound(NotFound):
    """No integrated care board or region has the ODS code."""

    code = "area_not_found"
    title = "Area not found"

    def __init__(self, ods_code: str) -> None:
        super().__init__(
            f"No integrated care board or region has the ODS code {ods_code}.", ods_code=ods_code
        )


class CensusNotFound(NotFound):
    """There is no census of the year."""

    code = "census_not_found"
    title = "Census not found"

    def __init__(self, year: int) -> None:
        super().__init__(f"There is no census of {year} in the register.", year=year)


class CycleNotFound(NotFound):
    """There is no cycle of the code."""

    code = "cycle_not_found"
    title = "Cycle not found"

    def __init__(self, cycle: str) -> None:
        super().__init__(f"There is no cycle {cycle}.", cycle=cycle)


class ActualsNotFound(NotFound):
    """The trust has no actuals for the census that the caller may see."""

    code = "actuals_not_found"
    title = "Actuals not found"

    def __init__(self, ods_code: str, year: int) -> None:
        super().__init__(
            f"No actuals of {ods_code} for the census of {year} are held.",
            ods_code=ods_code,
            year=year,
        )


class DownloadNotFound(NotFound):
    """Nothing of the census is public."""

    code = "download_not_found"
    title = "Download not found"

    def __init__(self, year: int) -> None:
        super().__init__(f"Nothing of the census of {year} is public.", year=year)


class ActualsRevisionNotFound(NotFound):
    """The trust's actuals for the census have no such revision."""

    code = "actuals_revision_not_found"
    title = "Revision of actuals not found"

    def __init__(self, ods_code: str, year: int, revision: int, *, newest: int) -> None:
        super().__init__(
            f"The actuals of {ods_code} for {year} have no revision {revision}; the newest is"
            f" {newest}.",
            ods_code=ods_code,
            year=year,
            revision=revision,
            newest=newest,
        )


class BoardNotFound(NotFound):
    """The trust's board has not been sent for the census."""

    code = "board_not_found"
    title = "Board not found"

    def __init__(self, ods_code: str, year: int) -> None:
        super().__init__(
            f"No board of {ods_code} for the census of {year} is held.",
            ods_code=ods_code,
            year=year,
        )


class WarningNotFound(NotFound):
    """The trust's figures carry no such warning."""

    code = "warning_not_found"
    title = "Warning not found"

    def __init__(self, ods_code: str, warning_id: str) -> None:
        super().__init__(
            f"The figures of {ods_code} carry no warning {warning_id}.",
            ods_code=ods_code,
            warning_id=warning_id,
        )


class IndicatorsNotFound(NotFound):
    """The trust's indicators have not been sent for the census."""

    code = "indicators_not_found"
    title = "Indicators not found"

    def __init__(self, ods_code: str, year: int) -> None:
        super().__init__(
            f"No indicators of {ods_code} for the census of {year} are held.",
            ods_code=ods_code,
            year=year,
        )


class ReturnsNotFound(NotFound):
    """Nothing was sent that could be compared."""

    code = "returns_not_found"
    title = "Returns not found"

    def __init__(self, *, ods_code: str | None = None, year: int | None = None) -> None:
        census = "any census" if year is None else f"the census of {year}"
        facts = {"ods_code": ods_code, "year": year}
        super().__init__(
            f"No figures of {ods_code or 'any trust'} for {census} are held.",
            **{name: fact for name, fact in facts.items() if fact is not None},
        )


class TargetNotFound(NotFound):
    """The trust has no such target."""

    code = "target_not_found"
    title = "Target not found"

    def __init__(self, ods_code: str, target_id: str) -> None:
        super().__init__(
            f"{ods_code} has no target {target_id}.", ods_code=ods_code, target_id=target_id
        )


class TargetVersionNotFound(NotFound):
    """The target has no such version."""

    code = "target_version_not_found"
    title = "Version of a target not found"

    def __init__(self, ods_code: str, target_id: str, version: int) -> None:
        super().__init__(
            f"The target {target_id} of {ods_code} has no version {version}.",
            ods_code=ods_code,
            target_id=target_id,
            version=version,
        )


class ActionPlanNotFound(NotFound):
    """The trust has no action plan for the cycle."""

    code = "action_plan_not_found"
    title = "Action plan not found"

    def __init__(self, ods_code: str, cycle: str) -> None:
        super().__init__(
            f"{ods_code} has no action plan for the cycle {cycle}.",
            ods_code=ods_code,
            cycle=cycle,
        )


class ExpertNotFound(NotFound):
    """There is no such WRES expert that the caller may know of."""

    code = "expert_not_found"
    title = "Expert not found"

    def __init__(self, expert_id: str) -> None:
        super().__init__(f"There is no WRES expert {expert_id}.", expert_id=expert_id)


class MethodNotFound(NotFound):
    """No method has the version."""

    code = "method_not_found"
    title = "Method not found"

    def __init__(self, version: str) -> None:
        super().__init__(f"There is no method {version}.", version=version)


class TokenNotFound(NotFound):
    """No token has the identifier."""

    code = "token_not_found"
    title = "Token not found"

    def __init__(self, token_id: str) -> None:
        super().__init__(f"There is no token {token_id}.", token_id=token_id)


class ImportNotFound(NotFound):
    """There is no import of the identifier that the caller may see."""

    code = "import_not_found"
    title = "Import not found"

    def __init__(self, import_id: str) -> None:
        super().__init__(f"There is no import {import_id}.", import_id=import_id)


class MeasureNotFound(NotFound):
    """No measure is called so."""

    code = "measure_not_found"
    title = "Measure not found"

    def __init__(self, measure: str) -> None:
        super().__init__(f"There is no measure {measure}.", measure=measure)


class BandNotFound(NotFound):
    """No band or grade is called so."""

    code = "band_not_found"
    title = "Band not found"

    def __init__(self, band: str) -> None:
        super().__init__(f"There is no band {band}.", band=band)


class EthnicCategoryNotFound(NotFound):
    """The NHS Data Dictionary has no such ethnic category."""

    code = "ethnic_category_not_found"
    title = "Ethnic category not found"

    def __init__(self, category: str) -> None:
        super().__init__(f"There is no ethnic category {category}.", category=category)


class CodeNotFound(NotFound):
    """No answer carries such a code."""

    code = "code_not_found"
    title = "Code not found"

    def __init__(self, kind: str, code: str) -> None:
        super().__init__(f"There is no code {code} of the kind {kind}.", kind=kind, code=code)


class Conflict(DomainError):
    """What the caller asks for contradicts what is stored."""


class TargetAlreadySet(Conflict):
    """The trust has a target for the measure in the cycle."""

    code = "target_already_set"
    title = "Target already set"

    def __init__(self, ods_code: str, target_id: str) -> None:
        super().__init__(
            f"{ods_code} already has the target {target_id}; change the draft, or add a version"
            " once it is submitted.",
            ods_code=ods_code,
            target_id=target_id,
        )


class TargetNotDraft(Conflict):
    """A target that was submitted cannot be changed."""

    code = "target_not_draft"
    title = "Target is not a draft"

    def __init__(self, ods_code: str, target_id: str, state: str) -> None:
        super().__init__(
            f"The target {target_id} of {ods_code} is {state}; only a draft can be changed or"
            " submitted.",
            ods_code=ods_code,
            target_id=target_id,
            state=state,
        )


class TargetDraftOpen(Conflict):
    """A version of the target is being drafted already."""

    code = "target_draft_open"
    title = "A draft is open"

    def __init__(self, ods_code: str, target_id: str, version: int) -> None:
        super().__init__(
            f"Version {version} of the target {target_id} of {ods_code} is a draft; change it,"
            " submit it or withdraw it before another one is begun.",
            ods_code=ods_code,
            target_id=target_id,
            version=version,
        )


class TargetMoveNotAllowed(Conflict):
    """A version of a target cannot go from the state it is in to the one asked for."""

    code = "target_move_not_allowed"
    title = "Move not allowed"

    def __init__(
        self, target_id: str, version: int, *, state: str, wanted: str, allowed: Sequence[str]
    ) -> None:
        onwards = f"it can become {' or '.join(allowed)}" if allowed else "it stays so for good"
        super().__init__(
            f"Version {version} of the target {target_id} is {state} and cannot become {wanted};"
            f" {onwards}.",
            target_id=target_id,
            version=version,
            state=state,
            allowed=list(allowed),
        )


class CycleFixed(Conflict):
    """A cycle does not change, because targets and plans refer to it."""

    code = "cycle_fixed"
    title = "Cycle does not change"

    def __init__(self, cycle: str) -> None:
        super().__init__(
            f"The cycle {cycle} is there with other particulars; targets refer to it, so it stays."
            " Add a cycle between other censuses instead.",
            cycle=cycle,
        )


class ExpertErased(Conflict):
    """The expert was erased, and stays so."""

    code = "expert_erased"
    title = "Expert was erased"

    def __init__(self, expert_id: str) -> None:
        super().__init__(
            f"The WRES expert {expert_id} was erased; record a new one.", expert_id=expert_id
        )


class AnswerNotKept(Conflict):
    """The request was done before; its answer held what is not to be shown, and is not kept."""

    code = "answer_not_kept"
    title = "Answer was not kept"

    def __init__(self, key: str) -> None:
        super().__init__(
            f"The request {key} was done, and its answer is not kept: it held a secret, which is"
            " shown once, or a text that was taken out since. If a secret was lost, take back what"
            " was made, and make it anew with another key.",
            key=key,
        )


class ActualsNotSignedOff(Conflict):
    """Exact figures are released once the board has approved them."""

    code = "actuals_not_signed_off"
    title = "Actuals are not signed off"

    def __init__(self, ods_code: str, year: int, revision: int) -> None:
        super().__init__(
            f"Revision {revision} of the actuals of {ods_code} for {year} is not signed off; let"
            " the board approve it first.",
            ods_code=ods_code,
            year=year,
            revision=revision,
        )


class AlreadySignedOff(Conflict):
    """The revision was signed off before, with other particulars."""

    code = "already_signed_off"
    title = "Already signed off"

    def __init__(self, ods_code: str, year: int, revision: int) -> None:
        super().__init__(
            f"Revision {revision} of the actuals of {ods_code} for {year} is already signed off;"
            " a correction is a new revision, signed off anew.",
            ods_code=ods_code,
            year=year,
            revision=revision,
        )


class SyntheticBesideReal(Conflict):
    """Invented and real figures may not stand in one database."""

    code = "synthetic_beside_real"
    title = "Invented beside real figures"

    def __init__(self, *, held: str) -> None:
        super().__init__(
            f"This database holds {held} figures; invented and real figures may not stand"
            " beside each other. Use another database.",
            held=held,
        )


class TokenEnded(Conflict):
    """The token has expired or was revoked, and cannot be rotated."""

    code = "token_ended"
    title = "Token ended"

    def __init__(self, token_id: str, state: str) -> None:
        super().__init__(
            f"The token {token_id} is {state}; make a new one.", token_id=token_id, state=state
        )


class TokenWithoutSecret(Conflict):
    """The token stands for another's signed tokens, and has no secret to rotate."""

    code = "token_without_secret"
    title = "Token without a secret"

    def __init__(self, token_id: str) -> None:
        super().__init__(
            f"The token {token_id} stands for signed tokens; their issuer rotates its keys.",
            token_id=token_id,
        )


class PreconditionFailed(DomainError):
    """What the caller last saw is not what is held."""


class RevisionStale(PreconditionFailed):
    """The revision that the caller names is not the newest."""

    code = "revision_stale"
    title = "Revision is stale"

    def __init__(self, *, held: str | None) -> None:
        seen = "nothing is held" if held is None else f"what is held is {held}"
        super().__init__(
            f"The precondition does not hold: {seen}. Read it again, then repeat the change.",
            held=held,
        )


class ChangedMeanwhile(PreconditionFailed):
    """Another first write came in between."""

    code = "changed_meanwhile"
    title = "Changed meanwhile"

    def __init__(self, *, held: str) -> None:
        super().__init__(
            f"Nothing was held when this request arrived; another one has stored {held} since."
            " Read it, then decide.",
            held=held,
        )


class PreconditionRequired(DomainError):
    """The caller has to say which state it wants to change."""


class RevisionNotNamed(PreconditionRequired):
    """A change of what is held has to name what it changes."""

    code = "revision_not_named"
    title = "If-Match is required"

    def __init__(self, *, held: str) -> None:
        super().__init__(f"To change what is held, send its ETag in If-Match: {held}.", held=held)


class Unauthenticated(DomainError):
    """It is not known who is calling."""


class TokenInvalid(Unauthenticated):
    """The bearer token is missing, unknown, expired or revoked."""

    code = "token_invalid"
    title = "A valid token is required"

    def __init__(self, why: str) -> None:
        super().__init__(why)


class Forbidden(DomainError):
    """The caller is known, and may not do this."""


class NotAllowed(Forbidden):
    """The caller's role does not allow it."""

    code = "not_allowed"
    title = "Not allowed"

    def __init__(self, *, role: str, needed: Iterable[str]) -> None:
        roles = sorted(needed)
        super().__init__(
            f"A token with the role {role} may not do this; it takes one with the role"
            f" {' or '.join(roles)} for this organisation.",
            role=role,
            roles_that_may=roles,
        )


class Unavailable(DomainError):
    """The service cannot answer now, whoever asks; the same request may succeed later.

    Attributes:
        retry_after_s: Seconds after which it is worth another try.
        particulars: What the database said, for the operator's eyes only: it may name hosts.
    """

    retry_after_s: int
    particulars: str


class StorageUnavailable(Unavailable):
    """The database cannot be used at the moment, so nothing was stored."""

    code = "storage_unavailable"
    title = "Database cannot be used"
    retry_after_s = 5

    def __init__(self, reason: StorageReason, particulars: str) -> None:
        self.reason, self.particulars = reason, particulars
        super().__init__(
            f"{reason.sentence} Nothing was stored; send the same request again later.",
            reason=reason.value,
        )


class OutcomeUnknown(Unavailable):
    """The database went away while a change was being committed, so it may be stored or not."""

    code = "outcome_unknown"
    title = "Outcome is not known"
    retry_after_s = 5

    def __init__(self, reason: StorageReason, particulars: str) -> None:
        self.reason, self.particulars = reason, particulars
        super().__init__(
            f"{reason.sentence} That was while the change was being committed, so all of it is"
            " stored or nothing; read what is held before sending it again.",
            reason=reason.value,
        )


class IssuerUnavailable(Unavailable):
    """The keys of the issuer of signed tokens cannot be had, so that none can be verified."""

    code = "issuer_unavailable"
    title = "Issuer unavailable"

    def __init__(self, *, retry_after_s: int) -> None:
        self.retry_after_s, self.particulars = retry_after_s, "asked for its keys"
        super().__init__(
            "The keys of the issuer of signed tokens cannot be had now; nothing was looked at."
        )


class Unacceptable(DomainError):
    """What was sent cannot be accepted, whoever sends it."""


class Faulty(Unacceptable):
    """What was sent has one or more faults, all of which are listed.

    Attributes:
        faults: Every fault, in the order of the body.
    """

    subject: ClassVar[str]

    def __init__(self, faults: Sequence[Fault]) -> None:
        self.faults = tuple(faults)
        number = len(self.faults)
        errors = [one.as_dict() for one in self.faults]
        super().__init__(
            f"{self.subject} {'1 fault' if number == 1 else f'{number} faults'};"
            " nothing was stored.",
            errors=errors,
        )


class InvalidRequest(Faulty):
    """The request does not have the documented form."""

    code = "invalid_request"
    title = "Invalid request"
    subject = "The request has"


class UnacceptableActuals(Faulty):
    """The actuals are well formed, but cannot be true or do not fit what is held."""

    code = "unacceptable_actuals"
    title = "Unacceptable actuals"
    subject = "The actuals have"


class UnacceptableBoard(Faulty):
    """The board is well formed, but cannot be true or does not fit what is held."""

    code = "unacceptable_board"
    title = "Unacceptable board"
    subject = "The board has"


class UnacceptableIndicators(Faulty):
    """The indicators are well formed, but cannot be true or do not fit what is held."""

    code = "unacceptable_indicators"
    title = "Unacceptable indicators"
    subject = "The indicators have"


class UnacceptableTarget(Faulty):
    """The target is well formed, but contradicts itself or the figures it starts from."""

    code = "unacceptable_target"
    title = "Unacceptable target"
    subject = "The target has"


class UnacceptableActionPlan(Faulty):
    """The action plan is well formed, but contradicts itself or what is held."""

    code = "unacceptable_action_plan"
    title = "Unacceptable action plan"
    subject = "The action plan has"


class UnacceptableCensus(Faulty):
    """The dates of the census contradict each other or the register."""

    code = "unacceptable_census"
    title = "Unacceptable census"
    subject = "The census has"


class UnacceptableCycle(Faulty):
    """The cycle is well formed, but contradicts itself."""

    code = "unacceptable_cycle"
    title = "Unacceptable cycle"
    subject = "The cycle has"


class UnacceptableExpert(Faulty):
    """The expert is well formed, but contradicts itself or the register."""

    code = "unacceptable_expert"
    title = "Unacceptable expert"
    subject = "The expert has"


class UnacceptableRelease(Faulty):
    """The release is well formed, but there is nothing to release."""

    code = "unacceptable_release"
    title = "Unacceptable release"
    subject = "The release has"


class UnacceptableConsents(Faulty):
    """A code is no area's, or is named twice."""

    code = "unacceptable_consents"
    title = "Unacceptable consents"
    subject = "The consents have"


class UnacceptableImport(Faulty):
    """The file can be read, but what it says is wrong, or does not fit what is held."""

    code = "unacceptable_import"
    title = "Unacceptable import"
    subject = "The file has"

    def __init__(
        self, file: str, faults: Sequence[Fault], warnings: Sequence[tuple[str, str]] = ()
    ) -> None:
        super().__init__(faults[:MOST_FAULTS])
        number = len(faults)
        shown = "" if number <= MOST_FAULTS else f", of which the first {MOST_FAULTS} are listed"
        has = "1 fault" if number == 1 else f"{number:,} faults"
        self.args = (f"{file} has {has}{shown}; nothing was stored.",)
        self.facts |= {
            "file": file,
            "faults": number,
            "warnings": [{"code": code, "detail": detail} for code, detail in warnings],
        }


class UnacceptableSignOff(Faulty):
    """The sign-off is well formed, but cannot be true."""

    code = "unacceptable_sign_off"
    title = "Unacceptable sign-off"
    subject = "The sign-off has"


class UnacceptableOrganisation(Faulty):
    """The organisation is well formed, but contradicts itself or the register."""

    code = "unacceptable_organisation"
    title = "Unacceptable organisation"
    subject = "The organisation has"


class UnacceptableToken(Faulty):
    """The token that is asked for contradicts itself or the register."""

    code = "unacceptable_token"
    title = "Unacceptable token"
    subject = "The token has"


class UnacceptableStaffList(Faulty):
    """The staff list cannot be read, or has words that are not known."""

    code = "unacceptable_staff_list"
    title = "Unacceptable staff list"
    subject = "The staff list has"


class IdempotencyKeyReused(Unacceptable):
    """The idempotency key named another request before."""

    code = "idempotency_key_reused"
    title = "Idempotency key reused"

    def __init__(self, key: str) -> None:
        super().__init__(
            f"The key {key} named another request in the last 24 hours; send that one again as"
            " it was, or this one with a key of its own.",
            key=key,
        )


class UnacceptableQuestion(Faulty):
    """The question is well formed, but cannot be answered as it is put."""

    code = "unacceptable_question"
    title = "Unacceptable question"
    subject = "The question has"

    def __init__(self, faults: Sequence[Fault]) -> None:
        super().__init__(faults)
        self.args = (" ".join(f.detail for f in self.faults),)


class MeasureCannotBeNarrowed(Faulty):
    """The measure has no staff groups to narrow it to."""

    code = "measure_cannot_be_narrowed"
    title = "Measure cannot be narrowed"
    subject = "The question has"

    def __init__(self, measure: str, staff_group: str) -> None:
        self.sentence = (
            f"{measure} cannot be narrowed to {staff_group}: the workforce, consultants and the"
            " board stay whole, and other measures are clinical or non_clinical."
        )
        super().__init__([Fault("?staff_group", self.code, self.sentence)])
        self.args = (self.sentence,)
        self.facts |= {"measure": measure, "staff_group": staff_group}


class RegisterFileRefused(Unacceptable):
    """A register file cannot be read as one, so nothing of it was taken."""

    code = "register_file_refused"
    title = "Register file refused"

    def __init__(self, file: str, faults: Sequence[str]) -> None:
        shown = "; ".join(faults[:20])
        super().__init__(
            f"{file} was not taken, it has {len(faults)} fault(s): {shown}",
            file=file,
            errors=list(faults),
        )


class DownloadFailed(Unacceptable):
    """A file could not be fetched, so nothing of it was taken."""

    code = "download_failed"
    title = "Download failed"

    def __init__(self, url: str, why: str) -> None:
        super().__init__(f"{url} was not fetched: {why}.", url=url)


class ArchiveRefused(Unacceptable):
    """An archive of a whole database cannot be stored, so nothing of it was."""

    code = "archive_refused"
    title = "Archive refused"

    def __init__(self, file: str, why: str) -> None:
        super().__init__(f"{file} was not stored: {why}.", file=file)


class FileNotWritten(Unacceptable):
    """A file cannot be written where it was asked for, so nothing of it is there."""

    code = "file_not_written"
    title = "File was not written"

    def __init__(self, file: str, why: str) -> None:
        super().__init__(f"{file} was not written: {why}.", file=file)


class UnreadableFile(Unacceptable):
    """A file of figures is refused whole, before anything in it is read."""

    code = "unreadable_file"
    title = "File cannot be read"

    def __init__(self, file: str, reason: UnreadableCode, particulars: str = "") -> None:
        self.reason = reason
        super().__init__(
            " ".join(filter(None, (f"{file} was not read.", reason.sentence, particulars))),
            file=file,
            reason=reason.value,
        )


def leaves(root: type[DomainError] = DomainError) -> Iterator[type[DomainError]]:
    """Yield every kind of error that has a code, in the order of the tree."""
    for branch in root.__subclasses__():
        if hasattr(branch, "code"):
            yield branch
        yield from leaves(branch)


def name_of(error: type[DomainError]) -> str:
    """Return the name of a kind of error in addresses: its code, with hyphens."""
    return error.code.replace("_", "-")


def find_kind(name: str) -> type[DomainError] | None:
    """Return the kind of error that has a name in addresses."""
    return next((one for one in leaves() if name_of(one) == name), None)


def sentence_of(error: type[DomainError]) -> str:
    """Return the sentence that says what a kind of error, or a branch of them, means."""
    return (error.__doc__ or "").partition("\n")[0]


def as_of_in_future(as_of: datetime, now: datetime) -> Fault:
    """Return the fault of asking as of an instant that has not come."""
    return Fault(
        "?as_of",
        "as_of_in_future",
        f"as_of is {as_of.isoformat()}, but it is {now.isoformat()}: nobody knows yet.",
    )


def census_not_open(year: int, opens: date | None) -> str:
    """Return the sentence that says why a census does not accept figures."""
    if opens is None:
        return f"There is no census of {year}; censuses run from 2015 to the newest one open."
    return f"The census of {year} opens on {opens.isoformat()}."
