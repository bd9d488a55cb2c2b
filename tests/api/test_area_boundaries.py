"""Which trusts an area is the sum of: of today or of each census, each person once."""

from datetime import date

import pytest
from starlette.testclient import TestClient

from app.domain.organisations import Attribute, Dated, Kind, Organisation, SuccessionKind
from tests.api.areas import NORTH, YEARS, ask, census, counts, two_in_the_north
from tests.api.databases import on_sqlite
from tests.api.setting import find_unexplained
from tests.bodies import JSON, Headers
from tests.given import Clock, Given

NORTH_EAST = "/v1/areas/QHM/progress"
LONDON = "/v1/areas/Y56/progress"
OLD_BOARD = "/v1/areas/QOLD/progress"
ENGLAND = "/v1/england/progress"

LAST_DAY, NEXT_DAY = date(2024, 3, 31), date(2024, 4, 1)


def mover(given: Given) -> None:
    """Let ZZ907 lie in London until 31 March 2024, and in the north and its board since."""
    given.organisation(
        Organisation(
            "QOLD",
            Kind.ICB,
            date(2022, 7, 1),
            LAST_DAY,
            {Attribute.NAME: (Dated("Old ICB"),), Attribute.REGION: (Dated("Y56"),)},
        )
    )
    given.organisation(
        Organisation(
            "ZZ907",
            Kind.TRUST,
            facts={
                Attribute.NAME: (Dated("Moving Trust (demonstration)"),),
                Attribute.ICB: (
                    Dated("QOLD", date(2022, 7, 1), LAST_DAY),
                    Dated("QHM", NEXT_DAY),
                ),
                Attribute.REGION: (Dated("Y56", None, LAST_DAY), Dated("Y63", NEXT_DAY)),
            },
        )
    )
    for year in (2022, 2023, 2024, 2025):
        given.actuals("ZZ907", year, census(year, 40))


def years(body: JSON) -> list[int]:
    """Return the censuses of the one measure asked for."""
    return [year for year, _, _ in counts(body)]


def codes(body: JSON) -> list[str]:
    """Return the codes of the trusts that have a row."""
    return [row["ods_code"] for row in body["rows"]]


@on_sqlite
def test_today_a_trust_lies_where_it_lies_now_with_its_whole_history(
    client: TestClient, given: Given
) -> None:
    mover(given)

    bodies = {path: ask(client, path) for path in (NORTH_EAST, NORTH, LONDON)}

    assert years(bodies[NORTH]) == years(bodies[NORTH_EAST]) == [2022, 2023, 2024, 2025]
    assert codes(bodies[NORTH]) == ["ZZ902", "ZZ907"]
    assert years(bodies[LONDON]) == []


def test_at_a_census_a_trust_lies_where_it_lay_on_the_day(
    client: TestClient, given: Given
) -> None:
    mover(given)
    asked = {"boundaries": "at_census"}

    london, north = ask(client, LONDON, **asked), ask(client, NORTH, **asked)
    old, new = ask(client, OLD_BOARD, **asked), ask(client, NORTH_EAST, **asked)

    assert (years(london), years(north)) == ([2022, 2023, 2024], [2025])
    # Before July 2022 there were no boards.
    assert (years(old), years(new)) == ([2023, 2024], [2025])
    assert (codes(old), old["trusts"]) == (["ZZ907"], 1)
    assert old["rows"][0]["year"] == 2025
    assert find_unexplained(old) == []


@on_sqlite
def test_a_board_that_has_closed_has_no_trusts_today(client: TestClient, given: Given) -> None:
    mover(given)

    body = ask(client, OLD_BOARD)

    (measure,) = body["measures"]
    assert (body["trusts"], body["rows"], body["returns"], measure["actuals"]) == (0, [], [], [])
    assert {measure[f"{part}_reason"] for part in ("forecast", "trend", "parity")} == {
        "area_closed"
    }
    assert measure["warnings"] == []


@on_sqlite
def test_an_area_without_any_trust_says_so(client: TestClient, given: Given) -> None:
    given.actuals("ZZ901", 2024)
    given.organisation(Organisation("QNEW", Kind.ICB, facts={Attribute.NAME: (Dated("New ICB"),)}))

    today = ask(client, "/v1/areas/QNEW/progress")
    at_census = ask(client, "/v1/areas/QNEW/progress", boundaries="at_census")

    assert today["measures"][0]["forecast_reason"] == "no_trusts"
    assert at_census["measures"][0]["forecast_reason"] == "no_actuals"
    assert (today["trusts"], at_census["trusts"]) == (0, 0)


def test_predecessors_follow_their_successor(client: TestClient, given: Given) -> None:
    for code, size in (("ZZ903", 20), ("ZZ904", 30)):
        given.actuals(code, 2023, census(2023, size))
    given.actuals("ZZ905", 2025, census(2025, 50))

    combined = ask(client, LONDON)
    reported = ask(client, LONDON, continuity="as_reported")

    assert counts(combined) == [(2023, 66, 500), (2025, 66, 500)]
    assert codes(combined) == ["ZZ901", "ZZ905"]
    assert combined["returns"][0]["reported_codes"] == ["ZZ905"]
    assert counts(reported) == [(2025, 66, 500)]
    assert [row["year"] for row in reported["rows"]] == [None, 2025]


@on_sqlite
def test_a_merger_of_which_one_has_not_sent_is_not_in_the_sum(
    client: TestClient, given: Given
) -> None:
    given.actuals("ZZ903", 2023, census(2023, 20))
    given.actuals("ZZ901", 2023, census(2023, 40))

    body = ask(client, LONDON)

    assert counts(body) == [(2023, 48, 400)]
    assert body["returns"][0]["missing_codes"] == ["ZZ905"]


def test_a_successor_that_sends_for_its_predecessors_is_counted_once(
    client: TestClient, given: Given
) -> None:
    given.actuals("ZZ905", 2024, census(2024, 50), covers=("ZZ903", "ZZ904"))
    given.actuals("ZZ903", 2024, census(2024, 20))

    today = ask(client, LONDON)
    at_census = ask(client, LONDON, boundaries="at_census")

    assert counts(today) == counts(at_census) == [(2024, 62, 500)]
    assert today["returns"][0]["reported_codes"] == ["ZZ905"]
    assert at_census["returns"][0] == {
        "year": 2024, "counted": "staff", "expected": 3, "reported": 2,
        "reported_codes": ["ZZ903", "ZZ904"], "missing_codes": ["ZZ901"],
    }  # fmt: skip
    assert codes(at_census) == ["ZZ901", "ZZ903", "ZZ904"]


@on_sqlite
def test_people_that_are_covered_lie_where_they_lay(client: TestClient, given: Given) -> None:
    given.trust("ZZ908", closed=LAST_DAY, icb="QHM", region="Y63")
    given.trust("ZZ909", opened=NEXT_DAY)
    given.merger("ZZ908", "ZZ909", on=NEXT_DAY)
    given.actuals("ZZ909", 2024, census(2024, 50), covers=("ZZ908",))

    north = ask(client, NORTH, boundaries="at_census")
    london = ask(client, LONDON, boundaries="at_census")
    today = ask(client, LONDON)

    assert counts(north) == counts(today) == [(2024, 62, 500)]
    assert counts(london) == []


@on_sqlite
def test_people_who_lay_apart_stay_with_the_return_that_counts_them(
    client: TestClient, given: Given
) -> None:
    given.trust("ZZ908", closed=LAST_DAY, icb="QHM", region="Y63")
    given.merger("ZZ908", "ZZ901", on=NEXT_DAY, kind=SuccessionKind.ACQUIRED)
    given.actuals("ZZ901", 2024, census(2024, 50), covers=("ZZ901", "ZZ908"))

    north = ask(client, NORTH, boundaries="at_census")
    london = ask(client, LONDON, boundaries="at_census")

    assert counts(north) == []
    assert counts(london) == [(2024, 62, 500)]


@on_sqlite
def test_who_left_no_heir_still_stands_for_itself(client: TestClient, given: Given) -> None:
    given.trust("ZZ908", closed=LAST_DAY)
    given.merger("ZZ908", "ZZ901", on=NEXT_DAY, kind=SuccessionKind.SPLIT)
    given.actuals("ZZ908", 2024, census(2024, 30))
    for year in (2024, 2025):
        given.actuals("ZZ901", year, census(year, 40))

    body = ask(client, LONDON)

    assert counts(body) == [(2024, 94, 700), (2025, 56, 400)]
    assert [one["expected"] for one in body["returns"]] == [3, 2]
    assert codes(body) == ["ZZ901", "ZZ905", "ZZ908"]


@on_sqlite
def test_a_merger_to_come_changes_nothing_before_its_day(client: TestClient, given: Given) -> None:
    given.merger("ZZ902", "ZZ901", on=date(2027, 4, 1), kind=SuccessionKind.ACQUIRED)
    given.actuals("ZZ901", 2025, census(2025, 20))
    given.actuals("ZZ902", 2025, census(2025, 30))

    assert counts(ask(client, LONDON)) == [(2025, 36, 200)]
    assert counts(ask(client, NORTH)) == [(2025, 46, 300)]


def test_england_is_the_sum_of_all_and_has_rows_of_its_areas(
    client: TestClient, given: Given
) -> None:
    two_in_the_north(given)
    mover(given)
    given.actuals("ZZ901", 2025, census(2025, 10))

    trusts = ask(client, ENGLAND)
    places = ask(client, ENGLAND, rows="area")
    at_census = ask(client, ENGLAND, boundaries="at_census", rows="area")

    assert (trusts["ods_code"], trusts["kind"], trusts["trusts"]) == ("ENG", "england", 5)
    assert codes(trusts) == ["ZZ901", "ZZ902", "ZZ905", "ZZ906", "ZZ907"]
    assert counts(trusts) == counts(places) == counts(at_census)
    rows = [(r["kind"], r["ods_code"], r["year"], r["bme"], r["total"]) for r in places["rows"]]
    assert rows == [
        ("region", "Y56", 2025, 26, 100),
        ("region", "Y63", 2025, 138, 900),
        ("icb", "QHM", 2025, 138, 900),
        ("icb", "QMF", 2025, 26, 100),
    ]
    assert {row["goal_share_reason"] for row in places["rows"]} == {"area_sets_no_targets"}
    assert places["rows_of"] == "area"
    assert find_unexplained(places) == []


@on_sqlite
def test_a_row_of_an_area_shows_its_latest_census_that_is_complete(
    client: TestClient, given: Given
) -> None:
    two_in_the_north(given)
    given.actuals("ZZ906", 2026, census(2026, 30))

    body = ask(client, ENGLAND, rows="area")

    assert [(row["ods_code"], row["year"]) for row in body["rows"]] == [
        ("Y56", None), ("Y63", 2025), ("QHM", 2025), ("QMF", None),
    ]  # fmt: skip


def test_an_answer_as_of_its_own_instant_is_the_same(
    client: TestClient, given: Given, national: Headers
) -> None:
    two_in_the_north(given)
    mover(given)
    for boundaries in ("today", "at_census"):
        before = ask(client, boundaries=boundaries)

        again = ask(client, boundaries=boundaries, as_of=before["as_of"])

        assert again == before
    known = ask(client)
    moved = {"kind": "trust", "name": "Trust ZZ906", "icb": "QMF", "region": "Y56"}
    tag = client.get("/v1/organisations/ZZ906").headers["ETag"]
    put = client.put(
        "/v1/organisations/ZZ906",
        json=moved | {"effective_from": "2026-11-20"},
        headers=national | {"If-Match": tag},
    )
    assert put.status_code == 200, put.text

    assert codes(ask(client)) == ["ZZ902", "ZZ907"]
    assert ask(client, as_of=known["as_of"]) == known


@on_sqlite
def test_what_will_hold_later_changes_the_answer_on_its_day(
    client: TestClient, given: Given, clock: Clock
) -> None:
    mover(given)
    given.organisation(
        Organisation(
            "ZZ910",
            Kind.TRUST,
            facts={
                Attribute.NAME: (Dated("Later Trust (demonstration)"),),
                Attribute.REGION: (
                    Dated("Y56", None, date(2026, 11, 30)),
                    Dated("Y63", date(2026, 12, 1)),
                ),
            },
        )
    )
    before = ask(client)
    clock.set(clock().replace(month=12, day=1))

    since = ask(client)

    assert (codes(before), codes(since)) == (["ZZ902", "ZZ907"], ["ZZ902", "ZZ907", "ZZ910"])
    assert since["as_of"] == "2026-12-01T00:00:00Z"
    assert ask(client, as_of=before["as_of"]) == before


@pytest.mark.parametrize("year", [YEARS[0], YEARS[-1]])
@on_sqlite
def test_a_trust_that_was_not_open_is_not_expected(
    client: TestClient, given: Given, year: int
) -> None:
    given.trust("ZZ911", opened=date(2023, 6, 1), icb="QHM", region="Y63")
    for one in YEARS:
        given.actuals("ZZ902", one, census(one, 20))

    (told,) = (one for one in ask(client)["returns"] if one["year"] == year)

    assert told["missing_codes"] == ([] if year < 2024 else ["ZZ911"])
