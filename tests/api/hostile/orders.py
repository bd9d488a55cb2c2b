"""Changes to what belongs to others, and to what others decide."""

from tests.api.callers import APPROVAL, NO_TOKEN_TO_CHANGE, not_allowed
from tests.api.hostile.cases import (
    ACTUALS,
    NOT_FOUND,
    TARGETS,
    Answer,
    get,
    hostile,
    post,
    put,
    request,
    wrong,
)
from tests.bodies import actuals_body, fault, problem, refused

_NOBODY = Answer(401, NO_TOKEN_TO_CHANGE, {"www-authenticate": "Bearer"})
_HIDDEN_TOKEN = problem(
    404, "token-not-found", "Token not found", "There is no token <id:RZ2>.",
    token_id="<id:RZ2>",  # noqa: S106 — its name, no secret
)  # fmt: skip

_OTHERS = "/v1/trusts/RZ2"
_TARGET = f"{_OTHERS}/targets/leadership-2022-2025"
_ANY = (("If-Match", "*"),)

CASES = (
    hostile(
        "actuals for another, by trust_data",
        put(f"{_OTHERS}/actuals/2023", actuals_body(reason="Mine"), by="trust_data", headers=_ANY),
        not_allowed("trust_data", "national", "trust", "trust_data"),
    ),
    hostile(
        "actuals for another, by trust",
        put(f"{_OTHERS}/actuals/2023", actuals_body(reason="Mine"), by="trust", headers=_ANY),
        not_allowed("trust", "national", "trust", "trust_data"),
    ),
    hostile(
        "actuals for another, by area",
        put(f"{_OTHERS}/actuals/2023", actuals_body(reason="Mine"), by="area", headers=_ANY),
        not_allowed("area", "national", "trust", "trust_data"),
    ),
    hostile(
        "actuals for another, by nobody",
        put(f"{_OTHERS}/actuals/2023", actuals_body(reason="Mine"), by=None, headers=_ANY),
        _NOBODY,
    ),
    hostile(
        "a sign-off for another, by trust_data",
        post(f"{_OTHERS}/actuals/2023/sign-off", APPROVAL, by="trust_data"),
        not_allowed("trust_data", "national", "trust"),
    ),
    hostile(
        "a sign-off for another, by trust",
        post(f"{_OTHERS}/actuals/2023/sign-off", APPROVAL, by="trust"),
        not_allowed("trust", "national", "trust"),
    ),
    hostile(
        "an explanation for another, by trust",
        put(f"{_OTHERS}/warnings/actuals-2023-1-0", {"explanation": "No"}, by="trust"),
        not_allowed("trust", "national", "trust", "trust_data"),
    ),
    hostile(
        "another's draft, by trust_data",
        request(
            "PATCH",
            f"{_OTHERS}/targets/senior-leadership-2022-2025",
            {"rationale": "No"},
            by="trust_data",
            headers=_ANY,
        ),
        not_allowed("trust_data", "national", "trust"),
    ),
    hostile(
        "another's draft, by trust",
        request(
            "PATCH",
            f"{_OTHERS}/targets/senior-leadership-2022-2025",
            {"rationale": "No"},
            by="trust",
            headers=_ANY,
        ),
        not_allowed("trust", "national", "trust"),
    ),
    hostile(
        "another's draft, by area",
        request(
            "PATCH",
            f"{_OTHERS}/targets/senior-leadership-2022-2025",
            {"rationale": "No"},
            by="area",
            headers=_ANY,
        ),
        not_allowed("area", "national", "trust"),
    ),
    hostile(
        "a version for another, by trust",
        post(f"{_TARGET}/versions", {"goal_share": "0.0100", "change_reason": "No"}, by="trust"),
        not_allowed("trust", "national", "trust"),
    ),
    hostile(
        "a review of one's own, by trust",
        post(
            "/v1/trusts/RZ1/targets/leadership-2022-2025/review",
            {"version": 1, "comment": "Fine"},
            by="trust",
        ),
        not_allowed("trust", "national"),
    ),
    hostile(
        "a withdrawal for another, by trust",
        post(f"{_TARGET}/withdraw", {"version": 1, "comment": "No"}, by="trust"),
        not_allowed("trust", "national", "trust"),
    ),
    hostile(
        "a withdrawal for another, by area",
        post(f"{_TARGET}/withdraw", {"version": 1, "comment": "No"}, by="area"),
        not_allowed("area", "national", "trust"),
    ),
    hostile(
        "a comment elsewhere, by area",
        post(f"{_TARGET}/comments", {"version": 1, "text": "No"}, by="area"),
        not_allowed("area", "area", "national"),
    ),
    hostile(
        "consents for another, by trust",
        put(f"{_OTHERS}/consents", {"areas": ["QMF"]}, by="trust", headers=_ANY),
        not_allowed("trust", "national", "trust"),
    ),
    hostile(
        "consents for another, by area",
        put(f"{_OTHERS}/consents", {"areas": ["QMF"]}, by="area", headers=_ANY),
        not_allowed("area", "national", "trust"),
    ),
    hostile(
        "rotating another's token, by trust_data",
        post("/v1/tokens/<id:RZ2>/rotation", {"overlap_hours": 0}, by="trust_data"),
        not_allowed("trust_data", "national", "trust"),
    ),
    hostile(
        "rotating another's token, by trust",
        post("/v1/tokens/<id:RZ2>/rotation", {"overlap_hours": 0}, by="trust"),
        _HIDDEN_TOKEN,
    ),
    hostile(
        "rotating another's token, by area",
        post("/v1/tokens/<id:RZ2>/rotation", {"overlap_hours": 0}, by="area"),
        not_allowed("area", "national", "trust"),
    ),
    hostile(
        "rotating another's token, by nobody",
        post("/v1/tokens/<id:RZ2>/rotation", {"overlap_hours": 0}, by=None),
        _NOBODY,
    ),
    hostile(
        "revoking another's token, by trust",
        request("DELETE", "/v1/tokens/<id:RZ2>", by="trust"),
        _HIDDEN_TOKEN,
    ),
    hostile(
        "erasing an expert, by trust",
        request("DELETE", "/v1/experts/<expert:RZ2>", by="trust", headers=_ANY),
        not_allowed("trust", "national"),
    ),
    hostile(
        "a token for another, by trust",
        post(
            "/v1/tokens", {"name": "x", "role": "trust_data", "organisations": ["RZ2"]}, by="trust"
        ),
        not_allowed("trust", "national"),
    ),
    hostile(
        "a token that may everything, by trust",
        post("/v1/tokens", {"name": "x", "role": "national", "organisations": []}, by="trust"),
        not_allowed("trust", "national"),
    ),
    hostile(
        "a token that may everything, by area",
        post("/v1/tokens", {"name": "x", "role": "national", "organisations": []}, by="area"),
        not_allowed("area", "national", "trust"),
    ),
    hostile(
        "covering another, by trust",
        put(ACTUALS, actuals_body(covers=["RZ1", "RZ2"]), by="trust"),
        refused(
            "actuals",
            fault(
                "/covers/1", "not_a_predecessor", "RZ2 is neither RZ1 nor one of its predecessors."
            ),
        ),
    ),
    hostile(
        "covering another, by national",
        put(ACTUALS, actuals_body(covers=["RZ1", "RZ2"]), by="national"),
        refused(
            "actuals",
            fault(
                "/covers/1", "not_a_predecessor", "RZ2 is neither RZ1 nor one of its predecessors."
            ),
        ),
    ),
    hostile(
        "another named in the body, by trust",
        post(
            TARGETS,
            {
                "measure": "band_8b",
                "cycle": "2022-2025",
                "goal_share": "0.3000",
                "ods_code": "RZ2",
            },
            by="trust",
        ),
        wrong("/ods_code", "unknown_member", "There is no such member; leave it out."),
    ),
    hostile(
        "another's target by way of one's own, by trust",
        get(f"{TARGETS}/..%2F..%2FRZ2%2Ftargets%2Fleadership-2022-2025", by="trust"),
        NOT_FOUND,
    ),
    hostile(
        "a warning that one does not have, by trust",
        put("/v1/trusts/RZ1/warnings/actuals-2030-1-0", {"explanation": "No"}, by="trust"),
        problem(
            404,
            "warning-not-found",
            "Warning not found",
            "The figures of RZ1 carry no warning actuals-2030-1-0.",
            ods_code="RZ1",
            warning_id="actuals-2030-1-0",
        ),
    ),
)
