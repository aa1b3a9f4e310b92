r"""The notes of a LaTeX source made ready for pandoc: each whole at its mark, with signs for what its label depends on.

pandoc knows `\footnote` alone: it drops `\footnotemark`, the number that an author gives, and every change of a
counter. The signs are empty anchors (`\hypertarget`), which pandoc keeps ("LaTeX 2e: An unofficial reference manual",
15; the classes' own counters: "source2e", classes.dtx).
"""

from __future__ import annotations

import re
from bisect import bisect_right

__all__ = ["ANCHOR", "counted_by_chapter", "marked_notes"]

ANCHOR = "citekit-"
"""How the names of the anchors begin: "label-7", "end", "count-0", "form-fnsymbol", "again-7"."""

_CLASS = re.compile(r"\\documentclass\s{0,9}(?:\[[^\[\]]{0,500}\])?\s{0,9}\{([^{}]{1,60})\}")
_BOOKS = ("book", "report", "scrreprt", "memoir", "thesis", "bookest")
_NOT_BY_CHAPTER = re.compile(
    r"\\counterwithout\*?\s?\{footnote\}\s?\{chapter\}|\\@removefromreset\s?\{footnote\}\s?\{chapter\}"
)
_BEGIN = re.compile(r"^[^%\n]{0,200}?\\begin\s?\{document\}", re.MULTILINE)
_COMMENT = re.compile(r"(?<!\\)(?:\\\\){0,9}%")
_MARK_OR_TEXT = re.compile(r"\\footnote(mark|text)(?![a-zA-Z])\s{0,9}(?:\[(\d{1,6})\])?(?:\{\}|(?P<words>\s{0,9}\{))?")
_LONGEST_NOTE = 20_000  # characters
_FEW = 40  # marks that wait for their words
_BRACE = re.compile(r"\\.|[{}]", re.DOTALL)
_NUMBERED = re.compile(r"\\footnote\s{0,9}\[(\d{1,6})\]\s{0,9}\{")
_AT_END = re.compile(r"\\(?:endnote|pagenote)\s{0,9}(?:\[(\d{1,6})\])?\s{0,9}\{")
_ALL_AT_END = re.compile(r"^[^%\n]{0,200}?\\let\s?\\footnote\s?=?\s?\\(?:endnote|pagenote)(?![a-zA-Z])", re.MULTILINE)
_FORM = re.compile(
    r"\\(?:(?:re)?newcommand\*?\s?\{?|def)\s?\\thefootnote\}?\s?\{\s?(?:\\textsuperscript\{)?\\(arabic|roman|Roman|alph|Alph|fnsymbol)"
    r"\s?\{footnote\}\s?\}{1,2}"
)
_COUNT = re.compile(r"\\setcounter\s?\{footnote\}\s?\{(\d{1,6})\}")
_PART = re.compile(r"\\(frontmatter|mainmatter|backmatter|chapter(?=\s?[\[{]))(?![a-zA-Z*])")


def marked_notes(source: str) -> str:
    """The source with its notes at their marks and anchors for all that changes their labels."""
    begin = _BEGIN.search(source)
    head, body = (source[: begin.end()], source[begin.end() :]) if begin else ("", source)
    body = _whole_notes(body)
    body = _NUMBERED.sub(lambda found: rf"\footnote{{{_anchor('label-' + found[1])}", body)
    body = _AT_END.sub(lambda _: rf"\footnote{{{_anchor('end')}", body)
    body = _COUNT.sub(lambda found: _anchor(f"count-{found[1]}"), body)
    body = _FORM.sub(lambda found: _anchor(f"form-{found[1]}"), body)
    if counted_by_chapter(source):
        body = _chapters(body)
    first = "".join(_anchor(f"form-{found[1]}") for found in _FORM.finditer(head))
    if _ALL_AT_END.search(source):
        first += _anchor("all-end")
    return head + (f"\n\n{first}\n\n" if first else "") + body


def counted_by_chapter(source: str) -> bool:
    """Whether a class of books begins to count anew with each chapter."""
    found = _CLASS.search(source)
    name = found[1].strip().casefold() if found else ""
    return (name.endswith(_BOOKS) or "book" in name or "thesis" in name) and not _NOT_BY_CHAPTER.search(source)


def _anchor(name: str) -> str:
    return rf"\hypertarget{{{ANCHOR}{name}}}{{}}"


def _chapters(body: str) -> str:
    """An anchor before each numbered chapter; those before the main matter and behind it have no number."""
    numbered = True

    def told(found: re.Match[str]) -> str:
        nonlocal numbered
        if found[1] != "chapter":
            numbered = found[1] == "mainmatter"
            return found[0]
        return f"\n\n{_anchor('count-0')}\n\n{found[0]}" if numbered else found[0]

    return _PART.sub(told, body)


def _whole_notes(body: str) -> str:
    r"""Each `\footnotetext` as a note at its `\footnotemark`; a mark with a number alone calls that note again."""
    comments = _Comments(body)
    met = [found for found in _MARK_OR_TEXT.finditer(body) if not comments.hold(found.start())]
    edits: dict[int, tuple[int, str]] = {}
    waiting: list[re.Match[str]] = []
    unclosed = 0
    for number, found in enumerate(met):
        if found[1] == "mark":
            waiting.append(found)
            continue
        end = _argument_end(body, found.end() - 1) if found["words"] and unclosed < _FEW else None
        unclosed += end is None
        near = waiting[-_FEW:]
        mark = _mark_of(found, near, met[number : number + _FEW]) if end is not None else None
        if end is None or mark is None:
            continue
        del waiting[next(place for place in range(len(waiting) - 1, -1, -1) if waiting[place] is mark)]
        label = _anchor(f"label-{mark[2]}") if mark[2] else ""
        edits[mark.start()] = (_mark_end(mark), rf"\footnote{{{label}{body[found.end() : end]}}}")
        edits[found.start()] = (end + 1, "")
    for mark in waiting:
        if mark[2]:
            edits[mark.start()] = (_mark_end(mark), _anchor(f"again-{mark[2]}"))
    pieces, done = [], 0
    for start, (end, words) in sorted(edits.items()):
        if start >= done:
            pieces += [body[done:start], words]
            done = end
    return "".join([*pieces, body[done:]])


def _mark_of(text: re.Match[str], waiting: list[re.Match[str]], following: list[re.Match[str]]) -> re.Match[str] | None:
    """The mark of a note's words: that with its number; of several without, the first whose words are still to come."""
    numbered = next((mark for mark in reversed(waiting) if text[2] and mark[2] == text[2]), None)
    if numbered is not None:
        return numbered
    plain = [mark for mark in waiting if not mark[2]]
    texts = 0
    for one in following:
        if one[1] == "mark":
            break
        texts += 1
    return plain[-min(texts, len(plain))] if plain else None


def _mark_end(mark: re.Match[str]) -> int:
    return mark.start("words") if mark["words"] else mark.end()


class _Comments:
    """Where the comments of a source are."""

    def __init__(self, source: str) -> None:
        self.lines: list[int] = []
        self.starts: list[int] = []
        place = 0
        for line in source.splitlines(keepends=True):
            found = _COMMENT.search(line)
            self.lines.append(place)
            self.starts.append(place + (found.start() if found else len(line)))
            place += len(line)

    def hold(self, place: int) -> bool:
        """Whether a place is in a comment."""
        line = bisect_right(self.lines, place) - 1
        return line >= 0 and place >= self.starts[line]


def _argument_end(body: str, place: int) -> int | None:
    """Where the brace that opens here is closed."""
    depth = 0
    for found in _BRACE.finditer(body, place, place + _LONGEST_NOTE):
        depth += {"{": 1, "}": -1}.get(found[0], 0)
        if not depth:
            return found.start()
    return None
