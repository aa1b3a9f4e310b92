"""PDF, through PDFium: pages, columns, running heads, superscripts, and the notes at the foot of pages.

What the file draws is put together by place and size (ISO 32000-1 knows glyphs alone); the text that comes out has a
line for each printed line, a form feed between pages, and hints for what the page shows and the words do not.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any, NamedTuple

from citekit.errors import ReadError
from citekit.model import Diagnostic, Document, Severity
from citekit.readers.cut_off import cut_pdf
from citekit.readers.language import main_language
from citekit.readers.page_ranges import PageRanges
from citekit.readers.pdf.columns import columns_of_page
from citekit.readers.pdf.feet import Galley, feet_of
from citekit.readers.pdf.furniture import furniture_of
from citekit.readers.pdf.glyphs import Rule, Sheet, sheet_of
from citekit.readers.pdf.lines import PrintedLine, lines_of, strips
from citekit.readers.pdf.setting import Block, SetPage, TextSetter
from citekit.readers.pdf.streams import unpacks_too_far
from citekit.readers.recognition import PDF

__all__ = ["read_pdf"]

_PASSWORD = 4  # FPDF_ERR_PASSWORD
_MOST_NAMED = 12  # pages named in one message


class _Leaf(NamedTuple):
    """A page whose lines are known, column by column."""

    sheet: Sheet
    columns: list[list[PrintedLine]]
    margin: str


def read_pdf(
    content: bytes,
    path: str | None,
    pages: PageRanges | None = None,
    progress: Callable[[int, int], None] | None = None,
) -> Document:
    """A PDF as a document.

    Args:
        content: the file's bytes.
        path: its name, for messages.
        pages: the pages to read, by their place in the file; all where it is None.
        progress: called before each page with its place among those to be read and their number.

    Returns:
        The document; pages without words and pages that could not be read are in `diagnostics`.

    Raises:
        ReadError: it is damaged, encrypted, has no text layer, or has no page of a range that was asked for.
    """
    name = path or "the input"
    with _opened(content, name) as pdf:
        chosen, beyond = _chosen(pdf, pages, name)
        leaves, unreadable = _leaves(pdf, chosen, progress)
    written = _write_down(leaves)
    if not any(column for leaf in leaves for column in leaf.columns):
        if len(unreadable) == len(chosen):
            raise ReadError(f"{name}: none of its pages could be read; the file is damaged: fetch it again")
        raise ReadError(
            f"{name}: there is no text in this PDF, its pages are pictures; "
            "run text recognition first (ocrmypdf in.pdf out.pdf) and give the result"
        )
    text = written.text
    return Document(
        text=text,
        path=path,
        media_type=PDF,
        encoding=None,
        language=main_language(text),
        sha256=hashlib.sha256(content).hexdigest(),
        hints=tuple(sorted(written.hints, key=lambda hint: (hint.span.start, -hint.span.end))),
        diagnostics=(*beyond, *cut_pdf(content), *_trouble(name, leaves, unreadable)),
        pages=tuple(written.pages),
    )


@contextmanager
def _opened(content: bytes, name: str) -> Iterator[Any]:
    """The PDFium document, closed behind."""
    import pypdfium2

    if unpacks_too_far(content):
        raise ReadError(f"{name}: it unpacks to far more than pages have, as a bomb does; it is not read")
    try:
        pdf = pypdfium2.PdfDocument(content)
    except pypdfium2.PdfiumError as error:
        if getattr(error, "err_code", None) == _PASSWORD or "password" in str(error).lower():
            raise ReadError(
                f"{name}: this PDF is encrypted; take its password off "
                "(qpdf --decrypt --password=… in.pdf out.pdf) and give the result"
            ) from error
        raise ReadError(
            f"{name}: this PDF is damaged and cannot be opened; fetch it again, or try qpdf in.pdf out.pdf"
        ) from error
    try:
        yield pdf
    finally:
        pdf.close()


def _chosen(pdf: Any, pages: PageRanges | None, name: str) -> tuple[list[int], tuple[Diagnostic, ...]]:
    """The places (from 0) of the pages to read, and a word on a range that goes beyond the last page."""
    count = len(pdf)
    if not count:
        raise ReadError(f"{name}: this PDF has no pages; fetch it again")
    if pages is None:
        return list(range(count)), ()
    for outside in pages.beyond(count):
        raise ReadError(
            f"{name}: it has {count} pages, and {outside} is none of them; count from its first page as 1"
            f"{_printed_as(pdf, outside)}"
        )
    trouble: tuple[Diagnostic, ...] = ()
    if longer := [str(last) for _, last in pages.ranges if last is not None and last > count]:
        message = f"{name}: ends with page {count}, there is no page {', '.join(longer)}; what there is was read"
        trouble = (Diagnostic(Severity.WARNING, "pages-beyond-end", message),)
    return [number - 1 for number in range(1, count + 1) if number in pages], trouble


def _printed_as(pdf: Any, asked: PageRanges) -> str:
    """Where the pages are that are labelled with the numbers asked for (ISO 32000-1, 12.4.2), if the file says so."""
    ((first, last),) = asked.ranges
    labels = [pdf.get_page_label(number) for number in range(len(pdf))]
    wanted = [str(first)] if last is None else [str(first), str(last)]
    if any(labels.count(label) != 1 for label in wanted):
        return ""
    places = [labels.index(label) + 1 for label in wanted]
    meant = PageRanges(((places[0], None if last is None else places[-1]),))
    return f": the pages labelled {asked} are {meant}"


def _leaves(
    pdf: Any, chosen: Sequence[int], progress: Callable[[int, int], None] | None
) -> tuple[list[_Leaf], list[int]]:
    """The pages that could be read, and the numbers of those that could not."""
    import pypdfium2

    leaves: list[_Leaf] = []
    unreadable: list[int] = []
    for place, number in enumerate(chosen):
        if progress:
            progress(place, len(chosen))
        try:
            sheet = sheet_of(pdf, number)
        except pypdfium2.PdfiumError:
            unreadable.append(number + 1)
            continue
        columns = columns_of_page(strips(glyph for glyph in sheet.glyphs if not glyph.turned))
        lines = [lines for column in columns if (lines := lines_of(column))]
        margin = "".join(glyph.text for glyph in sheet.glyphs if glyph.turned)
        leaves.append(_Leaf(sheet._replace(glyphs=[]), lines, " ".join(margin.split())))
    return leaves, unreadable


def _write_down(leaves: Sequence[_Leaf]) -> TextSetter:
    """Furniture and notes told apart from the text, and all of it written down page by page."""
    lines = [[line for column in leaf.columns for line in column] for leaf in leaves]
    furniture = furniture_of(lines, [leaf.sheet.number for leaf in leaves])
    galleys: list[Galley] = []
    edges: list[tuple[list[PrintedLine], list[PrintedLine]]] = []
    for leaf, listed, marked in zip(leaves, lines, furniture, strict=True):
        outside = {id(listed[place]) for place in marked}
        inner = [[line for line in column if id(line) not in outside] for column in leaf.columns]
        inner = [column for column in inner if column]
        galleys += _galleys(leaf.sheet.number, inner, leaf.sheet.rules)
        middle = leaf.sheet.height / 2
        heads = sorted((listed[place] for place in marked if listed[place].y < middle), key=lambda line: line.y)
        feet = sorted((listed[place] for place in marked if listed[place].y >= middle), key=lambda line: line.y)
        edges.append((heads, feet))
    starts = feet_of(galleys)
    setter = TextSetter()
    done = 0
    for leaf, (heads, feet) in zip(leaves, edges, strict=True):
        blocks = [Block(heads, furniture=True)]
        while done < len(galleys) and galleys[done].page == leaf.sheet.number:
            galley, (start, end) = galleys[done], starts[done]
            blocks += [
                Block(galley.lines[:start]),
                Block(galley.lines[start:end], foot=True),
                Block(galley.lines[end:], furniture=True),
            ]
            done += 1
        blocks.append(Block(feet, furniture=True))
        sheet = leaf.sheet
        setter.add(SetPage(sheet.number, sheet.label, sheet.width, sheet.height, blocks, leaf.margin))
    return setter


def _galleys(page: int, columns: list[list[PrintedLine]], rules: Sequence[Rule]) -> list[Galley]:
    """A page's columns; notes are looked for at the feet of those with no other column under them."""
    found = []
    for place, column in enumerate(columns):
        left, right = min(line.left for line in column), max(line.right for line in column)
        under = any(
            other[0].y > column[-1].y and other[0].left < right and max(line.right for line in other) > left
            for other in columns[place + 1 :]
        )
        below = any(
            other[-1].y < column[0].y and other[0].left < right and max(line.right for line in other) > left
            for other in columns[:place]
        )
        found.append(Galley(page, column, rules, last=not under, under=below))
    return found


def _trouble(name: str, leaves: Sequence[_Leaf], unreadable: Sequence[int]) -> Iterator[Diagnostic]:
    """A word on the pages that could not be read, and on those that are pictures."""
    if unreadable:
        yield Diagnostic(
            Severity.WARNING,
            "page-unreadable",
            f"{name}: {_listed(unreadable)} could not be read, the file is damaged there; fetch it again",
        )
    pictures = [leaf.sheet.number for leaf in leaves if leaf.sheet.pictured and not leaf.columns]
    if pictures:
        yield Diagnostic(
            Severity.WARNING,
            "page-without-text",
            f"{name}: {_listed(pictures)} hold pictures and no text; if words are in them, run text recognition first "
            "(ocrmypdf --skip-text in.pdf out.pdf)",
        )


def _listed(pages: Sequence[int]) -> str:
    shown = ", ".join(map(str, pages[:_MOST_NAMED]))
    more = f" and {len(pages) - _MOST_NAMED} more" if len(pages) > _MOST_NAMED else ""
    return f"{'page' if len(pages) == 1 else 'pages'} {shown}{more}"
