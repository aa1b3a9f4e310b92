"""The command, in this process or in one of its own."""

from __future__ import annotations

import io
import os
import subprocess
import sys
from collections.abc import Callable
from contextlib import chdir
from pathlib import Path
from typing import Any, TypeAlias
from unittest import mock

import pytest

from citekit.cli import main

Run: TypeAlias = Callable[..., "subprocess.CompletedProcess[Any]"]

COMMAND = (sys.executable, "-m", "citekit.cli")
PATIENCE = 240  # seconds after which a command counts as hanging, on a slow and busy machine


@pytest.fixture
def environment(checkout: Path) -> dict[str, str]:
    """The environment without what would change the command's behaviour."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("CITEKIT_", "PYTHON", "LC_"))}
    return {**kept, "PYTHONPATH": str(checkout), "LANG": "C.UTF-8", "COVERAGE_PROCESS_START": ""}


@pytest.fixture
def process(tmp_path: Path, environment: dict[str, str]) -> Run:
    """Run `citekit` in a process of its own, in the test's folder.

    `env` adds to the environment, `text=False` gives bytes, all else is for `subprocess.run`.
    """

    def run_citekit(*arguments: object, env: dict[str, str] | None = None, text: bool = True, **more: Any) -> Any:
        more.setdefault("stdin", None if "input" in more else subprocess.DEVNULL)
        if not {"stdout", "stderr", "capture_output"} & more.keys():
            more["capture_output"] = True
        if text:
            more.setdefault("encoding", "utf-8")
        if more["stdin"] is None:
            del more["stdin"]
        return subprocess.run(
            [*COMMAND, *as_words(arguments)],
            cwd=tmp_path,
            env={**environment, **(env or {})},
            timeout=PATIENCE,
            check=False,
            **more,
        )

    return run_citekit


@pytest.fixture
def run(tmp_path: Path, environment: dict[str, str]) -> Run:
    """Run `citekit` as `process` does, but in this process, which has everything loaded."""

    def run_citekit(*arguments: object, env: dict[str, str] | None = None, text: bool = True, **more: Any) -> Any:
        given = more.pop("input", b"")
        assert not more, f"{', '.join(more)}: for a process of its own"
        content = given.encode("utf-8") if isinstance(given, str) else given
        output, errors = io.BytesIO(), io.BytesIO()
        with (
            chdir(tmp_path),
            mock.patch.dict(os.environ, {**environment, **(env or {})}, clear=True),
            mock.patch.object(sys, "stdin", io.TextIOWrapper(io.BytesIO(content), encoding="utf-8")),
            mock.patch.object(sys, "stdout", io.TextIOWrapper(output, encoding="utf-8")) as stdout,
            mock.patch.object(sys, "stderr", io.TextIOWrapper(errors, encoding="utf-8")) as stderr,
        ):
            status = main(as_words(arguments))
            stdout.flush()
            stderr.flush()
        said = (output.getvalue(), errors.getvalue())
        return subprocess.CompletedProcess(as_words(arguments), status, *(map(as_text, said) if text else said))

    return run_citekit


def as_words(arguments: tuple[object, ...]) -> list[str]:
    return [os.fspath(word) if isinstance(word, Path) else str(word) for word in arguments]


def as_text(content: bytes) -> str:
    """What a pipe opened as text reads."""
    return io.TextIOWrapper(io.BytesIO(content), encoding="utf-8").read()
