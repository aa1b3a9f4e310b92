r"""Commands that bibliographies seldom have, one by one: what pylatexenc knows, else the words of their arguments.

One command that nobody knows leaves all the rest of a field as readable as it was.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache
from typing import Any

__all__ = ["formula_text", "seldom"]

# The first argument is an address, a colour, a length or a language; the words come behind it.
_NOT_FOR_READERS = frozenset(
    re.findall(
        "[a-z]+",
        "href textcolor color foreignlanguage textlang selectlanguage hspace vspace begin end label texorpdfstring "
        "hyphenquote foreignquote raisebox scalebox",
    )
)
_OPTION = re.compile(r"\[[^\[\]{}]*+\]")
_GROUP = re.compile(r"\{[^{}]*+(?:\{[^{}]*+\}[^{}]*+)*+\}")
_MOST = 400  # characters of arguments that pylatexenc is asked about: it takes a millisecond for each command
_RAISED = re.compile(r"\s*+([\^_])(?:\{([\w\s+\-]*+)\}|(\w))\s*+")
_PLAIN_FORMULA = re.compile(r"(?:\\[A-Za-z]++(?![{\[A-Za-z])|[^\\{}^_&#$])*+")
_COMMAND = re.compile(r"\\([A-Za-z]++)[ ]?")


def seldom(latex: str, command: str, place: int) -> tuple[str, int]:
    """What a command says whose name ends at `place`, and where reading goes on."""
    if command in _NOT_FOR_READERS:
        argument = _GROUP.match(latex, place)
        return "", argument.end() if argument else place
    option = _OPTION.match(latex, place)
    end = option.end() if option else place
    if not _is_known(command):
        return "", end
    arguments = end
    while (group := _GROUP.match(latex, arguments)) and group.end() - place <= _MOST:
        arguments = group.end()
    if arguments == end:
        return _sign(command), end
    said = _read(rf"\{command}{latex[place:arguments]}")
    return (said, arguments) if said else ("", end)


def formula_text(formula: str) -> tuple[str, str] | None:
    """What a formula between dollar signs says where it is but signs, and whether they stand high or low.

    `$\alpha$` is α, `$^{th}$` a superscript; None for what only a formula can say.
    """
    inside = formula[1:-1]
    moved = _RAISED.fullmatch(inside)
    if moved:
        return moved[2] if moved[2] is not None else moved[3], "<sup>" if moved[1] == "^" else "<sub>"
    if inside.replace(" ", "") == r"^\circ":
        return "°", ""
    commands = _COMMAND.findall(inside)
    if not commands or not _PLAIN_FORMULA.fullmatch(inside) or not all(map(_sign, commands)):
        return None
    return _COMMAND.sub(lambda found: _sign(found[1]), inside).strip(), ""


@cache
def _known() -> Any:
    from pylatexenc.latex2text import get_default_latex_context_db  # type: ignore[import-untyped]

    return get_default_latex_context_db()


def _is_known(command: str) -> bool:
    found = _known().get_macro_spec(command)
    return bool(found and found.macroname == command)


@lru_cache(maxsize=1_000)
def _sign(command: str) -> str:
    """What a command without arguments stands for; empty for one that stands for nothing by itself."""
    found = _known().get_macro_spec(command)
    meant = found.simplify_repl if found and found.macroname == command else ""
    return meant if isinstance(meant, str) and "%" not in meant else ""


@lru_cache(maxsize=2_000)  # journals and publishers come again and again
def _read(latex: str) -> str:
    """What pylatexenc reads; nothing where it cannot."""
    from pylatexenc.latex2text import LatexNodes2Text

    reader = LatexNodes2Text(math_mode="verbatim", keep_comments=True, strict_latex_spaces=False)
    try:
        return str(reader.latex_to_text(latex)).strip()
    except (ValueError, LookupError, TypeError, AttributeError, RecursionError):
        return ""
