"""The statements that an answer is made of, run again by the driver alone."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any, Final

from sqlalchemy import event
from starlette.testclient import TestClient

from app.main import create_app
from app.settings import Settings
from app.store.engine import build_engine

QUESTIONS: Final = ("SELECT", "WITH")


def find_statements(url: str, path: str) -> list[tuple[str, Any]]:
    """Return the questions that the database is asked for an answer, with their parameters.

    The answer is made twice, so that what a process asks once is not among them.

    Args:
        url: Of the database.
        path: What is asked for, by a stranger.
    """
    asked: list[tuple[str, Any]] = []
    settings = Settings(database_url=url, warm_megabytes=0, rate_limit_reads=0)
    app = create_app(settings)
    with TestClient(app) as client:
        client.get(path).raise_for_status()

        def note(_c: object, _k: object, statement: str, values: object, *_rest: object) -> None:
            if statement.lstrip().startswith(QUESTIONS):
                asked.append((statement, values))

        event.listen(app.state.engine, "before_cursor_execute", note)
        client.get(path).raise_for_status()
        event.remove(app.state.engine, "before_cursor_execute", note)
    return asked


@contextmanager
def asking_again(url: str, asked: Sequence[tuple[str, Any]]) -> Iterator[Callable[[], None]]:
    """Yield what asks the same questions in one transaction, and fetches every row."""
    engine = build_engine(url)
    with engine.connect() as connection:
        cursor = connection.connection.cursor()

        def ask() -> None:
            for statement, values in asked:
                cursor.execute(statement, values)
                cursor.fetchall()

        yield ask
        cursor.close()
    engine.dispose()
