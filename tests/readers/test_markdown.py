"""What Markdown's markup says: title, source, hints."""

from __future__ import annotations

import pytest

from citekit.model import HintKind
from citekit.readers import from_text

N, M, E, L, H, F = (
    HintKind.NOTE,
    HintKind.NOTE_MARKER,
    HintKind.EMPHASIS,
    HintKind.LINK,
    HintKind.HEADING,
    HintKind.FURNITURE,
)


@pytest.mark.parametrize(
    ("title", "source", "hints"),
    [
        ("a marker", "Leap.[^1]\n", [(M, "1")]),
        ("a marker in code", "`[^1]` and ``a ` [^2]``", []),
        ("an escaped marker", "\\[^1]", []),
        ("a fenced block", "```\n[^1]: no\n```\n\n[^1]: yes\n", [(N, "yes")]),
        ("an indented block", "Text.\n\n    [^1]: no\n", []),
        ("a definition up to three spaces in", "   [^1]: Ibid.\n", [(N, "Ibid.")]),
        (
            "a definition of two paragraphs",
            "[^a]: One\nstill one.\n\n    Two.\n\nBody.",
            [(N, "One\nstill one.\n\n    Two.")],
        ),
        ("definitions without blank lines", "[^1]: A\n[^2]: B\n", [(N, "A"), (N, "B")]),
        ("a heading closes a definition", "[^1]: A\n# B\n", [(N, "A"), (H, "B")]),
        ("an inline note", "Text.^[See [sic] *Mills*, 5.]", [(N, "See [sic] *Mills*, 5."), (E, "Mills")]),
        ("emphasis", "*Mills* and __Fire__", [(E, "Mills"), (E, "Fire")]),
        ("underscores inside words", "snake_case_name", []),
        ("a star between spaces", "3 * 4 * 5", []),
        ("emphasis over a line's end", "*The\nMills*", [(E, "The\nMills")]),
        ("a link", "[site](http://a.org/b_(c)_d)", [(L, "site")]),
        ("an address in angle brackets", "<https://a.org/x_y_z>", [(L, "https://a.org/x_y_z")]),
        ("headings", "# One #\n\nTwo\n===\n", [(H, "One"), (H, "Two")]),
        ("a heading with attributes", "## Notes {.heading}\n", [(H, "Notes")]),
        ("front matter", "---\ntitle: *a* [^1]\n---\n\n*b*", [(F, "---\ntitle: *a* [^1]\n---"), (E, "b")]),
    ],
    ids=lambda value: value if isinstance(value, str) and len(value) < 40 and "\n" not in value else "",
)
def test_hints(title: str, source: str, hints: list[tuple[HintKind, str]]) -> None:
    document = from_text(source, media_type="text/markdown")
    assert [(hint.kind, source[slice(*hint.span)]) for hint in document.hints] == hints, title


def test_a_links_address_is_its_target() -> None:
    (hint,) = from_text('[site](http://a.org "Title")', media_type="text/markdown").hints
    assert hint.target == "http://a.org"
