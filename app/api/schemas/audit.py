"""The audit, as it is shown."""

from typing import Final, Self

from pydantic import Field

from app.api.cursors import next_cursor
from app.api.schemas.base import BodyOut, Instant, OdsCodeText
from app.domain.audit import AuditEntry, AuditEvent, Channel
from app.domain.callers import Role
from app.domain.changes import ChangeKind
from app.services.audit import AuditPage

COLUMNS: Final = (
    "number", "recorded_at", "event", "caller_name", "caller_role", "token_id", "channel",
    "address", "operation", "request_id", "kind", "ods_code", "name", "change", "reason",
    "before", "after", "previous", "hash",
)  # fmt: skip
"""Columns of the list as a file."""


class AuditEntryOut(BodyOut):
    """Who changed or read something; null is what an entry of its event does not have."""

    number: int = Field(description="1 for the first entry.", examples=[311])
    recorded_at: Instant
    event: AuditEvent = Field(examples=["change"])
    caller_name: str = Field(
        description="The role of a person, or a system.", examples=["RZ1 workforce team"]
    )
    caller_role: Role = Field(examples=["trust_data"])
    token_id: str | None = Field(
        description="Of the token that it called with.", examples=["a1b2c3d4e5f6"]
    )
    channel: Channel = Field(examples=["http"])
    address: str | None = Field(
        description="Of the client; on the command line the account.", examples=["192.0.2.7"]
    )
    operation: str = Field(
        description="Identifier of the operation, or the command.", examples=["put_actuals"]
    )
    request_id: str | None = Field(
        description="`X-Request-ID` of the request.", examples=["7f9c24e8"]
    )
    kind: ChangeKind | None = Field(description="Of what was changed.", examples=["actuals"])
    ods_code: OdsCodeText | None = Field(description="Whose it is, or whose figures were read.")
    name: str | None = Field(description="What it is called there.", examples=["2024"])
    change: int | None = Field(description="Number of the change.", examples=[204])
    reason: str | None = Field(
        description="Why it was redacted.", examples=["The note named a person."]
    )
    before: str | None = Field(
        description="Digest of what was stored before.", examples=["0f5c1d…"]
    )
    after: str | None = Field(description="Digest of what was stored then.", examples=["9a3e77…"])
    previous: str = Field(description="Hash of the entry before.", examples=["51b0c9…"])
    hash: str = Field(description="SHA-256 of all other members.", examples=["c3d8f2…"])

    @classmethod
    def from_domain(cls, entry: AuditEntry) -> Self:
        """Return the body that presents an entry."""
        values = entry.members() | {"recorded_at": entry.recorded_at}
        return cls.model_validate({name: values[name] for name in COLUMNS})


class AuditListOut(BodyOut):
    """Entries of the audit, newest first."""

    items: list[AuditEntryOut]
    next: str | None = Field(description="Cursor of the next page; null when there is no more.")

    @classmethod
    def from_domain(cls, page: AuditPage) -> Self:
        """Return the body that presents a page of entries."""
        return cls(
            items=[AuditEntryOut.from_domain(one) for one in page.items],
            next=next_cursor(str(page.items[-1].number)) if page.has_more else None,
        )
