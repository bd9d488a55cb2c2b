"""The rules that `make check` lints the description by: each finds what it is there for."""

import json
from copy import deepcopy
from pathlib import Path

from tests.clients.tools import PACKAGES, PROGRAMS, ROOT, run
from tests.contract.openapi import DESCRIPTION, PROBLEM, Json

LINTER = PACKAGES / "@redocly" / "cli" / "bin" / "cli.js"
RULES = ROOT / "openapi" / "redocly.yaml"


def lint(description: Json, folder: Path) -> set[str]:
    """Return the rules that a description breaks."""
    file = folder / "openapi.json"
    file.write_text(json.dumps(description), encoding="utf-8")
    told = run(
        [PROGRAMS / "node", LINTER, "lint", "--format=json", f"--config={RULES}", file],
        environment={"REDOCLY_SUPPRESS_UPDATE_NOTICE": "true"},
        codes=(0, 1),
    )
    return {problem["ruleId"] for problem in json.loads(told)["problems"]}


def test_each_rule_finds_what_breaks_it(tmp_path: Path) -> None:
    broken = deepcopy(DESCRIPTION)
    schemas, shared = broken["components"]["schemas"], broken["components"]["responses"]
    operations = {one["operationId"]: one for m in broken["paths"].values() for one in m.values()}

    operations["list_targets"]["operationId"] = "Targets"
    del operations["list_bands"]["operationId"]
    operations["list_cycles"]["operationId"] = "list_measures"
    operations["get_target"]["summary"] = "Get a target."
    operations["get_band"]["description"] = "one"
    del operations["get_measure"]["description"]
    operations["get_code"]["tags"] = []
    operations["get_cycle"]["tags"] = ["targets", "other"]
    del operations["get_census"]["parameters"][0]["description"]
    del operations["get_census"]["security"]
    del operations["get_board"]["responses"]["503"]
    refused = operations["get_board"]["responses"]["404"]["content"]
    refused["application/json"] = refused.pop(PROBLEM)
    del operations["get_wres_report"]["responses"]["404"]["content"][PROBLEM]["examples"]
    shared["BadRequest"]["content"][PROBLEM]["example"] = {"title": 400}
    del operations["get_indicators"]["responses"]["200"]["headers"]
    schemas["Unused"] = {"type": "object"}
    schemas["TargetIn"]["properties"]["cycle"]["examples"] = [2025]
    schemas["TargetIn"]["required"].append("unknown")
    broken["paths"]["/v1/Some_things"] = broken["paths"].pop("/v1/measures")
    found = lint(broken, tmp_path)

    assert found == {
        "no-invalid-media-type-examples",
        "no-invalid-schema-examples",
        "no-required-schema-properties-undefined",
        "no-unused-components",
        "operation-4xx-problem-details-rfc7807",
        "operation-description",
        "operation-operationId",
        "operation-operationId-unique",
        "operation-singular-tag",
        "operation-tag-defined",
        "parameter-description",
        "paths-kebab-case",
        "response-contains-header",
        "rule/description-is-made-of-sentences",
        "rule/error-is-a-problem",
        "rule/failures-are-described",
        "rule/operation-has-one-tag",
        "rule/operation-id-is-a-verb-and-a-noun",
        "rule/problem-has-an-example",
        "rule/summary-is-no-sentence",
        "security-defined",
    }
