"""What a measure is held against, in the years to come.

Source:
    docs/methods/1.md, section 4: the reference group's own forecast, or its fixed share.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from app.domain.codes import Caution, Reason, WarningCode
from app.domain.counts import Count
from app.domain.measures import ReferenceKind, Scope, reference_group
from app.domain.methods import Method
from app.domain.progress import Parity
from app.domain.series import History

FIXED_SHARES = frozenset({ReferenceKind.FIXED, ReferenceKind.OWN_WORKFORCE_AT_BASELINE})
"""References that are a share, not a group."""


@dataclass(frozen=True, slots=True)
class ReferenceShares:
    """The shares of a reference.

    Attributes:
        kind: Which reference it is.
        by_year: Share by census year: as counted at the last census in common with the
            measure, else the median of the forecast.
        caution: The warning that goes with a forecast from few censuses.
    """

    kind: ReferenceKind
    by_year: Mapping[int, float]
    caution: Caution | None = None


def expect_reference(
    parity: Parity, scope: Scope, staff: History, method: Method, years: Sequence[int]
) -> ReferenceShares | Reason:
    """Return the shares of a measure's reference, or why there are none.

    Args:
        parity: Of the measure: what it is held against.
        scope: The measure.
        staff: The censuses of headcounts, in which the reference is counted.
        method: What the reference is forecast with.
        years: Census years, none before the measure's last census.
    """
    now = parity.reference_share
    if now is None:
        return Reason.NO_PEOPLE
    if parity.reference in FIXED_SHARES:
        return ReferenceShares(parity.reference, dict.fromkeys(years, now))
    counts = _counts(scope, parity.reference, staff)
    bme, total = zip(*((count.bme, count.total) for count in counts.values()), strict=True)
    walks = method.fit(list(counts), [bme], [total])
    censuses = int(walks.censuses[0])
    if censuses < method.thresholds.min_censuses:
        return Reason.TOO_FEW_YEARS
    # A census that the reference has and the measure has not is where its forecast starts.
    ahead = np.maximum(np.asarray(years) - walks.last_year[0], 0)
    medians = method.forecast(walks, ahead).median[0]
    by_year = {
        year: now if year == parity.census else float(median)
        for year, median in zip(years, medians, strict=True)
    }
    caution = _caution(censuses) if censuses < method.thresholds.indicative_below else None
    return ReferenceShares(parity.reference, by_year, caution)


def _caution(censuses: int) -> Caution:
    return Caution(
        WarningCode.INDICATIVE,
        f"Only {censuses} censuses stand behind the forecast of the reference; take the year of"
        " parity as an indication.",
    )


def _counts(scope: Scope, reference: ReferenceKind, staff: History) -> dict[int, Count]:
    """Return the persons of a reference group by census year."""
    pairs = reference_group(scope, reference)
    return {
        year: Count.sum(c for pair, c in joined.headcounts.items() if pair in pairs)
        for year, joined in sorted(staff.censuses.items())
    }
