"""Checking everything that a database holds."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from itertools import groupby, islice
from typing import Final, TypeVar

from sqlmodel import Session

from app.domain.actuals import ActualsRevision
from app.domain.boards import BoardRevision
from app.domain.check_targets import describe_difference, differs, find_in_life, find_in_path
from app.domain.checks import Finding, FindingCode
from app.domain.perimeter import find_baseline
from app.domain.series import Continuity, join_actuals, join_boards
from app.domain.target_versions import Versions
from app.domain.targets import Baseline, Target
from app.services.access import holds_figures
from app.services.audit import verify_audit
from app.services.holdings import read_holdings
from app.services.lineages import read_lineages
from app.services.target_views import find_start
from app.store import (
    actuals,
    boards,
    check_history,
    check_structure,
    organisations,
    summaries,
    targets,
)

Revision = TypeVar("Revision", ActualsRevision, BoardRevision)

Check = Callable[[Session], Iterable[Finding]]
"""Yields what it finds wrong; reads only."""

MOST: Final = 100
"""Findings of one check that are told; of more the first are enough to know what to do."""


def find_invented_beside_real(session: Session) -> Iterator[Finding]:
    """Yield whether invented figures stand beside real ones."""
    if all(holds_figures(session, synthetic=one) for one in (True, False)):
        detail = "there are figures of invented and of real trusts"
        yield Finding(FindingCode.INVENTED_BESIDE_REAL, "database", detail)


def find_untrue_summaries(session: Session) -> Iterator[Finding]:
    """Yield the summaries of revisions that do not say what their rows say."""
    for of in (summaries.STAFF, summaries.BOARDS):
        for key in summaries.find_untrue(session, of):
            where = check_structure.name_row(of.summaries.name, key)
            yield Finding(FindingCode.SUMMARY_UNTRUE, where, f"{of.cells.name} says otherwise")


def find_broken_targets(session: Session) -> Iterator[Finding]:
    """Yield what is wrong with targets: their lives, and what was frozen of them."""
    try:
        registered = organisations.list_all(session)
        held = targets.list_of_many(session, registered)
        moved = list(_find_moved_baselines(session, held, registered))
    except ValueError as error:
        # Something is held that this release has no word for; which it is, another check tells.
        yield Finding(FindingCode.PATH_BROKEN, "target_version", f"none can be read: {error}")
        return
    for versions in held:
        yield from find_in_life(versions)
        for target in _frozen(versions):
            yield from find_in_path(target)
    yield from moved


def _frozen(versions: Versions) -> Sequence[Target]:
    """Return the versions that were submitted."""
    return [one for one in versions.all if one.version.submitted]


def _find_moved_baselines(
    session: Session, held: Iterable[Versions], registered: dict[str, organisations.Registered]
) -> Iterator[Finding]:
    """Yield the frozen baselines that the figures of their instant do not give.

    What the newest figures give is looked at first, for all trusts at once; only where they
    differ, as after a correction, those of the instant are read.
    """
    frozen = [target for versions in held for target in _frozen(versions)]
    codes = sorted({one.ods_code for one in frozen})
    lineages = read_lineages(session, (registered[code].organisation for code in codes))
    everybody = {code for one in lineages.values() for code in one.codes}
    sent = _by_code(actuals.of_trusts(session, everybody))
    seated = _by_code(boards.of_trusts(session, everybody))
    for code, own in groupby(frozen, key=lambda one: one.ods_code):
        lineage = lineages[code]
        staff = join_actuals(lineage, _of(sent, lineage.codes), Continuity.COMBINED)
        seats = join_boards(lineage, _of(seated, lineage.codes), Continuity.COMBINED)
        for target in own:
            baseline, submitted = target.version.baseline, target.version.submitted
            if baseline is None or baseline.is_stated or submitted is None:
                continue
            history = seats if target.scope.is_of_board else staff
            now = find_baseline(history, staff, target.scope, baseline.year, code)
            if not differs(baseline, now):
                continue
            then = _find_then(session, registered[code], target, submitted.at)
            if differs(baseline, then):
                yield describe_difference(target, baseline, then)


def _find_then(
    session: Session, trust: organisations.Registered, target: Target, at: datetime
) -> Baseline | None:
    """Return the baseline that the figures known at an instant give."""
    return find_start(read_holdings(session, trust, as_of=at), target).baseline


def _by_code(revisions: Iterable[Revision]) -> dict[str, list[Revision]]:
    found: dict[str, list[Revision]] = defaultdict(list)
    for one in revisions:
        found[one.ods_code].append(one)
    return found


def _of(revisions: Mapping[str, list[Revision]], codes: Iterable[str]) -> list[Revision]:
    return [one for code in codes for one in revisions.get(code, ())]


def find_broken_audit(session: Session) -> Iterator[Finding]:
    """Yield what is not as the audit has it."""
    for one in verify_audit(session).findings:
        yield Finding(FindingCode.AUDIT_BROKEN, "audit_entry", str(one).removesuffix("."))


CHECKS: Final[Sequence[Check]] = (
    check_structure.find_damage,
    check_structure.find_missing_structure,
    check_structure.find_mistyped,
    check_structure.find_broken_rules,
    check_structure.find_orphans,
    check_history.find_broken_chains,
    check_history.find_ledger_faults,
    check_history.find_unentered,
    check_history.find_revisions_of_nobody,
    check_history.find_references_to_nothing,
    check_history.find_anachronisms,
    check_history.find_unknown_codes,
    find_invented_beside_real,
    find_untrue_summaries,
    find_broken_targets,
    find_broken_audit,
)
"""Every check, those first on which others build."""


def check_all(session: Session, checks: Iterable[Check] = CHECKS) -> Iterator[Finding]:
    """Yield everything that is wrong with what a database holds, as far as it can be told.

    Where the database lacks tables or columns, or holds values that cannot be read, nothing
    further can be looked at.

    Args:
        session: A reading session.
        checks: What to check.
    """
    for check in checks:
        found = list(islice(check(session), MOST))
        yield from found
        if any(map(_is_fatal, found)):
            return


def _is_fatal(finding: Finding) -> bool:
    if finding.code is FindingCode.STRUCTURE:
        return finding.detail.startswith("the ") and finding.detail.endswith(" is not there")
    return finding.code is FindingCode.MISTYPED
