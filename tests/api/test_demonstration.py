"""The demonstration set over HTTP: everything in it can be asked for, and says what it is."""

from collections import defaultdict
from collections.abc import Iterator
from contextlib import AbstractContextManager
from decimal import Decimal
from pathlib import Path

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import Engine, func, select
from sqlmodel import Session, col

from app.domain.bands import LEADERSHIP_BANDS
from app.domain.callers import COMMAND_LINE, Role
from app.domain.errors import SyntheticBesideReal
from app.domain.measures import Measure
from app.ingest.published_shares import EXACT, read_published_shares
from app.main import create_app
from app.services.demonstration import load_demonstration
from app.settings import Settings
from app.store.engine import build_engine, reading, writing
from app.store.rows import BoardSeatRow, HeadcountRow, OrganisationRow
from tests.api import setting
from tests.api.areas import shortened
from tests.api.databases import count_everything, read_everything
from tests.api.setting import (
    KINDS,
    PROBLEM,
    START,
    Body,
    Clock,
    Registered,
    Service,
    find_unexplained,
    leaders_and_rest,
    read,
)
from tests.kept import LOADED, Kept, demonstration, make_set
from tests.origins import ORIGIN

REAL = "RGT"
"""A trust of the register."""

MEASURES = [measure.value for measure in Measure]

ENGLAND = "/v1/england/progress"

GROUPS = ("bme", "white", "unknown", "total")

registered = setting.registered


def load(url: str) -> bool:
    """Load the set; return whether it was not held before."""
    engine = build_engine(url)
    try:
        with writing(engine, ORIGIN) as session:
            return load_demonstration(session, make_set(), by=COMMAND_LINE, now=LOADED)
    finally:
        engine.dispose()


@pytest.fixture(scope="module")
def url(kept: Kept, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A SQLite database that holds the set, and that tests only read."""
    with kept.copy("sqlite", demonstration, tmp_path_factory.mktemp("demonstration")) as url:
        yield url


@pytest.fixture(scope="module")
def engine(url: str) -> Iterator[Engine]:
    engine = build_engine(url)
    yield engine
    engine.dispose()


@pytest.fixture(scope="module")
def anybody(url: str) -> Iterator[TestClient]:
    """A client without a token."""
    app = create_app(Settings(database_url=url), clock=Clock(START))
    with TestClient(app, raise_server_exceptions=False) as client:
        yield client


@pytest.fixture
def copy(kept: Kept, tmp_path: Path) -> Iterator[str]:
    """A SQLite database with the set that a test may change."""
    with kept.copy("sqlite", demonstration, tmp_path) as url:
        yield url


def synthetic_trusts(session: Session) -> list[str]:
    rows = session.scalars(
        select(col(OrganisationRow.ods_code))
        .where(col(OrganisationRow.synthetic), col(OrganisationRow.kind) == "trust")
        .order_by(col(OrganisationRow.ods_code))
    )
    return list(rows)


@pytest.fixture(scope="module")
def answers(engine: Engine, anybody: TestClient) -> dict[str, list[Body]]:
    """The progress of every trust in every measure."""
    with reading(engine) as session:
        trusts = synthetic_trusts(session)
    asked: dict[str, list[str] | int] = {"measure": MEASURES, "horizon": 2}
    return {
        trust: read(anybody.get(f"/v1/trusts/{trust}/progress", params=asked))["items"]
        for trust in trusts
    }


def test_progress_of_every_trust_and_measure_is_answered(answers: dict[str, list[Body]]) -> None:
    assert len(answers) >= 202

    for trust, items in answers.items():
        assert [one["measure"] for one in items] == MEASURES, trust
        assert all(one["synthetic"] is True for one in items), trust
        assert [fault for one in items for fault in find_unexplained(one)] == [], trust


def test_the_row_of_every_trust_and_measure_says_what_its_progress_does(
    answers: dict[str, list[Body]], anybody: TestClient
) -> None:
    rows = read(anybody.get(ENGLAND, params={"horizon": 2}))["rows"]

    assert len(rows) == 204 * len(MEASURES)
    for row in rows:
        (progress,) = (one for one in answers[row["ods_code"]] if one["measure"] == row["measure"])
        assert shortened(progress, row) == row


@pytest.mark.parametrize("place", ["ENG", "Y56", "Y63", "QMF"])
def test_an_area_comes_to_what_its_trusts_do(
    answers: dict[str, list[Body]], anybody: TestClient, place: str
) -> None:
    body = read(anybody.get(f"/v1/areas/{place}/progress", params={"horizon": 2}))

    within = {row["ods_code"] for row in body["rows"]}
    assert len(within) == body["trusts"]
    assert find_unexplained(body) == []
    for measure in body["measures"]:
        sums: dict[int, list[int]] = defaultdict(lambda: [0] * 4)
        for progress in (one for code in within for one in answers[code]):
            if progress["measure"] == measure["measure"]:
                for census in progress["actuals"]:
                    for at, name in enumerate(GROUPS):
                        sums[census["year"]][at] += census[name]
        told = {one["year"]: [one[name] for name in GROUPS] for one in measure["actuals"]}
        assert told == sums


def test_open_trusts_have_targets_in_every_cycle(engine: Engine, anybody: TestClient) -> None:
    with reading(engine) as session:
        trusts = session.scalars(
            select(col(OrganisationRow.ods_code)).where(
                col(OrganisationRow.synthetic), col(OrganisationRow.closed).is_(None)
            )
        ).all()
    assert len(trusts) == 202

    for trust in trusts[::50]:
        targets = read(anybody.get(f"/v1/trusts/{trust}/targets"))["items"]
        own = read(anybody.get(f"/v1/trusts/{trust}/actuals"))["items"]

        assert all(target["synthetic"] is True for target in targets)
        assert all(census["synthetic"] is True for census in own)
        years = {census["year"] for census in own}
        cycles = {target["cycle"] for target in targets}
        assert {f"{year}-{year + 3}" for year in (2019, 2022, 2025) if year in years} <= cycles


@pytest.mark.parametrize(
    "path",
    [
        "/v1/organisations/{}",
        "/v1/trusts/{}/actuals/2025",
        "/v1/trusts/{}/board/2025",
        "/v1/trusts/{}/indicators/2025",
        "/v1/trusts/{}/wres/2025",
    ],
)
def test_every_answer_says_synthetic(engine: Engine, anybody: TestClient, path: str) -> None:
    with reading(engine) as session:
        trust = session.scalars(
            select(col(HeadcountRow.ods_code)).where(col(HeadcountRow.year) == 2025).limit(1)
        ).one()

    body = read(anybody.get(path.format(trust)))

    assert body["synthetic"] is True


def test_the_nine_indicators_are_all_there_beside_last_years_and_englands(
    anybody: TestClient,
) -> None:
    found = read(anybody.get("/v1/trusts/ZZ001/wres/2025"))

    columns = [found[name] for name in ("trust", "last_year", "england")]
    for column in columns:
        assert [column[f"indicator_{number}"] is None for number in range(1, 10)] == [False] * 9
    england = columns[-1]
    assert {england[f"indicator_{number}"]["trusts"] for number in range(1, 10)} == {201}
    assert england["expected_trusts"] == 201
    parts = england["indicator_2"]["parts"]
    assert [(one["staff_group"], one["trusts"]) for one in parts] == [
        ("non_clinical", 201),
        ("clinical", 201),
    ]


def test_real_trusts_have_no_invented_figures(engine: Engine) -> None:
    with reading(engine) as session:
        codes = set(session.scalars(select(col(HeadcountRow.ods_code)).distinct()))
        codes |= set(session.scalars(select(col(BoardSeatRow.ods_code)).distinct()))

        assert codes <= set(synthetic_trusts(session))


def test_the_set_comes_to_the_published_national_shares(engine: Engine) -> None:
    with reading(engine) as session:
        found = _national_shares(session)

    exact = [
        one
        for one in read_published_shares()
        if one.tolerance == EXACT and one.measure in {Measure.WORKFORCE, Measure.VSM}
    ]
    assert len(exact) >= 12
    for one in exact:
        if one.year in found[one.measure]:
            assert abs(found[one.measure][one.year] - one.share) <= Decimal("0.001"), one
    assert {one.year for one in exact} - set(found[Measure.WORKFORCE]) == set()


def _national_shares(session: Session) -> dict[Measure, dict[int, Decimal]]:
    """Return shares from the sums of the counts that are stored."""
    rows = session.execute(
        select(
            col(HeadcountRow.year),
            col(HeadcountRow.band),
            func.sum(col(HeadcountRow.bme)),
            func.sum(col(HeadcountRow.white) + col(HeadcountRow.bme) + col(HeadcountRow.unknown)),
        ).group_by(col(HeadcountRow.year), col(HeadcountRow.band))
    )
    sums: dict[tuple[Measure, int], list[int]] = defaultdict(lambda: [0, 0])
    for year, band, bme, total in rows:
        measures = [Measure.WORKFORCE]
        measures += [Measure.VSM] if band == "vsm" else []
        measures += [Measure.LEADERSHIP] if band in LEADERSHIP_BANDS else []
        for measure in measures:
            sums[measure, year][0] += int(bme)
            sums[measure, year][1] += int(total)
    shares: dict[Measure, dict[int, Decimal]] = defaultdict(dict)
    for (measure, year), (bme, total) in sums.items():
        shares[measure][year] = Decimal(bme) / Decimal(total)
    return shares


def test_loading_it_again_changes_nothing(copy: str) -> None:
    before = read_everything(copy)

    is_new = load(copy)

    assert is_new is False
    assert read_everything(copy) == before


def test_both_databases_hold_the_same_set_and_answer_alike(
    kept: Kept, url: str, anybody: TestClient, tmp_path: Path
) -> None:
    sqlite = read_everything(url)
    with kept.copy("postgresql", demonstration, tmp_path) as other:
        is_new = load(other)
        postgresql = read_everything(other)
        with _running(other) as service:
            paths = [
                f"/v1/trusts/ZZ{number:03}/progress?horizon=2" for number in range(1, 200, 20)
            ]
            for path in (
                *paths,
                f"{ENGLAND}?horizon=2",
                f"{ENGLAND}?horizon=2&boundaries=at_census&rows=area&measure=board",
                "/v1/trusts/ZZ001/wres/2024",
                "/v1/trusts/ZZ205/wres/2018",
            ):
                assert service.client.get(path).content == anybody.get(path).content

    assert is_new is False
    assert {name: len(rows) for name, rows in postgresql.items()} == {
        name: len(rows) for name, rows in sqlite.items()
    }
    tables = ("headcount", "board_seat", "indicator_pool", "indicator_survey")
    for name in (*tables, "target_version", "succession"):
        assert set(postgresql[name]) == set(sqlite[name])


@pytest.mark.parametrize("kind", KINDS)
def test_it_is_refused_beside_real_actuals(
    registered: Registered, kind: str, tmp_path: Path
) -> None:
    with registered.database(kind, tmp_path) as url:
        with _running(url) as service:
            service.actuals(2024, leaders_and_rest((69, 452), (1340, 5731)), REAL)
        before = count_everything(url)

        with pytest.raises(SyntheticBesideReal) as caught:
            load(url)

        assert caught.value.facts == {"held": "real"}
        assert count_everything(url) == before


@pytest.mark.parametrize(
    ("path", "body"),
    [
        pytest.param(
            f"/v1/trusts/{REAL}/actuals/2024",
            leaders_and_rest((69, 452), (1340, 5731)),
            id="actuals",
        ),
        pytest.param(
            f"/v1/trusts/{REAL}/board/2024",
            {
                "source": "Board register",
                "members": [
                    {"voting": True, "executive": True, "ethnic_group": "bme", "headcount": 3}
                ],
            },
            id="board",
        ),
    ],
)
def test_real_figures_are_refused_beside_it(copy: str, path: str, body: dict[str, object]) -> None:
    with _running(copy) as service:
        before = count_everything(copy)

        response = service.send("PUT", path, body)

        assert response.headers["content-type"] == PROBLEM
        assert response.json() == {
            "type": "/problems/synthetic-beside-real",
            "title": "Invented beside real figures",
            "status": 409,
            "detail": "This database holds invented figures; invented and real figures may not"
            " stand beside each other. Use another database.",
            "held": "invented",
        }
        assert count_everything(copy) == before


def test_more_invented_figures_may_stand_beside_it(copy: str) -> None:
    with _running(copy) as service:
        service.trust("ZZ901")

        service.actuals(2024, leaders_and_rest((69, 452), (1340, 5731)))

        assert service.get("/v1/trusts/ZZ901/progress/leadership").status_code == 200


def test_a_token_changes_nothing_about_what_is_invented(copy: str) -> None:
    with _running(copy) as service:
        path = "/v1/trusts/ZZ001/progress"
        headers = service.bearer(Role.AREA, "Y56")

        response = service.client.get(path, headers=headers)

        assert response.content == service.get(path).content


def _running(url: str) -> AbstractContextManager[Service]:
    return setting.running_service(url)
