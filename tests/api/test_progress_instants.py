"""Progress as of an instant: what an answer depends on, and that it stays."""

from datetime import timedelta

import pytest

from tests.api import progress
from tests.api.progress import ALL, ONE, WORKFORCE, board, example
from tests.api.setting import Service, goal, leaders_and_rest, read

service = progress.service
told = progress.told


def test_an_earlier_answer_is_given_again_byte_for_byte(service: Service) -> None:
    service.trust("ZZ902")
    for year in (2020, 2021, 2022):
        service.actuals(year, leaders_and_rest((10, 100), (200, 1000)))
        service.actuals(year, leaders_and_rest((30, 200), (300, 2000)), "ZZ902")
    service.target(goal("0.1800"))
    then = service.clock.now + timedelta(minutes=1)
    service.clock.forward(hours=1)
    first = service.get(ONE, as_of=then)

    service.actuals(2022, leaders_and_rest((11, 100), (200, 1000), reason="One was missed"))
    service.actuals(2023, leaders_and_rest((12, 100), (200, 1000)))
    sign_off = {"board_date": "2024-07-25", "lead_role": "Chief People Officer"}
    service.done("POST", "/v1/trusts/ZZ901/actuals/2023/sign-off", sign_off)
    service.target(goal("0.1900", cycle="2025-2028", baseline=STATED))
    service.target(goal("0.2500", measure="workforce"))
    merger = [{"ods_code": "ZZ902", "effective_date": "2022-04-01", "kind": "acquired"}]
    path = "/v1/organisations/ZZ901"
    held = {"If-Match": service.get(path).headers["ETag"]}
    renamed = {"kind": "trust", "name": "Another (demonstration)", "predecessors": merger}
    service.done("PUT", path, renamed, held)
    service.clock.forward(days=1)
    again = service.get(ONE, as_of=then)

    assert again.content == first.content
    assert again.headers["ETag"] == first.headers["ETag"]
    assert service.get(ONE).content != first.content


STATED = {
    "bme": 12,
    "total": 100,
    "workforce_bme": 200,
    "workforce_total": 1000,
    "source": "WRES report 2025, table 1",
}


def test_an_answer_names_the_newest_change_that_it_depends_on(service: Service) -> None:
    found, expected = [], []

    def note() -> None:
        found.append(read(service.get(ONE))["as_of"])
        expected.append(f"{service.clock.now:%Y-%m-%dT%H:%M:%SZ}")
        service.clock.forward(hours=1)

    service.clock.forward(hours=1)
    service.actuals(2022, example(2022))
    note()
    service.actuals(2023, example(2023))
    note()
    service.actuals(2022, leaders_and_rest((48, 431), WORKFORCE[2022], reason="One was missed"))
    note()
    body = {"board_date": "2024-07-25", "lead_role": "Chief People Officer"}
    service.done("POST", "/v1/trusts/ZZ901/actuals/2023/sign-off", body)
    note()
    made = service.done("POST", "/v1/trusts/ZZ901/targets", goal())
    service.clock.forward(hours=1)
    service.done("POST", f"{made.headers['Location']}/submit")
    note()

    assert found == expected


def test_as_of_what_an_answer_names_it_is_the_same(told: Service) -> None:
    for path in (ONE, "/v1/trusts/ZZ902/progress/board"):
        usual = told.get(path)

        assert told.get(path, as_of=read(usual)["as_of"]).content == usual.content


def test_an_answer_stays_while_nothing_it_depends_on_changes(service: Service) -> None:
    service.actuals(2022, example(2022))
    service.target(goal())
    first = service.get(ONE)
    service.clock.forward(days=40)
    service.trust("ZZ902")
    service.actuals(2022, example(2022), "ZZ902")
    service.actuals(2022, example(2022))  # The same again.
    service.done("POST", "/v1/trusts/ZZ901/targets", goal(measure="band_8a"))

    again = service.client.get(ONE, headers={"If-None-Match": first.headers["ETag"]})

    assert (again.status_code, again.content) == (304, b"")
    assert service.get(ONE).content == first.content


@pytest.mark.parametrize("change", ["board", "target"])
def test_an_answer_stays_when_another_measure_changes(service: Service, change: str) -> None:
    service.actuals(2022, example(2022))
    service.target(goal())
    first = service.get(ONE)
    service.clock.forward(days=1)
    if change == "board":
        service.done("PUT", "/v1/trusts/ZZ901/board/2022", board(3))
    else:
        service.target(goal("0.2500", measure="workforce"))

    again = service.get(ONE)

    assert read(again)["as_of"] == read(first)["as_of"]
    assert again.headers["ETag"] == first.headers["ETag"]


@pytest.mark.parametrize("change", ["actuals", "sign-off", "target", "merger"])
def test_an_answer_changes_with_what_it_depends_on(service: Service, change: str) -> None:
    service.trust("ZZ902")
    service.actuals(2022, example(2022))
    service.actuals(2022, example(2022), "ZZ902")
    first = service.get(ONE)
    service.clock.forward(days=1)
    if change == "actuals":
        service.actuals(2023, example(2023))
    elif change == "sign-off":
        body = {"board_date": "2022-07-25", "lead_role": "Chief People Officer"}
        service.done("POST", "/v1/trusts/ZZ901/actuals/2022/sign-off", body)
    elif change == "target":
        service.target(goal())
    else:
        path = "/v1/organisations/ZZ901"
        merger = [{"ods_code": "ZZ902", "effective_date": "2023-04-01", "kind": "merged"}]
        name = "Trust ZZ901 (demonstration)"
        held = {"If-Match": service.get(path).headers["ETag"]}
        service.done("PUT", path, {"kind": "trust", "name": name, "predecessors": merger}, held)

    again = service.client.get(ONE, headers={"If-None-Match": first.headers["ETag"]})

    assert again.status_code == 200
    assert read(again)["as_of"] > read(first)["as_of"]


def test_before_anything_was_known_there_is_nothing(told: Service) -> None:
    body = read(told.get(ONE, as_of="2020-01-01T00:00:00Z"))

    assert (body["as_of"], body["actuals"]) == ("2020-01-01T00:00:00Z", [])
    assert (body["current_target"], body["current_target_reason"]) == (None, "no_target")
    assert told.get(ALL, as_of="2020-01-01T00:00:00Z").json() == {"items": [], "next": None}
