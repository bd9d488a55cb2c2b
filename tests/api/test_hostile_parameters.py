"""Every parameter of every reading operation, with what a database cannot hold or compare."""

from collections.abc import Iterator
from urllib.parse import quote

from starlette.testclient import TestClient

from tests.api.hostile.sweeping import assert_refused
from tests.bodies import Headers
from tests.contract.openapi import PATHS, Json, resolve
from tests.given import Given

TEXTS = ("\0", "ZZ\0", "\x7f", "\N{GRINNING FACE}")
NUMBERS = ("-7703425067", str(2**31), str(2**63), "9" * 400)

PAGES = ("/definitions/measures/%00", "/definitions/cycles/%00", "/definitions/%00")


def is_number(parameter: Json) -> bool:
    schema = resolve(parameter["schema"])
    return any(resolve(one).get("type") == "integer" for one in (schema, *schema.get("anyOf", ())))


def example(parameter: Json) -> str:
    """Return the example that is given first, as it stands in an address."""
    return quote(str(resolve(parameter["schema"])["examples"][0]), safe="")


def addresses() -> Iterator[str]:
    """Yield an address for each parameter and value, with the rest of the path as an example."""
    for path, methods in PATHS.items():
        asked = [resolve(one) for one in methods.get("get", {}).get("parameters", ())]
        places = {one["name"]: example(one) for one in asked if one["in"] == "path"}
        for one in asked:
            for value in NUMBERS if is_number(one) else TEXTS:
                told = quote(value, safe="")
                if one["in"] == "path":
                    yield path.format_map(places | {one["name"]: told})
                elif one["in"] == "query":
                    yield f"{path.format_map(places)}?{one['name']}={told}"


def test_no_parameter_makes_the_service_fail(
    client: TestClient, given: Given, national: Headers
) -> None:
    given.actuals("ZZ901", 2024)

    for address in addresses():
        answer = client.get(address, headers=national)
        if not answer.is_success:
            assert_refused(answer)
    for page in PAGES:
        assert client.get(page).status_code == 404
