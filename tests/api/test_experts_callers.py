"""WRES experts: who may know of whom, and who may record them."""

import pytest
from starlette.testclient import TestClient

from tests.api.callers import not_allowed
from tests.api.experts import (
    EMAIL,
    NAME,
    NO_TOKEN,
    NOBODY,
    PATH,
    TODAY,
    TOMORROW,
    YESTERDAY,
    expert_body,
    ids,
    not_found,
    record,
    record_another,
    shown,
    support,
)
from tests.bodies import Headers, problem, problem_of
from tests.given import Given

OWN = "/v1/trusts/RZ1/experts"

MAY_READ = ("national", "trust")

READS = (PATH, f"{PATH}/{NOBODY}", OWN, "/v1/trusts/ZZ901/experts")

WRITES = (("POST", PATH), ("PUT", f"{PATH}/{NOBODY}"), ("DELETE", f"{PATH}/{NOBODY}"))


@pytest.mark.parametrize("is_invented", [False, True])
def test_nobody_without_a_token_knows_of_experts(
    client: TestClient, given: Given, national: Headers, *, is_invented: bool
) -> None:
    record(client, national, support("RZ1"), support("ZZ901"))
    given.actuals("ZZ901" if is_invented else "RZ1", 2024)
    paths = (*READS, "/v1/trusts/ZZ999/experts", "/v1/england/experts")

    reads = [client.get(path) for path in paths]
    writes = [
        client.request(method, path, json=None if method == "DELETE" else expert_body())
        for method, path in WRITES
    ]

    for response in (*reads, *writes):
        assert problem_of(response) == NO_TOKEN
        assert response.headers["www-authenticate"] == "Bearer"


@pytest.mark.parametrize(("role", "code"), [("trust_data", "RZ1"), ("area", "QMF")])
def test_systems_and_areas_do_not_know_of_experts(
    client: TestClient, given: Given, national: Headers, role: str, code: str
) -> None:
    record(client, national, support("RZ1"))
    headers = given.token(role, code)

    answers = [client.get(path, headers=headers) for path in READS]

    assert [problem_of(one) for one in answers] == [not_allowed(role, *MAY_READ)] * len(READS)


@pytest.mark.parametrize(("role", "code"), [("trust_data", "RZ1"), ("trust", "RZ1")])
def test_trusts_do_not_compare_themselves_with_others(
    client: TestClient, given: Given, role: str, code: str
) -> None:
    response = client.get("/v1/england/experts", headers=given.token(role, code))

    assert problem_of(response) == not_allowed(role, "area", "national")


@pytest.mark.parametrize(
    ("role", "code"), [("trust_data", "RZ1"), ("trust", "RZ1"), ("area", "QMF")]
)
def test_only_the_national_team_records_and_erases(
    client: TestClient, given: Given, national: Headers, role: str, code: str
) -> None:
    path = f"{PATH}/{record(client, national, support('RZ1'))}"
    headers = given.token(role, code)
    before = given.read_database()

    answers = [
        client.post(PATH, json=expert_body(), headers=headers),
        client.put(path, json=expert_body(), headers=headers | {"If-Match": '"1"'}),
        client.delete(path, headers=headers),
        client.delete(f"{PATH}/{NOBODY}", headers=headers),
    ]

    assert [problem_of(one) for one in answers] == [not_allowed(role, "national")] * 4
    assert given.read_database() == before


def test_a_trust_is_shown_its_experts_and_only_how_they_support_it(
    client: TestClient, given: Given, national: Headers
) -> None:
    trust = given.token("trust", "RZ1")
    former = support("RZ1", "2019-04-01", "2020-03-31")
    inherited = support("RZ0", "2022-04-01", "2024-03-31")
    expert_id = record(
        *(client, national, former, support("RZ2"), support("ZZ901"), inherited),
        support("RZ1", TOMORROW),
    )

    response = client.get(f"{PATH}/{expert_id}", headers=trust)

    assert response.status_code == 200
    assert response.json() == shown(expert_id, former, inherited)
    assert client.get(PATH, headers=trust).json()["items"] == [response.json()]


def test_a_trust_is_not_shown_the_experts_of_others(
    client: TestClient, given: Given, national: Headers
) -> None:
    trust = given.token("trust", "RZ1")
    others = [
        record_another(client, national),
        record_another(client, national, support("RZ2")),
        record_another(client, national, support("RZ1", TOMORROW)),
    ]
    own = record(client, national, support("RZ1", TODAY))
    left = record_another(client, national, support("RZ1", "2020-01-01", str(YESTERDAY)))

    listed = client.get(PATH, headers=trust)
    answers = [client.get(f"{PATH}/{one}", headers=trust) for one in others]

    assert ids(listed) == [own, left]
    assert [problem_of(one) for one in answers] == [not_found(one) for one in others]


def test_an_expert_of_another_trust_is_refused_as_one_who_is_not_there(
    client: TestClient, given: Given, national: Headers
) -> None:
    trust = given.token("trust", "RZ1")
    expert_id = record(client, national, support("RZ2"))

    hidden = client.get(f"{PATH}/{expert_id}", headers=trust | {"If-None-Match": '"1"'})
    absent = client.get(f"{PATH}/{NOBODY}", headers=trust | {"If-None-Match": '"1"'})

    assert hidden.text.replace(expert_id, NOBODY) == absent.text
    assert hidden.status_code == absent.status_code == 404
    assert "etag" not in hidden.headers


def test_filters_do_not_tell_a_trust_what_it_may_not_know(
    client: TestClient, given: Given, national: Headers
) -> None:
    trust = given.token("trust", "RZ1")
    record(client, national, support("RZ1", "2020-01-01", "2020-12-31"), support("RZ2"))

    elsewhere = client.get(PATH, params={"trust": "RZ2"}, headers=trust)
    later = client.get(PATH, params={"on": str(TODAY)}, headers=trust)

    assert ids(elsewhere) == ids(later) == []


def test_a_trust_asks_for_itself_and_its_predecessors_only(
    client: TestClient, given: Given, national: Headers
) -> None:
    trust = given.token("trust", "RZ1")
    expert_id = record(client, national, support("RZ0", "2019-04-01", "2024-03-31"))

    before = client.get("/v1/trusts/RZ0/experts", params={"on": "2024-03-31"}, headers=trust)
    other = client.get("/v1/trusts/RZ2/experts", headers=trust)

    assert ids(before) == [expert_id]
    assert problem_of(other) == not_allowed("trust", *MAY_READ)


@pytest.mark.parametrize("code", ["ZZ999", "QMF"])
def test_a_trust_that_is_none_is_not_found(
    client: TestClient, national: Headers, code: str
) -> None:
    response = client.get(f"/v1/trusts/{code}/experts", headers=national)

    assert problem_of(response) == problem(
        404,
        "trust-not-found",
        "Trust not found",
        f"No trust has the ODS code {code}.",
        ods_code=code,
    )


def test_a_trust_is_told_when_what_it_is_shown_changes_with_the_day(
    client: TestClient, given: Given, national: Headers
) -> None:
    """The tag of the revision would let it keep yesterday's answer."""
    trust = given.token("trust", "RZ1")
    path = f"{PATH}/{record(client, national, support('RZ1'), support('RZ2'))}"

    own = client.get(path, headers=trust)
    again = client.get(path, headers=trust | {"If-None-Match": own.headers["etag"]})
    whole = client.get(path, headers=national)

    assert own.headers["etag"] != whole.headers["etag"]
    assert again.status_code == 304


def test_what_is_public_names_no_expert(
    client: TestClient, given: Given, national: Headers
) -> None:
    record(client, national, support("ZZ901"))
    given.actuals("ZZ901", 2024)
    paths = ("/v1/organisations/ZZ901", "/v1/trusts/ZZ901/actuals", "/v1/trusts/ZZ901/targets")

    answers = [client.get(path) for path in paths]

    assert [one.status_code for one in answers] == [200] * 3
    assert not any(word in one.text for one in answers for word in (NAME, EMAIL))
