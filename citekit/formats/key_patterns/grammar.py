"""The two notations of key patterns, read into one tree: JabRef's markers in brackets, Better BibTeX's formulas.

    [auth:lower][year][shorttitle]            markers in brackets, modifiers behind colons, all else is printed
    auth.lower + year + shorttitle(3, 3)      functions, filters behind dots, joined by +; '…' is printed

In both `|` stands between alternatives: the first that gives anything makes the key. Sources: JabRef's manual,
"Customize the citation key generator"; Better BibTeX's, "Formulas".
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TypeAlias

from citekit.errors import ChoiceError

__all__ = ["Alternative", "Argument", "Call", "Marker", "Part", "parse"]

Argument: TypeAlias = int | str


@dataclass(frozen=True, slots=True)
class Call:
    """A name with its arguments.

    Attributes:
        name: as it was typed.
        arguments: by position.
        named: by name, in small letters.
    """

    name: str
    arguments: tuple[Argument, ...] = ()
    named: tuple[tuple[str, Argument], ...] = ()


@dataclass(frozen=True, slots=True)
class Marker:
    """What stands for something of a work.

    Attributes:
        function: what it takes from the work.
        filters: what is done with that, in order.
        bracketed: whether it was written in JabRef's notation, in which some names mean something else.
    """

    function: Call
    filters: tuple[Call, ...] = ()
    bracketed: bool = False


Part: TypeAlias = str | Marker
Alternative: TypeAlias = tuple[Part, ...]

LONGEST = 1_000  # characters of a pattern; nobody types more
_WHOLE_NUMBER = re.compile(r"-?\d{1,9}")
_NAME = re.compile(r"[A-Za-z][\w.-]*")  # of a marker in brackets: auth.etal, authors3, container-title
_FUNCTION = re.compile(r"[A-Za-z]\w*")
_SPACE = re.compile(r"\s*")


def parse(pattern: str) -> tuple[Alternative, ...]:
    """The alternatives of a pattern, each a sequence of text and markers.

    Raises:
        ChoiceError: it is none; the message says where and what was expected.
    """
    if len(pattern) > LONGEST:
        raise ChoiceError(f"a key pattern has at most {LONGEST} characters; shorten it")
    if not pattern.strip():
        raise ChoiceError("a key pattern is empty; write [auth][year], or auth.lower + year")
    reader = _Reader(pattern)
    # A bracket within quotation marks belongs to a formula; it could be in no key.
    bracketed = "[" in re.sub(r"'[^']*'|\"[^\"]*\"", "", pattern) or pattern.lstrip().startswith("[")
    return reader.bracketed() if bracketed else reader.formula()


class _Reader:
    """A place in a pattern that goes forward."""

    def __init__(self, pattern: str) -> None:
        self._pattern = pattern
        self._at = 0

    def bracketed(self) -> tuple[Alternative, ...]:
        """JabRef's notation."""
        alternatives: list[list[Part]] = [[]]
        while self._at < len(self._pattern):
            sign = self._pattern[self._at]
            self._at += 1
            if sign == "[":
                alternatives[-1].append(self._marker())
            elif sign == "|":
                alternatives.append([])
            elif sign == "]":
                raise self._trouble("a marker ends that was not begun", self._at - 1)
            elif alternatives[-1] and isinstance(alternatives[-1][-1], str):
                alternatives[-1][-1] += sign
            else:
                alternatives[-1].append(sign)
        return tuple(tuple(parts) for parts in alternatives if parts)

    def _marker(self) -> Marker:
        function = Call(self._match(_NAME, "a marker's name, such as auth"))
        filters = []
        while not self._take("]"):
            if not self._take(":"):
                raise self._trouble("a colon or ] was expected")
            if self._take("("):
                filters.append(Call("default", (self._until(")"),)))
            else:
                name = self._match(_FUNCTION, "a modifier's name, such as lower")
                filters.append(self._call(name) if self._take("(") else Call(name))
        return Marker(function, tuple(filters), bracketed=True)

    def formula(self) -> tuple[Alternative, ...]:
        """Better BibTeX's notation."""
        alternatives: list[list[Part]] = [[self._term()]]
        while not self._ended():
            if self._take("+"):
                alternatives[-1].append(self._term())
            elif self._take("|") or self._take(";"):
                alternatives.append([self._term()])
            else:
                raise self._trouble("+ or | was expected")
        return tuple(map(tuple, alternatives))

    def _term(self) -> Part:
        self._skip()
        if self._peek() in ("'", '"'):
            return self._text()
        function = self._function()
        filters = []
        while self._take("."):
            filters.append(self._function())
        return Marker(function, tuple(filters))

    def _function(self) -> Call:
        name = self._match(_FUNCTION, "the name of a function, such as auth, or text in quotation marks")
        return self._call(name) if self._take("(") else Call(name)

    def _call(self, name: str) -> Call:
        """A call whose opening parenthesis has been read."""
        arguments: list[Argument] = []
        named: list[tuple[str, Argument]] = []
        while not self._take(")"):
            if (arguments or named) and not self._take(","):
                raise self._trouble("a comma or ) was expected")
            word = _FUNCTION.match(self._pattern, self._skip())
            if word and self._pattern[word.end() : word.end() + 1] in ("=", " "):
                self._at = word.end()
                if not self._take("="):
                    raise self._trouble("= was expected")
                named.append((word[0].lower(), self._argument()))
            else:
                arguments.append(self._argument())
        return Call(name, tuple(arguments), tuple(named))

    def _argument(self) -> Argument:
        self._skip()
        if self._peek() in ("'", '"'):
            return self._text()
        number = _WHOLE_NUMBER.match(self._pattern, self._at)
        if number:
            self._at = number.end()
            return int(number[0])
        return self._match(_FUNCTION, "a number or text in quotation marks")

    def _text(self) -> str:
        """Text in quotation marks; a backslash before one of them, or before a backslash, is left out."""
        closing = self._pattern[self._at]
        self._at += 1
        found: list[str] = []
        while self._at < len(self._pattern):
            sign = self._pattern[self._at]
            following = self._pattern[self._at + 1 : self._at + 2]
            self._at += 1
            if sign == closing:
                return "".join(found)
            if sign == "\\" and following in (closing, "\\"):
                sign = following
                self._at += 1
            found.append(sign)
        raise self._trouble(f"a closing {closing} is missing")

    def _until(self, closing: str) -> str:
        end = self._pattern.find(closing, self._at)
        if end < 0:
            raise self._trouble(f"a closing {closing} is missing")
        found, self._at = self._pattern[self._at : end], end + 1
        return found

    def _skip(self) -> int:
        match = _SPACE.match(self._pattern, self._at)
        self._at = match.end() if match else self._at
        return self._at

    def _peek(self) -> str:
        return self._pattern[self._at : self._at + 1]

    def _ended(self) -> bool:
        return self._skip() == len(self._pattern)

    def _take(self, sign: str) -> bool:
        self._skip()
        if self._peek() != sign:
            return False
        self._at += 1
        return True

    def _match(self, wanted: re.Pattern[str], what: str) -> str:
        match = wanted.match(self._pattern, self._skip())
        if match is None:
            raise self._trouble(f"{what}, was expected")
        self._at = match.end()
        return match[0]

    def _trouble(self, problem: str, at: int | None = None) -> ChoiceError:
        place = (self._at if at is None else at) + 1
        return ChoiceError(f"key pattern {self._pattern}, character {place}: {problem}; correct the pattern")
