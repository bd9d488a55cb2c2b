"""Configuration from the environment, in one class.

Every setting is an environment variable that begins with `PARITY_`. Settings are read once,
by `read_settings`, and passed down as values.
"""

import os
import re
from collections.abc import Iterable
from difflib import get_close_matches
from ipaddress import ip_network
from typing import Annotated, Literal, Self, get_args
from urllib.parse import urlsplit

from pydantic import BeforeValidator, Field, ValidationError, model_validator
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

from app.domain.disclosure import BASES, DEFAULT_RULES, THRESHOLDS, Rules
from app.setting_checks import (
    USUAL_ALGORITHMS,
    algorithms,
    find_tracing_faults,
    issuer_name,
    jwks_url,
    leeway,
    one_of,
    unless_unset,
    whole_number,
)

PREFIX = "PARITY_"
"""What the name of every setting begins with in the environment."""

TEST_PREFIX = "PARITY_TEST_"
"""What the names of variables for the tests begin with; the service ignores these."""

LogLevel = Literal["debug", "info", "warning", "error", "critical"]

LogFormat = Literal["auto", "json", "text"]

LogRequests = Literal["all", "made", "none"]

InventedFigures = Literal["open", "as_real"]

_HIGHEST_PORT = 65_535
_HOST = re.compile(r"[A-Za-z0-9._:-]+")
_ORIGIN = re.compile(r"https?://[a-z0-9.-]+(:[0-9]{1,5})?")
_REDIS_SCHEMES = ("redis", "rediss", "redis+unix")
_POSTGRESQL_SCHEMES = ("postgres", "postgresql", "postgresql+psycopg")


class SettingsRefused(Exception):
    """The environment configures the service wrongly.

    Attributes:
        faults: A sentence for each fault.
    """

    def __init__(self, faults: Iterable[str]) -> None:
        self.faults = tuple(faults)
        super().__init__("\n".join(self.faults))


def _database_url(value: object) -> str:
    url = str(value)
    scheme, separator, rest = url.partition("://")
    if separator and scheme == "sqlite":
        return _sqlite_url(url, rest)
    if separator and scheme in _POSTGRESQL_SCHEMES:
        return _postgresql_url(rest)
    raise ValueError("must begin with sqlite:/// or postgresql://")


def _sqlite_url(url: str, rest: str) -> str:
    path = rest.partition("?")[0]
    if path in {"", "/", "/:memory:"}:
        raise ValueError("must name a file; a database in memory would be lost between requests")
    if not path.startswith("/"):
        raise ValueError(
            "must have three slashes before a relative path, as in sqlite:///parity.sqlite3, "
            "and four before an absolute one"
        )
    return url


def _postgresql_url(rest: str) -> str:
    url = f"postgresql+psycopg://{rest}"
    try:
        parts = urlsplit(url)
        _ = parts.port
    except ValueError as error:
        raise ValueError("must have a number after the host's colon, or no colon") from error
    if not parts.path.strip("/"):
        raise ValueError("must name a database, as in postgresql://user@host/parity")
    return url


def _replica_url(url: str) -> str:
    scheme, separator, rest = url.partition("://")
    if not separator or scheme not in _POSTGRESQL_SCHEMES:
        raise ValueError("must begin with postgresql://")
    return _postgresql_url(rest)


def _host(value: object) -> str:
    host = str(value).strip()
    if not _HOST.fullmatch(host):
        raise ValueError("must be an IP address or a host name, such as 127.0.0.1 or 0.0.0.0")
    return host


def _port(value: object) -> int:
    return whole_number(value, lowest=1, highest=_HIGHEST_PORT)


def _workers(value: object) -> int:
    return whole_number(value, lowest=1, highest=64)


def _a_minute(value: object) -> int:
    return whole_number(value, lowest=0, highest=10_000_000)


def _body_seconds(value: object) -> int:
    return whole_number(value, lowest=1, highest=3_600)


def _megabytes(value: object) -> int:
    return whole_number(value, lowest=0, highest=65_536)


def _idle_minutes(value: object) -> int:
    return whole_number(value, lowest=1, highest=720)


def _seconds(value: object) -> int:
    return whole_number(value, lowest=0, highest=63_072_000)


def _origins(value: object) -> tuple[str, ...]:
    origins = _parts(value)
    if not all(_ORIGIN.fullmatch(one) for one in origins):
        raise ValueError("must be origins with commas between, such as https://example.org")
    return origins


def _proxies(value: object) -> tuple[str, ...]:
    proxies = _parts(value)
    try:
        for one in proxies:
            ip_network(one)
    except ValueError as error:
        raise ValueError(
            "must be addresses or networks with commas between, such as 10.0.0.0/8"
        ) from error
    return proxies


def _parts(value: object) -> tuple[str, ...]:
    texts = value if isinstance(value, tuple) else str(value).split(",")
    return tuple(one.strip() for one in texts if one.strip())


def _counters(value: object) -> str:
    url = str(value).strip()
    scheme, separator, rest = url.partition("://")
    if url != "memory" and not (scheme in _REDIS_SCHEMES and separator and rest):
        raise ValueError("must be memory, or an address such as redis://127.0.0.1:6379/0")
    return url


def _threshold(value: object) -> int:
    return whole_number(value, lowest=THRESHOLDS[0], highest=THRESHOLDS[-1])


def _base(value: object) -> int:
    return whole_number(value, lowest=BASES[0], highest=BASES[-1])


def _shutdown_seconds(value: object) -> int:
    return whole_number(value, lowest=1, highest=3_600)


def _drain_seconds(value: object) -> int:
    return whole_number(value, lowest=0, highest=600)


class Settings(BaseSettings):
    """How one process of the service is configured."""

    model_config = SettingsConfigDict(env_prefix=PREFIX, frozen=True)

    database_url: Annotated[str, BeforeValidator(_database_url)] = Field(
        default="sqlite:///parity.sqlite3",
        repr=False,  # it may hold a password
        description="Where the data is kept: sqlite:///FILE or postgresql://USER@HOST/DATABASE.",
    )
    read_database_url: Annotated[str | None, unless_unset(_replica_url)] = Field(
        default=None,
        repr=False,  # likewise
        description="A streaming replica of a PostgreSQL database, from which is read what it"
        " holds: postgresql://USER@HOST/DATABASE.",
    )
    host: Annotated[str, BeforeValidator(_host)] = Field(
        default="127.0.0.1", description="The address to listen on; 0.0.0.0 is every address."
    )
    port: Annotated[int, BeforeValidator(_port)] = Field(
        default=8000, description="The TCP port to listen on."
    )
    workers: Annotated[int, BeforeValidator(_workers)] = Field(
        default=1, description="How many processes answer requests."
    )
    log_level: Annotated[LogLevel, one_of(*get_args(LogLevel))] = Field(
        default="info", description="The least serious events that are logged."
    )
    log_format: Annotated[LogFormat, one_of(*get_args(LogFormat))] = Field(
        default="auto",
        description="How events are logged: json, a line of JSON for each; text, for people; auto,"
        " text on a terminal and JSON elsewhere.",
    )
    log_requests: Annotated[LogRequests, one_of(*get_args(LogRequests))] = Field(
        default="all",
        description="Which requests are logged: all; made, those that were not answered from"
        " memory; or none.",
    )
    metrics_port: Annotated[int | None, unless_unset(_port)] = Field(
        default=None,
        description="The TCP port at which the first process tells its metrics, the next ones at"
        " those that follow; none to tell no metrics.",
    )
    metrics_host: Annotated[str, BeforeValidator(_host)] = Field(
        default="127.0.0.1", description="The address to tell metrics at."
    )
    drain_seconds: Annotated[int, BeforeValidator(_drain_seconds)] = Field(
        default=0,
        description="How long the service says that it is not ready, and still answers, once it is"
        " told to stop.",
    )
    shutdown_seconds: Annotated[int, BeforeValidator(_shutdown_seconds)] = Field(
        default=30,
        description="How long requests under way may take once the service stops listening.",
    )
    invented_figures: Annotated[InventedFigures, one_of(*get_args(InventedFigures))] = Field(
        default="open",
        description="Who reads invented trusts: open for everybody; as_real for those who would"
        " read them if they were real.",
    )
    body_seconds: Annotated[int, BeforeValidator(_body_seconds)] = Field(
        default=30,
        description="How long the body of a request may take to come, beside a second for each"
        " 10,000 bytes.",
    )
    session_idle_minutes: Annotated[int, BeforeValidator(_idle_minutes)] = Field(
        default=30,
        description="How long somebody who signed in on a page stays so without opening another.",
    )
    warm_megabytes: Annotated[int, BeforeValidator(_megabytes)] = Field(
        default=64,
        description="Memory in which each process keeps finished answers to reads until something"
        " changes; 0 to keep none.",
    )
    trusted_proxies: Annotated[tuple[str, ...], NoDecode, BeforeValidator(_proxies)] = Field(
        default=(),
        description="Addresses of proxies whose X-Forwarded-For and -Proto are believed.",
    )
    hsts_seconds: Annotated[int, BeforeValidator(_seconds)] = Field(
        default=0, description="How long browsers are to insist on TLS; 0 to ask nothing of them."
    )
    cors_origins: Annotated[tuple[str, ...], NoDecode, BeforeValidator(_origins)] = Field(
        default=(), description="Origins whose pages may call the API with a token."
    )
    rate_limit_reads: Annotated[int, BeforeValidator(_a_minute)] = Field(
        default=6_000, description="Reads a minute for each caller; 0 for no limit."
    )
    rate_limit_writes: Annotated[int, BeforeValidator(_a_minute)] = Field(
        default=1_200, description="Writes a minute for each caller; 0 for no limit."
    )
    rate_limit_imports: Annotated[int, BeforeValidator(_a_minute)] = Field(
        default=60, description="Imports a minute for each caller; 0 for no limit."
    )
    rate_limit_unknown: Annotated[int, BeforeValidator(_a_minute)] = Field(
        default=120,
        description="Requests a minute from one address with tokens not yet known to be good; 0"
        " for no limit.",
    )
    rate_limit_storage: Annotated[str, BeforeValidator(_counters)] = Field(
        default="memory",
        repr=False,  # it may hold a password
        description="Where requests are counted: memory, each process for itself, or redis://…",
    )
    disclosure_threshold: Annotated[int, BeforeValidator(_threshold)] = Field(
        default=DEFAULT_RULES.threshold,
        description="Counts from 1 to this are hidden in what everybody may read.",
    )
    disclosure_base: Annotated[int, BeforeValidator(_base)] = Field(
        default=DEFAULT_RULES.base,
        description="Counts that everybody may read are rounded to the nearest multiple of this.",
    )

    jwt_issuer: Annotated[str | None, unless_unset(issuer_name)] = Field(
        default=None, description="Whose signed tokens are accepted, as their `iss` has it."
    )
    jwt_audience: Annotated[str | None, unless_unset(issuer_name)] = Field(
        default=None, description="For whom they have to be, as their `aud` has it."
    )
    jwt_jwks_url: Annotated[str | None, unless_unset(jwks_url)] = Field(
        default=None, description="Where the issuer publishes its keys."
    )
    jwt_algorithms: Annotated[tuple[str, ...], NoDecode, BeforeValidator(algorithms)] = Field(
        default=USUAL_ALGORITHMS, description="What they may be signed with."
    )
    jwt_leeway_seconds: Annotated[int, BeforeValidator(leeway)] = Field(
        default=60, description="How many seconds the issuer's clock may be off."
    )

    @model_validator(mode="after")
    def _replica_of_a_server(self) -> Self:
        if self.read_database_url and self.database_url.startswith("sqlite:"):
            raise ValueError(
                f"{PREFIX}READ_DATABASE_URL needs a PostgreSQL database in {PREFIX}DATABASE_URL"
            )
        return self

    @model_validator(mode="after")
    def _all_of_an_issuer(self) -> Self:
        needed = {
            "jwt_issuer": self.jwt_issuer,
            "jwt_audience": self.jwt_audience,
            "jwt_jwks_url": self.jwt_jwks_url,
        }
        missing = [PREFIX + name.upper() for name, value in needed.items() if value is None]
        if missing and len(missing) < len(needed):
            names = ", ".join(PREFIX + name.upper() for name in needed)
            raise ValueError(f"{names} go together; {' and '.join(missing)} is not set")
        return self

    @model_validator(mode="after")
    def _metrics_at_ports_of_their_own(self) -> Self:
        ports = self.metrics_ports
        if self.port in ports:
            first = self.metrics_port
            raise ValueError(
                f"{PREFIX}METRICS_PORT and the ports that follow, one for each process ({first} to"
                f" {ports[-1]}), must not be {PREFIX}PORT"
            )
        if ports and ports[-1] > _HIGHEST_PORT:
            raise ValueError(
                f"{PREFIX}METRICS_PORT must leave a port for each of {self.workers} processes"
            )
        return self

    @property
    def metrics_ports(self) -> range:
        """The ports at which processes tell their metrics; none where there are to be none."""
        first = self.metrics_port
        return range(0) if first is None else range(first, first + self.workers)

    @property
    def disclosure_rules(self) -> Rules:
        """How strictly counts are controlled in the next release."""
        return Rules(self.disclosure_threshold, self.disclosure_base)


def read_settings() -> Settings:
    """Return the settings that the environment gives.

    Raises:
        SettingsRefused: A value is wrong, or a variable is unknown. Every fault is named, and
            no value is, because a database's address may hold a password.
    """
    faults = [*_unknown_variables(os.environ), *find_tracing_faults(os.environ)]
    try:
        settings = Settings()
    except ValidationError as error:
        faults += [_sentence(fault["loc"], fault["msg"]) for fault in error.errors()]
        raise SettingsRefused(faults) from error
    if faults:
        raise SettingsRefused(faults)
    return settings


def _unknown_variables(environment: Iterable[str]) -> list[str]:
    known = [PREFIX + name.upper() for name in Settings.model_fields]
    names = sorted(name for name in environment if name.upper().startswith(PREFIX))
    return [
        f"{name} is not a setting; {_nearest(name, known)}."
        for name in names
        if name.upper() not in known and not name.upper().startswith(TEST_PREFIX)
    ]


def _nearest(name: str, known: list[str]) -> str:
    likely = get_close_matches(name.upper(), known, n=1, cutoff=0)
    return f"the nearest one is {likely[0]}"


def _sentence(location: tuple[int | str, ...], message: str) -> str:
    """Return what is wrong with one setting, or with some that go together."""
    said = f"{message.removeprefix('Value error, ')}."
    return f"{PREFIX}{str(location[0]).upper()} {said}" if location else said
