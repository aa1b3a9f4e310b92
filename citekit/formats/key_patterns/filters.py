"""What a pattern does with what it took from a work: JabRef's modifiers, Better BibTeX's filters."""

from __future__ import annotations

import operator
import re
from collections.abc import Callable

from citekit.errors import ChoiceError
from citekit.formats.key_patterns.grammar import Argument, Call, Marker
from citekit.formats.key_patterns.transliteration import in_latin, words_in_latin
from citekit.lexicon import words

__all__ = ["FILTERS", "Refused", "check_filter", "filtered"]


class Refused(Exception):  # noqa: N818 - nothing went wrong: the next alternative is asked
    """A condition of an alternative does not hold."""


_TRUNCATE = re.compile(r"truncate(\d{1,4})", re.IGNORECASE)
_COMPARISONS: dict[str, Callable[[int, int], bool]] = {
    "=": operator.eq, "==": operator.eq, "!=": operator.ne, "<>": operator.ne,
    "<": operator.lt, "<=": operator.le, ">": operator.gt, ">=": operator.ge,
}  # fmt: skip


def filtered(text: str, marker: Marker) -> str:
    """The text behind all filters of a marker.

    Raises:
        Refused: a `len` does not hold.
    """
    for call in marker.filters:
        name, arguments = _normal(call)
        text = FILTERS[name](text, *arguments)
    return text


def check_filter(call: Call) -> None:
    """Refuse a filter that is not known, or whose arguments do not fit.

    Raises:
        ChoiceError: saying which, and what there is.
    """
    name, arguments = _normal(call)
    if name not in FILTERS:
        raise ChoiceError(
            f"{call.name}: no filter of key patterns has this name; there are {', '.join(sorted(FILTERS))}"
        )
    try:
        FILTERS[name]("Probe text", *arguments)
    except Refused:
        pass
    except (TypeError, AttributeError, KeyError, IndexError) as error:
        raise ChoiceError(
            f"{call.name}: these arguments do not fit the filter; see docs/reference/key-patterns.md"
        ) from error
    except re.error as error:
        raise ChoiceError(f"{call.name}: no regular expression ({error}); correct it") from error


def _normal(call: Call) -> tuple[str, tuple[Argument, ...]]:
    """The filter's name in small letters, and its arguments: `truncate8` is `truncate(8)`."""
    cut = _TRUNCATE.fullmatch(call.name)
    if cut:
        return "truncate", (int(cut[1]), *call.arguments)
    return call.name.lower(), (*call.arguments, *(value for _, value in call.named))


def _abbreviated(text: str) -> str:
    return "".join(word[0] for word in text.split())


def _capitalized(text: str) -> str:
    return re.sub(r"\S+", lambda word: word[0][:1].upper() + word[0][1:].lower(), text)


def _initial_capitals(text: str) -> str:
    return re.sub(r"\S+", lambda word: word[0][:1].upper() + word[0][1:], text)


def _is_function_word(word: str) -> bool:
    return word.casefold() in words("stopwords", "title")


def _title_case(text: str) -> str:
    def cased(match: re.Match[str]) -> str:
        word = match[0].lower()
        return word if match.start() and _is_function_word(word) else word[:1].upper() + word[1:]

    return re.sub(r"\S+", cased, text)


def _sentence_case(text: str) -> str:
    stripped = text.lower()
    return stripped[:1].upper() + stripped[1:]


def _without_function_words(text: str) -> str:
    return " ".join(word for word in text.split() if not _is_function_word(word.strip(".,;:!?'\"()")))


def _chosen_words(text: str, start: int = 1, number: int = 0) -> str:
    """So many words from the one numbered `start` (from 1; behind the end with -1)."""
    listed = text.split()
    first = start - 1 if start > 0 else max(len(listed) + start, 0)
    return " ".join(listed[first : first + number] if number else listed[first:])


def _substring(text: str, start: int = 1, number: int = 0) -> str:
    first = start - 1 if start > 0 else max(len(text) + start, 0)
    return text[first : first + number] if number else text[first:]


def _long_enough(text: str, comparison: str = ">", number: int = 0) -> str:
    if not _COMPARISONS[comparison](len(text), int(number)):
        raise Refused
    return text


def _replaced(text: str, found: str, by: str = "") -> str:
    return text.replace(str(found), str(by))


def _replaced_by_pattern(text: str, pattern: str, by: str = "") -> str:
    return re.sub(pattern, lambda match: _template(match, by), text)


def _template(match: re.Match[str], by: str) -> str:
    """The replacement with `$1` and `\\1` as the groups that they name, as in Java and JavaScript."""
    return re.sub(
        r"[$\\](\d)", lambda group: match[int(group[1])] or "" if int(group[1]) <= len(match.groups()) else "", by
    )


FILTERS: dict[str, Callable[..., str]] = {
    "abbr": _abbreviated,
    "alphanum": lambda text: re.sub(r"[^\w\s]|_", "", text),
    "ascii": lambda text: text.encode("ascii", "ignore").decode("ascii"),
    "capitalize": _capitalized,
    "clean": lambda text: re.sub(r"[^A-Za-z0-9]", "", in_latin(text)),
    "condense": lambda text, by="": str(by).join(text.split()),
    "default": lambda text, otherwise="": text or str(otherwise),
    "fold": in_latin,
    "initialcapitals": _initial_capitals,
    "len": _long_enough,
    "lower": lambda text: text.lower(),
    "nopunct": lambda text: re.sub(r"[^\w\s]|_", "", text),
    "nopunctordash": lambda text: re.sub(r"[^\w\s]|_", "", text),
    "numeric": lambda text: text if text.isdecimal() else "",
    "pinyin": lambda text: " ".join(latin for _, latin in words_in_latin(text)),
    "postfix": lambda text, behind: text + str(behind) if text else "",
    "prefix": lambda text, before: str(before) + text if text else "",
    "regex": _replaced_by_pattern,
    "replace": _replaced,
    "select": _chosen_words,
    "sentencecase": _sentence_case,
    "skipwords": _without_function_words,
    "substring": _substring,
    "titlecase": _title_case,
    "transliterate": in_latin,
    "truncate": lambda text, number: text[: int(number)].rstrip(),
    "upper": lambda text: text.upper(),
}
"""Name of each filter in small letters → what makes text of text and its arguments."""
