"""Every command and option, and every table, is in the documentation."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import click
import pytest

from citekit.cli.program import COMMANDS, citekit
from citekit.store import link_tables, search_tables  # noqa: F401 - adds its tables to the metadata
from citekit.store.tables import metadata


def test_the_pages_made_from_the_program_are_up_to_date(checkout: Path) -> None:
    done = subprocess.run(
        [sys.executable, checkout / ".ci" / "docs", "--check"], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr


@pytest.mark.parametrize("name", COMMANDS)
def test_each_command_has_its_page_and_all_its_options_are_named(name: str, checkout: Path) -> None:
    page = (checkout / "docs" / "how-to" / f"{name}.md").read_text(encoding="utf-8")
    assert f"citekit {name}" in page.split("All options:")[0], "the page shows how the command is typed"
    reference = (checkout / "docs" / "reference" / "commands.md").read_text(encoding="utf-8")
    section = reference.split(f"## citekit {name}\n")[1].split("\n## ")[0]
    command = citekit.get_command(click.Context(citekit), name)
    assert command is not None
    for parameter in command.params:
        for option in parameter.opts if isinstance(parameter, click.Option) else ():
            assert option in section, option


def test_every_table_is_drawn_and_explained(checkout: Path) -> None:
    drawn = (checkout / "docs" / "explanation" / "data-model.svg").read_text(encoding="utf-8")
    told = (checkout / "docs" / "explanation" / "data-model.md").read_text(encoding="utf-8")
    for name in metadata.tables:
        assert f">{name}</text>" in drawn, name
        assert f"`{name}`" in told, name


def test_every_page_can_be_reached_from_the_first(checkout: Path) -> None:
    first = (checkout / "docs" / "README.md").read_text(encoding="utf-8")
    for folder in ("tutorials", "how-to", "explanation"):
        for path in sorted((checkout / "docs" / folder).glob("*.md")):
            assert f"({folder}/{path.name})" in first, path.name
