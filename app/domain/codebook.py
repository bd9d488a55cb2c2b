"""Every code that an answer can carry, by kind."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final, Self

from app.domain.audit import AuditEvent, Channel
from app.domain.audit_checks import AuditFindingCode
from app.domain.bands import EthnicGroup, StaffGroup
from app.domain.callers import Role
from app.domain.changes import ChangeKind
from app.domain.checks import FindingCode
from app.domain.coded import Coded
from app.domain.codes import (
    ActionStatus,
    ActualsState,
    AppointmentVerdict,
    Evidence,
    FunnelPosition,
    GoalOutlook,
    Outlook,
    PointsOutlook,
    Position,
    Reason,
    ReturnStatus,
    StorageReason,
    TargetState,
    WarningCode,
)
from app.domain.disclosure import Suppression
from app.domain.errors import CodeNotFound, Fault, UnacceptableQuestion, leaves, sentence_of
from app.domain.fault_codes import FaultCode
from app.domain.file_codes import RemarkCode, UnreadableCode
from app.domain.imports import ImportOutcome
from app.domain.measures import ReferenceKind
from app.domain.organisations import Kind, SuccessionKind, TrustType
from app.domain.permissions import Reach
from app.domain.series import Continuity
from app.domain.targets import GoalForm, ProposalMethod, Provenance, Rounding
from app.domain.tokens import TokenState

CODES: Final[tuple[type[Coded], ...]] = (
    WarningCode,
    Reason,
    Outlook,
    PointsOutlook,
    GoalOutlook,
    Position,
    FunnelPosition,
    AppointmentVerdict,
    ReferenceKind,
    Continuity,
    GoalForm,
    Rounding,
    Provenance,
    ProposalMethod,
    TargetState,
    ActionStatus,
    ActualsState,
    ReturnStatus,
    Kind,
    TrustType,
    SuccessionKind,
    StaffGroup,
    EthnicGroup,
    Role,
    Reach,
    TokenState,
    Evidence,
    ChangeKind,
    AuditEvent,
    Channel,
    AuditFindingCode,
    ImportOutcome,
    FaultCode,
    UnreadableCode,
    RemarkCode,
    StorageReason,
    FindingCode,
    Suppression,
)
"""Every enumeration of codes, in the order in which they are explained."""

PROBLEM: Final = "problem"
"""The kind of the codes of errors."""

_NAMES: Final[Mapping[type[Coded], str]] = {Kind: "organisation_kind"}
"""What kinds are called whose enumeration has a name that says too little alone."""


@dataclass(frozen=True, slots=True)
class Code:
    """A code and what it means.

    Attributes:
        kind: What it tells of, which says where it stands; codes are unique within a kind.
    """

    kind: str
    code: str
    sentence: str


@dataclass(frozen=True, slots=True)
class CodeKind:
    """Codes that tell of the same thing.

    Attributes:
        name: What codes name it by.
        sentence: What they tell of.
    """

    name: str
    sentence: str
    codes: tuple[Code, ...]

    @property
    def title(self) -> str:
        """What it is called where people read it."""
        return self.name.replace("_", " ").capitalize()

    @classmethod
    def of(cls, enumeration: type[Coded]) -> Self:
        """Return the codes of an enumeration, whose name and docstring say what they tell of."""
        name = _NAMES.get(enumeration) or _snake_case(enumeration.__name__.removesuffix("Code"))
        codes = (Code(name, one.value, one.sentence) for one in enumeration)
        return cls(name, (enumeration.__doc__ or "").partition("\n")[0], tuple(codes))


def list_code_kinds() -> list[CodeKind]:
    """Return every kind of code; that of errors is the last."""
    errors = tuple(Code(PROBLEM, one.code, sentence_of(one)) for one in leaves())
    problems = CodeKind(PROBLEM, "Why a request is refused.", errors)
    return [*(CodeKind.of(one) for one in CODES), problems]


def list_codes(kind: str | None = None) -> list[Code]:
    """Return every code, kind by kind, or those of one kind.

    Raises:
        UnacceptableQuestion: There is no such kind.
    """
    kinds = {one.name: one.codes for one in list_code_kinds()}
    if kind is None:
        return [code for codes in kinds.values() for code in codes]
    if kind not in kinds:
        detail = f"There are no codes of the kind {kind}; use one of {', '.join(kinds)}."
        raise UnacceptableQuestion([Fault("?kind", "unknown_code", detail)])
    return list(kinds[kind])


def get_code(kind: str, code: str) -> Code:
    """Return a code of a kind.

    Raises:
        CodeNotFound: There is none.
    """
    for one in list_codes():
        if (one.kind, one.code) == (kind, code):
            return one
    raise CodeNotFound(kind, code)


def _snake_case(name: str) -> str:
    return re.sub(r"(?<!^)(?=[A-Z])", "_", name).lower()
