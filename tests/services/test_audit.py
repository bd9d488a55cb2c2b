"""Every change is entered, and nothing can be changed behind it unseen."""

import pytest
from sqlalchemy import Engine

from app.domain.audit import Head
from app.domain.audit_checks import AuditFinding, AuditFindingCode
from app.domain.measures import Measure
from app.services.audit import export_audit, verify_audit
from app.store.engine import reading
from tests.given import Given

Code = AuditFindingCode


@pytest.fixture
def filled(engine: Engine) -> Engine:
    """A database in which a little of most things is held."""
    given = Given(engine)
    given.register()
    given.actuals("ZZ901", 2022)
    given.actuals("ZZ901", 2024)
    given.actuals("ZZ901", 2024, {("clinical", "8a"): (300, 70, 0)})
    given.board("ZZ901", 2024)
    given.indicators("ZZ901", 2024)
    given.target("ZZ901", Measure.LEADERSHIP, "2022-2025", goal_share="0.2000")
    given.token("national")
    return engine


def findings(engine: Engine, expected: Head | None = None) -> list[AuditFinding]:
    with reading(engine) as session:
        return list(verify_audit(session, expected=expected).findings)


def test_what_the_service_stores_holds(filled: Engine) -> None:
    assert findings(filled) == []
