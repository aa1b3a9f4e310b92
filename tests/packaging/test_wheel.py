"""The wheel, installed elsewhere, has all it needs to make and upgrade a store."""

from __future__ import annotations

import os
import shutil
import sqlite3
import subprocess
import sys
import sysconfig
import zipfile
from pathlib import Path

import pytest

ESSAY = "A claim.1 Another.2\n\n1 Max Weber, Wirtschaft und Gesellschaft, Tübingen 1922, S. 17.\n2 Ibid., S. 18.\n"


@pytest.fixture(scope="module")
def wheel(checkout: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel, built from a copy of the checkout so that the working copy stays clean."""
    source = tmp_path_factory.mktemp("source")
    ignored = shutil.ignore_patterns("__pycache__", "*.db*")
    for name in ("citekit", "migrations", "references", "docs", "tests", ".ci"):
        shutil.copytree(checkout / name, source / name, ignore=ignored)
    for name in ("pyproject.toml", "README.md", "CHANGELOG.md", "LICENSE", ".gitignore"):
        if (checkout / name).exists():
            shutil.copy(checkout / name, source)
    target = tmp_path_factory.mktemp("dist")
    built = subprocess.run(
        [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", target, source],
        capture_output=True,
        text=True,
        check=False,
    )
    assert built.returncode == 0, built.stdout + built.stderr
    (path,) = target.glob("*.whl")
    return path


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The `citekit` of a new virtual environment, which sees this one's dependencies and nothing of the checkout."""
    environment = tmp_path_factory.mktemp("elsewhere") / "venv"
    subprocess.run([sys.executable, "-m", "venv", environment], check=True)
    python = environment / "bin" / "python"
    library = subprocess.run(
        [python, "-c", "import sysconfig; print(sysconfig.get_path('purelib'))"],
        capture_output=True,
        text=True,
        check=True,
    ).stdout.strip()
    # A .pth file adds this environment's packages without the network. Its own .pth files, an editable install of
    # the checkout among them, are not read from there.
    Path(library, "dependencies.pth").write_text(f"{sysconfig.get_path('purelib')}\n")
    subprocess.run(
        [python, "-m", "pip", "install", "--quiet", "--no-deps", "--no-index", "--force-reinstall", wheel],
        check=True,
        env=clean_environment(),
    )
    return environment / "bin" / "citekit"


def clean_environment() -> dict[str, str]:
    return {name: value for name, value in os.environ.items() if not name.startswith(("PYTHON", "CITEKIT_", "PIP_"))}


def test_the_wheel_holds_what_travels_with_the_package(wheel: Path, checkout: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        names = set(archive.namelist())
    for source, inside in (("migrations", "_migrations"), ("references", "_references"), ("citekit", "")):
        files = {
            str(Path("citekit", inside, path.relative_to(checkout / source)))
            for path in (checkout / source).rglob("*")
            if path.is_file() and "__pycache__" not in path.parts and not path.match("*.db*")
        }
        assert files
        assert files <= names
    assert {"citekit/py.typed", "citekit/_migrations/env.py"} <= names
    assert not any(name.startswith(("tests/", "benchmarks/", "migrations/", "docs/")) for name in names)


def test_an_installed_citekit_makes_a_store(installed: Path, tmp_path: Path) -> None:
    (tmp_path / "essay.txt").write_text(ESSAY, encoding="utf-8")
    run = {"cwd": tmp_path, "env": clean_environment(), "capture_output": True, "encoding": "utf-8"}
    where = subprocess.run(
        [installed.with_name("python"), "-c", "import citekit; print(citekit.__file__)"],
        **run,  # type: ignore[call-overload]
    )
    assert Path(where.stdout).is_relative_to(installed.parents[1])
    added = subprocess.run([installed, "add", "essay.txt"], **run)  # type: ignore[call-overload]
    assert (added.returncode, added.stderr) == (0, "")
    bibliography = subprocess.run([installed, "export", "--format", "biblatex"], **run)  # type: ignore[call-overload]
    assert "Wirtschaft und Gesellschaft" in bibliography.stdout
    with sqlite3.connect(tmp_path / "references.db") as connection:
        assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]


def test_an_installed_citekit_upgrades_a_store(installed: Path, tmp_path: Path) -> None:
    """Takes a store back through the installed migrations, as an earlier citekit would have left it, and opens it."""
    (tmp_path / "essay.txt").write_text(ESSAY, encoding="utf-8")
    run = {"cwd": tmp_path, "env": clean_environment(), "capture_output": True, "encoding": "utf-8"}
    subprocess.run([installed, "add", "essay.txt"], check=True, **run)  # type: ignore[call-overload]
    script = (
        "from alembic import command\n"
        "from alembic.script import ScriptDirectory\n"
        "from citekit.store import migration\n"
        "folder = migration.migrations_folder()\n"
        "assert folder.name == '_migrations', folder\n"
        "print(ScriptDirectory(str(folder)).get_current_head(), migration.HEAD)\n"
    )
    heads = subprocess.run([installed.with_name("python"), "-c", script], **run)  # type: ignore[call-overload]
    assert heads.returncode == 0, heads.stderr
    head, known = heads.stdout.split()
    assert head == known
    added = subprocess.run([installed, "add", "essay.txt", "--json"], **run)  # type: ignore[call-overload]
    assert '"status": "unchanged"' in added.stdout
