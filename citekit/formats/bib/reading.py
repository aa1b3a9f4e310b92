"""Reading a .bib file: blocks, entries, fields, each with its place; no character is lost.

The notation is BibTeX's (btxdoc, section 3; "Tame the BeaST", section 4), with what biber adds (`%` opens a comment
between fields) and with the good will that files of fifteen years need: what BibTeX would complain of and still has one
meaning is read and told (a comma too many or too few, no key). What has none is a block of its own, and reading goes on
at the next line that begins a block. Time is linear in the length of the file.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator

from citekit.cycles import no_search_for_cycles
from citekit.formats.bib.encoding import text_of
from citekit.formats.bib.model import (
    BibFile,
    Block,
    CommentBlock,
    EntryBlock,
    FieldBlock,
    FreeText,
    PreambleBlock,
    StringBlock,
    UnreadableBlock,
)
from citekit.formats.bib.values import Braces, Value, scan_value, spoken
from citekit.formats.types import ENTRY_TYPES
from citekit.model import Diagnostic, Severity
from citekit.places import Span

__all__ = ["read_bytes", "read_file"]

_TYPE = r"[^\s{}(),@=\"#%'\\]+"
_HEADER = re.compile(rf"@\s*+({_TYPE})\s*+([{{(])")
_LINE_HEADER = re.compile(rf"^[ \t]*+@[ \t]*+{_TYPE}[ \t]*+[{{(]", re.MULTILINE)
_TOP = re.compile(r"^[ \t]*+%[^\r\n]*+|@", re.MULTILINE)
_COMMENT_BEHIND = re.compile(r"(?<![ \t])[ \t]*+%[^\r\n]*+")
_STRING_HEADER = re.compile(r"@\s*+string\s*+([{(])", re.IGNORECASE)
_KEY = re.compile(r"\s*+([^,={}\"%#]*+)")
_KEY_IN_QUOTES = re.compile(r"\s*+(\"[^\"\s,{}]*+\")\s*+(?=[,)}])")
_BETWEEN = re.compile(r"(?:[\s,]++|%[^\r\n]*+)*+")  # btparse: % comments are passed over between tokens
_EQUALS = re.compile(r"([^\s=,{}()\"#%]++)\s*+=\s*+")
# One piece that needs no look at anything else: what nearly every field is, in one step.
_PLAIN_FIELD = re.compile(
    r"\s*+,\s*+([^\s=,{}()\"#%]++)\s*+=\s*+"
    r"(\{[^{}]*+(?:\{[^{}]*+(?:\{[^{}]*+\}[^{}]*+)*+\}[^{}]*+)*+\}|\"[^\"{}\\]*+\"|[0-9]++)(?=\s*+[,})])"
)
_BLANK = re.compile(r"\s*+")
_LINE_END = re.compile(r"\r\n?|\n")


def read_bytes(content: bytes) -> BibFile:
    """The file of these bytes; `citekit.formats.bib.to_bytes` gives the same bytes again.

    A byte-order mark or UTF-8 decides on the encoding, else the likeliest one, with the diagnostic `encoding-detected`.
    """
    return _read(text_of(content))


def read_file(text: str) -> BibFile:
    """The file that a text holds, whatever the text: what is no block is free text or an unreadable block."""
    return _read(BibFile(text, ()))


def _read(opened: BibFile) -> BibFile:
    reader = _Reader(opened.text)
    with no_search_for_cycles():
        blocks = tuple(reader.blocks())
    trouble = tuple(sorted(reader.trouble, key=lambda each: each.span.start if each.span else 0))
    return BibFile(
        opened.text,
        blocks,
        (*opened.diagnostics, *trouble),
        reader.known,
        opened.encoding,
        opened.mark,
        opened.stray,
    )


class _UnreadableError(Exception):
    """Why what begins as a block is none, and where that shows."""

    def __init__(self, reason: str, place: int) -> None:
        super().__init__(reason)
        self.reason = reason
        self.place = place


class _Reader:
    """One pass over a text; `known` are the abbreviations defined so far."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.braces = Braces(text)
        self.trouble: list[Diagnostic] = []
        self.known: dict[str, str] = {}
        self._lines = [0, *(found.end() for found in _LINE_END.finditer(text))]
        self._headers = [text.index("@", found.start()) for found in _LINE_HEADER.finditer(text)]
        self._later: dict[str, str] = {}
        for found in _STRING_HEADER.finditer(text):
            self._note_definition(found)

    def _note_definition(self, found: re.Match[str]) -> None:
        """What a file defines behind its use is read all the same, for its user meant it."""
        closing = "}" if found[1] == "{" else ")"
        named = _EQUALS.match(self.text, _skip(_BLANK, self.text, found.end()))
        if named:
            value = scan_value(self.braces, named.end(), self._limit(found.start()), closing)
            if isinstance(value, Value) and value.pieces:
                words = spoken(self.text, value, self._later, {})
                self._later.setdefault(named[1].lower(), words)

    def _limit(self, place: int) -> int:
        """Where the next line begins that looks like a block's first."""
        number = bisect_right(self._headers, place)
        return self._headers[number] if number < len(self._headers) else len(self.text)

    def where(self, place: int) -> tuple[int, int]:
        """Line and column, from 1."""
        line = bisect_right(self._lines, place)
        return line, place - self._lines[line - 1] + 1

    def warn(self, code: str, place: int, problem: str) -> None:
        """Tell of something, with its line."""
        line, _ = self.where(place)
        self.trouble.append(
            Diagnostic(Severity.WARNING, code, f"line {line}: {problem}", Span(place, min(place + 1, len(self.text))))
        )

    def blocks(self) -> Iterator[Block]:
        """All of the text, block behind block."""
        place = free = 0
        while (start := self._next(place, free)) is not None:
            block = self._block(start)
            if block is None:
                place = start + 1
                continue
            if free < start:
                yield FreeText(self.text[free:start], Span(free, start), *self.where(free))
            yield block
            place = free = block.span.end
            place = _skip(_COMMENT_BEHIND, self.text, place)
        if free < len(self.text):
            yield FreeText(self.text[free:], Span(free, len(self.text)), *self.where(free))

    def _next(self, place: int, free: int) -> int | None:
        """The next `@` that can open a block: not in a line of comment, nor inside words ("name@host")."""
        for found in _TOP.finditer(self.text, place):
            if found[0] != "@":
                continue
            start = found.start()
            line = self._lines[bisect_right(self._lines, start) - 1]
            before = self.text[max(line, free) : start]
            if not before or before.isspace():
                return start
            header = _HEADER.match(self.text, start)
            if header and header[1].lower() in ENTRY_TYPES and not (before[-1].isalnum() or before[-1] == "\\"):
                return start
        return None

    def _block(self, start: int) -> Block | None:
        """The block that begins here; None where only words do."""
        header = _HEADER.match(self.text, start)
        if header is None:
            return None
        kind = header[1].lower()
        try:
            if kind == "comment":
                return self._comment(header)
            if kind == "preamble":
                return self._preamble(header)
            return self._string(header) if kind == "string" else self._entry(header)
        except _UnreadableError as problem:
            return self._unreadable(start, problem)

    def _unreadable(self, start: int, problem: _UnreadableError) -> UnreadableBlock:
        end = start + len(self.text[start : self._limit(start)].rstrip())
        line, column = self.where(start)
        shows, _ = self.where(problem.place)
        reason = problem.reason if shows == line else f"{problem.reason} (line {shows})"
        self.trouble.append(
            Diagnostic(
                Severity.WARNING,
                "bibtex-unreadable",
                f"line {line}: {reason}; correct the entry and read the file again",
                Span(start, end),
            )
        )
        return UnreadableBlock(reason, self.text[start:end], Span(start, end), line, column)

    def _comment(self, header: re.Match[str]) -> CommentBlock | None:
        """A comment in braces; without its closing brace, the words behind @comment are free text, as for BibTeX."""
        start, inside = header.start(), header.end()
        limit = self._limit(start)
        end = self.braces.end(inside - 1, limit) if header[2] == "{" else self._parenthesis(inside - 1, limit)
        if end is None:
            return None
        return CommentBlock(self.text[inside : end - 1], self.text[start:end], Span(start, end), *self.where(start))

    def _parenthesis(self, start: int, limit: int) -> int | None:
        depth = 0
        for sign in re.finditer(r"[(){}]", self.text[start:limit]):
            depth += {"{": 1, "}": -1}.get(sign[0], 0)
            if depth <= 0 and sign[0] == ")":
                return start + sign.end()
        return None

    def _preamble(self, header: re.Match[str]) -> PreambleBlock:
        start = header.start()
        place = _skip(_BLANK, self.text, header.end())
        value, end = self._only_value(start, place, "}" if header[2] == "{" else ")")
        words = spoken(self.text, value, self.known, self._later)
        raw = self.text[place : value.end]
        return PreambleBlock(raw, words, self.text[start:end], Span(start, end), *self.where(start))

    def _string(self, header: re.Match[str]) -> StringBlock:
        start = header.start()
        named = _EQUALS.match(self.text, _skip(_BLANK, self.text, header.end()))
        if named is None:
            raise _UnreadableError("an abbreviation is a name, `=` and a value", header.end())
        value, end = self._only_value(start, named.end(), "}" if header[2] == "{" else ")")
        words = spoken(self.text, value, self.known, self._later)
        self.known[named[1].lower()] = words
        raw = self.text[named.end() : value.end]
        return StringBlock(named[1], raw, words, self.text[start:end], Span(start, end), *self.where(start))

    def _only_value(self, start: int, place: int, closing: str) -> tuple[Value, int]:
        """The one value of a block, and where the block ends."""
        value = scan_value(self.braces, place, self._limit(start), closing)
        if isinstance(value, str):
            raise _UnreadableError(value, place)
        if not value.pieces:
            raise _UnreadableError("nothing stands where a value is expected", place)
        end = _skip(_BETWEEN, self.text, value.end)
        if self.text[end : end + 1] != closing:
            raise _UnreadableError(f"its closing {closing} is missing", min(end, len(self.text)))
        if not value.joined:
            self.warn("bibtex-not-joined", place, "pieces of a value stand side by side; join them with #")
        return value, end + 1

    def _entry(self, header: re.Match[str]) -> EntryBlock:
        """An entry; where the count of all braces does not work out, read once more without those behind `\\`."""
        start, limit = header.start(), self._limit(header.start())
        before = len(self.trouble)
        escaped = "\\{" in self.text[start:limit] or "\\}" in self.text[start:limit]
        try:
            entry = self._entry_as(header, limit, lenient=False)
            clean = len(self.trouble) == before and not self.text[entry.span.end : limit].strip()
            if clean or not escaped:
                return self._checked(entry, limit)
        except _UnreadableError:
            if not escaped:
                raise
            entry = None
        strict = self.trouble[before:]
        del self.trouble[before:]
        try:
            meant = self._entry_as(header, limit, lenient=True)
        except _UnreadableError:
            meant = None
        if meant is not None and (entry is None or (len(self.trouble) == before and meant.span.end > entry.span.end)):
            self.warn(
                "bibtex-escaped-brace",
                start,
                r"a brace behind a backslash has no partner, and BibTeX counts it; write \textbraceleft{} or its like",
            )
            return meant
        self.trouble[before:] = strict
        if entry is None:
            return self._entry_as(header, limit, lenient=False)  # raises again
        return self._checked(entry, limit)

    def _checked(self, entry: EntryBlock, limit: int) -> EntryBlock:
        if entry.span.end > limit:
            line, _ = self.where(limit)
            self.warn(
                "bibtex-entry-within",
                entry.span.start,
                f"what begins like an entry in line {line} stands inside this one; if a brace is missing, add it",
            )
        return entry

    def _entry_as(self, header: re.Match[str], limit: int, *, lenient: bool) -> EntryBlock:
        text, start = self.text, header.start()
        closing = "}" if header[2] == "{" else ")"
        key, key_span, place = self._key(header.end(), closing)
        if not key:
            self.warn("bibtex-no-key", start, f"@{header[1]} has no citation key; give it one")
        fields: list[FieldBlock] = []
        lines, match = self._lines, _PLAIN_FIELD.match
        while True:
            plain = None if lenient else match(text, place, limit)
            if plain:
                name, raw = plain.groups()
                end, place = plain.start(1), plain.end(2)
                line = bisect_right(lines, end)
                words = raw if raw.isdigit() else raw[1:-1]
                fields.append(FieldBlock(name, raw, words, Span(end, place), line, end - lines[line - 1] + 1))
                continue
            end = _skip(_BETWEEN, text, place)
            if text[end : end + 1] == closing:
                break
            fields.append(self._other_field(place, end, limit, closing, lenient=lenient, first=not fields))
            place = fields[-1].span.end
        return EntryBlock(
            header[1],
            key,
            tuple(fields),
            text[start : end + 1],
            Span(start, end + 1),
            key_span,
            *self.where(start),
        )

    def _other_field(
        self, before: int, start: int, limit: int, closing: str, *, lenient: bool, first: bool
    ) -> FieldBlock:
        """A field of any make; `before` is where what stands before it ended."""
        text = self.text
        named = _EQUALS.match(text, start)
        if named is None:
            words = text[start : start + 20].split("\n")[0]
            found = f"`{words}`" if words else "the end of the file"
            raise _UnreadableError(
                f"a field or the closing {closing} is expected, found {found}", min(start, len(text))
            )
        if not first and "," not in text[before:start]:
            self.warn("bibtex-no-comma", start, f"the comma before {named[1]} is missing; add it")
        value = scan_value(self.braces, named.end(), limit, closing, lenient=lenient)
        if isinstance(value, str):
            raise _UnreadableError(f"{named[1]}: {value}", start)
        if not value.joined:
            self.warn("bibtex-not-joined", start, f"{named[1]}: pieces stand side by side; join them with #")
        words = spoken(text, value, self.known, self._later, named[1].lower()) if value.pieces else ""
        raw = text[named.end() : value.end]
        return FieldBlock(named[1], raw, words, Span(start, value.end), *self.where(start))

    def _key(self, place: int, closing: str) -> tuple[str, Span, int]:
        """The citation key, its place, and where the fields begin."""
        text = self.text
        found = _KEY_IN_QUOTES.match(text, place) or _KEY.match(text, place)
        if found is None:
            return "", Span(place, place), place
        written = found[1]
        if closing == ")" and ")" in written:
            written = written[: written.index(")")]
        key = written.rstrip()
        start = found.start(1)
        behind = start + len(written)
        sign = text[behind : behind + 1]
        if sign == "=" and closing != sign:
            return "", Span(start, start), place
        if sign not in (",", closing):
            raise _UnreadableError("a comma is expected behind the citation key", min(behind, len(text)))
        return key, Span(start, start + len(key)), behind


def _skip(pattern: re.Pattern[str], text: str, place: int) -> int:
    found = pattern.match(text, place)
    return found.end() if found else place
