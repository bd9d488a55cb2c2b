"""Tables to decide on: small trees with counts from nobody to a few dozen, many of them few."""

from collections.abc import Mapping
from typing import Final

from hypothesis import strategies as st

from app.domain.counts import Count
from app.domain.disclosure import Rules
from app.domain.published_groups import BOARD, Group, Tree

TRUST: Final = Tree(
    Group(
        "everybody",
        (
            Group("doctors", (Group("senior"), Group("junior"))),
            Group(
                "others",
                (
                    Group("band", (Group("band/clinical"), Group("band/other"))),
                    Group(
                        "leaders",
                        (
                            Group("low", (Group("low/clinical"), Group("low/other"))),
                            Group("high", (Group("high/clinical"), Group("high/other"))),
                        ),
                    ),
                ),
            ),
        ),
    )
)
"""A trust with few bands, of the same build as real ones."""

TREES: Final = st.sampled_from((TRUST, BOARD))

RULES: Final = st.builds(
    Rules, threshold=st.sampled_from((5, 7, 10)), base=st.sampled_from((1, 5))
)

_PERSONS: Final = st.one_of(st.just(0), st.integers(0, 10), st.integers(0, 60))

COUNTS: Final = st.builds(Count, white=_PERSONS, bme=_PERSONS, unknown=_PERSONS)


def cells_in(tree: Tree) -> st.SearchStrategy[dict[str, Count]]:
    """Return a strategy for the counts of every smallest group of a tree."""
    return st.fixed_dictionaries(dict.fromkeys(sorted(tree.cells[0]), COUNTS))


def revised(cells: Mapping[str, Count]) -> st.SearchStrategy[dict[str, Count]]:
    """Return a strategy for the same counts after a correction of a few of them."""
    changes = st.dictionaries(st.sampled_from(sorted(cells)), COUNTS, min_size=1, max_size=3)
    return changes.map(lambda some: {**cells, **some})


def bme_and_others(**counts: tuple[int, int, int]) -> dict[str, Count]:
    """Return counts of white, BME and unknown persons by smallest group of `TRUST`."""
    return {
        name.replace("_", "/"): Count(white, bme, unknown)
        for name, (white, bme, unknown) in counts.items()
    }
