"""The commands and programs of the tutorial and the README run, and print what stands below them.

```console   `$ command`, continued by `> ` lines, then lines that must come in this order; "…" stands for anything,
             also within a line
```python    a program; a ```text block behind it is what it prints, by the same rules
Other blocks (```sh, ```latex) are shown and not run: they set up a machine.
"""

from __future__ import annotations

import os
import re
import stat
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
BLOCK = re.compile(r"^```(\w+)\n(.*?)^```$", re.MULTILINE | re.DOTALL)


@dataclass
class Step:
    """A command or program as printed, the lines expected from it, and its kind of block."""

    kind: str
    source: str
    expected: list[str] = field(default_factory=list)


def steps(page: str) -> Iterator[Step]:
    program: Step | None = None
    for kind, body in BLOCK.findall(page):
        if kind == "console":
            command: Step | None = None
            for line in body.splitlines():
                if line.startswith("$ "):
                    if command:
                        yield command
                    command = Step(kind, line[2:])
                elif command and line.startswith("> ") and not command.expected:
                    command.source += f"\n{line[2:]}"
                elif command:
                    command.expected.append(line)
            assert command, f"a console block without a command:\n{body}"
            yield command
        elif kind == "python":
            program = Step(kind, body)
            if "```text" not in page[page.index(body) : page.index(body) + len(body) + 200]:
                yield program
                program = None
        elif kind == "text" and program:
            program.expected = body.splitlines()
            yield program
            program = None


def differing_line(expected: list[str], printed: str) -> str | None:
    """The first expected line that is not printed behind those before it; None when all are."""
    lines = [" ".join(line.split()) for line in printed.splitlines()]
    at = 0
    for line in expected:
        words = " ".join(line.split())
        if words in ("", "…"):
            continue
        # An ellipsis inside a word is the document's own ("Nation-Building Effort…").
        pattern = re.compile(
            ".*".join(re.escape(piece.strip()) for piece in re.split(r"(?:^|(?<=\s))…(?=\s|$)", words))
        )
        found = next((number for number in range(at, len(lines)) if pattern.fullmatch(lines[number])), None)
        if found is None:
            return line
        at = found + 1
    return None


@pytest.fixture
def place(tmp_path: Path) -> Path:
    """A folder that looks like the checkout, with `citekit` and `python` on the path."""
    commands = tmp_path / "commands"
    commands.mkdir()
    for name, module in (("citekit", "-m citekit.cli"), ("python", "")):
        command = commands / name
        command.write_text(f'#!/bin/sh\nexec "{sys.executable}" {module} "$@"\n', encoding="utf-8")
        command.chmod(command.stat().st_mode | stat.S_IXUSR)
    (tmp_path / "references").symlink_to(ROOT / "references")
    return tmp_path


def run(step: Step, place: Path) -> subprocess.CompletedProcess[str]:
    environment = {
        **{name: value for name, value in os.environ.items() if not name.startswith(("CITEKIT_", "FORCE_COLOR"))},
        "PATH": f"{place / 'commands'}{os.pathsep}{os.environ['PATH']}",
        "PYTHONPATH": str(ROOT),
        "PYTHONIOENCODING": "utf-8",
        "COLUMNS": "120",
    }
    command = ["bash", "-c", step.source] if step.kind == "console" else [sys.executable, "-c", step.source]
    return subprocess.run(command, cwd=place, env=environment, capture_output=True, text=True, check=False)


PAGES = [
    "docs/tutorial.md",
    "README.md",
    *(
        str(path.relative_to(ROOT))
        for folder in ("tutorials", "how-to")
        for path in sorted((ROOT / "docs" / folder).glob("*.md"))
        if "```console" in path.read_text(encoding="utf-8")
    ),
]


@pytest.mark.parametrize("page", PAGES)
def test_each_command_does_what_the_page_says(page: str, place: Path) -> None:
    taken = list(steps((ROOT / page).read_text(encoding="utf-8")))
    assert taken, f"{page} has nothing to run"
    for step in taken:
        done = run(step, place)
        assert done.returncode == 0, f"{page}: {step.source}\n{done.stdout}\n{done.stderr}"
        line = differing_line(step.expected, done.stdout)
        assert line is None, f"{page}: {step.source}\nshould print: {line}\nprinted:\n{done.stdout}"


def test_an_expected_line_must_be_printed_in_its_turn() -> None:
    assert differing_line(["a … c", "d"], "a b c\nx\nd\n") is None
    assert differing_line(["d", "a … c"], "a b c\nx\nd\n") == "a … c"


def test_the_readme_opens_with_the_two_commands() -> None:
    opening = (ROOT / "README.md").read_text(encoding="utf-8")[:1200]
    assert opening.index("make demo") < opening.index("make test")


@pytest.mark.parametrize(
    "page",
    [
        ROOT / "README.md",
        *sorted((ROOT / "docs").rglob("*.md")),
        *sorted((ROOT / "references").glob("*.md")),
        ROOT / "benchmarks" / "README.md",
    ],
    ids=lambda path: str(path.relative_to(ROOT)),
)
def test_links_between_pages_lead_somewhere(page: Path) -> None:
    text = page.read_text(encoding="utf-8")
    targets = [target for target in re.findall(r"\]\(([^)\s]+)\)", text) if "://" not in target]
    missing = [target for target in targets if not (page.parent / target.split("#")[0]).exists()]
    assert not missing
