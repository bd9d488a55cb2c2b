"""Importing indicators: stored as if they had been put, and held to the same."""

from typing import Any

import pytest
from starlette.testclient import TestClient

from tests.api.databases import on_sqlite
from tests.api.imports import item, outcomes, send
from tests.bodies import JSON, Headers, indicators_body, pools_body, problem_of
from tests.given import Given

HEADINGS = (
    "Trust,Year,Indicator,Staff group,Band,Ethnicity,From,To,Pool,Events,Respondents,Share,Notes\n"
)


def row(
    figures: str,
    *,
    code: str = "ZZ901",
    year: int = 2024,
    number: int = 2,
    group: str = "White",
    whose: str = ",",
    ends: str | None = None,
) -> str:
    """Return a row of the long layout."""
    period = f"{year - 1}-04-01,{ends or f'{year}-03-31'}"
    return f"{code},{year},{number},{whose},{group},{period},{figures},\n"


def pools(white: str = "400,100,,", bme: str = "200,20,,", **of: Any) -> str:  # noqa: ANN401 — as `row`
    """Return the rows of an indicator of pools and events."""
    return row(white, **of) + row(bme, group="BME", **of)


def answers(white: str = ",,500,25%", bme: str = ",,100,30%", **of: Any) -> str:  # noqa: ANN401 — as `row`
    """Return the rows of an indicator of the staff survey."""
    return pools(white, bme, number=5, **of)


CONTENT = HEADINGS + pools() + answers() + pools("40,10,,", "20,2,,", whose="Clinical,8a")
SOURCE = {"source": "ESR and TRAC, 2023/24"}
BODY = indicators_body(
    indicator_2=pools_body(
        parts=[
            {
                "staff_group": "clinical",
                "band": "8a",
                "white": {"pool": 40, "events": 10},
                "bme": {"pool": 20, "events": 2},
            }
        ]
    )
)


def sending(client: TestClient, content: str, headers: Headers, **fields: Any) -> JSON:  # noqa: ANN401 — whatever a form has
    """Send a file of indicators; return what is answered."""
    response = send(client, content, headers, kind="indicators", **SOURCE, **fields)
    answered: JSON = response.json()
    assert response.status_code in {200, 201}, answered
    return answered


def told(client: TestClient, content: str, headers: Headers, **fields: Any) -> list[JSON]:  # noqa: ANN401 — whatever a form has
    """Return the faults of a file that is refused, each as its pointer and its sentence."""
    response = send(client, content, headers, kind="indicators", **fields)
    assert response.status_code == 422, response.text
    return [{one["pointer"]: one["detail"]} for one in problem_of(response)["errors"]]


def test_indicators_are_stored_as_if_they_had_been_put(
    client: TestClient, sender: Headers, given: Given
) -> None:
    before = given.count_rows()

    said = sending(client, CONTENT, sender, dry_run=True)
    unchanged = given.count_rows()
    done = sending(client, CONTENT, sender)

    assert said["items"] == done["items"] == [item("ZZ901", "2024", "new", 1, 6)]
    assert (said["effects"], said["effects_left_out"], said["stored"]) == ([], 0, False)
    assert unchanged == before
    held = client.get("/v1/trusts/ZZ901/indicators/2024", headers=sender).json()
    put = client.put("/v1/trusts/ZZ902/indicators/2024", json=BODY, headers=sender).json()
    its_own = {"ods_code", "recorded_at"}
    assert {k: v for k, v in held.items() if k not in its_own} == {
        k: v for k, v in put.items() if k not in its_own
    }
    again = client.put("/v1/trusts/ZZ901/indicators/2024", json=BODY, headers=sender)
    assert (again.status_code, again.json()) == (200, held)
    assert sending(client, CONTENT, sender)["repeated"]
    newest = client.get("/v1/changes", headers=sender).json()["items"]
    assert {"indicators", "import"} <= {one["kind"] for one in newest}


def test_indicators_that_are_held_change_with_a_reason_and_what_is_public_with_a_note(
    client: TestClient, sender: Headers, national: Headers
) -> None:
    two = pools(code="ZZ902") + answers(code="ZZ902")
    sending(client, CONTENT + two, sender)
    body = {"year": 2024, "name": "WRES 2024"}
    assert client.post("/v1/releases", json=body, headers=national).status_code == 201
    changed = CONTENT.replace("200,20", "200,40") + two

    faults = told(client, changed, sender, **SOURCE)
    done = sending(client, changed, sender, reason="Late posts", correction_note="Posts were late")

    assert faults == [
        {"/reason": "Say why: something else is held of the indicators of ZZ901 for 2024."},
        {
            "/correction_note": "What is held of the indicators of ZZ901 for 2024 (edition 1) is"
            " public: say in a sentence what is corrected, for everybody to read."
        },
    ]
    assert done["outcomes"] == outcomes(revised=1, unchanged=1)
    assert done["items"][0] == item("ZZ901", "2024", "revised", 2, 1)
    held = client.get("/v1/trusts/ZZ901/indicators/2024", headers=sender).json()
    assert (held["revision"], held["reason"], held["correction_note"]) == (
        2,
        "Late posts",
        "Posts were late",
    )


@on_sqlite
def test_warnings_look_back_at_the_year_before_in_the_file_and_at_what_is_held(
    client: TestClient, sender: Headers
) -> None:
    inverted = pools("200,20,,", "400,100,,")
    sending(client, HEADINGS + pools(year=2023, code="ZZ902"), sender)

    done = sending(
        client,
        HEADINGS + inverted + pools(year=2023) + inverted.replace("ZZ901", "ZZ902"),
        sender,
    )

    assert [(one["code"], one["ods_code"], one["name"]) for one in done["warnings"]] == [
        ("ratio_inverted", "ZZ901", "2024"),
        ("ratio_inverted", "ZZ902", "2024"),
    ]


FAULTS = [
    pytest.param(
        HEADINGS
        + pools("400,500,,", whose="Clinical,consultant")
        + pools("40,4,,", "20,2,,")
        + answers(",,0,25%"),
        [
            {"/file/E2": "clinical staff are not in consultant; use an AfC band or vsm."},
            {"/file/J2": "500 of a pool of 400 cannot be; the events are of the pool."},
            *(
                {
                    f"/file/{cell}": f"The parts come to {parts}, more than the {whole} of which"
                    " they are part."
                }
                for cell, parts, whole in (
                    ("I4", 400, 40),
                    ("J4", 500, 4),
                    ("I5", 200, 20),
                    ("J5", 20, 2),
                )
            ),
            {"/file/L6": "Nobody responded, so there is no share; leave the cell empty."},
        ],
        id="a band of others, more events than people, more parts than people, a share of nobody",
    ),
    pytest.param(
        HEADINGS + pools("0,0,,", "0,0,,", number=3, ends="2024-06-30"),
        [
            {"/file/C2": "Nobody is in any pool, which says nothing; leave the indicator out."},
            {
                "/file/H2": "The period ends on 2024-06-30, after the census; give a period that"
                " is over by 2024-03-31."
            },
        ],
        id="nobody, in a period after the census",
    ),
    pytest.param(
        HEADINGS + pools(year=2014),
        [
            {
                "/file/A2": "There is no census of 2014; censuses run from 2015 to the newest one"
                " open."
            }
        ],
        id="no census",
    ),
    pytest.param(
        HEADINGS + pools(code="ZZ999"),
        [{"/file/A2": "No trust has the ODS code ZZ999."}],
        id="no trust",
    ),
    pytest.param(
        HEADINGS + row("4,1,,", number=9) + pools(ends="31/06/2024"),
        [
            {
                "/file/C2": "“9” is no indicator that is known; use one of 2, 3, 4, 5, 6, 7, 8, or"
                " say in a mapping what it stands for."
            },
            {"/file/H3": "31/06/2024 is no day; write it such as 2026-03-31."},
            {"/file/H4": "31/06/2024 is no day; write it such as 2026-03-31."},
        ],
        id="no indicator and no day",
    ),
]


@on_sqlite
@pytest.mark.parametrize(("content", "faults"), FAULTS)
def test_indicators_are_held_to_what_single_ones_are_held_to(
    client: TestClient, sender: Headers, content: str, faults: list[JSON]
) -> None:
    assert told(client, content, sender, **SOURCE) == faults


@on_sqlite
def test_indicators_say_where_they_come_from(client: TestClient, sender: Headers) -> None:
    assert told(client, CONTENT, sender) == [
        {
            "/file/A2": "Say where the figures come from: in a column “Source”, or as source with"
            " the file."
        }
    ]
