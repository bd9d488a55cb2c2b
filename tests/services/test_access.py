"""Whom a caller is for, where no request says what day it is."""

from datetime import date

import pytest
from sqlalchemy import Engine

from app.domain.callers import COMMAND_LINE, Action, Caller, Role
from app.services.access import may, reaches
from app.store import organisations
from app.store.engine import reading
from tests.given import Given

LONDON = Caller("region", Role.AREA, frozenset({"Y56"}))
TRUST = Caller("trust", Role.TRUST, frozenset({"RZ1"}))


@pytest.fixture
def registered(engine: Engine) -> Engine:
    """A database with a small register, in which RZ1 takes over from RZ2 one day."""
    given = Given(engine)
    given.register()
    given.merger("RZ2", "RZ1", on=date(2099, 4, 1))
    return engine


@pytest.mark.parametrize(
    ("caller", "reached"),
    [
        pytest.param(LONDON, {"RZ1", "RZ0"}, id="trusts in the region, and not its boards"),
        pytest.param(
            TRUST, {"RZ1", "RZ0", "RZ2"}, id="a trust and all that it is known to follow"
        ),
        pytest.param(COMMAND_LINE, {"RZ1", "RZ0", "RZ2", "QMF"}, id="everybody"),
    ],
)
def test_a_caller_without_a_day_is_for_whom_the_newest_facts_say(
    registered: Engine, caller: Caller, reached: set[str]
) -> None:
    with reading(registered) as session:
        held = organisations.list_some(session, ["RZ0", "RZ1", "RZ2", "QMF"])
        found = {c for c, one in held.items() if reaches(session, caller, one.organisation)}

    assert found == reached


def test_a_role_that_reaches_nothing_may_not_do_it_with_its_own_trust_either(
    registered: Engine,
) -> None:
    with reading(registered) as session:
        trust = organisations.get_trust(session, "RZ1")

        assert may(session, TRUST, Action.SIGN_OFF, trust)
        assert not may(session, TRUST, Action.REVIEW_TARGETS, trust)
