"""Exact headcounts, for those who may read them."""

import pytest
from sqlalchemy import Engine

from app.domain.callers import ANONYMOUS, COMMAND_LINE
from app.domain.errors import TokenInvalid
from app.domain.public_tables import PublicTable
from app.services.held_actuals import get_actuals, read_actuals
from app.services.releases import ReleaseDraft, release_census
from app.store.engine import reading, writing
from tests.given import START, Given
from tests.origins import ORIGIN


def test_what_is_public_under_control_is_not_had_exactly(engine: Engine) -> None:
    given = Given(engine)
    given.register()
    given.actuals("RZ1", 2024)
    with writing(engine, ORIGIN) as session:
        draft = ReleaseDraft(2024, "WRES 2024")
        release_census(session, draft=draft, caller=COMMAND_LINE, now=START)

    with reading(engine) as session:
        public = read_actuals(
            session, ods_code="RZ1", year=2024, as_of=None, caller=ANONYMOUS, now=START
        )
        with pytest.raises(TokenInvalid):
            get_actuals(
                session, ods_code="RZ1", year=2024, as_of=None, caller=ANONYMOUS, now=START
            )

    assert isinstance(public, PublicTable)
