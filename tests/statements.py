"""Compiled statements, kept for all tests: each test has its own engine, which would compile anew.

SQLAlchemy keeps them by dialect, and every engine has a dialect of its own; here one kept for
any engine of the same kind of database serves them all.
"""

from typing import Any

from sqlalchemy import Connection, Engine, event


class SharedStatements(dict[Any, Any]):
    """A cache of compiled statements by the name of the dialect in place of the dialect."""

    def get(self, key: Any, default: Any = None) -> Any:  # noqa: ANN401 — as SQLAlchemy has it
        """Return what was kept under a key of SQLAlchemy's."""
        return super().get((key[0].name, key[0].driver, *key[1:]), default)

    def __setitem__(self, key: Any, value: Any) -> None:  # noqa: ANN401 — likewise
        super().__setitem__((key[0].name, key[0].driver, *key[1:]), value)


_KEPT = SharedStatements()


def share_statements() -> None:
    """Let every connection from now on use the statements that any has compiled."""

    @event.listens_for(Engine, "engine_connect")
    def use(connection: Connection) -> None:
        connection.execution_options(compiled_cache=_KEPT)
