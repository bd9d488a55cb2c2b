"""WRES experts as they are recorded and shown."""

from typing import Annotated, Any, Self

from pydantic import (
    Field,
    ModelWrapValidatorHandler,
    StringConstraints,
    ValidationError,
    ValidatorFunctionWrapHandler,
    WrapValidator,
    model_validator,
)

from app.api.schemas.base import (
    BodyIn,
    BodyOut,
    Day,
    Instant,
    Line,
    OdsCodeText,
    Sentence,
    is_none,
)
from app.api.schemas.faults import fault, parse_each, with_faults
from app.api.schemas.progress import Why
from app.domain.codes import Reason
from app.domain.experts import (
    Expert,
    ExpertRevision,
    Person,
    Support,
    TrustSupport,
    find_support_faults,
)
from app.domain.organisations import Attribute
from app.services.experts import ExpertSubmission

_ADDRESS = r"^[^@\s]+@[^@\s.]+(\.[^@\s.]+)+$"


def _kept_private(code: str, detail: str) -> WrapValidator:
    """Return what refuses a malformed text without repeating it: it may be about a person."""

    def check(value: object, handler: ValidatorFunctionWrapHandler) -> object:
        try:
            return handler(value)
        except ValidationError:
            raise fault(code, detail) from None

    return WrapValidator(check)


Name = Annotated[
    Line, _kept_private("not_a_name", "Send a text of 1 to 200 printable characters.")
]

Email = Annotated[
    Sentence,
    StringConstraints(max_length=254, pattern=_ADDRESS),
    _kept_private(
        "not_an_email",
        "Send an address of at most 254 characters, without spaces, with one @ and a dot after"
        " it.",
    ),
    # The description would leave out a pattern that is checked so late.
    Field(
        description="At work, as it is written there.",
        examples=["an.expert@trust.example"],
        json_schema_extra={"pattern": _ADDRESS},
    ),
]

Cohort = Annotated[
    Line,
    StringConstraints(max_length=100),
    Field(description="The programme's intake.", examples=["2018"]),
]


class SupportIn(BodyIn):
    """A trust that the expert supports from a day to a day."""

    ods_code: OdsCodeText
    starts: Day = Field(description="First day.", examples=["2019-04-01"])
    ends: Day | None = Field(
        default=None,
        description="Last day; null while it goes on.",
        examples=["2021-03-31"],
    )

    @classmethod
    def from_domain(cls, support: Support) -> Self:
        """Return the body that would record a support."""
        return cls(ods_code=support.ods_code, starts=support.starts, ends=support.ends)

    def to_support(self) -> Support:
        """Return the domain's support."""
        return Support(self.ods_code, self.starts, self.ends)


class ExpertIn(BodyIn):
    """A WRES expert, and the trusts supported."""

    name: Name = Field(description="Of the person.", examples=["An Expert"])
    email: Email
    cohort: Cohort
    supports: Annotated[list[SupportIn], Field(max_length=500)] = Field(
        default_factory=list,
        description="One trust may stand more than once, at times that do not overlap.",
        examples=[[{"ods_code": "ZZ001", "starts": "2019-04-01", "ends": None}]],
    )

    @model_validator(mode="wrap")
    @classmethod
    def _with_all_faults(cls, data: Any, handler: ModelWrapValidatorHandler[Self]) -> Self:  # noqa: ANN401 — anything may be sent
        """Report malformed members together with the faults of the others among each other."""
        try:
            return handler(data)
        except ValidationError as error:
            sent = parse_each(data, "supports", SupportIn)
            found = find_support_faults([one.to_support() if one else None for one in sent])
            raise with_faults(cls.__name__, error, found) from None

    @classmethod
    def from_domain(cls, person: Person, expert: Expert) -> Self:
        """Return the body that would record an expert."""
        supports = [SupportIn.from_domain(one) for one in expert.supports]
        return cls(name=person.name, email=person.email, cohort=expert.cohort, supports=supports)

    def to_submission(self) -> ExpertSubmission:
        """Return what the service takes."""
        supports = tuple(one.to_support() for one in self.supports)
        return ExpertSubmission(Person(self.name, self.email), self.cohort, supports)


class SupportOut(BodyOut):
    """A trust that the expert supports from a day to a day, both included."""

    ods_code: OdsCodeText
    starts: Day = Field(description="First day.", examples=["2019-04-01"])
    ends: Day | None = Field(
        description="Last day; null while it goes on.", examples=["2021-03-31"]
    )


class ExpertOut(BodyOut):
    """A WRES expert; a trust is shown only how it is or was supported itself."""

    id: str = Field(examples=["x0123456789ab"])
    revision: int = Field(description="1 for the first.", examples=[1])
    name: str | None = Field(description="Null once erased.", examples=["An Expert"])
    name_reason: Why
    email: str | None = Field(description="Likewise.", examples=["an.expert@trust.example"])
    email_reason: Why
    cohort: str = Field(description="The programme's intake.", examples=["2018"])
    supports: list[SupportOut] = Field(description="By their first days.")
    recorded_at: Instant
    recorded_by: str = Field(examples=["national team"])
    erased_at: Instant | None = Field(
        exclude_if=is_none, description="When the person was erased; present only then."
    )

    @classmethod
    def from_domain(cls, revision: ExpertRevision) -> Self:
        """Return the body that presents an expert."""
        expert, person = revision.expert, revision.expert.person
        why = Reason.ERASED if person is None else None
        return cls(
            id=revision.id,
            revision=revision.revision,
            name=person.name if person else None,
            name_reason=why,
            email=person.email if person else None,
            email_reason=why,
            cohort=expert.cohort,
            supports=[SupportOut.model_validate(one) for one in expert.supports],
            recorded_at=revision.record.at,
            recorded_by=revision.record.author.name,
            erased_at=revision.erased_at,
        )


class ExpertListOut(BodyOut):
    """WRES experts, in the order in which they were first recorded."""

    items: list[ExpertOut]
    next: str | None = Field(description="Cursor of the next page; null at the end.")


class TrustSupportOut(BodyOut):
    """How many WRES experts support a trust on a day."""

    ods_code: OdsCodeText
    name: str = Field(examples=["Acute Trust (demonstration)"])
    region: OdsCodeText | None
    region_reason: Why
    icb: OdsCodeText | None
    icb_reason: Why
    synthetic: bool = Field(description="Whether the trust is invented.")
    on: Day = Field(description="The day.", examples=["2026-11-23"])
    experts: int = Field(
        description="Those erased since are counted until that day.", examples=[1]
    )

    @classmethod
    def from_domain(cls, support: TrustSupport) -> Self:
        """Return the body that presents a trust."""
        trust = support.trust
        region, icb = trust.newest(Attribute.REGION), trust.newest(Attribute.ICB)
        return cls(
            ods_code=trust.ods_code,
            name=trust.name,
            region=region,
            region_reason=None if region else Reason.NOT_IN_REGISTER,
            icb=icb,
            icb_reason=None if icb else Reason.NOT_IN_REGISTER,
            synthetic=trust.is_synthetic,
            on=support.on,
            experts=support.experts,
        )


class TrustSupportListOut(BodyOut):
    """Trusts, those with fewest experts first."""

    items: list[TrustSupportOut]
    next: str | None = Field(description="Cursor of the next page; null at the end.")
