"""The description of the HTTP API."""

import json
from pathlib import Path
from typing import Annotated

import typer

COMMITTED = Path("openapi/openapi.json")
"""Where a checkout keeps the description."""

commands = typer.Typer(
    name="openapi", help="The description of the HTTP API.", no_args_is_help=True
)


@commands.command()
def export(
    file: Annotated[
        Path, typer.Argument(dir_okay=False, metavar="FILE", help="Where to write it.")
    ] = COMMITTED,
    *,
    check: Annotated[
        bool, typer.Option("--check", help="Write nothing; fail if the file differs.")
    ] = False,
) -> None:
    """Write the OpenAPI description to FILE."""
    description = render()
    if not check:
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(description, encoding="utf-8", newline="\n")
        typer.echo(f"Wrote {file}.")
    elif not file.is_file() or file.read_bytes() != description.encode():
        typer.echo(f"{file} is not current; run `parity openapi export`.", err=True)
        raise typer.Exit(1)


def render() -> str:
    """Return the description as JSON; it depends on nothing but the code."""
    from app.main import create_app
    from app.settings import Settings

    # The defaults, whatever the environment says.
    app = create_app(Settings.model_construct())
    return json.dumps(app.openapi(), ensure_ascii=False, indent=2) + "\n"
