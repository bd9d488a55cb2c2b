"""Configuration from the environment, in one class.

Every setting is an environment variable that begins with `PARITY_`. Settings are read once,
by `read_settings`, and passed down as values.
"""

import os
import re
from collections.abc import Iterable
from difflib import get_close_matches
from typing import Annotated, Literal
from urllib.parse import urlsplit

from pydantic import BeforeValidator, Field, ValidationError
from pydantic_settings import BaseSettings, SettingsConfigDict

from app.domain.disclosure import BASES, DEFAULT_RULES, THRESHOLDS, Rules

PREFIX = "PARITY_"
"""What the name of every setting begins with in the environment."""

TEST_PREFIX = "PARITY_TEST_"
"""What the names of variables for the tests begin with; the service ignores these."""

LogLevel = Literal["debug", "info", "warning", "error", "critical"]

InventedFigures = Literal["open", "as_real"]

_INVENTED_FIGURES = ("open", "as_real")
_LOG_LEVELS = ("debug", "info", "warning", "error", "critical")
_HOST = re.compile(r"[A-Za-z0-9._:-]+")
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


def _host(value: object) -> str:
    host = str(value).strip()
    if not _HOST.fullmatch(host):
        raise ValueError("must be an IP address or a host name, such as 127.0.0.1 or 0.0.0.0")
    return host


def _port(value: object) -> int:
    return _whole_number(value, lowest=1, highest=65_535)


def _workers(value: object) -> int:
    return _whole_number(value, lowest=1, highest=64)


def _threshold(value: object) -> int:
    return _whole_number(value, lowest=THRESHOLDS[0], highest=THRESHOLDS[-1])


def _base(value: object) -> int:
    return _whole_number(value, lowest=BASES[0], highest=BASES[-1])


def _whole_number(value: object, *, lowest: int, highest: int) -> int:
    text = str(value).strip()
    if not (text.isascii() and text.isdigit() and lowest <= int(text) <= highest):
        raise ValueError(f"must be a whole number from {lowest} to {highest}")
    return int(text)


def _invented_figures(value: object) -> str:
    name = str(value).strip().lower()
    if name not in _INVENTED_FIGURES:
        raise ValueError(f"must be one of {', '.join(_INVENTED_FIGURES)}")
    return name


def _log_level(value: object) -> str:
    level = str(value).strip().lower()
    if level not in _LOG_LEVELS:
        raise ValueError(f"must be one of {', '.join(_LOG_LEVELS)}")
    return level


class Settings(BaseSettings):
    """How one process of the service is configured."""

    model_config = SettingsConfigDict(env_prefix=PREFIX, frozen=True)

    database_url: Annotated[str, BeforeValidator(_database_url)] = Field(
        default="sqlite:///parity.sqlite3",
        repr=False,  # it may hold a password
        description="Where the data is kept: sqlite:///FILE or postgresql://USER@HOST/DATABASE.",
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
    log_level: Annotated[LogLevel, BeforeValidator(_log_level)] = Field(
        default="info", description="The least serious events that are logged."
    )
    invented_figures: Annotated[InventedFigures, BeforeValidator(_invented_figures)] = Field(
        default="open",
        description="Who reads invented trusts: open for everybody; as_real for those who would"
        " read them if they were real.",
    )
    disclosure_threshold: Annotated[int, BeforeValidator(_threshold)] = Field(
        default=DEFAULT_RULES.threshold,
        description="Counts from 1 to this are hidden in what everybody may read.",
    )
    disclosure_base: Annotated[int, BeforeValidator(_base)] = Field(
        default=DEFAULT_RULES.base,
        description="Counts that everybody may read are rounded to the nearest multiple of this.",
    )

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
    faults = _unknown_variables(os.environ)
    try:
        settings = Settings()
    except ValidationError as error:
        faults += [_sentence(str(fault["loc"][0]), fault["msg"]) for fault in error.errors()]
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


def _sentence(field: str, message: str) -> str:
    return f"{PREFIX}{field.upper()} {message.removeprefix('Value error, ')}."
