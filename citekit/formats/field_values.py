"""One field of an entry: a variable's value as LaTeX, and back."""

from __future__ import annotations

import re
from typing import Any

from citekit.formats.dates import csl_date, edtf
from citekit.formats.dialects import DATES, LISTS, VERBATIM, Dialect
from citekit.formats.languages import language_code, language_name
from citekit.formats.latex import brace, escape, escape_signs, is_balanced, protect, protected_ways, rich, tidy
from citekit.formats.latex_inert import acts
from citekit.formats.latex_markup import RICH
from citekit.formats.latex_text import is_marked_up
from citekit.formats.localisation import key_in_words
from citekit.formats.names import bib_names, csl_names, names_by_parts
from citekit.formats.original import kept_latex, plain
from citekit.formats.types import NAMES
from citekit.formats.wording import value_of
from citekit.model import Item

__all__ = [
    "READ_OTHERWISE",
    "is_bare",
    "is_for_biblatex_alone",
    "is_in_words",
    "latex_to_keep",
    "newly_written",
    "page_range",
    "read_value",
    "written_latex",
]

_NAMES, _DATES = frozenset(NAMES), frozenset(DATES)
READ_OTHERWISE = _NAMES | _DATES | VERBATIM | {"language"}
"""The variables that are read in another way than as plain text."""

_DASH = re.compile(r"(?<=\w)\s?[-‐‑–—]\s?(?=\w)")
# No number of an article or report: "e1234-5", "0301-7", "12-3-4".
_CUT_RANGE = re.compile(r"(?<![\w-])([1-9][0-9]{0,6})--([1-9][0-9]{0,6})(?![\w-])")
_AND = re.compile(r"\sand\s", re.IGNORECASE)
_SIGNS = re.compile(r"[\\{}~^&%$#_<\-`'!?](?:(?<=[\\{}~^&%$#_<])|(?<=-)-|(?<=`)`|(?<=')'|(?<=[!?])`)")  # see latex_text


def page_range(text: str) -> str:
    """Pages with TeX's dash of a range, its second number whole: 209--210 for "209–10".

    BibTeX styles print both as they stand, BibLaTeX's cut the second where they should (manual, 4.6.4, \\mkcomprange).
    """
    return _CUT_RANGE.sub(_whole_range, _DASH.sub("--", text))


def _whole_range(match: re.Match[str]) -> str:
    first, last = match.groups()
    whole = first[: len(first) - len(last)] + last
    return f"{first}--{whole}" if len(last) < len(first) and int(whole) > int(first) else match.group()


def written_latex(item: Item, variable: str, field: str, dialect: Dialect) -> str | None:
    """A variable's value as LaTeX, None where this kind of field cannot say it."""
    kept = kept_latex(item, variable)
    if kept is None or (dialect.name == "bibtex" and is_for_biblatex_alone(variable, kept)):
        return newly_written(item, variable, field, value_of(item, variable))
    return kept


def is_for_biblatex_alone(variable: str, latex: str) -> bool:
    """Whether BibTeX would read other names, or TeX without BibLaTeX stop at an unknown command."""
    return (
        names_by_parts(latex) if variable in _NAMES else r"\mkbib" in latex or key_in_words(variable, latex) is not None
    )


def newly_written(item: Item, variable: str, field: str, value: Any) -> str | None:
    """A value as LaTeX, whatever the variable was read from; None where this kind of field cannot say it."""
    if variable in _NAMES:
        return bib_names(value) if isinstance(value, list) else None
    if variable in _DATES:
        source = item.get("custom", {}) if variable.startswith("custom.") else item
        return edtf(source, variable.removeprefix("custom."))[0]
    if isinstance(value, bool) or not isinstance(value, (str, int, float)):
        return None
    text = str(value)
    if variable in VERBATIM:
        return _verbatim(text)
    if variable == "language":
        return language_name(text)
    if variable == "title":
        language = str(item.get("language") or "en").lower()
        return protect(text, all_capitals=not language.startswith("en"))
    if variable == "page":
        return page_range(escape_signs(text))
    written = rich(text) if variable in RICH else escape(text)
    return brace(written) if field in LISTS and _AND.search(written) else written


def _verbatim(text: str) -> str:
    """As it is; braces that do not balance are percent-encoded (RFC 3986, section 2.1), or BibTeX could not read on."""
    bare = tidy(text)
    if is_balanced(bare) and not acts(bare):
        return bare
    return bare.replace("{", "%7B").replace("}", "%7D").replace("\\", "%5C").replace("^^", "%5E%5E")


def is_bare(text: str) -> bool:
    """Whether nothing in the text is a sign of LaTeX's, or a blank that would be folded."""
    return _SIGNS.search(text) is None and tidy(text) == text


def is_in_words(variable: str, text: str) -> bool:
    """Whether a variable's value is what stands in its field, word for word; then there is no LaTeX to keep either."""
    if variable in READ_OTHERWISE or variable == "page" or is_marked_up(text):
        return False
    return key_in_words(variable, text) is None


def read_value(variable: str, text: str, *, use_prefix: bool) -> Any:
    """The value of a variable that a field says, None where it says none."""
    if variable in _NAMES:
        return csl_names(text, use_prefix=use_prefix)
    if variable in VERBATIM:
        return tidy(text)
    if variable in _DATES:
        return text if variable.startswith("custom.") else csl_date(text)[0]
    if variable == "language":
        return language_code(text)
    return plain(variable, text)


def latex_to_keep(item: Item, variable: str, field: str, text: str) -> dict[str, str]:
    """The LaTeX that a variable was read from, by its name, where its text would be written otherwise; else nothing."""
    marked = is_marked_up(text) or key_in_words(variable, text) is not None
    in_names = variable in _NAMES
    if not (marked or in_names or variable in _DATES) or variable in VERBATIM or variable == "language":
        return {}
    latex = tidy(text)
    value = value_of(item, variable)
    ways: tuple[str | None, ...]
    if variable == "title":
        ways = protected_ways(value) if isinstance(value, str) else (None,)  # in English and in other languages
    else:
        ways = (newly_written(item, variable, field, value),)
    if latex in ways or (in_names and not marked and "=" not in text and not is_marked_up(ways[0] or "")):
        return {}  # "Max Weber" is "Weber, Max"
    return {variable: latex} if is_balanced(latex) and not acts(latex) else {}
