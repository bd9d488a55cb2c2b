"""What is asked about a measure: which reference it is held against."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from app.domain.codes import Reason
from app.domain.errors import Fault, UnacceptableQuestion
from app.domain.gaps import choose_targets
from app.domain.holdings import Holdings
from app.domain.measures import Measure, ReferenceKind, Scope, default_reference
from app.domain.panels import Question
from app.domain.target_outlines import Held
from app.domain.targets import ParityReference


@dataclass(frozen=True, slots=True)
class AskedReference:
    """The reference that a caller asks for.

    Attributes:
        kind: None for that of the target in force, else the measure's default.
        share: For the kind `fixed`.
    """

    kind: ReferenceKind | None = None
    share: Decimal | None = None


def refuse_contradictions(asked: AskedReference, scopes: Sequence[Scope]) -> None:
    """Refuse a question whose parts contradict each other.

    Args:
        asked: The reference.
        scopes: The measures; none for all.

    Raises:
        UnacceptableQuestion: They do; every fault is listed.
    """
    faults = []
    is_fixed = asked.kind is ReferenceKind.FIXED
    if is_fixed and asked.share is None:
        detail = "reference=fixed needs reference_share, strictly between 0 and 1."
        faults.append(Fault("?reference_share", "reference_share_missing", detail))
    if not is_fixed and asked.share is not None:
        detail = "reference_share goes with reference=fixed only."
        faults.append(Fault("?reference_share", "reference_share_unused", detail))
    whole = any(scope.staff_group is None for scope in scopes) or not scopes
    if asked.kind is ReferenceKind.OWN_STAFF_GROUP and whole:
        detail = "reference=own_staff_group needs staff_group=clinical or non_clinical."
        faults.append(Fault("?reference", "staff_group_missing", detail))
    if faults:
        raise UnacceptableQuestion(faults)


def put_question(
    holdings: Holdings, scope: Scope, asked: AskedReference | None = None
) -> Question:
    """Return the question about a measure of a trust, held against the target that counts.

    Args:
        holdings: All that is known of the trust.
        scope: The measure.
        asked: The reference, if one is asked for.
    """
    years = holdings.history(scope).censuses
    of_scope = [target for target in holdings.targets if target.scope == scope]
    closing, current = choose_targets(of_scope, max(years, default=None))
    return choose_question(scope, asked or AskedReference(), current or closing)


def choose_question(scope: Scope, asked: AskedReference, target: Held | None) -> Question:
    """Return the question about a measure, its reference chosen.

    Args:
        scope: The measure.
        asked: The reference, if one is asked for.
        target: What the measure is held against; None without a target.
    """
    reference = _choose_reference(scope, asked, target)
    if reference is None:
        return Question(scope, None)
    match reference.kind:
        case ReferenceKind.FIXED:
            return Question(scope, reference.kind, Fraction(reference.share or 0))
        case ReferenceKind.OWN_WORKFORCE_AT_BASELINE:
            baseline = target.baseline if target else None
            frozen = baseline.workforce_share if baseline else None
            if frozen is None:
                return Question(scope, None, without=Reason.NO_TARGET)
            return Question(scope, reference.kind, frozen)
        case _:
            return Question(scope, reference.kind)


def _choose_reference(
    scope: Scope, asked: AskedReference, target: Held | None
) -> ParityReference | None:
    """Return what a measure is held against: as asked, else as targeted, else by default."""
    if asked.kind is not None:
        chosen = ParityReference(asked.kind, asked.share)
    elif target is not None and target.terms.reference is not None:
        chosen = target.terms.reference
    else:
        kind = default_reference(scope.measure)
        return ParityReference(kind) if kind else None
    is_workforce = scope.measure is Measure.WORKFORCE
    return None if is_workforce and chosen.kind is not ReferenceKind.FIXED else chosen
