"""Progress of trusts that merged or split."""

from datetime import timedelta

from tests.api import progress
from tests.api.progress import ONE, board, codes
from tests.api.setting import Service, goal, leaders_and_rest, read

service = progress.service


def merge(service: Service) -> None:
    """Let ZZ901 and ZZ902 become ZZ903 on 1 April 2022, the two having sent 2020 to 2022."""
    service.trust("ZZ902")
    for year in (2020, 2021, 2022):
        service.actuals(year, leaders_and_rest((10 + year - 2020, 100), (200, 1000)))
        service.actuals(year, leaders_and_rest((30, 200), (300, 2000)), "ZZ902")
    service.clock.forward(hours=1)
    _join(service)


def _join(service: Service) -> None:
    predecessors = [
        {"ods_code": code, "effective_date": "2022-04-01", "kind": "merged"}
        for code in ("ZZ901", "ZZ902")
    ]
    service.trust("ZZ903", opened="2022-04-01", predecessors=predecessors)


JOINED = "/v1/trusts/ZZ903/progress/leadership"


def test_a_successor_has_its_predecessors_counts_added(service: Service) -> None:
    merge(service)
    service.actuals(2023, leaders_and_rest((44, 310), (520, 3100)), "ZZ903")

    body = read(service.get(JOINED))

    counts = [(one["year"], one["bme"], one["total"], one["revision"]) for one in body["actuals"]]
    assert counts == [
        (2020, 40, 300, None),
        (2021, 41, 300, None),
        (2022, 42, 300, None),
        (2023, 44, 310, 1),
    ]
    assert body["actuals"][0]["sources"] == [
        {"ods_code": "ZZ901", "revision": 1},
        {"ods_code": "ZZ902", "revision": 1},
    ]
    assert body["parity"]["reference_share"] == round(520 / 3100, 6)
    assert "merger_in_series" in codes(body)


def test_a_history_as_reported_is_the_trusts_own(service: Service) -> None:
    merge(service)
    service.actuals(2023, leaders_and_rest((44, 310), (520, 3100)), "ZZ903")

    body = read(service.get(JOINED, continuity="as_reported"))

    assert body["continuity"] == "as_reported"
    assert [one["year"] for one in body["actuals"]] == [2023]
    assert codes(body) == ["provisional"]


def test_a_return_that_covers_its_predecessors_is_not_added_to(service: Service) -> None:
    merge(service)
    covers = ["ZZ901", "ZZ902"]
    service.actuals(2022, leaders_and_rest((43, 301), (505, 3001), covers=covers), "ZZ903")

    combined = read(service.get(JOINED))
    reported = read(service.get(JOINED, continuity="as_reported"))

    for body in (combined, reported):
        last = body["actuals"][-1]
        assert (last["year"], last["bme"], last["total"]) == (2022, 43, 301)
    assert [one["year"] for one in combined["actuals"]] == [2020, 2021, 2022]
    assert [one["year"] for one in reported["actuals"]] == [2022]


def test_a_census_that_a_predecessor_has_not_sent_is_left_out(service: Service) -> None:
    service.actuals(2019, leaders_and_rest((10, 100), (200, 1000)))
    merge(service)
    service.actuals(2023, leaders_and_rest((44, 310), (520, 3100)), "ZZ903")

    body = read(service.get(JOINED))

    assert [one["year"] for one in body["actuals"]] == [2020, 2021, 2022, 2023]
    assert "incomplete_returns" in codes(body)


def test_a_census_is_there_once_the_last_predecessor_has_sent_it(service: Service) -> None:
    service.actuals(2019, leaders_and_rest((10, 100), (200, 1000)))
    merge(service)
    service.actuals(2019, leaders_and_rest((30, 200), (300, 2000)), "ZZ902")

    body = read(service.get(JOINED))

    assert [one["year"] for one in body["actuals"]] == [2019, 2020, 2021, 2022]
    assert "incomplete_returns" not in codes(body)


def test_a_predecessor_keeps_its_own_history(service: Service) -> None:
    merge(service)

    body = read(service.get(ONE))

    assert [(one["year"], one["total"]) for one in body["actuals"]] == [
        (2020, 100),
        (2021, 100),
        (2022, 100),
    ]


def test_a_merger_after_the_baseline_takes_the_position_away(service: Service) -> None:
    service.trust("ZZ902")
    for year in (2022, 2023):
        service.actuals(year, leaders_and_rest((10, 100), (200, 1000)))
        service.actuals(year, leaders_and_rest((30, 200), (300, 2000)), "ZZ902")
    service.target(goal("0.1500"))
    merger = [{"ods_code": "ZZ902", "effective_date": "2023-04-01", "kind": "acquired"}]
    path = "/v1/organisations/ZZ901"
    held = {"If-Match": service.get(path).headers["ETag"]}
    body = {"kind": "trust", "name": "Trust ZZ901 (demonstration)", "predecessors": merger}
    service.done("PUT", path, body, held)
    service.actuals(2024, leaders_and_rest((42, 310), (520, 3100)))

    after = read(service.get(ONE))

    assert [one["total"] for one in after["actuals"]] == [300, 300, 310]
    assert "perimeter_changed" in codes(after)
    if after["gap"] is None:
        assert after["gap_reason"] == "perimeter_changed"
    else:
        assert after["gap"]["position_reason"] == "perimeter_changed"


def test_what_came_by_a_split_is_left_out(service: Service) -> None:
    service.trust("ZZ902")
    for year in (2021, 2022):
        service.actuals(year, leaders_and_rest((10, 100), (200, 1000)))
        service.actuals(year, leaders_and_rest((30, 200), (300, 2000)), "ZZ902")
    split = [{"ods_code": "ZZ902", "effective_date": "2022-04-01", "kind": "split"}]
    path = "/v1/organisations/ZZ901"
    held = {"If-Match": service.get(path).headers["ETag"]}
    body = {"kind": "trust", "name": "Trust ZZ901 (demonstration)", "predecessors": split}
    service.done("PUT", path, body, held)
    service.actuals(2023, leaders_and_rest((15, 150), (250, 1500)))

    after = read(service.get(ONE))

    assert [one["total"] for one in after["actuals"]] == [100, 100, 150]
    assert "split_left_out" in codes(after)


def test_correcting_when_a_trust_opened_leaves_earlier_answers(service: Service) -> None:
    service.actuals(2019, leaders_and_rest((10, 100), (200, 1000)))
    merge(service)
    service.actuals(2023, leaders_and_rest((44, 310), (520, 3100)), "ZZ903")
    then = service.clock.now + timedelta(minutes=1)
    service.clock.forward(hours=1)
    first = service.get(JOINED, as_of=then)
    path = "/v1/organisations/ZZ902"
    held = {"If-Match": service.get(path).headers["ETag"]}
    body = {"kind": "trust", "name": "Trust ZZ902 (demonstration)", "opened": "2021-10-01"}
    service.done("PUT", path, body, held)

    again = service.get(JOINED, as_of=then)

    assert again.content == first.content


def test_a_what_if_takes_the_history_that_is_asked_for(service: Service) -> None:
    merge(service)
    service.actuals(2023, leaders_and_rest((44, 310), (520, 3100)), "ZZ903")
    supposed = {"turnover": 0.1, "bme_share_of_appointments": 0.2, "horizon": 1}

    usual, combined, reported = (
        service.client.post(f"{JOINED}/what-if", json=supposed | asked).json()
        for asked in ({}, {"continuity": "combined"}, {"continuity": "as_reported"})
    )

    assert usual == combined
    assert (combined["continuity"], reported["continuity"]) == ("combined", "as_reported")
    assert "merger_in_series" in codes(combined)
    assert codes(reported) == ["provisional"]
    # The reference is forecast from four censuses together; of the trust alone there is one.
    assert combined["parity"] is not None
    assert (reported["parity"], reported["parity_reason"]) == (None, "too_few_years")


def test_a_correction_of_a_predecessor_shows_downstream_where_counts_are_combined(
    service: Service,
) -> None:
    merge(service)
    service.actuals(2023, leaders_and_rest((44, 310), (520, 3100)), "ZZ903")
    corrected = leaders_and_rest((60, 200), (300, 2000), reason="Recounted")
    service.actuals(2022, corrected, "ZZ902")
    path = "/v1/trusts/ZZ902/actuals/2022/revisions/2"

    combined, reported = (
        {one["ods_code"] for one in read(service.send("GET", asked))["effects"]}
        for asked in (path, f"{path}?continuity=as_reported")
    )

    assert combined == {"ZZ902", "ZZ903"}
    assert reported == {"ZZ902"}


def test_a_trust_that_is_renamed_has_one_series_under_its_newest_name(service: Service) -> None:
    for year in (2020, 2021, 2022):
        service.actuals(year, leaders_and_rest((10, 100), (200, 1000)))
    path = "/v1/organisations/ZZ901"
    held = service.get(path)
    renamed = {"kind": "trust", "name": "Other (demonstration)", "effective_from": "2021-10-01"}
    service.done("PUT", path, renamed, {"If-Match": held.headers["ETag"]})

    body, entry = read(service.get(ONE)), read(service.get(path))
    funnel = read(service.get("/v1/england/funnel/leadership", year=2020))

    assert [one["year"] for one in body["actuals"]] == [2020, 2021, 2022]
    assert codes(body) == ["indicative", "provisional"]
    assert entry["name"] == "Other (demonstration)"
    assert entry["names"] == [
        {"value": "Trust ZZ901 (demonstration)", "starts": None, "ends": "2021-09-30"},
        {"value": "Other (demonstration)", "starts": "2021-10-01", "ends": None},
    ]
    assert [one["name"] for one in funnel["points"]] == ["Other (demonstration)"]


def test_a_successor_sends_the_board_of_its_predecessors_last_census(service: Service) -> None:
    merge(service)
    service.done("PUT", "/v1/trusts/ZZ903/board/2022", board(3))
    service.done("PUT", "/v1/trusts/ZZ902/board/2022", board(1))
    service.done("PUT", "/v1/trusts/ZZ903/board/2023", board(4))

    combined, reported = (
        read(service.get("/v1/trusts/ZZ903/progress/board_voting", continuity=continuity))
        for continuity in ("combined", "as_reported")
    )
    england = [
        read(service.get("/v1/england/progress", measure="board_voting", boundaries=boundaries))
        for boundaries in ("today", "at_census")
    ]

    for body in (combined, reported):
        counts = [(one["year"], one["bme"], one["revision"]) for one in body["actuals"]]
        assert counts == [(2022, 3, 1), (2023, 4, 1)]
        assert "incomplete_returns" not in codes(body)
    for body in england:
        (of_boards,) = body["measures"]
        assert [(one["year"], one["bme"]) for one in of_boards["actuals"]] == [
            (2022, 3),
            (2023, 4),
        ]
