"""What an entry says in words because no field of its type would print it: notes, addenda, title annexes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Any

from citekit.formats.dates import edtf
from citekit.formats.dialects import DATES, ORDER, RANK, SILENT, Dialect, sentence_pattern
from citekit.formats.editor_roles import role_slots
from citekit.formats.latex import escape, plain_url
from citekit.formats.names import full_name
from citekit.formats.types import NAMES
from citekit.model import Item

__all__ = ["annex", "joined", "label", "tail", "without_tail"]

_NEVER_SAID = SILENT | {"issued", "title", "note", "original-title", "translated-title", "custom"}
_LABELLING = ("author", "editor", "translator")  # BibLaTeX 3.2.1 (labelname), btxdoc 4 (key)
_ORDERED = frozenset(ORDER)


def value_of(item: Item, variable: str) -> Any:
    """A variable's value; `custom.x` is the key x of `custom`. Empty values are None."""
    if variable.startswith("custom."):
        container = item.get("custom")
        if container is None or not (type(container) is dict or isinstance(container, Mapping)):
            return None
        value = container.get(variable[len("custom.") :])
    else:
        value = item.get(variable)
    return value if value or value not in ("", [], {}) else None


def translated_title(item: Item) -> Any:
    """The title in translation, wherever the item keeps it."""
    return value_of(item, "custom.translated-title") or item.get("translated-title")


def annex(item: Item) -> str:
    """The title in its original script, then a translation in brackets (Chicago 11.82, 11.9), as LaTeX; or empty."""
    original, translated = item.get("original-title"), translated_title(item)
    pieces = [escape(str(original))] if isinstance(original, str) else []
    pieces += [f"[{escape(translated)}]"] if isinstance(translated, str) and translated else []
    return " ".join(pieces)


def label(item: Item) -> str:
    """What cites a file of an archive that has no author and no title: its place there, as LaTeX; else empty."""
    if item.get("title") or any(item.get(role) for role in _LABELLING):
        return ""
    places = (item.get("archive"), item.get("archive_location"))
    return escape(", ".join(" ".join(words.split()) for words in places if isinstance(words, str) and words.strip()))


def tail(item: Item, dialect: Dialect, entry_type: str) -> str:
    """The sentences (LaTeX, no closing full stop) for all that an entry of this type would not print."""
    sentences: list[str] = []
    stated = value_of(item, "custom.read-from") or {}
    if dialect.annex is None and annex(item):
        sentences.append(annex(item))
    with_slot = role_slots(item, entry_type) if dialect.name == "biblatex" else {}
    for variable in _unprinted(dialect, entry_type, tuple(item)):
        if value_of(item, variable) is None:
            continue
        if variable in stated and dialect.needs_stated(variable, entry_type):
            continue  # its own file has it where no style prints it, and said no more
        if variable in with_slot:
            continue
        if variable == "volume-title" and dialect.volume_title_field(item, entry_type):
            continue
        words = _in_words(item, variable)
        if words:
            sentences.append(sentence_pattern(variable).format(words))
    archived = _archived(item)
    if archived:
        sentences.append(archived)
    return joined(sentences)


@lru_cache(maxsize=4_096)  # the items of a library have few sets of variables
def _unprinted(dialect: Dialect, entry_type: str, variables: tuple[str, ...]) -> tuple[str, ...]:
    """Those that no field of such an entry prints, in the order of their sentences."""
    unprinted = [
        variable
        for variable in variables
        if variable not in _NEVER_SAID
        and not dialect.fields_for(variable, entry_type)
        and not variable.startswith("custom.")
    ]
    return tuple(sorted(unprinted, key=lambda name: RANK[name] if name in _ORDERED else len(RANK)))


def _in_words(item: Item, variable: str) -> str:
    value = value_of(item, variable)
    if variable in NAMES or (isinstance(value, list) and value and isinstance(value[0], Mapping)):
        return escape(", ".join(full_name(name) for name in value)) if isinstance(value, list) else ""
    if variable in DATES or isinstance(value, Mapping):
        return escape(" ".join(part for part in edtf(item, variable) if part))
    if isinstance(value, Sequence) and not isinstance(value, str):
        return escape(", ".join(str(part) for part in value))
    return escape(str(value))


def _archived(item: Item) -> str:
    address = value_of(item, "custom.archive-url")
    custom = item.get("custom")
    stated, wording = edtf(custom, "archive-date") if isinstance(custom, Mapping) else (None, None)
    day = stated or wording
    if not isinstance(address, str) and not day:
        return ""
    place = f" at {plain_url(address)}" if isinstance(address, str) else ""
    return f"Archived{place}" + (f" on {escape(day)}" if day else "")


def joined(sentences: Sequence[str]) -> str:
    """Sentences as one text: a full stop between them where they have no end of their own."""
    text = ""
    for sentence in sentences:
        if text:
            text += " " if text.endswith((".", "!", "?")) else ". "
        text += sentence
    return text


def without_tail(value: str, ending: str) -> str | None:
    """A field's text without the sentences that we put behind it; None when there was nothing else."""
    if not ending or not value.endswith(ending):
        return value
    rest = value[: -len(ending)]
    if not rest:
        return None
    if not rest.endswith(" "):
        return value
    return rest.rstrip(" ").removesuffix(".")
