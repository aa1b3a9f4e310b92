"""The wheel, installed elsewhere, has all it needs to make and upgrade a store."""

from __future__ import annotations

import os
import shutil
import sqlite3
import subprocess
import sys
import sysconfig
import zipfile
from contextlib import closing
from pathlib import Path

import pytest

pytestmark = pytest.mark.xdist_group("wheel")  # built once

ESSAY = "A claim.1 Another.2\n\n1 Max Weber, Die protestantische Ethik, Tübingen 1934, S. 17.\n2 Ibid., S. 18.\n"

LATER_REVISION = """
import sqlalchemy as sa
from alembic import op

revision = "9999"
down_revision = "{head}"
branch_labels = None
depends_on = None


def upgrade():
    op.create_table("later", sa.Column("name", sa.Text()))
"""


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


def run(program: Path, *arguments: str, folder: Path) -> subprocess.CompletedProcess[str]:
    """Run an installed program far from the checkout."""
    return subprocess.run(
        [program, *arguments], cwd=folder, env=clean_environment(), capture_output=True, encoding="utf-8", check=False
    )


def query(store: Path, statement: str) -> list[tuple[object, ...]]:
    with closing(sqlite3.connect(store)) as connection:
        return connection.execute(statement).fetchall()


@pytest.fixture
def essay(tmp_path: Path) -> Path:
    path = tmp_path / "essay.txt"
    path.write_text(ESSAY, encoding="utf-8")
    return path


def test_an_installed_citekit_makes_a_store(installed: Path, essay: Path, tmp_path: Path) -> None:
    python = installed.with_name("python")
    where = run(python, "-c", "import citekit; print(citekit.__file__)", folder=tmp_path)
    assert Path(where.stdout).is_relative_to(installed.parents[1])
    added = run(installed, "add", "essay.txt", folder=tmp_path)
    assert (added.returncode, added.stderr) == (0, "")
    assert "protestantische" in run(installed, "export", "--format", "biblatex", folder=tmp_path).stdout
    assert query(tmp_path / "references.db", "PRAGMA integrity_check") == [("ok",)]


def test_a_later_citekit_upgrades_the_store(installed: Path, essay: Path, tmp_path: Path) -> None:
    """A revision is added to the installed package, as a later wheel would bring it."""
    assert run(installed, "add", "essay.txt", folder=tmp_path).returncode == 0
    before = run(installed, "works", "--json", folder=tmp_path).stdout
    ask = "from citekit.store import migration as m; print(m.HEAD, m.migrations_folder(), m.__file__, sep='\\n')"
    head, folder, module = run(installed.with_name("python"), "-c", ask, folder=tmp_path).stdout.splitlines()
    assert Path(folder).name == "_migrations"
    revision = Path(folder, "versions", "9999_later.py")
    source = Path(module).read_text(encoding="utf-8")
    written = Path(module).stat().st_mtime_ns
    try:
        revision.write_text(LATER_REVISION.format(head=head), encoding="utf-8")
        Path(module).write_text(source.replace(f'HEAD = "{head}"', 'HEAD = "9999"'), encoding="utf-8")
        again = run(installed, "add", "essay.txt", "--json", folder=tmp_path)
        assert again.returncode == 0
        assert "the store as it was before is kept as" in again.stderr
        assert '"status": "unchanged"' in again.stdout
        assert run(installed, "works", "--json", folder=tmp_path).stdout == before
        assert query(tmp_path / "references.db", "SELECT version_num FROM alembic_version") == [("9999",)]
        assert query(tmp_path / "references.db", "SELECT name FROM later") == []
    finally:
        revision.unlink()
        Path(module).write_text(source, encoding="utf-8")
        os.utime(module, ns=(written, written))  # Python tells by the second whether what it compiled is still true
    refused = run(installed, "works", folder=tmp_path)
    assert refused.returncode == 1
    assert refused.stderr.startswith("citekit: references.db: ")
    assert refused.stderr.count("\n") == 1
