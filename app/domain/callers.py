"""Who is calling, and what they want to do."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from app.domain.coded import Coded


class Role(Coded):
    """A caller's role."""

    ANONYMOUS = ("anonymous", "Somebody without a token.")
    TRUST_DATA = ("trust_data", "A system that sends and reads the figures of named trusts.")
    TRUST = ("trust", "A trust, which also sets targets, plans and signs off for itself.")
    AREA = ("area", "An integrated care board or region, which comments on its trusts' targets.")
    NATIONAL = ("national", "The national team, which reviews targets and keeps the register.")


TOKEN_ROLES = (Role.TRUST_DATA, Role.TRUST, Role.AREA, Role.NATIONAL)
"""Roles that a token can have."""


class Action(StrEnum):
    """What a caller wants to do with one organisation's figures, or with the register."""

    READ_FIGURES = "read_figures"
    READ_DRAFTS = "read_drafts"
    READ_TARGETS = "read_targets"
    WRITE_FIGURES = "write_figures"
    SIGN_OFF = "sign_off"
    RELEASE_OWN = "release_own"
    RELEASE_CENSUS = "release_census"
    SET_TARGETS = "set_targets"
    COMMENT = "comment"
    REVIEW_TARGETS = "review_targets"
    READ_PLANS = "read_plans"
    WRITE_PLANS = "write_plans"
    READ_RETURNS = "read_returns"
    READ_EXTENSIONS = "read_extensions"
    READ_CONSENTS = "read_consents"
    GIVE_CONSENT = "give_consent"
    READ_EXPERTS = "read_experts"
    COUNT_EXPERTS = "count_experts"
    WRITE_EXPERTS = "write_experts"
    READ_IMPORTS = "read_imports"
    WRITE_CENSUSES = "write_censuses"
    BENCHMARK = "benchmark"
    READ_AREAS = "read_areas"
    WRITE_REGISTER = "write_register"
    READ_AUDIT = "read_audit"
    MANAGE_TOKENS = "manage_tokens"
    REGISTER_SUBJECTS = "register_subjects"


@dataclass(frozen=True, slots=True)
class Caller:
    """Somebody who calls.

    Attributes:
        name: The role of a person, or a system; recorded with every change.
        organisations: ODS codes that the caller is for; empty for national callers.
        token_id: Names the token that it calls with; None where it calls without.
        sees_invented: Whether invented trusts are open to it; False where the service is set up
            to treat them as real ones.
        day: On which it calls: areas have the trusts, and trusts the predecessors, that they
            have by then; None for the newest that is known.
    """

    name: str
    role: Role
    organisations: frozenset[str] = frozenset()
    token_id: str | None = None
    sees_invented: bool = True
    day: date | None = None


ANONYMOUS = Caller("anonymous", Role.ANONYMOUS)
"""A caller without a token."""

COMMAND_LINE = Caller("cli", Role.NATIONAL)
"""Whoever works on the command line, beside the database."""
