"""What short forms alone name is exported, and told: it is no source that somebody can look up."""

from __future__ import annotations

from pathlib import Path
from typing import Any

PAGE = """The Roads

Salt came early.1 Then trade.2 And more.3 And again.4

Notes

1. Rolf Munk, The Salt Roads of the North (London: Dent, 1955), p. 30.
2. Rolf Munk, The Salt Roads of the South (London: Dent, 1958), p. 12.
3. {third}
4. {third}
"""


def _exported(run: Any, folder: Path, third: str) -> tuple[str, str]:
    (folder / "roads.txt").write_text(PAGE.format(third=third), encoding="utf-8")
    assert run("add", "roads.txt").returncode == 0
    done = run("export", "--format", "bibtex")
    assert done.returncode == 0
    return done.stdout, done.stderr


def test_an_undecided_short_form_is_told_with_its_key(run: Any, tmp_path: Path) -> None:
    bibliography, told = _exported(run, tmp_path, "Munk, Salt Roads, p. 5.")
    assert bibliography.count("@book") == 3
    assert "1 work among these that nobody cites in full (munksalt)" in told


def test_works_cited_in_full_need_no_word(run: Any, tmp_path: Path) -> None:
    bibliography, told = _exported(run, tmp_path, "Munk, Salt Roads of the South, p. 5.")
    assert bibliography.count("@book") == 2
    assert told == ""
