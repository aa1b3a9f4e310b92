"""Setting bibliographies and notes in a CSL style, by pandoc's citeproc."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from itertools import pairwise
from pathlib import Path

from citekit.errors import ChoiceError, FormatError
from citekit.model import Item, Locator
from citekit.styles.adapted import LOCATOR_PREFIX, adapted, has_bibliography, is_note_style, parsed
from citekit.styles.bst import BST_STYLES, bst_bibliography
from citekit.styles.catalogue import Style, find_style
from citekit.styles.citeproc import CiteprocError, Node, citation, document, paragraph, run_citeproc, text
from citekit.styles.extra_lines import NO_VARIABLE
from citekit.styles.prepared import ANNEX, prepared
from citekit.styles.printed import CitedWork, PrintedBibliography, PrintedNote, Unresolved
from citekit.styles.vocabulary import vocabulary

__all__ = ["OUTPUTS", "UNRESOLVED", "bibliography", "notes", "print_bibliography"]

# Without the attributes that pandoc alone understands; what its Markdown would take for a command is escaped.
_MARKDOWN = "markdown-raw_html-native_divs-native_spans-fenced_divs-bracketed_spans-smart"
OUTPUTS = {"text": "plain", "markdown": _MARKDOWN, "html": "html5", "latex": "latex", "docx": "docx", "odt": "odt"}
"""Name of each output → pandoc's. HTML and LaTeX are whole documents."""
UNRESOLVED = "[?]"
"""Behind a citation whose work is not known."""

_SECONDS, _SECONDS_A_WORK = 60, 0.05  # a style takes 3 ms a note; ten times that is a style that does not end
_STANDALONE = ("html", "latex")
_ENGLISH = "en-US"
_TAG = re.compile(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8})*")
# Languages of CSL's locales (https://github.com/citation-style-language/locales, locales.json); pandoc would take
# English for any other.
_LANGUAGES = frozenset(
    re.findall(
        "[a-z]+",
        "af ar bal bg brh bs ca cs cy da de el en es et eu fa fi fr gd gl he hi hr hu hy id is it ja ka kh km kn ko la "
        "lb lij lt lv mk ml mn ms nb nl nn no pa pl pt ro ru sk sl sq sr sv sw th tr uk uz vi zh",
    )
)
_ENDS = (".", "!", "?", "…", "。", "！", "？")
_BLANK = re.compile(r"([ \t\r\n]+)")
_EMPTY = "citekit-empty "  # what the filter says of an entry without words
_FILTER, _SIGNS = Path(__file__).with_name("notes.lua"), Path(__file__).with_name("signs.lua")


def bibliography(items: Sequence[Item], style: str, *, to: str = "text", locale: str | None = None) -> bytes:
    """The content of `print_bibliography`: the bytes of a file."""
    return print_bibliography(items, style, to=to, locale=locale).content


def print_bibliography(
    items: Sequence[Item], style: str, *, to: str = "text", locale: str | None = None
) -> PrintedBibliography:
    """A bibliography of all items, in the order of the style.

    Args:
        items: CSL-JSON items.
        style: the name of a CSL style, its short name, its title, the path of a `.csl` file, or one of BibTeX's own
            styles (`plain`, `alpha`, `abbrv`, `unsrt`).
        to: one of `OUTPUTS`.
        locale: BCP 47 code of the language of what stands around the values; None: the style's own, else English.

    Raises:
        FormatError: no such style, output or language; the style has no bibliography, or pandoc could not set it.
    """
    _check(to, locale)
    if style.lower() in BST_STYLES:
        return PrintedBibliography(bst_bibliography(items, style.lower(), to))
    found = find_style(style)
    if not _asked(found, has_bibliography):
        raise FormatError(f"{found.name}: this style has notes alone and no bibliography; choose another")
    keys = [f"i{number}" for number, _ in enumerate(items, 1)]
    # All are cited without being printed; `*` would mean the same, in the order of a file.
    cited = {"t": "Cite", "c": [[citation(key) for key in keys], []]}
    everything = {"nocite": {"t": "MetaInlines", "c": [cited] if keys else []}}
    coded = dict(zip(keys, items, strict=True))
    empty: list[str] = []
    content = _set(found, coded, [], everything, to=to, locale=locale, empty=empty)
    return PrintedBibliography(content, tuple(str(coded[code].get("id", code)) for code in empty if code in coded))


def notes(
    printed: Sequence[PrintedNote],
    items: Sequence[Item],
    style: str,
    *,
    to: str = "text",
    locale: str | None = None,
) -> bytes:
    """The notes of a document, each citation set anew: in full the first time, then short, ibid. as the style has it.

    The author's words between the citations stay, a citation whose work is not known stays as printed, with `[?]`
    behind it. A full stop ends each note.

    Args:
        printed: the notes in their order.
        items: the works that they cite; `id` is the key.
        style, to, locale: as for `bibliography`; BibTeX's own styles have no notes.

    Raises:
        FormatError: as for `bibliography`.
    """
    _check(to, locale)
    if style.lower() in BST_STYLES:
        raise FormatError(f"{style}: BibTeX's styles have no notes; choose a CSL style, such as chicago or mhra")
    found = find_style(style)
    by_key = {str(item.get("id")): item for item in items}
    cited = [piece.key for note in printed for piece in note.pieces if isinstance(piece, CitedWork)]
    codes = {key: f"i{number}" for number, key in enumerate(dict.fromkeys(cited), 1)}
    missing = next((key for key in codes if key not in by_key), None)
    if missing is not None:
        raise FormatError(f"{missing}: is cited, but no item has this id; give the item as well")
    stop = _asked(found, is_note_style)
    numbers = _numbers(printed)
    blocks = [_note(note, codes, number, stop=stop) for note, number in zip(printed, numbers, strict=True)]
    alone = {"suppress-bibliography": {"t": "MetaBool", "c": True}}
    return _set(
        found, {code: by_key[key] for key, code in codes.items()}, blocks, alone, to=to, locale=locale, notes=True
    )


def _asked(style: Style, question: Callable[[bytes], bool]) -> bool:
    """What a style says of itself; a style that cannot be read is named."""
    try:
        return question(style.source)
    except FormatError as exc:
        raise FormatError(f"{style.name}: {exc}") from exc


def _check(to: str, locale: str | None) -> None:
    if to not in OUTPUTS:
        raise ChoiceError(f"{to}: no such output; there are {', '.join(OUTPUTS)}")
    if locale is not None and not _TAG.fullmatch(locale):
        raise ChoiceError(f"{locale}: is no code of a language; give one as de, fr-CA or zh-TW")
    if locale is not None and locale.partition("-")[0].lower() not in _LANGUAGES:
        raise ChoiceError(f"{locale}: CSL has no words in this language; there are {', '.join(sorted(_LANGUAGES))}")


def _set(
    style: Style,
    items: dict[str, Item],
    blocks: Sequence[Node],
    meta: dict[str, Node],
    *,
    to: str,
    locale: str | None,
    notes: bool = False,
    empty: list[str] | None = None,
) -> bytes:
    """The file; the codes of the items of which it has nothing go to `empty`."""
    language = locale or style.locale or _ENGLISH
    root = parsed(style.source)
    # A style for the running text says in its citations no more than whom to look up.
    known = vocabulary(root, "citation" if notes and root.get("class") == "note" else "bibliography")
    ready = [prepared(item, key, language, known, listed=not notes) for key, item in items.items()]
    needed = frozenset(variable for item in ready for variable in item if variable.startswith("citekit-"))
    source = document(blocks, locale=language, **meta)
    options = ["--wrap=none"]
    if to in _STANDALONE:
        options += ["--standalone", f"--metadata=pagetitle:{'Notes' if notes else 'Bibliography'}"]
    try:
        return run_citeproc(
            source,
            adapted(root, language, needed, notes=notes),
            ready,
            to=OUTPUTS[to],
            options=options,
            lua_filters=[_FILTER, _SIGNS] if _has_signs(ready) else [_FILTER],
            seconds=_SECONDS + _SECONDS_A_WORK * (len(items) + len(blocks)),
            heard=None if empty is None else lambda line: _note_empty(line, empty),
        )
    except CiteprocError as exc:
        raise FormatError(f"{style.name}: {exc}") from exc


def _has_signs(ready: Sequence[Item]) -> bool:
    """Whether a filter must look at every word for signs of ours: most bibliographies have none."""
    return any(ANNEX in item or str(item.get("note", "")).startswith(NO_VARIABLE) for item in ready)


def _note_empty(line: str, empty: list[str]) -> None:
    if line.startswith(_EMPTY):
        empty.append(line.removeprefix(_EMPTY))


def _numbers(printed: Sequence[PrintedNote]) -> list[int]:
    """The numbers of the notes: as printed where they only rise ("see n. 4"), else as they follow each other."""
    labels = [int(note.label) if note.label and re.fullmatch(r"\d{1,6}", note.label) else 0 for note in printed]
    rising = all(one < other for one, other in pairwise(labels)) and all(labels[:1])
    return labels if rising else list(range(1, len(labels) + 1))


def _note(note: PrintedNote, codes: dict[str, str], number: int, *, stop: bool) -> Node:
    label = f"{note.label}." if note.label and note.label.isalnum() else note.label or ""
    attributes = ["", [], [["note-label", label]]]
    return {"t": "Div", "c": [attributes, [paragraph(*_inlines(note, codes, number, stop=stop))]]}


def _inlines(note: PrintedNote, codes: dict[str, str], number: int, *, stop: bool) -> Iterator[Node]:
    """The words of a note with its citations.

    In a note style they are one group, as pandoc has it, each with what stands before it: so "ibid." means what it
    means to a reader, the only work of the note before. In another style each stands by itself, in its brackets.
    """
    waiting: list[Node] = []
    group: list[Node] = []
    pieces = list(note.pieces)
    if stop and pieces and not _ended(pieces[-1]):
        pieces.append(".")
    for piece in pieces:
        if isinstance(piece, CitedWork):
            code, suffix = codes[piece.key], _locator(piece.locator)
            if stop:
                group.append(citation(code, prefix=waiting, suffix=suffix, note=number))
                waiting = []
            else:
                waiting.append({"t": "Cite", "c": [[citation(code, suffix=suffix, note=number)], []]})
        else:
            waiting += _words(piece if isinstance(piece, str) else f"{piece.text}\u00a0{UNRESOLVED}")
    if not group:
        yield from waiting
        return
    group[-1]["citationSuffix"] = [*group[-1]["citationSuffix"], *waiting]
    yield {"t": "Cite", "c": [group, []]}


def _ended(piece: str | CitedWork | Unresolved) -> bool:
    return isinstance(piece, str) and piece.rstrip().rstrip("\"'”’»)]").endswith(_ENDS)


def _locator(locator: Locator | None) -> list[Node]:
    """A locator in braces, which pandoc takes whole (its manual, "Locators"), behind a word for its kind."""
    if locator is None or not locator.value.strip():
        return []
    value = re.sub(r"[{}\s]+", " ", locator.value.replace(";", ",")).strip()  # citeproc reads lists with commas
    return [text(","), {"t": "Space"}, *_words(f"{{{LOCATOR_PREFIX}{locator.label.replace('-', '')} {value}}}")]


def _words(words: str) -> list[Node]:
    """Words and blanks as pandoc has them."""
    return [{"t": "Space"} if word.isspace() else text(word) for word in _BLANK.split(words) if word]
