"""Texts that a spreadsheet would calculate, in every file that leaves: they leave as texts."""

import csv
import io
import zipfile
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest
from python_calamine import CalamineWorkbook
from starlette.testclient import TestClient

from app.domain.callers import Role
from tests.api.areas import census
from tests.api.conftest import Start
from tests.apps import borrowed_app
from tests.bodies import JSON, Headers, actuals_body, bearer
from tests.given import Clock, Given

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

FORMULAS: Mapping[str, tuple[str, str]] = {
    "a sum": ("=1+1", "'=1+1"),
    "a plus": ("+1 Trust", "'+1 Trust"),
    "a minus": ("-2+3", "'-2+3"),
    "an at": ("@SUM(A1)", "'@SUM(A1)"),
    "a command": ("=cmd|'/C calc'!A0", "'=cmd|'/C calc'!A0"),
    "a link": (
        '=HYPERLINK("http://evil.example","Trust")',
        '\'=HYPERLINK("http://evil.example","Trust")',
    ),
    "behind blanks": ("  =1+1", "'=1+1"),
    "behind a tab": ("\t=1+1", "'=1+1"),
    "full width": ("\uff1d1+1", "'\uff1d1+1"),
    "a quote that closes the cell": ('Trust",=1+1,"', 'Trust",=1+1,"'),
    "with an apostrophe already": ("'=1+1", "'=1+1"),
    "a number": ("-1", "-1"),
}
"""What is sent as a name, and what a cell of CSV then says; a number stays one."""

CODES: Mapping[str, str] = {what: f"ZZ8{number:02}" for number, what in enumerate(FORMULAS, 1)}
"""The trust that is called so."""

EXPORTS: Mapping[str, tuple[str, str]] = {
    "/v1/organisations": ("ods_code", "name"),
    "/v1/areas/Y63/progress?measure=workforce&horizon=1": ("ods_code", "name"),
    "/v1/england/returns/2025": ("ods_code", "name"),
    "/v1/england/experts": ("ods_code", "name"),
    "/v1/england/funnel/leadership?year=2025": ("ods_code", "name"),
    "/v1/downloads/2025": ("ods_code", "name"),
    "/v1/audit?kind=actuals&limit=500": ("ods_code", "caller_name"),
}
"""Every file with texts that callers choose: the columns of the trust's code and of the text."""


@pytest.fixture(scope="module")
def client(sqlite_start: Start, tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    """A client of a service whose trusts and tokens have formulas for names."""
    copy = tmp_path_factory.mktemp("formulas") / "parity.sqlite3"
    copy.write_bytes(Path(sqlite_start.template).read_bytes())
    with (
        borrowed_app(f"sqlite:///{copy}", clock=Clock()) as app,
        TestClient(app, headers=sqlite_start.national) as client,
    ):
        given = Given(app.state.engine)
        for what, (name, _) in FORMULAS.items():
            code = CODES[what]
            body = {"kind": "trust", "name": name, "type": "acute", "icb": "QHM", "region": "Y63"}
            assert client.put(f"/v1/organisations/{code}", json=body).status_code == 201
            made = {"name": name, "role": Role.TRUST_DATA, "organisations": [code]}
            secret = client.post("/v1/tokens", json=made).json()["secret"]
            given.actuals(code, 2024, census(2024, 30))
            _send(client, code, actuals_body(source=name, notes=name), bearer(secret))
        yield client


def _send(client: TestClient, code: str, body: JSON, headers: Headers) -> None:
    response = client.put(f"/v1/trusts/{code}/actuals/2025", json=body, headers=headers)
    assert response.status_code == 201, response.text


@pytest.fixture(scope="module")
def tables(client: TestClient) -> dict[str, list[dict[str, str]]]:
    """The lines of every file, by its columns."""
    return {path: _read(client, path) for path in EXPORTS}


def _read(client: TestClient, path: str) -> list[dict[str, str]]:
    response = client.get(path, headers={"Accept": "text/csv, application/zip"})
    assert response.status_code == 200, response.text
    content = response.content
    if content.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            content = archive.read("trusts.csv")
    return list(csv.DictReader(io.StringIO(content.decode(), newline="")))


@pytest.mark.parametrize("what", FORMULAS)
@pytest.mark.parametrize("path", EXPORTS)
def test_a_formula_leaves_as_a_text(
    tables: dict[str, list[dict[str, str]]], path: str, what: str
) -> None:
    code_column, text_column = EXPORTS[path]

    told = [line[text_column] for line in tables[path] if line[code_column] == CODES[what]]

    assert FORMULAS[what][1] in told


@pytest.mark.parametrize("what", FORMULAS)
@pytest.mark.parametrize(
    "path",
    ["/v1/trusts/{}/actuals/2025", "/v1/areas/Y63/progress?measure=workforce&horizon=1"],
    ids=["return", "area"],
)
def test_a_workbook_has_texts_and_no_formulas(client: TestClient, path: str, what: str) -> None:
    response = client.get(path.format(CODES[what]), headers={"Accept": XLSX})

    assert response.status_code == 200, response.text
    book = CalamineWorkbook.from_filelike(io.BytesIO(response.content))
    texts = {
        cell
        for name in book.sheet_names
        for row in book.get_sheet_by_name(name).to_python()
        for cell in row
        if isinstance(cell, str)
    }
    name = FORMULAS[what][0].strip()
    assert any(name in text for text in texts)
    with zipfile.ZipFile(io.BytesIO(response.content)) as parts:
        sheets = [parts.read(one) for one in parts.namelist() if one.startswith("xl/worksheets/")]
    assert [one for one in sheets if b"<f>" in one or b"<f " in one] == []
    assert [one for one in sheets if b"<hyperlink" in one] == []
