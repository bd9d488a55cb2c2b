"""What the routes of targets ask for."""

from typing import Annotated

from fastapi import Depends, Path

from app.api.deps import AsOf, Now, TurnoverAsked
from app.api.schemas.base import exact_number
from app.services.target_views import View

TargetId = Annotated[
    str,
    Path(
        pattern=r"^[a-z0-9-]{1,60}$",
        description="Identifier of the target.",
        examples=["leadership-2022-2025"],
    ),
]


def _view(now: Now, as_of: AsOf = None, turnover: TurnoverAsked = 0.12) -> View:
    return View(now=now, as_of=as_of, turnover=exact_number(turnover))


def _view_of_now(now: Now, turnover: TurnoverAsked = 0.12) -> View:
    return View(now=now, turnover=exact_number(turnover))


ReadView = Annotated[View, Depends(_view)]
"""How a target is looked at, as of an instant or now."""

WriteView = Annotated[View, Depends(_view_of_now)]
"""How a target is looked at after it was changed."""
