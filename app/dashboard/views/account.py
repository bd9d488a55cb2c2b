"""The page of somebody who is signed in: who they are, and what they can do here."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from app.dashboard.visitors import Visitor
from app.domain.callers import Caller, Role
from app.domain.organisations import Kind, Organisation


@dataclass(frozen=True, slots=True)
class Duty:
    """Something to do here, and where."""

    title: str
    path: str


@dataclass(frozen=True, slots=True)
class AccountPage:
    """What the page of somebody who is signed in is made of.

    Attributes:
        duties: What the reader can do here.
    """

    visitor: Visitor
    sentences: Sequence[str]
    duties: Sequence[Duty]
    title: str = "You are signed in"
    data: str | None = None


def list_duties(caller: Caller, own: Iterable[Organisation]) -> Sequence[Duty]:
    """Return what somebody can do here.

    Args:
        caller: Who is signed in.
        own: The organisations that it calls for.
    """
    duties = [Duty("Review targets", "/reviews")] if caller.role is Role.NATIONAL else []
    for one in own:
        if one.kind is not Kind.TRUST:
            duties.append(Duty(f"See the trusts of {one.name}", f"/areas/{one.ods_code}"))
            continue
        path = f"/trusts/{one.ods_code}"
        duties.append(Duty(f"See where {one.name} stands", path))
        duties.append(Duty(f"Send in the actuals of {one.name}", f"{path}/actuals"))
        duties.append(Duty(f"See the targets of {one.name}", f"{path}/targets"))
        if caller.role is Role.TRUST:
            duties.append(Duty(f"Set a target for {one.name}", f"{path}/targets/new"))
    return duties
