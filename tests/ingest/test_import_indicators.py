"""What is read from tables of indicators, in both layouts."""

from datetime import date
from decimal import Decimal

import pytest

from app.domain.bands import Band, EthnicGroup, StaffGroup
from app.domain.imports import ImportKind
from app.domain.indicators import Answers, Period, Pool, Sent, SentPart, SentPools, SentSurvey
from app.ingest.layouts.common import Defaults
from app.ingest.layouts.sent_indicators import SentIndicators
from tests.ingest.meant_files import Meant, read
from tests.ingest.meant_indicators import HEADINGS, WIDE_HEADINGS, pool

WHITE, BME, UNKNOWN = EthnicGroup
YEAR = Period(date(2023, 4, 1), date(2024, 3, 31))


def read_one(*content: str, defaults: Defaults | None = None) -> SentIndicators:
    case = Meant(
        "indicators", content, kind=ImportKind.INDICATORS, defaults=defaults or Defaults()
    )
    (sent,) = read(case).sent
    assert isinstance(sent, SentIndicators)
    return sent


APPOINTMENTS = SentPools(
    YEAR,
    {WHITE: Pool(400, 100), BME: Pool(200, 20), UNKNOWN: Pool(9, 1)},
    (
        SentPart(
            StaffGroup.CLINICAL,
            Band.BAND_8A,
            {WHITE: Pool(40, 10), BME: Pool(20, 2), UNKNOWN: Pool()},
        ),
    ),
)


@pytest.mark.parametrize(
    "content",
    [
        pytest.param(
            (
                HEADINGS,
                # A part may stand above everybody, and totals are everybody.
                pool("40,10,,", whose="Clinical,Band 8a"),
                pool("400,100,,", whose="All staff,All bands"),
                pool("20,2,,", whose="Clinical,Band 8a", group="BME"),
                pool("200,20,,", group="BME"),
                pool("9,1,,", group="Not known"),
            ),
            id="long",
        ),
        pytest.param(
            (
                WIDE_HEADINGS.replace("Period starts", "Staff group,Band,Period starts"),
                "ZZ901,2024,2,,,2023-04-01,2024-03-31,400,100,200,20,9,1",
                "ZZ901,2024,2,Clinical,8a,2023-04-01,2024-03-31,40,10,20,2,0,0",
            ),
            id="wide",
        ),
    ],
)
def test_pools_are_read_in_both_layouts(content: tuple[str, ...]) -> None:
    assert read_one(*content).to_sent() == {2: APPOINTMENTS}


@pytest.mark.parametrize(
    "content",
    [
        pytest.param(
            (
                "Indicator,Ethnicity,From,To,Respondents,Share",
                "Indicator 7,White,2023-04-01,2024-03-31,500,25%",
                "7.0,BME,2023-04-01,2024-03-31,8,[c]",
            ),
            id="long",
        ),
        pytest.param(
            (
                (
                    "Indicator,From,To,White respondents,White %,BME respondents,BME %,Unknown"
                    " respondents,Unknown %"
                ),
                "7,2023-04-01,2024-03-31,500,0.25,8,*,0,",
            ),
            id="wide",
        ),
    ],
)
def test_answers_are_read_in_both_layouts_and_a_mark_says_that_a_share_was_not_told(
    content: tuple[str, ...],
) -> None:
    told: Sent = {
        7: SentSurvey(
            YEAR, {WHITE: Answers(500, Decimal("0.25")), BME: Answers(8), UNKNOWN: Answers()}
        )
    }

    sent = read_one(*content, defaults=Defaults("ZZ901", 2024, "NSS"))

    assert sent.to_sent() == told
    assert (sent.ods_code, sent.year, sent.said.source) == ("ZZ901", 2024, "NSS")


def test_a_file_may_hold_pools_and_answers_beside_each_other() -> None:
    sent = read_one(
        HEADINGS,
        *(
            pool("40,4,,", number=number, group=group)
            for number in "34"
            for group in ("BME", "White")
        ),
        *(
            pool(",,40,0.1", number=number, group=group)
            for number in "5678"
            for group in ("BME", "White")
        ),
    )

    assert list(sent.to_sent()) == [3, 4, 5, 6, 7, 8]
