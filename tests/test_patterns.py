"""No regular expression of the package takes more than linear time, whatever a document holds."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

PATIENCE = 900  # seconds for all patterns together; each has a limit of its own in pattern_trial.py


@pytest.mark.xdist_group("patterns")
def test_no_pattern_hangs_on_a_long_note(checkout: Path) -> None:
    trial = subprocess.run(
        [sys.executable, Path(__file__).with_name("pattern_trial.py")],
        cwd=checkout,
        env={"PYTHONPATH": str(checkout), "PYTHONUTF8": "1"},
        capture_output=True,
        text=True,
        timeout=PATIENCE,
        check=False,
    )
    assert trial.returncode == 0, trial.stderr
    outcome = json.loads(trial.stdout)
    assert outcome["patterns"] > 0
    assert outcome["too slow"] == []
