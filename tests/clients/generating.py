"""Makes clients of the API from its description. Run by `make clients`."""

import json
import shutil
import sys
import tempfile
from pathlib import Path
from typing import Any, Final

from tests.clients.tools import PACKAGES, PROGRAMS, ROOT, run

HERE: Final = Path(__file__).parent

DESCRIPTION: Final = ROOT / "openapi" / "openapi.json"

MADE: Final = ROOT / "openapi" / "clients"
"""Where they go; not committed."""


def generate_python(folder: Path, description: Path = DESCRIPTION) -> None:
    """Make the package `parity_client` in a folder; any warning is an error."""
    with tempfile.NamedTemporaryFile("w", suffix=".json", encoding="utf-8") as file:
        json.dump(_without_optional_tokens(json.loads(description.read_text("utf-8"))), file)
        file.flush()
        run(
            [
                PROGRAMS / "openapi-python-client", "generate", "--path", file.name,
                "--config", HERE / "python" / "generator.yml", "--meta", "uv",
                "--output-path", folder, "--overwrite", "--fail-on-warning",
            ]
        )  # fmt: skip


def _without_optional_tokens(description: dict[str, Any]) -> dict[str, Any]:
    """Take the token from operations that answer without one too.

    The generator would have their callers show one.
    """
    for path in description["paths"].values():
        for operation in path.values():
            if {} in operation["security"]:
                operation["security"] = []
    return description


def generate_typescript(folder: Path, description: Path = DESCRIPTION) -> None:
    """Make the types of the API in a folder, and beside them a client that goes by them."""
    folder.mkdir(parents=True, exist_ok=True)
    run([PROGRAMS / "node", PACKAGES.parent / "types.js", description, folder / "schema.d.ts"])
    shutil.copy(HERE / "typescript" / "client.ts", folder)
    tools = json.loads((HERE / "node" / "package.json").read_text("utf-8"))
    package = {
        "name": "parity-client",
        "version": "1.0.0",
        "private": True,
        "type": "module",
        "license": "MIT",
        "exports": "./client.ts",
        "dependencies": tools["dependencies"],
    }
    (folder / "package.json").write_text(json.dumps(package, indent=2) + "\n", encoding="utf-8")


def main() -> None:
    """Make both, in place of what was made before."""
    shutil.rmtree(MADE, ignore_errors=True)
    for generate, folder in (
        (generate_python, MADE / "python"),
        (generate_typescript, MADE / "typescript"),
    ):
        generate(folder)
        sys.stdout.write(f"{folder.relative_to(ROOT)}\n")


if __name__ == "__main__":
    main()
