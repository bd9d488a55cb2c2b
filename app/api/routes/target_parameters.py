"""What the routes of targets ask for."""

from typing import Annotated

from fastapi import Depends, Path, Response

from app.api.conditional import sealed
from app.api.deps import AsOf, Now, TurnoverAsked
from app.api.schemas.base import ASSUMED_TURNOVER, exact_number
from app.api.schemas.targets import TargetOut
from app.services.target_views import ShownTarget, View

TargetId = Annotated[
    str,
    Path(
        pattern=r"^[a-z0-9-]{1,60}$",
        description="Identifier of the target.",
        examples=["leadership-2022-2025"],
    ),
]


def _view(now: Now, as_of: AsOf = None, turnover: TurnoverAsked = ASSUMED_TURNOVER) -> View:
    return View(now=now, as_of=as_of, turnover=exact_number(turnover))


def _view_of_now(now: Now, turnover: TurnoverAsked = ASSUMED_TURNOVER) -> View:
    return View(now=now, turnover=exact_number(turnover))


def present_target(shown: ShownTarget, response: Response) -> TargetOut:
    """Return a target as it is answered with, its tag among the headers."""
    body = TargetOut.from_domain(shown)
    response.headers["ETag"] = sealed(shown.tag, body)
    return body


ReadView = Annotated[View, Depends(_view)]
"""How a target is looked at, as of an instant or now."""

WriteView = Annotated[View, Depends(_view_of_now)]
"""How a target is looked at after it was changed."""
