"""The two column types of our own: instants and exact shares."""

from datetime import UTC, datetime, timedelta, timezone
from decimal import Decimal

import pytest
from sqlalchemy import insert, select, text, update
from sqlmodel import Session, col

from app.store.rows import ActualsRevisionRow, TargetVersionRow, TokenRow, table_of
from tests.store.rows_to_try import AT, fill, good


@pytest.fixture
def held(session: Session) -> Session:
    """A session in which every table has a good row."""
    fill(session)
    return session


@pytest.mark.parametrize(
    "instant",
    [
        pytest.param(AT, id="whole"),
        pytest.param(AT.replace(microsecond=123_456), id="with microseconds"),
        pytest.param(AT.astimezone(timezone(timedelta(hours=-5))), id="elsewhere"),
        pytest.param(datetime(2026, 7, 1, tzinfo=timezone(timedelta(hours=1))), id="in summer"),
    ],
)
def test_an_instant_comes_back_in_utc(held: Session, instant: datetime) -> None:
    held.execute(update(ActualsRevisionRow).values(recorded_at=instant))

    found = held.execute(select(col(ActualsRevisionRow.recorded_at))).scalar_one()

    assert (found, found.tzinfo) == (instant, UTC)


def test_instants_compare_in_the_database(held: Session) -> None:
    later = (AT + timedelta(microseconds=1)).astimezone(timezone(timedelta(hours=9)))
    query = select(col(ActualsRevisionRow.year))
    recorded = col(ActualsRevisionRow.recorded_at)

    assert held.execute(query.where(recorded <= AT)).all()
    assert held.execute(query.where(recorded < later)).all()
    assert not held.execute(query.where(recorded >= later)).all()


def test_a_missing_instant_stays_missing(held: Session) -> None:
    assert held.execute(select(col(TokenRow.expires_at))).scalar_one() is None


def store_edit(session: Session, **values: object) -> None:
    """Store a second edit of the target's version."""
    row = good(table_of(TargetVersionRow)) | {"edit": 2} | values
    session.execute(insert(TargetVersionRow).values(row))


@pytest.mark.parametrize("share", ["0.0000", "0.0001", "0.1800", "0.2900", "0.5799", "1.0000"])
def test_a_share_comes_back_exactly(held: Session, share: str) -> None:
    store_edit(held, goal_share=Decimal(share))

    query = select(col(TargetVersionRow.goal_share)).where(col(TargetVersionRow.edit) == 2)
    found = held.execute(query).scalar_one()

    assert (found, str(found)) == (Decimal(share), share)


def test_a_share_is_kept_in_ten_thousandths(held: Session) -> None:
    query = text("SELECT goal_share, reference_share FROM target_version")

    found = held.execute(query).one()

    assert tuple(found) == (1800, None)
    assert held.execute(select(col(TargetVersionRow.reference_share))).scalar_one() is None
