"""What checks settings: general shapes, issuers of signed tokens, and collectors of traces."""

from collections.abc import Callable, Iterator, Mapping
from importlib.util import find_spec
from typing import Final
from urllib.parse import urlsplit

from pydantic import BeforeValidator

USUAL_ALGORITHMS: Final = ("RS256", "RS512", "PS256", "ES256", "ES384")
"""What signed tokens may be signed with unless the operator says otherwise."""

ENDPOINTS: Final = ("OTEL_EXPORTER_OTLP_TRACES_ENDPOINT", "OTEL_EXPORTER_OTLP_ENDPOINT")
"""Standard variables that say where traces go, the one that counts first (OpenTelemetry)."""

PROTOCOLS: Final = ("OTEL_EXPORTER_OTLP_TRACES_PROTOCOL", "OTEL_EXPORTER_OTLP_PROTOCOL")
"""Those that say how, likewise."""

EXPORTER: Final = "OTEL_TRACES_EXPORTER"
DISABLED: Final = "OTEL_SDK_DISABLED"

_ALGORITHMS: Final = (
    *("RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512"),
    "Ed25519",
)
_LOOPBACK: Final = ("127.0.0.1", "::1", "localhost")
_LONGEST_NAME: Final = 500
_PROTOCOL: Final = "http/protobuf"


def whole_number(value: object, *, lowest: int, highest: int) -> int:
    """Return a number in its bounds."""
    text = str(value).strip()
    if not (text.isascii() and text.isdigit() and lowest <= int(text) <= highest):
        raise ValueError(f"must be a whole number from {lowest} to {highest}")
    return int(text)


def one_of(*names: str) -> BeforeValidator:
    """Return what checks a setting that is one of some words."""

    def check(value: object) -> str:
        name = str(value).strip().lower()
        if name not in names:
            raise ValueError(f"must be one of {', '.join(names)}")
        return name

    return BeforeValidator(check)


def unless_unset(check: Callable[[str], object]) -> BeforeValidator:
    """Return what checks a setting that need not be there."""
    return BeforeValidator(lambda value: None if value is None else check(str(value)))


def leeway(value: object) -> int:
    """Return how far an issuer's clock may be off."""
    return whole_number(value, lowest=0, highest=300)


def issuer_name(name: str) -> str:
    """Return what an issuer, or its audience, is called."""
    if not (name.isascii() and name.isprintable() and 0 < len(name) <= _LONGEST_NAME):
        raise ValueError(f"must have 1 to {_LONGEST_NAME} printable characters of ASCII")
    return name


def jwks_url(url: str) -> str:
    """Return where an issuer publishes its keys."""
    try:
        parts = urlsplit(url)
        host, _ = parts.hostname, parts.port
    except ValueError as error:
        raise ValueError("must be an address, as https://issuer.example/jwks.json") from error
    if not host or parts.scheme not in {"http", "https"}:
        raise ValueError("must be an address, as https://issuer.example/jwks.json")
    if parts.scheme == "http" and host not in _LOOPBACK:
        raise ValueError("must begin with https://; http is for an issuer on this machine")
    return url


def algorithms(value: object) -> tuple[str, ...]:
    """Return algorithms; those with a shared secret, and `none`, are never among them."""
    listed = value.split(",") if isinstance(value, str) else value
    names = tuple(str(one).strip() for one in listed) if isinstance(listed, list | tuple) else ()
    if not names or not set(names) <= set(_ALGORITHMS):
        raise ValueError(f"must be of {', '.join(_ALGORITHMS)}, with commas between them")
    return names


def wants_traces(environment: Mapping[str, str]) -> bool:
    """Return whether the standard variables say that traces are to be sent."""
    is_off = environment.get(DISABLED, "").strip().lower() == "true"
    is_elsewhere = environment.get(EXPORTER, "").strip().lower() == "none"
    return not (is_off or is_elsewhere) and _first(environment, ENDPOINTS) is not None


def find_tracing_faults(environment: Mapping[str, str]) -> Iterator[str]:
    """Yield a sentence for each thing that is wrong with how traces are to be sent."""
    endpoint = _first(environment, ENDPOINTS)
    if endpoint is None or not wants_traces(environment):
        return
    if not _is_address(environment[endpoint]):
        yield f"{endpoint} must be an address, as http://127.0.0.1:4318."
    protocol = _first(environment, PROTOCOLS)
    if protocol is not None and environment[protocol].strip() != _PROTOCOL:
        yield f"{protocol} must be {_PROTOCOL}, or be left out."
    if environment.get(EXPORTER, "").strip().lower() not in {"", "otlp"}:
        yield f"{EXPORTER} must be otlp or none, or be left out."
    if find_spec("opentelemetry.exporter") is None:
        yield (
            f"{endpoint} is set, but nothing that sends traces is installed; it comes with the"
            " extra tracing."
        )


def _first(environment: Mapping[str, str], names: tuple[str, ...]) -> str | None:
    """Return the first of some variables that says anything."""
    return next((one for one in names if environment.get(one, "").strip()), None)


def _is_address(text: str) -> bool:
    try:
        parts = urlsplit(text.strip())
        host, _ = parts.hostname, parts.port
    except ValueError:
        return False
    return parts.scheme in {"http", "https"} and bool(host)
