"""The table of who may do what."""

import typer


def permissions() -> None:
    """Print who may do what, every operation by role.

    It is the page docs/permissions.md.
    """
    from app.domain.permissions import render_permissions

    typer.echo(render_permissions(), nl=False)
