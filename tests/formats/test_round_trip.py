"""Any item goes out in each format and comes in again as it was, and pybtex accepts every file."""

import re

from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from pybtex.database import parse_string as pybtex_read

from citekit import formats
from citekit.formats.types import CSL_TYPES

TRICKY = st.text(alphabet='{}\\%&$#_~^"@, andAND.-/:\n', min_size=1, max_size=12)
TEXT = st.text(min_size=1, max_size=30) | TRICKY
NAME = st.dictionaries(
    st.sampled_from(["family", "given", "suffix", "non-dropping-particle", "dropping-particle"]), TEXT, min_size=1
) | st.fixed_dictionaries({"literal": TEXT})
DATE = st.fixed_dictionaries(
    {"date-parts": st.lists(st.lists(st.integers(1, 2030), min_size=1, max_size=3), min_size=1, max_size=2)}
) | st.fixed_dictionaries({"raw": TEXT})
VARIABLES = (
    "id", "title", "original-title", "container-title", "publisher", "publisher-place", "volume", "issue", "note",
    "volume-title", "URL", "DOI", "language", "genre", "number", "archive", "edition", "collection-title",
    "collection-number", "medium", "a variable that CSL does not know",
)  # fmt: skip
CUSTOM = st.dictionaries(
    st.sampled_from(["archive-url", "archive-date", "translated-title", "edtf", "url-status", "fields"]),
    TEXT | st.dictionaries(TEXT, TEXT, min_size=1, max_size=2),
    min_size=1,
    max_size=4,
)


def is_whole(pages: str) -> bool:
    """Whether no figure of the second number is left out: "209-10" is exported as 209--210 (manual, 4.6.4)."""
    first, _, last = pages.partition("-")
    return not (first.isdigit() and last.isdigit() and len(last) < len(first))


ITEM = st.fixed_dictionaries(
    {"type": st.sampled_from(sorted(CSL_TYPES)), "id": TEXT},
    optional={
        **dict.fromkeys(VARIABLES[1:], TEXT),
        **dict.fromkeys(("author", "editor", "translator", "contributor"), st.lists(NAME, min_size=1, max_size=3)),
        **dict.fromkeys(("issued", "accessed", "original-date"), DATE),
        "page": st.from_regex(r"[0-9ivx]{1,4}(-[0-9ivx]{1,4})?", fullmatch=True).filter(is_whole),
        "custom": CUSTOM,
    },
)


@settings(max_examples=150, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.lists(ITEM, max_size=2), st.sampled_from(sorted(formats.FORMATS)))
@example([{"type": "article", "id": "0", "URL": "\\{}"}], "biblatex")  # balanced for BibTeX alone
@example([{"type": "book", "id": "0", "custom": {"fields": {"A": "0"}}}], "biblatex")  # names are read in small letters
@example([{"type": "book", "id": "0", "title": "\xa0"}], "biblatex")  # a blank for Python, none for BibTeX
def test_every_item_survives(items, notation):
    text = formats.dumps(items, notation)
    text.encode("utf-8")
    back, diagnostics = formats.read(text, notation)
    assert diagnostics == ()
    assert back == items
    if notation in ("bibtex", "biblatex"):
        assert len(pybtex_read(text, "bibtex").entries) == len(items)


@given(TEXT)
def test_escaped_text_has_balanced_braces_and_reads_back(text):
    from citekit.formats.latex import escape, is_balanced, tidy
    from citekit.formats.latex_text import text_of_latex

    latex = escape(text)
    assert is_balanced(latex)
    assert text_of_latex(latex) == tidy(text)
    assert not re.search(r"(?<!\\)[&%$#_~^]", re.sub(r"\\text\w+\{\}", "", latex))
