"""`citekit bibliography`: works, and the notes of a document, as a citation style prints them."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import PurePath
from typing import TYPE_CHECKING

import click

from citekit.cli.options import examples, store
from citekit.cli.outcome import DONE, FAILED, complain, complain_of_no_works
from citekit.cli.streams import console, is_terminal, standard_output
from citekit.cli.writing import check_target, write_whole

if TYPE_CHECKING:
    from citekit.styles import PrintedNote

__all__ = ["command"]

_OUTPUTS = ("text", "markdown", "html", "latex", "docx", "odt")
_BY_ENDING = {
    ".txt": "text", ".md": "markdown", ".markdown": "markdown", ".html": "html", ".htm": "html", ".tex": "latex",
    ".docx": "docx", ".odt": "odt",
}  # fmt: skip
_IN_BYTES = ("docx", "odt")
# Endings of formats that this command does not write; text under such a name would open nowhere.
_FOREIGN = frozenset(
    {".pdf", ".rtf", ".doc", ".epub", ".xml", ".json", ".bib", ".ris", ".csl", ".yaml", ".yml", ".csv"}
)
_LABELS_SHOWN = 5


@click.command(
    "bibliography",
    short_help="Print the works, or a document's notes, in any citation style.",
    epilog=examples(
        "citekit bibliography --style chicago -o bibliography.docx",
        "citekit bibliography --style mla weber1922wirtschaft gu1926gushi",
        "citekit bibliography --style mhra --notes essay.docx -o notes.docx",
        "citekit bibliography --styles 'storia'",
    ),
)
@click.argument("keys", metavar="[KEY]...", nargs=-1)
@click.option(
    "--style",
    metavar="NAME",
    help="A CSL style by its name, a short name (chicago, mla, mhra, oscola, apa, din-1505, gbt7714, iso690 …), its "
    "title or the path of a .csl file; or plain, alpha, abbrv, unsrt, BibTeX's own.",
)
@click.option("--styles", "wanted", metavar="WORDS", help="List the styles that have these words in name or title.")
@click.option("--notes", metavar="DOCUMENT", help="The notes of this document, each citation set in the style.")
@click.option("--document", metavar="DOCUMENT", help="Only the works that this document cites.")
@click.option("--to", type=click.Choice(_OUTPUTS), help="What to write; else the ending of FILE says it, else text.")
@click.option("--locale", metavar="CODE", help="Language of the words around the values: de, fr, it, zh-CN …")
@click.option(
    "-o",
    "--output",
    metavar="FILE",
    type=click.Path(),
    help="Write to FILE instead of standard output. A file that is there is replaced only when all was written; "
    "a store or a backup never.",
)
@store
def command(
    *,
    keys: Sequence[str],
    style: str | None,
    wanted: str | None,
    notes: str | None,
    document: str | None,
    to: str | None,
    locale: str | None,
    output: str | None,
    store_path: str,
) -> int:
    """Print a bibliography of the store (all works, those of KEY…, or those that a document cites) as readers know it.

    With --notes each note of a document that is in the store is set anew: the first citation of a work in full, the
    later ones short, ibid. where the style has it; the author's words stay. A citation whose work is not known stays as
    printed, with [?] behind it, and is counted on standard error.
    """
    if wanted is not None:
        return _list_styles(wanted)
    if style is None:
        raise click.UsageError("name a style with --style, or look for one with --styles WORDS")
    if sum((bool(keys), notes is not None, document is not None)) > 1:
        raise click.UsageError("give keys, --notes or --document, one of them")
    ending = PurePath(output or "").suffix.lower()
    if to is None and ending in _FOREIGN:
        raise click.UsageError(
            f"{output}: a bibliography is not written as {ending}; name a file in {', '.join(_BY_ENDING)}, or say --to"
        )
    chosen = to or _BY_ENDING.get(ending, "text")
    if chosen in _IN_BYTES and output is None:
        kind = "a Word document" if chosen == "docx" else "an OpenDocument text"
        raise click.UsageError(f"{kind} goes to a file: name one with -o FILE")
    if output is not None:
        check_target(output)
    content = _set(store_path, style, chosen, locale, keys=keys, notes=notes, document=document)
    if output is None:
        standard_output().write(content.decode("utf-8"))
    else:
        write_whole(output, content)
    return DONE


def _set(
    store_path: str,
    style: str,
    to: str,
    locale: str | None,
    *,
    keys: Sequence[str],
    notes: str | None,
    document: str | None,
) -> bytes:
    import citekit
    from citekit import styles

    with citekit.open(store_path, create=False) as kept:
        if notes is None:
            items, incomplete = kept.listed_works(keys, document=document)
        else:
            printed, items = kept.printed_notes(notes)
    if notes is None:
        with _waiting():
            listed = styles.print_bibliography(items, style, to=to, locale=locale)
        _tell_incomplete(incomplete)
        _tell_left_out(listed.left_out, style)
        if not (items or incomplete or document):
            complain_of_no_works(store_path)
        return listed.content
    with _waiting():
        content = styles.notes(printed, items, style, to=to, locale=locale)
    _tell_unresolved(notes, printed)
    return content


@contextmanager
def _waiting() -> Iterator[None]:
    """A sign of life where somebody watches: pandoc does not say how far it is."""
    if is_terminal(sys.stderr):
        with console(to_error=True).status("setting …"):
            yield
    else:
        yield


def _tell_incomplete(keys: Sequence[str]) -> None:
    from citekit.cli.wording import counted

    if keys:
        shown = ", ".join(keys[:_LABELS_SHOWN]) + (" …" if len(keys) > _LABELS_SHOWN else "")
        complain(
            f"{counted(len(keys), 'work')} that nobody cites in full left out ({shown}); complete with citekit edit"
        )


def _tell_left_out(keys: Sequence[str], style: str) -> None:
    from citekit.cli.wording import counted

    if keys:
        shown = ", ".join(keys[:_LABELS_SHOWN]) + (" …" if len(keys) > _LABELS_SHOWN else "")
        complain(
            f"{counted(len(keys), 'work')} left out ({shown}): {style} prints nothing of what is known of such works; "
            "complete with citekit edit, or choose another style"
        )


def _tell_unresolved(document: str, printed: Sequence[PrintedNote]) -> None:
    from citekit.cli.wording import counted
    from citekit.styles import Unresolved

    found = [note.label or "?" for note in printed for piece in note.pieces if isinstance(piece, Unresolved)]
    if found:
        labels = list(dict.fromkeys(found))
        shown = ", ".join(labels[:_LABELS_SHOWN]) + (" …" if len(labels) > _LABELS_SHOWN else "")
        complain(
            f"{document}: {counted(len(found), 'citation')} of unknown works left as printed, marked [?] "
            f"(notes {shown}); complete them by hand"
        )


def _list_styles(wanted: str) -> int:
    from citekit.cli.streams import printable
    from citekit.styles import styles_like

    found = list(styles_like(wanted))
    for name, title in found:
        standard_output().write(f"{name}\t{printable(title)}\n")
    if not found:
        complain(f"{wanted}: no style has these words in its name or title; try fewer")
        return FAILED
    return DONE
