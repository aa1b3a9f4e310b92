"""Works that a Markdown manuscript lists without citing them."""

from __future__ import annotations

from pathlib import Path

import pytest

from citekit.manuscripts import cited_in


@pytest.mark.parametrize(
    ("metadata", "keys", "everything"),
    [
        ("nocite: |\n  @levi63", ("braudel49", "levi63"), False),
        (
            "nocite: |\n  @levi63, @{weber:1922}\n  @marx-1867",
            ("braudel49", "levi63", "weber:1922", "marx-1867"),
            False,
        ),
        ("nocite: '@*'", ("braudel49",), True),
        ('nocite: ["@levi63", "@*"]', ("braudel49", "levi63"), True),
        ("title: On @levi63", ("braudel49",), False),
        ("nocite: 5", ("braudel49",), False),
    ],
)
def test_nocite_lists_what_is_not_cited(tmp_path: Path, metadata: str, keys: tuple[str, ...], everything: bool) -> None:
    manuscript = tmp_path / "essay.md"
    manuscript.write_text(f"---\n{metadata}\n---\n\nAs [@braudel49, p. 3] says.\n", encoding="utf-8")
    found = cited_in(str(manuscript))
    assert (found.keys, found.everything, found.diagnostics) == (keys, everything, ())


def test_metadata_that_is_no_yaml_is_told(tmp_path: Path) -> None:
    manuscript = tmp_path / "essay.md"
    manuscript.write_text("---\ntitle: A\nnocite: @levi63\n---\n\nAs [@braudel49] says.\n", encoding="utf-8")
    found = cited_in(str(manuscript))
    assert found.keys == ("braudel49",)
    (told,) = found.diagnostics
    assert "line 3" in told.message
