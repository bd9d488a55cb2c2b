"""Actuals as they are sent and shown."""

from collections.abc import Sequence
from datetime import date
from typing import Annotated, Any, Self

from pydantic import (
    AfterValidator,
    Field,
    ModelWrapValidatorHandler,
    ValidationError,
    model_validator,
)

from app.api.schemas.base import (
    BodyIn,
    BodyOut,
    Day,
    Headcount,
    Instant,
    Line,
    OdsCodeText,
    Paragraph,
    Passage,
    Sentence,
    SentHeadcount,
    Share,
    Year,
    is_none,
)
from app.api.schemas.explanations import HeldWarningOut, list_held_warnings
from app.api.schemas.faults import fault, parse_each, printable, with_faults
from app.api.schemas.public_tables import PublicTableOut
from app.api.schemas.releases import ReleaseOut
from app.domain.actuals import ActualsRevision, Cell, Totals, find_cell_faults, find_total_faults
from app.domain.bands import ALLOWED_PAIRS, Band, EthnicGroup, StaffGroup
from app.domain.codes import ActualsState
from app.domain.errors import Fault
from app.domain.explanations import Warned
from app.domain.measures import ALL_SCOPES, Measure
from app.domain.organisations import is_synthetic
from app.services.actuals import ActualsSubmission
from app.services.definitions import list_ethnic_categories

MOST_CELLS = 10_000
"""More cells than every band with every ethnic category has."""


def _known_category(code: str) -> str:
    if list_ethnic_categories().find_group(code) is None:
        detail = f'"{printable(code)}" is no ethnic category; see /v1/ethnic-categories.'
        raise fault("unknown_code", detail)
    return code


class CellIn(BodyIn):
    """One headcount: by ethnic group, or by ethnic category in its place."""

    staff_group: StaffGroup = Field(examples=["clinical"])
    band: Band = Field(examples=["8a"])
    ethnic_group: EthnicGroup | None = Field(default=None, examples=["bme"])
    ethnic_category: (
        Annotated[str, AfterValidator(_known_category), Field(max_length=20)] | None
    ) = Field(
        default=None,
        description="NHS Data Dictionary code, in place of `ethnic_group`; mapped at the door and"
        " not kept. See /v1/ethnic-categories.",
        examples=["M"],
    )
    headcount: SentHeadcount

    @model_validator(mode="after")
    def _has_one_ethnicity(self) -> Self:
        if (self.ethnic_group is None) == (self.ethnic_category is None):
            raise fault("ethnic_group_or_category", "Give either ethnic_group or ethnic_category.")
        return self

    def _group(self) -> EthnicGroup | None:
        if self.ethnic_category is None:
            return self.ethnic_group
        return list_ethnic_categories().find_group(self.ethnic_category)

    def to_cell(self) -> Cell:
        """Return the domain's cell."""
        group = self._group()
        assert group is not None  # noqa: S101 — the validator has seen to it
        return Cell(self.staff_group, self.band, group, self.headcount, self.ethnic_category)


class TotalsIn(BodyIn):
    """Control totals: what the cells add up to."""

    workforce: SentHeadcount = Field(description="Everybody.", examples=[401])
    bme: SentHeadcount = Field(description="Everybody who is BME.", examples=[61])


class ActualsIn(BodyIn):
    """A trust's headcounts at a census. Cells left out are 0."""

    source: Sentence = Field(
        description="Where the figures come from.", examples=["ESR staff in post, 31 March 2024"]
    )
    covers: list[OdsCodeText] | None = Field(
        default=None,
        min_length=1,
        max_length=50,
        description="Trusts whose staff are counted; the trust itself if left out.",
        examples=[["ZZ001"]],
    )
    reason: Paragraph | None = Field(
        default=None, description="Why what is held changes.", examples=["Bank staff were counted"]
    )
    correction_note: Paragraph | None = Field(
        default=None,
        description="What everybody is told of the correction; required once it is public.",
        examples=["Staff of a hosted service were left out"],
    )
    notes: Passage | None = Field(
        default=None,
        description="On completeness and comparability.",
        examples=["Two hosted services left out"],
    )
    totals: TotalsIn
    headcounts: Annotated[list[CellIn], Field(min_length=1, max_length=MOST_CELLS)]

    @model_validator(mode="wrap")
    @classmethod
    def _with_all_faults(cls, data: Any, handler: ModelWrapValidatorHandler[Self]) -> Self:  # noqa: ANN401 — anything may be sent
        """Report malformed cells together with the faults of the others among each other."""
        try:
            return handler(data)
        except ValidationError as error:
            cells = parse_each(data, "headcounts", CellIn)
            found = find_cell_faults([one.to_cell() if one else None for one in cells])
            if all(cells):
                found += _total_faults(data, [one.to_cell() for one in cells if one])
            raise with_faults(cls.__name__, error, found) from None

    def to_submission(self) -> ActualsSubmission:
        """Return what the service takes."""
        return ActualsSubmission(
            source=self.source,
            covers=None if self.covers is None else tuple(self.covers),
            reason=self.reason,
            correction_note=self.correction_note,
            notes=self.notes,
            totals=Totals(self.totals.workforce, self.totals.bme),
            cells=tuple(cell.to_cell() for cell in self.headcounts),
        )


def _total_faults(data: object, cells: Sequence[Cell]) -> list[Fault]:
    """Return how well-formed totals disagree with cells that are all well-formed."""
    try:
        totals = TotalsIn.model_validate(data.get("totals") if isinstance(data, dict) else None)
    except ValidationError:
        return []
    return find_total_faults(cells, Totals(totals.workforce, totals.bme)) if cells else []


class SignOffIn(BodyIn):
    """The board's approval."""

    board_date: Day = Field(
        description="Day on which the board approved.", examples=["2024-07-25"]
    )
    lead_role: Line = Field(description="Role of the lead.", examples=["Chief People Officer"])


class CellOut(BodyOut):
    """One headcount that is not 0."""

    staff_group: StaffGroup
    band: Band
    ethnic_group: EthnicGroup
    headcount: Headcount


class TotalsOut(BodyOut):
    """What the cells add up to."""

    workforce: Headcount
    bme: Headcount


class SignOffOut(BodyOut):
    """The board's approval."""

    board_date: date
    lead_role: str = Field(examples=["Chief People Officer"])
    signed_off_at: Instant
    signed_off_by: str = Field(examples=["ZZ001 workforce team"])


class RevisionOut(BodyOut):
    """One revision: who stored it, when and why."""

    ods_code: OdsCodeText
    year: Year
    revision: int = Field(description="1 for the first.", examples=[1])
    state: ActualsState
    synthetic: bool = Field(description="Whether the trust is invented.")
    source: str = Field(examples=["ESR staff in post, 31 March 2024"])
    covers: list[OdsCodeText]
    reason: str | None = Field(examples=["Bank staff were counted"])
    correction_note: str | None = Field(
        default=None,
        exclude_if=is_none,
        description="What everybody is told of what it corrects; left out for nothing.",
    )
    notes: str | None
    recorded_at: Instant
    recorded_by: str = Field(examples=["ZZ001 workforce team"])
    supplied_by: str | None = Field(
        description="`national` when the national team stored it on behalf of the trust."
    )
    sign_off: SignOffOut | None
    released: ReleaseOut | None = Field(
        default=None,
        exclude_if=is_none,
        description="The newest release that holds the revision; left out for none.",
    )
    totals: TotalsOut
    warnings: list[HeldWarningOut]

    @staticmethod
    def facts(revision: ActualsRevision) -> dict[str, Any]:
        """Return the members that every view of a revision has."""
        actuals, record, approval = revision.actuals, revision.record, revision.sign_off
        everybody = actuals.workforce
        return {
            "ods_code": revision.ods_code,
            "year": revision.year,
            "revision": revision.revision,
            "state": revision.state,
            "synthetic": is_synthetic(revision.ods_code),
            "source": actuals.source,
            "covers": list(actuals.covers),
            "reason": record.reason,
            "correction_note": revision.correction_note,
            "notes": actuals.notes,
            "recorded_at": record.at,
            "recorded_by": record.author.name,
            "supplied_by": record.author.supplied_by,
            "sign_off": approval
            and SignOffOut(
                board_date=approval.board_date,
                lead_role=approval.lead_role,
                signed_off_at=approval.record.at,
                signed_off_by=approval.record.author.name,
            ),
            "released": revision.released and ReleaseOut.from_domain(revision.released),
            "totals": TotalsOut(workforce=everybody.total, bme=everybody.bme),
            "warnings": list_held_warnings(Warned.ACTUALS, revision),
        }


class ActualsOut(RevisionOut):
    """A trust's headcounts at a census, in the revision that counts."""

    headcounts: list[CellOut]

    @classmethod
    def from_domain(cls, revision: ActualsRevision) -> Self:
        """Return the body that presents a revision."""
        held = revision.actuals.headcounts
        return cls(
            **RevisionOut.facts(revision),
            headcounts=[
                CellOut(
                    staff_group=pair[0],
                    band=pair[1],
                    ethnic_group=group,
                    headcount=getattr(held[pair], group.value),
                )
                for pair in ALLOWED_PAIRS
                if pair in held
                for group in EthnicGroup
                if getattr(held[pair], group.value)
            ],
        )


class MeasureShareOut(BodyOut):
    """The share of one measure at a census."""

    measure: Measure
    bme: Headcount
    total: Headcount
    share: Share | None = Field(description="Null when there is nobody.")
    share_reason: str | None = Field(default=None, exclude_if=is_none, examples=["no_people"])


class HeldOut(RevisionOut):
    """One census that is held, with the share of each measure of the workforce."""

    shares: list[MeasureShareOut]

    @classmethod
    def from_domain(cls, revision: ActualsRevision) -> Self:
        """Return the body that presents a census among others."""
        shares = []
        for scope in ALL_SCOPES:
            if scope.staff_group is None and not scope.is_of_board:
                count = revision.actuals.count(scope)
                shares.append(
                    MeasureShareOut(
                        measure=scope.measure,
                        bme=count.bme,
                        total=count.total,
                        share=None if count.share is None else float(count.share),
                        share_reason=None if count.total else "no_people",
                    )
                )
        return cls(**RevisionOut.facts(revision), shares=shares)


class HeldListOut(BodyOut):
    """Every census that a trust has sent, oldest first."""

    items: list[HeldOut | PublicTableOut]
    next: str | None = Field(description="Cursor of the next page; always null here.")


class ChangeOut(BodyOut):
    """One headcount that a revision changed."""

    staff_group: StaffGroup
    band: Band
    ethnic_group: EthnicGroup
    before: Headcount
    after: Headcount


class HistoryOut(RevisionOut):
    """One revision with what it changed; the first changed everything from 0."""

    changes: list[ChangeOut]

    @classmethod
    def from_domain(cls, revision: ActualsRevision, before: ActualsRevision | None) -> Self:
        """Return the body that presents a revision after another."""
        old = before.actuals.headcounts if before else {}
        new = revision.actuals.headcounts
        changes = []
        for pair in ALLOWED_PAIRS:
            for group in EthnicGroup:
                was = getattr(old.get(pair), group.value, 0)
                now = getattr(new.get(pair), group.value, 0)
                if was != now:
                    changes.append(
                        ChangeOut(
                            staff_group=pair[0],
                            band=pair[1],
                            ethnic_group=group,
                            before=was,
                            after=now,
                        )
                    )
        return cls(**RevisionOut.facts(revision), changes=changes)


class HistoryListOut(BodyOut):
    """Every revision of a census, oldest first."""

    items: list[HistoryOut]
    next: str | None = Field(description="Cursor of the next page; always null here.")
