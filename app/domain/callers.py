"""Who is calling, and what each role may do."""

from collections.abc import Mapping
from dataclasses import dataclass
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
    READ_EXPERTS = "read_experts"
    WRITE_EXPERTS = "write_experts"
    READ_IMPORTS = "read_imports"
    WRITE_CENSUSES = "write_censuses"
    BENCHMARK = "benchmark"
    READ_AREAS = "read_areas"
    WRITE_REGISTER = "write_register"
    MANAGE_TOKENS = "manage_tokens"
    REGISTER_SUBJECTS = "register_subjects"


MAY: Mapping[Action, frozenset[Role]] = {
    Action.READ_FIGURES: frozenset({Role.TRUST_DATA, Role.TRUST, Role.NATIONAL}),
    Action.READ_TARGETS: frozenset({Role.TRUST_DATA, Role.TRUST, Role.AREA, Role.NATIONAL}),
    Action.WRITE_FIGURES: frozenset({Role.TRUST_DATA, Role.TRUST, Role.NATIONAL}),
    Action.SIGN_OFF: frozenset({Role.TRUST, Role.NATIONAL}),
    Action.RELEASE_OWN: frozenset({Role.TRUST, Role.NATIONAL}),
    Action.RELEASE_CENSUS: frozenset({Role.NATIONAL}),
    Action.SET_TARGETS: frozenset({Role.TRUST, Role.NATIONAL}),
    Action.COMMENT: frozenset({Role.AREA, Role.NATIONAL}),
    Action.REVIEW_TARGETS: frozenset({Role.NATIONAL}),
    Action.READ_PLANS: frozenset({Role.TRUST, Role.AREA, Role.NATIONAL}),
    Action.WRITE_PLANS: frozenset({Role.TRUST, Role.NATIONAL}),
    Action.READ_RETURNS: frozenset({Role.AREA, Role.NATIONAL}),
    Action.READ_EXTENSIONS: frozenset({Role.TRUST, Role.AREA, Role.NATIONAL}),
    Action.READ_EXPERTS: frozenset({Role.TRUST, Role.NATIONAL}),
    Action.WRITE_EXPERTS: frozenset({Role.NATIONAL}),
    Action.READ_IMPORTS: frozenset({Role.TRUST_DATA, Role.TRUST, Role.NATIONAL}),
    Action.WRITE_CENSUSES: frozenset({Role.NATIONAL}),
    Action.BENCHMARK: frozenset({Role.NATIONAL}),
    Action.READ_AREAS: frozenset({Role.NATIONAL}),
    Action.WRITE_REGISTER: frozenset({Role.NATIONAL}),
    Action.MANAGE_TOKENS: frozenset({Role.TRUST, Role.NATIONAL}),
    Action.REGISTER_SUBJECTS: frozenset({Role.NATIONAL}),
}
"""Which roles may do what with the organisations that they are for."""

OPEN_TO_ALL = frozenset(
    {
        Action.READ_FIGURES,
        Action.READ_TARGETS,
        Action.READ_PLANS,
        Action.READ_RETURNS,
        Action.BENCHMARK,
    }
)
"""What everybody may do with invented organisations."""


@dataclass(frozen=True, slots=True)
class Caller:
    """Somebody who calls.

    Attributes:
        name: The role of a person, or a system; recorded with every change.
        organisations: ODS codes that the caller is for; empty for national callers.
        token_id: The token that it calls with; None for a caller without one.
        sees_invented: False where invented trusts are treated as real ones.
    """

    name: str
    role: Role
    organisations: frozenset[str] = frozenset()
    token_id: str | None = None
    sees_invented: bool = True


ANONYMOUS = Caller("anonymous", Role.ANONYMOUS)
"""A caller without a token."""

COMMAND_LINE = Caller("cli", Role.NATIONAL)
"""Whoever works on the command line, beside the database."""
