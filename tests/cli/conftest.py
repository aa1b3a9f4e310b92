"""The real command, in a process of its own."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeAlias

import pytest

Run: TypeAlias = Callable[..., "subprocess.CompletedProcess[Any]"]

COMMAND = (sys.executable, "-m", "citekit.cli")
PATIENCE = 240  # seconds after which a command counts as hanging, on a slow and busy machine


@pytest.fixture
def environment(checkout: Path) -> dict[str, str]:
    """The environment without what would change the command's behaviour."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("CITEKIT_", "PYTHON", "LC_"))}
    return {**kept, "PYTHONPATH": str(checkout), "LANG": "C.UTF-8", "COVERAGE_PROCESS_START": ""}


@pytest.fixture
def run(tmp_path: Path, environment: dict[str, str]) -> Run:
    """Run `citekit` with arguments in the test's folder; `env` adds to the environment, `text=False` gives bytes."""

    def run_citekit(*arguments: object, env: dict[str, str] | None = None, text: bool = True, **more: Any) -> Any:
        more.setdefault("stdin", None if "input" in more else subprocess.DEVNULL)
        if not {"stdout", "stderr", "capture_output"} & more.keys():
            more["capture_output"] = True
        if text:
            more.setdefault("encoding", "utf-8")
        if more["stdin"] is None:
            del more["stdin"]
        words = [*COMMAND, *(os.fspath(word) if isinstance(word, Path) else str(word) for word in arguments)]
        return subprocess.run(
            words, cwd=tmp_path, env={**environment, **(env or {})}, timeout=PATIENCE, check=False, **more
        )

    return run_citekit
