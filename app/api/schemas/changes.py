"""What changed, as it is shown."""

from collections.abc import Callable, Mapping
from typing import Self

from pydantic import Field

from app.api.cursors import next_cursor
from app.api.schemas.base import BodyOut, Instant, OdsCodeText
from app.domain.changes import Change, ChangeKind, Entry
from app.services.changes import Changes

_PATHS: Mapping[ChangeKind, Callable[[Change], str]] = {
    ChangeKind.REGISTER: lambda _: "/v1/organisations",
    ChangeKind.ORGANISATION: lambda one: f"/v1/organisations/{one.ods_code}",
    ChangeKind.CENSUS: lambda one: f"/v1/censuses/{one.name}",
    ChangeKind.CYCLE: lambda one: f"/v1/cycles/{one.name}",
    ChangeKind.ACTUALS: lambda one: f"/v1/trusts/{one.ods_code}/actuals/{one.name}",
    ChangeKind.SIGN_OFF: lambda one: f"/v1/trusts/{one.ods_code}/actuals/{one.name}",
    ChangeKind.BOARD: lambda one: f"/v1/trusts/{one.ods_code}/board/{one.name}",
    ChangeKind.INDICATORS: lambda one: f"/v1/trusts/{one.ods_code}/indicators/{one.name}",
    ChangeKind.TARGET: lambda one: f"/v1/trusts/{one.ods_code}/targets/{one.name}",
    ChangeKind.COMMENT: lambda one: f"/v1/trusts/{one.ods_code}/targets/{one.name}/comments",
    ChangeKind.ACTION_PLAN: lambda one: f"/v1/trusts/{one.ods_code}/action-plans/{one.name}",
    ChangeKind.EXPERT: lambda one: f"/v1/experts/{one.name}",
    ChangeKind.RELEASE: lambda _: "/v1/releases",
    ChangeKind.IMPORT: lambda one: f"/v1/imports/{one.name}",
}
"""Where what changed can be read; other kinds have no address of their own."""


class ChangeLinksOut(BodyOut):
    """Where what changed can be read."""

    self: str | None = Field(
        description="Null where it has no address of its own.",
        examples=["/v1/trusts/ZZ001/actuals/2024"],
    )


class ChangeEntryOut(BodyOut):
    """One thing that was stored, or changed; what it says now is at its address."""

    changed_at: Instant
    kind: ChangeKind = Field(examples=["actuals"])
    ods_code: OdsCodeText | None = Field(
        description="Whose it is; null where it is no organisation's."
    )
    name: str | None = Field(
        description="What it is called there, such as the census year; null for an organisation.",
        examples=["2024"],
    )
    links: ChangeLinksOut

    @classmethod
    def from_domain(cls, entry: Entry) -> Self:
        """Return the body that presents a change."""
        change = entry.change
        path = _PATHS.get(change.kind)
        return cls(
            changed_at=entry.at,
            kind=change.kind,
            ods_code=change.ods_code,
            name=change.name,
            links=ChangeLinksOut(self=path(change) if path else None),
        )


class ChangeListOut(BodyOut):
    """Changes in the order in which they were stored."""

    items: list[ChangeEntryOut]
    next: str | None = Field(description="Cursor of the next page; null when there is no more.")
    resume: str = Field(
        description="Cursor to go on from later: whoever keeps a copy stores it.",
        examples=["NDI"],
    )

    @classmethod
    def from_domain(cls, changes: Changes) -> Self:
        """Return the body that presents changes."""
        resume = next_cursor(str(changes.reached))
        return cls(
            items=[ChangeEntryOut.from_domain(one) for one in changes.items],
            next=resume if changes.has_more else None,
            resume=resume,
        )
