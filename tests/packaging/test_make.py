"""The targets of the Makefile are told in its help, and need no more than is named there."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

TARGETS = {"demo", "test", "lint", "docs", "bench", "conformance", "clean", "help"}


def test_help_is_the_default_and_lists_every_target(checkout: Path) -> None:
    shown = subprocess.run(["make", "--no-print-directory"], cwd=checkout, capture_output=True, text=True, check=True)
    assert {line.split()[1] for line in shown.stdout.splitlines()} == TARGETS


def test_every_module_that_make_runs_is_there(checkout: Path) -> None:
    makefile = (checkout / "Makefile").read_text(encoding="utf-8")
    modules = re.findall(r"-m (benchmarks\.[\w.]+)", makefile)
    assert modules
    for module in modules:
        place = checkout.joinpath(*module.split("."))
        assert place.with_suffix(".py").is_file() or (place / "__main__.py").is_file(), module


def test_an_old_python_is_refused_in_plain_words(checkout: Path, tmp_path: Path) -> None:
    old = tmp_path / "python3"
    old.write_text('#!/bin/sh\n[ "$1" = -V ] && echo "Python 3.9.2" && exit 0\nexit 1\n')
    old.chmod(0o755)
    refused = subprocess.run(
        ["make", "test", f"PYTHON={old}", f"VENV={tmp_path / 'venv'}"],
        cwd=checkout,
        capture_output=True,
        text=True,
        check=False,
    )
    assert refused.returncode == 2
    assert "citekit needs Python 3.11 or later" in refused.stderr
    assert "Python 3.9.2" in refused.stderr


def test_a_missing_python_is_named(checkout: Path, tmp_path: Path) -> None:
    refused = subprocess.run(
        ["make", "test", "PYTHON=no-such-python", f"VENV={tmp_path / 'venv'}"],
        cwd=checkout,
        capture_output=True,
        text=True,
        check=False,
    )
    assert refused.returncode == 2
    assert "as no-such-python" in refused.stderr


def test_all_extras_but_those_of_training_and_benchmarks_are_installed(checkout: Path) -> None:
    import tomllib

    project = tomllib.loads((checkout / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    listed = subprocess.run([checkout / ".ci" / "extras"], capture_output=True, text=True, check=True).stdout.strip()
    assert set(listed.split(",")) == set(project["optional-dependencies"]) - {"train", "bench"}
