"""The board as it is sent and shown."""

from typing import Annotated, Any, Self

from pydantic import Field, ModelWrapValidatorHandler, ValidationError, model_validator

from app.api.schemas.base import (
    BodyIn,
    BodyOut,
    Headcount,
    Instant,
    OdsCodeText,
    Paragraph,
    Sentence,
    SentHeadcount,
    Year,
    is_none,
)
from app.api.schemas.explanations import HeldWarningOut, list_held_warnings
from app.api.schemas.faults import parse_each, with_faults
from app.domain.bands import EthnicGroup
from app.domain.boards import BoardRevision, Member, find_member_faults
from app.domain.explanations import Warned
from app.domain.organisations import is_synthetic
from app.domain.panels import SEATS
from app.services.boards import BoardSubmission


class MemberIn(BodyIn):
    """Board members of one kind and ethnic group."""

    voting: bool = Field(strict=True, examples=[True])
    executive: bool = Field(strict=True, examples=[True])
    ethnic_group: EthnicGroup = Field(examples=["bme"])
    headcount: SentHeadcount = Field(examples=[3])

    def to_member(self) -> Member:
        """Return the domain's member."""
        return Member(self.voting, self.executive, self.ethnic_group, self.headcount)


class BoardIn(BodyIn):
    """A trust's board at a census. Kinds left out are 0."""

    source: Sentence = Field(
        description="Where the figures come from.", examples=["Board register, 31 March 2024"]
    )
    reason: Paragraph | None = Field(
        default=None, description="Why what is held changes.", examples=["A vacancy was counted"]
    )
    correction_note: Paragraph | None = Field(
        default=None,
        description="What everybody is told of the correction; required once it is public.",
        examples=["A vacancy was counted as a member"],
    )
    members: Annotated[list[MemberIn], Field(min_length=1, max_length=100)]

    @model_validator(mode="wrap")
    @classmethod
    def _with_all_faults(cls, data: Any, handler: ModelWrapValidatorHandler[Self]) -> Self:  # noqa: ANN401 — anything may be sent
        """Report malformed members together with the faults of the others among each other."""
        try:
            return handler(data)
        except ValidationError as error:
            members = parse_each(data, "members", MemberIn)
            found = find_member_faults([one.to_member() if one else None for one in members])
            raise with_faults(cls.__name__, error, found) from None

    def to_submission(self) -> BoardSubmission:
        """Return what the service takes."""
        members = tuple(one.to_member() for one in self.members)
        return BoardSubmission(self.source, self.reason, members, self.correction_note)


class MemberOut(BodyOut):
    """Board members of one kind and ethnic group; never 0."""

    voting: bool
    executive: bool
    ethnic_group: EthnicGroup
    headcount: Headcount


class BoardOut(BodyOut):
    """A trust's board at a census, in the revision that counts."""

    ods_code: OdsCodeText
    year: Year
    revision: int = Field(description="1 for the first.", examples=[1])
    synthetic: bool = Field(description="Whether the trust is invented.")
    source: str = Field(examples=["Board register, 31 March 2024"])
    reason: str | None
    correction_note: str | None = Field(
        default=None,
        exclude_if=is_none,
        description="What everybody is told of what it corrects; left out for nothing.",
    )
    recorded_at: Instant
    recorded_by: str = Field(examples=["ZZ001 workforce team"])
    supplied_by: str | None = Field(
        description="`national` when the national team stored it on behalf of the trust."
    )
    members: list[MemberOut]
    warnings: list[HeldWarningOut]

    @classmethod
    def from_domain(cls, revision: BoardRevision) -> Self:
        """Return the body that presents a revision."""
        seats, record = revision.board.seats, revision.record
        return cls(
            ods_code=revision.ods_code,
            year=revision.year,
            revision=revision.revision,
            synthetic=is_synthetic(revision.ods_code),
            source=revision.board.source,
            reason=record.reason,
            correction_note=revision.correction_note,
            recorded_at=record.at,
            recorded_by=record.author.name,
            supplied_by=record.author.supplied_by,
            members=[
                MemberOut(
                    voting=kind[0],
                    executive=kind[1],
                    ethnic_group=group,
                    headcount=getattr(seats[kind], group.value),
                )
                for kind in SEATS
                if kind in seats
                for group in EthnicGroup
                if getattr(seats[kind], group.value)
            ],
            warnings=list_held_warnings(Warned.BOARD, revision),
        )
