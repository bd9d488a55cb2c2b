"""Comments on targets over HTTP: who may say what, and who reads it."""

from datetime import timedelta

import pytest
from starlette.testclient import TestClient

from app.domain.callers import Role
from tests.api import targets
from tests.api.beginnings import Begin
from tests.api.callers import NO_TOKEN_TO_CHANGE, TARGET, not_allowed
from tests.api.setting import START, Body, Service
from tests.api.targets import ONE, STATED, WHOLE
from tests.bodies import Headers, problem_of
from tests.given import Given

service = targets.service

ID = "leadership-2022-2025"

CALLERS = {
    "anonymous": (),
    "trust_data": ("RZ1",),
    "trust": ("RZ1",),
    "trust that is another": ("RZ2",),
    "area of the board": ("QMF",),
    "area of the region": ("Y56",),
    "area that is another": ("Y63",),
    "national": (),
}
"""Callers by their role, with the organisations that their tokens are for."""

TRUSTS = ("RZ1", "RZ0", "RZ2", "ZZ901")
"""A real trust, its predecessor, another real trust, and an invented one."""

OWN = ("RZ1", "RZ0")
"""What lies in the first area and what is the first trust's; the invented one lies there too."""

MAY: dict[str, dict[str, tuple[str, ...]]] = {
    "anonymous": {"read": ("ZZ901",)},
    "trust_data": {},
    "trust": {"read": (*OWN, "ZZ901"), "set": OWN},
    "trust that is another": {"read": ("RZ2", "ZZ901"), "set": ("RZ2",)},
    "area of the board": {"read": (*OWN, "ZZ901"), "comment": (*OWN, "ZZ901")},
    "area of the region": {"read": (*OWN, "ZZ901"), "comment": (*OWN, "ZZ901")},
    "area that is another": {"read": ("RZ2", "ZZ901"), "comment": ("RZ2",)},
    "national": dict.fromkeys(("read", "comment", "set", "review"), TRUSTS),
}
"""The trusts on which each caller may do what."""

MOVES: dict[str, tuple[str, Body | None, int]] = {
    # What it takes, what is sent, and the answer to whoever may: what was reviewed is not
    # returned, and the further version has no baseline.
    "review": ("review", {"version": 1}, 200),
    "return": ("review", {"version": 1, "comment": "Think again"}, 409),
    "versions": ("set", {"goal_headcount": 6, "change_reason": "Raised"}, 201),
    "submit": ("set", None, 422),
    "withdraw": ("set", {"version": 1, "comment": "A mistake"}, 200),
}


@pytest.fixture
def begin(request: pytest.FixtureRequest) -> Begin | None:
    return submit if "submitted" in request.fixturenames else None


@pytest.fixture
def submitted(client: TestClient) -> TestClient:
    """A client of a service in which each trust has a target in force."""
    return client


def submit(client: TestClient, _given: Given, national: Headers) -> None:
    for trust in TRUSTS:
        path = f"/v1/trusts/{trust}/targets"
        body = TARGET | {"baseline": STATED | {"bme": 4}}
        made = client.post(path, json=body, headers=national)
        assert made.status_code == 201, made.text
        named = national | {"If-Match": made.headers["ETag"]}
        assert client.post(f"{path}/{ID}/submit", headers=named).status_code == 200


def headers_of(given: Given, who: str) -> Headers:
    role = who.partition(" ")[0]
    return {} if role == "anonymous" else given.token(role, *CALLERS[who])


def expected(who: str, what: str, done: int) -> dict[str, int]:
    """Return the status of the answer on each trust."""
    refused = 401 if who == "anonymous" else 403
    return {trust: done if trust in MAY[who].get(what, ()) else refused for trust in TRUSTS}


# Who.


@pytest.mark.parametrize("who", CALLERS)
def test_areas_and_the_national_team_comment_on_the_trusts_they_are_for(
    submitted: TestClient, given: Given, who: str
) -> None:
    headers, said = headers_of(given, who), {"version": 1, "text": "How?"}

    answers = {
        trust: submitted.post(
            f"/v1/trusts/{trust}/targets/{ID}/comments", json=said, headers=headers
        )
        for trust in TRUSTS
    }

    assert {trust: one.status_code for trust, one in answers.items()} == expected(
        who, "comment", 201
    )


@pytest.mark.parametrize("who", [who for who in CALLERS if who != "trust_data"])
def test_comments_are_read_by_whoever_reads_the_target(
    submitted: TestClient, given: Given, who: str
) -> None:
    # The specification does not say whether `trust_data` reads targets.
    headers = headers_of(given, who)

    answers = {
        end: {
            trust: submitted.get(
                f"/v1/trusts/{trust}/targets/{ID}{end}", headers=headers
            ).status_code
            for trust in TRUSTS
        }
        for end in ("", "/comments", "/versions")
    }

    assert answers == dict.fromkeys(answers, expected(who, "read", 200))


@pytest.mark.parametrize("who", CALLERS)
def test_the_national_team_decides_and_the_trust_sets(
    submitted: TestClient, given: Given, who: str
) -> None:
    headers = headers_of(given, who)

    answers = {
        end: {
            trust: submitted.post(
                f"/v1/trusts/{trust}/targets/{ID}/{end}",
                json=body,
                headers=headers | {"If-Match": "*"},
            ).status_code
            for trust in TRUSTS
        }
        for end, (_, body, _) in MOVES.items()
    }

    assert answers == {end: expected(who, what, done) for end, (what, _, done) in MOVES.items()}


def test_whoever_may_not_comment_is_told_who_may(submitted: TestClient, given: Given) -> None:
    path, said = f"/v1/trusts/RZ1/targets/{ID}/comments", {"version": 1, "text": "How?"}

    by_trust = submitted.post(path, json=said, headers=given.token("trust", "RZ1"))
    by_nobody = submitted.post(path, json=said)

    assert problem_of(by_trust) == not_allowed("trust", "area", "national")
    assert problem_of(by_nobody) == NO_TOKEN_TO_CHANGE
    assert by_nobody.headers["www-authenticate"] == "Bearer"


def test_a_refusal_does_not_tell_whether_there_is_a_target(
    submitted: TestClient, given: Given
) -> None:
    headers, said = given.token("area", "Y63"), {"version": 1, "text": "How?"}

    answers = [
        submitted.request(
            method, f"/v1/trusts/RZ1/targets/{id_}/comments", json=body, headers=headers
        )
        for method, body in (("GET", None), ("POST", said))
        for id_ in (ID, "vsm-2022-2025")
    ]

    assert [one.status_code for one in answers] == [403] * 4
    assert answers[0].json() == answers[1].json()
    assert answers[2].json() == answers[3].json()


# What.


def test_a_comment_is_answered_and_kept_as_it_was_said(service: Service) -> None:
    service.target(WHOLE)
    service.clock.forward(days=1)
    area = service.bearer(Role.AREA, "Y56")

    made = service.send(
        "POST", f"{ONE}/comments", {"version": 1, "text": "  Wie?\nUnd né à?  "}, area
    )

    assert made.status_code == 201
    assert made.headers["Location"] == f"{ONE}/comments"
    assert made.json() | {"text": ""} == {
        "version": 1,
        "role": "area",
        "text": "",
        "at": "2026-11-24T09:00:00Z",
        "by": "area of the test",
        "decision": None,
    }
    assert made.json()["text"].strip() == "Wie?\nUnd né à?"
    assert service.get(f"{ONE}/comments").json() == {"items": [made.json()], "next": None}


def test_a_comment_changes_nothing_else(service: Service) -> None:
    service.target(WHOLE)
    before = [service.get(path).content for path in (ONE, f"{ONE}/versions", targets.PROGRESS)]

    service.done("POST", f"{ONE}/comments", {"version": 1, "text": "How?"})

    after = [service.get(path).content for path in (ONE, f"{ONE}/versions", targets.PROGRESS)]
    assert after == before


def test_comments_and_decisions_are_told_in_the_order_in_which_they_were_made(
    service: Service,
) -> None:
    service.target(WHOLE)
    steps: list[tuple[str, Body]] = [
        ("comments", {"version": 1, "text": "One"}),
        ("return", {"version": 1, "comment": "Two"}),
        ("comments", {"version": 1, "text": "Three"}),
        ("review", {"version": 1, "comment": "Four"}),
        ("versions", {"goal_share": "0.2000", "change_reason": "No comment"}),
        ("comments", {"version": 2, "text": "Five"}),
        ("submit", {}),
        ("comments", {"version": 1, "text": "Six"}),
        ("review", {"version": 2}),
        ("withdraw", {"version": 2, "comment": "Seven"}),
    ]
    for end, body in steps:
        service.clock.forward(days=1)
        service.done("POST", f"{ONE}/{end}", body or None)

    said = service.get(f"{ONE}/comments").json()["items"]

    assert [(one["version"], one["text"], one["decision"]) for one in said] == [
        (1, "One", None),
        (1, "Two", "returned"),
        (1, "Three", None),
        (1, "Four", "reviewed"),
        (2, "Five", None),
        (1, "Six", None),
        (2, "Seven", "withdrawn"),
    ]
    assert {one["role"] for one in said} == {"national"}
    early = (START + timedelta(days=3)).isoformat()
    assert service.get(f"{ONE}/comments", as_of=early).json()["items"] == said[:3]


@pytest.mark.parametrize(
    ("role", "supplied_by"), [(Role.TRUST, None), (Role.NATIONAL, "national")]
)
def test_who_withdraws_is_told_by_role(
    service: Service, role: Role, supplied_by: str | None
) -> None:
    service.target(WHOLE)
    codes = ("ZZ901",) if role is Role.TRUST else ()
    body = {"version": 1, "comment": "A mistake"}

    gone = service.send("POST", f"{ONE}/withdraw", body, service.bearer(role, *codes))

    assert gone.json()["moves"][-1]["supplied_by"] == supplied_by
    (said,) = service.get(f"{ONE}/comments").json()["items"]
    assert (said["role"], said["by"], said["decision"]) == (
        role.value,
        f"{role.value} of the test",
        "withdrawn",
    )


def test_nothing_is_told_of_before_a_target_was_submitted(service: Service) -> None:
    service.target(WHOLE)
    early = (START - timedelta(minutes=1)).isoformat()

    response = service.get(f"{ONE}/comments", as_of=early)

    assert problem_of(response)["type"] == "/problems/target-not-found"


@pytest.mark.parametrize(
    ("end", "body", "pointers"),
    [
        pytest.param("comments", {}, ["/version", "/text"], id="nothing"),
        pytest.param("comments", {"version": 1, "text": " "}, ["/text"], id="blank"),
        pytest.param("comments", {"version": 1, "text": "x" * 4001}, ["/text"], id="too long"),
        pytest.param("comments", {"version": "1", "text": "x"}, ["/version"], id="no integer"),
        pytest.param("comments", {"version": 0, "text": "x"}, ["/version"], id="no version"),
        pytest.param(
            "comments", {"version": 1, "text": "x", "role": "area"}, ["/role"], id="surplus"
        ),
        pytest.param("review", {"comment": "x"}, ["/version"], id="a review of no version"),
        pytest.param("return", {"version": 1}, ["/comment"], id="a return without comment"),
        pytest.param("withdraw", {"version": 1}, ["/comment"], id="a withdrawal without reason"),
    ],
)
def test_what_is_said_has_its_members(
    service: Service, end: str, body: Body, pointers: list[str]
) -> None:
    service.target(WHOLE)
    before = service.get(f"{ONE}/versions").content

    response = service.send("POST", f"{ONE}/{end}", body)

    assert sorted(one["pointer"] for one in problem_of(response)["errors"]) == sorted(pointers)
    assert service.get(f"{ONE}/versions").content == before
    assert service.get(f"{ONE}/comments").json()["items"] == []
