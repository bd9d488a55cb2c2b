"""Which areas may read a trust's exact figures: said by the trust, dated, and kept."""

from datetime import timedelta

import pytest
from starlette.testclient import TestClient

from app.domain.measures import Measure
from tests.api.callers import not_allowed
from tests.bodies import JSON, Headers, fault, problem_of, refused
from tests.given import START, Clock, Given

TRUST = "/v1/trusts/RZ1"
PATH = f"{TRUST}/consents"

FIGURES = (
    "actuals",
    "actuals/2023",
    "actuals/2023/revisions",
    "actuals/2023/revisions/1",
    "board/2023",
    "indicators/2023",
    "wres/2023",
    "progress",
    "progress/leadership",
    "target-proposals?cycle=2022-2025&measure=leadership",
)
"""Where exact figures of a trust are read."""

MOST = ("national", "trust", "trust_data")


@pytest.fixture
def trust(given: Given) -> Headers:
    """The headers of a trust with figures and a target, in QMF and Y56."""
    for code in ("RZ0", "RZ1"):
        for year in (2022, 2023):
            given.actuals(code, year)
    given.board("RZ1", 2023)
    given.indicators("RZ1", 2023)
    given.target("RZ1", Measure.LEADERSHIP, "2022-2025", goal_share="0.3000")
    return given.token("trust", "RZ1", name="RZ1 lead")


def revision(number: int, *areas: str, second: int, by: str = "RZ1 lead") -> JSON:
    """Return a revision as it is shown."""
    return {
        "revision": number,
        "areas": list(areas),
        "recorded_at": at(second),
        "recorded_by": by,
        "supplied_by": None if by == "RZ1 lead" else "national",
    }


def consent(area: str, *, second: int, by: str = "RZ1 lead") -> JSON:
    """Return a consent as it is shown."""
    supplied_by = None if by == "RZ1 lead" else "national"
    return {"area": area, "since": at(second), "given_by": by, "supplied_by": supplied_by}


def at(second: int) -> str:
    """Return the instant of a request of a test, by its number."""
    return (START + timedelta(seconds=second)).isoformat().replace("+00:00", "Z")


def test_a_trust_consents_and_takes_it_back_and_all_of_it_is_kept(
    client: TestClient, trust: Headers, national: Headers
) -> None:
    nothing = client.get(PATH, headers=trust)
    first = client.put(PATH, json={"areas": ["Y56", "QMF"]}, headers=trust)
    same = client.put(PATH, json={"areas": ["QMF", "Y56"]}, headers=trust)
    tag = {"If-Match": first.headers["ETag"]}
    fewer = client.put(PATH, json={"areas": ["Y56"]}, headers=national | tag)
    again = client.put(PATH, json={"areas": ["QMF", "Y56"]}, headers=trust | {"If-Match": '"2"'})
    read = client.get(PATH, headers=trust)

    empty: JSON = {"ods_code": "RZ1", "revision": 0, "consents": [], "history": []}
    assert (nothing.json(), nothing.headers["ETag"]) == (empty, '"0"')
    history = [
        revision(1, "QMF", "Y56", second=1),
        revision(2, "Y56", second=3, by="national team"),
        revision(3, "QMF", "Y56", second=4),
    ]
    assert first.status_code == 201
    assert first.headers["Location"] == PATH
    assert first.json() == {
        "ods_code": "RZ1",
        "revision": 1,
        "consents": [consent("QMF", second=1), consent("Y56", second=1)],
        "history": history[:1],
    }
    assert (same.status_code, same.json()) == (200, first.json())
    assert fewer.json()["consents"] == [consent("Y56", second=1)]
    assert (again.status_code, again.headers["ETag"]) == (200, '"3"')
    assert read.json() == again.json()
    assert read.json() == {
        "ods_code": "RZ1",
        "revision": 3,
        "consents": [consent("QMF", second=4), consent("Y56", second=1)],
        "history": history,
    }


def test_a_change_names_what_it_changes(client: TestClient, trust: Headers) -> None:
    early = client.put(PATH, json={"areas": ["QMF"]}, headers=trust | {"If-Match": '"1"'})
    seen = client.put(PATH, json={"areas": ["QMF"]}, headers=trust | {"If-Match": '"0"'})
    unnamed = client.put(PATH, json={"areas": []}, headers=trust)
    stale = client.put(PATH, json={"areas": []}, headers=trust | {"If-Match": '"0"'})
    only_first = client.put(PATH, json={"areas": []}, headers=trust | {"If-None-Match": "*"})

    answers = [early, seen, unnamed, stale, only_first]
    assert [one.status_code for one in answers] == [412, 201, 428, 412, 412]


def test_every_fault_of_what_a_trust_consents_to_is_told(
    client: TestClient, trust: Headers
) -> None:
    response = client.put(PATH, json={"areas": ["QMF", "RZ2", "QZZ", "QMF", "ENG"]}, headers=trust)

    told = refused(
        "consents",
        fault("/areas/1", "wrong_kind", "RZ2 is neither an integrated care board nor a region."),
        fault("/areas/2", "unknown_code", "No organisation has the ODS code QZZ."),
        fault("/areas/3", "duplicate_code", "QMF is named twice."),
        fault("/areas/4", "wrong_kind", "ENG is neither an integrated care board nor a region."),
    )
    assert problem_of(response) == told
    assert client.get(PATH, headers=trust).json()["revision"] == 0


@pytest.mark.parametrize("code", ["QMF", "Y56"])
def test_an_area_reads_exact_figures_while_the_trust_consents(
    client: TestClient, given: Given, trust: Headers, code: str
) -> None:
    area, other = given.token("area", code), given.token("area", "QHM")
    paths = [f"{TRUST}/{one}" for one in FIGURES]

    def ask(headers: Headers) -> list[int]:
        return [client.get(one, headers=headers).status_code for one in paths]

    before = ask(area)
    client.put(PATH, json={"areas": [code, "QHM"]}, headers=trust)
    during, elsewhere = ask(area), ask(other)
    what_if = client.post(f"{TRUST}/progress/leadership/what-if", json={}, headers=area)
    write = client.put(f"{TRUST}/board/2023", json={}, headers=area)
    client.put(PATH, json={"areas": ["QHM"]}, headers=trust | {"If-Match": '"1"'})
    after = client.get(paths[1], headers=area)

    refused_everywhere = [403] * len(paths)
    assert before == elsewhere == refused_everywhere
    assert during == [200] * len(paths)
    assert (what_if.status_code, write.status_code) == (200, 403)
    assert problem_of(after) == not_allowed("area", *MOST)


def test_consent_opens_figures_and_no_drafts(
    client: TestClient, given: Given, trust: Headers
) -> None:
    area = given.token("area", "QMF")
    client.put(PATH, json={"areas": ["QMF"]}, headers=trust)
    one = f"{TRUST}/targets/leadership-2022-2025"
    draft = {"goal_share": "0.3100", "change_reason": "Raised"}
    before = client.get(one, headers=area)
    client.post(f"{one}/versions", json=draft, headers=trust)
    after = client.get(one, headers=area)

    assert before.json()["attainability"]["census"] == 2023
    assert (after.content, after.headers["ETag"]) == (before.content, before.headers["ETag"])
    assert client.get(f"{one}?version=2", headers=area).status_code == 404


def test_an_area_is_told_of_changes_of_what_it_may_read(
    client: TestClient, given: Given, trust: Headers
) -> None:
    area = given.token("area", "QMF")

    def kinds() -> list[str]:
        items = client.get("/v1/changes?limit=500", headers=area).json()["items"]
        return sorted({one["kind"] for one in items if one["ods_code"] == "RZ1"})

    before = kinds()
    client.put(PATH, json={"areas": ["QMF"]}, headers=trust)

    assert before == ["organisation"]
    assert kinds() == ["actuals", "board", "consent", "indicators", "organisation"]


def test_a_successor_inherits_no_consent(client: TestClient, given: Given, trust: Headers) -> None:
    area = given.token("area", "QMF")
    client.put("/v1/trusts/RZ0/consents", json={"areas": ["QMF"]}, headers=trust)

    assert client.get("/v1/trusts/RZ0/actuals/2023", headers=area).status_code == 200
    assert client.get("/v1/trusts/RZ1/actuals/2023", headers=area).status_code == 403


def test_a_consent_counts_while_the_trust_lies_in_the_area(
    client: TestClient, given: Given, trust: Headers, national: Headers, clock: Clock
) -> None:
    old, new = given.token("area", "QMF"), given.token("area", "QHM")
    client.put(PATH, json={"areas": ["QMF", "QHM"]}, headers=trust)
    entry = "/v1/organisations/RZ1"
    moved = {
        "kind": "trust",
        "name": "First Example NHS Trust",
        "icb": "QHM",
        "region": "Y63",
        "effective_from": "2026-12-01",
    }
    tag = {"If-Match": client.get(entry).headers["ETag"]}
    assert client.put(entry, json=moved, headers=national | tag).status_code == 200

    def ask() -> list[int]:
        path = f"{TRUST}/actuals/2023"
        return [client.get(path, headers=one).status_code for one in (old, new)]

    before = ask()
    clock.set(START.replace(month=12, day=1))

    assert before == [200, 403]
    assert ask() == [403, 200]
