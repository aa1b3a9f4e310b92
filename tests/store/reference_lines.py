"""A small reader for the store's tests: one note a line, its references divided by " + ".

    Yang Jisheng; Mubei; 2007; p. 12 + MacFarquhar, Roderick; Origins 3; 1997
    Ibid.; p. 14

Words without a semicolon are comment. A line that begins with "@" is running text. A document that begins with "!"
cannot be read.
"""

from __future__ import annotations

import hashlib
import re
from dataclasses import replace
from pathlib import Path

from citekit.errors import ReadError
from citekit.model import (
    Citation,
    Diagnostic,
    Document,
    Extraction,
    Form,
    Locator,
    Marker,
    Note,
    NoteKind,
    Resolution,
    Severity,
    Span,
    Work,
)


def extract(path: str) -> Extraction:
    try:
        content = Path(path).read_bytes()
    except OSError as error:
        raise ReadError(f"{path}: {error.strerror}; check the name") from error
    text = content.decode()
    if text.startswith("!"):
        raise ReadError(f"{path}: cannot be read;\nsave it again")
    notes: list[Note] = []
    citations: list[Citation] = []
    works: dict[str, tuple[str, dict[str, object], list[str]]] = {}
    markers = []
    for number, line in enumerate(re.finditer(r"[^\n]+", text), 1):
        note = None
        if not line[0].startswith("@"):
            span = Span(*line.span())
            note = Note(f"n{number}", str(number), NoteKind.FOOTNOTE, None, (span,), line[0], (Span(0, 1),))
            notes.append(note)
        for piece in re.finditer(r"[^+]+", line[0]):
            words = piece[0].strip("@ ")
            start = line.start() + piece.start() + piece[0].index(words)
            span = Span(start, start + len(words))
            name = f"c{len(citations) + 1}"
            fields = [field.strip() for field in words.split(";")]
            locator = next((Locator("page", field[3:]) for field in fields if field.startswith("p. ")), None)
            fields = [field for field in fields if not field.startswith("p. ")]
            mention = Citation(name, note.id if note else None, (span,), words, Form.FULL, locator=locator)
            if fields == ["Ibid."]:
                if not citations:
                    markers.append(Marker("9", span))
                    continue
                before = citations[-1]
                resolution = Resolution(before.id, "ibid", 0.99, ())
                citation = replace(mention, form=Form.IBID, works=before.works, resolution=resolution)
            elif len(fields) == 1:
                continue
            else:
                item = _item(fields)
                key = "; ".join(fields)
                work = works.setdefault(key, (f"w{len(works) + 1}", item, []))
                citation = replace(mention, item=item, works=(work[0],), confidence=0.9)
            citations.append(citation)
            for known in works.values():
                if known[0] in citation.works:
                    known[2].append(name)
    return Extraction(
        Document(text, path=path, encoding="utf-8", language="en", sha256=hashlib.sha256(content).hexdigest()),
        notes=tuple(notes),
        markers_without_note=tuple(markers),
        citations=tuple(citations),
        works=tuple(Work(id_, item, tuple(cited)) for id_, item, cited in works.values()),
        diagnostics=tuple(Diagnostic(Severity.WARNING, "marker-without-note", "no note 9") for _ in markers),
    )


def _item(fields: list[str]) -> dict[str, object]:
    names, title, *rest = fields
    item: dict[str, object] = {"type": "book", "title": title}
    if names:
        family, _, given = names.partition(", ")
        item["author"] = [{"family": family, "given": given} if given else {"literal": family}]
    for field in rest:
        if re.fullmatch(r"\d{4}", field):
            item["issued"] = {"date-parts": [[int(field)]]}
        elif field.startswith("http"):
            item["URL"] = field
            item["custom"] = {"archive-url": f"https://web.archive.org/web/2007/{field}"}
        else:
            item["publisher-place"] = field
    return item
