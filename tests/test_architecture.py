"""What holds for the whole package: it starts lightly, its modules stay small, its promises are kept."""

from __future__ import annotations

import importlib
import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path

import pytest

LONGEST_MODULE = 500  # lines, docs/decisions: small modules with one job

HEAVY = (
    "alembic",
    "babel",
    "bibtexparser",
    "numpy",
    "fasttext",
    "pybtex",
    "requests",
    "rich",
    "sqlalchemy",
    "sqlite3",
)


def loaded_by(statements: str, checkout: Path, modules: Iterable[str] = HEAVY) -> set[str]:
    """Those of some modules that a new interpreter has loaded after `statements`."""
    report = f"import sys; print(*(name for name in {tuple(modules)!r} if name in sys.modules), file=sys.stderr)"
    outcome = subprocess.run(
        [sys.executable, "-c", f"{statements}\n{report}"], cwd=checkout, capture_output=True, text=True, check=True
    )
    return set(outcome.stderr.split())


def test_importing_citekit_loads_nothing_heavy(checkout: Path) -> None:
    assert loaded_by("import citekit", checkout) == set()


@pytest.mark.parametrize("arguments", [["--help"], ["--version"], ["extract", "--help"], ["export", "--help"]])
def test_help_loads_nothing_heavy(arguments: list[str], checkout: Path) -> None:
    assert loaded_by(f"from citekit.cli import main; assert main({arguments!r}) == 0", checkout) == set()


def test_parsing_a_string_loads_no_database_and_no_network(checkout: Path) -> None:
    loaded = loaded_by("import citekit; citekit.parse('Weber, Wirtschaft und Gesellschaft, Tübingen 1922')", checkout)
    assert loaded & {"alembic", "requests", "sqlalchemy", "sqlite3"} == set()


def test_what_one_format_needs_is_not_loaded_for_another(checkout: Path) -> None:
    formats = {f"citekit.readers.{name}" for name in ("epub", "html", "markdown", "office", "pdf", "xml")}
    assert loaded_by("import citekit.cli.adding_view", checkout, ("lxml", "sqlalchemy", *formats)) == set()
    text = "citekit.extract('references/thesis-page/document.txt')"
    assert loaded_by(f"import citekit; {text}", checkout, ("lxml", *formats)) == set()


def test_the_store_loads_no_database_but_its_own(checkout: Path) -> None:
    opened = "import citekit.store; from citekit.store import search, statements, rows, link_tables"
    assert loaded_by(opened, checkout, ("sqlalchemy.dialects.postgresql", "sqlalchemy.dialects.mysql")) == set()


def test_everything_that_is_promised_is_there() -> None:
    citekit = importlib.import_module("citekit")
    assert list(citekit.__all__) == sorted(citekit.__all__)
    for name in citekit.__all__:
        assert getattr(citekit, name) is not None
    assert set(citekit.__all__) <= set(dir(citekit))


def test_an_unknown_name_is_an_attribute_error() -> None:
    citekit = importlib.import_module("citekit")
    with pytest.raises(AttributeError, match="no_such_name"):
        citekit.no_such_name  # noqa: B018 - the access is the test


def test_no_module_grows_too_long(checkout: Path) -> None:
    modules = [path for folder in ("citekit", "migrations", "benchmarks") for path in (checkout / folder).rglob("*.py")]
    assert modules
    lengths = {str(path.relative_to(checkout)): path.read_bytes().count(b"\n") for path in modules}
    assert {path: lines for path, lines in lengths.items() if lines > LONGEST_MODULE} == {}


def test_every_command_has_examples_in_its_help() -> None:
    from citekit.cli.program import COMMANDS, citekit

    for name in COMMANDS:
        command = citekit.get_command(None, name)  # type: ignore[arg-type]
        assert command is not None
        assert command.name == name
        assert f"citekit {name}" in (command.epilog or ""), name


def test_the_top_level_is_as_the_design_says(checkout: Path) -> None:
    listed = subprocess.run(["git", "ls-files"], cwd=checkout, capture_output=True, text=True, check=False)
    if listed.returncode:
        pytest.skip("not a git working copy")
    top = {Path(line).parts[0] for line in listed.stdout.splitlines()}
    assert top <= {
        *("citekit", "references", "migrations", "tests", "docs", "benchmarks", ".ci"),
        *("pyproject.toml", "README.md", "CHANGELOG.md", "CONTRIBUTING.md", "LICENSE", "Makefile", ".gitignore"),
        ".gitattributes",
    }
