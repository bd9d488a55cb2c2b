"""Files that are refused for what is held, for whose they are, or as a whole."""

import pytest
from starlette.testclient import TestClient

from tests.api.databases import on_sqlite
from tests.api.imports import LONG, SOURCE, TOTALS, send, told
from tests.bodies import JSON, Headers, problem, problem_of
from tests.given import Given

HEADINGS = "ODS code,Year,Source,Staff group,Band,White,BME,Unknown,Total,Covers\n"
BOARD_HEADINGS = "ODS code,Year,Source,Voting,Executive,White,BME,Unknown\n"


def wide(
    code: str = "ZZ901", year: int = 2024, *, band: str = "8a", covers: str = "", bme: int = 61
) -> str:
    """Return a row of the wide layout."""
    return f"{code},{year},ESR,clinical,{band},340,{bme},0,{340 + bme},{covers}\n"


def board(code: str = "ZZ901", year: int = 2024, *, source: str = "Register") -> str:
    """Return a row of a board."""
    return f"{code},{year},{source},yes,yes,9,3,0\n"


def test_a_refused_file_is_answered_with_every_fault_and_its_place(
    client: TestClient, sender: Headers, given: Given
) -> None:
    before = given.count_rows()
    content = HEADINGS.replace("Covers", "Site") + wide(bme=60).replace(",400,", ",401,")

    response = send(client, content, sender)

    assert problem_of(response) == problem(
        422,
        "unacceptable-import",
        "Unacceptable import",
        "staff.csv has 1 fault; nothing was stored.",
        errors=[
            {
                "pointer": "/file/I2",
                "code": "total_disagrees",
                "detail": "The total says 401, the cells come to 400; a band or an ethnic group"
                " may be missing or counted twice.",
                "place": {
                    "sheet": None,
                    "row": 2,
                    "column": "I",
                    "heading": "Total",
                    "value": "401",
                },
            }
        ],
        file="staff.csv",
        faults=1,
        warnings=[
            {
                "code": "unknown_column",
                "detail": "Column J, “Site”, is not known and was left out.",
            }
        ],
    )
    assert given.count_rows() == before


FAULTS = [
    pytest.param(
        HEADINGS + wide("ZZ999"), [{"/file/A2": "No trust has the ODS code ZZ999."}], id="no trust"
    ),
    pytest.param(
        HEADINGS + wide("QMF"), [{"/file/A2": "No trust has the ODS code QMF."}], id="an ICB"
    ),
    pytest.param(
        HEADINGS + wide("ZZ903", 2025),
        [
            {
                "/file/A2": "ZZ903 was not open on 31 March 2025, and succeeds no trust that was."
            }
        ],
        id="a trust closed at the census",
    ),
    pytest.param(
        HEADINGS + wide(year=2014) + wide(year=2027),
        [
            {
                "/file/A2": "There is no census of 2014; censuses run from 2015 to the newest one"
                " open."
            },
            {
                "/file/A3": "There is no census of 2027; censuses run from 2015 to the newest one"
                " open."
            },
        ],
        id="censuses that are not",
    ),
    pytest.param(
        HEADINGS + wide("ZZ905"),
        [
            {
                "/file/A2": "ZZ905 was not open on 31 March 2024; name the predecessors whose"
                " staff are counted."
            }
        ],
        id="a successor that does not say whom it covers",
    ),
    pytest.param(
        HEADINGS + wide("ZZ905", covers="ZZ903 ZZ902"),
        [{"/file/J2": "ZZ902 is neither ZZ905 nor one of its predecessors."}],
        id="a trust covered that is none of its predecessors",
    ),
    pytest.param(
        HEADINGS + wide() + wide(),
        [
            {"/file/F3": "The same cell stands at F2; send each cell once."},
            {"/file/G3": "The same cell stands at G2; send each cell once."},
            {"/file/H3": "The same cell stands at H2; send each cell once."},
        ],
        id="the same row twice",
    ),
    pytest.param(
        HEADINGS + wide(band="Consultants"),
        [
            {f"/file/{column}2": "clinical staff are not in consultant; use an AfC band or vsm."}
            for column in "FGH"
        ],
        id="a grade of other staff",
    ),
    pytest.param(
        HEADINGS + wide() + "ZZ901,2024,ESR,All,Total,340,62,0,402,\n",
        [
            {
                "/file/G3": "The total says 62, the cells come to 61; a band or an ethnic group"
                " may be missing or counted twice."
            },
            {
                "/file/I3": "The total says 402, the cells come to 401; a band or an ethnic group"
                " may be missing or counted twice."
            },
        ],
        id="a row of totals that disagrees",
    ),
    pytest.param(
        HEADINGS + "ZZ901,2024,ESR,All,Total,340,61,0,401,\n",
        [{"/file/A2": "Nothing but totals is there of ZZ901 for 2024."}],
        id="nothing but totals",
    ),
    pytest.param(
        LONG,
        [
            {"/file/A2": "Say where the figures come from: in a column “Source”, or as source with"
             " the file."},
            {
                "/file/A2": "Nothing states what the headcounts of ZZ901 for 2024 come to, so a"
                " lost row would not be noticed; add a column or a row Total, or give"
                " expected_workforce and expected_bme with the file."
            },
        ],
        id="neither a source nor a total",
    ),
]  # fmt: skip


@pytest.mark.parametrize(("content", "faults"), FAULTS)
def test_a_file_is_held_to_what_a_single_return_is_held_to(
    client: TestClient, sender: Headers, content: str, faults: list[JSON]
) -> None:
    assert told(client, content, sender) == faults


def test_a_correction_may_take_away_what_was_there(
    client: TestClient, sender: Headers, given: Given
) -> None:
    given.actuals("ZZ901", 2024, {("clinical", "8a"): (340, 61, 0), ("clinical", "9"): (1, 1, 0)})

    stored = send(client, HEADINGS + wide(), sender, reason="Band 9 was another trust's").json()

    assert stored["items"][0]["cells_changed"] == 2


@on_sqlite
def test_the_totals_that_are_expected_of_a_file_are_compared(
    client: TestClient, sender: Headers
) -> None:
    faults = told(client, LONG, sender, **SOURCE, expected_workforce=402, expected_bme=60)

    assert faults == [
        {"/expected_workforce": "402 are expected, the cells of the file come to 401."},
        {"/expected_bme": "60 are expected, the cells of the file come to 61."},
    ]


@on_sqlite
def test_what_was_left_out_for_a_fault_is_not_held_against_the_totals(
    client: TestClient, sender: Headers
) -> None:
    content = LONG.replace(",340", ",*") + "ZZ902,2024,clinical,8a,white,1\n"

    assert len(told(client, content, sender, **SOURCE, **TOTALS)) == 1


def test_what_is_held_changes_with_a_reason_only(
    client: TestClient, sender: Headers, given: Given
) -> None:
    for code in ("ZZ901", "ZZ902"):
        given.actuals(code, 2024)
    content = HEADINGS + wide(bme=60) + wide("ZZ902", bme=60) + wide(year=2023)

    faults = told(client, content, sender)

    assert faults == [
        {"/reason": "Say why: something else is held of ZZ901 for 2024, ZZ902 for 2024."}
    ]
    stored = send(client, content, sender, reason="Bank staff were counted").json()
    assert stored["outcomes"] == {"new": 1, "revised": 2, "unchanged": 0}
    assert [one["cells_changed"] for one in stored["items"]] == [2, 1, 1]
    history = client.get("/v1/trusts/ZZ901/actuals/2024/revisions", headers=sender).json()
    assert history["items"][-1]["reason"] == "Bank staff were counted"


def test_what_is_public_changes_with_a_note_for_everybody(
    client: TestClient, sender: Headers, national: Headers, given: Given
) -> None:
    given.actuals("ZZ901", 2024)
    given.board("ZZ901", 2024)
    body = {"year": 2024, "name": "WRES 2024"}
    assert client.post("/v1/releases", json=body, headers=national).status_code == 201

    faults = told(client, HEADINGS + wide(bme=60), sender, reason="So")
    board_faults = told(
        client, BOARD_HEADINGS + board(source="Other"), sender, kind="board", reason="So"
    )

    assert faults == [
        {
            "/correction_note": "What is held of ZZ901 for 2024 (edition 1) is public: say in a"
            " sentence what is corrected, for everybody to read."
        }
    ]
    assert board_faults == [
        {
            "/correction_note": "What is held of the board of ZZ901 for 2024 (edition 1) is"
            " public: say in a sentence what is corrected, for everybody to read."
        }
    ]
    sent = send(
        client, HEADINGS + wide(bme=60), sender, reason="So", correction_note="One was twice"
    )
    assert sent.status_code == 201
    notes = client.get("/v1/corrections", headers=sender).json()["items"]
    assert [one["note"] for one in notes] == ["One was twice"]


def test_invented_figures_and_real_ones_never_stand_together(
    client: TestClient, national: Headers, given: Given
) -> None:
    mixed = told(client, HEADINGS + wide("RZ1") + wide("ZZ901"), national)
    given.actuals("ZZ902", 2024)
    beside = send(client, HEADINGS + wide("RZ1"), national)

    assert mixed == [
        {
            "/file/A3": "ZZ901 is invented and RZ1 is real; figures of the two never stand beside"
            " each other."
        }
    ]
    assert beside.status_code == 409
    assert problem_of(beside)["type"] == "/problems/synthetic-beside-real"


BOARD_FAULTS = [
    pytest.param(
        BOARD_HEADINGS + board() + board(),
        [
            {f"/file/{column}3": f"The same cell stands at {column}2; send each cell once."}
            for column in "FGH"
        ],
        id="the same row twice",
    ),
    pytest.param(
        BOARD_HEADINGS + board(year=2014, source=""),
        [
            {
                "/file/A2": "Say where the figures come from: in a column “Source”, or as source"
                " with the file."
            },
            {
                "/file/A2": "There is no census of 2014; censuses run from 2015 to the newest one"
                " open."
            },
        ],
        id="neither a source nor a census",
    ),
    pytest.param(
        BOARD_HEADINGS + board("ZZ999"),
        [{"/file/A2": "No trust has the ODS code ZZ999."}],
        id="no trust",
    ),
]


@on_sqlite
@pytest.mark.parametrize(("content", "faults"), BOARD_FAULTS)
def test_a_board_is_held_to_what_a_single_one_is_held_to(
    client: TestClient, sender: Headers, content: str, faults: list[JSON]
) -> None:
    assert told(client, content, sender, kind="board") == faults
