"""A request for every operation that succeeds where it is allowed, and what it needs held."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from fastapi import FastAPI
from starlette.testclient import TestClient

from app.domain.callers import Role
from app.domain.measures import Measure
from tests.api.callers import APPROVAL
from tests.api.experts import expert_body, record, support
from tests.api.imports import IMPORTS
from tests.api.plans import plan_body
from tests.bodies import JSON, Headers, actuals_body, board_body, indicators_body
from tests.given import Counts, Given

OWN, PREDECESSOR, OTHER, RELEASED, BARE = "RZ1", "RZ0", "RZ2", "RZ3", "RZ4"
"""A real trust, one that it took over from, and elsewhere one that has sent all, one that released
its figures, and one of which nothing is held."""

PLACES = (OWN, PREDECESSOR, OTHER)

CALLERS: Mapping[Role, tuple[str, ...]] = {
    Role.NATIONAL: (),
    Role.ANONYMOUS: (),
    Role.TRUST_DATA: (OWN,),
    Role.TRUST: (OWN,),
    Role.AREA: ("QMF",),
}
"""Every role with what its token is for; whoever may do everything asks first."""

REACHED: Mapping[Role, frozenset[str]] = {
    Role.NATIONAL: frozenset(PLACES),
    Role.ANONYMOUS: frozenset(),
    Role.TRUST_DATA: frozenset({OWN}),
    Role.TRUST: frozenset({OWN, PREDECESSOR}),
    Role.AREA: frozenset({OWN, PREDECESSOR}),
}
"""The trusts that each of them is for: RZ0 lies where RZ1 does."""

STAFF: Mapping[tuple[str, str], Counts] = {
    ("clinical", "8a"): (340, 61, 200),
    ("clinical", "8c"): (40, 9, 1),
    ("clinical", "9"): (20, 4, 0),
    ("clinical", "5"): (900, 400, 40),
}
"""Headcounts with more people of unknown ethnicity than pass without a warning."""

ANYTHING: Headers = {"If-Match": "*"}

PLAN = plan_body(targets=[], actions=[], reviews=[])

GOAL = {"cycle": "2022-2025", "goal_share": "0.3000"}

FILE = (
    "ODS code,Year,Staff group,Band,Ethnic group,Headcount\n"
    "{0},2020,clinical,8a,white,340\n"
    "{0},2020,clinical,8a,bme,61\n"
)


@dataclass(frozen=True)
class Request:
    """A request as it is sent by whoever sends it."""

    method: str
    path: str
    body: JSON | None = None
    headers: Headers = field(default_factory=dict)
    more: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Ids:
    """What the service named itself, by the trust that it is of."""

    experts: Mapping[str, str]
    imports: Mapping[str, str]
    tokens: Mapping[str, str]


OfTrust = Callable[[str], Request]
OfThing = Callable[[Ids, str], Request]


def _system(code: str) -> JSON:
    """Return the body that asks for a token of a trust's system."""
    return {"name": "HR system", "role": "trust_data", "organisations": [code]}


def _of(
    method: str, end: str, body: JSON | None = None, headers: Headers | None = None
) -> OfTrust:
    return lambda code: Request(method, f"/v1/trusts/{code}/{end}", body, headers or {})


def _get(path: str) -> Request:
    return Request("GET", path)


_ONE = "targets/leadership-2022-2025"
_DRAFT = "targets/senior-leadership-2022-2025"
_REVIEWED = {"version": 1, "comment": "Well argued."}

OF_TRUSTS: Mapping[str, OfTrust] = {
    "list_actuals": _of("GET", "actuals"),
    "get_actuals": _of("GET", "actuals/2023"),
    "put_actuals": _of("PUT", "actuals/2024", actuals_body()),
    "list_actuals_revisions": _of("GET", "actuals/2023/revisions"),
    "get_actuals_revision": _of("GET", "actuals/2023/revisions/1"),
    "sign_off_actuals": _of("POST", "actuals/2023/sign-off", APPROVAL),
    "release_actuals": _of("POST", "actuals/2021/release", {}),
    "put_explanation": _of("PUT", "warnings/actuals-2023-1-0", {"explanation": "Asked again."}),
    "get_board": _of("GET", "board/2023"),
    "put_board": _of("PUT", "board/2024", board_body()),
    "get_indicators": _of("GET", "indicators/2023"),
    "put_indicators": _of("PUT", "indicators/2024", indicators_body()),
    "get_wres_report": _of("GET", "wres/2023"),
    "list_targets": _of("GET", "targets"),
    "post_target": _of("POST", "targets", {**GOAL, "measure": "band_8c"}),
    "get_target": _of("GET", _ONE),
    "patch_target": _of("PATCH", _DRAFT, {"rationale": "As agreed."}, ANYTHING),
    "list_target_versions": _of("GET", f"{_ONE}/versions"),
    "post_target_version": _of(
        "POST", f"{_ONE}/versions", {"goal_share": "0.3100", "change_reason": "Raised"}
    ),
    "submit_target": _of("POST", f"{_DRAFT}/submit", None, ANYTHING),
    "review_target": _of("POST", f"{_ONE}/review", _REVIEWED),
    "return_target": _of("POST", f"{_DRAFT}/return", _REVIEWED),
    "withdraw_target": _of("POST", "targets/band-8a-2022-2025/withdraw", _REVIEWED),
    "list_target_comments": _of("GET", f"{_ONE}/comments"),
    "post_target_comment": _of("POST", f"{_ONE}/comments", {"version": 1, "text": "How?"}),
    "list_proposals": _of("GET", "target-proposals?cycle=2022-2025&measure=leadership"),
    "post_proposal": _of(
        "POST",
        "target-proposals",
        {"method": "appointments", "measure": "band_9", "cycle": "2022-2025"},
    ),
    "list_action_plans": _of("GET", "action-plans"),
    "get_action_plan": _of("GET", "action-plans/2022-2025"),
    "put_action_plan": _of("PUT", "action-plans/2022-2025", PLAN, ANYTHING),
    "list_action_plan_revisions": _of("GET", "action-plans/2022-2025/revisions"),
    "list_progress": _of("GET", "progress?measure=leadership"),
    "get_progress": _of("GET", "progress/leadership"),
    "get_chart": _of("GET", "progress/leadership/charts/trajectory?format=vegalite"),
    "get_board_page": _of("GET", "board-page"),
    "post_what_if": _of("POST", "progress/leadership/what-if", {}),
    "get_peers": _of("GET", "peers?measure=leadership"),
    "get_consents": _of("GET", "consents"),
    "put_consents": _of("PUT", "consents", {"areas": ["QHM"]}),
    "list_experts_of_trust": _of("GET", "experts"),
    "post_import": lambda code: Request(
        "POST",
        IMPORTS,
        more={
            "data": {
                "kind": "actuals",
                "source": "ESR",
                "expected_workforce": "401",
                "expected_bme": "61",
            },
            "files": {"file": ("staff.csv", FILE.format(code).encode())},
        },
    ),
}
"""Requests of operations on what is of one trust, by its code."""

OF_THINGS: Mapping[str, OfThing] = {
    "get_expert": lambda ids, code: _get(f"/v1/experts/{ids.experts[code]}"),
    "get_import": lambda ids, code: _get(f"/v1/imports/{ids.imports[code]}"),
    "get_token": lambda ids, code: _get(f"/v1/tokens/{ids.tokens[code]}"),
    "post_token_rotation": lambda ids, code: Request(
        "POST", f"/v1/tokens/{ids.tokens[code]}/rotation", {"overlap_hours": 0}
    ),
    "delete_token": lambda ids, code: Request("DELETE", f"/v1/tokens/{ids.tokens[code]}"),
}
"""Requests for things that nobody is told of whom they do not concern."""

_CENSUS: JSON = {"opens": "2025-04-01", "due": "2025-06-30", "published": None, "extensions": []}

OF_NOBODY: Mapping[str, Callable[[Ids], Request]] = {
    "list_organisations": lambda _: _get("/v1/organisations"),
    "get_organisation": lambda _: _get("/v1/organisations/RZ1"),
    "put_organisation": lambda _: Request(
        "PUT", "/v1/organisations/RZ9", {"kind": "trust", "name": "New Example NHS Trust"}
    ),
    "list_measures": lambda _: _get("/v1/measures"),
    "get_measure": lambda _: _get("/v1/measures/leadership"),
    "list_bands": lambda _: _get("/v1/bands"),
    "get_band": lambda _: _get("/v1/bands/8a"),
    "list_ethnic_categories": lambda _: _get("/v1/ethnic-categories"),
    "get_ethnic_category": lambda _: _get("/v1/ethnic-categories/M"),
    "list_codes": lambda _: _get("/v1/codes"),
    "get_code": lambda _: _get("/v1/codes/reach/own"),
    "list_cycles": lambda _: _get("/v1/cycles"),
    "get_cycle": lambda _: _get("/v1/cycles/2022-2025"),
    "put_cycle": lambda _: Request(
        "PUT",
        "/v1/cycles/2034-2037",
        {"ambition_year": 2040, "ambition_source": "A plan", "starts": 2034, "ends": 2037},
    ),
    "list_censuses": lambda _: _get("/v1/censuses"),
    "get_census": lambda _: _get("/v1/censuses/2023"),
    "put_census": lambda _: Request("PUT", "/v1/censuses/2025", _CENSUS, ANYTHING),
    "list_releases": lambda _: _get("/v1/releases"),
    "post_release": lambda _: Request("POST", "/v1/releases", {"year": 2018, "name": "First"}),
    "list_corrections": lambda _: _get("/v1/corrections"),
    "get_area_progress": lambda _: _get("/v1/areas/QMF/progress?measure=leadership"),
    "get_england_progress": lambda _: _get("/v1/england/progress?measure=leadership"),
    "get_area_chart": lambda _: _get(
        "/v1/areas/QMF/progress/leadership/charts/trajectory?format=vegalite"
    ),
    "get_england_chart": lambda _: _get(
        "/v1/england/progress/leadership/charts/trajectory?format=vegalite"
    ),
    "get_funnel_chart": lambda _: _get(
        "/v1/england/funnel/leadership/chart?year=2023&format=vegalite"
    ),
    "get_funnel": lambda _: _get("/v1/england/funnel/leadership?year=2023"),
    "get_returns": lambda _: _get("/v1/england/returns/2023"),
    "list_imports": lambda _: _get("/v1/imports"),
    "get_changes": lambda _: _get("/v1/changes"),
    "get_audit": lambda _: _get("/v1/audit"),
    "list_tokens": lambda _: _get("/v1/tokens"),
    "post_token": lambda _: Request("POST", "/v1/tokens", _system(OWN)),
    "list_experts": lambda _: _get("/v1/experts"),
    "post_expert": lambda _: Request("POST", "/v1/experts", expert_body(email="new@nhs.example")),
    "put_expert": lambda ids: Request(
        "PUT", f"/v1/experts/{ids.experts['nobody']}", expert_body(cohort="2019"), ANYTHING
    ),
    "delete_expert": lambda ids: Request(
        "DELETE", f"/v1/experts/{ids.experts['nobody']}", None, ANYTHING
    ),
    "list_experts_by_trust": lambda _: _get("/v1/england/experts"),
    "list_methods": lambda _: _get("/v1/methods"),
    "get_method": lambda _: _get("/v1/methods/1"),
    "get_backtest": lambda _: _get("/v1/methods/1/backtest"),
    "list_downloads": lambda _: _get("/v1/downloads"),
    "get_download": lambda _: _get("/v1/downloads/2022"),
    "get_problem_kind": lambda _: _get("/problems/trust-not-found"),
    "get_live": lambda _: _get("/health/live"),
    "get_ready": lambda _: _get("/health/ready"),
}
"""Requests of operations on what is of no trust, or of all of them."""


def prepare(app: FastAPI, client: TestClient, national: Headers) -> Ids:
    """Store all that the requests are about, for each of the trusts."""
    given = Given(app.state.engine)
    for code in (RELEASED, BARE):
        given.trust(code, icb="QHM", region="Y63")
    for code in PLACES:
        for year in (2021, 2022, 2023):
            given.actuals(code, year, STAFF)
        given.signed_off(code, 2021, on=date(2022, 7, 25))
    for code in PLACES:
        given.board(code, 2023)
        given.indicators(code, 2023)
        for measure in (Measure.LEADERSHIP, Measure.BAND_8A):
            given.target(code, measure, "2022-2025", goal_share="0.3000")
        trust = f"/v1/trusts/{code}"
        draft = {**GOAL, "measure": "senior_leadership"}
        _done(client, Request("POST", f"{trust}/targets", draft, national))
        _done(client, Request("PUT", f"{trust}/action-plans/2022-2025", PLAN, national))
    given.actuals(RELEASED, 2022, STAFF)
    given.signed_off(RELEASED, 2022, on=date(2022, 7, 25))
    _done(client, Request("POST", f"/v1/trusts/{RELEASED}/actuals/2022/release", {}, national))
    experts = {
        code: record(client, national, support(code), email=f"{code.lower()}@nhs.example")
        for code in PLACES
    }
    experts["nobody"] = record(client, national, email="nobody@nhs.example")
    imported = {}
    for code in PLACES:
        sent = OF_TRUSTS["post_import"](code)
        form = {**sent.more, "files": {"file": ("a.csv", _another(FILE.format(code)))}}
        made = client.post(sent.path, headers=national, **form)
        assert made.status_code == 201, made.text
        imported[code] = made.json()["id"]
    held = {
        code: client.post("/v1/tokens", json=_system(code), headers=national).json()["id"]
        for code in PLACES
    }
    return Ids(experts, imported, held)


def _another(content: str) -> bytes:
    return content.replace("2020", "2019").encode()


def _done(client: TestClient, one: Request) -> None:
    response = client.request(one.method, one.path, json=one.body, headers=one.headers)
    assert response.is_success, response.text
