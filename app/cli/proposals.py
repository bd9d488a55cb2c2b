"""Goals that arithmetic proposes, and taking one over."""

from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Annotated

import typer

from app.cli.options import NarrowedTo, Turnover, appointed_share
from app.cli.target_page import print_target
from app.cli.transaction import reading, writing
from app.domain.attainability import POSITIVE_ACTION, USUAL_TURNOVER
from app.domain.callers import COMMAND_LINE
from app.domain.censuses import FIRST_YEAR, LAST_YEAR
from app.domain.codes import Reason
from app.domain.measures import BAND_MEASURES, TITLES, Measure, Scope
from app.domain.targets import GoalForm, ProposalMethod

if TYPE_CHECKING:
    from app.domain.proposal_desk import Assumptions, Proposed

Trust = Annotated[str, typer.Argument(metavar="TRUST", help="ODS code, such as ZZ001.")]
CycleCode = Annotated[str, typer.Argument(metavar="CYCLE", help="Such as 2025-2028.")]
Method = Annotated[
    ProposalMethod, typer.Option(metavar="METHOD", help=f"{', '.join(ProposalMethod)}.")
]
BaselineYear = Annotated[
    int | None,
    typer.Option(
        metavar="YEAR",
        min=FIRST_YEAR,
        max=LAST_YEAR,
        help="First census of the strategy's path; 2018 if left out.",
    ),
]
Horizon = Annotated[
    int | None,
    typer.Option(
        metavar="YEAR",
        min=FIRST_YEAR + 1,
        max=LAST_YEAR,
        help="When that path reaches parity; the ambition if left out.",
    ),
]
Share = Annotated[
    Decimal | None,
    typer.Option(
        "--share",
        parser=appointed_share,
        metavar="SHARE",
        help="Of appointments, to BME people; the workforce's own if left out.",
    ),
]


def propose(
    trust: Trust,
    cycle: CycleCode,
    *,
    method: Annotated[
        list[ProposalMethod] | None,
        typer.Option(metavar="METHOD", help=f"{', '.join(ProposalMethod)}; all that apply."),
    ] = None,
    measure: Annotated[
        list[Measure] | None,
        typer.Option(metavar="MEASURE", help="The leadership bands if left out."),
    ] = None,
    staff_group: NarrowedTo = None,
    baseline_year: BaselineYear = None,
    horizon: Horizon = None,
    turnover: Turnover = None,
    share: Share = None,
) -> None:
    """Show the goals that arithmetic proposes to a trust for a cycle."""
    from app.services.proposals import list_proposals

    with reading() as session:
        found = list_proposals(
            session,
            ods_code=trust,
            cycle=cycle,
            scopes=[Scope(one, staff_group) for one in measure or BAND_MEASURES],
            methods=method or (),
            assumptions=_assume(baseline_year, horizon, turnover, share),
            caller=COMMAND_LINE,
            as_of=None,
            now=datetime.now(UTC),
        )
    for one in found:
        for line in _describe(one):
            typer.echo(line)
    if any(_goes_by_appointments(one) for one in found):
        typer.echo(POSITIVE_ACTION)


def take(
    trust: Trust,
    cycle: CycleCode,
    *,
    method: Method,
    measure: Annotated[Measure, typer.Option(metavar="MEASURE", help=f"{', '.join(Measure)}.")],
    staff_group: NarrowedTo = None,
    baseline_year: BaselineYear = None,
    horizon: Horizon = None,
    turnover: Turnover = None,
    share: Share = None,
) -> None:
    """Take a proposal over as a draft, which keeps where it comes from."""
    from app.services.proposals import Wanted, draft_proposal

    with writing() as session:
        shown = draft_proposal(
            session,
            ods_code=trust,
            wanted=Wanted(method, measure, staff_group, cycle),
            assumptions=_assume(baseline_year, horizon, turnover, share),
            caller=COMMAND_LINE,
            now=datetime.now(UTC),
        )
    print_target(shown)
    typer.echo(f"Submit it with `parity targets submit {trust} {shown.target.id}`.")


def _assume(
    baseline_year: int | None,
    horizon: int | None,
    turnover: Decimal | None,
    share: Decimal | None,
) -> "Assumptions":
    from app.domain.proposal_desk import Assumptions

    return Assumptions(baseline_year, horizon, turnover or USUAL_TURNOVER, share)


def _goes_by_appointments(one: "Proposed") -> bool:
    """Return whether a share of appointments is told of."""
    return one.method is ProposalMethod.APPOINTMENTS and not isinstance(one.outcome, Reason)


def _describe(one: "Proposed") -> Iterator[str]:
    """Yield a proposal: the goal with the whole people of its path, and what went into it."""
    group = f", {one.scope.staff_group}" if one.scope.staff_group else ""
    title = f"{TITLES[one.scope.measure]}{group}, by {one.method}"
    outcome = one.outcome
    if isinstance(outcome, Reason):
        yield f"{title}: none. {outcome.sentence}"
        return
    path = " ".join(f"{year}: {people}" for year, people in sorted(outcome.path.items()))
    stated = outcome.goal.headcount if outcome.goal.share is None else outcome.goal.share
    is_maintained = outcome.goal.form is GoalForm.MAINTAIN
    goal = "maintain the share" if is_maintained else f"{stated} by {one.cycle.ends}"
    yield f"{title}: {goal}. {path}"
    yield f"  From {_tell(outcome.basis.inputs)}."


def _tell(value: object) -> str:
    """Return an input as it stands over HTTP, in one line."""
    if isinstance(value, Mapping):
        parts = (
            (name, _tell(part), isinstance(part, Mapping | list)) for name, part in value.items()
        )
        return ", ".join(
            f"{name} ({told})" if nested else f"{name} {told}" for name, told, nested in parts
        )
    if isinstance(value, list):
        return "; ".join(map(_tell, value))
    return str(value)
