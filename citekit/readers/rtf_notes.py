r"""The notes of rich text with the labels that are printed.

RTF Specification 1.9.1, "Footnotes": a note is a group `{\footnote …}` behind its number (`\chftn`) or a mark of the
author's own; `\ftnalt` makes it an endnote. Control words of the document and of sections say how they are counted.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace

from citekit.model import NoteKind
from citekit.readers.called_notes import NOTE, CalledNote, NoteCount
from citekit.readers.rtf_fields import link_rtf_fields
from citekit.readers.rtf_words import Piece, group_ends, rtf_pieces, rtf_source
from citekit.readers.word_fields import StatedFields

__all__ = ["plainer_rtf"]

_BINARY = re.compile(rb"\\bin\d")
_FORMS = {
    "ar": "decimal",
    "alc": "lowerLetter",
    "auc": "upperLetter",
    "rlc": "lowerRoman",
    "ruc": "upperRoman",
    "chi": "chicago",
}
_COUNTED = re.compile(
    r"s?(?P<kind>a?ftn)(?:n(?P<form>ar|alc|auc|rlc|ruc|chi)|(?P<start>start)|(?P<anew>re?st[a-z]{1,5}))"
)
_ANEW = {"restart": "sect", "rstpg": "page", "rstcont": ""}
_MARK = re.compile(r"[^\w\s.,;:!?()\[\]]{1,8}\Z")
_NOTHING = Piece()
_NEAR = 40  # pieces before a note that are looked at for its number or mark


def plainer_rtf(content: bytes) -> tuple[bytes, StatedFields, list[CalledNote]]:
    """The source in forms that pandoc reads, with links that tell its fields and its notes; the fields, and the notes.

    pandoc numbers all notes in one row, passes over those that are marked as optional destinations, reads every byte as
    Windows-1252, and what a tracked change has deleted as words.
    """
    if _BINARY.search(content):  # counted bytes, in which a brace is none
        return content.replace(b"{\\*\\footnote", b"{\\footnote"), StatedFields(), []
    pieces = rtf_pieces(content)
    found = StatedFields()
    link_rtf_fields(pieces, found)
    called = _label_notes(pieces)
    return rtf_source(pieces), found, called


@dataclass(slots=True)
class _Counting:
    """How footnotes and endnotes are counted at a place of the text."""

    counts: dict[str, NoteCount] = field(default_factory=lambda: {"ftn": NoteCount(), "aftn": NoteCount()})

    def meet(self, piece: Piece) -> None:
        """Take in what a control word says of it."""
        if piece.word in ("sect", "page"):
            for count in self.counts.values():
                if count.anew == piece.word:
                    count.begin()
        elif "ftn" in piece.word and (found := _COUNTED.fullmatch(piece.word)):
            count = self.counts[found["kind"]]
            if found["form"]:
                count.form = _FORMS[found["form"]]
            elif found["start"]:
                count.first = max(0, piece.number or 1)
            else:
                count.anew = _ANEW.get(found["anew"], count.anew)


def _label_notes(pieces: list[Piece]) -> list[CalledNote]:
    """The notes in the order in which they are called; a link to its number is put at the head of each."""
    called: list[CalledNote] = []
    counting = _Counting()
    ends = group_ends(pieces)
    inside = 0  # where the last note ends: there are no notes in notes
    for place, piece in enumerate(pieces):
        if piece.word == "footnote" and place >= inside:
            begin = place - 1
            if pieces[begin].source == "\\*":
                pieces[begin] = _NOTHING
                begin -= 1
            inside = end = ends.get(begin, len(pieces))
            _lower(pieces, begin)
            at_end = any(one.word == "ftnalt" for one in pieces[place : place + 4])
            label = _take_mark(pieces, begin, place, end) or counting.counts["aftn" if at_end else "ftn"].next()
            called.append(CalledNote(label, NoteKind.ENDNOTE if at_end else NoteKind.FOOTNOTE))
            _put_head(pieces, ends, range(place, end), called)
        counting.meet(piece)
    return called


def _lower(pieces: list[Piece], begin: int) -> None:
    """Take away that a note's number is raised: to pandoc all words behind the note are."""
    for place in range(begin - 1, max(-1, begin - _NEAR), -1):
        if pieces[place].text.strip() or pieces[place].source in ("{", "}"):
            break
        if pieces[place].word == "super":
            pieces[place] = _NOTHING


def _prints(piece: Piece) -> bool:
    return bool(piece.text.strip()) or piece.word == "chftn"


def _take_mark(pieces: list[Piece], begin: int, place: int, end: int) -> str:
    """The author's own mark before a note, repeated at its head; taken away from both places. "" where none is."""
    last = next((one for one in range(begin - 1, max(-1, begin - _NEAR), -1) if _prints(pieces[one])), None)
    inside = [one for one in range(place + 1, end) if _prints(pieces[one])][:3]
    if last is None or not inside:
        return ""
    mark = pieces[last].text.strip()
    if not _MARK.fullmatch(mark) or not pieces[inside[0]].text.lstrip().startswith(mark):
        return ""
    pieces[last] = _NOTHING
    for one in inside:  # LibreOffice prints it before the paragraph and in it
        words = pieces[one].text.lstrip()
        if not words.startswith(mark):
            break
        rest = words.removeprefix(mark)
        pieces[one] = replace(pieces[one], text=rest)
        if rest.strip():
            break
    return mark


def _put_head(pieces: list[Piece], ends: dict[int, int], note: range, called: list[CalledNote]) -> None:
    """Put the link to the last called note before its first words, in the place of the number that is printed there."""
    for one in note:
        if pieces[one].word == "chftn":
            pieces[one] = _NOTHING
    first = note.start + 1
    while first < note.stop and not pieces[first].text.strip():
        if pieces[first].source == "{" and first + 1 < note.stop and pieces[first + 1].source == "\\*":
            first = ends.get(first, note.stop)
        first += 1
    if first < note.stop:
        target, shown = f"{NOTE}{len(called) - 1}", called[-1].label
        pieces[first] = Piece(rtf_source([Piece(text=shown, link=target), pieces[first]]).decode())
