"""England's answer, cold: every measure of every trust from the database to the caller.

The same cells read with plain SQL, and nothing made of them, are the floor beside it.
"""

import sqlite3
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from shutil import copyfile

import pytest
from pytest_benchmark.fixture import BenchmarkFixture
from sqlmodel import Session
from starlette.testclient import TestClient

from app.demonstration.values import CENSUS_YEARS
from app.domain.areas import Boundaries
from app.domain.callers import ANONYMOUS, COMMAND_LINE
from app.domain.measures import Measure
from app.domain.public_areas import PublicAreaReport
from app.main import create_app, read_clock
from app.services.area_scenes import AreaInquiry
from app.services.areas import ENGLAND, report_area
from app.services.demonstration import load_demonstration, make_demonstration
from app.services.public_areas import show_area
from app.services.register import load_register
from app.services.releases import ReleaseDraft, release_census
from app.settings import Settings
from app.store import schema
from app.store.engine import build_engine, reading, writing
from tests.origins import ORIGIN

GROUP = "England cold: 204 trusts, 13 measures, 10 censuses"

CELLS = "SELECT ods_code, year, staff_group, band, white, bme, unknown FROM headcount"

ROWS = 204 * len(Measure)


@pytest.fixture(scope="module")
def file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A SQLite file that holds the demonstration set."""
    file = tmp_path_factory.mktemp("areas") / "parity.sqlite3"
    schema.upgrade(f"sqlite:///{file}")
    engine = build_engine(f"sqlite:///{file}")
    with writing(engine, ORIGIN) as session:
        load_register(session, by=COMMAND_LINE, now=read_clock())
        load_demonstration(session, make_demonstration(), by=COMMAND_LINE, now=read_clock())
    engine.dispose()
    return file


@pytest.fixture
def session(file: Path) -> Iterator[Session]:
    engine = build_engine(f"sqlite:///{file}")
    with reading(engine) as session:
        yield session
    engine.dispose()


@pytest.fixture(scope="module")
def released(file: Path) -> Iterator[Session]:
    """A session on the demonstration set with every census released."""
    copy = file.with_name("released.sqlite3")
    copyfile(file, copy)
    engine = build_engine(f"sqlite:///{copy}")
    with writing(engine) as session:
        for year in CENSUS_YEARS:
            draft = ReleaseDraft(year, f"WRES {year}")
            release_census(session, draft=draft, caller=COMMAND_LINE, now=read_clock())
    with reading(engine) as session:
        yield session
    engine.dispose()


@pytest.fixture
def client(file: Path) -> Iterator[TestClient]:
    app = create_app(Settings(database_url=f"sqlite:///{file}"))
    with TestClient(app) as client:
        yield client


@pytest.mark.benchmark(group=GROUP)
def test_the_cells_alone_with_plain_sql(benchmark: BenchmarkFixture, file: Path) -> None:
    connection = sqlite3.connect(file)

    cells = benchmark(lambda: connection.execute(CELLS).fetchall())

    connection.close()
    assert len(cells) > 60_000


@pytest.mark.benchmark(group=GROUP)
@pytest.mark.parametrize("boundaries", Boundaries)
def test_the_report(benchmark: BenchmarkFixture, session: Session, boundaries: Boundaries) -> None:
    inquiry = AreaInquiry(boundaries=boundaries)

    report = benchmark(
        lambda: report_area(
            session, code=ENGLAND, inquiry=inquiry, caller=ANONYMOUS, now=read_clock()
        )
    )

    assert len(report.rows) >= 201 * len(Measure)


@pytest.mark.benchmark(group=GROUP)
def test_the_answer_over_http(benchmark: BenchmarkFixture, client: TestClient) -> None:
    answer = benchmark(lambda: client.get("/v1/england/progress"))

    assert len(answer.json()["rows"]) == ROWS


@pytest.mark.benchmark(group=GROUP)
def test_the_answer_as_csv_over_http(benchmark: BenchmarkFixture, client: TestClient) -> None:
    answer = benchmark(lambda: client.get("/v1/england/progress", headers={"Accept": "text/csv"}))

    assert len(answer.text.splitlines()) == 1 + ROWS


@pytest.mark.benchmark(group=GROUP)
def test_one_measure_over_http(benchmark: BenchmarkFixture, client: TestClient) -> None:
    answer = benchmark(lambda: client.get("/v1/england/progress?measure=leadership"))

    assert len(answer.json()["rows"]) == 204


@pytest.mark.benchmark(group=GROUP)
def test_the_report_for_everybody(benchmark: BenchmarkFixture, released: Session) -> None:
    anybody = replace(ANONYMOUS, sees_invented=False)

    report = benchmark(
        lambda: show_area(
            released, code=ENGLAND, inquiry=AreaInquiry(), caller=anybody, now=read_clock()
        )
    )

    assert isinstance(report, PublicAreaReport)
    assert len(report.rows) == ROWS
