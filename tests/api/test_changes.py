"""What changed, as those who keep a copy read it."""

import pytest
from starlette.testclient import TestClient

from tests.bodies import Headers, actuals_body, problem_of
from tests.given import Given

CHANGES = "/v1/changes"


def test_a_copy_is_kept_by_going_on_from_where_one_was(
    client: TestClient, sender: Headers
) -> None:
    begun = client.get(CHANGES, params={"limit": 500}).json()
    client.put("/v1/trusts/ZZ901/actuals/2024", json=actuals_body(), headers=sender)

    found = client.get(CHANGES, params={"cursor": begun["resume"]}).json()

    assert found == {
        "items": [
            {
                "changed_at": found["items"][0]["changed_at"],
                "kind": "actuals",
                "ods_code": "ZZ901",
                "name": "2024",
                "links": {"self": "/v1/trusts/ZZ901/actuals/2024"},
            }
        ],
        "next": None,
        "resume": found["resume"],
    }
    assert client.get(found["items"][0]["links"]["self"]).status_code == 200
    again = client.get(CHANGES, params={"cursor": found["resume"]}).json()
    assert again == {"items": [], "next": None, "resume": found["resume"]}


def test_pages_follow_each_other(client: TestClient, given: Given) -> None:
    for year in (2022, 2023, 2024):
        given.actuals("ZZ901", year)
    whole = client.get(CHANGES, params={"limit": 500}).json()

    pages = [client.get(CHANGES, params={"limit": 2}).json()]
    while pages[-1]["next"]:
        further = client.get(CHANGES, params={"limit": 2, "cursor": pages[-1]["next"]})
        pages.append(further.json())

    assert [one for page in pages for one in page["items"]] == whole["items"]
    assert [len(page["items"]) for page in pages[:-1]] == [2] * (len(pages) - 1)
    assert pages[-1]["resume"] == whole["resume"]


@pytest.mark.parametrize("cursor", ["!", "YQ", "LTE", "OTk5OTk5OTk5OTk5OTk5OTk5OTk5"])
def test_something_else_than_a_cursor_is_refused(client: TestClient, cursor: str) -> None:
    response = client.get(CHANGES, params={"cursor": cursor})

    assert response.status_code == 422
    assert problem_of(response)["errors"] == [
        {
            "pointer": "?cursor",
            "code": "not_a_cursor",
            "detail": "This is no cursor; leave it out, or send the `next` of a page.",
        }
    ]


def test_tokens_and_experts_are_told_to_the_national_team_alone(
    client: TestClient, given: Given, national: Headers
) -> None:
    given.token("trust", "ZZ901")

    told = {
        name: {one["kind"] for one in client.get(CHANGES, headers=headers).json()["items"]}
        for name, headers in (("anonymous", {}), ("national", national))
    }

    assert told["anonymous"] == {"organisation"}
    assert told["national"] == {"organisation", "token"}
