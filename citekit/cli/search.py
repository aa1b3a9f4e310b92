"""`citekit search`: works and documents that hold all words, best first."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from citekit.cli.options import as_json, examples, store
from citekit.cli.outcome import DONE
from citekit.cli.streams import console, print_json

if TYPE_CHECKING:
    from rich.text import Text

    from citekit.store.search import Hit, Results
    from citekit.store.search_snippets import Snippet

__all__ = ["command"]

_HIGHLIGHT = "bold yellow"
_KINDS = ("work", "citation", "note", "document")


def _years(_: click.Context, option: click.Parameter, value: str | None) -> tuple[int | None, int | None] | None:
    """`1959`, `1950..1960`, `1950..`, `..1960`."""
    if value is None:
        return None
    first, dots, last = value.partition("..")
    try:
        span = (int(first) if first else None, int(last) if last else None)
    except ValueError:
        span = (None, None)
    if span == (None, None):
        raise click.BadParameter(f"{value}: no years; write 1959, 1950..1960, 1950.. or ..1960", param=option)
    if None not in span and span[0] > span[1]:  # type: ignore[operator]
        raise click.BadParameter(f"{value}: the later year is first; write {span[1]}..{span[0]}", param=option)
    return span if dots else (span[0], span[0])


def _known_type(_: click.Context, option: click.Parameter, value: str | None) -> str | None:
    from citekit.formats.types import CSL_TYPES

    if value is not None and value not in CSL_TYPES:
        raise click.BadParameter(f"{value}: is no type of CSL; there are {', '.join(sorted(CSL_TYPES))}", param=option)
    return value


@click.command(
    "search",
    context_settings={"ignore_unknown_options": True},  # -word
    short_help="Find works and documents by words.",
    epilog=examples(
        "citekit search 'yang 墓碑 1959'",
        "citekit search '\"great famine\" -mao' --year 1950..1960",
        "citekit search 'famin*' --kind note --document thesis.txt",
        "citekit search --below-confidence 0.8 --kind citation",
        "citekit search weber --json | jq -r 'select(.kind == \"work\") | .key'",
    ),
)
@click.argument("query", metavar="[QUERY]", nargs=-1)
@click.option(
    "--kind", "kinds", type=click.Choice(_KINDS), multiple=True, help="What to find: works and documents, unless named."
)
@click.option(
    "--year", "years", callback=_years, metavar="YEARS", help="Of these years: 1959, 1950..1960, 1950.., ..1960."
)
@click.option(
    "--type", "type_", callback=_known_type, metavar="TYPE", help="Of this CSL type: book, chapter, article-journal …"
)
@click.option(
    "--document", metavar="NAME", help="In this document: its path, the end of its path, or words of its name."
)
@click.option("--language", metavar="CODE", help="In this language: de, zh, pt-BR …")
@click.option("--has-url", is_flag=True, help="With a web address.")
@click.option(
    "--below-confidence",
    type=click.FloatRange(0, 1),
    metavar="NUMBER",
    help="With a citation whose confidence is lower than this (0 to 1).",
)
@click.option("--limit", type=click.IntRange(min=1), default=20, show_default=True, help="The most hits of each kind.")
@as_json
@store
def command(
    *,
    query: tuple[str, ...],
    kinds: tuple[str, ...],
    years: tuple[int | None, int | None] | None,
    type_: str | None,
    document: str | None,
    language: str | None,
    has_url: bool,
    below_confidence: float | None,
    limit: int,
    as_json: bool,
    store_path: str,
) -> int:
    """Find what holds all words of QUERY, best first: works and documents, or what --kind names.

    \b
    yang famine        both words, in a work, its citations and the notes they stand in
    "great famine"     these words together
    famin*             words that begin so
    -mao               not this word
    墓碑               Chinese and Japanese words of any length

    Accents and capitals do not matter. Years, type, web address and confidence are those of the work, or of what a
    citation, note or passage cites; without QUERY all that pass are listed.
    """
    import citekit
    from citekit.store.search import DEFAULT_KINDS, Filters, Kind

    filters = Filters(years, type_, language, document, has_url, below_confidence)
    with citekit.open(store_path, create=False) as kept:
        wanted = tuple(Kind(kind) for kind in kinds) or DEFAULT_KINDS
        results = kept.search(" ".join(query), kinds=wanted, filters=filters, limit=limit)
    if not results.query.wanted and (not filters or results.query.unwanted):
        raise click.UsageError("nothing to look for; give a word, or say with an option what is wanted")
    if as_json:
        for hit in results.hits:
            print_json(hit.to_json())
        return DONE
    _show(results)
    return DONE


def _show(results: Results) -> None:
    from rich.padding import Padding
    from rich.text import Text

    from citekit.cli.wording import counted, one_line, reference

    output = console()
    for hit in results.hits:
        if hit.kind == "work":
            line = one_line(reference(hit.item or {}))
            heading = Text.assemble((one_line(hit.works[0]), "bold"), "  ", _marked(line, results.marks(line)))
            pieces = [snippet for snippet in hit.snippets if not _is_seen(snippet, line)]
        else:
            heading, pieces = Text(_place(hit), style="bold"), list(hit.snippets)
        output.print(heading, soft_wrap=True)
        for piece in pieces:
            where = Text(f"{_where(piece)}: " if piece.where else "", style="cyan")
            shown = _marked(piece.text, piece.spans())
            output.print(Padding(Text.assemble(where, shown), (0, 0, 0, 2)))
    said = []
    for kind, found in results.found.items():
        more = "more than " if kind in results.more else ""
        if kind == "document" and results.query.wanted:
            said.append(f"{more}{counted(found, 'passage')} in {counted(results.documents, 'document')}")
        else:
            said.append(f"{more}{counted(found, kind.value)}")
    output.print(Text(", ".join(said)))


def _is_seen(snippet: Snippet, line: str) -> bool:
    """Whether all that a snippet shows was printed already."""
    return snippet.text in line or (snippet.where in ("author", "editor", "issued", "key"))


def _where(snippet: Snippet) -> str:
    from citekit.cli.wording import one_line

    if snippet.document is None:
        return snippet.where
    return one_line(f"{snippet.document}, note {snippet.note}" if snippet.note else snippet.document)


def _place(hit: Hit) -> str:
    """`thesis.txt, note 14, characters 210-260, confidence 0.71 (cites gu1926gushi)`."""
    from citekit.cli.wording import one_line
    from citekit.grades import figure

    place = hit.document or ""
    if hit.note:
        place += f", note {hit.note}"
    if hit.span:
        place += f", characters {hit.span.start}-{hit.span.end}"
    if hit.confidence is not None:
        place += f", confidence {figure(hit.confidence)}"
    return one_line(f"{place} (cites {', '.join(hit.works)})" if hit.works else place)


def _marked(words: str, marks: list[tuple[int, int]]) -> Text:
    """Words on one line with the places found highlighted; each character keeps its place until then."""
    from rich.text import Text

    from citekit.cli.streams import printable

    shown = Text(printable(words))
    for start, end in marks:
        shown.stylize(_HIGHLIGHT, start, end)
    return Text(" ").join(part for part in shown.split() if part.plain)
