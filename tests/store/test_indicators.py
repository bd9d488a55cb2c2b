"""Indicators in the database: what comes back, and what the database refuses to change."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from sqlalchemy import Engine, insert, text
from sqlalchemy.exc import IntegrityError
from sqlmodel import Session

from app.domain.bands import Band, EthnicGroup, StaffGroup
from app.domain.codes import Caution, WarningCode
from app.domain.indicators import (
    WHOLE,
    Answers,
    Indicators,
    IndicatorsRevision,
    Period,
    Pool,
    PoolIndicator,
    Pools,
    SurveyIndicator,
)
from app.domain.records import Author, Record
from app.store import indicators
from app.store.engine import writing
from app.store.rows import Row
from tests.store.rows_to_try import AT, GOOD, fill

TABLES = ("indicator_revision", "indicator_warning", "indicator_pool", "indicator_survey")

LATER = datetime(2026, 11, 24, tzinfo=UTC)

YEAR = Period(date(2023, 4, 1), date(2024, 3, 31))
AUTUMN = Period(date(2023, 10, 1), date(2023, 11, 30))

FULL = Indicators(
    "ESR",
    "Two services left out",
    {
        2: PoolIndicator(
            YEAR,
            {
                WHOLE: Pools(Pool(400, 100), Pool(200, 20), Pool(9, 0)),
                (StaffGroup.MEDICAL, None): Pools(Pool(40, 10)),
                (StaffGroup.CLINICAL, Band.BAND_8A): Pools(Pool(0, 0), Pool(3, 3)),
            },
        ),
        3: PoolIndicator(AUTUMN, {WHOLE: Pools(Pool(400, 0), Pool(200, 1))}),
    },
    {
        5: SurveyIndicator(
            AUTUMN,
            {
                EthnicGroup.WHITE: Answers(512, Decimal("0.2530")),
                EthnicGroup.BME: Answers(8, None),
                EthnicGroup.UNKNOWN: Answers(20, Decimal("0.0000")),
            },
        ),
        8: SurveyIndicator(YEAR, {EthnicGroup.WHITE: Answers(1, Decimal("1.0000"))}),
    },
)

CAUTIONS = (Caution(WarningCode.RATIO_INVERTED, "So."), Caution(WarningCode.PROVISIONAL, "So."))


def revision(
    number: int = 1, *, code: str = "ZZ901", sent: Indicators = FULL, at: datetime = AT
) -> IndicatorsRevision:
    reason = "Corrected" if number > 1 else None
    record = Record(at, Author("a lead", "national"), reason)
    return IndicatorsRevision(code, 2024, number, sent, record, CAUTIONS)


@pytest.fixture
def registered(session: Session) -> Session:
    """A session on a database with two trusts and a census."""
    fill(session, before="indicator_revision")
    return session


def test_what_is_stored_comes_back_whole(registered: Session) -> None:
    indicators.add(registered, revision())

    assert indicators.find(registered, "ZZ901", 2024) == revision()
    assert indicators.of_trusts(registered, ["ZZ901", "ZZ902"]) == [revision()]
    assert indicators.find(registered, "ZZ902", 2024) is None
    assert indicators.find(registered, "ZZ901", 2023) is None


def test_the_newest_revision_counts_as_of_an_instant(registered: Session) -> None:
    newer = revision(2, sent=Indicators("ESR", None, {3: FULL.pools[3]}), at=LATER)

    indicators.add_many(registered, [revision(), newer, revision(code="ZZ902")])

    assert indicators.find(registered, "ZZ901", 2024) == newer
    assert indicators.find(registered, "ZZ901", 2024, as_of=AT) == revision()
    assert indicators.of_census(registered, ["ZZ902", "ZZ901"], 2024) == [
        newer,
        revision(code="ZZ902"),
    ]


def test_it_is_known_whose_indicators_are_held(registered: Session) -> None:
    before = indicators.holds_any(registered, synthetic=True)

    indicators.add(registered, revision())

    assert (before, indicators.holds_any(registered, synthetic=True)) == (False, True)
    assert not indicators.holds_any(registered, synthetic=False)


@pytest.mark.parametrize("statement", ["UPDATE {} SET ods_code = ods_code", "DELETE FROM {}"])
def test_no_row_is_changed_or_deleted(engine: Engine, statement: str) -> None:
    with writing(engine) as session:
        fill(session)

    for name in TABLES:
        with pytest.raises(IntegrityError) as caught, writing(engine) as session:
            session.execute(text(statement.format(name)))
        diagnosis = getattr(caught.value.orig, "diag", None)
        said = str(caught.value.orig) if diagnosis is None else diagnosis.message_primary
        assert said == f"rows of {name} are never changed"


def test_no_table_is_emptied_at_once_or_row_replaced(engine: Engine) -> None:
    with writing(engine) as session:
        fill(session)

    for name in TABLES:
        row = insert(Row.metadata.tables[name]).values(GOOD[name][-1])
        statement = (
            row.prefix_with("OR REPLACE")
            if engine.dialect.name == "sqlite"
            else text(f"TRUNCATE {name} CASCADE")
        )
        with pytest.raises(IntegrityError), writing(engine) as session:
            session.execute(statement)
