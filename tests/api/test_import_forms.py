"""Forms and files that are refused as a whole, before anything in them is looked at."""

import pytest
from starlette.testclient import TestClient

from app.api.routes.imports import MOST_BYTES
from tests.api.databases import on_sqlite
from tests.api.imports import IMPORTS, LONG, SOURCE, TOTALS, send, told
from tests.bodies import Headers, fault, problem, problem_of


@on_sqlite
def test_a_file_that_cannot_be_read_is_refused_whole(client: TestClient, sender: Headers) -> None:
    response = send(client, b"%PDF-1.7\n", sender, name="staff.pdf")

    assert problem_of(response) == problem(
        422,
        "unreadable-file",
        "File cannot be read",
        "staff.pdf was not read. The file is a PDF; send the table that it was made from, as"
        " .xlsx or .csv.",
        file="staff.pdf",
        reason="pdf",
    )


@on_sqlite
def test_a_file_in_the_place_of_a_word_is_refused(client: TestClient, sender: Headers) -> None:
    files = {"kind": ("kind.txt", b"actuals"), "file": ("staff.csv", LONG.encode())}

    response = client.post(IMPORTS, files=files, headers=sender)

    assert problem_of(response)["errors"] == [
        fault(
            "/kind",
            "unknown_code",
            "\"kind.txt\" is not known; use one of 'actuals', 'board', 'targets' or 'indicators'.",
        )
    ]


@on_sqlite
def test_a_word_in_the_place_of_the_file_is_refused(client: TestClient, sender: Headers) -> None:
    form = {"kind": (None, "actuals"), "file": (None, "staff.csv")}

    response = client.post(IMPORTS, files=form, headers=sender)

    assert problem_of(response)["errors"] == [
        fault("/file", "value_error", '"staff.csv": must be a file, with its name.'),
    ]


@on_sqlite
@pytest.mark.parametrize(
    ("fields", "pointer", "code"),
    [
        pytest.param({"kind": "photographs"}, "/kind", "unknown_code", id="another kind"),
        pytest.param({"year": "soon"}, "/year", "not_a_whole_number", id="no year"),
        pytest.param({"colour": "red"}, "/colour", "unknown_member", id="an unknown field"),
        pytest.param({"mapping": "{"}, "/mapping", "not_json", id="a mapping that is no JSON"),
        pytest.param(
            {"mapping": "[]"}, "/mapping", "model_attributes_type", id="a mapping that is a list"
        ),
        pytest.param(
            {"mapping": '{"columns": {"colour": ["Red"]}}'},
            "/mapping/columns",
            "unknown_code",
            id="a mapping of an unknown column",
        ),
        pytest.param(
            {"mapping": '{"values": {"band": {"10": ["Ten"]}}}'},
            "/mapping/values",
            "unknown_code",
            id="a mapping of an unknown value",
        ),
    ],
)
def test_a_malformed_form_is_refused(
    client: TestClient, sender: Headers, fields: dict[str, str], pointer: str, code: str
) -> None:
    response = send(client, LONG, sender, **fields)

    assert response.status_code == 422
    found = problem_of(response)
    assert found["type"] == "/problems/invalid-request"
    assert [(one["pointer"], one["code"]) for one in found["errors"]] == [(pointer, code)]


@on_sqlite
def test_a_mapping_may_come_in_place_of_the_known_words(
    client: TestClient, sender: Headers
) -> None:
    mapping = '{"columns": {"headcount": ["Heads"]}, "replaces": true}'
    content = LONG.replace("Headcount", "Heads").replace("ODS code", "Trust")

    (fault,) = told(client, content, sender, mapping=mapping)

    assert next(iter(fault.values())).startswith("No column is headed “ods_code”")


@on_sqlite
def test_a_body_that_is_too_large_is_refused_early(client: TestClient, sender: Headers) -> None:
    response = send(client, b"x" * MOST_BYTES, sender)

    assert response.status_code == 413
    assert response.json()["detail"] == f"The body may have up to {MOST_BYTES} bytes."


@on_sqlite
def test_a_file_larger_than_other_bodies_may_be_is_read(
    client: TestClient, sender: Headers
) -> None:
    heading = LONG.partition("\n")[0]
    content = LONG + f"{heading}\n" * 45_000

    assert send(client, content, sender, **SOURCE, **TOTALS).status_code == 201


@on_sqlite
def test_there_is_no_import_of_another_name(client: TestClient, sender: Headers) -> None:
    response = client.get(f"{IMPORTS}/i0123456789ab", headers=sender)

    assert problem_of(response) == problem(
        404,
        "import-not-found",
        "Import not found",
        "There is no import i0123456789ab.",
        import_id="i0123456789ab",
    )
