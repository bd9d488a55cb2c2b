"""Summaries of revisions: they say what the rows say, whichever release stored these."""

from random import Random
from typing import Final

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import Engine, delete, insert, select
from sqlmodel import Session

from app.domain.area_units import Sent
from app.domain.panels import Censuses
from app.store import schema, summaries
from app.store.areas import read_sent
from app.store.engine import build_engine, reading, writing
from app.store.revisions import Values
from app.store.rows import Row
from app.store.summaries import BOARDS, STAFF, Packed, enter
from tests.given import Given
from tests.store.rows_to_try import GOOD

BEFORE = "5e9d3b7a1c48"
"""The schema of the release before there were summaries."""

CENSUS = {("clinical", "8a"): (340, 61, 0), ("medical", "consultant"): (90, 71, 2)}
FEWER = {("clinical", "8a"): (339, 61, 0)}
BOARD = {(True, True): (5, 1, 0), (True, False): (6, 1, 1), (False, True): (2, 0, 0)}
CODES = ["ZZ901", "ZZ902"]
YEARS = [2022, 2023, 2025]

CENSUSES: Final = st.dictionaries(
    st.tuples(st.sampled_from(CODES), st.sampled_from(YEARS)),
    st.dictionaries(
        st.sampled_from(sorted(STAFF.slots)), st.tuples(*[st.integers(0, 10**6)] * 3), max_size=4
    ),
)
"""Persons by ethnic group in cells of trusts' censuses."""


def fill(engine: Engine) -> None:
    """Store revisions of headcounts and boards, of which some are not the newest."""
    given = Given(engine)
    given.register()
    given.actuals("ZZ901", 2022, CENSUS)
    given.actuals("ZZ901", 2023, CENSUS)
    given.actuals("ZZ901", 2023, FEWER)
    given.actuals("ZZ902", 2023, FEWER)
    given.board("ZZ901", 2023, BOARD)
    given.board("ZZ902", 2023)


def forget(session: Session) -> None:
    """Remove every summary, as if a release before them had stored everything."""
    for of in (STAFF, BOARDS):
        session.execute(delete(of.summaries))


def said(sent: Sent) -> tuple[object, ...]:
    return sent.codes, sent.years, sent.counts.tolist(), sent.staff, sent.boards


def test_what_a_release_without_summaries_stored_is_put_together_from_its_rows(
    engine: Engine,
) -> None:
    fill(engine)

    with writing(engine) as session:
        summarised = read_sent(session, CODES)
        session.execute(delete(STAFF.summaries).where(STAFF.summaries.c.year == 2022))
        partly = read_sent(session, CODES)
        forget(session)
        together = read_sent(session, CODES)
        session.rollback()

    assert said(summarised) == said(partly) == said(together)
    assert np.sum(summarised.counts) == (340 + 61 + 90 + 71 + 2) + 2 * 400 + 16 + 12


def test_a_database_that_is_upgraded_gets_the_summaries_that_it_would_have_stored(
    empty_database_url: str,
) -> None:
    schema.upgrade(empty_database_url, BEFORE)
    engine = build_engine(empty_database_url)
    with writing(engine) as session:
        for table in Row.metadata.sorted_tables:
            if table.name in GOOD and table.name not in {"actuals_summary", "board_summary"}:
                session.execute(insert(table), GOOD[table.name])

    schema.upgrade(engine)

    with reading(engine) as session:
        for of in (STAFF, BOARDS):
            assert list(summaries.find_untrue(session, of)) == []
            rows = session.execute(select(*of.summaries.c)).mappings()
            assert [dict(row) for row in rows] == GOOD[of.summaries.name]
    engine.dispose()


def test_a_revision_without_anybody_has_an_empty_summary() -> None:
    key: Values = {"ods_code": "ZZ901", "year": 2023, "revision": 1}

    assert summaries.summarise(key, []) == key | {"cells": "", "people": ""}


def test_a_summary_whose_two_texts_do_not_fit_is_untrue(engine: Engine) -> None:
    fill(engine)

    for wrong in ("1 2", "1 2 3 4 5 6 7 8 9", "340 61 0 90 71 3"):
        with writing(engine) as session:
            at = STAFF.summaries
            session.execute(at.update().where(at.c.year == 2022).values(people=wrong))
            assert list(summaries.find_untrue(session, STAFF)) == [("ZZ901", 2022, 1)]
            session.rollback()


@given(CENSUSES, st.randoms(use_true_random=False))
def test_people_are_entered_where_they_belong_in_whichever_order_they_come(
    held: dict[tuple[str, int], dict[str, tuple[int, int, int]]], random: Random
) -> None:
    told: list[Packed] = [
        (code, year, ",".join(cells), " ".join(f"{w} {b} {u}" for w, b, u in cells.values()))
        for (code, year), cells in held.items()
    ]
    random.shuffle(told)
    counts = Censuses.empty(len(CODES), YEARS).counts
    expected = counts.copy()
    for (code, year), cells in held.items():
        for name, people in cells.items():
            expected[CODES.index(code), YEARS.index(year), STAFF.slots[name]] = people

    enter(counts, told, STAFF, CODES, YEARS)

    assert counts.tolist() == expected.tolist()
