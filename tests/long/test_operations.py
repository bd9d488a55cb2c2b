"""Every line of the operator's guide, run on a database and a service of its own."""

import shutil
import subprocess
from pathlib import Path

import pytest

from tests.guide import ROOT, blocks
from tests.programs import free_port, unmeasured_environment


@pytest.mark.skipif(shutil.which("curl") is None, reason="the lines under test call curl")
def test_the_lines_of_the_guide_run_one_after_the_other(tmp_path: Path) -> None:
    port, metrics_port = free_port(), free_port()
    script = "\n".join(blocks("sh"))
    for old, new in (
        ("/var/lib/parity", str(tmp_path)),
        ("127.0.0.1:8000", f"127.0.0.1:{port}"),
        ("9100", str(metrics_port)),
    ):
        script = script.replace(old, new)
    environment = unmeasured_environment() | {"PARITY_PORT": str(port)}
    stop = 'trap \'kill "$SERVICE"; wait "$SERVICE"; echo "ended with $?"\' EXIT\n'

    run = subprocess.run(
        ["/bin/bash", "-euc", stop + script],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )

    assert run.returncode == 0, run.stdout + run.stderr
    assert 'parity_returns_due{census="2026"}' in run.stdout
    assert '"request_id": "check-1"' in run.stdout
    assert run.stdout.count("Restored ") == 1
    assert run.stdout.endswith("ended with 0\n")
    assert {one.name for one in tmp_path.iterdir()} >= {"restored.sqlite3", "audit-heads"}
