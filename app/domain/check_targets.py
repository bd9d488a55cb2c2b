"""Checks of targets: their lives, and their frozen baselines and paths."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from itertools import pairwise

from app.domain.checks import Finding, FindingCode
from app.domain.codes import TargetState
from app.domain.target_moves import MOVES, Move
from app.domain.target_versions import Versions
from app.domain.targets import Baseline, GoalForm, Target


def find_in_life(versions: Versions) -> Iterator[Finding]:
    """Yield what is wrong with the lives of a target's versions."""
    for target in versions.all:
        yield from _find_leaps(_name(target), target.version.moves)
    if not all(one.version.moves for one in versions.all):
        return
    in_force = [one for one in versions.all if one.version.is_in_force]
    if len(in_force) > 1:
        numbers = ", ".join(str(one.version.version) for one in in_force)
        yield Finding(FindingCode.NOT_ONE_IN_FORCE, _name(in_force[0]), f"so are {numbers}")
    for target in versions.all:
        version = target.version
        ended = next(
            (m.record.at for m in version.moves if m.state is TargetState.SUPERSEDED), None
        )
        later = (one for one in versions.all if one.version.version > version.version)
        if ended is not None and not any(_began(one) == ended for one in later):
            detail = "no later version was submitted at the instant at which it was superseded"
            yield Finding(FindingCode.NOT_ONE_IN_FORCE, _name(target), detail)
        began = _began(target)
        if began is not None and version.edited_at is not None and version.edited_at > began:
            detail = f"its edit {version.edit} is of {version.edited_at.isoformat()}"
            yield Finding(FindingCode.EDITED_AFTERWARDS, _name(target), detail)


def _find_leaps(where: str, moves: Sequence[Move]) -> Iterator[Finding]:
    code = FindingCode.MOVE_NOT_ALLOWED
    if not moves or moves[0].state is not TargetState.DRAFT:
        yield Finding(code, where, "it did not begin as a draft")
    for before, after in pairwise(moves):
        if after.state not in MOVES[before.state]:
            yield Finding(code, where, f"it was {before.state} and became {after.state}")


def find_in_path(target: Target) -> Iterator[Finding]:
    """Yield what is wrong with the baseline and the path of a version that was submitted."""
    terms, baseline, cycle = target.version.terms, target.version.baseline, target.cycle
    where, code = _name(target), FindingCode.PATH_BROKEN
    if baseline is None:
        yield Finding(code, where, "it has no baseline")
        return
    for milestone in terms.milestones:
        if not cycle.starts < milestone.year < cycle.ends:
            detail = f"it has a milestone for {milestone.year}, outside its cycle {cycle.code}"
            yield Finding(code, where, detail)
            return
    if terms.goal.form is GoalForm.SHARE and not baseline.total:
        yield Finding(code, where, "its goal is a share, and its baseline has nobody")


def differs(frozen: Baseline, now: Baseline | None) -> bool:
    """Return whether a baseline is not the one that figures give."""
    return now is None or _counts(frozen) != _counts(now)


def describe_difference(target: Target, frozen: Baseline, now: Baseline | None) -> Finding:
    """Return the finding that a baseline is not the one that figures give."""
    found = "no complete census" if now is None else _told(now)
    detail = f"it has {_told(frozen)}, and the figures of {frozen.year} say {found}"
    return Finding(FindingCode.BASELINE_MOVED, _name(target), detail)


def _told(baseline: Baseline) -> str:
    return (
        f"{baseline.bme} of {baseline.total}, {baseline.workforce_bme} of"
        f" {baseline.workforce_total} in the workforce"
    )


def _counts(baseline: Baseline) -> tuple[int, int, int, int]:
    return baseline.bme, baseline.total, baseline.workforce_bme, baseline.workforce_total


def _began(target: Target) -> datetime | None:
    submitted = target.version.submitted
    return submitted.at if submitted else None


def _name(target: Target) -> str:
    return f"target_version {target.ods_code} {target.id} {target.version.version}"
