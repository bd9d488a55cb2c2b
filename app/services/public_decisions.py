"""What is hidden of trusts' released figures."""

from collections.abc import Mapping

from sqlmodel import Session

from app.domain.area_units import Sent
from app.domain.counts import Count
from app.domain.disclosure import Decision, Rules
from app.domain.panels import BME, PAIR_SLOT, SEAT_SLOT, UNKNOWN, WHITE
from app.domain.published_groups import BOARD, WORKFORCE, board_cells, workforce_cells
from app.domain.releases import Published
from app.domain.suppression import decide


def read_decisions(
    session: Session,
    sent: Sent,
    published: Mapping[tuple[str, int], Published],
    *,
    of_board: bool,
) -> dict[tuple[str, int], Decision]:
    """Return what is hidden of released returns, by trust and census."""
    place = {code: i for i, code in enumerate(sent.codes)}
    at = {year: i for i, year in enumerate(sent.years)}
    found = {}
    for key, one in published.items():
        if one.release.is_exact:
            continue
        slots = sent.counts[place[key[0]], at[key[1]]].astype(int)

        def count(slot: int) -> Count:
            return Count(int(slots[slot, WHITE]), int(slots[slot, BME]), int(slots[slot, UNKNOWN]))

        if of_board:
            cells = board_cells({kind: count(slot) for kind, slot in SEAT_SLOT.items()})
            found[key] = decide(BOARD, cells, Rules())
        else:
            cells = workforce_cells({pair: count(slot) for pair, slot in PAIR_SLOT.items()})
            found[key] = decide(WORKFORCE, cells, Rules())
    return found
