"""Tables.

Rows are how values are kept, not what they mean: they leave this package only as domain
values. SQLModel does not validate table models, so a row is built from a value that has
already been checked. Every rule that the database can enforce is also a constraint.

The ODS code leads every key of what belongs to a trust, so that its rows live together.
"""

from collections.abc import Callable
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any, ClassVar, Final

from sqlalchemy import (
    BigInteger,
    CheckConstraint,
    DateTime,
    Dialect,
    ForeignKeyConstraint,
    Index,
    Integer,
    MetaData,
    Table,
    Text,
    UniqueConstraint,
    text,
)
from sqlalchemy.types import TypeDecorator
from sqlmodel import Field, SQLModel

ODS_CODE: Final = 5
"""Longest ODS code."""

SHARE_UNIT: Final = 10_000
"""Exact shares are kept in ten-thousandths, because SQLite has no decimals."""


ALL: Final = "all"
"""Stands in a key for a staff group or a band where something is not narrowed to one."""


class Instant(TypeDecorator[datetime]):
    """An instant in UTC, on databases with and without time zones."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Return what is stored."""
        if value is None:
            return None
        value = value.astimezone(UTC)
        return value.replace(tzinfo=None) if dialect.name == "sqlite" else value

    def result_processor(self, dialect: Dialect, coltype: object) -> Callable[[Any], Any] | None:
        """Return what makes an instant of what was stored.

        In one step: with `process_result_value` a SQLite text would go through three, and an
        answer about all trusts reads thousands.
        """
        del coltype
        return _read_text if dialect.name == "sqlite" else _read_instant


def _read_text(value: str | None) -> datetime | None:
    # Nine times as quick as `replace(tzinfo=UTC)` afterwards, and the same.
    return None if value is None else datetime.fromisoformat(value + "+00:00")


def _read_instant(value: datetime | None) -> datetime | None:
    return None if value is None else value.astimezone(UTC)


class ExactShare(TypeDecorator[Decimal]):
    """A proportion of four decimal places, kept exactly as a whole number of ten-thousandths."""

    impl = Integer
    cache_ok = True

    def process_bind_param(self, value: Decimal | None, dialect: Dialect) -> int | None:
        """Return what is stored."""
        del dialect
        return None if value is None else int(value * SHARE_UNIT)

    def process_result_value(self, value: Any | None, dialect: Dialect) -> Decimal | None:  # noqa: ANN401 — as the base class has it
        """Return the share that was stored."""
        del dialect
        return read_share(value)


def read_share(value: int | None) -> Decimal | None:
    """Return the share that so many ten-thousandths are."""
    return None if value is None else Decimal(int(value)).scaleb(-4)


def _one_of(column: str, *values: str) -> str:
    listed = ", ".join(f"'{value}'" for value in values)
    return f"{column} IN ({listed})"


def _of_revision(table: str) -> ForeignKeyConstraint:
    key = ["ods_code", "year", "revision"]
    return ForeignKeyConstraint(key, [f"{table}.{column}" for column in key])


def _of_edit() -> ForeignKeyConstraint:
    key = ["ods_code", "target_id", "version", "edit"]
    return ForeignKeyConstraint(key, [f"target_version.{column}" for column in key])


def _of_plan() -> ForeignKeyConstraint:
    key = ["ods_code", "cycle", "revision"]
    return ForeignKeyConstraint(key, [f"action_plan.{column}" for column in key])


class Row(SQLModel):
    """Base of every table; names constraints so that migrations can."""

    metadata: ClassVar[MetaData] = MetaData(
        naming_convention={
            "pk": "pk_%(table_name)s",
            "fk": "fk_%(table_name)s_%(column_0_N_name)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "ix": "ix_%(table_name)s_%(column_0_N_name)s",
            "ck": "ck_%(table_name)s_%(constraint_name)s",
        }
    )


def table_of(row: Any) -> Table:  # noqa: ANN401 — SQLModel does not type its tables
    """Return the table of a row class."""
    table: Table = row.__table__
    return table


class LedgerRow(Row, table=True):
    """The one row that every change goes through: it orders changes and numbers them."""

    __tablename__ = "ledger"
    __table_args__ = (CheckConstraint("id = 1", name="only_one"),)

    id: int = Field(default=1, primary_key=True, sa_column_kwargs={"autoincrement": False})
    changes: int = Field(sa_type=BigInteger)
    changed_at: datetime = Field(sa_type=Instant)


class ChangeRow(Row, table=True):
    """One change, numbered in the order of commits; never changed."""

    __tablename__ = "change"
    __table_args__ = (CheckConstraint("number >= 1", name="number_counts"),)

    number: int = Field(
        primary_key=True, sa_type=BigInteger, sa_column_kwargs={"autoincrement": False}
    )
    recorded_at: datetime = Field(sa_type=Instant)
    kind: str = Field(max_length=20)
    ods_code: str | None = Field(default=None, max_length=ODS_CODE)
    name: str | None = Field(default=None, max_length=60)


class AuditRow(Row, table=True):
    """Who changed or read what, with the hash of the entry before; never changed.

    `thing` says of what `before` and `after` are digests.
    """

    __tablename__ = "audit_entry"
    __table_args__ = (
        CheckConstraint("number >= 1", name="number_counts"),
        CheckConstraint(
            _one_of("event", "change", "redaction", "reading", "before_audit"), name="event_known"
        ),
        CheckConstraint(_one_of("channel", "http", "cli", "upgrade"), name="channel_known"),
        CheckConstraint(
            "(thing IS NULL) = (after IS NULL) AND (event = 'reading' OR thing IS NOT NULL)",
            name="digest_of_thing",
        ),
        CheckConstraint("event <> 'redaction' OR reason IS NOT NULL", name="redaction_has_reason"),
    )

    number: int = Field(
        primary_key=True, sa_type=BigInteger, sa_column_kwargs={"autoincrement": False}
    )
    form: int
    recorded_at: datetime = Field(sa_type=Instant)
    event: str = Field(max_length=12)
    caller_name: str = Field(max_length=200)
    caller_role: str = Field(max_length=10)
    token_id: str | None = Field(default=None, max_length=200)
    channel: str = Field(max_length=7)
    address: str | None = Field(default=None, max_length=100)
    operation: str = Field(max_length=100)
    request_id: str | None = Field(default=None, max_length=64)
    kind: str | None = Field(default=None, max_length=20)
    ods_code: str | None = Field(default=None, max_length=ODS_CODE, index=True)
    name: str | None = Field(default=None, max_length=60)
    change: int | None = Field(default=None, sa_type=BigInteger)
    thing: str | None = Field(default=None, max_length=90, index=True)
    reason: str | None = Field(default=None, max_length=1000)
    before: str | None = Field(default=None, max_length=64)
    after: str | None = Field(default=None, max_length=64)
    previous: str = Field(max_length=64)
    hash: str = Field(max_length=64)


class OrganisationRow(Row, table=True):
    """A trust, integrated care board, region, or England."""

    __tablename__ = "organisation"
    __table_args__ = (
        CheckConstraint(_one_of("kind", "trust", "icb", "region", "england"), name="kind_known"),
        CheckConstraint("closed >= opened", name="closed_not_before_opened"),
        CheckConstraint("revision >= 1", name="revision_counts"),
    )

    ods_code: str = Field(primary_key=True, max_length=ODS_CODE)
    kind: str = Field(max_length=10)
    opened: date | None = None
    closed: date | None = None
    synthetic: bool
    revision: int
    recorded_at: datetime = Field(sa_type=Instant)
    recorded_by: str = Field(max_length=200)


class OrganisationRevisionRow(Row, table=True):
    """An organisation as the register had it from an instant on; never changed.

    `content` is the whole entry as JSON; the days it opened and closed stand beside it, because
    answers as of an instant depend on them.
    """

    __tablename__ = "organisation_revision"
    __table_args__ = (ForeignKeyConstraint(["ods_code"], ["organisation.ods_code"]),)

    ods_code: str = Field(primary_key=True, max_length=ODS_CODE)
    revision: int = Field(primary_key=True, sa_column_kwargs={"autoincrement": False})
    opened: date | None = None
    closed: date | None = None
    content: str = Field(sa_type=Text)
    recorded_at: datetime = Field(sa_type=Instant)
    recorded_by: str = Field(max_length=200)


class OrganisationFactRow(Row, table=True):
    """A name, type, ICB or region of an organisation, from a day to a day."""

    __tablename__ = "organisation_fact"
    __table_args__ = (
        ForeignKeyConstraint(["ods_code"], ["organisation.ods_code"]),
        CheckConstraint(
            _one_of("attribute", "name", "type", "icb", "region"), name="attribute_known"
        ),
        CheckConstraint("ends >= starts", name="ends_not_before_start"),
    )

    ods_code: str = Field(primary_key=True, max_length=ODS_CODE)
    attribute: str = Field(primary_key=True, max_length=10)
    ordinal: int = Field(primary_key=True, sa_column_kwargs={"autoincrement": False})
    value: str = Field(max_length=200)
    starts: date | None = None
    ends: date | None = None


class OrganisationAliasRow(Row, table=True):
    """Another name that an organisation is known by."""

    __tablename__ = "organisation_alias"
    __table_args__ = (ForeignKeyConstraint(["ods_code"], ["organisation.ods_code"]),)

    ods_code: str = Field(primary_key=True, max_length=ODS_CODE)
    ordinal: int = Field(primary_key=True, sa_column_kwargs={"autoincrement": False})
    name: str = Field(max_length=200)


class SuccessionRow(Row, table=True):
    """A successor taking over from a predecessor.

    `known_from` is the instant from which answers take it as known; one that came with the
    first register counts as known since it took effect.
    """

    __tablename__ = "succession"
    __table_args__ = (
        ForeignKeyConstraint(["predecessor"], ["organisation.ods_code"]),
        ForeignKeyConstraint(["successor"], ["organisation.ods_code"]),
        UniqueConstraint("predecessor", "successor", "effective_date"),
        CheckConstraint(
            _one_of("kind", "acquired", "merged", "split", "unknown"), name="kind_known"
        ),
        CheckConstraint("predecessor <> successor", name="not_of_itself"),
    )

    predecessor: str = Field(primary_key=True, max_length=ODS_CODE)
    ordinal: int = Field(primary_key=True, sa_column_kwargs={"autoincrement": False})
    successor: str | None = Field(default=None, max_length=ODS_CODE, index=True)
    effective_date: date
    kind: str = Field(max_length=10)
    confirmed: bool
    known_from: datetime = Field(sa_type=Instant)


class CensusRow(Row, table=True):
    """A census and its dates."""

    __tablename__ = "census"
    __table_args__ = (CheckConstraint("year >= 2015", name="not_before_the_first"),)

    year: int = Field(primary_key=True, sa_column_kwargs={"autoincrement": False})
    opens: date
    due: date | None = None
    published: date | None = None


class CensusRevisionRow(Row, table=True):
    """The dates of a census as the national team set them; never changed, the newest holds.

    A census without one has the dates that it came with.
    """

    __tablename__ = "census_revision"
    __table_args__ = (
        ForeignKeyConstraint(["year"], ["census.year"]),
        CheckConstraint("revision >= 1", name="revision_counts"),
        CheckConstraint("due >= opens", name="due_not_before_opening"),
    )

    year: int = Field(primary_key=True, sa_column_kwargs={"autoincrement": False})
    revision: int = Field(primary_key=True, sa_column_kwargs={"autoincrement": False})
    opens: date
    due: date | None = None
    published: date | None = None
    recorded_at: datetime = Field(sa_type=Instant)
    recorded_by: str = Field(max_length=200)


class CensusExtensionRow(Row, table=True):
    """More time for one trust, in a revision of a census's dates, and why."""

    __tablename__ = "census_extension"
    __table_args__ = (
        ForeignKeyConstraint(
            ["year", "revision"], ["census_revision.year", "census_revision.revision"]
        ),
        ForeignKeyConstraint(["ods_code"], ["organisation.ods_code"]),
    )

    year: int = Field(primary_key=True, sa_column_kwargs={"autoincrement": False})
    revision: int = Field(primary_key=True, sa_column_kwargs={"autoincrement": False})
    ods_code: str = Field(primary_key=True, max_length=ODS_CODE)
    due: date
    reason: str = Field(max_length=1000)


class CycleRow(Row, table=True):
    """Three years for which targets are set."""

    __tablename__ = "cycle"
    __table_args__ = (CheckConstraint("ends > starts", name="ends_after_start"),)

    code: str = Field(primary_key=True, max_length=9)
    starts: int
    ends: int
    ambition_year: int
    ambition_source: str = Field(max_length=500)


class ActualsRevisionRow(Row, table=True):
    """One revision of a trust's actuals at a census; never changed."""

    __tablename__ = "actuals_revision"
    __table_args__ = (
        ForeignKeyConstraint(["ods_code"], ["organisation.ods_code"]),
        ForeignKeyConstraint(["year"], ["census.year"]),
        CheckConstraint("revision >= 1", name="revision_counts"),
        CheckConstraint("revision = 1 OR reason IS NOT NULL", name="change_has_reason"),
    )

    ods_code: str = Field(primary_key=True, max_length=ODS_CODE)
    year: int = Field(primary_key=True, sa_column_kwargs={"autoincrement": False})
    revision: int = Field(primary_key=True, sa_column_kwargs={"autoincrement": False})
    source: str = Field(max_length=500)
    notes: str | None = Field(default=None, max_length=4000)
    reason: str | None = Field(default=None, max_length=1000)
    correction_note: str | None = Field(default=None, max_length=1000)
    recorded_at: datetime = Field(sa_type=Instant)
    recorded_by: str = Field(max_length=200)
    supplied_by: str | None = Field(default=None, max_length=10)


class ActualsCoverRow(Row, table=True):
    """A trust whose staff a revision of actuals counts."""

    __tablename__ = "actuals_cover"
    __table_args__ = (
        _of_revision("actuals_revision"),
        ForeignKeyConstraint(["covered"], ["organisation.ods_code"]),
    )

    ods_code: str = Field(primary_key=True, max_length=ODS_CODE)
    year: int = Field(primary_key=True, sa_column_kwargs={"autoincrement": False})
    revision: int = Field(primary_key=True, sa_column_kwargs={"autoincrement": False})
    covered: str = Field(primary_key=True, max_length=ODS_CODE)


class ActualsWarningRow(Row, table=True):
    """A warning given when a revision of actuals was stored."""

    __tablename__ = "actuals_warning"
    __table_args__ = (_of_revision("actuals_revision"),)

    ods_code: str = Field(primary_key=True, max_length=ODS_CODE)
    year: int = Field(primary_key=True, sa_column_kwargs={"autoincrement": False})
    revision: int = Field(primary_key=True, sa_column_kwargs={"autoincrement": False})
    ordinal: int = Field(primary_key=True, sa_column_kwargs={"autoincrement": False})
    code: str = Field(max_length=40)
    detail: str = Field(max_length=500)


class HeadcountRow(Row, table=True):
    """Persons of one staff group and band in a revision of actuals."""

    __tablename__ = "headcount"
    __table_args__ = (
        _of_revision("actuals_revision"),
        CheckConstraint("white >= 0 AND bme >= 0 AND unknown >= 0", name="not_negative"),
        CheckConstraint("white + bme + unknown > 0", name="not_empty"),
        CheckConstraint(
            _one_of("staff_group", "non_clinical", "clinical", "medical"),
            name="staff_group_known",
        ),
        CheckConstraint(
            "(staff_group = 'medical') = "
            "(band IN ('consultant', 'career_grade', 'trainee', 'other'))",
            name="band_of_staff_group",
        ),
    )

    ods_code: str = Field(primary_key=True, max_length=ODS_CODE)
    year: int = Field(primary_key=True, sa_column_kwargs={"autoincrement": False})
    revision: int = Field(primary_key=True, sa_column_kwargs={"autoincrement": False})
    staff_group: str = Field(primary_key=True, max_length=12)
    band: str = Field(primary_key=True, max_length=12)
    white: int
    bme: int
    unknown: int


class ActualsSummaryRow(Row, table=True):
    """What the headcounts of a revision of actuals say, in one row."""

    __tablename__ = "actuals_summary"
    __table_args__ = (_of_revision("actuals_revision"),)

    ods_code: str = Field(primary_key=True, max_length=ODS_CODE)
    year: int = Field(primary_key=True, sa_column_kwargs={"autoincrement": False})
    revision: int = Field(primary_key=True, sa_column_kwargs={"autoincrement": False})
    cells: str = Field(sa_type=Text)
    people: str = Field(sa_type=Text)


class SignOffRow(Row, table=True):
    """The board's approval of a revision of actuals."""

    __tablename__ = "sign_off"
    __table_args__ = (_of_revision("actuals_revision"),)

    ods_code: str = Field(primary_key=True, max_length=ODS_CODE)
    year: int = Field(primary_key=True, sa_column_kwargs={"autoincrement": False})
    revision: int = Field(primary_key=True, sa_column_kwargs={"autoincrement": False})
    board_date: date
    lead_role: str = Field(max_length=200)
    recorded_at: datetime = Field(sa_type=Instant)
    recorded_by: str = Field(max_length=200)
    supplied_by: str | None = Field(default=None, max_length=10)


class ReleaseRow(Row, table=True):
    """An edition of what is public of a census, of England or of a trust; never changed.

    What it holds is what counted at `as_of`; `exact` figures are public as they are.
    """

    __tablename__ = "release"
    __table_args__ = (
        ForeignKeyConstraint(["ods_code"], ["organisation.ods_code"]),
        ForeignKeyConstraint(["year"], ["census.year"]),
        CheckConstraint("edition >= 1", name="edition_counts"),
        CheckConstraint("as_of <= recorded_at", name="of_what_was_known"),
    )

    ods_code: str = Field(primary_key=True, max_length=ODS_CODE)
    year: int = Field(primary_key=True, sa_column_kwargs={"autoincrement": False})
    edition: int = Field(primary_key=True, sa_column_kwargs={"autoincrement": False})
    name: str = Field(max_length=200)
    note: str | None = Field(default=None, max_length=4000)
    as_of: datetime = Field(sa_type=Instant)
    exact: bool
    recorded_at: datetime = Field(sa_type=Instant)
    recorded_by: str = Field(max_length=200)
    supplied_by: str | None = Field(default=None, max_length=10)


class DisclosureRow(Row, table=True):
    """How strictly a table of a trust was controlled in an edition for everybody; never changed.

    `part` is the workforce or the board; `released_as` is whose release the edition is.
    """

    __tablename__ = "disclosure"
    __table_args__ = (
        ForeignKeyConstraint(["ods_code"], ["organisation.ods_code"]),
        ForeignKeyConstraint(
            ["released_as", "year", "edition"],
            ["release.ods_code", "release.year", "release.edition"],
        ),
        CheckConstraint("part IN ('workforce', 'board')", name="part_known"),
        CheckConstraint("threshold BETWEEN 5 AND 10", name="threshold_in_range"),
        CheckConstraint("base BETWEEN 1 AND 10", name="base_in_range"),
    )

    ods_code: str = Field(primary_key=True, max_length=ODS_CODE)
    year: int = Field(primary_key=True, sa_column_kwargs={"autoincrement": False})
    edition: int = Field(primary_key=True, sa_column_kwargs={"autoincrement": False})
    part: str = Field(primary_key=True, max_length=10)
    released_as: str = Field(max_length=ODS_CODE)
    threshold: int
    base: int


class HiddenGroupRow(Row, table=True):
    """A group of which an edition hides the row, or only the split, and why; never changed."""

    __tablename__ = "hidden_group"
    __table_args__ = (
        ForeignKeyConstraint(
            ["ods_code", "year", "edition", "part"],
            ["disclosure.ods_code", "disclosure.year", "disclosure.edition", "disclosure.part"],
        ),
        CheckConstraint("layer IN ('row', 'split')", name="layer_known"),
        CheckConstraint("why IN ('primary', 'secondary')", name="why_known"),
    )

    ods_code: str = Field(primary_key=True, max_length=ODS_CODE)
    year: int = Field(primary_key=True, sa_column_kwargs={"autoincrement": False})
    edition: int = Field(primary_key=True, sa_column_kwargs={"autoincrement": False})
    part: str = Field(primary_key=True, max_length=10)
    group_name: str = Field(primary_key=True, max_length=30)
    layer: str = Field(max_length=5)
    why: str = Field(max_length=9)


class ExplanationRow(Row, table=True):
    """What a trust says to a warning that stays with a revision; the newest edition holds."""

    __tablename__ = "explanation"
    __table_args__ = (
        ForeignKeyConstraint(["ods_code"], ["organisation.ods_code"]),
        CheckConstraint("edition >= 1", name="edition_counts"),
    )

    ods_code: str = Field(primary_key=True, max_length=ODS_CODE)
    warning_id: str = Field(primary_key=True, max_length=60)
    edition: int = Field(primary_key=True, sa_column_kwargs={"autoincrement": False})
    text: str = Field(max_length=4000)
    recorded_at: datetime = Field(sa_type=Instant)
    recorded_by: str = Field(max_length=200)
    supplied_by: str | None = Field(default=None, max_length=10)


class ConsentRevisionRow(Row, table=True):
    """All that a trust consented to from an instant on; the newest revision holds."""

    __tablename__ = "consent_revision"
    __table_args__ = (
        ForeignKeyConstraint(["ods_code"], ["organisation.ods_code"]),
        CheckConstraint("revision >= 1", name="revision_counts"),
    )

    ods_code: str = Field(primary_key=True, max_length=ODS_CODE)
    revision: int = Field(primary_key=True, sa_column_kwargs={"autoincrement": False})
    recorded_at: datetime = Field(sa_type=Instant)
    recorded_by: str = Field(max_length=200)
    supplied_by: str | None = Field(default=None, max_length=10)


class ConsentAreaRow(Row, table=True):
    """An area that a revision of a trust's consents names."""

    __tablename__ = "consent_area"
    __table_args__ = (
        ForeignKeyConstraint(
            ["ods_code", "revision"], ["consent_revision.ods_code", "consent_revision.revision"]
        ),
        ForeignKeyConstraint(["area"], ["organisation.ods_code"]),
    )

    ods_code: str = Field(primary_key=True, max_length=ODS_CODE)
    revision: int = Field(primary_key=True, sa_column_kwargs={"autoincrement": False})
    area: str = Field(primary_key=True, max_length=ODS_CODE)


class BoardRevisionRow(Row, table=True):
    """One revision of a trust's board at a census; never changed."""

    __tablename__ = "board_revision"
    __table_args__ = (
        ForeignKeyConstraint(["ods_code"], ["organisation.ods_code"]),
        ForeignKeyConstraint(["year"], ["census.year"]),
        CheckConstraint("revision >= 1", name="revision_counts"),
        CheckConstraint("revision = 1 OR reason IS NOT NULL", name="change_has_reason"),
    )

    ods_code: str = Field(primary_key=True, max_length=ODS_CODE)
    year: int = Field(primary_key=True, sa_column_kwargs={"autoincrement": False})
    revision: int = Field(primary_key=True, sa_column_kwargs={"autoincrement": False})
    source: str = Field(max_length=500)
    reason: str | None = Field(default=None, max_length=1000)
    correction_note: str | None = Field(default=None, max_length=1000)
    recorded_at: datetime = Field(sa_type=Instant)
    recorded_by: str = Field(max_length=200)
    supplied_by: str | None = Field(default=None, max_length=10)


class BoardWarningRow(Row, table=True):
    """A warning given when a revision of a board was stored."""

    __tablename__ = "board_warning"
    __table_args__ = (_of_revision("board_revision"),)

    ods_code: str = Field(primary_key=True, max_length=ODS_CODE)
    year: int = Field(primary_key=True, sa_column_kwargs={"autoincrement": False})
    revision: int = Field(primary_key=True, sa_column_kwargs={"autoincrement": False})
    ordinal: int = Field(primary_key=True, sa_column_kwargs={"autoincrement": False})
    code: str = Field(max_length=40)
    detail: str = Field(max_length=500)


class BoardSeatRow(Row, table=True):
    """Board members of one kind in a revision of a board."""

    __tablename__ = "board_seat"
    __table_args__ = (
        _of_revision("board_revision"),
        CheckConstraint("white >= 0 AND bme >= 0 AND unknown >= 0", name="not_negative"),
        CheckConstraint("white + bme + unknown > 0", name="not_empty"),
    )

    ods_code: str = Field(primary_key=True, max_length=ODS_CODE)
    year: int = Field(primary_key=True, sa_column_kwargs={"autoincrement": False})
    revision: int = Field(primary_key=True, sa_column_kwargs={"autoincrement": False})
    voting: bool = Field(primary_key=True)
    executive: bool = Field(primary_key=True)
    white: int
    bme: int
    unknown: int


class BoardSummaryRow(Row, table=True):
    """What the seats of a revision of a board say, in one row."""

    __tablename__ = "board_summary"
    __table_args__ = (_of_revision("board_revision"),)

    ods_code: str = Field(primary_key=True, max_length=ODS_CODE)
    year: int = Field(primary_key=True, sa_column_kwargs={"autoincrement": False})
    revision: int = Field(primary_key=True, sa_column_kwargs={"autoincrement": False})
    cells: str = Field(sa_type=Text)
    people: str = Field(sa_type=Text)


class IndicatorRevisionRow(Row, table=True):
    """One revision of a trust's indicators 2 to 8 at a census; never changed."""

    __tablename__ = "indicator_revision"
    __table_args__ = (
        ForeignKeyConstraint(["ods_code"], ["organisation.ods_code"]),
        ForeignKeyConstraint(["year"], ["census.year"]),
        CheckConstraint("revision >= 1", name="revision_counts"),
        CheckConstraint("revision = 1 OR reason IS NOT NULL", name="change_has_reason"),
    )

    ods_code: str = Field(primary_key=True, max_length=ODS_CODE)
    year: int = Field(primary_key=True, sa_column_kwargs={"autoincrement": False})
    revision: int = Field(primary_key=True, sa_column_kwargs={"autoincrement": False})
    source: str = Field(max_length=500)
    notes: str | None = Field(default=None, max_length=4000)
    reason: str | None = Field(default=None, max_length=1000)
    correction_note: str | None = Field(default=None, max_length=1000)
    recorded_at: datetime = Field(sa_type=Instant)
    recorded_by: str = Field(max_length=200)
    supplied_by: str | None = Field(default=None, max_length=10)


class IndicatorWarningRow(Row, table=True):
    """A warning given when a revision of indicators was stored."""

    __tablename__ = "indicator_warning"
    __table_args__ = (_of_revision("indicator_revision"),)

    ods_code: str = Field(primary_key=True, max_length=ODS_CODE)
    year: int = Field(primary_key=True, sa_column_kwargs={"autoincrement": False})
    revision: int = Field(primary_key=True, sa_column_kwargs={"autoincrement": False})
    ordinal: int = Field(primary_key=True, sa_column_kwargs={"autoincrement": False})
    code: str = Field(max_length=40)
    detail: str = Field(max_length=500)


class IndicatorPoolRow(Row, table=True):
    """Persons of one ethnic group in a pool of indicator 2, 3 or 4, and the events among them.

    Staff group and band are `all` where the pool is not narrowed. All rows of an indicator in a
    revision are of the same period.
    """

    __tablename__ = "indicator_pool"
    __table_args__ = (
        _of_revision("indicator_revision"),
        CheckConstraint("indicator IN (2, 3, 4)", name="indicator_known"),
        CheckConstraint(
            _one_of("staff_group", ALL, "non_clinical", "clinical", "medical"),
            name="staff_group_known",
        ),
        CheckConstraint(
            "band = 'all' OR (staff_group <> 'all' AND (staff_group = 'medical') = "
            "(band IN ('consultant', 'career_grade', 'trainee', 'other')))",
            name="band_of_staff_group",
        ),
        CheckConstraint("indicator = 2 OR staff_group = 'all'", name="narrowed_indicator"),
        CheckConstraint(
            _one_of("ethnic_group", "white", "bme", "unknown"), name="ethnic_group_known"
        ),
        CheckConstraint("ends >= starts", name="ends_not_before_start"),
        CheckConstraint("pool > 0", name="not_empty"),
        CheckConstraint("events BETWEEN 0 AND pool", name="events_of_pool"),
    )

    ods_code: str = Field(primary_key=True, max_length=ODS_CODE)
    year: int = Field(primary_key=True, sa_column_kwargs={"autoincrement": False})
    revision: int = Field(primary_key=True, sa_column_kwargs={"autoincrement": False})
    indicator: int = Field(primary_key=True, sa_column_kwargs={"autoincrement": False})
    staff_group: str = Field(primary_key=True, max_length=12)
    band: str = Field(primary_key=True, max_length=12)
    ethnic_group: str = Field(primary_key=True, max_length=7)
    starts: date
    ends: date
    pool: int
    events: int


class IndicatorSurveyRow(Row, table=True):
    """Respondents of one ethnic group to a question of indicators 5 to 8, and their share.

    The share is empty where it was not told. All rows of an indicator in a revision are of the
    same period.
    """

    __tablename__ = "indicator_survey"
    __table_args__ = (
        _of_revision("indicator_revision"),
        CheckConstraint("indicator IN (5, 6, 7, 8)", name="indicator_known"),
        CheckConstraint(
            _one_of("ethnic_group", "white", "bme", "unknown"), name="ethnic_group_known"
        ),
        CheckConstraint("ends >= starts", name="ends_not_before_start"),
        CheckConstraint("respondents > 0", name="not_empty"),
        CheckConstraint("share BETWEEN 0 AND 10000", name="share_in_range"),
    )

    ods_code: str = Field(primary_key=True, max_length=ODS_CODE)
    year: int = Field(primary_key=True, sa_column_kwargs={"autoincrement": False})
    revision: int = Field(primary_key=True, sa_column_kwargs={"autoincrement": False})
    indicator: int = Field(primary_key=True, sa_column_kwargs={"autoincrement": False})
    ethnic_group: str = Field(primary_key=True, max_length=7)
    starts: date
    ends: date
    respondents: int
    share: Decimal | None = Field(default=None, sa_type=ExactShare)


class TargetRow(Row, table=True):
    """A trust's target for one measure in one cycle, whatever its versions say."""

    __tablename__ = "target"
    __table_args__ = (
        ForeignKeyConstraint(["ods_code"], ["organisation.ods_code"]),
        ForeignKeyConstraint(["cycle"], ["cycle.code"]),
        CheckConstraint(
            _one_of("staff_group", "clinical", "non_clinical"), name="staff_group_known"
        ),
    )

    ods_code: str = Field(primary_key=True, max_length=ODS_CODE)
    target_id: str = Field(primary_key=True, max_length=60)
    cycle: str = Field(max_length=9)
    measure: str = Field(max_length=20)
    staff_group: str | None = Field(default=None, max_length=12)


class TargetVersionRow(Row, table=True):
    """One edit of a version of a target: what it says, and from where it starts; never changed.

    A draft has an edit for each change; the last one is what was submitted.
    """

    __tablename__ = "target_version"
    __table_args__ = (
        ForeignKeyConstraint(["ods_code", "target_id"], ["target.ods_code", "target.target_id"]),
        CheckConstraint("version >= 1", name="version_counts"),
        CheckConstraint("edit >= 1", name="edit_counts"),
        CheckConstraint(
            _one_of("form", "share", "headcount", "maintain", "no_target_needed"),
            name="form_known",
        ),
        CheckConstraint("(form = 'share') = (goal_share IS NOT NULL)", name="share_with_form"),
        CheckConstraint(
            "(form = 'headcount') = (goal_headcount IS NOT NULL)", name="headcount_with_form"
        ),
        CheckConstraint(
            "(form = 'no_target_needed') = (goal_reason IS NOT NULL)", name="reason_with_form"
        ),
        CheckConstraint("goal_share BETWEEN 0 AND 10000", name="share_in_range"),
        CheckConstraint("goal_headcount >= 0", name="headcount_not_negative"),
        CheckConstraint("reference_share BETWEEN 0 AND 10000", name="reference_in_range"),
        CheckConstraint(
            "baseline_bme BETWEEN 0 AND baseline_total"
            " AND workforce_bme BETWEEN 0 AND workforce_total",
            name="baseline_is_of_people",
        ),
    )

    ods_code: str = Field(primary_key=True, max_length=ODS_CODE)
    target_id: str = Field(primary_key=True, max_length=60)
    version: int = Field(primary_key=True, sa_column_kwargs={"autoincrement": False})
    edit: int = Field(primary_key=True, sa_column_kwargs={"autoincrement": False})
    form: str = Field(max_length=20)
    goal_share: Decimal | None = Field(default=None, sa_type=ExactShare)
    goal_headcount: int | None = None
    goal_reason: str | None = Field(default=None, max_length=1000)
    rounding: str = Field(max_length=10)
    reference_kind: str | None = Field(default=None, max_length=30)
    reference_share: Decimal | None = Field(default=None, sa_type=ExactShare)
    reference_source: str | None = Field(default=None, max_length=500)
    board_approved_on: date | None = None
    rationale: str | None = Field(default=None, max_length=4000)
    provenance: str = Field(max_length=20)
    proposal_method: str | None = Field(default=None, max_length=20)
    proposal_inputs: str | None = Field(default=None, sa_type=Text)
    baseline_bme: int | None = None
    baseline_total: int | None = None
    workforce_bme: int | None = None
    workforce_total: int | None = None
    baseline_revision: int | None = None
    baseline_covers: str | None = Field(default=None, max_length=1000)
    baseline_source: str | None = Field(default=None, max_length=500)
    recorded_at: datetime = Field(sa_type=Instant)
    recorded_by: str = Field(max_length=200)
    supplied_by: str | None = Field(default=None, max_length=10)
    change_reason: str | None = Field(default=None, max_length=1000)


class TargetMilestoneRow(Row, table=True):
    """A milestone that a trust stated for a census of the cycle."""

    __tablename__ = "target_milestone"
    __table_args__ = (
        _of_edit(),
        CheckConstraint("(share IS NULL) <> (headcount IS NULL)", name="one_form"),
        CheckConstraint("share BETWEEN 0 AND 10000", name="share_in_range"),
        CheckConstraint("headcount >= 0", name="headcount_not_negative"),
    )

    ods_code: str = Field(primary_key=True, max_length=ODS_CODE)
    target_id: str = Field(primary_key=True, max_length=60)
    version: int = Field(primary_key=True, sa_column_kwargs={"autoincrement": False})
    edit: int = Field(primary_key=True, sa_column_kwargs={"autoincrement": False})
    year: int = Field(primary_key=True, sa_column_kwargs={"autoincrement": False})
    share: Decimal | None = Field(default=None, sa_type=ExactShare)
    headcount: int | None = None


class TargetMoveRow(Row, table=True):
    """A move in the life of a version of a target; the newest is its state."""

    __tablename__ = "target_move"
    __table_args__ = (
        _of_edit(),
        CheckConstraint(
            _one_of(
                "state", "draft", "submitted", "reviewed", "returned", "superseded", "withdrawn"
            ),
            name="state_known",
        ),
    )

    ods_code: str = Field(primary_key=True, max_length=ODS_CODE)
    target_id: str = Field(primary_key=True, max_length=60)
    version: int = Field(primary_key=True, sa_column_kwargs={"autoincrement": False})
    ordinal: int = Field(primary_key=True, sa_column_kwargs={"autoincrement": False})
    edit: int
    state: str = Field(max_length=12)
    comment: str | None = Field(default=None, max_length=4000)
    recorded_at: datetime = Field(sa_type=Instant)
    recorded_by: str = Field(max_length=200)
    supplied_by: str | None = Field(default=None, max_length=10)


class TargetCommentRow(Row, table=True):
    """What the national team or an area said about a version of a target; never changed."""

    __tablename__ = "target_comment"
    __table_args__ = (
        ForeignKeyConstraint(["ods_code", "target_id"], ["target.ods_code", "target.target_id"]),
        CheckConstraint("version >= 1", name="version_counts"),
        CheckConstraint(_one_of("role", "area", "national"), name="role_known"),
    )

    ods_code: str = Field(primary_key=True, max_length=ODS_CODE)
    target_id: str = Field(primary_key=True, max_length=60)
    ordinal: int = Field(primary_key=True, sa_column_kwargs={"autoincrement": False})
    version: int
    role: str = Field(max_length=10)
    text: str = Field(max_length=4000)
    recorded_at: datetime = Field(sa_type=Instant)
    recorded_by: str = Field(max_length=200)


class ActionPlanRow(Row, table=True):
    """One revision of a trust's action plan for a cycle; never changed, the newest holds."""

    __tablename__ = "action_plan"
    __table_args__ = (
        ForeignKeyConstraint(["ods_code"], ["organisation.ods_code"]),
        ForeignKeyConstraint(["cycle"], ["cycle.code"]),
        CheckConstraint("revision >= 1", name="revision_counts"),
    )

    ods_code: str = Field(primary_key=True, max_length=ODS_CODE)
    cycle: str = Field(primary_key=True, max_length=9)
    revision: int = Field(primary_key=True, sa_column_kwargs={"autoincrement": False})
    published_url: str | None = Field(default=None, max_length=500)
    published_on: date | None = None
    recorded_at: datetime = Field(sa_type=Instant)
    recorded_by: str = Field(max_length=200)
    supplied_by: str | None = Field(default=None, max_length=10)


class ActionPlanTargetRow(Row, table=True):
    """A target that a revision of an action plan serves."""

    __tablename__ = "action_plan_target"
    __table_args__ = (
        _of_plan(),
        ForeignKeyConstraint(["ods_code", "target_id"], ["target.ods_code", "target.target_id"]),
    )

    ods_code: str = Field(primary_key=True, max_length=ODS_CODE)
    cycle: str = Field(primary_key=True, max_length=9)
    revision: int = Field(primary_key=True, sa_column_kwargs={"autoincrement": False})
    target_id: str = Field(primary_key=True, max_length=60)


class ActionRow(Row, table=True):
    """An action in a revision of an action plan; its `action_id` stays the same in all of them."""

    __tablename__ = "action"
    __table_args__ = (
        _of_plan(),
        UniqueConstraint("ods_code", "cycle", "revision", "action_id"),
        CheckConstraint(
            _one_of("status", "planned", "in_progress", "embedded", "stopped"),
            name="status_known",
        ),
        CheckConstraint("(measure IS NULL) <> (indicator IS NULL)", name="one_aim"),
        CheckConstraint("indicator BETWEEN 1 AND 9", name="indicator_known"),
        CheckConstraint(
            _one_of("staff_group", "clinical", "non_clinical"), name="staff_group_known"
        ),
    )

    ods_code: str = Field(primary_key=True, max_length=ODS_CODE)
    cycle: str = Field(primary_key=True, max_length=9)
    revision: int = Field(primary_key=True, sa_column_kwargs={"autoincrement": False})
    ordinal: int = Field(primary_key=True, sa_column_kwargs={"autoincrement": False})
    action_id: str = Field(max_length=40)
    title: str = Field(max_length=200)
    measure: str | None = Field(default=None, max_length=20)
    staff_group: str | None = Field(default=None, max_length=12)
    indicator: int | None = None
    owner: str = Field(max_length=200)
    due: date
    status: str = Field(max_length=12)
    notes: str | None = Field(default=None, max_length=4000)


class PlanReviewRow(Row, table=True):
    """A review of an action plan after one year or three, as a revision of the plan has it.

    `figures` are the numbers of the day on which the review was first stored, as JSON, and
    `reviewed_…` says when and by whom; later revisions carry both on unchanged. `commented_…`
    says who worded the comment as it is; rows of earlier releases may leave it out.
    """

    __tablename__ = "plan_review"
    __table_args__ = (_of_plan(), CheckConstraint("after_years IN (1, 3)", name="years_known"))

    ods_code: str = Field(primary_key=True, max_length=ODS_CODE)
    cycle: str = Field(primary_key=True, max_length=9)
    revision: int = Field(primary_key=True, sa_column_kwargs={"autoincrement": False})
    after_years: int = Field(primary_key=True, sa_column_kwargs={"autoincrement": False})
    comment: str = Field(max_length=4000)
    figures: str = Field(sa_type=Text)
    reviewed_at: datetime = Field(sa_type=Instant)
    reviewed_by: str = Field(max_length=200)
    supplied_by: str | None = Field(default=None, max_length=10)
    commented_at: datetime | None = Field(default=None, sa_type=Instant)
    commented_by: str | None = Field(default=None, max_length=200)
    comment_supplied_by: str | None = Field(default=None, max_length=10)


class ImportRecordRow(Row, table=True):
    """A file of figures that was imported; its content is not kept."""

    __tablename__ = "import_record"
    __table_args__ = (
        CheckConstraint(
            _one_of("kind", "actuals", "board", "targets", "indicators"), name="kind_known"
        ),
        CheckConstraint("size >= 1 AND row_count >= 1", name="has_content"),
    )

    id: str = Field(primary_key=True, max_length=16)
    kind: str = Field(max_length=10)
    file_name: str = Field(max_length=200)
    sha256: str = Field(max_length=64, index=True)
    size: int
    row_count: int
    reason: str | None = Field(default=None, max_length=1000)
    correction_note: str | None = Field(default=None, max_length=1000)
    recorded_at: datetime = Field(sa_type=Instant)
    recorded_by: str = Field(max_length=200)
    supplied_by: str | None = Field(default=None, max_length=10)


class ImportItemRow(Row, table=True):
    """One thing in an imported file, and the revision or version that says what it says."""

    __tablename__ = "import_item"
    __table_args__ = (
        ForeignKeyConstraint(["import_id"], ["import_record.id"]),
        ForeignKeyConstraint(["ods_code"], ["organisation.ods_code"]),
        CheckConstraint(_one_of("outcome", "new", "revised", "unchanged"), name="outcome_known"),
        CheckConstraint("revision >= 1", name="revision_counts"),
        CheckConstraint("cells_changed >= 0", name="not_negative"),
    )

    import_id: str = Field(primary_key=True, max_length=16)
    ods_code: str = Field(primary_key=True, max_length=ODS_CODE)
    name: str = Field(primary_key=True, max_length=60)
    outcome: str = Field(max_length=9)
    revision: int
    cells_changed: int


class ImportWarningRow(Row, table=True):
    """What should be known of an imported file, or of one thing in it."""

    __tablename__ = "import_warning"
    __table_args__ = (ForeignKeyConstraint(["import_id"], ["import_record.id"]),)

    import_id: str = Field(primary_key=True, max_length=16)
    ordinal: int = Field(primary_key=True, sa_column_kwargs={"autoincrement": False})
    code: str = Field(max_length=40)
    detail: str = Field(max_length=1000)
    ods_code: str | None = Field(default=None, max_length=ODS_CODE)
    name: str | None = Field(default=None, max_length=60)


class ExpertRow(Row, table=True):
    """A WRES expert; who it is stands in the revisions, until the person is erased."""

    __tablename__ = "expert"

    id: str = Field(primary_key=True, max_length=16)
    created_at: datetime = Field(sa_type=Instant)
    created_by: str = Field(max_length=200)
    erased_at: datetime | None = Field(default=None, sa_type=Instant)
    erased_by: str | None = Field(default=None, max_length=200)


class ExpertRevisionRow(Row, table=True):
    """What was recorded of a WRES expert; erasing takes name and e-mail out of every revision."""

    __tablename__ = "expert_revision"
    __table_args__ = (
        ForeignKeyConstraint(["expert_id"], ["expert.id"]),
        CheckConstraint("revision >= 1", name="revision_counts"),
        CheckConstraint("(name IS NULL) = (email IS NULL)", name="known_or_erased"),
    )

    expert_id: str = Field(primary_key=True, max_length=16)
    revision: int = Field(primary_key=True, sa_column_kwargs={"autoincrement": False})
    name: str | None = Field(default=None, max_length=200)
    email: str | None = Field(default=None, max_length=254)
    cohort: str = Field(max_length=100)
    recorded_at: datetime = Field(sa_type=Instant)
    recorded_by: str = Field(max_length=200)


class ExpertSupportRow(Row, table=True):
    """A trust that a WRES expert supports from a day to a day, in a revision."""

    __tablename__ = "expert_support"
    __table_args__ = (
        ForeignKeyConstraint(
            ["expert_id", "revision"], ["expert_revision.expert_id", "expert_revision.revision"]
        ),
        ForeignKeyConstraint(["ods_code"], ["organisation.ods_code"]),
        CheckConstraint("ends >= starts", name="ends_not_before_start"),
    )

    expert_id: str = Field(primary_key=True, max_length=16)
    revision: int = Field(primary_key=True, sa_column_kwargs={"autoincrement": False})
    ordinal: int = Field(primary_key=True, sa_column_kwargs={"autoincrement": False})
    ods_code: str = Field(max_length=ODS_CODE, index=True)
    starts: date
    ends: date | None = None


class TokenRow(Row, table=True):
    """A caller's token; of the token itself only the hash is kept.

    Where another's signed tokens stand for it, it has their subject in place of a hash.
    """

    __tablename__ = "token"
    __table_args__ = (
        UniqueConstraint("hash"),
        CheckConstraint(
            _one_of("role", "trust_data", "trust", "area", "national"), name="role_known"
        ),
        CheckConstraint(
            "(hash IS NULL) = (subject IS NOT NULL) AND (subject IS NULL) = (issuer IS NULL)",
            name="secret_or_subject",
        ),
        CheckConstraint(
            "(former_hash IS NULL) = (former_until IS NULL)"
            " AND (former_hash IS NULL OR hash IS NOT NULL)",
            name="former_secret_ends",
        ),
        # One registration at a time says what a subject may do; a revoked one says nothing.
        Index(
            "ix_token_issuer_subject",
            "issuer",
            "subject",
            unique=True,
            sqlite_where=text("revoked_at IS NULL"),
            postgresql_where=text("revoked_at IS NULL"),
        ),
    )

    id: str = Field(primary_key=True, max_length=16)
    hash: str | None = Field(default=None, max_length=64)
    name: str = Field(max_length=200)
    role: str = Field(max_length=10)
    created_at: datetime = Field(sa_type=Instant)
    created_by: str = Field(max_length=200)
    expires_at: datetime | None = Field(default=None, sa_type=Instant)
    revoked_at: datetime | None = Field(default=None, sa_type=Instant)
    revoked_by: str | None = Field(default=None, max_length=200)
    former_hash: str | None = Field(default=None, max_length=64)
    former_until: datetime | None = Field(default=None, sa_type=Instant)
    issuer: str | None = Field(default=None, max_length=500)
    subject: str | None = Field(default=None, max_length=255)
    last_used_at: datetime | None = Field(default=None, sa_type=Instant)


class TokenOrganisationRow(Row, table=True):
    """An organisation that a token is for."""

    __tablename__ = "token_organisation"
    __table_args__ = (
        ForeignKeyConstraint(["token_id"], ["token.id"]),
        ForeignKeyConstraint(["ods_code"], ["organisation.ods_code"]),
    )

    token_id: str = Field(primary_key=True, max_length=16)
    ods_code: str = Field(primary_key=True, max_length=ODS_CODE)


class KeptAnswerRow(Row, table=True):
    """An answer that is kept for a day, by the caller's token and its name for the request."""

    __tablename__ = "kept_answer"
    __table_args__ = (CheckConstraint("length(digest) = 64", name="digest_whole"),)

    caller: str = Field(primary_key=True, max_length=200)
    key: str = Field(primary_key=True, max_length=255)
    digest: str = Field(max_length=64)
    content: str | None = Field(default=None, sa_type=Text)
    recorded_at: datetime = Field(sa_type=Instant, index=True)


class PageSessionRow(Row, table=True):
    """Somebody signed in on a page; of the secret that the browser holds only the hash is kept."""

    __tablename__ = "page_session"
    __table_args__ = (
        ForeignKeyConstraint(["token_id"], ["token.id"]),
        CheckConstraint("length(hash) = 64 AND length(token_hash) = 64", name="hashes_whole"),
        CheckConstraint("last_seen_at >= created_at", name="seen_once_made"),
    )

    hash: str = Field(primary_key=True, max_length=64)
    token_id: str = Field(max_length=16, index=True)
    token_hash: str = Field(max_length=64)
    created_at: datetime = Field(sa_type=Instant, index=True)
    last_seen_at: datetime = Field(sa_type=Instant)
    ended_at: datetime | None = Field(default=None, sa_type=Instant)


class TokenWithdrawalRow(Row, table=True):
    """An organisation that a token was for, and that takes its consent back."""

    __tablename__ = "token_withdrawal"
    __table_args__ = (
        ForeignKeyConstraint(["token_id"], ["token.id"]),
        ForeignKeyConstraint(["ods_code"], ["organisation.ods_code"]),
    )

    token_id: str = Field(primary_key=True, max_length=16)
    ods_code: str = Field(primary_key=True, max_length=ODS_CODE)
    recorded_at: datetime = Field(sa_type=Instant)
    recorded_by: str = Field(max_length=200)
