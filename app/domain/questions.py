"""What a measure is held against, where several references could be meant."""

from fractions import Fraction

from app.domain.codes import Reason
from app.domain.gaps import choose_targets
from app.domain.holdings import Holdings
from app.domain.measures import Measure, ReferenceKind, Scope, default_reference
from app.domain.panels import Question
from app.domain.targets import ParityReference, Target


def put_question(
    holdings: Holdings, scope: Scope, asked: ParityReference | None = None
) -> Question:
    """Return the question about a measure of a trust, its reference chosen.

    Args:
        holdings: All that is known of the trust.
        scope: The measure.
        asked: The reference asked for; None for that of the target that counts at the last
            census, else the measure's default.
    """
    years = holdings.history(scope).censuses
    of_scope = [target for target in holdings.targets if target.scope == scope]
    closing, current = choose_targets(of_scope, max(years, default=None))
    target = current or closing
    reference = _reference(scope, asked, target)
    if reference is None:
        return Question(scope, None)
    match reference.kind:
        case ReferenceKind.FIXED:
            return Question(scope, reference.kind, Fraction(reference.share or 0))
        case ReferenceKind.OWN_WORKFORCE_AT_BASELINE:
            baseline = target.version.baseline if target else None
            frozen = baseline.workforce_share if baseline else None
            if frozen is None:
                return Question(scope, None, without=Reason.NO_TARGET)
            return Question(scope, reference.kind, frozen)
        case _:
            return Question(scope, reference.kind)


def _reference(
    scope: Scope, asked: ParityReference | None, target: Target | None
) -> ParityReference | None:
    """Return what a measure is held against: as asked, else as targeted, else by default."""
    if asked is not None:
        reference = asked
    elif target is not None and target.version.terms.reference is not None:
        reference = target.version.terms.reference
    else:
        kind = default_reference(scope.measure)
        return ParityReference(kind) if kind else None
    is_workforce = scope.measure is Measure.WORKFORCE
    return None if is_workforce and reference.kind is not ReferenceKind.FIXED else reference
