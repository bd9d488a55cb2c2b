"""A file that a command takes: from this machine, or from an address."""

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated

import typer

from app.cli.transaction import explain
from app.domain.errors import DownloadFailed

FromUrl = Annotated[
    str | None,
    typer.Option(
        "--from", metavar="URL", help="Fetch the file from there; https, at most 50 MiB."
    ),
]

Checksum = Annotated[
    str | None, typer.Option("--sha256", metavar="HEX", help="What its SHA-256 has to be.")
]

AllowHttp = Annotated[
    bool, typer.Option("--allow-http", help="Accept plain http, within your own network.")
]


@contextmanager
def sent_file(
    file: Path | None, url: str | None, *, sha256: str | None, allow_http: bool
) -> Iterator[Path]:
    """Yield where a file is that was named, or fetched; one that was fetched goes afterwards.

    A download that fails is told, and the command exits with 1.
    """
    if (file is None) == (url is None):
        raise typer.BadParameter("name either FILE or --from URL")
    if url is None:
        assert file is not None  # noqa: S101 — one of the two is named
        yield file
        return
    from app.ingest.download import Terms, fetch

    try:
        fetched = fetch(url, Terms(allow_http=allow_http, sha256=sha256))
    except DownloadFailed as error:
        typer.echo(explain(error), err=True)
        raise typer.Exit(1) from error
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / fetched.name
        path.write_bytes(fetched.content)
        yield path
