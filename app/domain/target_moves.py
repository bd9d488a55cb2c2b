"""The life of a version of a target: the moves that are allowed, in one table."""

from collections.abc import Mapping
from dataclasses import dataclass

from app.domain.codes import TargetState
from app.domain.records import Record

MOVES: Mapping[TargetState, tuple[TargetState, ...]] = {
    TargetState.DRAFT: (TargetState.SUBMITTED, TargetState.WITHDRAWN),
    TargetState.SUBMITTED: (
        TargetState.REVIEWED,
        TargetState.RETURNED,
        TargetState.SUPERSEDED,
        TargetState.WITHDRAWN,
    ),
    TargetState.RETURNED: (
        TargetState.REVIEWED,
        TargetState.SUPERSEDED,
        TargetState.WITHDRAWN,
    ),
    TargetState.REVIEWED: (TargetState.SUPERSEDED, TargetState.WITHDRAWN),
    TargetState.SUPERSEDED: (),
    TargetState.WITHDRAWN: (),
}
"""What each state can become. A version begins as a draft; nothing else begins one."""

IN_FORCE = frozenset({TargetState.SUBMITTED, TargetState.REVIEWED, TargetState.RETURNED})
"""States in which a version counts: it does from when it is submitted, reviewed or not."""


@dataclass(frozen=True, slots=True)
class Move:
    """One step in the life of a version.

    Attributes:
        state: What the version became.
        record: When, by whom, and the comment that went with it.
    """

    state: TargetState
    record: Record
