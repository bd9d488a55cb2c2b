"""Who may do what: one table of every operation, by role.

An operation takes an action, and a role reaches so far with an action. Routes look their
operation up here before they read anything that was sent; services look up the action, for one
organisation, and are called by the command line too. So nothing is said twice, and what is not
in the table cannot be called.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from app.domain.callers import Action, Caller, Role
from app.domain.coded import Coded


class Reach(Coded):
    """How far something goes that a caller may do."""

    NOTHING = ("nothing", "Nothing: the caller is refused.")
    OPEN = ("open", "Everything, since it is open to everybody.")
    RELEASED = ("released", "What is public, since it was released or its census published.")
    CONSENTED = ("consented", "Trusts that lie in the caller's area today, and consent to it.")
    AREA = ("area", "Trusts that lie in the caller's area today.")
    OWN = ("own", "Trusts that the caller is for; a trust's callers are for its predecessors too.")
    ALL = ("all", "Every organisation.")


_NOTHING, _CONSENTED, _AREA = Reach.NOTHING, Reach.CONSENTED, Reach.AREA
_OWN, _ALL = Reach.OWN, Reach.ALL


@dataclass(frozen=True, slots=True)
class Rights:
    """How far each role reaches with an action; who has no token reaches nothing.

    Attributes:
        opens_invented: Whether everybody may do it with invented trusts, unless the service
            treats these as real ones.
    """

    trust_data: Reach
    trust: Reach
    area: Reach
    national: Reach
    opens_invented: bool = False

    def of(self, role: Role) -> Reach:
        """Return how far a role reaches."""
        by_role = {
            Role.TRUST_DATA: self.trust_data,
            Role.TRUST: self.trust,
            Role.AREA: self.area,
            Role.NATIONAL: self.national,
        }
        return by_role.get(role, Reach.NOTHING)


RIGHTS: Mapping[Action, Rights] = {
    #                              trust_data trust     area        national
    Action.READ_FIGURES: Rights(_OWN, _OWN, _CONSENTED, _ALL, opens_invented=True),
    Action.READ_DRAFTS: Rights(_OWN, _OWN, _NOTHING, _ALL, opens_invented=True),
    Action.READ_TARGETS: Rights(_OWN, _OWN, _AREA, _ALL, opens_invented=True),
    Action.READ_PLANS: Rights(_NOTHING, _OWN, _AREA, _ALL, opens_invented=True),
    Action.READ_RETURNS: Rights(_NOTHING, _NOTHING, _AREA, _ALL, opens_invented=True),
    Action.BENCHMARK: Rights(_NOTHING, _NOTHING, _NOTHING, _ALL, opens_invented=True),
    Action.READ_AREAS: Rights(_NOTHING, _NOTHING, _NOTHING, _ALL, opens_invented=True),
    Action.READ_CONSENTS: Rights(_OWN, _OWN, _AREA, _ALL),
    Action.READ_EXTENSIONS: Rights(_NOTHING, _OWN, _AREA, _ALL),
    Action.READ_EXPERTS: Rights(_NOTHING, _OWN, _NOTHING, _ALL),
    Action.COUNT_EXPERTS: Rights(_NOTHING, _NOTHING, _AREA, _ALL),
    Action.READ_IMPORTS: Rights(_OWN, _OWN, _NOTHING, _ALL),
    Action.WRITE_FIGURES: Rights(_OWN, _OWN, _NOTHING, _ALL),
    Action.SIGN_OFF: Rights(_NOTHING, _OWN, _NOTHING, _ALL),
    Action.RELEASE_OWN: Rights(_NOTHING, _OWN, _NOTHING, _ALL),
    Action.GIVE_CONSENT: Rights(_NOTHING, _OWN, _NOTHING, _ALL),
    Action.SET_TARGETS: Rights(_NOTHING, _OWN, _NOTHING, _ALL),
    Action.WRITE_PLANS: Rights(_NOTHING, _OWN, _NOTHING, _ALL),
    Action.COMMENT: Rights(_NOTHING, _NOTHING, _AREA, _ALL),
    Action.REVIEW_TARGETS: Rights(_NOTHING, _NOTHING, _NOTHING, _ALL),
    Action.RELEASE_CENSUS: Rights(_NOTHING, _NOTHING, _NOTHING, _ALL),
    Action.WRITE_CENSUSES: Rights(_NOTHING, _NOTHING, _NOTHING, _ALL),
    Action.WRITE_EXPERTS: Rights(_NOTHING, _NOTHING, _NOTHING, _ALL),
    Action.WRITE_REGISTER: Rights(_NOTHING, _NOTHING, _NOTHING, _ALL),
    Action.READ_AUDIT: Rights(_NOTHING, _NOTHING, _NOTHING, _ALL),
    Action.MANAGE_TOKENS: Rights(_NOTHING, _OWN, _NOTHING, _ALL),
    Action.REGISTER_SUBJECTS: Rights(_NOTHING, _NOTHING, _NOTHING, _ALL),
}
"""How far each role reaches with each action."""


@dataclass(frozen=True, slots=True)
class Operation:
    """What calling an operation takes.

    Attributes:
        action: What the caller has to be allowed; None where nobody needs to be.
        everybody: What everybody gets, whatever the caller is allowed.
    """

    action: Action | None
    everybody: Reach = Reach.NOTHING

    @property
    def is_open(self) -> bool:
        """Whether everybody gets all of it, so that it does not matter who calls."""
        return self.everybody is Reach.OPEN

    @property
    def opens_invented(self) -> bool:
        """Whether everybody may do it with invented trusts."""
        return self.action is not None and RIGHTS[self.action].opens_invented

    def reach_of(self, role: Role) -> Reach:
        """Return how far a role reaches with real trusts."""
        reach = Reach.NOTHING if self.action is None else RIGHTS[self.action].of(role)
        return self.everybody if reach is Reach.NOTHING else reach

    def admits(self, caller: Caller) -> bool:
        """Return whether there is anything that a caller can reach."""
        if self.opens_invented and caller.sees_invented:
            return True
        return self.reach_of(caller.role) is not Reach.NOTHING


_OPEN = Operation(None, Reach.OPEN)
_PUBLIC = Operation(None, Reach.RELEASED)

OPERATIONS: Mapping[str, Operation] = {
    "list_organisations": _OPEN,
    "get_organisation": _OPEN,
    "put_organisation": Operation(Action.WRITE_REGISTER),
    "list_measures": _OPEN,
    "get_measure": _OPEN,
    "list_bands": _OPEN,
    "get_band": _OPEN,
    "list_ethnic_categories": _OPEN,
    "get_ethnic_category": _OPEN,
    "list_codes": _OPEN,
    "get_code": _OPEN,
    "list_cycles": _OPEN,
    "get_cycle": _OPEN,
    "put_cycle": Operation(Action.WRITE_CENSUSES),
    "list_censuses": _OPEN,
    "get_census": _OPEN,
    "put_census": Operation(Action.WRITE_CENSUSES),
    "list_actuals": Operation(Action.READ_FIGURES, Reach.RELEASED),
    "get_actuals": Operation(Action.READ_FIGURES, Reach.RELEASED),
    "put_actuals": Operation(Action.WRITE_FIGURES),
    "list_actuals_revisions": Operation(Action.READ_FIGURES),
    "get_actuals_revision": Operation(Action.READ_FIGURES),
    "sign_off_actuals": Operation(Action.SIGN_OFF),
    "release_actuals": Operation(Action.RELEASE_OWN),
    "put_explanation": Operation(Action.WRITE_FIGURES),
    "list_releases": _OPEN,
    "post_release": Operation(Action.RELEASE_CENSUS),
    "list_corrections": _OPEN,
    "get_board": Operation(Action.READ_FIGURES, Reach.RELEASED),
    "put_board": Operation(Action.WRITE_FIGURES),
    "get_indicators": Operation(Action.READ_FIGURES, Reach.RELEASED),
    "put_indicators": Operation(Action.WRITE_FIGURES),
    "get_wres_report": Operation(Action.READ_FIGURES),
    "list_targets": Operation(Action.READ_TARGETS),
    "post_target": Operation(Action.SET_TARGETS),
    "get_target": Operation(Action.READ_TARGETS),
    "patch_target": Operation(Action.SET_TARGETS),
    "list_target_versions": Operation(Action.READ_TARGETS),
    "post_target_version": Operation(Action.SET_TARGETS),
    "submit_target": Operation(Action.SET_TARGETS),
    "review_target": Operation(Action.REVIEW_TARGETS),
    "return_target": Operation(Action.REVIEW_TARGETS),
    "withdraw_target": Operation(Action.SET_TARGETS),
    "list_target_comments": Operation(Action.READ_TARGETS),
    "post_target_comment": Operation(Action.COMMENT),
    "list_proposals": Operation(Action.READ_FIGURES),
    "post_proposal": Operation(Action.SET_TARGETS),
    "list_action_plans": Operation(Action.READ_PLANS),
    "get_action_plan": Operation(Action.READ_PLANS),
    "put_action_plan": Operation(Action.WRITE_PLANS),
    "list_action_plan_revisions": Operation(Action.READ_PLANS),
    "list_progress": Operation(Action.READ_FIGURES, Reach.RELEASED),
    "get_progress": Operation(Action.READ_FIGURES, Reach.RELEASED),
    "post_what_if": Operation(Action.READ_FIGURES),
    "get_area_progress": Operation(Action.READ_AREAS, Reach.RELEASED),
    "get_england_progress": Operation(Action.READ_AREAS, Reach.RELEASED),
    "get_peers": Operation(Action.BENCHMARK),
    "get_funnel": Operation(Action.BENCHMARK),
    "get_chart": Operation(Action.READ_FIGURES, Reach.RELEASED),
    "get_area_chart": Operation(Action.READ_AREAS, Reach.RELEASED),
    "get_england_chart": Operation(Action.READ_AREAS, Reach.RELEASED),
    "get_funnel_chart": Operation(Action.BENCHMARK),
    "get_board_page": Operation(Action.READ_FIGURES, Reach.RELEASED),
    "get_returns": Operation(Action.READ_RETURNS, Reach.RELEASED),
    "get_consents": Operation(Action.READ_CONSENTS),
    "put_consents": Operation(Action.GIVE_CONSENT),
    "post_import": Operation(Action.WRITE_FIGURES),
    "list_imports": Operation(Action.READ_IMPORTS),
    "get_import": Operation(Action.READ_IMPORTS),
    "get_changes": _OPEN,
    "get_audit": Operation(Action.READ_AUDIT),
    "list_experts": Operation(Action.READ_EXPERTS),
    "post_expert": Operation(Action.WRITE_EXPERTS),
    "get_expert": Operation(Action.READ_EXPERTS),
    "put_expert": Operation(Action.WRITE_EXPERTS),
    "delete_expert": Operation(Action.WRITE_EXPERTS),
    "list_experts_of_trust": Operation(Action.READ_EXPERTS),
    "list_experts_by_trust": Operation(Action.COUNT_EXPERTS),
    "list_tokens": Operation(Action.MANAGE_TOKENS),
    "post_token": Operation(Action.MANAGE_TOKENS),
    "get_token": Operation(Action.MANAGE_TOKENS),
    "post_token_rotation": Operation(Action.MANAGE_TOKENS),
    "delete_token": Operation(Action.MANAGE_TOKENS),
    "list_methods": _OPEN,
    "get_method": _OPEN,
    "get_backtest": _OPEN,
    "list_downloads": _PUBLIC,
    "get_download": _PUBLIC,
    "get_problem_kind": _OPEN,
    "get_live": _OPEN,
    "get_ready": _OPEN,
}
"""What every operation takes, in the order of the API's description."""


def role_may(role: Role, action: Action) -> bool:
    """Return whether a role may do something with any real organisation at all."""
    return RIGHTS[action].of(role) is not Reach.NOTHING


def list_roles(action: Action) -> list[Role]:
    """Return the roles that may do something, where it takes nobody's consent."""
    without = {Reach.NOTHING, Reach.CONSENTED}
    return [role for role in Role if RIGHTS[action].of(role) not in without]


def render_permissions() -> str:
    """Return the table as a page of Markdown."""
    return "\n".join(_lines()) + "\n"


def _lines() -> Iterator[str]:
    yield from (
        "# Who may do what",
        "",
        "Made from `app/domain/permissions.py` by `parity permissions`; do not edit. What a role",
        "reaches with real trusts; _invented_ says whether everybody may do it with invented ones",
        "(with `PARITY_INVENTED_FIGURES=as_real` nobody may who could not with real ones). An",
        "operation that gives everybody what was released gives that to each role besides.",
        "",
    )
    for reach in Reach:
        yield f"- **{reach}**: {reach.sentence}"
    yield from ("", f"| operation | {' | '.join(Role)} | invented |", f"|---|{'---|' * 6}")
    for name, operation in OPERATIONS.items():
        cells = [_cell(operation, role) for role in Role]
        invented = "open" if operation.opens_invented or operation.is_open else ""
        yield f"| `{name}` | {' | '.join(cells)} | {invented} |"


def _cell(operation: Operation, role: Role) -> str:
    reach = operation.reach_of(role)
    if reach is Reach.NOTHING:
        return "–"
    more = operation.everybody is Reach.RELEASED and reach not in {Reach.RELEASED, Reach.ALL}
    return f"{reach}, {Reach.RELEASED}" if more else reach.value
