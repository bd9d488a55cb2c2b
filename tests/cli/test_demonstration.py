from sqlalchemy import Engine

from app.domain.callers import ANONYMOUS
from app.services.held_actuals import list_actuals
from app.store.engine import reading
from tests.cli.parity import Parity
from tests.given import START, Given


def test_the_demonstration_set_is_loaded_once_and_its_progress_shown(
    parity: Parity, engine: Engine
) -> None:
    first = parity("demo", "load"), parity.out, parity.err
    second = parity("demo", "load"), parity.out, parity.err

    with reading(engine) as session:
        held = list_actuals(session, ods_code="ZZ001", as_of=None, caller=ANONYMOUS, now=START)
    assert [one.year for one in held] == list(range(2016, 2026))
    bar = "━" * 40
    assert first == (
        0,
        "Loaded the demonstration set.\n",
        f"Loading invented trusts {bar} 217/217\n",
    )
    assert second == (0, "Everything was held before.\n", "")


def test_the_demonstration_set_is_refused_beside_figures_of_real_trusts(
    parity: Parity, given: Given
) -> None:
    given.actuals("RZ1", 2024)
    before = given.count_rows()

    told = parity.fail("demo", "load")

    assert told == (
        "synthetic_beside_real: This database holds real figures; invented and real figures may"
        " not stand beside each other. Use another database.\n"
    )
    assert given.count_rows() == before
