import pytest

from app.domain.disclosure import Rules
from app.settings import Settings, SettingsRefused, read_settings


def test_without_an_environment_the_service_is_local() -> None:
    settings = read_settings()

    assert settings.model_dump() == {
        "database_url": "sqlite:///parity.sqlite3",
        "host": "127.0.0.1",
        "port": 8000,
        "workers": 1,
        "log_level": "info",
        "disclosure_threshold": 7,
        "disclosure_base": 5,
    }


def test_each_setting_is_read_from_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PARITY_DATABASE_URL", "postgresql://parity@db:5433/parity")
    monkeypatch.setenv("PARITY_HOST", "0.0.0.0")  # noqa: S104 - only read
    monkeypatch.setenv("PARITY_PORT", "8080")
    monkeypatch.setenv("PARITY_WORKERS", "2")
    monkeypatch.setenv("PARITY_LOG_LEVEL", "WARNING")
    monkeypatch.setenv("PARITY_DISCLOSURE_THRESHOLD", "10")
    monkeypatch.setenv("PARITY_DISCLOSURE_BASE", "1")

    settings = read_settings()

    assert settings.model_dump() == {
        "database_url": "postgresql+psycopg://parity@db:5433/parity",
        "host": "0.0.0.0",  # noqa: S104 - only read
        "port": 8080,
        "workers": 2,
        "log_level": "warning",
        "disclosure_threshold": 10,
        "disclosure_base": 1,
    }
    assert settings.disclosure_rules == Rules(threshold=10, base=1)


@pytest.mark.parametrize(
    ("given", "used"),
    [
        ("sqlite:///parity.sqlite3", "sqlite:///parity.sqlite3"),
        ("sqlite:////var/lib/parity.sqlite3", "sqlite:////var/lib/parity.sqlite3"),
        ("postgres://u:p@db/parity", "postgresql+psycopg://u:p@db/parity"),
        ("postgresql://db/parity", "postgresql+psycopg://db/parity"),
        ("postgresql+psycopg://db/parity", "postgresql+psycopg://db/parity"),
        ("postgresql:///parity?host=/run", "postgresql+psycopg:///parity?host=/run"),
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
