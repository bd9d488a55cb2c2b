"""What would become of a measure under a scenario."""

from datetime import UTC, datetime
from decimal import Decimal
from typing import Annotated

import typer

from app.cli.options import (
    appointed_share,
    exact_share,
    growth_share,
    instant,
    turnover_share,
)
from app.cli.progress import USUAL_TURNOVER
from app.cli.transaction import reading
from app.domain.bands import StaffGroup
from app.domain.callers import COMMAND_LINE
from app.domain.measures import Measure, ReferenceKind


def what_if(
    trust: Annotated[str, typer.Argument(metavar="TRUST", help="ODS code, such as ZZ001.")],
    measure: Annotated[Measure, typer.Argument(metavar="MEASURE", help="Whose share.")],
    *,
    turnover: Annotated[
        Decimal | None,
        typer.Option(
            parser=turnover_share,
            metavar="SHARE",
            help=f"Share of staff who leave in a year; {USUAL_TURNOVER} if left out.",
        ),
    ] = None,
    share: Annotated[
        Decimal | None,
        typer.Option(
            parser=appointed_share,
            metavar="SHARE",
            help="Share of appointments that go to BME people; what the goal needs if left out.",
        ),
    ] = None,
    growth: Annotated[
        Decimal | None,
        typer.Option(
            parser=growth_share,
            metavar="SHARE",
            help="By what share of itself the team grows in a year; 0 if left out.",
        ),
    ] = None,
    staff_group: Annotated[
        StaffGroup | None, typer.Option(metavar="GROUP", help="clinical or non_clinical.")
    ] = None,
    reference: Annotated[
        ReferenceKind | None,
        typer.Option(metavar="KIND", help=f"What parity means: {', '.join(ReferenceKind)}."),
    ] = None,
    reference_share: Annotated[
        Decimal | None,
        typer.Option(parser=exact_share, metavar="SHARE", help="For `fixed`, as 0.2."),
    ] = None,
    horizon: Annotated[
        int | None,
        typer.Option(
            min=1, max=30, help="Years of the path; ten, or more to the goal, if left out."
        ),
    ] = None,
    as_of: Annotated[
        datetime | None,
        typer.Option(
            parser=instant,
            metavar="INSTANT",
            help="Use what was known then, as 2025-06-30T12:00:00Z.",
        ),
    ] = None,
) -> None:
    """Show what would be if every year were as supposed."""
    from app.cli.console import make_console
    from app.cli.what_if_page import lay_out
    from app.services.organisations import get_organisation
    from app.services.what_if import WhatIfInquiry, ask_what_if

    inquiry = WhatIfInquiry(
        turnover=turnover or USUAL_TURNOVER,
        bme_share=share,
        growth=growth or Decimal(0),
        staff_group=staff_group,
        reference=reference,
        reference_share=reference_share,
        horizon=horizon,
        as_of=as_of,
    )
    with reading() as session:
        found = ask_what_if(
            session,
            ods_code=trust,
            measure=measure,
            inquiry=inquiry,
            caller=COMMAND_LINE,
            now=datetime.now(UTC),
        )
        name = get_organisation(session, ods_code=trust).organisation.name
    console = make_console()
    for part in lay_out(found, name=name, is_share_needed=share is None):
        console.print(part)
