"""Starting facts in the words of the domain, stored as the service itself would store them."""

from collections.abc import Mapping
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from threading import Lock

from sqlalchemy import Engine, func, literal, select, union_all

from app.domain.actuals import ActualsRevision, Cell, Totals
from app.domain.bands import Band, EthnicGroup, StaffGroup
from app.domain.boards import BoardRevision, Member
from app.domain.callers import COMMAND_LINE, Caller, Role
from app.domain.indicators import (
    Answers,
    IndicatorsRevision,
    Period,
    Pool,
    SentPools,
    SentSurvey,
)
from app.domain.measures import Measure
from app.domain.organisations import (
    Kind,
    Organisation,
    Succession,
    SuccessionKind,
    TrustType,
)
from app.domain.preconditions import WHATEVER, Precondition
from app.domain.targets import Goal, GoalForm, Terms
from app.ingest.censuses import read_censuses, read_cycles
from app.services.actuals import ActualsSubmission, find_tag, put_actuals, sign_off
from app.services.boards import BoardSubmission, put_board
from app.services.boards import find_tag as find_board_tag
from app.services.indicators import IndicatorsSubmission, put_indicators
from app.services.indicators import find_tag as find_indicators_tag
from app.services.register import add_organisations
from app.services.releases import ReleaseDraft, release_census
from app.services.target_drafts import TargetDraft, draft_target
from app.services.target_moves import submit_target
from app.services.target_views import View
from app.services.tokens import NewToken, create_token, revoke_token
from app.store import censuses, organisations
from app.store.engine import reading, writing
from app.store.rows import Row
from tests.bodies import Headers, bearer
from tests.entries import organisation_entry, trust_entry
from tests.origins import ORIGIN

START = datetime(2026, 11, 23, 9, tzinfo=UTC)
"""Instant of the first request of a test."""

SETUP = datetime(2026, 11, 1, tzinfo=UTC)
"""Instant at which given facts were stored, unless a test says otherwise."""

Counts = tuple[int, int, int]
"""Persons: white, BME, unknown."""

Events = tuple[int, int]
"""A pool of persons, and the events among them."""

Answered = tuple[int, str]
"""Respondents, and the share of them who answered so."""

PLAIN: Mapping[tuple[str, str], Counts] = {("clinical", "8a"): (340, 61, 0)}
"""The headcounts of the example in the description of the API."""


_TABLES = Row.metadata.tables

_COUNTS = union_all(
    *(
        select(literal(name), select(func.count()).select_from(table).scalar_subquery())
        for name, table in _TABLES.items()
    ),
    select(literal("changes"), _TABLES["ledger"].c.changes),
)
"""How many rows each table has, and how many changes the ledger counts, in one question."""


class Clock:
    """Tells the service the instant: a second later for each request."""

    def __init__(self, start: datetime = START) -> None:
        self._next = start
        self._lock = Lock()

    def __call__(self) -> datetime:
        with self._lock:
            now = self._next
            self._next += timedelta(seconds=1)
            return now

    def set(self, instant: datetime) -> None:
        """Let the next request be answered at an instant."""
        with self._lock:
            self._next = instant


class Given:
    """What a test starts from."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def register(self) -> None:
        """Store every census and cycle, and a register of a few organisations.

        ZZ903 and ZZ904 became ZZ905 on 1 April 2024; RZ1, which stands for a real trust,
        acquired RZ0 on that day.
        """
        last_day, next_day = date(2024, 3, 31), date(2024, 4, 1)
        entries = (
            organisation_entry("ENG", Kind.ENGLAND, "England"),
            organisation_entry("Y56", Kind.REGION, "London"),
            organisation_entry("Y63", Kind.REGION, "North East and Yorkshire"),
            organisation_entry("QMF", Kind.ICB, "North East London ICB", region="Y56"),
            organisation_entry("QHM", Kind.ICB, "North East and North Cumbria ICB", region="Y63"),
            trust_entry("ZZ901", name="Acute Trust (demonstration)"),
            trust_entry(
                "ZZ902",
                name="Community Trust (demonstration)",
                trust_type=TrustType.COMMUNITY,
                icb="QHM",
                region="Y63",
                aliases=("Riverside",),
            ),
            trust_entry("ZZ903", closed=last_day),
            trust_entry("ZZ904", closed=last_day),
            trust_entry("ZZ905", opened=next_day, trust_type=TrustType.MENTAL_HEALTH),
            trust_entry("RZ0", closed=last_day, name="Old Example NHS Trust"),
            trust_entry("RZ1", name="First Example NHS Trust"),
            trust_entry("RZ2", name="Second Example NHS Trust", icb="QHM", region="Y63"),
        )
        mergers = (
            Succession("ZZ903", "ZZ905", next_day, SuccessionKind.MERGED),
            Succession("ZZ904", "ZZ905", next_day, SuccessionKind.MERGED),
            Succession("RZ0", "RZ1", next_day, SuccessionKind.ACQUIRED),
        )
        with writing(self._engine, ORIGIN) as session:
            censuses.add_missing(session, read_censuses())
            censuses.add_missing_cycles(session, read_cycles())
            add_organisations(session, entries, by=COMMAND_LINE, now=SETUP)
            organisations.add_successions(session, mergers, known_from=None)

    def trust(
        self,
        ods_code: str,
        *,
        opened: date | None = None,
        closed: date | None = None,
        icb: str = "QMF",
        region: str = "Y56",
    ) -> None:
        """Enter a trust into the register."""
        self.organisation(
            trust_entry(ods_code, opened=opened, closed=closed, icb=icb, region=region)
        )

    def organisation(self, one: Organisation) -> None:
        """Enter an organisation into the register as it is."""
        with writing(self._engine, ORIGIN) as session:
            add_organisations(session, [one], by=COMMAND_LINE, now=SETUP)

    def merger(
        self,
        predecessor: str,
        successor: str,
        *,
        on: date,
        kind: SuccessionKind = SuccessionKind.MERGED,
        is_confirmed: bool = True,
    ) -> None:
        """Let one trust take over from another; known since it took effect."""
        one = Succession(predecessor, successor, on, kind, is_confirmed)
        with writing(self._engine, ORIGIN) as session:
            organisations.add_successions(session, [one], known_from=None)

    def token(
        self,
        role: str,
        *ods_codes: str,
        name: str | None = None,
        expires_at: datetime | None = None,
    ) -> Headers:
        """Make a token; return the headers that carry it."""
        return bearer(self.new_token(role, *ods_codes, name=name, expires_at=expires_at).secret)

    def new_token(
        self,
        role: str,
        *ods_codes: str,
        name: str | None = None,
        expires_at: datetime | None = None,
    ) -> NewToken:
        """Make a token; return it with its secret."""
        caller = Caller(name or f"{role} caller", Role(role), frozenset(ods_codes))
        with writing(self._engine, ORIGIN) as session:
            return create_token(
                session, caller=caller, expires_at=expires_at, by=COMMAND_LINE, now=SETUP
            )

    def revoked(self, token: NewToken) -> None:
        """Take a token back."""
        with writing(self._engine, ORIGIN) as session:
            revoke_token(session, token_id=token.token.id, by=COMMAND_LINE, now=SETUP)

    def actuals(
        self,
        ods_code: str,
        year: int,
        headcounts: Mapping[tuple[str, str], Counts] = PLAIN,
        *,
        covers: tuple[str, ...] | None = None,
        at: datetime = SETUP,
        note: str | None = None,
    ) -> ActualsRevision:
        """Send in a trust's census, or the next revision of it."""
        workforce = sum(sum(counts) for counts in headcounts.values())
        submission = ActualsSubmission(
            source="ESR staff in post",
            covers=covers,
            reason="Corrected",
            notes=None,
            totals=Totals(workforce, sum(counts[1] for counts in headcounts.values())),
            cells=tuple(
                Cell(StaffGroup(group), Band(band), ethnic_group, headcount)
                for (group, band), counts in headcounts.items()
                for ethnic_group, headcount in zip(EthnicGroup, counts, strict=True)
            ),
            correction_note=note,
        )
        with writing(self._engine, ORIGIN) as session:
            return put_actuals(
                session,
                ods_code=ods_code,
                year=year,
                submission=submission,
                precondition=_whatever(find_tag(session, ods_code=ods_code, year=year)),
                caller=_workforce_team(ods_code),
                now=at,
            ).revision

    def signed_off(self, ods_code: str, year: int, *, on: date) -> None:
        """Let the board approve the newest revision of a census."""
        with writing(self._engine, ORIGIN) as session:
            sign_off(
                session,
                ods_code=ods_code,
                year=year,
                board_date=on,
                lead_role="Chief People Officer",
                precondition=WHATEVER,
                caller=Caller(f"{ods_code} lead", Role.TRUST, frozenset({ods_code})),
                now=SETUP,
            )

    def released(self, year: int) -> None:
        """Release a census of all trusts, in its next edition."""
        draft = ReleaseDraft(year, f"WRES {year}")
        with writing(self._engine, ORIGIN) as session:
            release_census(session, draft=draft, caller=COMMAND_LINE, now=SETUP)

    def board(
        self,
        ods_code: str,
        year: int,
        seats: Mapping[tuple[bool, bool], Counts] | None = None,
    ) -> BoardRevision:
        """Send in a trust's board, by (voting, executive), or the next revision of it."""
        members = tuple(
            Member(voting, executive, ethnic_group, headcount)
            for (voting, executive), counts in (seats or {(True, True): (9, 3, 0)}).items()
            for ethnic_group, headcount in zip(EthnicGroup, counts, strict=True)
        )
        with writing(self._engine, ORIGIN) as session:
            return put_board(
                session,
                ods_code=ods_code,
                year=year,
                submission=BoardSubmission("Board register", "Corrected", members),
                precondition=_whatever(find_board_tag(session, ods_code=ods_code, year=year)),
                caller=_workforce_team(ods_code),
                now=SETUP,
            ).revision

    def indicators(
        self,
        ods_code: str,
        year: int,
        pools: Mapping[int, tuple[Events, Events]] | None = None,
        surveys: Mapping[int, tuple[Answered, Answered]] | None = None,
        *,
        at: datetime = SETUP,
    ) -> IndicatorsRevision:
        """Send in a trust's indicators, white and BME, or the next revision of them.

        Args:
            ods_code: The trust's.
            year: Of the census.
            pools: Pool and events by indicator; appointments and nothing else if left out.
            surveys: Respondents and the share who answered so, by indicator.
            at: When they are sent.
        """
        period = Period(date(year - 1, 4, 1), date(year, 3, 31))
        ethnic_groups = (EthnicGroup.WHITE, EthnicGroup.BME)
        sent: dict[int, SentPools | SentSurvey] = {}
        for number, counts in (pools or {2: ((400, 100), (200, 20))}).items():
            of_group = zip(ethnic_groups, (Pool(*one) for one in counts), strict=True)
            sent[number] = SentPools(period, dict(of_group))
        for number, answers in (surveys or {}).items():
            told = (Answers(people, Decimal(share)) for people, share in answers)
            sent[number] = SentSurvey(period, dict(zip(ethnic_groups, told, strict=True)))
        with writing(self._engine, ORIGIN) as session:
            return put_indicators(
                session,
                ods_code=ods_code,
                year=year,
                submission=IndicatorsSubmission("ESR and TRAC", "Corrected", None, sent),
                precondition=_whatever(find_indicators_tag(session, ods_code=ods_code, year=year)),
                caller=_workforce_team(ods_code),
                now=at,
            ).revision

    def target(self, ods_code: str, measure: Measure, cycle: str, *, goal_share: str) -> str:
        """Put a target in force; return its identifier."""
        draft = TargetDraft(
            measure, None, cycle, Terms(Goal(GoalForm.SHARE, share=Decimal(goal_share))), None
        )
        caller = Caller(f"{ods_code} lead", Role.TRUST, frozenset({ods_code}))
        with writing(self._engine, ORIGIN) as session:
            made = draft_target(
                session, ods_code=ods_code, draft=draft, caller=caller, view=View(SETUP)
            )
            submit_target(
                session,
                ods_code=ods_code,
                id_=made.target.id,
                precondition=WHATEVER,
                caller=caller,
                view=View(SETUP),
            )
        return made.target.id

    def count_rows(self) -> dict[str, int]:
        """Return how many rows each table has, and how many changes the ledger counts."""
        with reading(self._engine) as session:
            return {row[0]: row[1] for row in session.execute(_COUNTS)}

    def read_database(self) -> str:
        """Return every value of every row, as text, but for when tokens were last used."""
        with reading(self._engine) as session:
            return "\n".join(
                str(row)
                for table in Row.metadata.sorted_tables
                for row in session.execute(
                    select(*(one for one in table.columns if one.name != "last_used_at"))
                )
            )


def _workforce_team(ods_code: str) -> Caller:
    return Caller(f"{ods_code} workforce team", Role.TRUST_DATA, frozenset({ods_code}))


def _whatever(held: str | None) -> Precondition:
    return Precondition() if held is None else WHATEVER
