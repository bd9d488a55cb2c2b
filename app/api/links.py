"""What can be done next with what was read, made or changed: headers, and the links of OpenAPI."""

from collections.abc import Mapping
from typing import Any, Final

Json = dict[str, Any]

NEXT: Final[Mapping[str, tuple[str, ...]]] = {
    "put_organisation": ("get_organisation",),
    "put_cycle": ("get_cycle",),
    "put_census": ("get_census",),
    "put_actuals": ("get_actuals", "list_actuals_revisions", "sign_off_actuals"),
    "sign_off_actuals": ("get_actuals", "release_actuals"),
    "put_board": ("get_board",),
    "put_indicators": ("get_indicators", "get_wres_report"),
    "post_target": (
        "get_target", "patch_target", "submit_target", "list_target_versions",
        "list_target_comments", "post_target_comment",
    ),
    "submit_target": (
        "get_target", "review_target", "return_target", "withdraw_target", "post_target_version",
    ),
    "post_target_version": ("get_target", "patch_target", "submit_target"),
    "put_action_plan": ("get_action_plan", "list_action_plan_revisions"),
    "put_consents": ("get_consents",),
    "post_import": ("get_import",),
    "post_expert": ("get_expert", "put_expert", "delete_expert"),
    "post_token": ("get_token", "post_token_rotation", "delete_token"),
}  # fmt: skip
"""Operations that go on from others."""

MADE: Final = {
    "post_target": "target_id",
    "post_import": "import_id",
    "post_expert": "expert_id",
    "post_token": "token_id",
}
"""The parameter of a path that is the `id` of an answer."""

HEADERS: Final[Json] = {
    "ETag": {
        "description": "Names what is held: for `If-Match` and `If-None-Match`.",
        "schema": {"type": "string", "examples": ['"1"']},
    },
    "Location": {
        "description": "Where what was made can be read.",
        "schema": {"type": "string", "examples": ["/v1/trusts/ZZ001/actuals/2024"]},
    },
}
"""Headers of answers that lead on, by their names."""

TAGGED: Final = frozenset(
    {
        "patch_target", "post_expert", "post_proposal", "post_target", "post_target_version",
        "put_action_plan", "put_actuals", "put_board", "put_census", "put_consents", "put_expert",
        "put_explanation", "put_indicators", "put_organisation", "return_target", "review_target",
        "sign_off_actuals", "submit_target", "withdraw_target",
    }
)  # fmt: skip
"""Operations that write and name what is held then; what is read is always named."""

UNPLACED: Final = frozenset({"post_release", "release_actuals"})
"""Operations that make what has no address of its own."""


def add_headers(paths: Json) -> None:
    """Add to every answer of success the headers by which callers go on from it."""
    for path in paths.values():
        for method, operation in path.items():
            name = operation["operationId"]
            for status, response in operation["responses"].items():
                headers = {
                    "ETag": status < "300" and (method == "get" or name in TAGGED),
                    "Location": status == "201" and name not in UNPLACED,
                }
                response.get("headers", {}).update(
                    {
                        one: {"$ref": f"#/components/headers/{one}"}
                        for one in headers
                        if headers[one]
                    }
                )


def add_links(paths: Json) -> None:
    """Add to every answer of success what can be done next, and with which parameters."""
    operations = {one["operationId"]: one for path in paths.values() for one in path.values()}
    for name, following in NEXT.items():
        links = {
            one: {"operationId": one, "parameters": _parameters(name, operations[one])}
            for one in following
        }
        for status, response in operations[name]["responses"].items():
            if status < "300":
                response["links"] = links


def _parameters(name: str, following: Json) -> Json:
    """Return where an operation's parameters stand in the request and the answer before it."""
    found: Json = {}
    for parameter in following["parameters"]:
        known = parameter["name"]
        if known == "If-Match":
            found[known] = "$response.header.ETag"
        elif parameter["in"] == "path":
            made = MADE.get(name) == known
            found[known] = "$response.body#/id" if made else f"$request.path.{known}"
    return found
