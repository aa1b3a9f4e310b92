"""`citekit export`: the store as a bibliography."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import click

from citekit.cli.options import examples, output, store
from citekit.cli.outcome import DONE, FINDINGS, complain, complain_of_no_works
from citekit.cli.streams import standard_output
from citekit.cli.writing import write_whole

if TYPE_CHECKING:
    from citekit.store import Store
    from citekit.store.using import Used

__all__ = ["FORMATS", "command"]

FORMATS = ("bibtex", "biblatex", "csl-json", "csl-yaml", "ris", "better-bibtex")
_KEYS_SHOWN = 5


@click.command(
    "export",
    short_help="Write the store for other programs: BibTeX, BibLaTeX, RIS, CSL, Zotero.",
    epilog=examples(
        "citekit export --format biblatex -o thesis.bib",
        "citekit export --format csl-json | jq '.[].title'",
        "citekit export --format biblatex --used thesis.tex -o thesis.bib",
        "citekit export --format bibtex --keys '[auth:lower][year]'",
        "citekit export --imported library.bib -o library.bib",
    ),
)
@click.option("--format", "format_", type=click.Choice(FORMATS), help="The format to write.")
@click.option(
    "--imported",
    metavar="FILE",
    type=click.Path(),
    help="Instead of the works: the .bib FILE as it was imported, with what was edited since. Entries that were not "
    "edited, comments and abbreviations keep every character.",
)
@output
@click.option(
    "--keys",
    metavar="PATTERN",
    help="Other citation keys, by a pattern in JabRef's notation or Better BibTeX's; the store keeps those it has, and "
    "keys that you gave with citekit key stay.",
)
@click.option(
    "--used",
    metavar="MANUSCRIPT",
    multiple=True,
    type=click.Path(),
    help="Only what this manuscript cites: LaTeX, .aux, .bcf, Markdown, Word, OpenDocument, or a document of the "
    "store. Can be given several times.",
)
@click.option("--strict", is_flag=True, help="With --used, exit with status 3 where a work is not in the store.")
@store
def command(  # noqa: PLR0917 - click gives all by name
    format_: str | None,
    imported: str | None,
    output: str | None,
    keys: str | None,
    used: Sequence[str],
    strict: bool,
    store_path: str,
) -> int:
    """Write each work of the store once, for other programs.

    `bibtex` and `biblatex` are for LaTeX, `csl-json` and `csl-yaml` for pandoc and other processors of citations,
    `ris` for reference managers and catalogues, `better-bibtex` for Zotero. A bibliography for readers is made by
    citekit bibliography.

    Or give back a .bib file that was imported, as its user wrote it.
    """
    import citekit

    if (format_ is None) == (imported is None):
        raise click.UsageError("say what to write: --format FORMAT for all works, or --imported FILE")
    if imported is not None and (keys is not None or used):
        raise click.UsageError("--imported gives a file back as it was; leave out --keys and --used")
    with citekit.open(store_path, create=False) as kept:
        lacking = False
        if imported is not None:
            bibliography: str | bytes = kept.export_imported(imported)
        else:
            bibliography, lacking = _works(kept, str(format_), keys, used)
            if not used:
                _tell_incomplete(kept.incomplete_works())
                if next(kept.works(), None) is None:
                    complain_of_no_works(store_path)
    if output is None and isinstance(bibliography, bytes):
        standard_output().buffer.write(bibliography)
    elif output is None:
        standard_output().write(str(bibliography))
    else:
        write_whole(output, bibliography)
    return FINDINGS if strict and lacking else DONE


def _works(kept: Store, form: str, keys: str | None, used: Sequence[str]) -> tuple[str, bool]:
    """The works that are wanted in a format, and whether a manuscript cites what is not in the store."""
    if not used:
        return kept.export(form, keys=keys), False
    only: dict[str, str] = {}
    lacking = False
    for manuscript in used:
        found = kept.used(manuscript)
        for key, named in found.works.items():
            only.setdefault(key, named)
        lacking = _tell(manuscript, found) or lacking
    return kept.export(form, only=only, keys=keys if keys is not None else only), lacking


def _tell_incomplete(keys: Sequence[str]) -> None:
    """Say which entries only short forms name: such a one is no source that somebody can look up."""
    from citekit.cli.wording import counted

    if keys:
        shown = ", ".join(keys[:_KEYS_SHOWN]) + (" …" if len(keys) > _KEYS_SHOWN else "")
        complain(
            f"{counted(len(keys), 'work')} among these that nobody cites in full ({shown}), perhaps another entry's; "
            "complete with citekit edit, or join with citekit merge"
        )


def _tell(manuscript: str, found: Used) -> bool:
    """Say what of a manuscript is not in the store; whether anything is not."""
    from citekit.cli.wording import reference

    for key in found.missing:
        complain(f"{manuscript}: {key}: no work of the store has this key; add its document, or correct the key")
    for item in found.unknown:
        complain(f"{manuscript}: {reference(item)}: the store does not have this work for certain; add the manuscript")
    for diagnostic in found.diagnostics:
        complain(f"{manuscript}: {diagnostic.message}")
    return bool(found.missing or found.unknown or found.diagnostics)
