"""From examples to what the tagger is trained on: a label for each word and mark."""

from __future__ import annotations

from collections.abc import Sequence

from citekit.citations.tagger.tokens import Token
from citekit.citations.tagger.vocabulary import phrases, smalls
from citekit.training.example import Example

__all__ = ["OUTSIDE", "labels"]

OUTSIDE = "O"
_RUNS = frozenset(
    {"author", "editor", "translator", "archive", "volume", "page", "publisher-place"}
)  # and what joins them
_GAP = 5  # words and marks between two people of a list, "," and "and" among them
_SAME = {
    "locator": "page",
    "issue": "volume",
    "archive_location": "archive",
    "event-title": "container-title",
    "original-date": "issued",
}
_LEADING = frozenset({"in>", "editor>", "translator>", "page>", "volume>", "issue>", "at>", "accessed>"})
_CUES = {
    "container-title": {"in>"}, "title": {"in>"}, "editor": {"editor>", "<editor", "in>"}, "author": {"<editor"},
    "translator": {"translator>"}, "page": {"page>"}, "volume": {"volume>", "issue>"}, "URL": {"at>", "accessed>"},
    "DOI": {"at>"}, "accessed": {"accessed>"},
}  # fmt: skip


def labels(example: Example, words: Sequence[Token]) -> list[str]:
    """The label of each word: its field's name; marks and label words at a field's edges have none."""
    found = [OUTSIDE] * len(words)
    place = last = 0
    former = ""
    for field in example.fields:
        while place < len(words) and words[place][0] < field.start:
            place += 1
        first = place
        while place < len(words) and words[place][0] < field.end:
            place += 1
        name = _SAME.get(field.name, field.name)
        if name == former and name in _RUNS and first - last <= _GAP:
            found[last:first] = [name] * (first - last)
        lows = smalls([example.text[start:end] for start, end, _ in words[first:place]])
        begin, end = _edges(lows, _CUES.get(name, set()))
        for inside in range(first + begin, first + end):
            found[inside] = words[inside][2] or name
        former, last = name, first + end
    return found


def _edges(lows: list[str], cues: set[str]) -> tuple[int, int]:
    begin, end = 0, len(lows)
    table = phrases()
    changed = True
    while changed and begin < end:
        changed = False
        while begin < end and not lows[begin][0].isalnum():
            begin += 1
            changed = True
        while begin < end and not lows[end - 1][0].isalnum() and not _initial(lows, end):
            end -= 1
            changed = True
        for key, concept in table.get(lows[begin], ()) if begin < end else ():
            if concept in cues and len(key) < end - begin and tuple(lows[begin : begin + len(key)]) == key:
                begin += len(key)
                changed = True
                break
        if end - begin > 1:
            for size in (4, 3, 2, 1):
                tail = tuple(lows[end - size : end])
                if (
                    size < end - begin
                    and "<editor" in cues
                    and any(key == tail and concept == "<editor" for key, concept in table.get(tail[0], ()))
                ):
                    end -= size
                    changed = True
                    break
    return (begin, end) if begin < end else (0, len(lows))


def _initial(lows: list[str], end: int) -> bool:
    """Whether the full stop at the end is that of an initial."""
    return lows[end - 1] == "." and end > 1 and len(lows[end - 2]) == 1 and lows[end - 2].isalpha()
