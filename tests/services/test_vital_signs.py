"""What whoever runs the service watches of what it is there for."""

from sqlalchemy import Engine

from app.services.vital_signs import read_vital_signs
from app.store.engine import reading
from tests.given import SETUP, START, Given


def test_what_was_read_stands_until_something_changes(engine: Engine) -> None:
    given = Given(engine)
    given.register()
    with reading(engine) as session:
        first = read_vital_signs(session, now=START)
        second = read_vital_signs(session, now=START, known=first)
    given.actuals("ZZ901", 2026)
    with reading(engine) as session:
        third = read_vital_signs(session, now=START, known=second)

    assert second is first
    assert (first.newest_actuals, first.returns[2026].sent) == (None, 0)
    assert third.newest_actuals is not None
    assert third.newest_actuals >= SETUP
    assert (third.returns[2026].sent, set(third.returns)) == (1, {2025, 2026})
    assert third.changes == first.changes + 1
