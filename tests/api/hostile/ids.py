"""What belongs to others, asked for by whoever knows or guesses what it is called."""

from tests.api.callers import NO_TOKEN, NO_TOKEN_TO_CHANGE, not_allowed
from tests.api.hostile.cases import Answer, get, hostile
from tests.bodies import problem

_NOBODY = Answer(401, NO_TOKEN_TO_CHANGE, {"www-authenticate": "Bearer"})
_NOBODY_HERE = Answer(401, NO_TOKEN, {"www-authenticate": "Bearer"})
_HIDDEN_TOKEN = problem(
    404, "token-not-found", "Token not found", "There is no token <id:RZ2>.",
    token_id="<id:RZ2>",  # noqa: S106 — its name, no secret
)  # fmt: skip

_OTHERS = "/v1/trusts/RZ2"
_TARGET = f"{_OTHERS}/targets/leadership-2022-2025"
_ANY = (("If-Match", "*"),)

CASES = (
    hostile(
        "another's actuals, by trust_data",
        get(f"{_OTHERS}/actuals/2023", by="trust_data"),
        not_allowed("trust_data", "national", "trust", "trust_data"),
    ),
    hostile(
        "another's actuals, by trust",
        get(f"{_OTHERS}/actuals/2023", by="trust"),
        not_allowed("trust", "national", "trust", "trust_data"),
    ),
    hostile(
        "another's actuals, by area",
        get(f"{_OTHERS}/actuals/2023", by="area"),
        not_allowed("area", "national", "trust", "trust_data"),
    ),
    hostile("another's actuals, by nobody", get(f"{_OTHERS}/actuals/2023", by=None), _NOBODY_HERE),
    hostile(
        "a revision of them, by trust_data",
        get(f"{_OTHERS}/actuals/2023/revisions/1", by="trust_data"),
        not_allowed("trust_data", "national", "trust", "trust_data"),
    ),
    hostile(
        "a revision of them, by area",
        get(f"{_OTHERS}/actuals/2023/revisions/1", by="area"),
        not_allowed("area", "national", "trust", "trust_data"),
    ),
    hostile(
        "a revision of them, by nobody",
        get(f"{_OTHERS}/actuals/2023/revisions/1", by=None),
        _NOBODY_HERE,
    ),
    hostile(
        "another's board, by trust",
        get(f"{_OTHERS}/board/2023", by="trust"),
        not_allowed("trust", "national", "trust", "trust_data"),
    ),
    hostile(
        "another's board, by area",
        get(f"{_OTHERS}/board/2023", by="area"),
        not_allowed("area", "national", "trust", "trust_data"),
    ),
    hostile("another's board, by nobody", get(f"{_OTHERS}/board/2023", by=None), _NOBODY_HERE),
    hostile(
        "another's indicators, by trust",
        get(f"{_OTHERS}/indicators/2023", by="trust"),
        not_allowed("trust", "national", "trust", "trust_data"),
    ),
    hostile(
        "another's indicators, by area",
        get(f"{_OTHERS}/indicators/2023", by="area"),
        not_allowed("area", "national", "trust", "trust_data"),
    ),
    hostile(
        "another's target, by trust_data",
        get(_TARGET, by="trust_data"),
        not_allowed("trust_data", "area", "national", "trust", "trust_data"),
    ),
    hostile(
        "another's target, by trust",
        get(_TARGET, by="trust"),
        not_allowed("trust", "area", "national", "trust", "trust_data"),
    ),
    hostile(
        "another's target, by area",
        get(_TARGET, by="area"),
        not_allowed("area", "area", "national", "trust", "trust_data"),
    ),
    hostile("another's target, by nobody", get(_TARGET, by=None), _NOBODY_HERE),
    hostile(
        "a target that it does not have, by trust",
        get(f"{_OTHERS}/targets/vsm-2022-2025", by="trust"),
        not_allowed("trust", "area", "national", "trust", "trust_data"),
    ),
    hostile(
        "a target that it does not have, by area",
        get(f"{_OTHERS}/targets/vsm-2022-2025", by="area"),
        not_allowed("area", "area", "national", "trust", "trust_data"),
    ),
    hostile(
        "a target that it does not have, by nobody",
        get(f"{_OTHERS}/targets/vsm-2022-2025", by=None),
        _NOBODY_HERE,
    ),
    hostile(
        "versions of a target, by trust_data",
        get(f"{_TARGET}/versions", by="trust_data"),
        not_allowed("trust_data", "area", "national", "trust", "trust_data"),
    ),
    hostile(
        "comments on a target, by trust",
        get(f"{_TARGET}/comments", by="trust"),
        not_allowed("trust", "area", "national", "trust", "trust_data"),
    ),
    hostile(
        "another's consents, by trust",
        get(f"{_OTHERS}/consents", by="trust"),
        not_allowed("trust", "area", "national", "trust", "trust_data"),
    ),
    hostile(
        "another's consents, by area",
        get(f"{_OTHERS}/consents", by="area"),
        not_allowed("area", "area", "national", "trust", "trust_data"),
    ),
    hostile("another's consents, by nobody", get(f"{_OTHERS}/consents", by=None), _NOBODY),
    hostile(
        "another's plan, by trust_data",
        get(f"{_OTHERS}/action-plans/2022-2025", by="trust_data"),
        not_allowed("trust_data", "area", "national", "trust"),
    ),
    hostile(
        "another's plan, by trust",
        get(f"{_OTHERS}/action-plans/2022-2025", by="trust"),
        not_allowed("trust", "area", "national", "trust"),
    ),
    hostile(
        "another's plan, by area",
        get(f"{_OTHERS}/action-plans/2022-2025", by="area"),
        not_allowed("area", "area", "national", "trust"),
    ),
    hostile(
        "another's peers, by trust",
        get(f"{_OTHERS}/peers?measure=leadership", by="trust"),
        not_allowed("trust", "national"),
    ),
    hostile(
        "another's peers, by area",
        get(f"{_OTHERS}/peers?measure=leadership", by="area"),
        not_allowed("area", "national"),
    ),
    hostile(
        "another's peers, by nobody",
        get(f"{_OTHERS}/peers?measure=leadership", by=None),
        _NOBODY_HERE,
    ),
    hostile(
        "an expert of another, by trust_data",
        get("/v1/experts/<expert:RZ2>", by="trust_data"),
        not_allowed("trust_data", "national", "trust"),
    ),
    hostile(
        "an expert of another, by trust",
        get("/v1/experts/<expert:RZ2>", by="trust"),
        problem(
            404,
            "expert-not-found",
            "Expert not found",
            "There is no WRES expert <expert:RZ2>.",
            expert_id="<expert:RZ2>",
        ),
    ),
    hostile(
        "an expert of another, by area",
        get("/v1/experts/<expert:RZ2>", by="area"),
        not_allowed("area", "national", "trust"),
    ),
    hostile("an expert of another, by nobody", get("/v1/experts/<expert:RZ2>", by=None), _NOBODY),
    hostile(
        "an import of another, by trust_data",
        get("/v1/imports/<import:RZ2>", by="trust_data"),
        problem(
            404,
            "import-not-found",
            "Import not found",
            "There is no import <import:RZ2>.",
            import_id="<import:RZ2>",
        ),
    ),
    hostile(
        "an import of another, by trust",
        get("/v1/imports/<import:RZ2>", by="trust"),
        problem(
            404,
            "import-not-found",
            "Import not found",
            "There is no import <import:RZ2>.",
            import_id="<import:RZ2>",
        ),
    ),
    hostile(
        "an import of another, by area",
        get("/v1/imports/<import:RZ2>", by="area"),
        not_allowed("area", "national", "trust", "trust_data"),
    ),
    hostile("an import of another, by nobody", get("/v1/imports/<import:RZ2>", by=None), _NOBODY),
    hostile(
        "a token of another, by trust_data",
        get("/v1/tokens/<id:RZ2>", by="trust_data"),
        not_allowed("trust_data", "national", "trust"),
    ),
    hostile("a token of another, by trust", get("/v1/tokens/<id:RZ2>", by="trust"), _HIDDEN_TOKEN),
    hostile(
        "a token of another, by area",
        get("/v1/tokens/<id:RZ2>", by="area"),
        not_allowed("area", "national", "trust"),
    ),
    hostile("a token of another, by nobody", get("/v1/tokens/<id:RZ2>", by=None), _NOBODY),
    hostile("the audit, by trust", get("/v1/audit", by="trust"), not_allowed("trust", "national")),
    hostile("the audit, by area", get("/v1/audit", by="area"), not_allowed("area", "national")),
    hostile("the audit, by nobody", get("/v1/audit", by=None), _NOBODY),
)
