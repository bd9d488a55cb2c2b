import subprocess
import sys

import pytest

from app.domain.disclosure import Rules
from app.settings import Settings, SettingsRefused, read_settings

NO_ISSUER = {
    "jwt_issuer": None,
    "jwt_audience": None,
    "jwt_jwks_url": None,
    "jwt_algorithms": ("RS256", "RS512", "PS256", "ES256", "ES384"),
    "jwt_leeway_seconds": 60,
}

ISSUER = {
    "PARITY_JWT_ISSUER": "https://issuer.example",
    "PARITY_JWT_AUDIENCE": "parity",
    "PARITY_JWT_JWKS_URL": "https://issuer.example/jwks.json",
}

ALGORITHMS = "RS256, RS384, RS512, PS256, PS384, PS512, ES256, ES384, ES512, Ed25519"


def test_without_an_environment_the_service_is_local() -> None:
    settings = read_settings()

    assert settings.model_dump() == {
        "database_url": "sqlite:///parity.sqlite3",
        "read_database_url": None,
        "host": "127.0.0.1",
        "port": 8000,
        "workers": 1,
        "log_level": "info",
        "log_format": "auto",
        "log_requests": "all",
        "metrics_port": None,
        "metrics_host": "127.0.0.1",
        "drain_seconds": 0,
        "shutdown_seconds": 30,
        "invented_figures": "open",
        "body_seconds": 30,
        "session_idle_minutes": 30,
        "warm_megabytes": 64,
        "trusted_proxies": (),
        "hsts_seconds": 0,
        "cors_origins": (),
        "rate_limit_reads": 6_000,
        "rate_limit_writes": 1_200,
        "rate_limit_imports": 60,
        "rate_limit_unknown": 120,
        "rate_limit_storage": "memory",
        **NO_ISSUER,
        "disclosure_threshold": 7,
        "disclosure_base": 5,
    }


def test_each_setting_is_read_from_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PARITY_DATABASE_URL", "postgresql://parity@db:5433/parity")
    monkeypatch.setenv("PARITY_READ_DATABASE_URL", "postgresql://parity@replica/parity")
    monkeypatch.setenv("PARITY_HOST", "0.0.0.0")  # noqa: S104 - only read
    monkeypatch.setenv("PARITY_PORT", "8080")
    monkeypatch.setenv("PARITY_WORKERS", "2")
    monkeypatch.setenv("PARITY_LOG_LEVEL", "WARNING")
    monkeypatch.setenv("PARITY_LOG_FORMAT", "JSON")
    monkeypatch.setenv("PARITY_LOG_REQUESTS", "made")
    monkeypatch.setenv("PARITY_METRICS_PORT", "9100")
    monkeypatch.setenv("PARITY_METRICS_HOST", "10.0.0.7")
    monkeypatch.setenv("PARITY_DRAIN_SECONDS", "5")
    monkeypatch.setenv("PARITY_SHUTDOWN_SECONDS", "60")
    monkeypatch.setenv("PARITY_INVENTED_FIGURES", "AS_REAL")
    monkeypatch.setenv("PARITY_BODY_SECONDS", "10")
    monkeypatch.setenv("PARITY_SESSION_IDLE_MINUTES", "15")
    monkeypatch.setenv("PARITY_WARM_MEGABYTES", "8")
    monkeypatch.setenv("PARITY_TRUSTED_PROXIES", "10.0.0.0/8, ::1")
    monkeypatch.setenv("PARITY_HSTS_SECONDS", "31536000")
    monkeypatch.setenv("PARITY_CORS_ORIGINS", "https://example.org,http://localhost:3000")
    monkeypatch.setenv("PARITY_RATE_LIMIT_READS", "0")
    monkeypatch.setenv("PARITY_RATE_LIMIT_WRITES", "100")
    monkeypatch.setenv("PARITY_RATE_LIMIT_IMPORTS", "10")
    monkeypatch.setenv("PARITY_RATE_LIMIT_UNKNOWN", "30")
    monkeypatch.setenv("PARITY_RATE_LIMIT_STORAGE", "redis://localhost:6379/1")
    monkeypatch.setenv("PARITY_DISCLOSURE_THRESHOLD", "10")
    monkeypatch.setenv("PARITY_DISCLOSURE_BASE", "1")

    settings = read_settings()

    assert settings.model_dump() == {
        "database_url": "postgresql+psycopg://parity@db:5433/parity",
        "read_database_url": "postgresql+psycopg://parity@replica/parity",
        "host": "0.0.0.0",  # noqa: S104 - only read
        "port": 8080,
        "workers": 2,
        "log_level": "warning",
        "log_format": "json",
        "log_requests": "made",
        "metrics_port": 9100,
        "metrics_host": "10.0.0.7",
        "drain_seconds": 5,
        "shutdown_seconds": 60,
        "invented_figures": "as_real",
        "body_seconds": 10,
        "session_idle_minutes": 15,
        "warm_megabytes": 8,
        "trusted_proxies": ("10.0.0.0/8", "::1"),
        "hsts_seconds": 31_536_000,
        "cors_origins": ("https://example.org", "http://localhost:3000"),
        "rate_limit_reads": 0,
        "rate_limit_writes": 100,
        "rate_limit_imports": 10,
        "rate_limit_unknown": 30,
        "rate_limit_storage": "redis://localhost:6379/1",
        **NO_ISSUER,
        "disclosure_threshold": 10,
        "disclosure_base": 1,
    }
    assert settings.disclosure_rules == Rules(threshold=10, base=1)
    assert list(settings.metrics_ports) == [9100, 9101]


def test_an_issuer_of_signed_tokens_is_read_from_the_environment(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    for name, value in ISSUER.items():
        monkeypatch.setenv(name, value)
    monkeypatch.setenv("PARITY_JWT_ALGORITHMS", "RS512, ES256")
    monkeypatch.setenv("PARITY_JWT_LEEWAY_SECONDS", "0")

    settings = read_settings()

    assert {
        name: value for name, value in settings.model_dump().items() if name.startswith("jwt_")
    } == {
        "jwt_issuer": "https://issuer.example",
        "jwt_audience": "parity",
        "jwt_jwks_url": "https://issuer.example/jwks.json",
        "jwt_algorithms": ("RS512", "ES256"),
        "jwt_leeway_seconds": 0,
    }


@pytest.mark.parametrize(
    "url",
    ["http://127.0.0.1:8001/jwks", "http://localhost/jwks", "http://[::1]:80/jwks"],
)
def test_the_keys_of_an_issuer_on_this_machine_come_over_http(url: str) -> None:
    settings = Settings(jwt_issuer="i", jwt_audience="a", jwt_jwks_url=url)

    assert settings.jwt_jwks_url == url


@pytest.mark.parametrize("left_out", ["PARITY_JWT_ISSUER", "PARITY_JWT_JWKS_URL"])
def test_an_issuer_is_set_whole_or_not_at_all(
    left_out: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, value in ISSUER.items():
        if name != left_out:
            monkeypatch.setenv(name, value)

    with pytest.raises(SettingsRefused) as refusal:
        read_settings()

    assert str(refusal.value) == (
        "PARITY_JWT_ISSUER, PARITY_JWT_AUDIENCE, PARITY_JWT_JWKS_URL go together;"
        f" {left_out} is not set."
    )


@pytest.mark.parametrize(
    ("given", "used"),
    [
        ("sqlite:///parity.sqlite3", "sqlite:///parity.sqlite3"),
        ("sqlite:////var/lib/parity.sqlite3", "sqlite:////var/lib/parity.sqlite3"),
        ("postgres://u:p@db/parity", "postgresql+psycopg://u:p@db/parity"),
        ("postgresql://db/parity", "postgresql+psycopg://db/parity"),
        ("postgresql+psycopg://db/parity", "postgresql+psycopg://db/parity"),
        ("postgresql:///parity?host=/run", "postgresql+psycopg:///parity?host=/run"),
        (
            "postgresql:///parity?host=a:5432&host=b:5432&target_session_attrs=read-write",
            "postgresql+psycopg:///parity?host=a:5432&host=b:5432&target_session_attrs=read-write",
        ),
    ],
)
def test_a_database_is_sqlite_or_postgresql_with_psycopg(given: str, used: str) -> None:
    assert Settings(database_url=given).database_url == used


@pytest.mark.parametrize(
    ("name", "value", "sentence"),
    [
        pytest.param(
            "PARITY_DATABASE_URL",
            "mysql://db/parity",
            "PARITY_DATABASE_URL must begin with sqlite:/// or postgresql://.",
            id="another database",
        ),
        pytest.param(
            "PARITY_DATABASE_URL",
            "sqlite",
            "PARITY_DATABASE_URL must begin with sqlite:/// or postgresql://.",
            id="no address",
        ),
        pytest.param(
            "PARITY_DATABASE_URL",
            "sqlite://",
            "PARITY_DATABASE_URL must name a file; "
            "a database in memory would be lost between requests.",
            id="a database in memory",
        ),
        pytest.param(
            "PARITY_DATABASE_URL",
            "sqlite://parity.sqlite3",
            "PARITY_DATABASE_URL must have three slashes before a relative path, as in "
            "sqlite:///parity.sqlite3, and four before an absolute one.",
            id="two slashes",
        ),
        pytest.param(
            "PARITY_DATABASE_URL",
            "postgresql://db",
            "PARITY_DATABASE_URL must name a database, as in postgresql://user@host/parity.",
            id="no database",
        ),
        pytest.param(
            "PARITY_DATABASE_URL",
            "postgresql://user:secret@db:port/parity",
            "PARITY_DATABASE_URL must have a number after the host's colon, or no colon.",
            id="a port of the database that is no number",
        ),
        pytest.param(
            "PARITY_READ_DATABASE_URL",
            "sqlite:///replica.sqlite3",
            "PARITY_READ_DATABASE_URL must begin with postgresql://.",
            id="a replica that is a file",
        ),
        pytest.param(
            "PARITY_READ_DATABASE_URL",
            "postgresql://replica/parity",
            "PARITY_READ_DATABASE_URL needs a PostgreSQL database in PARITY_DATABASE_URL.",
            id="a replica of a file",
        ),
        pytest.param(
            "PARITY_HOST",
            "http://localhost",
            "PARITY_HOST must be an IP address or a host name, such as 127.0.0.1 or 0.0.0.0.",
            id="a URL as host",
        ),
        pytest.param(
            "PARITY_PORT",
            "http",
            "PARITY_PORT must be a whole number from 1 to 65535.",
            id="a port that is no number",
        ),
        pytest.param(
            "PARITY_PORT",
            "65536",
            "PARITY_PORT must be a whole number from 1 to 65535.",
            id="a port out of range",
        ),
        pytest.param(
            "PARITY_WORKERS",
            "0",
            "PARITY_WORKERS must be a whole number from 1 to 64.",
            id="no worker",
        ),
        pytest.param(
            "PARITY_LOG_LEVEL",
            "loud",
            "PARITY_LOG_LEVEL must be one of debug, info, warning, error, critical.",
            id="an unknown level",
        ),
        pytest.param(
            "PARITY_LOG_FORMAT",
            "xml",
            "PARITY_LOG_FORMAT must be one of auto, json, text.",
            id="an unknown format",
        ),
        pytest.param(
            "PARITY_LOG_REQUESTS",
            "some",
            "PARITY_LOG_REQUESTS must be one of all, made, none.",
            id="some requests",
        ),
        pytest.param(
            "PARITY_METRICS_PORT",
            "metrics",
            "PARITY_METRICS_PORT must be a whole number from 1 to 65535.",
            id="a port for metrics that is no number",
        ),
        pytest.param(
            "PARITY_METRICS_PORT",
            "8000",
            "PARITY_METRICS_PORT and the ports that follow, one for each process (8000 to 8000),"
            " must not be PARITY_PORT.",
            id="one port for both",
        ),
        pytest.param(
            "PARITY_METRICS_HOST",
            "10.0.0.0/8",
            "PARITY_METRICS_HOST must be an IP address or a host name, such as 127.0.0.1 or"
            " 0.0.0.0.",
            id="a network as host",
        ),
        pytest.param(
            "PARITY_DRAIN_SECONDS",
            "601",
            "PARITY_DRAIN_SECONDS must be a whole number from 0 to 600.",
            id="a long farewell",
        ),
        pytest.param(
            "PARITY_SHUTDOWN_SECONDS",
            "0",
            "PARITY_SHUTDOWN_SECONDS must be a whole number from 1 to 3600.",
            id="no time to finish",
        ),
        pytest.param(
            "PARITY_INVENTED_FIGURES",
            "hidden",
            "PARITY_INVENTED_FIGURES must be one of open, as_real.",
            id="another way with invented figures",
        ),
        pytest.param(
            "PARITY_BODY_SECONDS",
            "0",
            "PARITY_BODY_SECONDS must be a whole number from 1 to 3600.",
            id="no time for a body",
        ),
        pytest.param(
            "PARITY_SESSION_IDLE_MINUTES",
            "721",
            "PARITY_SESSION_IDLE_MINUTES must be a whole number from 1 to 720.",
            id="an idle time longer than a session",
        ),
        pytest.param(
            "PARITY_WARM_MEGABYTES",
            "lots",
            "PARITY_WARM_MEGABYTES must be a whole number from 0 to 65536.",
            id="memory that is no number",
        ),
        pytest.param(
            "PARITY_TRUSTED_PROXIES",
            "10.0.0.0/8,proxy",
            "PARITY_TRUSTED_PROXIES must be addresses or networks with commas between, such as"
            " 10.0.0.0/8.",
            id="a proxy by its name",
        ),
        pytest.param(
            "PARITY_CORS_ORIGINS",
            "*",
            "PARITY_CORS_ORIGINS must be origins with commas between, such as"
            " https://example.org.",
            id="every origin",
        ),
        pytest.param(
            "PARITY_HSTS_SECONDS",
            "-1",
            "PARITY_HSTS_SECONDS must be a whole number from 0 to 63072000.",
            id="a time that is over",
        ),
        pytest.param(
            "PARITY_RATE_LIMIT_READS",
            "100/second",
            "PARITY_RATE_LIMIT_READS must be a whole number from 0 to 10000000.",
            id="a rate with its unit",
        ),
        pytest.param(
            "PARITY_RATE_LIMIT_STORAGE",
            "memcached://localhost",
            "PARITY_RATE_LIMIT_STORAGE must be memory, or an address such as"
            " redis://127.0.0.1:6379/0.",
            id="another storage",
        ),
        pytest.param(
            "PARITY_JWT_ISSUER",
            "",
            "PARITY_JWT_ISSUER must have 1 to 500 printable characters of ASCII.",
            id="an issuer without a name",
        ),
        pytest.param(
            "PARITY_JWT_JWKS_URL",
            "http://issuer.example/jwks.json",
            "PARITY_JWT_JWKS_URL must begin with https://; http is for an issuer on this machine.",
            id="keys in the clear",
        ),
        pytest.param(
            "PARITY_JWT_JWKS_URL",
            "file:///etc/passwd",
            "PARITY_JWT_JWKS_URL must be an address, as https://issuer.example/jwks.json.",
            id="keys in a file",
        ),
        pytest.param(
            "PARITY_JWT_JWKS_URL",
            "https://issuer.example:port/",
            "PARITY_JWT_JWKS_URL must be an address, as https://issuer.example/jwks.json.",
            id="keys at a port that is no number",
        ),
        pytest.param(
            "PARITY_JWT_ALGORITHMS",
            "RS256,none",
            f"PARITY_JWT_ALGORITHMS must be of {ALGORITHMS}, with commas between them.",
            id="no signature",
        ),
        pytest.param(
            "PARITY_JWT_ALGORITHMS",
            "HS256",
            f"PARITY_JWT_ALGORITHMS must be of {ALGORITHMS}, with commas between them.",
            id="a shared secret",
        ),
        pytest.param(
            "PARITY_JWT_LEEWAY_SECONDS",
            "301",
            "PARITY_JWT_LEEWAY_SECONDS must be a whole number from 0 to 300.",
            id="a clock that is far off",
        ),
        pytest.param(
            "PARITY_DISCLOSURE_THRESHOLD",
            "4",
            "PARITY_DISCLOSURE_THRESHOLD must be a whole number from 5 to 10.",
            id="a threshold out of range",
        ),
        pytest.param(
            "PARITY_DISCLOSURE_BASE",
            "0",
            "PARITY_DISCLOSURE_BASE must be a whole number from 1 to 10.",
            id="no base",
        ),
        pytest.param(
            "PARITY_DATABSE_URL",
            "sqlite:///parity.sqlite3",
            "PARITY_DATABSE_URL is not a setting; the nearest one is PARITY_DATABASE_URL.",
            id="an unknown variable",
        ),
    ],
)
def test_a_wrong_setting_is_refused_with_a_sentence(
    name: str, value: str, sentence: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(name, value)

    with pytest.raises(SettingsRefused) as refusal:
        read_settings()

    assert refusal.value.faults == (sentence,)


@pytest.mark.parametrize("name", Settings.model_fields)
def test_no_setting_takes_whatever_it_is_given(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(f"PARITY_{name.upper()}", "«whatever»")

    with pytest.raises(SettingsRefused) as refusal:
        read_settings()

    (fault,) = refusal.value.faults
    assert fault.startswith(f"PARITY_{name.upper()} must ")
    assert "whatever" not in fault


def test_every_fault_is_named_and_no_value_is(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PARITY_DATABASE_URL", "mysql://user:secret@db/parity")
    monkeypatch.setenv("PARITY_PORT", "none")
    monkeypatch.setenv("PARITY_PROT", "8000")

    with pytest.raises(SettingsRefused) as refusal:
        read_settings()

    assert str(refusal.value).splitlines() == [
        "PARITY_PROT is not a setting; the nearest one is PARITY_PORT.",
        "PARITY_DATABASE_URL must begin with sqlite:/// or postgresql://.",
        "PARITY_PORT must be a whole number from 1 to 65535.",
    ]


def test_variables_of_the_tests_are_not_settings(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PARITY_TEST_ANYTHING", "anything")

    assert read_settings() == Settings()


def test_settings_do_not_show_a_password() -> None:
    settings = Settings(database_url="postgresql://user:secret@db/parity")

    assert "secret" not in repr(settings)


def test_each_process_has_a_port_for_its_metrics(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PARITY_METRICS_PORT", "65535")
    monkeypatch.setenv("PARITY_WORKERS", "2")

    with pytest.raises(SettingsRefused) as refusal:
        read_settings()

    assert str(refusal.value) == ("PARITY_METRICS_PORT must leave a port for each of 2 processes.")


ENDPOINT = "OTEL_EXPORTER_OTLP_ENDPOINT"


@pytest.mark.parametrize(
    ("variables", "sentence"),
    [
        (
            {ENDPOINT: "collector:4318"},
            f"{ENDPOINT} must be an address, as http://127.0.0.1:4318.",
        ),
        (
            {ENDPOINT: "http://collector:port"},
            f"{ENDPOINT} must be an address, as http://127.0.0.1:4318.",
        ),
        (
            {ENDPOINT: "http://collector:4317", "OTEL_EXPORTER_OTLP_PROTOCOL": "grpc"},
            "OTEL_EXPORTER_OTLP_PROTOCOL must be http/protobuf, or be left out.",
        ),
        (
            {ENDPOINT: "http://collector:4318", "OTEL_TRACES_EXPORTER": "zipkin"},
            "OTEL_TRACES_EXPORTER must be otlp or none, or be left out.",
        ),
    ],
)
def test_a_collector_of_traces_that_cannot_be_is_refused(
    variables: dict[str, str], sentence: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, value in variables.items():
        monkeypatch.setenv(name, value)

    with pytest.raises(SettingsRefused) as refusal:
        read_settings()

    assert refusal.value.faults == (sentence,)


@pytest.mark.parametrize(
    "variables",
    [
        {ENDPOINT: "https://collector/otlp", "OTEL_EXPORTER_OTLP_PROTOCOL": "http/protobuf"},
        {ENDPOINT: "nowhere", "OTEL_SDK_DISABLED": "true"},
        {ENDPOINT: "nowhere", "OTEL_TRACES_EXPORTER": "none"},
        {ENDPOINT: " ", "OTEL_EXPORTER_OTLP_PROTOCOL": "grpc"},
    ],
)
def test_a_collector_that_is_not_wrong_or_not_used_is_accepted(
    variables: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, value in variables.items():
        monkeypatch.setenv(name, value)

    assert read_settings() == Settings()


def test_traces_without_what_sends_them_are_refused() -> None:
    without = "import sys; sys.modules['opentelemetry.exporter'] = None; "
    read = "from app.setting_checks import find_tracing_faults as find; print(*find("
    environment = {ENDPOINT: "http://collector:4318"}

    told = subprocess.check_output(
        [sys.executable, "-c", f"{without}{read}{environment!r}))"], text=True
    )

    assert told == (
        f"{ENDPOINT} is set, but nothing that sends traces is installed; it comes with the extra"
        " tracing.\n"
    )
