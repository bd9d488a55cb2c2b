"""What would become of a measure under a scenario."""

from datetime import UTC, datetime
from decimal import Decimal
from typing import Annotated

import typer

from app.cli.options import (
    AsOf,
    ContinuityAsked,
    MethodVersion,
    NarrowedTo,
    Reference,
    ReferenceShare,
    Turnover,
    appointed_share,
    growth_share,
)
from app.cli.transaction import reading
from app.domain.attainability import USUAL_TURNOVER
from app.domain.callers import COMMAND_LINE
from app.domain.measures import Measure
from app.domain.series import Continuity


def what_if(
    trust: Annotated[str, typer.Argument(metavar="TRUST", help="ODS code, such as ZZ001.")],
    measure: Annotated[Measure, typer.Argument(metavar="MEASURE", help="Whose share.")],
    *,
    turnover: Turnover = None,
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
    staff_group: NarrowedTo = None,
    reference: Reference = None,
    reference_share: ReferenceShare = None,
    horizon: Annotated[
        int | None,
        typer.Option(
            min=1, max=30, help="Years of the path; ten, or more to the goal, if left out."
        ),
    ] = None,
    continuity: ContinuityAsked = Continuity.COMBINED,
    as_of: AsOf = None,
    method: MethodVersion = None,
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
        continuity=continuity,
        as_of=as_of,
        method=method,
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
