from datetime import date

import pytest

from app.demonstration.cast import Cast, Trust
from app.demonstration.chance import Chance
from app.demonstration.organisations import describe
from app.demonstration.values import TrustProfile
from app.domain.organisations import Attribute, Dated, TrustType

OLD = date(2001, 4, 1)
MOVED = TrustProfile(TrustType.ACUTE, "Y58", "QNEW", "QOLD")
STAYED = TrustProfile(TrustType.ACUTE, "Y58", "QNEW", "QNEW")


@pytest.mark.parametrize(
    ("trust", "boards"),
    [
        pytest.param(
            Trust("ZZ001", MOVED, OLD),
            (
                Dated("QOLD", date(2022, 7, 1), date(2026, 3, 31)),
                Dated("QNEW", date(2026, 4, 1)),
            ),
            id="its board changed",
        ),
        pytest.param(
            Trust("ZZ001", MOVED, OLD, date(2024, 9, 30)),
            (Dated("QOLD", date(2022, 7, 1), date(2026, 3, 31)),),
            id="it closed before its board changed",
        ),
        pytest.param(
            Trust("ZZ001", STAYED, OLD),
            (Dated("QNEW", date(2022, 7, 1)),),
            id="its board stayed",
        ),
        pytest.param(
            Trust("ZZ001", MOVED, date(2026, 6, 1)),
            (Dated("QNEW", date(2026, 6, 1)),),
            id="it opened after the change",
        ),
        pytest.param(
            Trust("ZZ001", MOVED, OLD, date(2019, 3, 31)),
            (),
            id="it closed before there were boards",
        ),
        pytest.param(
            Trust("ZZ001", TrustProfile(TrustType.ONLINE, None, None), OLD),
            (),
            id="it is of all England",
        ),
    ],
)
def test_a_trust_has_the_boards_of_its_time(trust: Trust, boards: tuple[Dated, ...]) -> None:
    (described,) = describe(Cast((trust,), (), {}), Chance(1))

    assert described.facts.get(Attribute.ICB, ()) == boards
