"""The report of a census: who is told what, and that it hides what is hidden."""

import re
from datetime import UTC, date, datetime

import pytest
from sqlalchemy import Engine

from app.documents.annual_report import (
    EXACT,
    AnnualReport,
    tell_annual_report,
    typeset_annual_report,
)
from app.domain.callers import ANONYMOUS, COMMAND_LINE, Caller, Role
from app.domain.codes import Reason
from app.domain.errors import TokenInvalid
from app.services.annual_reports import AnnualFigures, report_census
from app.store.engine import reading
from tests.api.comparing import staff
from tests.api.public import LARGE, SMALL
from tests.given import Given
from tests.printed import read_pdf

NOW = datetime(2026, 11, 23, 9, tzinfo=UTC)
NORTH = Caller("region", Role.AREA, frozenset({"Y63"}), day=NOW.date())


@pytest.fixture
def given(engine: Engine) -> Given:
    """Two real trusts, one of which hides its leadership, and a small register."""
    given = Given(engine)
    given.register()
    for year in (2024, 2025):
        given.actuals("RZ1", year, LARGE[year - 2021])
        given.actuals("RZ2", year, SMALL[year - 2021])
        given.signed_off("RZ1", year, on=date(year, 7, 1))
    return given


def find(engine: Engine, year: int = 2025, caller: Caller = ANONYMOUS) -> AnnualFigures:
    with reading(engine) as session:
        return report_census(session, year=year, as_of=None, caller=caller, now=NOW)


def tell(engine: Engine, year: int = 2025, caller: Caller = ANONYMOUS) -> AnnualReport:
    return tell_annual_report(find(engine, year, caller))


def words(report: AnnualReport) -> str:
    """Return all that a report says, read back from print."""
    return " ".join(read_pdf(typeset_annual_report(report)).words)


def test_before_anything_is_released_there_is_nothing_for_everybody(
    engine: Engine, given: Given
) -> None:
    del given
    with pytest.raises(TokenInvalid):
        find(engine)
    report = tell(engine, caller=COMMAND_LINE)

    assert report.marks == [EXACT]
    assert "104 115" not in words(report)
    assert "Leadership 57 435 13.1%" in words(report)


def test_everybody_is_told_released_figures_and_why_the_rest_is_missing(
    engine: Engine, given: Given
) -> None:
    for year in (2024, 2025):
        given.released(year)
    figures = find(engine)
    report = tell_annual_report(figures)
    text = words(report)

    assert figures.is_controlled
    assert figures.indicators is Reason.NOT_PUBLISHED
    assert report.marks == ["Released figures, rounded; small numbers are hidden."]
    assert "Leadership hidden hidden hidden hidden –" in text
    assert "Workforce 960 4,505" in text
    assert "Indicators 2 to 8 of all trusts together are missing here" in text
    assert "2. Appointed from shortlisting (white over BME) not public not public" in text
    assert "Release 1 of the census, “WRES 2025”" in text
    assert "Who is missing is named once the census is published." in text
    assert "London 1 of 1" in text


def test_where_a_sum_is_hidden_the_trusts_that_show_theirs_are_told_of(
    engine: Engine, given: Given
) -> None:
    for place in range(19):
        given.trust(f"RY{place:02}")
        given.actuals(f"RY{place:02}", 2025, LARGE[4])
    given.trust("RX1")
    given.actuals("RX1", 2025, staff((1, 3), (2, 9)))
    given.board("RZ1", 2025)
    given.released(2025)
    report = tell(engine)
    text = words(report)

    assert report.summary[0] == (
        "In the 20 of 22 trusts that show theirs, 16.3% of leadership was BME at the census of"
        " 31 March 2025."
    )
    assert "Leadership hidden hidden 16.3%† – –" in text
    assert (
        "† Leadership: in the 20 of 22 trusts that show theirs; the others are mostly small, or"
        " have few BME people."
    ) in text
    assert "London 21 of 21 21.1%† 16.3%† – hidden" in text
    assert "† In the trusts that show theirs; see above." in text
    assert "9. BME share of the board minus that of the workforce hidden –" in text


def test_a_census_of_which_nothing_is_released_says_so(engine: Engine, given: Given) -> None:
    given.released(2024)
    text = words(tell(engine))

    assert "No figures of the census of 31 March 2025 can be told yet." in text
    assert "No trust's figures of the census of 31 March 2025 are held." in text


def test_a_report_for_everybody_holds_nothing_that_is_hidden(engine: Engine, given: Given) -> None:
    for year in (2024, 2025):
        given.released(year)
    # 5 of the small trust's 114 and 115 leaders are BME; England's are those and the large one's.
    secrets = re.compile(r"\b(57|54|434|435|114|115)\b|12\.4%|13\.1%|4\.[34]%")

    public, exact = (
        read_pdf(typeset_annual_report(tell(engine, caller=caller)))
        for caller in (ANONYMOUS, COMMAND_LINE)
    )

    assert not [one for one in public.words if secrets.search(one)]
    assert "of 435" not in public.everything
    assert secrets.search(" ".join(exact.words))


def test_who_is_missing_is_named_to_whom_it_may_be(engine: Engine, given: Given) -> None:
    given.released(2025)
    region = words(tell(engine, caller=NORTH))
    national = words(tell(engine, 2024, caller=COMMAND_LINE))

    assert "1 of 1 trusts of your area have sent the actuals of the census." in region
    assert "2 of 3 trusts have sent the actuals of the census. These have not:" in national
    assert "• Old Example NHS Trust (RZ0)" in national


def test_an_invented_census_is_open_and_says_so(engine: Engine) -> None:
    given = Given(engine)
    given.register()
    for year in (2024, 2025):
        given.actuals("ZZ901", year, LARGE[year - 2021])
        given.board("ZZ901", year)
    pools = {2: ((400, 100), (200, 20)), 3: ((200, 0), (100, 4)), 4: ((200, 9), (0, 0))}
    surveys = {5: ((500, "0.25"), (100, "0.30")), 7: ((500, "0.60"), (100, "0.50"))}
    given.indicators("ZZ901", 2025, pools, surveys)
    report = tell(engine)
    text = words(report)

    assert report.marks == ["Synthetic: these figures are invented, for demonstration."]
    assert "Leadership 52 320 16.3%" in text
    for row in (
        "2. Appointed from shortlisting (white over BME) 2.50 (1.60 to 3.92) not sent",
        "3. Entering the formal disciplinary process (BME over white) 17.96* (",
        "4. Non-mandatory training and development (white over BME) no people not sent",
        "(BME minus white) +5.0 points (",
        "(white minus BME) +10.0 points (",
        "8. Discriminated against by manager, team leader or colleagues (BME minus white) not",
        "9. BME share of the board minus that of the workforce +3.9 points",
    ):
        assert row in text
